import * as path from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { htmlReport } from '../../core/export/report/htmlReport';
import { readReport } from '../../core/export/report/readReport';
import { writeText } from '../../core/export/writeText';
import { LicenseError } from '../../core/foundation/errors';
import type { Store } from '../../core/store/store';
import { argumentFields, isArgumentObject, type CommandRunner } from '../host/commandRunner';
import type { HiddenNames } from '../host/pseudonymMode';
import { readTenantFacts } from '../panels/tenantFacts';
import { parseArgument } from './arguments';
import { chooseExportFile } from './exportFile';

const schema = v.object({ tenantId: v.optional(v.string()), file: v.optional(v.string()) });

/** The whole reconciliation as one HTML file. @param shownStore the store as screens see it */
export function registerHtmlReportCommand(
  runner: CommandRunner,
  shownStore: Pick<Store, 'query'>,
  names: Pick<HiddenNames, 'isOn'>,
): void {
  runner.register('exportHtml', async (argument) => {
    const { tenantId, file: given } = parseArgument(schema, argumentFields(argument));
    const tenants = await readTenantFacts(shownStore, tenantId?.toLowerCase() ?? null);
    if (tenants.length === 0) {
      throw new LicenseError(
        'notFound',
        tenantId === undefined
          ? 'There is nothing to report on yet. Import a tenant first.'
          : `There is no data of the tenant “${tenantId}”. Import it first.`,
      );
    }
    const file =
      given ?? (await chooseExportFile('license-report.html', 'Export Report as HTML', 'HTML files', 'html'));
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Writing the report', cancellable: true },
      async (_progress, token) => {
        const controller = new AbortController();
        const subscription = token.onCancellationRequested(() => controller.abort());
        try {
          const data = await readReport(
            shownStore,
            {
              tenantId: tenantId?.toLowerCase() ?? null,
              namesHidden: names.isOn,
              createdAt: new Date(),
            },
            controller.signal,
          );
          await writeText(file, htmlReport(data), controller.signal);
        } finally {
          subscription.dispose();
        }
      },
    );
    if (!isArgumentObject(argument) || given === undefined) void offerReport(file);
    return { file };
  });
}

async function offerReport(file: string): Promise<void> {
  const open = 'Open in Browser';
  const choice = await vscode.window.showInformationMessage(
    `The report was written to ${path.basename(file)}.`,
    open,
  );
  if (choice === open) await vscode.env.openExternal(vscode.Uri.file(file));
}
