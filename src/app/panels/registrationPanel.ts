import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/foundation/disposables';
import type { Logger } from '../../core/foundation/logger';
import type { RegistrationContract } from '../../shared/registrationContract';
import { PagePanel, pageWebviewOptions } from './pagePanel';
import { RegistrationPage } from './registrationPage';
import { saveCsv } from './saveCsv';

/** What the guide's panel needs of the composition. */
export interface RegistrationPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly logger: Logger;
  readonly describeError: (error: unknown) => string;
}

const viewType = 'm365Licenses.registration';
const title = 'Register Your Own App';

/** The guide to registering one's own app: one panel. */
export class RegistrationPanel implements Disposable {
  private readonly disposables = new DisposableStore();
  private open: PagePanel<RegistrationContract> | undefined;

  constructor(private readonly deps: RegistrationPanelDeps) {
    this.disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel: vscode.WebviewPanel) => this.attach(panel),
      }),
    );
  }

  /** Opens the guide, or reveals it. */
  show(): void {
    if (this.open !== undefined) {
      this.open.reveal();
      return;
    }
    const { extensionUri } = this.deps;
    const column = vscode.ViewColumn.Active;
    this.attach(vscode.window.createWebviewPanel(viewType, title, column, pageWebviewOptions(extensionUri)));
  }

  dispose(): void {
    this.disposables.dispose();
    this.open?.dispose();
  }

  private attach(panel: vscode.WebviewPanel): void {
    const page = new RegistrationPage({
      copy: async (text) => vscode.env.clipboard.writeText(text),
      saveCsv,
      openLink: async (url) => {
        await vscode.env.openExternal(vscode.Uri.parse(url, true));
      },
      register: async () => {
        await vscode.commands.executeCommand('m365Licenses.registerApplication');
      },
      addConnection: async () => {
        await vscode.commands.executeCommand('m365Licenses.newConnection');
      },
    });
    const host = new PagePanel<RegistrationContract>(panel, {
      ...this.deps,
      page: 'registration',
      pageTitle: title,
      methods: page.methods,
      onPageGone: () => undefined,
    });
    this.open = host;
    host.onDidDispose(() => {
      if (this.open === host) this.open = undefined;
    });
  }
}
