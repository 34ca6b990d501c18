import * as vscode from 'vscode';
import { InteractiveArgument } from '../host/commandRunner';
import type { ReconciliationPageDeps } from './reconciliationPage';

/** The ways that lead out of the Reconciliation: each is a command of ours, or the clipboard. */
export function reconciliationWays(
  shownTenantId: string | null,
): Pick<ReconciliationPageDeps, 'exportHtml' | 'openLicense' | 'openUser' | 'openTenant' | 'copy'> {
  return {
    exportHtml: () =>
      run('exportHtml', new InteractiveArgument(shownTenantId === null ? {} : { tenantId: shownTenantId })),
    openLicense: (tenantId, licenseId) => run('openLicense', { tenantId, licenseId }),
    openUser: (tenantId, userId) => run('openUser', { tenantId, userId }),
    openTenant: (tenantId) => run('openReconciliation', { tenantId }),
    copy: async (text) => vscode.env.clipboard.writeText(text),
  };
}

async function run(command: string, argument: object): Promise<void> {
  await vscode.commands.executeCommand(`m365Licenses.${command}`, argument);
}
