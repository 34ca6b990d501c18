import * as path from 'node:path';
import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { CsvExport, Store } from '../../core/store/store';
import { argumentFields, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { formatCount } from '../host/formats';
import { exportByteOrderMark } from '../host/settings';
import type { ActivityPanels } from '../panels/activityPanels';
import type { Panels } from '../panels/panels';
import { argumentSchemas, parseArgument } from './arguments';
import { chooseExportFile } from './exportFile';

/** Opening the reports and writing them as CSV. */
export function registerReportCommands(
  runner: CommandRunner,
  panels: Panels,
  activity: ActivityPanels,
  shownStore: Pick<Store, 'exportCsv'>,
): void {
  runner.register('openRoster', async (argument) => {
    await panels.openRoster(parseArgument(argumentSchemas.openReport, argumentFields(argument)));
    return {};
  });

  runner.register('openReconciliation', async (argument) => {
    await panels.openReconciliation(parseArgument(argumentSchemas.openReport, argumentFields(argument)));
    return {};
  });

  runner.register('openActivity', async (argument) => {
    await activity.open(parseArgument(argumentSchemas.openActivity, argumentFields(argument)).tenantId);
    return {};
  });

  runner.register('exportCsv', async (argument) => {
    const fields = argumentFields(argument);
    const { file: given, ...spec } = parseArgument(argumentSchemas.exportCsv, {
      ...fields,
      report: fields['report'] ?? (await chooseReport()),
    });
    const file = given ?? (await chooseExportFile(`${spec.report}.csv`, 'Export as CSV', 'CSV files', 'csv'));
    if (!path.isAbsolute(file)) {
      throw new LicenseError(
        'invalidArgument',
        `“${file}” is not an absolute path. Give the whole path of the CSV file.`,
      );
    }
    const { rows } = await exportWithProgress(shownStore, {
      ...spec,
      file,
      byteOrderMark: exportByteOrderMark(),
    });
    if (!isArgumentObject(argument) || given === undefined) void offerFile(file, rows);
    return { file, rows };
  });
}

async function chooseReport(): Promise<string> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: 'Users Roster', description: 'one row per user', report: 'roster' },
      {
        label: 'Reconciliation',
        description: 'one row per license, entitled against consumed',
        report: 'reconciliation',
      },
      { label: 'Licenses', description: 'one row per license, status and term', report: 'licenses' },
      { label: 'Seats', description: 'one row per user and license', report: 'seats' },
      { label: 'Activity', description: 'one row per user, application and source', report: 'activity' },
      { label: 'Findings', description: 'one row per finding, with seats and money', report: 'findings' },
      { label: 'Imports', description: 'one row per import', report: 'imports' },
    ],
    { placeHolder: 'Export which report?' },
  );
  if (picked === undefined) throw new LicenseError('cancelled', 'No report was chosen.');
  return picked.report;
}

async function exportWithProgress(
  store: Pick<Store, 'exportCsv'>,
  request: CsvExport,
): Promise<{ rows: number }> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Exporting CSV', cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      let reported = 0;
      try {
        return await store.exportCsv(request, {
          signal: controller.signal,
          onProgress: (rows, total) => {
            const percent = total === 0 ? 100 : (rows / total) * 100;
            progress.report({
              message: `${formatCount(rows)} rows`,
              increment: percent - reported,
            });
            reported = percent;
          },
        });
      } finally {
        subscription.dispose();
      }
    },
  );
}

async function offerFile(file: string, rows: number): Promise<void> {
  const open = 'Open File';
  const choice = await vscode.window.showInformationMessage(
    `Exported ${formatCount(rows)} rows to ${path.basename(file)}.`,
    open,
  );
  if (choice === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}
