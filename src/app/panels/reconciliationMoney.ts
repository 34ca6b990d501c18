import { savingsBuckets } from '../../core/model/finding';
import type { SqlRow, Store } from '../../core/store/store';
import type { BoughtAmount, HiddenLicenses } from '../../shared/reconciliationContract';
import {
  spendDimensions,
  type RealisableLine,
  type ReconciliationMoney,
  type SavingsLine,
  type SpendAmount,
  type SpendLine,
  type VerifiedLine,
} from '../../shared/reconciliationMoney';
import { summedHistory, valueBefore, type HistoryPoint } from './reconciliationTrend';
import { numberOf, numberOrNull, textOrNull } from '../../core/store/sqlCells';

/** Rows of everything that is money, of one tenant or of all; picked apart per tenant without asking again. */
export interface MoneyRows {
  readonly spend: readonly SqlRow[];
  readonly realisable: readonly SqlRow[];
  readonly verified: readonly SqlRow[];
  readonly history: readonly SqlRow[];
}

/** Reads all money, grouped by tenant. */
export async function readMoney(store: Pick<Store, 'query'>, tenantId: string | null): Promise<MoneyRows> {
  const of = (sql: string): Promise<SqlRow[]> => store.query(sql, [tenantId]);
  const [spend, realisable, verified, history] = await Promise.all([
    of(`SELECT tenantId, currency, monthlyMinor, annualMinor, assignedMonthlyMinor, assignedAnnualMinor,
          pricedSeats, totalSeats, lowerBound
        FROM v_spend WHERE ?1 IS NULL OR tenantId = ?1`),
    // The same units of a monthly term can be given back now or at any renewal: they count once, as now.
    of(`SELECT r.tenantId AS tenantId, CASE WHEN r.nowMinor IS NULL THEN NULL ELSE r.currency END AS currency,
          sum(r.nowUnits) AS nowUnits, sum(r.nowMinor) AS nowMinor,
          sum(CASE WHEN l.term = 'monthly' THEN 0 ELSE r.renewalUnits END) AS renewalUnits,
          sum(CASE WHEN l.term = 'monthly' THEN 0 ELSE r.renewalMinor END) AS renewalMinor,
          min(CASE WHEN l.term = 'monthly' OR r.renewalUnits = 0 THEN NULL ELSE r.renewalDate END) AS firstRenewal
        FROM v_realisable r JOIN v_licenses l ON l.licenseId = r.licenseId
        WHERE ?1 IS NULL OR r.tenantId = ?1
        GROUP BY 1, 2`),
    of(`SELECT tenantId, CASE WHEN monthlyMinor IS NULL THEN NULL ELSE currency END AS currency,
          sum(seats) AS seats, sum(monthlyMinor) AS monthlyMinor, max(verifiedAt) AS lastVerifiedAt
        FROM v_verified_savings WHERE ?1 IS NULL OR tenantId = ?1
        GROUP BY 1, 2`),
    of(`SELECT h.tenantId AS tenantId, h.at AS at, h.currency AS currency, h.monthlyMinor AS monthlyMinor,
          t.lastImportAt AS lastImportAt
        FROM v_spend_history h JOIN v_tenants t ON t.tenantId = h.tenantId
        WHERE ?1 IS NULL OR h.tenantId = ?1 ORDER BY h.at`),
  ]);
  return { spend, realisable, verified, history };
}

/**
 * Adds up the money of one tenant, or of all that were read. Each currency stays by itself.
 * @param findings sums by tenant, bucket and currency
 */
export function moneyOf(
  rows: MoneyRows,
  findings: readonly SqlRow[],
  tenantId: string | null,
): ReconciliationMoney {
  const own = (list: readonly SqlRow[]): readonly SqlRow[] =>
    tenantId === null ? list : list.filter((row) => row['tenantId'] === tenantId);
  const spendRows = own(rows.spend);
  const lowerBound = spendRows.some((row) => row['lowerBound'] === 1);
  // A tenant has a row per currency, each with the seats of the whole tenant.
  const tenants = new Map(spendRows.map((row) => [row['tenantId'], row]));
  return {
    spend: spendByCurrency(spendRows, own(rows.history), lowerBound),
    pricedSeats: knownTotal(spendRows, 'pricedSeats'),
    totalSeats: knownTotal([...tenants.values()], 'totalSeats'),
    lowerBound,
    savings: savings(own(findings).filter((row) => row['bucket'] !== null)),
    realisable: realisable(own(rows.realisable)),
    verified: verified(own(rows.verified)),
  };
}

function spendByCurrency(
  rows: readonly SqlRow[],
  history: readonly SqlRow[],
  lowerBound: boolean,
): SpendAmount[] {
  return byCurrency(rows)
    .filter((group) => group.currency !== null)
    .map(({ currency, rows: own }) => {
      const points = own
        .flatMap((row) => row['tenantId'] ?? [])
        .map((tenant) => {
          const past = history.filter((row) => row['tenantId'] === tenant && row['currency'] === currency);
          return {
            points: past.map((row): HistoryPoint => ({
              at: String(row['at']),
              value: numberOrNull(row['monthlyMinor']),
            })),
            lastImportAt: textOrNull(past[0]?.['lastImportAt']),
          };
        });
      return {
        currency: currency ?? '',
        monthlyMinor: total(own, 'monthlyMinor'),
        annualMinor: total(own, 'annualMinor'),
        assignedMonthlyMinor: knownTotal(own, 'assignedMonthlyMinor'),
        assignedAnnualMinor: knownTotal(own, 'assignedAnnualMinor'),
        assignedLowerBound: lowerBound || own.some((row) => row['assignedAnnualMinor'] === null),
        history: summedHistory(points).map(({ at, value }) => ({ at, monthlyMinor: value })),
        previousMonthlyMinor: valueBefore(points),
      };
    });
}

function savings(rows: readonly SqlRow[]): SavingsLine[] {
  // In the order of precedence, as the file's rows have no order of their own; a bucket of a newer version comes last.
  const order: readonly string[] = savingsBuckets;
  const place = (bucket: string): number => (order.indexOf(bucket) + order.length + 1) % (order.length + 1);
  return [...new Set(rows.map((row) => String(row['bucket'])))]
    .sort((left, right) => place(left) - place(right))
    .flatMap((bucket) =>
      byCurrency(rows.filter((row) => row['bucket'] === bucket)).map(({ currency, rows: own }) => ({
        bucket,
        currency,
        seats: total(own, 'seats'),
        monthlyMinor: currency === null ? null : total(own, 'monthlyMinor'),
      })),
    );
}

function realisable(rows: readonly SqlRow[]): RealisableLine[] {
  return byCurrency(rows).map(({ currency, rows: own }) => ({
    currency,
    nowUnits: total(own, 'nowUnits'),
    nowMinor: currency === null ? null : total(own, 'nowMinor'),
    renewalUnits: total(own, 'renewalUnits'),
    renewalMinor: currency === null ? null : total(own, 'renewalMinor'),
    firstRenewal: own.flatMap((row) => textOrNull(row['firstRenewal']) ?? []).sort()[0] ?? null,
  }));
}

function verified(rows: readonly SqlRow[]): VerifiedLine[] {
  return byCurrency(rows).map(({ currency, rows: own }) => ({
    currency,
    seats: total(own, 'seats'),
    monthlyMinor: currency === null ? null : total(own, 'monthlyMinor'),
    lastVerifiedAt:
      own
        .map((row) => String(row['lastVerifiedAt']))
        .sort()
        .at(-1) ?? '',
  }));
}

/** Rows by currency, in the order of the codes, those without a price last. */
function byCurrency(rows: readonly SqlRow[]): { currency: string | null; rows: readonly SqlRow[] }[] {
  const currencies = [...new Set(rows.map((row) => textOrNull(row['currency'])))];
  return currencies
    .sort((left, right) => ((left ?? '~') < (right ?? '~') ? -1 : 1))
    .map((currency) => ({ currency, rows: rows.filter((row) => textOrNull(row['currency']) === currency) }));
}

function total(rows: readonly SqlRow[], column: string): number {
  return rows.reduce((sum, row) => sum + numberOf(row[column]), 0);
}

/** The sum of what is known; null when nothing is. */
function knownTotal(rows: readonly SqlRow[], column: string): number | null {
  const known = rows.filter((row) => numberOrNull(row[column]) !== null);
  return known.length === 0 && rows.length > 0 ? null : total(known, column);
}

/** Spend by department, country and company; lines of the same name in several tenants are added up. */
export async function readSpendLines(
  store: Pick<Store, 'query'>,
  tenantId: string | null,
): Promise<SpendLine[]> {
  const rows = await store.query(
    `SELECT dimension, value, currency, sum(monthlyMinor) AS monthlyMinor, sum(annualMinor) AS annualMinor,
       sum(people) AS people, sum(seats) AS seats, sum(unpricedSeats) AS unpricedSeats
     FROM v_spend_lines WHERE ?1 IS NULL OR tenantId = ?1
     GROUP BY dimension, value, currency
     ORDER BY dimension, value IS NULL, value COLLATE NOCASE, value, currency`,
    [tenantId],
  );
  return rows.flatMap((row): SpendLine[] => {
    const dimension = spendDimensions.find((name) => name === row['dimension']);
    if (dimension === undefined) return [];
    return [
      {
        dimension,
        value: textOrNull(row['value']),
        currency: String(row['currency']),
        monthlyMinor: numberOf(row['monthlyMinor']),
        annualMinor: numberOf(row['annualMinor']),
        people: numberOf(row['people']),
        seats: numberOf(row['seats']),
        unpricedSeats: numberOf(row['unpricedSeats']),
      },
    ];
  });
}

/** Reads how many licenses are hidden and what they cost. */
export async function readHidden(
  store: Pick<Store, 'query'>,
  tenantId: string | null,
): Promise<HiddenLicenses> {
  const [[counts], costs] = await Promise.all([
    store.query(
      `SELECT sum(retired) AS retired, sum(unmanaged) AS unmanaged, sum(excludedFromAlerts) AS excludedFromAlerts,
         sum(costUnknown) AS costUnknown
       FROM v_hidden_licenses WHERE ?1 IS NULL OR tenantId = ?1`,
      [tenantId],
    ),
    store.query(
      `SELECT currency, sum(monthlyMinor) AS monthlyMinor, sum(annualMinor) AS annualMinor
       FROM v_hidden_costs WHERE ?1 IS NULL OR tenantId = ?1 GROUP BY currency ORDER BY currency`,
      [tenantId],
    ),
  ]);
  return {
    retired: numberOf(counts?.['retired']),
    unmanaged: numberOf(counts?.['unmanaged']),
    excludedFromAlerts: numberOf(counts?.['excludedFromAlerts']),
    costUnknown: numberOf(counts?.['costUnknown']),
    costs: costs.map((row): BoughtAmount => ({
      currency: String(row['currency']),
      monthlyMinor: numberOf(row['monthlyMinor']),
      annualMinor: numberOf(row['annualMinor']),
    })),
  };
}
