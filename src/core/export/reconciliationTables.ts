import { findingTitle } from '../../shared/findingWords';
import type { PartialSum, ReconciliationData, TenantSummary } from '../../shared/reconciliationContract';
import type { SavingsLine, SpendDimension, SpendLine } from '../../shared/reconciliationMoney';
import type { TenantFacts } from '../../shared/viewRows';
import type { CsvValue } from './csvCell';

/*
 * Tables of the Reconciliation as rows for a CSV file, the header first. Unknown is an empty cell, never zero; money is
 * in minor units, beside its currency or in columns that name it; what is only known to be at least that much is named
 * in the column `lowerBounds`.
 */

/** The licenses with the columns of the table on screen. */
export function licensesTable({ rows, tenants, groups }: ReconciliationData): CsvValue[][] {
  const findings = new Map<string | null, number>();
  for (const { licenseId, findings: count } of groups)
    findings.set(licenseId, (findings.get(licenseId) ?? 0) + count);
  const currencies = distinct(rows.flatMap(({ bought }) => bought.map(({ currency }) => currency)));
  const header = [
    'license',
    ...tenantHeader(tenants),
    ...['findings', 'shortfallNow', 'shortfallSoon', 'notCounted', 'entitlementLimit', 'seats'],
    ...currencies.flatMap((currency) => [`boughtMonthlyMinor_${currency}`, `boughtAnnualMinor_${currency}`]),
    ...['lowerBounds', 'entitled', 'consumed', 'availableNow', 'availableAfterGrace', 'unassigned'],
    ...['active', 'inactive', 'never', 'new', 'unknown', 'inGrace', 'suspended', 'skuPartNumber'],
  ];
  return [
    header,
    ...rows.map((row): CsvValue[] => [
      row.productName ?? row.skuPartNumber,
      ...tenantCells(tenants, row.tenantId),
      ...[findings.get(row.licenseId) ?? 0, row.shortfallNow, row.shortfallSoon],
      ...[row.notCounted, row.entitlementLimit, row.seats],
      ...currencies.flatMap((currency) => {
        const cost = row.bought.find((amount) => amount.currency === currency);
        return [cost?.monthlyMinor ?? null, cost?.annualMinor ?? null];
      }),
      row.costIncomplete && row.bought.length > 0 ? 'bought' : '',
      ...[row.entitled, row.consumed, row.availableNow, row.availableAfterGrace, row.unassigned],
      ...[row.active, row.inactive, row.never, row.new, row.unknown],
      ...[row.inGrace, row.suspended, row.skuPartNumber],
    ]),
  ];
}

/** The numbers behind the chart. @param licenseIds the licenses of the chart, in its order */
export function chartTable(
  { rows, tenants }: ReconciliationData,
  licenseIds: readonly string[],
): CsvValue[][] {
  const byId = new Map(rows.map((row) => [row.licenseId, row]));
  const counts = ['active', 'inactive', 'never', 'new', 'unknown', 'unassigned', 'shortfallNow'] as const;
  const columns = [...counts, 'entitled', 'consumed'] as const;
  const charted = licenseIds.flatMap((licenseId) => byId.get(licenseId) ?? []);
  return [
    ['license', ...tenantHeader(tenants), ...columns],
    ...charted.map((row): CsvValue[] => [
      row.productName ?? row.skuPartNumber,
      ...tenantCells(tenants, row.tenantId),
      ...columns.map((column) => row[column]),
    ]),
  ];
}

/** The savings found, a row per reason and currency; those without a price have neither currency nor amount. */
export function savingsTable(lines: readonly SavingsLine[]): CsvValue[][] {
  return [
    ['reason', 'bucket', 'currency', 'seats', 'monthlyMinor', 'annualMinor'],
    ...lines.map(({ bucket, currency, seats, monthlyMinor }): CsvValue[] => [
      findingTitle(bucket),
      bucket,
      currency,
      seats,
      monthlyMinor,
      monthlyMinor === null ? null : monthlyMinor * 12,
    ]),
  ];
}

/** What seats cost by department, country or company; an empty name is “not set”. */
export function spendTable(lines: readonly SpendLine[], dimension: SpendDimension): CsvValue[][] {
  const shown = lines.filter((line) => line.dimension === dimension);
  const sums = new Map<string, number>();
  for (const { currency, monthlyMinor } of shown)
    sums.set(currency, (sums.get(currency) ?? 0) + monthlyMinor);
  return [
    [
      dimension,
      ...['currency', 'people', 'seats', 'unpricedSeats', 'monthlyMinor', 'annualMinor'],
      ...['monthlyMinorPerPerson', 'sharePercent'],
    ],
    ...shown.map((line): CsvValue[] => {
      const { value, currency, people, seats, unpricedSeats, monthlyMinor, annualMinor } = line;
      const sum = sums.get(currency) ?? 0;
      return [
        ...[value, currency, people, seats, unpricedSeats, monthlyMinor, annualMinor],
        people === 0 ? null : Math.round(monthlyMinor / people),
        sum === 0 ? null : ((monthlyMinor / sum) * 100).toFixed(2),
      ];
    }),
  ];
}

/** One row per tenant. @param all also what the table on screen has no room for */
export function tenantsTable(tenants: readonly TenantSummary[], all: boolean): CsvValue[][] {
  const spent = distinct(tenants.flatMap(({ money }) => money.spend.map(({ currency }) => currency)));
  const saved = distinct(
    tenants.flatMap(({ money }) => money.savings.flatMap(({ currency }) => currency ?? [])),
  );
  const columns = tenantColumns.filter((column) => all || column.shown);
  const header = [
    ...['tenant', 'tenantId', 'lastImportAt'],
    ...(all ? ['evaluatedOn'] : []),
    ...columns.map((column) => column.name),
    ...spent.flatMap((currency) => [
      `annualMinor_${currency}`,
      ...(all ? [`monthlyMinor_${currency}`, `assignedAnnualMinor_${currency}`] : []),
    ]),
    ...(all ? ['pricedSeats', 'totalSeats'] : []),
    ...saved.map((currency) => `savingsMonthlyMinor_${currency}`),
    ...['savingsUnpricedSeats', 'findings', ...(all ? ['alerts'] : []), 'lowerBounds'],
  ];
  const rows = tenants.map((summary): CsvValue[] => {
    const { tenant, money, totals } = summary;
    // What was never imported has no numbers, not zeros.
    const known = <T>(value: T): T | null => (tenant.lastImportAt === null ? null : value);
    const bounds = [
      ...columns.flatMap(({ name, partial }) =>
        partial !== undefined && isBound(totals[partial]) ? [name] : [],
      ),
      ...(money.lowerBound && money.spend.length > 0 ? ['spend'] : []),
    ];
    const savings = (currency: string | null): number =>
      money.savings
        .filter((line) => line.currency === currency)
        .reduce((sum, line) => sum + (currency === null ? line.seats : (line.monthlyMinor ?? 0)), 0);
    return [
      ...[tenant.displayName, tenant.tenantId, tenant.lastImportAt],
      ...(all ? [tenant.evaluatedOn] : []),
      ...columns.map((column) => known(column.value(summary))),
      ...spent.flatMap((currency): CsvValue[] => {
        const amount = money.spend.find((entry) => entry.currency === currency);
        return [
          amount?.annualMinor ?? null,
          ...(all ? [amount?.monthlyMinor ?? null, amount?.assignedAnnualMinor ?? null] : []),
        ];
      }),
      ...(all ? [known(money.pricedSeats), known(money.totalSeats)] : []),
      ...saved.map((currency) =>
        money.savings.some((line) => line.currency === currency) ? savings(currency) : null,
      ),
      known(savings(null)),
      known(summary.findings),
      ...(all ? [known(summary.alerts)] : []),
      bounds.join('; '),
    ];
  });
  return [header, ...rows];
}

interface TenantColumn {
  readonly name: string;
  /** In the table on screen. */
  readonly shown: boolean;
  /** The sum that may be incomplete. */
  readonly partial?: 'active' | 'inactive' | 'never' | 'new' | 'unknown';
  readonly value: (summary: TenantSummary) => number | null;
}

const tenantColumns: readonly TenantColumn[] = [
  { name: 'licenses', shown: false, value: ({ totals }) => totals.licenses },
  { name: 'licensesShortNow', shown: true, value: ({ totals }) => totals.licensesShort },
  { name: 'licensesShortAfterGrace', shown: true, value: ({ totals }) => totals.licensesShortAfterGrace },
  { name: 'shortfallNow', shown: false, value: ({ totals }) => totals.shortfallNow },
  { name: 'shortfallSoon', shown: false, value: ({ totals }) => totals.shortfallSoon },
  { name: 'entitled', shown: true, value: ({ totals }) => totals.entitled },
  { name: 'inGrace', shown: false, value: ({ totals }) => totals.inGrace },
  { name: 'suspended', shown: false, value: ({ totals }) => totals.suspended },
  { name: 'consumed', shown: true, value: ({ totals }) => totals.consumed },
  { name: 'unassigned', shown: true, value: ({ totals }) => totals.unassigned },
  verdictColumn('active', false),
  verdictColumn('inactive', true),
  verdictColumn('never', true),
  verdictColumn('new', false),
  verdictColumn('unknown', false),
];

function verdictColumn(name: NonNullable<TenantColumn['partial']>, shown: boolean): TenantColumn {
  return {
    name,
    shown,
    partial: name,
    value: ({ totals: { [name]: sum } }) => (sum.complete || isBound(sum) ? sum.value : null),
  };
}

/** Of an incomplete sum that is zero nothing is known. */
function isBound({ value, complete }: PartialSum): boolean {
  return !complete && value > 0;
}

/** Two tenants can have the same name, so their id stands beside it; where there is but one it needs no column. */
function tenantHeader(tenants: readonly TenantFacts[]): string[] {
  return tenants.length < 2 ? [] : ['tenant', 'tenantId'];
}

function tenantCells(tenants: readonly TenantFacts[], tenantId: string): string[] {
  if (tenants.length < 2) return [];
  return [tenants.find((tenant) => tenant.tenantId === tenantId)?.displayName ?? tenantId, tenantId];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
