import { notCountedReason, reconciliationTotals } from '../../core/model/reconciliationTotals';
import type { SqlRow, Store, ViewSpec } from '../../core/store/store';
import type {
  BoughtAmount,
  NotCounted,
  PositionColumn,
  PositionRow,
  PositionTotals,
} from '../../shared/reconciliationContract';
import type { SortOrder } from '../../shared/viewRows';
import { positionOf, seatsByVerdict } from '../../core/store/positionCells';
import { numberOrNull, SqlCells, textOrNull } from '../../core/store/sqlCells';

/** The parts of the store that the Reconciliation reads. */
export type ReconciliationStore = Pick<Store, 'openView' | 'viewRows' | 'closeView' | 'query'>;

const windowSize = 500;

/** The view that the position of the page equals. */
export function positionSpec(tenantId: string | null, sort: SortOrder<PositionColumn>): ViewSpec {
  return { report: 'reconciliation', ...(tenantId !== null && { tenantId }), sort: [sort] };
}

/**
 * Reads the position of every license in the store's order, retired and unmanaged ones included. A tenant has at
 * most some hundred licenses.
 */
export async function readPositions(
  store: ReconciliationStore,
  tenantId: string | null,
  sort: SortOrder<PositionColumn>,
  signal: AbortSignal,
): Promise<PositionRow[]> {
  const [licenses, bought, positions] = await Promise.all([
    store.query(
      `SELECT licenseId, productName, appliesTo, isTrial, isCounted, lifecycleStatus, participation,
         entitlementLimit, unitMonthlyMinor
       FROM v_licenses WHERE ?1 IS NULL OR tenantId = ?1`,
      [tenantId],
    ),
    store.query(
      `SELECT licenseId, currency, boughtMonthlyMinor, boughtAnnualMinor, incomplete
       FROM v_license_spend WHERE ?1 IS NULL OR tenantId = ?1`,
      [tenantId],
    ),
    allRows(store, positionSpec(tenantId, sort), signal),
  ]);
  const byId = new Map(licenses.map((row) => [row['licenseId'], row]));
  const costs = new Map<unknown, { amounts: BoughtAmount[]; incomplete: boolean }>();
  for (const row of bought) {
    const cost = costs.get(row['licenseId']) ?? { amounts: [], incomplete: false };
    costs.set(row['licenseId'], cost);
    if (row['incomplete'] === 1) cost.incomplete = true;
    const [currency, monthlyMinor, annualMinor] = [
      textOrNull(row['currency']),
      numberOrNull(row['boughtMonthlyMinor']),
      numberOrNull(row['boughtAnnualMinor']),
    ];
    if (currency !== null && monthlyMinor !== null && annualMinor !== null) {
      cost.amounts.push({ currency, monthlyMinor, annualMinor });
    }
  }
  return positions.map((row) => {
    const id = row['licenseId'] ?? null;
    return positionRow(row, byId.get(id), costs.get(id));
  });
}

async function allRows(store: ReconciliationStore, spec: ViewSpec, signal: AbortSignal): Promise<SqlRow[]> {
  const view = await store.openView(spec, signal);
  try {
    const rows: SqlRow[] = [];
    while (rows.length < view.rowCount) {
      const batch = await store.viewRows(view.viewId, rows.length, windowSize, signal);
      if (batch.length === 0) break;
      rows.push(...batch);
    }
    return rows;
  } finally {
    await store.closeView(view.viewId);
  }
}

/** Whether a license is out of every number and every list: retired, or not managed. */
export function isHidden(row: PositionRow): boolean {
  return row.notCounted === 'retired' || row.notCounted === 'unmanaged';
}

/** Adds up the rows that count. */
export function positionTotals(rows: readonly PositionRow[]): PositionTotals {
  const counted = rows.filter((row) => row.notCounted === null);
  // Which rows count is decided already, with the prices at hand.
  const { notCounted: _, ...totals } = reconciliationTotals(counted.map((row) => ({ ...row, priced: true })));
  return {
    ...totals,
    licensesShortAfterGrace: counted.filter((row) => row.shortfallNow + row.shortfallSoon > 0).length,
  };
}

function positionRow(
  position: SqlRow,
  license: SqlRow | undefined,
  cost: { readonly amounts: readonly BoughtAmount[]; readonly incomplete: boolean } | undefined,
): PositionRow {
  const cells = new SqlCells(position);
  const units = positionOf(cells);
  const entitlementLimit = textOrNull(license?.['entitlementLimit']) ?? 'asPurchased';
  const facts = {
    tenantId: String(position['tenantId']),
    licenseId: String(position['licenseId']),
    skuPartNumber: String(position['skuPartNumber']),
    productName: textOrNull(license?.['productName']),
    appliesTo: textOrNull(license?.['appliesTo']),
    isTrial: license?.['isTrial'] === 1,
    ...units,
    ...(entitlementLimit === 'unlimited' && { shortfallNow: 0, shortfallSoon: 0 }),
    ...seatsByVerdict(cells),
    entitlementLimit,
    excludedFromAlerts: license?.['participation'] === 'excludedFromAlerts',
    bought: cost?.amounts ?? [],
    costIncomplete: cost?.incomplete ?? true,
  };
  return { ...facts, notCounted: whyNotCounted(facts, license) };
}

/** Retired comes first: a license that a newer connection replaced is not managed either. */
function whyNotCounted(
  row: Pick<PositionRow, 'skuPartNumber' | 'appliesTo' | 'entitled' | 'consumed'>,
  license: SqlRow | undefined,
): NotCounted | null {
  if (license?.['lifecycleStatus'] === 'retired') return 'retired';
  if (license?.['participation'] === 'unmanaged' || license?.['isCounted'] === 0) return 'unmanaged';
  return notCountedReason({ ...row, priced: numberOrNull(license?.['unitMonthlyMinor']) !== null });
}
