import * as v from 'valibot';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/foundation/disposables';
import { LicenseError } from '../../core/foundation/errors';
import type { Logger } from '../../core/foundation/logger';
import type { Store, StoreChange } from '../../core/store/store';
import type { ActivityContract } from '../../shared/activityContract';
import { InteractiveArgument } from '../host/commandRunner';
import type { HiddenNames } from '../host/pseudonymMode';
import { ActivityPage } from './activityPage';
import { PagePanel, pageWebviewOptions } from './pagePanel';
import { saveCsv } from './saveCsv';
import { readTenantFacts } from './tenantFacts';

/** What the pages need of the composition. */
export interface ActivityPanelsDeps {
  readonly extensionUri: vscode.Uri;
  /** As screens see it: see {@link createShownStore}. */
  readonly store: Store;
  readonly names: HiddenNames;
  readonly logger: Logger;
  readonly describeError: (error: unknown) => string;
}

const viewType = 'm365Licenses.activity';
const pageTitle = 'Activity';
const stateSchema = v.object({ tenantId: v.nullable(v.string()) });

/** The Activity pages: one per tenant, and one for all; opening it again reveals it. */
export class ActivityPanels implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly panels = new Map<string | null, PagePanel<ActivityContract>>();

  constructor(private readonly deps: ActivityPanelsDeps) {
    this.disposables.add(deps.store.onDidChange((change) => this.storeChanged(change)));
    this.disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) => {
          // State comes from a page, so it is as untrusted as a message.
          const parsed = v.safeParse(stateSchema, state);
          if (parsed.success) this.attach(panel, parsed.output.tenantId);
          else panel.dispose();
        },
      }),
    );
  }

  /**
   * Opens the page of a tenant, or shows the one that is open. Without a tenant it is the only one there is, or all.
   * Rejects with `notFound` for a tenant the file does not have.
   */
  async open(wanted: string | undefined): Promise<void> {
    const facts = await readTenantFacts(this.deps.store, wanted ?? null);
    if (wanted !== undefined && facts.length === 0) {
      throw new LicenseError('notFound', `There is no data of the tenant “${wanted}”. Import it first.`);
    }
    const tenantId = wanted ?? (facts.length === 1 ? (facts[0]?.tenantId ?? null) : null);
    const existing = this.panels.get(tenantId);
    if (existing !== undefined) {
      existing.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      viewType,
      pageTitle,
      vscode.ViewColumn.Active,
      pageWebviewOptions(this.deps.extensionUri),
    );
    this.attach(panel, tenantId);
  }

  dispose(): void {
    this.disposables.dispose();
    for (const panel of [...this.panels.values()]) panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel, tenantId: string | null): void {
    const { store } = this.deps;
    const ofTenant = tenantId === null ? {} : { tenantId };
    const page = new ActivityPage({
      tenantId,
      store,
      tenants: () => readTenantFacts(store, tenantId),
      openRoster: async (filter) => {
        await vscode.commands.executeCommand('m365Licenses.openRoster', { ...ofTenant, filter });
      },
      openLicense: async (of, licenseId) => {
        await vscode.commands.executeCommand('m365Licenses.openLicense', { tenantId: of, licenseId });
      },
      saveCsv,
      runImport: async () => {
        await vscode.commands.executeCommand('m365Licenses.import', new InteractiveArgument(ofTenant));
      },
    });
    const host = new PagePanel<ActivityContract>(panel, {
      ...this.deps,
      page: 'activity',
      pageTitle,
      methods: page.methods,
      onPageGone: () => undefined,
    });
    this.panels.set(tenantId, host);
    host.onDidDispose(() => {
      // A panel restored beside one that is open already has replaced it in the map.
      if (this.panels.get(tenantId) === host) this.panels.delete(tenantId);
    });
    this.updateTitle(panel, tenantId);
  }

  private updateTitle(panel: vscode.WebviewPanel, tenantId: string | null): void {
    readTenantFacts(this.deps.store, tenantId).then(
      (facts) => {
        const [only] = facts;
        if (tenantId === null && facts.length > 1) panel.title = `${pageTitle} – All Tenants`;
        else panel.title = only === undefined ? pageTitle : `${pageTitle} – ${only.displayName}`;
      },
      (error: unknown) => this.deps.logger.warn(`A panel could not be updated: ${String(error)}`),
    );
  }

  private storeChanged(change: StoreChange): void {
    for (const [tenantId, host] of this.panels) {
      if (tenantId !== null && change.tenantIds.length > 0 && !change.tenantIds.includes(tenantId)) continue;
      if (host.isLoaded) host.emit('dataChanged', { generation: change.generation });
      this.updateTitle(host.panel, tenantId);
    }
  }
}
