import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Logger } from '../../core/foundation/logger';
import type { EventOf, PayloadOf, RpcContract } from '../../shared/rpc';
import type { HiddenNames } from '../host/pseudonymMode';
import { panelHtml } from './panelHtml';
import { RpcServer, type RpcMethods } from './rpcServer';

/** What every panel of ours is made of. */
export interface PagePanelOptions<C extends RpcContract> {
  readonly extensionUri: vscode.Uri;
  readonly logger: Logger;
  readonly describeError: (error: unknown) => string;
  /** Base name of the page's script and style in `dist/webview`, and of its icons in `media`. */
  readonly page: string;
  /** Name of the page for screen readers, without the tenant. */
  readonly pageTitle: string;
  readonly methods: RpcMethods<C>;
  /** For pages that show people: the page loads anew when names are hidden or shown again. */
  readonly names?: Pick<HiddenNames, 'isOn' | 'onDidChange'>;
  /** The page is gone (hidden or closed): what it held on the host can go. */
  readonly onPageGone: () => void;
}

/** Options every panel gets; a panel restored after a window reload needs them set again. */
export function pageWebviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
    enableForms: false,
    enableCommandUris: false,
  };
}

/**
 * One webview panel with one of our pages. The page lives only while the panel is visible; it keeps its own
 * state by `setState` and asks anew when it comes back.
 */
export class PagePanel<C extends RpcContract> implements vscode.Disposable {
  private readonly server: RpcServer<C>;
  private readonly disposables: vscode.Disposable[] = [];
  private readonly disposeEmitter = new vscode.EventEmitter<void>();
  private gone = false;

  /** The panel was closed. */
  readonly onDidDispose = this.disposeEmitter.event;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly options: PagePanelOptions<C>,
  ) {
    panel.webview.options = pageWebviewOptions(options.extensionUri);
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(options.extensionUri, 'media', `panel-${options.page}-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.server = new RpcServer<C>(panel.webview, options.methods, {
      logger: options.logger,
      describeError: options.describeError,
      onReady: options.onPageGone,
    });
    this.disposables.push(
      panel.onDidDispose(() => this.dispose()),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) {
          this.server.suspend();
          options.onPageGone();
        }
      }),
    );
    const { names } = options;
    if (names !== undefined) {
      this.disposables.push(names.onDidChange(() => (panel.webview.html = this.html())));
    }
    panel.webview.html = this.html();
  }

  /** Sends an event; a page that is hidden gets it when it is back. */
  emit<N extends EventOf<C>>(name: N, payload: PayloadOf<C, N>): void {
    this.server.emit(name, payload);
  }

  /** True while a page is loaded; one that is hidden asks for everything when it is back. */
  get isLoaded(): boolean {
    return this.server.isReady;
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    if (this.gone) return;
    this.gone = true;
    this.server.dispose();
    this.options.onPageGone();
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
    this.panel.dispose();
    this.disposeEmitter.fire();
    this.disposeEmitter.dispose();
  }

  private html(): string {
    const { webview } = this.panel;
    const uri = (file: string): string =>
      webview
        .asWebviewUri(vscode.Uri.joinPath(this.options.extensionUri, 'dist', 'webview', file))
        .toString();
    return panelHtml({
      title: this.options.pageTitle,
      language: vscode.env.language,
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      scriptUri: uri(`${this.options.page}.js`),
      styleUris: [uri('codicon.css'), uri(`${this.options.page}.css`)],
      namesHidden: this.options.names?.isOn ?? false,
    });
  }
}
