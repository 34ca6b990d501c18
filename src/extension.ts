import type * as vscode from 'vscode';
import { compose } from './app/compose';
import type { ExtensionApi } from './app/extensionApi';

/** Composes the extension and returns its API; nothing else happens at activation. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const { api, disposable } = compose(context);
  context.subscriptions.push(disposable);
  return api;
}
