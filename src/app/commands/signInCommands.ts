import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { SignInResult } from '../../core/identity/identity';
import type { Connection } from '../../core/model/connection';
import { argumentFields, InteractiveArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { argumentSchemas, parseArgument } from './arguments';
import { chooseConnection, findConnection } from './connectionPick';
import type { ConnectionSignIns } from './connectionSignIn';
import type { CommandServices } from './services';

/** Signing in to and out of connections. */
export function registerSignInCommands(
  runner: CommandRunner,
  services: CommandServices,
  signIns: ConnectionSignIns,
): void {
  runner.register('signIn', async (argument): Promise<SignInResult> => {
    const connection = await chooseConnection(services.store, argument, 'Sign in to which connection?');
    const { flow } = parseArgument(argumentSchemas.signIn, {
      ...argumentFields(argument),
      connectionId: connection.connectionId,
    });
    const interactive = !isArgumentObject(argument);
    const result = await signIns.run(connection, { ...(flow !== undefined && { flow }), interactive });
    if (interactive) void offerImport(connection, result);
    return result;
  });

  runner.register('signOut', async (argument) => {
    const connection = await chooseConnection(services.store, argument, 'Sign out of which connection?');
    if (!isArgumentObject(argument)) await confirmSignOut(connection);
    const { identity } = await services.cloudServices();
    await identity.signOut(connection);
    const current = await findConnection(services.store, connection.connectionId);
    await services.store.saveConnection({
      ...current,
      account: null,
      signedInAt: null,
      refreshedAt: null,
      scopes: [],
      roles: [],
    });
    return {};
  });
}

async function confirmSignOut(connection: Connection): Promise<void> {
  const signOut = 'Sign Out';
  const choice = await vscode.window.showWarningMessage(
    `Sign out of “${connection.name}”?`,
    {
      modal: true,
      detail:
        connection.flow === 'clientCredentials'
          ? 'Its tokens are forgotten on this computer. The secret or certificate, the connection and everything imported stay.'
          : 'Its refresh token is forgotten on this computer, so imports stop until you sign in again. The connection and everything imported stay.',
    },
    signOut,
  );
  if (choice !== signOut) throw new LicenseError('cancelled', 'The connection stays signed in.');
}

async function offerImport(connection: Connection, result: SignInResult): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    `Signed in to “${connection.name}”${result.account === undefined ? '' : ` as ${result.account}`}.`,
    'Import Now',
  );
  if (choice === 'Import Now') {
    await vscode.commands.executeCommand(
      'm365Licenses.import',
      new InteractiveArgument({ connectionId: connection.connectionId }),
    );
  }
}
