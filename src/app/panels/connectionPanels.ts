import * as v from 'valibot';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/foundation/disposables';
import type { Logger } from '../../core/foundation/logger';
import type { SecretVault } from '../../core/identity/identity';
import type { Store } from '../../core/store/store';
import type { ConnectionContract } from '../../shared/connectionContract';
import { evaluationSettings } from '../host/settings';
import { askForSecret, pickCaCertificate, pickClientCertificate } from '../commands/connectionSecrets';
import { formStateSchema } from './connectionFormMessages';
import { ConnectionPage } from './connectionPage';
import { PagePanel, pageWebviewOptions } from './pagePanel';

/** What the connection forms need of the composition. */
export interface ConnectionPanelsDeps {
  readonly extensionUri: vscode.Uri;
  readonly store: Store;
  readonly vault: SecretVault;
  readonly logger: Logger;
  readonly describeError: (error: unknown) => string;
  readonly presetClientId: () => string;
  readonly signIn: (connectionId: string, signal: AbortSignal) => Promise<unknown>;
  readonly convert: (connectionId: string) => Promise<unknown>;
}

/** Which form to open: of a connection, of a copy of one, or an empty one. */
export interface OpenConnectionForm {
  readonly connectionId?: string;
  readonly copyOf?: string;
}

interface OpenForm {
  readonly page: ConnectionPage;
  readonly host: PagePanel<ConnectionContract>;
}

const viewType = 'm365Licenses.connection';

/** The connection forms: one per connection, and as many new ones as are wanted. */
export class ConnectionPanels implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly forms = new Set<OpenForm>();

  constructor(private readonly deps: ConnectionPanelsDeps) {
    this.disposables.add(deps.store.onDidChange(() => this.ignoreFailure(this.storeChanged())));
    this.disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) => {
          // State comes from a page, so it is as untrusted as a message.
          const parsed = v.safeParse(formStateSchema, state);
          if (parsed.success) this.attach(panel, parsed.output.connectionId, parsed.output.copyOf);
          else panel.dispose();
        },
      }),
    );
  }

  /** Opens the form, or reveals the one that is open. */
  open({ connectionId, copyOf }: OpenConnectionForm): void {
    const existing = [...this.forms].find(
      ({ page }) => connectionId !== undefined && page.currentId === connectionId,
    );
    if (existing !== undefined) {
      existing.host.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      viewType,
      'New Connection',
      vscode.ViewColumn.Active,
      pageWebviewOptions(this.deps.extensionUri),
    );
    this.attach(panel, connectionId ?? null, copyOf ?? null);
  }

  dispose(): void {
    this.disposables.dispose();
    for (const { host } of [...this.forms]) host.dispose();
  }

  private attach(panel: vscode.WebviewPanel, connectionId: string | null, copyOf: string | null): void {
    const { deps } = this;
    const page = new ConnectionPage({
      connectionId,
      copyOf,
      store: deps.store,
      vault: deps.vault,
      presetClientId: deps.presetClientId,
      usualThresholds: evaluationSettings,
      now: () => new Date(),
      askSecret: askForSecret,
      pickCertificate: pickClientCertificate,
      pickCaCertificate,
      signIn: deps.signIn,
      convert: deps.convert,
      confirmDiscard,
      close: () => form.host.dispose(),
      onSaved: (connection) => (panel.title = titleOf(connection.name)),
    });
    const host = new PagePanel<ConnectionContract>(panel, {
      ...deps,
      page: 'connection',
      pageTitle: 'Connection',
      methods: page.methods,
      onPageGone: () => undefined,
    });
    const form: OpenForm = { page, host };
    this.forms.add(form);
    host.onDidDispose(() => {
      this.forms.delete(form);
      page.dispose();
    });
    if (connectionId !== null) this.ignoreFailure(this.updateTitle(form));
  }

  private async updateTitle({ page, host }: OpenForm): Promise<void> {
    const connection = (await this.deps.store.connections()).find((c) => c.connectionId === page.currentId);
    if (connection !== undefined) host.panel.title = titleOf(connection.name);
  }

  /** Who is signed in may have changed; a form whose connection is gone goes, too. */
  private async storeChanged(): Promise<void> {
    for (const form of [...this.forms]) {
      if (form.page.currentId === null) continue;
      const signIn = await form.page.signInFacts();
      if (signIn === null) form.host.dispose();
      else form.host.emit('signInChanged', signIn);
    }
  }

  private ignoreFailure(work: Promise<unknown>): void {
    work.catch((error: unknown) =>
      this.deps.logger.warn(`A connection form could not be updated: ${String(error)}`),
    );
  }
}

function titleOf(name: string): string {
  return `Connection – ${name}`;
}

async function confirmDiscard(): Promise<boolean> {
  const discard = 'Discard Changes';
  const choice = await vscode.window.showWarningMessage(
    'Close the connection without saving?',
    { modal: true, detail: 'What you changed or entered since the last Save is lost.' },
    discard,
  );
  return choice === discard;
}
