import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { Connection, SignInFlow } from '../../core/model/connection';
import type { SignInResult } from '../../core/identity/identity';
import { createVscodeSignInPrompter, isHostLocal } from '../auth/vscodeSignInPrompter';
import { argumentFields, InteractiveArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { signInMethod } from '../host/settings';
import { argumentSchemas, parseArgument } from './arguments';
import { chooseConnection, findConnection } from './connectionPick';
import type { CommandServices } from './services';

/** Signing in to and out of connections. */
export function registerSignInCommands(runner: CommandRunner, services: CommandServices): void {
  const running = new Set<string>();

  const signIn = async (argument: unknown): Promise<SignInResult> => {
    const connection = await chooseConnection(services.store, argument, 'Sign in to which connection?');
    const { flow } = parseArgument(argumentSchemas.signIn, {
      ...argumentFields(argument),
      connectionId: connection.connectionId,
    });
    if (running.has(connection.connectionId)) {
      throw new LicenseError(
        'busy',
        `A sign-in to “${connection.name}” is already running. Finish or cancel it first.`,
      );
    }
    running.add(connection.connectionId);
    try {
      const interactive = !isArgumentObject(argument);
      const result = await signInWithProgress(services, connection, flow ?? flowFor(connection), interactive);
      if (interactive) void offerImport(connection, result);
      return result;
    } finally {
      running.delete(connection.connectionId);
    }
  };

  runner.register('signIn', signIn);

  runner.register('signOut', async (argument) => {
    const connection = await chooseConnection(services.store, argument, 'Sign out of which connection?');
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

/** The flow a sign-in takes when the caller names none: the connection's, bent by the setting and by where we run. */
function flowFor(connection: Connection): SignInFlow {
  if (connection.flow === 'clientCredentials') return connection.flow;
  switch (signInMethod()) {
    case 'browser':
      return 'authorizationCode';
    case 'deviceCode':
      return 'deviceCode';
    case 'auto':
      return isHostLocal() ? connection.flow : 'deviceCode';
  }
}

async function signInWithProgress(
  services: CommandServices,
  connection: Connection,
  flow: SignInFlow,
  interactive: boolean,
): Promise<SignInResult> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Signing in to “${connection.name}”`,
      cancellable: true,
    },
    async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      try {
        const { identity } = await services.cloudServices();
        const result = await identity.signIn(connection, {
          flow,
          signal: controller.signal,
          prompter: createVscodeSignInPrompter({ connectionName: connection.name, interactive, progress }),
        });
        const now = new Date().toISOString();
        await services.store.saveConnection({
          ...(await findConnection(services.store, connection.connectionId)),
          tenantId: result.tenantId,
          account: result.account ?? connection.clientId,
          signedInAt: now,
          refreshedAt: now,
          scopes: result.scopes,
          roles: result.roles,
        });
        return result;
      } finally {
        subscription.dispose();
      }
    },
  );
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
