import * as v from 'valibot';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/foundation/disposables';
import type { Logger } from '../../core/foundation/logger';
import type { Connection } from '../../core/model/connection';
import type { Store } from '../../core/store/store';
import type { DoctorContract, DoctorReport } from '../../shared/doctorContract';
import { InteractiveArgument } from '../host/commandRunner';
import { DoctorPage } from './doctorPage';
import { PagePanel, pageWebviewOptions } from './pagePanel';
import { saveCsv } from './saveCsv';

/** What the reports need of the composition. */
export interface DoctorPanelsDeps {
  readonly extensionUri: vscode.Uri;
  readonly store: Store;
  readonly logger: Logger;
  readonly describeError: (error: unknown) => string;
  readonly test: (connectionId: string, signal: AbortSignal) => Promise<DoctorReport>;
}

const viewType = 'm365Licenses.doctor';
const stateSchema = v.object({ connectionId: v.string() });

/** The reports of tested connections: one per connection. */
export class DoctorPanels implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly panels = new Map<string, PagePanel<DoctorContract>>();

  constructor(private readonly deps: DoctorPanelsDeps) {
    this.disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel: vscode.WebviewPanel, state: unknown) => {
          // State comes from a page, so it is as untrusted as a message.
          const parsed = v.safeParse(stateSchema, state);
          const connection = parsed.success ? await this.find(parsed.output.connectionId) : undefined;
          if (connection === undefined) panel.dispose();
          else this.attach(panel, connection);
        },
      }),
    );
  }

  /** Opens the report of a connection, which then tests it; one that is open tests again. */
  open(connection: Connection): void {
    const existing = this.panels.get(connection.connectionId);
    if (existing !== undefined) {
      existing.reveal();
      if (existing.isLoaded) existing.emit('testAgain', null);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      viewType,
      titleOf(connection),
      vscode.ViewColumn.Active,
      pageWebviewOptions(this.deps.extensionUri),
    );
    this.attach(panel, connection);
  }

  dispose(): void {
    this.disposables.dispose();
    for (const panel of [...this.panels.values()]) panel.dispose();
  }

  private attach(panel: vscode.WebviewPanel, connection: Connection): void {
    const { connectionId } = connection;
    panel.title = titleOf(connection);
    const page = new DoctorPage({
      connectionId,
      test: (signal) => this.deps.test(connectionId, signal),
      signIn: async () => {
        const argument = new InteractiveArgument({ connectionId });
        return (await vscode.commands.executeCommand('m365Licenses.signIn', argument)) !== undefined;
      },
      copy: async (text) => vscode.env.clipboard.writeText(text),
      saveCsv,
      openLink: async (url) => {
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
      },
    });
    const host = new PagePanel<DoctorContract>(panel, {
      ...this.deps,
      page: 'doctor',
      pageTitle: 'Test Connection',
      methods: page.methods,
      onPageGone: () => undefined,
    });
    this.panels.set(connectionId, host);
    host.onDidDispose(() => {
      if (this.panels.get(connectionId) === host) this.panels.delete(connectionId);
    });
  }

  private async find(connectionId: string): Promise<Connection | undefined> {
    const connections = await this.deps.store.connections().catch(() => []);
    return connections.find((connection) => connection.connectionId === connectionId);
  }
}

function titleOf({ name }: Connection): string {
  return `Test – ${name}`;
}
