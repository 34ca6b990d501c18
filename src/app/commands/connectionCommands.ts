import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { Connection } from '../../core/model/connection';
import { changedConnection, moveBetween, newConnection } from '../../core/model/connectionChange';
import { convertedConnection, isDeprecated } from '../../core/model/deprecatedSource';
import { multiTenantApp } from '../../core/model/multiTenantApp';
import { isConnectionName } from '../../core/model/connectionRules';
import {
  argumentFields,
  InteractiveArgument,
  invalidArgument,
  isArgumentObject,
} from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { multiTenantClientId } from '../host/settings';
import type { OpenConnectionForm } from '../panels/connectionPanels';
import { freeName } from '../panels/connectionPage';
import { argumentSchemas, parseArgument } from './arguments';
import { connectionOfArgument, requireRules, type ConnectionAnswer } from './connectionArguments';
import { chooseConnection, findConnection } from './connectionPick';
import { forgetSecrets, storeConnection, storedSecrets } from './connectionSave';
import { readClientCertificateFile } from './connectionSecrets';
import { askConnection } from './connectionWizard';
import type { CommandServices } from './services';

/** Where the forms are. */
export interface ConnectionForms {
  open(form: OpenConnectionForm): void;
}

/** Adding, editing, copying, converting and removing connections. */
export function registerConnectionCommands(
  runner: CommandRunner,
  services: CommandServices,
  forms: ConnectionForms,
): void {
  runner.register('newConnection', async () => {
    forms.open({});
    return {};
  });

  runner.register('addConnection', async (argument) => {
    const direct = isArgumentObject(argument);
    const answer = direct
      ? await answerOf(argument, undefined)
      : await askConnection(
          'Add Connection',
          undefined,
          await services.store.connections(),
          presetClientId(),
        );
    const connection = await save(services, answer, undefined);
    if (!direct) void offerSignIn(connection);
    return { connectionId: connection.connectionId };
  });

  runner.register('editConnection', async (argument) => {
    const current = await chooseConnection(services.store, argument, 'Edit which connection?');
    if (!isArgumentObject(argument)) {
      forms.open({ connectionId: current.connectionId });
      return { connectionId: current.connectionId };
    }
    refuseChange(current);
    await save(services, await answerOf(argument, current), current);
    return { connectionId: current.connectionId };
  });

  runner.register('editConnectionSteps', async (argument) => {
    const current = await chooseConnection(services.store, argument, 'Edit which connection?');
    refuseChange(current);
    const others = (await services.store.connections()).filter(
      (c) => c.connectionId !== current.connectionId,
    );
    const stored = await storedSecrets(services.vault, current.connectionId);
    const answer = await askConnection('Edit Connection', { current, stored }, others, presetClientId());
    await save(services, answer, current);
    return { connectionId: current.connectionId };
  });

  runner.register('duplicateConnection', async (argument) => {
    const source = await chooseConnection(services.store, argument, 'Duplicate which connection?');
    if (!isArgumentObject(argument)) {
      forms.open({ copyOf: source.connectionId });
      return {};
    }
    const { name } = parseArgument(argumentSchemas.duplicateConnection, argument);
    const connection = await duplicate(services, source, name);
    return { connectionId: connection.connectionId };
  });

  runner.register('convertConnection', async (argument) => {
    const current = await chooseConnection(
      services.store,
      argument,
      'Convert which connection?',
      isDeprecated,
    );
    if (!isDeprecated(current)) {
      throw invalidArgument(
        `“${current.name}” is not of the deprecated source type, so there is nothing to convert.`,
      );
    }
    await convertConnection(services, current.connectionId);
    if (!isArgumentObject(argument)) forms.open({ connectionId: current.connectionId });
    return { connectionId: current.connectionId };
  });

  runner.register('removeConnection', async (argument) => {
    const connection = await chooseConnection(services.store, argument, 'Remove which connection?');
    const { keepData } = parseArgument(argumentSchemas.removeConnection, {
      ...argumentFields(argument),
      connectionId: connection.connectionId,
    });
    const keep = keepData ?? (await askKeepData(services, connection));
    await services.jobs.cancel(connection.connectionId);
    await services.store.removeConnection(connection.connectionId, keep);
    await forgetSecrets(services.vault, connection.connectionId);
    return {};
  });
}

/** The client ID of the multi-tenant app: the preset, or what the setting puts in its place. */
export function presetClientId(): string {
  return multiTenantClientId() ?? multiTenantApp.clientId;
}

/** Makes a connection of the deprecated source type one of Microsoft 365; its id and history stay. */
export async function convertConnection(services: CommandServices, connectionId: string): Promise<void> {
  const current = await findConnection(services.store, connectionId);
  if (!isDeprecated(current)) return;
  await storeConnection(services, convertedConnection(current, presetClientId()), current, {});
}

function answerOf(
  argument: Record<string, unknown>,
  current: Connection | undefined,
): Promise<ConnectionAnswer> {
  return connectionOfArgument(argument, {
    current,
    presetClientId: presetClientId(),
    readCertificate: readClientCertificateFile,
  });
}

/** Stores a connection that keeps the rules, and its secrets in the vault. */
async function save(
  services: CommandServices,
  answer: ConnectionAnswer,
  before: Connection | undefined,
): Promise<Connection> {
  const { fields, credential, given } = answer;
  const stored = await storedSecrets(services.vault, before?.connectionId);
  const moved = before === undefined ? null : moveBetween(before, fields);
  // What a change makes void is not there any more.
  const kept = {
    clientSecret: stored.clientSecret && !moved?.credential,
    certificate: stored.certificate && !moved?.credential,
    proxyPassword: stored.proxyPassword && !moved?.proxyPassword,
  };
  requireRules(answer, before?.connectionId, await services.store.connections(), kept, presetClientId());
  const connection =
    before === undefined
      ? newConnection(fields, credential, crypto.randomUUID(), new Date().toISOString())
      : changedConnection(before, fields, credential);
  await storeConnection(services, connection, before, given);
  return connection;
}

/** A copy without secrets: one that signs in as itself needs its secret before it can. */
async function duplicate(
  services: CommandServices,
  source: Connection,
  wanted: string | undefined,
): Promise<Connection> {
  const all = await services.store.connections();
  const name = wanted ?? freeName(source.name, all);
  if (!isConnectionName(name)) throw invalidArgument(`“${name}” can’t be the name of a connection.`);
  if (isDeprecated(source)) {
    throw invalidArgument('Connections of the deprecated source type can’t be made. Convert it first.');
  }
  const copy = newConnection(
    { ...source, name },
    !source.credential ? null : { kind: source.credential.kind, expiresAt: null, thumbprint: null },
    crypto.randomUUID(),
    new Date().toISOString(),
  );
  const { scopes: _, roles: __, refreshedAt: ___, ...fresh } = copy;
  await storeConnection(services, fresh, undefined, {});
  return fresh;
}

function refuseChange(connection: Connection): void {
  if (!isDeprecated(connection)) return;
  throw invalidArgument(
    `“${connection.name}” is of the deprecated source type and read-only. Convert it with “Convert Connection”.`,
  );
}

async function askKeepData(services: CommandServices, connection: Connection): Promise<boolean> {
  const keep = 'Remove, Keep Data';
  const both = 'Remove With Data';
  const shared = (await services.store.connections()).some(
    (other) =>
      other.connectionId !== connection.connectionId &&
      other.tenantId !== null &&
      other.tenantId === connection.tenantId,
  );
  const detail = shared
    ? 'Its sign-in and secrets are forgotten. What was imported of the tenant stays in any case: another connection has the same tenant.'
    : 'Its sign-in and secrets are forgotten. The imported users, licenses and history of the tenant can be kept, or removed as well.';
  const choice = await vscode.window.showWarningMessage(
    `Remove the connection “${connection.name}”?`,
    { modal: true, detail },
    ...(shared ? [keep] : [keep, both]),
  );
  if (choice === undefined) throw new LicenseError('cancelled', 'The connection was not removed.');
  return choice === keep;
}

async function offerSignIn(connection: Connection): Promise<void> {
  const choice = await vscode.window.showInformationMessage(`“${connection.name}” was added.`, 'Sign In');
  if (choice === 'Sign In') {
    await vscode.commands.executeCommand(
      'm365Licenses.signIn',
      new InteractiveArgument({ connectionId: connection.connectionId }),
    );
  }
}
