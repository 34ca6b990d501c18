import * as v from 'valibot';
import { LicenseError } from '../../core/foundation/errors';
import type { SqlRow, ViewFilter } from '../../core/store/store';
import type {
  PositionColumn,
  ReconciliationContract,
  ReconciliationData,
  TenantSummary,
} from '../../shared/reconciliationContract';
import type {
  FindingGroup,
  FindingQuery,
  FindingRow,
  FindingView,
} from '../../shared/reconciliationFindings';
import type { SortOrder, TenantFacts } from '../../shared/viewRows';
import {
  exportRequest,
  exportTable,
  findingQuery,
  positionOrder,
  type ReconciliationExportDeps,
} from './reconciliationExport';
import { findingGroups, findingRow, findingsSpec, readFindingSums } from './reconciliationFindings';
import { moneyOf, readHidden, readMoney, readSpendLines, type MoneyRows } from './reconciliationMoney';
import { isHidden, positionTotals, readPositions } from './reconciliationRows';
import { readTrends } from './reconciliationTrend';
import type { RpcMethods } from './rpcServer';

/** What the Reconciliation needs of the world; none of it knows VS Code. */
export interface ReconciliationPageDeps extends ReconciliationExportDeps {
  readonly tenants: () => Promise<readonly TenantFacts[]>;
  readonly exportHtml: () => Promise<void>;
  readonly runImport: () => Promise<void>;
  readonly openRoster: (tenantId: string | null, filter: ViewFilter) => Promise<void>;
  readonly openLicense: (tenantId: string, licenseId: string) => Promise<void>;
  readonly openUser: (tenantId: string, userId: string) => Promise<void>;
  readonly openTenant: (tenantId: string) => Promise<void>;
  readonly copy: (text: string) => Promise<void>;
}

const id = v.pipe(v.string(), v.maxLength(200));
const viewId = v.pipe(v.number(), v.safeInteger());
const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Rows that one request may ask for. */
const mostRows = 500;
/** The longest text that one copy may put on the clipboard. */
const longestCopy = 20_000_000;

/** Host side of the Reconciliation: figures, the position of every license, and what was found. */
export class ReconciliationPage {
  /** Findings that the page has open. */
  private readonly views = new Set<number>();

  constructor(private readonly deps: ReconciliationPageDeps) {}

  readonly methods: RpcMethods<ReconciliationContract> = {
    start: { params: v.null(), handle: async () => ({ tenantId: this.deps.tenantId }) },
    load: {
      params: v.object({ sort: positionOrder, showHidden: v.boolean() }),
      handle: (params, signal) => this.load(params.sort, params.showHidden, signal),
    },
    openFindings: { params: findingQuery, handle: (params, signal) => this.openFindings(params, signal) },
    findings: {
      params: v.object({ viewId, offset: natural, count: v.pipe(natural, v.maxValue(mostRows)) }),
      handle: (params, signal) => this.findings(params, signal),
    },
    closeFindings: { params: v.object({ viewId }), handle: (params) => this.closeFindings(params.viewId) },
    exportCsv: {
      params: exportRequest,
      handle: (params, signal) =>
        exportTable(params, this.deps, () => this.load(params.sort, params.showHidden, signal)),
    },
    exportHtml: { params: v.null(), handle: () => done(this.deps.exportHtml()) },
    runImport: { params: v.null(), handle: () => done(this.deps.runImport()) },
    openRoster: {
      params: v.object({ tenantId: v.nullable(id), licenseId: v.nullable(id), kind: v.nullable(id) }),
      handle: (params) =>
        done(this.deps.openRoster(params.tenantId ?? this.deps.tenantId, rosterFilter(params))),
    },
    openLicense: {
      params: v.object({ tenantId: id, licenseId: id }),
      handle: (params) => done(this.deps.openLicense(params.tenantId, params.licenseId)),
    },
    openUser: {
      params: v.object({ tenantId: id, userId: id }),
      handle: (params) => done(this.deps.openUser(params.tenantId, params.userId)),
    },
    openTenant: {
      params: v.object({ tenantId: id }),
      handle: (params) => done(this.deps.openTenant(params.tenantId)),
    },
    copy: {
      params: v.object({ text: v.pipe(v.string(), v.maxLength(longestCopy)) }),
      handle: (params) => done(this.deps.copy(params.text)),
    },
  };

  /** Closes what the page had open; call it when the page is gone. */
  async close(): Promise<void> {
    const open = [...this.views];
    this.views.clear();
    await Promise.all(open.map((view) => this.deps.store.closeView(view)));
  }

  private async load(
    order: SortOrder<PositionColumn>,
    showHidden: boolean,
    signal: AbortSignal,
  ): Promise<ReconciliationData> {
    const { store, tenantId } = this.deps;
    const [tenants, rows, money, hidden, sums, spendLines, trends] = await Promise.all([
      this.deps.tenants(),
      readPositions(store, tenantId, order, signal),
      readMoney(store, tenantId),
      readHidden(store, tenantId),
      readFindingSums(store, tenantId),
      readSpendLines(store, tenantId),
      readTrends(store, tenantId),
    ]);
    const totals = positionTotals(rows);
    const groups = findingGroups(sums);
    const asOf =
      tenants
        .flatMap((tenant) => tenant.evaluatedOn ?? [])
        .sort()
        .at(-1) ?? null;
    return {
      tenants,
      rows: showHidden ? rows : rows.filter((row) => !isHidden(row)),
      totals,
      trends: trends(totals, asOf),
      money: moneyOf(money, sums, null),
      hidden,
      groups,
      spendLines,
      byTenant:
        tenants.length > 1 ? tenants.map((tenant) => summary(tenant, { rows, money, sums, groups })) : [],
    };
  }

  private async openFindings(wanted: FindingQuery, signal: AbortSignal): Promise<FindingView> {
    const view = await this.deps.store.openView(findingsSpec(wanted, this.deps.tenantId), signal);
    if (signal.aborted) {
      await this.deps.store.closeView(view.viewId);
      throw new LicenseError('cancelled', 'The page asked for something else meanwhile.');
    }
    this.views.add(view.viewId);
    return { viewId: view.viewId, rowCount: view.rowCount };
  }

  private async findings(
    { viewId: view, offset, count }: { viewId: number; offset: number; count: number },
    signal: AbortSignal,
  ): Promise<FindingRow[]> {
    // Only what this page opened: other pages have views of their own.
    if (!this.views.has(view)) throw new LicenseError('notFound', 'The findings are not open any more.');
    return (await this.deps.store.viewRows(view, offset, count, signal)).map(findingRow);
  }

  private async closeFindings(view: number): Promise<null> {
    if (this.views.delete(view)) await this.deps.store.closeView(view);
    return null;
  }
}

function summary(
  tenant: TenantFacts,
  data: {
    readonly rows: Awaited<ReturnType<typeof readPositions>>;
    readonly money: MoneyRows;
    readonly sums: readonly SqlRow[];
    readonly groups: readonly FindingGroup[];
  },
): TenantSummary {
  const groups = data.groups.filter((group) => group.tenantId === tenant.tenantId);
  return {
    tenant,
    totals: positionTotals(data.rows.filter((row) => row.tenantId === tenant.tenantId)),
    money: moneyOf(data.money, data.sums, tenant.tenantId),
    findings: groups.reduce((sum, group) => sum + group.findings, 0),
    alerts: groups.reduce((sum, group) => sum + group.alerts, 0),
  };
}

function rosterFilter({ licenseId, kind }: { licenseId: string | null; kind: string | null }): ViewFilter {
  const license = licenseId === null ? {} : { licenseId };
  return kind === null ? license : { finding: { kind, ...license } };
}

async function done(work: Promise<void>): Promise<null> {
  await work;
  return null;
}
