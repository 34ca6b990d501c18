import * as v from 'valibot';
import { notCountedReason, reconciliationTotals } from '../../core/model/reconciliationTotals';
import type { SqlRow, SqlValue, Store, ViewSpec } from '../../core/store/store';
import {
  positionColumns,
  type PositionColumn,
  type PositionRow,
  type ReconciliationContract,
  type ReconciliationData,
} from '../../shared/reconciliationContract';
import type { SortOrder, TenantFacts } from '../../shared/viewRows';
import type { RpcMethods } from './rpcServer';

/** What the Reconciliation needs of the world; none of it knows VS Code. */
export interface ReconciliationPageDeps {
  /** Null for all tenants. */
  readonly tenantId: string | null;
  readonly store: Pick<Store, 'openView' | 'viewRows' | 'closeView' | 'query'>;
  readonly tenants: () => Promise<readonly TenantFacts[]>;
  readonly exportCsv: (spec: ViewSpec) => Promise<{ rows: number } | null>;
  readonly runImport: () => Promise<void>;
  readonly openRoster: (tenantId: string, licenseId: string) => Promise<void>;
}

const sortSchema = v.object({
  sort: v.object({ column: v.picklist(positionColumns), descending: v.boolean() }),
});
const id = v.pipe(v.string(), v.maxLength(200));

const windowSize = 500;

/** Host side of the Reconciliation: the position of every license, in the store's order. */
export class ReconciliationPage {
  constructor(private readonly deps: ReconciliationPageDeps) {}

  readonly methods: RpcMethods<ReconciliationContract> = {
    start: { params: v.null(), handle: async () => ({ tenantId: this.deps.tenantId }) },
    load: { params: sortSchema, handle: ({ sort }, signal) => this.load(sort, signal) },
    exportCsv: { params: sortSchema, handle: ({ sort }) => this.deps.exportCsv(this.spec(sort)) },
    runImport: {
      params: v.null(),
      handle: async () => {
        await this.deps.runImport();
        return null;
      },
    },
    openRoster: {
      params: v.object({ tenantId: id, licenseId: id }),
      handle: async ({ tenantId, licenseId }) => {
        await this.deps.openRoster(tenantId, licenseId);
        return null;
      },
    },
  };

  private async load(sort: SortOrder<PositionColumn>, signal: AbortSignal): Promise<ReconciliationData> {
    const [tenants, licenses, positions] = await Promise.all([
      this.deps.tenants(),
      this.deps.store.query(
        `SELECT licenseId, productName, appliesTo, isTrial FROM v_licenses WHERE ?1 IS NULL OR tenantId = ?1`,
        [this.deps.tenantId],
      ),
      this.positions(sort, signal),
    ]);
    const byId = new Map(licenses.map((row) => [row['licenseId'], row]));
    const rows = positions.map((row) => positionRow(row, byId.get(row['licenseId'] ?? null)));
    return { tenants, rows, totals: reconciliationTotals(rows) };
  }

  /** All of them: a tenant has at most some hundred licenses. */
  private async positions(sort: SortOrder<PositionColumn>, signal: AbortSignal): Promise<SqlRow[]> {
    const { store } = this.deps;
    const view = await store.openView(this.spec(sort), signal);
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

  private spec(sort: SortOrder<PositionColumn>): ViewSpec {
    return {
      report: 'reconciliation',
      ...(this.deps.tenantId !== null && { tenantId: this.deps.tenantId }),
      sort: [sort],
    };
  }
}

function positionRow(position: SqlRow, license: SqlRow | undefined): PositionRow {
  const count = (column: string): number => numberOrNull(position[column]) ?? 0;
  const known = (column: string): number | null => numberOrNull(position[column]);
  const row = {
    tenantId: String(position['tenantId']),
    licenseId: String(position['licenseId']),
    skuPartNumber: String(position['skuPartNumber']),
    productName: textOrNull(license?.['productName']),
    appliesTo: textOrNull(license?.['appliesTo']),
    isTrial: license?.['isTrial'] === 1,
    enabled: count('enabled'),
    inGrace: count('inGrace'),
    suspended: count('suspended'),
    lockedOut: count('lockedOut'),
    entitled: count('entitled'),
    consumed: count('consumed'),
    seats: known('seats'),
    availableNow: count('availableNow'),
    availableAfterGrace: count('availableAfterGrace'),
    shortfallNow: count('shortfallNow'),
    shortfallSoon: count('shortfallSoon'),
    unassigned: count('unassigned'),
    active: known('active'),
    inactive: known('inactive'),
    never: known('never'),
    new: known('new'),
    unknown: known('unknown'),
  };
  return { ...row, notCounted: notCountedReason(row) };
}

function numberOrNull(value: SqlValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
