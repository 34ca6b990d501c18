import { markup, nothing, type Markup } from './markup';
import type { ReportData } from './reportData';
import { amountsText, counted, countText, dayText, knownCount, momentText } from './reportFormats';
import { name, table } from './reportTable';
import { tenantColumn } from './reportTenants';

/** What is in no number, what is not known, and how old the data is. */
export function leftOutSection(data: ReportData): Markup {
  return markup`<section aria-labelledby="left-out">
    <h2 id="left-out">Left out and unknown</h2>
    ${hidden(data)}${unpriced(data)}${use(data)}${age(data)}
  </section> `;
}

function hidden(data: ReportData): Markup {
  const { licenses, amounts, costUnknown } = data.hidden;
  if (licenses.length === 0) {
    return markup`<h3>Hidden licenses</h3>
      <p>None: no license is retired or taken out of management.</p> `;
  }
  const cost =
    amounts.length === 0
      ? 'What they cost is unknown.'
      : `They cost ${costUnknown ? 'at least ' : ''}${amountsText(amounts)} per month, in no total of this report.`;
  return markup`<h3>Hidden licenses</h3>
    <p>
      ${counted(licenses.length, 'license')} ${licenses.length === 1 ? 'is' : 'are'} retired or not managed.
      ${cost}
    </p>
    ${table(
      [
        { title: 'License', cell: (row) => name(row.productName) },
        ...tenantColumn(data),
        { title: 'State', cell: (row) => markup`${row.state === 'retired' ? 'Retired' : 'Not managed'}` },
        { title: 'Reason', cell: (row) => (row.reason === null ? markup`–` : name(row.reason)) },
        { title: 'Until', cell: (row) => markup`${row.until === null ? '–' : dayText(row.until)}` },
      ],
      licenses,
      { caption: 'Licenses that are in no number' },
    )}`;
}

const problems: Readonly<Record<string, string>> = {
  noPurchase: 'no purchase is entered',
  ended: 'all purchases have ended',
  notYetEffective: 'the first purchase starts later',
  onceWithoutEnd: 'paid once, without a last day',
  severalCurrencies: 'several currencies and no rate',
};

function unpriced(data: ReportData): Markup {
  if (data.unpriced.length === 0) return nothing;
  return markup`<h3>Licenses without a price</h3>
    <p>Their cost is unknown, not zero, so every total of money is a lower bound.</p>
    ${table(
      [
        { title: 'License', cell: (row) => name(row.productName) },
        ...tenantColumn(data),
        { title: 'Seats', isNumber: true, cell: (row) => markup`${knownCount(row.seats)}` },
        {
          title: 'Why',
          cell: ({ problem }) =>
            markup`${problem === null ? '–' : Object.hasOwn(problems, problem) ? (problems[problem] ?? problem) : problem}`,
        },
      ],
      data.unpriced,
      { caption: 'Licenses without a price' },
    )}`;
}

function use({ totals }: ReportData): Markup {
  const { unknown, new: fresh } = totals;
  const more = unknown.complete ? '' : 'at least ';
  return markup`<h3>Use that is not known</h3>
    <p>
      Of ${more}${counted(unknown.value, 'seat')} nobody can say whether they are used: the source was not
      imported, conceals names, or does not show this product. They are never counted as waste.
      ${counted(fresh.value, 'seat')} ${fresh.value === 1 ? 'belongs' : 'belong'} to accounts too new to
      judge.
    </p> `;
}

function age(data: ReportData): Markup {
  if (data.tenants.length === 0) return nothing;
  return markup`<h3>Age of the data</h3>
    ${table(
      [
        {
          title: 'Tenant',
          cell: (row) =>
            markup`${name(row.displayName)}${row.defaultDomain === null ? nothing : markup`<span class="code">${row.defaultDomain}</span>`}`,
        },
        {
          title: 'Last import',
          cell: (row) => markup`${row.lastImportAt === null ? 'never' : momentText(row.lastImportAt)}`,
        },
        {
          title: 'Judged as of',
          cell: (row) => markup`${row.evaluatedOn === null ? 'not yet' : dayText(row.evaluatedOn)}`,
        },
        {
          title: 'Inactive after',
          cell: (row) =>
            markup`${row.inactivityDays === null ? 'unknown' : counted(row.inactivityDays, 'day')}`,
        },
        {
          title: 'New until',
          cell: (row) => markup`${row.graceDays === null ? 'unknown' : counted(row.graceDays, 'day')}`,
        },
      ],
      data.tenants,
      { caption: 'How old the numbers are, and by which thresholds seats are judged' },
    )}`;
}

/** The rules, short. */
export function methodSection(data: ReportData): Markup {
  const days = new Set(data.tenants.flatMap(({ inactivityDays }) => inactivityDays ?? []));
  const [only] = days;
  const threshold = days.size === 1 && only !== undefined ? `${countText(only)} days` : 'the days above';
  const rules: readonly (readonly [string, string])[] = [
    [
      'Position',
      'Entitled = enabled + in grace. Available = entitled − in use, with its sign. Held by nobody = enabled − in use − what is kept free on purpose.',
    ],
    [
      'Seat',
      'One person with one license, however many groups and direct assignments lead to it. An assignment in error is no seat.',
    ],
    [
      'Use',
      `Inactive: last use longer ago than ${threshold} (licenses can have days of their own). Never active: no use since the account was created. Each is shown by a source that was fresh; everything else is unknown.`,
    ],
    [
      'Price',
      'One unit costs the sum of the valid purchases per month divided by the sum of their quantities. A purchase counts from its first to its last day. No price means unknown.',
    ],
    [
      'Rounding',
      'Calculated exactly and rounded once, when shown; costs to the nearest cent, savings down. A year is twelve exact months.',
    ],
    [
      'Savings',
      'One seat stands in one line: disabled account, guest, mailbox that needs none, never active, inactive, contained in a larger license, cheaper license. Only what a later import proves is a result.',
    ],
  ];
  return markup`<section aria-labelledby="method">
    <h2 id="method">How the numbers are made</h2>
    <dl>
      ${rules.map(
        ([term, rule]) =>
          markup`<dt><strong>${term}</strong></dt>
            <dd><p>${rule}</p></dd> `,
      )}
    </dl>
  </section> `;
}
