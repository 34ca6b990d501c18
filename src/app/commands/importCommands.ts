import * as vscode from 'vscode';
import { isLicenseError, LicenseError } from '../../core/foundation/errors';
import type { Connection, ImportTask } from '../../core/model/connection';
import type { ImportProgress, ImportResult, ImportTrigger } from '../../core/model/importRecords';
import { argumentFields, InteractiveArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { formatCount } from '../host/formats';
import { describeError } from '../host/messages';
import { progressText } from '../jobs/progressText';
import { argumentSchemas, parseArgument } from './arguments';
import { chooseConnection, findConnection } from './connectionPick';
import type { ConnectionSignIns } from './connectionSignIn';
import type { CommandServices } from './services';

/** Starting and cancelling imports. */
export function registerImportCommands(
  runner: CommandRunner,
  services: CommandServices,
  signIns: ConnectionSignIns,
): void {
  runner.register('import', async (argument) => {
    const connection = await chooseConnection(services.store, argument, 'Import which connection?');
    const { tasks, full = false } = parseArgument(argumentSchemas.import, {
      ...argumentFields(argument),
      connectionId: connection.connectionId,
    });
    if (isArgumentObject(argument))
      return (await importOnce(services, connection, tasks, 'command', full)).result;
    const result = await importWithPerson(services, signIns, connection, tasks);
    void showResult(services, connection, result);
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

/** How one run ended. */
interface ImportEnd {
  readonly result: ImportResult;
  /** What kept a part of it from being read; a sign-in may mend it. */
  readonly signInRequired: LicenseError | undefined;
}

/** Runs an import with its progress in a notification. */
async function importOnce(
  services: CommandServices,
  connection: Connection,
  tasks: readonly ImportTask[] | undefined,
  trigger: ImportTrigger,
  full = false,
): Promise<ImportEnd> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `“${connection.name}”`,
      cancellable: true,
    },
    async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      const latest = new Map<string, ImportProgress>();
      let signInRequired: LicenseError | undefined;
      progress.report({ message: progressText([]) });
      try {
        const result = await services.jobs.run(connection, {
          ...(tasks === undefined ? {} : { tasks }),
          trigger,
          full,
          signal: controller.signal,
          onProgress: (entry) => {
            latest.set(`${entry.task}/${entry.dataset}`, entry);
            progress.report({ message: progressText([...latest.values()]) });
          },
          onSignInRequired: (error) => {
            signInRequired = error;
          },
          ...(trigger === 'user'
            ? {
                onNotWritable: (error: LicenseError) => {
                  progress.report({ message: 'waiting, because the data file can’t be written' });
                  return wantsToTryAgain(connection, error);
                },
              }
            : {}),
        });
        return { result, signInRequired };
      } finally {
        subscription.dispose();
      }
    },
  );
}

/** What was read is in memory until the person answers; closing the message drops it. */
async function wantsToTryAgain(connection: Connection, error: LicenseError): Promise<boolean> {
  const retry = 'Try Again';
  const choice = await vscode.window.showErrorMessage(
    `“${connection.name}” was read and can’t be saved. ${describeError(error)} What was read is kept until you answer.`,
    retry,
    'Discard',
  );
  return choice === retry;
}

/**
 * Runs an import that a person started: when Microsoft wants them to sign in, they are asked once, and after the
 * sign-in the import runs once more. Only here; an import in the background never opens anything.
 */
async function importWithPerson(
  services: CommandServices,
  signIns: ConnectionSignIns,
  connection: Connection,
  tasks: readonly ImportTask[] | undefined,
): Promise<ImportResult> {
  let first: ImportEnd | undefined;
  let required: LicenseError;
  try {
    first = await importOnce(services, connection, tasks, 'user');
    if (first.signInRequired === undefined) return first.result;
    required = first.signInRequired;
  } catch (error) {
    if (!isLicenseError(error, 'signInRequired')) throw error;
    required = error;
  }
  if (!(await askToSignIn(connection, required))) {
    if (first !== undefined) return first.result;
    throw new LicenseError('cancelled', 'The import waits for a sign-in.');
  }
  const { claims } = required.details;
  await signIns.run(await findConnection(services.store, connection.connectionId), {
    interactive: true,
    ...(typeof claims === 'string' && { claims }),
  });
  const current = await findConnection(services.store, connection.connectionId);
  return (await importOnce(services, current, tasks, 'user')).result;
}

async function askToSignIn(connection: Connection, required: LicenseError): Promise<boolean> {
  const signIn = 'Sign In and Import';
  const choice = await vscode.window.showWarningMessage(
    `“${connection.name}” needs a sign-in before it can import. ${describeError(required)}`,
    signIn,
  );
  return choice === signIn;
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
