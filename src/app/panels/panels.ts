import * as v from 'valibot';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/foundation/disposables';
import { LicenseError } from '../../core/foundation/errors';
import type { Logger } from '../../core/foundation/logger';
import type { Store, StoreChange, ViewFilter, ViewSpec } from '../../core/store/store';
import type { ReconciliationContract } from '../../shared/reconciliationContract';
import type { LicenseFilter, RosterContract } from '../../shared/rosterContract';
import type { ColumnFilter, RosterFilter } from '../../shared/rosterFilter';
import type { Cell } from '../../shared/viewRows';
import { InteractiveArgument } from '../host/commandRunner';
import type { HiddenNames } from '../host/pseudonymMode';
import { PagePanel, pageWebviewOptions } from './pagePanel';
import { ReconciliationPage } from './reconciliationPage';
import { reconciliationWays } from './reconciliationWays';
import { RosterPage, viewsFor } from './rosterPage';
import type { RosterViews } from './rosterViews';
import { saveCsv } from './saveCsv';
import { readTenantFacts } from './tenantFacts';

/** What the panels need of the composition. */
export interface PanelDeps {
  readonly extensionUri: vscode.Uri;
  /** As screens see it: see {@link createShownStore}. */
  readonly store: Store;
  readonly names: HiddenNames;
  readonly rosterViews: RosterViews;
  readonly logger: Logger;
  readonly describeError: (error: unknown) => string;
}

/** What to open: without a tenant all of them, or the one there is. */
export interface OpenPanelArguments {
  readonly tenantId?: string;
  readonly licenseId?: string;
  readonly filter?: ViewFilter;
}

/** The webview panels. One per page and tenant; opening it again reveals it. */
export interface Panels extends Disposable {
  /** Rejects with `notFound` for a tenant the file does not have. */
  openRoster(args: OpenPanelArguments): Promise<void>;
  openReconciliation(args: OpenPanelArguments): Promise<void>;
}

const viewTypes = { roster: 'm365Licenses.roster', reconciliation: 'm365Licenses.reconciliation' } as const;
const stateSchema = v.object({ tenantId: v.nullable(v.string()) });

/** Creates the panels' side of the extension and registers what restores them after a window reload. */
export function createPanels(deps: PanelDeps): Panels {
  return new WebviewPanels(deps);
}

class WebviewPanels implements Panels {
  private readonly disposables = new DisposableStore();
  private readonly rosters = new Map<string | null, PagePanel<RosterContract>>();
  private readonly reconciliations = new Map<string | null, PagePanel<ReconciliationContract>>();

  constructor(private readonly deps: PanelDeps) {
    this.disposables.add(deps.store.onDidChange((change) => this.storeChanged(change)));
    this.disposables.add(deps.rosterViews.onDidChange(() => this.viewsChanged()));
    this.registerSerializer(viewTypes.roster, (panel, tenantId) => this.attachRoster(panel, tenantId));
    this.registerSerializer(viewTypes.reconciliation, (panel, tenantId) =>
      this.attachReconciliation(panel, tenantId),
    );
  }

  async openRoster(args: OpenPanelArguments): Promise<void> {
    const tenantId = await this.resolveTenant(args);
    const existing = this.rosters.get(tenantId);
    const page = existing ?? this.attachRoster(this.createPanel(viewTypes.roster, 'Users'), tenantId);
    const licenseId = args.licenseId ?? args.filter?.licenseId ?? null;
    if (licenseId !== null || args.filter !== undefined) {
      page.emit('navigate', rosterFilter(args.filter ?? {}, licenseId));
    }
    existing?.reveal();
  }

  async openReconciliation(args: OpenPanelArguments): Promise<void> {
    const tenantId = await this.resolveTenant(args);
    const existing = this.reconciliations.get(tenantId);
    if (existing !== undefined) existing.reveal();
    else {
      this.attachReconciliation(this.createPanel(viewTypes.reconciliation, 'Reconciliation'), tenantId);
    }
  }

  dispose(): void {
    this.disposables.dispose();
    for (const page of [...this.rosters.values(), ...this.reconciliations.values()]) page.dispose();
  }

  private createPanel(viewType: string, title: string): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      viewType,
      title,
      vscode.ViewColumn.Active,
      pageWebviewOptions(this.deps.extensionUri),
    );
  }

  private attachRoster(panel: vscode.WebviewPanel, tenantId: string | null): PagePanel<RosterContract> {
    const page = new RosterPage({
      tenantId,
      store: this.deps.store,
      tenants: () => readTenantFacts(this.deps.store, tenantId),
      licenses: (licenseIds) => this.findLicenses(licenseIds),
      views: this.deps.rosterViews,
      askViewName: async (value) =>
        vscode.window.showInputBox({
          title: 'Save View',
          prompt: 'Name of the view: its filter, order and columns. A view of that name is replaced.',
          value,
          validateInput: (name) => (name.trim() === '' ? 'Give the view a name.' : undefined),
        }),
      openUser: async (tenant, userId) => {
        await vscode.commands.executeCommand('m365Licenses.openUser', { tenantId: tenant, userId });
      },
      mark: async (users, marked) => {
        await vscode.commands.executeCommand(
          marked ? 'm365Licenses.markAccounts' : 'm365Licenses.unmarkAccounts',
          new InteractiveArgument({ users }),
        );
      },
      exportCsv: exportByCommand,
      runImport: () => this.runImport(tenantId),
      copy: async (text) => vscode.env.clipboard.writeText(text),
    });
    const host = new PagePanel<RosterContract>(panel, {
      ...this.deps,
      page: 'roster',
      pageTitle: 'Users',
      methods: page.methods,
      onPageGone: () => this.ignoreFailure(page.close()),
    });
    return this.keep(this.rosters, tenantId, host, 'Users');
  }

  private attachReconciliation(
    panel: vscode.WebviewPanel,
    tenantId: string | null,
  ): PagePanel<ReconciliationContract> {
    const page = new ReconciliationPage({
      tenantId,
      store: this.deps.store,
      tenants: () => readTenantFacts(this.deps.store, tenantId),
      exportCsv: exportByCommand,
      saveCsv,
      runImport: () => this.runImport(tenantId),
      openRoster: (tenant, filter) =>
        this.openRoster({ ...(tenant !== null && { tenantId: tenant }), filter }),
      ...reconciliationWays(tenantId),
    });
    const host = new PagePanel<ReconciliationContract>(panel, {
      ...this.deps,
      page: 'reconciliation',
      pageTitle: 'Reconciliation',
      methods: page.methods,
      onPageGone: () => this.ignoreFailure(page.close()),
    });
    return this.keep(this.reconciliations, tenantId, host, 'Reconciliation');
  }

  private keep<P extends PagePanel<RosterContract> | PagePanel<ReconciliationContract>>(
    panels: Map<string | null, P>,
    tenantId: string | null,
    host: P,
    title: string,
  ): P {
    panels.set(tenantId, host);
    host.onDidDispose(() => {
      // A panel restored beside one that is open already has replaced it in the map.
      if (panels.get(tenantId) === host) panels.delete(tenantId);
    });
    this.ignoreFailure(this.updateTitle(host.panel, tenantId, title));
    return host;
  }

  private async updateTitle(
    panel: vscode.WebviewPanel,
    tenantId: string | null,
    title: string,
  ): Promise<void> {
    const facts = await readTenantFacts(this.deps.store, tenantId);
    const [only] = facts;
    panel.title =
      tenantId === null && facts.length > 1
        ? `${title} – All Tenants`
        : only === undefined
          ? title
          : `${title} – ${only.displayName}`;
  }

  private storeChanged(change: StoreChange): void {
    const payload = { generation: change.generation };
    const concerns = (tenantId: string | null): boolean =>
      tenantId === null || change.tenantIds.length === 0 || change.tenantIds.includes(tenantId);
    for (const [tenantId, page] of this.rosters) {
      if (!concerns(tenantId)) continue;
      if (page.isLoaded) page.emit('dataChanged', payload);
      this.ignoreFailure(this.updateTitle(page.panel, tenantId, 'Users'));
    }
    for (const [tenantId, page] of this.reconciliations) {
      if (!concerns(tenantId)) continue;
      if (page.isLoaded) page.emit('dataChanged', payload);
      this.ignoreFailure(this.updateTitle(page.panel, tenantId, 'Reconciliation'));
    }
  }

  private viewsChanged(): void {
    const views = this.deps.rosterViews.list();
    for (const [tenantId, page] of this.rosters) {
      if (page.isLoaded) page.emit('viewsChanged', viewsFor(views, tenantId));
    }
  }

  /** The tenant asked for, that of the license, the only one there is, or null for all. */
  private async resolveTenant(args: OpenPanelArguments): Promise<string | null> {
    const { filter } = args;
    const licenseId =
      args.licenseId ?? filter?.licenseId ?? filter?.licenseIds?.[0] ?? filter?.finding?.licenseId;
    // A license id is `{tenantId}_{skuId}`.
    const wanted = args.tenantId ?? licenseId?.split('_', 1)[0];
    const facts = await readTenantFacts(this.deps.store, wanted ?? null);
    if (wanted === undefined) return facts.length === 1 ? (facts[0]?.tenantId ?? null) : null;
    if (facts.length === 0) {
      throw new LicenseError('notFound', `There is no data of the tenant “${wanted}”. Import it first.`);
    }
    return wanted;
  }

  private async findLicenses(licenseIds: readonly string[]): Promise<LicenseFilter[]> {
    if (licenseIds.length === 0) return [];
    const rows = await this.deps.store.query(
      `SELECT licenseId, productName, skuPartNumber FROM v_licenses
       WHERE licenseId IN (SELECT lower(value) FROM json_each(?))`,
      [JSON.stringify(licenseIds)],
    );
    return rows.map((row) => {
      const licenseId = String(row['licenseId']);
      const name = row['productName'] ?? row['skuPartNumber'];
      return { licenseId, name: typeof name === 'string' ? name : licenseId };
    });
  }

  /** Starts the import of the tenant's connection; with several connections the command asks. */
  private async runImport(tenantId: string | null): Promise<void> {
    const connections = await this.deps.store.connections();
    const ofTenant = connections.filter((c) => tenantId === null || c.tenantId === tenantId);
    const [only] = ofTenant;
    const fields = only !== undefined && ofTenant.length === 1 ? { connectionId: only.connectionId } : {};
    await vscode.commands.executeCommand('m365Licenses.import', new InteractiveArgument(fields));
  }

  private registerSerializer(
    viewType: string,
    attach: (panel: vscode.WebviewPanel, tenantId: string | null) => unknown,
  ): void {
    this.disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) => {
          // State comes from a page, so it is as untrusted as a message.
          const parsed = v.safeParse(stateSchema, state);
          if (parsed.success) attach(panel, parsed.output.tenantId);
          else panel.dispose();
        },
      }),
    );
  }

  private ignoreFailure(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.deps.logger.warn(`A panel could not be updated: ${String(error)}`));
  }
}

/** The command asks for the file, shows progress and says what went wrong; all the page needs is the count. */
async function exportByCommand(
  spec: ViewSpec & { readonly columns?: readonly string[] },
): Promise<{ rows: number } | null> {
  const result = await vscode.commands.executeCommand<{ rows: number } | undefined>(
    'm365Licenses.exportCsv',
    new InteractiveArgument({ ...spec }),
  );
  return result === undefined ? null : { rows: result.rows };
}

/** What a command asked for, as the page takes it: a license is one of those it may hold. */
function rosterFilter(filter: ViewFilter, licenseId: string | null): RosterFilter {
  const { licenseId: _, columns, licenseIds, ...rest } = filter;
  const licenses = licenseId === null ? licenseIds : [licenseId, ...(licenseIds ?? [])];
  return {
    ...rest,
    ...(columns !== undefined && { columns: columnFilter(columns) }),
    ...(licenses !== undefined && { licenseIds: [...new Set(licenses)] }),
  };
}

function columnFilter(columns: ViewFilter['columns']): ColumnFilter {
  const cell = (value: unknown): Cell =>
    typeof value === 'string' || typeof value === 'number' ? value : null;
  return Object.fromEntries(
    Object.entries(columns ?? {}).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(cell) : cell(value),
    ]),
  );
}
