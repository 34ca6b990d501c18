import * as vscode from 'vscode';
import type { ImportProgress, ImportResult } from '../../core/model/importRecords';
import type { Connection } from '../../core/model/connection';
import { argumentFields, InteractiveArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { formatCount } from '../host/formats';
import { progressText } from '../jobs/progressText';
import { argumentSchemas, parseArgument } from './arguments';
import { chooseConnection } from './connectionPick';
import type { CommandServices } from './services';

/** Starting and cancelling imports. */
export function registerImportCommands(runner: CommandRunner, services: CommandServices): void {
  runner.register('import', async (argument) => {
    const connection = await chooseConnection(services.store, argument, 'Import which connection?');
    const { tasks } = parseArgument(argumentSchemas.import, {
      ...argumentFields(argument),
      connectionId: connection.connectionId,
    });
    const interactive = !isArgumentObject(argument);
    const result = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `“${connection.name}”`,
        cancellable: true,
      },
      async (progress, token) => {
        const controller = new AbortController();
        const subscription = token.onCancellationRequested(() => controller.abort());
        const latest = new Map<string, ImportProgress>();
        progress.report({ message: progressText([]) });
        try {
          return await services.jobs.run(connection, {
            ...(tasks === undefined ? {} : { tasks }),
            trigger: interactive ? 'user' : 'command',
            signal: controller.signal,
            onProgress: (entry) => {
              latest.set(`${entry.task}/${entry.dataset}`, entry);
              progress.report({ message: progressText([...latest.values()]) });
            },
          });
        } finally {
          subscription.dispose();
        }
      },
    );
    if (interactive) void showResult(services, connection, result);
    return result;
  });

  runner.register('cancelImport', async (argument) => {
    const connection = await chooseConnection(
      services.store,
      argument,
      'Cancel the import of which connection?',
    );
    await services.jobs.cancel(connection.connectionId);
    return {};
  });
}

/** One message at the end of an import that a person started, with the next step. */
async function showResult(
  services: CommandServices,
  connection: Connection,
  result: ImportResult,
): Promise<void> {
  const warnings = result.tasks.flatMap((task) => task.warnings);
  for (const warning of warnings) services.log.warn(`import ${connection.name}: ${warning}`);
  if (result.status === 'cancelled') return;
  const rows = formatCount(result.tasks.reduce((sum, task) => sum + task.rows, 0));
  const [first] = warnings;
  const more = warnings.length > 1 ? ` (and ${warnings.length - 1} more in the log)` : '';
  const open = 'Open Reconciliation';
  const log = 'Show Log';
  const choice =
    result.status === 'failed'
      ? await vscode.window.showErrorMessage(
          `The import of “${connection.name}” failed; the data of the last good import is kept. ${first ?? ''}${more}`,
          log,
        )
      : result.status === 'partial'
        ? await vscode.window.showWarningMessage(
            `“${connection.name}” was imported in part (${rows} rows). ${first ?? ''}${more}`,
            open,
            log,
          )
        : await vscode.window.showInformationMessage(
            `Imported “${connection.name}”: ${rows} rows.${first === undefined ? '' : ` ${first}${more}`}`,
            open,
          );
  if (choice === log) services.log.show();
  if (choice === open) {
    const tenant = await services.store.query('SELECT tenantId FROM v_imports WHERE importId = ?', [
      result.importId,
    ]);
    await vscode.commands.executeCommand(
      'm365Licenses.openReconciliation',
      new InteractiveArgument({ ...tenant[0] }),
    );
  }
}
