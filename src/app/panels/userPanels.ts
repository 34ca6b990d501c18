import * as v from 'valibot';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/foundation/disposables';
import { LicenseError } from '../../core/foundation/errors';
import type { Logger } from '../../core/foundation/logger';
import type { Store, StoreChange } from '../../core/store/store';
import type { UserContract } from '../../shared/userContract';
import { InteractiveArgument } from '../host/commandRunner';
import type { HiddenNames } from '../host/pseudonymMode';
import { PagePanel, pageWebviewOptions } from './pagePanel';
import { chooseTable, saveCsv } from './saveCsv';
import { readUserDetails } from './userDetails';
import { UserPage } from './userPage';

/** What the pages need of the composition. */
export interface UserPanelsDeps {
  readonly extensionUri: vscode.Uri;
  /** As screens see it: see {@link createShownStore}. */
  readonly store: Pick<Store, 'query' | 'onDidChange'>;
  readonly names: HiddenNames;
  readonly logger: Logger;
  readonly describeError: (error: unknown) => string;
}

/** Whose page. */
interface UserKey {
  readonly tenantId: string;
  readonly userId: string;
}

const viewType = 'm365Licenses.user';
const stateSchema = v.object({ tenantId: v.string(), userId: v.string() });

/** The pages about users: one per user; opening it again reveals it. */
export class UserPanels implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly panels = new Map<
    string,
    { readonly key: UserKey; readonly host: PagePanel<UserContract> }
  >();

  constructor(private readonly deps: UserPanelsDeps) {
    this.disposables.add(deps.store.onDidChange((change) => this.storeChanged(change)));
    this.disposables.add(
      deps.names.onDidChange(() => {
        for (const { key, host } of this.panels.values()) this.updateTitle(host.panel, key);
      }),
    );
    this.disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) => {
          // State comes from a page, so it is as untrusted as a message.
          const parsed = v.safeParse(stateSchema, state);
          if (parsed.success) this.attach(panel, parsed.output);
          else panel.dispose();
        },
      }),
    );
  }

  /** Opens the page of a user, or shows the one that is open. Rejects with `notFound`. */
  async open({ tenantId, userId }: UserKey): Promise<void> {
    const key = { tenantId: tenantId.toLowerCase(), userId: userId.toLowerCase() };
    const existing = this.panels.get(nameOf(key));
    if (existing !== undefined) {
      existing.host.reveal();
      return;
    }
    const title = await this.titleOf(key);
    if (title === null) {
      throw new LicenseError(
        'notFound',
        `There is no user “${userId}” in the data of the tenant “${tenantId}”.`,
      );
    }
    const options = pageWebviewOptions(this.deps.extensionUri);
    this.attach(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, options), key);
  }

  dispose(): void {
    this.disposables.dispose();
    for (const { host } of [...this.panels.values()]) host.dispose();
  }

  private attach(panel: vscode.WebviewPanel, key: UserKey): void {
    const { tenantId, userId } = key;
    const page = new UserPage({
      ...key,
      read: () => readUserDetails(this.deps.store, tenantId, userId),
      openLicense: async (licenseId) => {
        await vscode.commands.executeCommand('m365Licenses.openLicense', { tenantId, licenseId });
      },
      mark: async (marked) => {
        await vscode.commands.executeCommand(
          marked ? 'm365Licenses.markAccounts' : 'm365Licenses.unmarkAccounts',
          new InteractiveArgument({ users: [{ tenantId, userId }] }),
        );
      },
      openRoster: async () => {
        await vscode.commands.executeCommand('m365Licenses.openRoster', { tenantId });
      },
      copy: async (text) => vscode.env.clipboard.writeText(text),
      tables: { chooseTable, saveCsv },
    });
    const host = new PagePanel<UserContract>(panel, {
      ...this.deps,
      page: 'user',
      pageTitle: 'User',
      methods: page.methods,
      onPageGone: () => undefined,
    });
    this.panels.set(nameOf(key), { key, host });
    host.onDidDispose(() => {
      // A panel restored beside one that is open already has replaced it in the map.
      if (this.panels.get(nameOf(key))?.host === host) this.panels.delete(nameOf(key));
    });
    this.updateTitle(panel, key);
  }

  private storeChanged(change: StoreChange): void {
    for (const { key, host } of this.panels.values()) {
      if (change.tenantIds.length > 0 && !change.tenantIds.includes(key.tenantId)) continue;
      if (host.isLoaded) host.emit('dataChanged', { generation: change.generation });
      this.updateTitle(host.panel, key);
    }
  }

  private updateTitle(panel: vscode.WebviewPanel, key: UserKey): void {
    this.titleOf(key).then(
      (title) => (panel.title = title ?? 'User'),
      (error: unknown) => this.deps.logger.warn(`A panel could not be updated: ${String(error)}`),
    );
  }

  /** The user's name; null when there is no such user. */
  private async titleOf({ tenantId, userId }: UserKey): Promise<string | null> {
    const [row] = await this.deps.store.query(
      'SELECT userId, displayName, userPrincipalName FROM v_users WHERE tenantId = ? AND userId = ?',
      [tenantId, userId],
    );
    if (row === undefined) return null;
    const name = row['displayName'] ?? row['userPrincipalName'];
    return typeof name === 'string' && name !== '' ? name : userId;
  }
}

function nameOf({ tenantId, userId }: UserKey): string {
  return `${tenantId} ${userId}`;
}
