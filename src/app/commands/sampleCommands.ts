import * as vscode from 'vscode';
import { argumentFields, InteractiveArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import type { SampleTenantSession } from '../sampleTenant/sampleTenantSession';
import { argumentSchemas, parseArgument } from './arguments';

/** Exploring the product with a tenant that is made up and runs on this machine. */
export function registerSampleCommands(runner: CommandRunner, session: SampleTenantSession): void {
  runner.register('exploreSampleTenant', async (argument) => {
    const info = await session.explore(
      parseArgument(argumentSchemas.exploreSampleTenant, argumentFields(argument)),
    );
    if (!isArgumentObject(argument)) void offerSignIn(info.connectionId);
    return info;
  });
}

async function offerSignIn(connectionId: string): Promise<void> {
  await vscode.commands.executeCommand('m365Licenses.tenants.focus');
  const choice = await vscode.window.showInformationMessage(
    'The sample tenant is running on this machine. Sign in to it, then import: nothing leaves your computer.',
    'Sign In',
  );
  if (choice === 'Sign In') {
    await vscode.commands.executeCommand('m365Licenses.signIn', new InteractiveArgument({ connectionId }));
  }
}
