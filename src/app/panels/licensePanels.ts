import * as v from 'valibot';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/foundation/disposables';
import type { Logger } from '../../core/foundation/logger';
import type { LicenseRecords } from '../../core/store/licenseRecords';
import type { Store, StoreChange } from '../../core/store/store';
import type { LicenseContract, LicenseSection } from '../../shared/licenseContract';
import { evaluationDay } from '../commands/licenseCommands';
import { findLicense, type ChosenLicense } from '../commands/licensePick';
import { InteractiveArgument } from '../host/commandRunner';
import type { HiddenNames } from '../host/pseudonymMode';
import { evaluationSettings } from '../host/settings';
import { readLicense } from './licenseFacts';
import { LicensePage } from './licensePage';
import { PagePanel, pageWebviewOptions } from './pagePanel';
import { chooseTable, saveCsv } from './saveCsv';

/** What the pages need of the composition. */
export interface LicensePanelsDeps {
  readonly extensionUri: vscode.Uri;
  readonly store: Pick<Store, 'query' | 'onDidChange'>;
  readonly records: LicenseRecords;
  readonly names: HiddenNames;
  readonly logger: Logger;
  readonly describeError: (error: unknown) => string;
}

const viewType = 'm365Licenses.license';
const stateSchema = v.object({ licenseId: v.string() });

/** The pages about licenses: one per license; opening it again reveals it. */
export class LicensePanels implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly panels = new Map<string, PagePanel<LicenseContract>>();

  constructor(private readonly deps: LicensePanelsDeps) {
    this.disposables.add(deps.store.onDidChange((change) => this.storeChanged(change)));
    this.disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) => {
          // State comes from a page, so it is as untrusted as a message.
          const parsed = v.safeParse(stateSchema, state);
          if (!parsed.success) {
            panel.dispose();
            return;
          }
          const license = await findLicense(deps.store, parsed.output.licenseId).catch(() => undefined);
          if (license === undefined) panel.dispose();
          else this.attach(panel, license);
        },
      }),
    );
  }

  /** Opens the page of a license, or shows the one that is open. Rejects with `notFound`. */
  async open(licenseId: string, section?: LicenseSection): Promise<void> {
    const license = await findLicense(this.deps.store, licenseId);
    const existing = this.panels.get(license.licenseId);
    const host =
      existing ??
      this.attach(
        vscode.window.createWebviewPanel(
          viewType,
          license.name,
          vscode.ViewColumn.Active,
          pageWebviewOptions(this.deps.extensionUri),
        ),
        license,
      );
    existing?.reveal();
    if (section !== undefined) host.emit('navigate', { section });
  }

  dispose(): void {
    this.disposables.dispose();
    for (const panel of [...this.panels.values()]) panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel, license: ChosenLicense): PagePanel<LicenseContract> {
    const { licenseId, tenantId } = license;
    const { store, records } = this.deps;
    panel.title = license.name;
    const page = new LicensePage({
      licenseId,
      records,
      day: evaluationDay,
      read: () =>
        readLicense(licenseId, {
          store,
          settings: (id) => records.licenseSettings(id),
          downgrades: (id, today) => records.downgrades(id, today),
          today: evaluationDay().today,
          thresholds: evaluationSettings(),
        }),
      confirmRemoval,
      openRoster: async (filter) => {
        await vscode.commands.executeCommand('m365Licenses.openRoster', { tenantId, filter });
      },
      openLicense: (id) => this.open(id),
      tables: { chooseTable, saveCsv },
      importPriceBook: async () => {
        await vscode.commands.executeCommand(
          'm365Licenses.importPriceBook',
          new InteractiveArgument({ tenantId }),
        );
      },
    });
    const host = new PagePanel<LicenseContract>(panel, {
      ...this.deps,
      page: 'license',
      pageTitle: 'License',
      methods: page.methods,
      onPageGone: () => undefined,
    });
    this.panels.set(licenseId, host);
    host.onDidDispose(() => {
      if (this.panels.get(licenseId) === host) this.panels.delete(licenseId);
    });
    return host;
  }

  private storeChanged(change: StoreChange): void {
    for (const [licenseId, host] of this.panels) {
      const tenantId = licenseId.split('_', 1)[0] ?? '';
      if (change.tenantIds.length > 0 && !change.tenantIds.includes(tenantId)) continue;
      if (host.isLoaded) host.emit('dataChanged', { generation: change.generation });
      findLicense(this.deps.store, licenseId).then(
        ({ name }) => (host.panel.title = name),
        (error: unknown) => this.deps.logger.warn(`A panel could not be updated: ${String(error)}`),
      );
    }
  }
}

async function confirmRemoval(purchase: string): Promise<boolean> {
  const remove = 'Remove';
  const answer = await vscode.window.showWarningMessage(
    `Remove the purchase “${purchase}”?`,
    { modal: true, detail: 'Prices, spend and findings are worked out anew. This can’t be undone.' },
    remove,
  );
  return answer === remove;
}
