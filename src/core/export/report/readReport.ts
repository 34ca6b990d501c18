import { findingKinds } from '../../../shared/findingWords';
import { notCountedReason, reconciliationTotals } from '../../model/reconciliationTotals';
import { positionOf, seatsByVerdict } from '../../store/positionCells';
import { flagOf, numberOf, numberOrNull, SqlCells, textOf, textOrNull } from '../../store/sqlCells';
import type { SqlRow, SqlValue, Store } from '../../store/store';
import { currenciesOf } from './reportCurrencies';
import {
  spendDimensions,
  type ReportAmount,
  type ReportBreakdown,
  type ReportData,
  type ReportHidden,
  type ReportLicense,
  type ReportSpend,
  type ReportSpendLine,
  type ReportTenant,
} from './reportData';
import { readFindingGroups, readBuckets } from './readReportFindings';
import { readLicenseSpend, readRealisable, readUnpriced } from './readReportMoney';
import { Reader } from './reportReader';

/** What {@link readReport} reads. */
export interface ReportRequest {
  /** Null for all tenants. */
  readonly tenantId: string | null;
  readonly namesHidden: boolean;
  readonly createdAt: Date;
}

/** Most findings about single users that are listed of one kind. */
export const maxListedFindings = 25;
/** Most lines of a breakdown. */
export const maxBreakdownLines = 25;
const maxHistoryPoints = 12;

/**
 * Reads what the report says from the views of the file.
 * @throws what the store throws, `cancelled`
 */
export async function readReport(
  store: Pick<Store, 'query'>,
  request: ReportRequest,
  signal?: AbortSignal,
): Promise<ReportData> {
  const reader = new Reader(store, request.tenantId, signal);
  const tenants = await readTenants(reader);
  const positions = await readPositions(reader);
  const breakdowns: ReportBreakdown[] = [];
  for (const dimension of spendDimensions) breakdowns.push(await readBreakdown(reader, dimension));
  return {
    createdAt: request.createdAt.toISOString(),
    namesHidden: request.namesHidden,
    tenants,
    ...positions,
    ...(await readSpend(reader)),
    licenseSpend: await readLicenseSpend(reader),
    breakdowns,
    buckets: await readBuckets(reader),
    realisable: await readRealisable(reader),
    verified: await readVerified(reader),
    findings: await readFindingGroups(reader, findingKinds, maxListedFindings),
    hidden: await readHidden(reader),
    unpriced: await readUnpriced(reader),
    history: tenants.length === 1 ? await readHistory(reader) : [],
  };
}

function readTenants(reader: Reader): Promise<ReportTenant[]> {
  return reader.each(
    `SELECT t.tenantId, t.displayName, t.defaultDomain, t.lastImportAt, e.evaluatedOn, e.inactivityDays, e.graceDays
     FROM v_tenants t LEFT JOIN v_evaluation e ON e.tenantId = t.tenantId
     WHERE ?1 IS NULL OR t.tenantId = ?1
     ORDER BY t.displayName COLLATE NOCASE, t.tenantId`,
    (row) => ({
      tenantId: textOf(row['tenantId']),
      displayName: textOrNull(row['displayName']) ?? textOf(row['tenantId']),
      defaultDomain: textOrNull(row['defaultDomain']),
      lastImportAt: textOrNull(row['lastImportAt']),
      evaluatedOn: textOrNull(row['evaluatedOn']),
      inactivityDays: numberOrNull(row['inactivityDays']),
      graceDays: numberOrNull(row['graceDays']),
    }),
  );
}

async function readPositions(reader: Reader): Promise<Pick<ReportData, 'licenses' | 'totals'>> {
  const rows = await reader.rows(
    `SELECT p.*, l.productName, l.appliesTo, l.unitMonthlyMinor
     FROM v_position p JOIN v_licenses l ON l.licenseId = p.licenseId
     WHERE l.isCounted = 1 AND (?1 IS NULL OR p.tenantId = ?1)
     ORDER BY l.productName COLLATE NOCASE, p.tenantId, p.skuId`,
  );
  const positions = rows.map((row) => ({
    ...licenseRow(row),
    appliesTo: textOrNull(row['appliesTo']),
    priced: numberOrNull(row['unitMonthlyMinor']) !== null,
  }));
  return {
    licenses: positions.map((row) => ({ ...row, isInTotals: notCountedReason(row) === null })),
    totals: reconciliationTotals(positions),
  };
}

function licenseRow(row: SqlRow): Omit<ReportLicense, 'isInTotals'> {
  const cells = new SqlCells(row);
  return {
    tenantId: textOf(row['tenantId']),
    licenseId: textOf(row['licenseId']),
    skuPartNumber: textOf(row['skuPartNumber']),
    productName: textOrNull(row['productName']) ?? textOf(row['skuPartNumber']),
    ...positionOf(cells),
    ...seatsByVerdict(cells),
  };
}

async function readSpend(reader: Reader): Promise<Pick<ReportData, 'spend' | 'coverage'>> {
  const spend = await reader.each(
    `SELECT currency, sum(monthlyMinor) AS monthlyMinor, sum(annualMinor) AS annualMinor,
       sum(assignedMonthlyMinor) AS assignedMonthlyMinor, sum(assignedAnnualMinor) AS assignedAnnualMinor
     FROM v_spend WHERE currency IS NOT NULL AND (?1 IS NULL OR tenantId = ?1)
     GROUP BY currency ORDER BY currency`,
    (row): ReportSpend => ({
      currency: textOf(row['currency']),
      monthlyMinor: numberOrNull(row['monthlyMinor']),
      annualMinor: numberOrNull(row['annualMinor']),
      assignedMonthlyMinor: numberOrNull(row['assignedMonthlyMinor']),
      assignedAnnualMinor: numberOrNull(row['assignedAnnualMinor']),
    }),
  );
  // The seats of a tenant are repeated in each of its currencies.
  const [coverage] = await reader.rows(
    `SELECT sum(priced) AS pricedSeats, sum(total) AS totalSeats, max(lowerBound) AS lowerBound
     FROM (SELECT sum(pricedSeats) AS priced, max(totalSeats) AS total, max(lowerBound) AS lowerBound
       FROM v_spend WHERE ?1 IS NULL OR tenantId = ?1 GROUP BY tenantId)`,
  );
  return {
    spend,
    coverage: {
      pricedSeats: numberOrNull(coverage?.['pricedSeats']),
      totalSeats: numberOrNull(coverage?.['totalSeats']),
      lowerBound: flagOf(coverage?.['lowerBound']),
    },
  };
}

async function readBreakdown(
  reader: Reader,
  dimension: (typeof spendDimensions)[number],
): Promise<ReportBreakdown> {
  const amounts = await reader.rows(
    `SELECT value, currency, sum(monthlyMinor) AS minor FROM v_spend_lines
     WHERE dimension = ?2 AND (?1 IS NULL OR tenantId = ?1)
     GROUP BY value, currency HAVING minor <> 0 ORDER BY currency`,
    [dimension],
  );
  // A tenant repeats the people and seats of a value in each of its currencies.
  const lines = await reader.each(
    `SELECT value, sum(people) AS people, sum(seats) AS seats, sum(unpricedSeats) AS unpricedSeats
     FROM (SELECT value, max(people) AS people, max(seats) AS seats, max(unpricedSeats) AS unpricedSeats
       FROM v_spend_lines WHERE dimension = ?2 AND (?1 IS NULL OR tenantId = ?1) GROUP BY tenantId, value)
     GROUP BY value ORDER BY value IS NULL, value COLLATE NOCASE, value`,
    (row): ReportSpendLine => ({
      value: textOrNull(row['value']),
      amounts: amountsOf(amounts.filter((amount) => amount['value'] === row['value'])),
      people: numberOf(row['people']),
      seats: numberOf(row['seats']),
      unpricedSeats: numberOf(row['unpricedSeats']),
    }),
    [dimension],
  );
  const currencies = currenciesOf(lines.map((line) => line.amounts));
  const dearest = lines.sort((left, right) => byCost(left, right, currencies));
  return {
    dimension,
    lines: dearest.slice(0, maxBreakdownLines),
    omitted: Math.max(0, dearest.length - maxBreakdownLines),
  };
}

/** The dearest first in the first currency in which two lines differ; who is not set comes last. */
function byCost(left: ReportSpendLine, right: ReportSpendLine, currencies: readonly string[]): number {
  if ((left.value === null) !== (right.value === null)) return left.value === null ? 1 : -1;
  const minor = (line: ReportSpendLine, currency: string): number =>
    line.amounts.find((amount) => amount.currency === currency)?.minor ?? 0;
  const differing = currencies.find((currency) => minor(left, currency) !== minor(right, currency));
  return differing === undefined ? 0 : minor(right, differing) - minor(left, differing);
}

async function readVerified(reader: Reader): Promise<ReportData['verified']> {
  const rows = await reader.rows(
    `SELECT currency, sum(seats) AS seats, sum(monthlyMinor) AS minor,
       sum(CASE WHEN monthlyMinor IS NULL THEN seats ELSE 0 END) AS unpriced, min(verifiedAt) AS firstAt
     FROM v_verified_savings WHERE ?1 IS NULL OR tenantId = ?1 GROUP BY currency ORDER BY currency`,
  );
  return {
    seats: rows.reduce((sum, row) => sum + numberOf(row['seats']), 0),
    unpricedSeats: rows.reduce((sum, row) => sum + numberOf(row['unpriced']), 0),
    amounts: amountsOf(rows),
    firstAt:
      rows
        .map((row) => textOrNull(row['firstAt']))
        .filter((at) => at !== null)
        .sort()[0] ?? null,
  };
}

async function readHidden(reader: Reader): Promise<ReportHidden> {
  const amounts = await reader.rows(
    `SELECT currency, sum(monthlyMinor) AS minor FROM v_hidden_costs
     WHERE ?1 IS NULL OR tenantId = ?1 GROUP BY currency ORDER BY currency`,
  );
  const [unknown] = await reader.rows(
    'SELECT max(costUnknown) AS costUnknown FROM v_hidden_licenses WHERE ?1 IS NULL OR tenantId = ?1',
  );
  return {
    licenses: await reader.each(
      `SELECT tenantId, productName, lifecycleStatus, managedReason, managedUntil FROM v_licenses
       WHERE isCounted = 0 AND (?1 IS NULL OR tenantId = ?1) ORDER BY productName COLLATE NOCASE, tenantId`,
      (row) => ({
        tenantId: textOf(row['tenantId']),
        productName: textOf(row['productName']),
        state: row['lifecycleStatus'] === 'retired' ? ('retired' as const) : ('unmanaged' as const),
        reason: textOrNull(row['managedReason']),
        until: textOrNull(row['managedUntil']),
      }),
    ),
    amounts: amountsOf(amounts),
    costUnknown: flagOf(unknown?.['costUnknown']),
  };
}

async function readHistory(reader: Reader): Promise<ReportData['history']> {
  const points = await reader.each(
    `SELECT at, entitled, consumed, shortfallNow, unassigned, inactive, never FROM v_tenant_history
     WHERE ?1 IS NULL OR tenantId = ?1 ORDER BY at DESC LIMIT ?2`,
    (row) => ({
      at: textOf(row['at']),
      entitled: numberOrNull(row['entitled']),
      consumed: numberOrNull(row['consumed']),
      shortfallNow: numberOrNull(row['shortfallNow']),
      unassigned: numberOrNull(row['unassigned']),
      inactive: numberOrNull(row['inactive']),
      never: numberOrNull(row['never']),
    }),
    [maxHistoryPoints],
  );
  return points.reverse();
}

/** Rows with `currency` and `minor`; a row whose amount is unknown has no place in a sum. */
function amountsOf(rows: readonly SqlRow[]): ReportAmount[] {
  return rows.flatMap((row) => {
    const [currency, minor]: [string | null, SqlValue] = [textOrNull(row['currency']), row['minor'] ?? null];
    return currency === null || typeof minor !== 'number' ? [] : [{ currency, minor }];
  });
}
