import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import { argumentFields, type CommandRunner } from '../host/commandRunner';
import type { TenantTree } from '../tree/tenantTree';
import { argumentSchemas, parseArgument } from './arguments';

/** Filtering the tree by name. VS Code's own search in trees finds only what is opened, and no part numbers. */
export function registerTreeCommands(runner: CommandRunner, tree: TenantTree): void {
  runner.register('filterTree', async (argument) => {
    const { text } = parseArgument(argumentSchemas.filterTree, argumentFields(argument));
    return tree.setFilter(text ?? (await askText(tree.filter)));
  });

  runner.register('clearTreeFilter', async () => tree.setFilter(''));
}

async function askText(value: string): Promise<string> {
  const text = await vscode.window.showInputBox({
    title: 'Filter the Tree',
    prompt:
      'Words of a product’s name, part number or family, or of a tenant’s name. Empty shows everything.',
    placeHolder: 'visio, SPE_E3, contoso …',
    value,
  });
  if (text === undefined) throw new LicenseError('cancelled', 'No filter was given.');
  return text;
}
