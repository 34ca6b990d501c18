import * as vscode from 'vscode';
import { argumentFields, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { recoverDataFile } from '../host/storeRecovery';
import type { TenantTree } from '../tree/tenantTree';
import { argumentSchemas, parseArgument } from './arguments';
import type { CommandServices } from './services';

/** The log, the data file and reading everything again. */
export function registerFileCommands(
  runner: CommandRunner,
  services: CommandServices,
  tree: TenantTree,
): void {
  runner.register('showLog', async () => {
    services.log.show();
    return {};
  });

  runner.register('refresh', async () => {
    tree.refresh();
    return {};
  });

  runner.register('recoverDataFile', async (argument) => {
    const { choice } = isArgumentObject(argument)
      ? parseArgument(argumentSchemas.recoverDataFile, argumentFields(argument))
      : {};
    const recovery = await recoverDataFile(services.store, services.log, choice);
    tree.refresh();
    return { damagedFile: recovery?.damagedFile ?? null };
  });

  runner.register('revealDataFile', async () => {
    const { file } = await services.store.open();
    // Only a desktop window can show a file in the system's file explorer.
    if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
      await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(file));
      return { file };
    }
    void vscode.window
      .showInformationMessage(`The data file is ${file}`, 'Copy Path')
      .then(async (choice) => {
        if (choice === 'Copy Path') await vscode.env.clipboard.writeText(file);
      });
    return { file };
  });
}
