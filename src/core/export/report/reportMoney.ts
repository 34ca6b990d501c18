import { findingTitle } from '../../../shared/findingWords';
import { markup, nothing, type Markup } from './markup';
import { currencyColumns } from './reportCurrencies';
import type {
  ReportAmount,
  ReportBreakdown,
  ReportBucket,
  ReportData,
  ReportRealisable,
  ReportSpendLine,
  SpendDimension,
} from './reportData';
import { amountsText, counted, countText, dayText, knownCount, knownMoney } from './reportFormats';
import { coverageText } from './reportHead';
import { possible } from './reportSummary';
import { name, table, type TableColumn } from './reportTable';
import { tenantColumn } from './reportTenants';

/** What can be saved: by reason, by license and time, and what imports have proved. */
export function savingsSection(data: ReportData): Markup {
  return markup`<section aria-labelledby="savings">
    <h2 id="savings">Savings</h2>
    <p>
      Every seat stands in one line, the first that fits, so nothing is counted twice. What was not seen is
      unknown and saves nothing.
    </p>
    ${buckets(data)}${realisable(data)}${verified(data)}
  </section> `;
}

function buckets(data: ReportData): Markup {
  if (data.buckets.length === 0) return markup`<p>No savings were found.</p>`;
  const amounts = {
    amounts: (row: ReportBucket): readonly ReportAmount[] => row.amounts,
    isUnpriced: (row: ReportBucket): boolean => row.unpricedSeats > 0,
    totals: possible(data),
  };
  return table(
    [
      { title: 'Why', cell: (row) => markup`${findingTitle(row.bucket)}` },
      {
        title: 'Seats or units',
        isNumber: true,
        cell: (row) => markup`${countText(row.seats)}`,
        total: markup`${countText(data.buckets.reduce((sum, row) => sum + row.seats, 0))}`,
      },
      {
        title: 'Without a price',
        isNumber: true,
        cell: (row) => markup`${row.unpricedSeats === 0 ? '–' : countText(row.unpricedSeats)}`,
        total: markup`${countText(data.buckets.reduce((sum, row) => sum + row.unpricedSeats, 0))}`,
      },
      ...currencyColumns(data.buckets, { ...amounts, period: 'per month', months: 1 }),
      ...currencyColumns(data.buckets, { ...amounts, period: 'per year', months: 12 }),
    ],
    data.buckets,
    { caption: 'Found savings by reason', totalLabel: 'Together' },
  );
}

function realisable(data: ReportData): Markup {
  if (data.realisable.length === 0) return nothing;
  const hasNow = data.realisable.some((row) => row.nowUnits > 0);
  const hasRenewal = data.realisable.some((row) => row.renewalUnits > 0);
  const units = (title: string, value: (row: ReportRealisable) => number): TableColumn<ReportRealisable> => ({
    title,
    isNumber: true,
    cell: (row) => markup`${value(row) === 0 ? '–' : countText(value(row))}`,
  });
  return markup`<h3>When they can be realized</h3>
    <p>
      ${hasNow ? 'Now: monthly terms, and freed units that spare a purchase elsewhere.' : ''}
      ${hasRenewal ? 'At renewal: what can be given back then.' : 'Nothing has to wait for a renewal.'} Amounts
      are per month.
    </p>
    ${table<ReportRealisable>(
      [
        { title: 'License', cell: (row) => name(row.productName) },
        ...tenantColumn<ReportRealisable>(data),
        { title: 'Seats freed', isNumber: true, cell: (row) => markup`${knownCount(row.freed)}` },
        ...(hasNow
          ? [
              units('Units now', (row) => row.nowUnits),
              {
                title: 'Now',
                isNumber: true,
                cell: (row: ReportRealisable) =>
                  markup`${amountOfUnits(row.nowUnits, row.nowMinor, row.currency)}`,
              },
            ]
          : []),
        ...(hasRenewal
          ? [
              units('Units at renewal', (row) => row.renewalUnits),
              {
                title: 'At renewal',
                isNumber: true,
                cell: (row: ReportRealisable) =>
                  markup`${amountOfUnits(row.renewalUnits, row.renewalMinor, row.currency)}`,
              },
              {
                title: 'Renewal',
                cell: (row: ReportRealisable) =>
                  markup`${row.renewalUnits === 0 ? '–' : row.renewalDate === null ? 'unknown' : dayText(row.renewalDate)}`,
              },
            ]
          : []),
      ],
      data.realisable,
      { caption: 'Savings by license: now and at renewal, per month' },
    )}`;
}

function amountOfUnits(units: number, minor: number | null, currency: string | null): string {
  return units === 0 ? '–' : knownMoney(minor, currency);
}

function verified({ verified: proved }: ReportData): Markup {
  if (proved.seats === 0) {
    return markup`<h3>Verified</h3>
      <p>None yet. A saving is verified when a later import no longer finds the seat or the unit.</p> `;
  }
  const unpriced =
    proved.unpricedSeats === 0 ? '' : ` (${countText(proved.unpricedSeats)} of them without a price)`;
  const since = proved.firstAt === null ? '' : ` since ${dayText(proved.firstAt)}`;
  const amounts = proved.amounts.length === 0 ? 'an unknown amount' : amountsText(proved.amounts);
  return markup`<h3>Verified</h3>
    <p>
      ${counted(proved.seats, 'seat or unit', 'seats and units')}${unpriced} gone${since}, as later imports
      show: ${amounts} per month.
    </p> `;
}

/** What is bought and what of it is held, by license and by where people work. */
export function spendSection(data: ReportData): Markup {
  return markup`<section aria-labelledby="spend">
    <h2 id="spend">Spend</h2>
    <p>
      What the valid purchases cost, used or not; <em>held</em> is the part that people hold. There are
      ${coverageText(data)}. Currencies are never added.
    </p>
    ${data.spend.length === 0 ? markup`<p>No prices were entered.</p>` : markup`${totals(data)}${licenses(data)}`}${data.breakdowns.map((breakdown) => breakdownTable(breakdown))}
  </section> `;
}

function totals(data: ReportData): Markup {
  const amount = (
    title: string,
    minor: (row: ReportData['spend'][number]) => number | null,
  ): TableColumn<ReportData['spend'][number]> => ({
    title,
    isNumber: true,
    cell: (row) => markup`${knownMoney(minor(row), row.currency)}`,
  });
  return table(
    [
      { title: 'Currency', cell: (row) => markup`${row.currency}` },
      amount('Bought per month', (row) => row.monthlyMinor),
      amount('Bought per year', (row) => row.annualMinor),
      amount('Held per month', (row) => row.assignedMonthlyMinor),
      amount('Held per year', (row) => row.assignedAnnualMinor),
    ],
    data.spend,
    { caption: 'Spend by currency' },
  );
}

function licenses(data: ReportData): Markup {
  if (data.licenseSpend.length === 0) return nothing;
  return markup`<h3>By license</h3>
    ${table(
      [
        { title: 'License', cell: (row) => name(row.productName) },
        ...tenantColumn(data),
        {
          title: 'Bought per month',
          isNumber: true,
          cell: (row) => markup`${knownMoney(row.boughtMonthlyMinor, row.currency)}`,
        },
        {
          title: 'Bought per year',
          isNumber: true,
          cell: (row) => markup`${knownMoney(row.boughtAnnualMinor, row.currency)}`,
        },
        {
          title: 'Held per month',
          isNumber: true,
          cell: (row) => markup`${knownMoney(row.assignedMonthlyMinor, row.currency)}`,
        },
      ],
      data.licenseSpend,
      { caption: 'Spend by license' },
    )}`;
}

const dimensionNames: Readonly<Record<SpendDimension, { readonly title: string; readonly many: string }>> = {
  department: { title: 'Department', many: 'departments' },
  country: { title: 'Country', many: 'countries' },
  companyName: { title: 'Company', many: 'companies' },
};

function breakdownTable({ dimension, lines, omitted }: ReportBreakdown): Markup {
  if (lines.length === 0) return nothing;
  const { title, many } = dimensionNames[dimension];
  const amounts = {
    amounts: (row: ReportSpendLine): readonly ReportAmount[] => row.amounts,
    isUnpriced: (row: ReportSpendLine): boolean => row.unpricedSeats > 0,
  };
  return markup`<h3>By ${title.toLowerCase()}</h3>
    ${table(
      [
        {
          title,
          cell: (row) => (row.value === null ? markup`<span class="muted">not set</span>` : name(row.value)),
        },
        { title: 'People', isNumber: true, cell: (row) => markup`${countText(row.people)}` },
        { title: 'Seats', isNumber: true, cell: (row) => markup`${countText(row.seats)}` },
        {
          title: 'Without a price',
          isNumber: true,
          cell: (row) => markup`${row.unpricedSeats === 0 ? '–' : countText(row.unpricedSeats)}`,
        },
        ...currencyColumns(lines, { ...amounts, period: 'held per month', months: 1 }),
      ],
      lines,
      { caption: `What people hold, by ${title.toLowerCase()}` },
    )}${omitted === 0 ? nothing : markup`<p class="muted small">The ${countText(lines.length)} largest. ${counted(omitted, 'more line')}: all ${many} are in the data file, view v_spend_lines.</p>`}`;
}
