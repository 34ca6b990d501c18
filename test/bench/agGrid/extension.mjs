// The other contestant of the roster's benchmark: AG Grid Community in a webview of its own, all rows sent to it over
// the message channel of webviews. It is packaged, installed and measured beside the product, and part of nothing else.
import * as vscode from 'vscode';

const columns = [
  'userId',
  'userPrincipalName',
  'displayName',
  'licenses',
  'lastActivityDate',
  'daysSinceLastActivity',
  'verdict',
  'activations',
  'mailMegabytes',
  'oneDriveMegabytes',
  'windows',
  'mac',
  'mobile',
  'web',
  'onPremisesSync',
  'isGuest',
  'jobTitle',
  'department',
  'country',
  'createdAt',
];

/** @param {vscode.ExtensionContext} context */
export function activate(context) {
  /** @type {unknown[] | undefined} */
  let rows;
  context.subscriptions.push(
    // Rows are read before anything is measured: what counts is the way into the page and what the page does.
    vscode.commands.registerCommand('benchAgGrid.prepare', async () => {
      const product = vscode.extensions.getExtension('license-manager.m365-license-manager');
      const api = await product?.activate();
      rows = await api.query(`SELECT ${columns.join(', ')} FROM v_users ORDER BY userPrincipalName`);
      await vscode.window.showInformationMessage(`AG Grid has ${rows?.length} rows`);
    }),
    vscode.commands.registerCommand('benchAgGrid.open', () => {
      const media = vscode.Uri.joinPath(context.extensionUri, 'media');
      const panel = vscode.window.createWebviewPanel('benchAgGrid', 'AG Grid', vscode.ViewColumn.Active, {
        enableScripts: true,
        localResourceRoots: [media],
        retainContextWhenHidden: false,
      });
      const [library, page] = ['ag-grid.js', 'page.js'].map((name) =>
        panel.webview.asWebviewUri(vscode.Uri.joinPath(media, name)),
      );
      panel.webview.onDidReceiveMessage((message) => {
        if (message === 'ready') void panel.webview.postMessage({ rows });
      });
      panel.webview.html = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${panel.webview.cspSource}; style-src 'unsafe-inline' ${panel.webview.cspSource}; font-src data: ${panel.webview.cspSource}; img-src data:">
<title>AG Grid</title><style>html, body, #app { height: 100%; margin: 0; padding: 0; }</style></head>
<body><main id="app" aria-label="AG Grid"></main><script src="${library}"></script><script src="${page}"></script></body></html>`;
    }),
  );
}
