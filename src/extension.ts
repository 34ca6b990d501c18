import type * as vscode from 'vscode';
import { compose } from './app/compose';
import type { ExtensionApi } from './app/extensionApi';

let ending: (() => unknown) | undefined;

/** Composes the extension and returns its API; nothing else happens at activation. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const { api, disposable } = compose(context);
  context.subscriptions.push(disposable);
  ending = () => disposable.dispose() as unknown;
  return api;
}

/** Waits, as VS Code does for a moment, until imports have stopped and the data file is closed. */
export async function deactivate(): Promise<void> {
  await ending?.();
}
