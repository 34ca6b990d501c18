import { markup, nothing, type Markup } from './markup';
import type { ReportAmount, ReportData } from './reportData';
import { amountsText, counted, countText, dayText, momentText, moneyText } from './reportFormats';
import { name } from './reportTable';

/** Whose report this is. */
export function reportTitle(data: ReportData): string {
  const [only] = data.tenants;
  if (only === undefined) return 'Microsoft 365 licenses';
  const whose = data.tenants.length === 1 ? only.displayName : `${countText(data.tenants.length)} tenants`;
  return `Microsoft 365 licenses of ${whose}`;
}

/** Title, age, the whole story in a few sentences, and the headline figures. */
export function reportHead(data: ReportData): Markup {
  const evaluated = data.tenants
    .map((tenant) => tenant.evaluatedOn)
    .filter((day) => day !== null)
    .sort();
  const [oldest] = evaluated;
  return markup`<header>
      <h1>${name(reportTitle(data))}</h1>
      <p class="muted">
        ${oldest === undefined ? 'Nothing was imported yet.' : `Numbers as of ${dayText(oldest)}.`} Written on
        ${momentText(data.createdAt)}.
      </p>
      ${data.namesHidden ? markup`<p class="notice">Names of people are replaced by pseudonyms. The same person has the same pseudonym in every file from this computer.</p>` : nothing}
    </header>
    <nav aria-label="Contents">
      <ul>
        <li><a href="#savings">Savings</a></li>
        <li><a href="#position">Position</a></li>
        <li><a href="#spend">Spend</a></li>
        <li><a href="#findings">Findings</a></li>
        <li><a href="#left-out">Left out and unknown</a></li>
        <li><a href="#method">How the numbers are made</a></li>
      </ul>
    </nav>
    ${lead(data)} ${figures(data)}`;
}

function lead(data: ReportData): Markup {
  const { totals } = data;
  if (totals.licenses === 0) return markup`<p class="lead">There is no license to report on.</p>`;
  const idle = totals.inactive.value + totals.never.value;
  const sentences = [
    `${counted(totals.licenses, 'license')} ${totals.licenses === 1 ? 'counts' : 'count'}: ${counted(totals.entitled, 'unit')} to use, ${countText(totals.consumed)} in use.`,
    totals.licensesShort === 0
      ? 'Nothing is short today.'
      : `${counted(totals.licensesShort, 'license')} ${totals.licensesShort === 1 ? 'is' : 'are'} short by ${counted(totals.shortfallNow, 'unit')}${totals.licensesShort === 1 ? '' : ' together'}.`,
    totals.shortfallSoon > 0
      ? `${counted(totals.shortfallSoon, 'more unit')} will be missing when grace periods end.`
      : '',
    idle > 0 || totals.unassigned > 0
      ? `${counted(idle, 'seat')} ${idle === 1 ? 'was' : 'were'} not used, and ${counted(totals.unassigned, 'unit')} ${totals.unassigned === 1 ? 'is' : 'are'} held by nobody.`
      : '',
    possible(data).length > 0 ? `Found savings: ${amountsText(possible(data))} per month.` : '',
  ];
  return markup`<p class="lead">${sentences.filter((sentence) => sentence !== '').join(' ')}</p>`;
}

/** What all buckets together would save per month, by currency. */
export function possible(data: ReportData): ReportAmount[] {
  const sums = new Map<string, number>();
  for (const { amounts } of data.buckets) {
    for (const { currency, minor } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  }
  return [...sums]
    .filter(([, minor]) => minor > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ currency, minor }));
}

interface Figure {
  readonly label: string;
  readonly values: readonly string[];
  readonly tone?: 'bad' | 'good';
  readonly remark: string;
}

function figures(data: ReportData): Markup {
  const { totals, coverage } = data;
  const atLeast = (complete: boolean): string => (complete ? '' : '≥ ');
  const annual = data.spend.flatMap(({ currency, annualMinor }) =>
    annualMinor === null ? [] : [`${atLeast(!coverage.lowerBound)}${moneyText(annualMinor, currency)}`],
  );
  const savings = possible(data);
  const idle = totals.inactive.value + totals.never.value;
  const idleIsComplete = totals.inactive.complete && totals.never.complete;
  const all: Figure[] = [
    {
      label: 'Spend per year',
      values: annual.length === 0 ? ['unknown'] : annual,
      remark: coverageText(data),
    },
    {
      label: 'Found savings per month',
      values:
        savings.length === 0
          ? [data.spend.length === 0 ? 'unknown' : 'none']
          : savings.map(({ minor, currency }) => moneyText(minor, currency)),
      ...(savings.length > 0 && { tone: 'good' as const }),
      remark: 'seats that nobody needs and units nobody holds',
    },
    {
      label: 'Short now',
      values: [countText(totals.shortfallNow)],
      ...(totals.shortfallNow > 0 && { tone: 'bad' as const }),
      remark: `units, in ${counted(totals.licensesShort, 'license')}${totals.shortfallSoon > 0 ? `; ${countText(totals.shortfallSoon)} more after grace` : ''}`,
    },
    {
      label: 'In use',
      values: [countText(totals.consumed)],
      remark: `of ${counted(totals.entitled, 'unit')}`,
    },
    {
      label: 'Not used',
      values: [`${atLeast(idleIsComplete)}${countText(idle)}`],
      remark: `${countText(totals.inactive.value)} inactive, ${countText(totals.never.value)} never active`,
    },
    {
      label: 'Use unknown',
      values: [`${atLeast(totals.unknown.complete)}${countText(totals.unknown.value)}`],
      remark: 'seats; never counted as waste',
    },
    {
      label: 'Held by nobody',
      values: [countText(totals.unassigned)],
      remark: 'units, beyond what is kept free',
    },
    {
      label: 'Verified savings per month',
      values:
        data.verified.amounts.length === 0
          ? ['none yet']
          : data.verified.amounts.map(({ minor, currency }) => moneyText(minor, currency)),
      remark: 'gone at a later import',
    },
  ];
  return markup`<dl class="figures">
    ${all.map(
      ({ label, values, tone, remark }) =>
        markup`<div class="figure">
          <dt>${label}</dt>
          ${values.map((value) => markup`<dd class="value${tone === undefined ? '' : ` ${tone}`}">${value}</dd>`)}
          <dd class="remark">${remark}</dd>
        </div> `,
    )}
  </dl>`;
}

/** How much of the seats the money covers. */
export function coverageText({ coverage }: ReportData): string {
  const { pricedSeats, totalSeats, lowerBound } = coverage;
  if (pricedSeats === null || totalSeats === null) return 'users were never imported';
  if (totalSeats === 0) return 'no seat is known';
  const bound = lowerBound ? '; a lower bound, since prices are missing' : '';
  return `prices for ${countText(pricedSeats)} of ${counted(totalSeats, 'seat')}${bound}`;
}
