import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import { importTasks } from '../../core/model/connection';
import type { Connection } from '../../core/model/connection';
import { connectionProblems } from '../../core/model/connectionRules';
import { multiTenantApp } from '../../core/model/multiTenantApp';
import { vaultKeys } from '../../core/identity/identity';
import {
  argumentFields,
  InteractiveArgument,
  invalidArgument,
  isArgumentObject,
} from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { multiTenantClientId } from '../host/settings';
import { argumentSchemas, parseArgument } from './arguments';
import { problemSentence } from './connectionProblemText';
import { askConnection } from './connectionWizard';
import { chooseConnection } from './connectionPick';
import type { CommandServices } from './services';

/** Adding, editing and removing connections. */
export function registerConnectionCommands(runner: CommandRunner, services: CommandServices): void {
  runner.register('addConnection', async (argument) => {
    const taken = await services.store.connections();
    const { fields, secret } = isArgumentObject(argument)
      ? fromArgument(argument, undefined)
      : await fromWizard('Add Connection', undefined, taken);
    const connection = newConnection(fields);
    await save(services, connection, secret, taken);
    if (!isArgumentObject(argument)) void offerSignIn(connection);
    return { connectionId: connection.connectionId };
  });

  runner.register('editConnection', async (argument) => {
    const current = await chooseConnection(services.store, argument, 'Edit which connection?');
    const taken = (await services.store.connections()).filter((c) => c.connectionId !== current.connectionId);
    const { fields, secret } = isArgumentObject(argument)
      ? fromArgument(argument, current)
      : await fromWizard('Edit Connection', current, taken);
    const changed: Connection = { ...current, ...fields };
    const moved =
      changed.clientId !== current.clientId ||
      changed.tenant !== current.tenant ||
      changed.cloud !== current.cloud;
    await save(
      services,
      // A sign-in belongs to an application, a tenant and a cloud; with another one it is void.
      moved ? { ...changed, account: null, signedInAt: null, tenantId: guidOrNull(changed.tenant) } : changed,
      secret,
      taken,
    );
    return { connectionId: current.connectionId };
  });

  runner.register('removeConnection', async (argument) => {
    const connection = await chooseConnection(services.store, argument, 'Remove which connection?');
    const { keepData } = parseArgument(argumentSchemas.removeConnection, {
      ...argumentFields(argument),
      connectionId: connection.connectionId,
    });
    const keep = keepData ?? (await askKeepData(connection));
    await services.jobs.cancel(connection.connectionId);
    const { identity } = await services.cloudServices();
    await identity.signOut(connection, { forgetSecret: true });
    await services.store.removeConnection(connection.connectionId, keep);
    return {};
  });
}

type ConnectionFields = Omit<
  Connection,
  'connectionId' | 'createdAt' | 'account' | 'signedInAt' | 'tenantId'
>;

interface Answer {
  readonly fields: ConnectionFields;
  readonly secret: string | undefined;
}

/** The fields as a caller from code gave them; what is not given stays, or takes its default. */
function fromArgument(argument: Record<string, unknown>, current: Connection | undefined): Answer {
  const { connectionId: _, ...given } = argument;
  const merged = { ...(current === undefined ? {} : argumentOf(current)), ...given };
  const { secret, ...parsed } = parseArgument(argumentSchemas.connection, merged);
  return {
    secret,
    fields: {
      name: parsed.name,
      sourceType: parsed.sourceType,
      tenant: parsed.tenant ?? null,
      cloud: parsed.cloud ?? 'global',
      endpoints: parsed.endpoints ?? null,
      clientId: parsed.clientId ?? presetClientId(),
      flow: parsed.flow,
      redirectUri: parsed.redirectUri ?? null,
      proxy: current?.proxy ?? null,
      tasks: parsed.tasks ?? importTasks,
      caCertificatePath: parsed.caCertificatePath ?? null,
      readOnly: parsed.readOnly ?? false,
    },
  };
}

/** A stored connection in the form of a command's argument. */
function argumentOf(connection: Connection): Record<string, unknown> {
  const {
    name,
    sourceType,
    tenant,
    cloud,
    endpoints,
    clientId,
    flow,
    redirectUri,
    tasks,
    caCertificatePath,
    readOnly,
  } = connection;
  const all = {
    name,
    sourceType,
    tenant,
    cloud,
    endpoints,
    clientId,
    flow,
    redirectUri,
    tasks,
    caCertificatePath,
    readOnly,
  };
  return Object.fromEntries(Object.entries(all).filter(([key, value]) => value !== null || key === 'tenant'));
}

async function fromWizard(
  title: string,
  current: Connection | undefined,
  taken: readonly Connection[],
): Promise<Answer> {
  const answers = await askConnection(
    title,
    {
      name: current?.name ?? '',
      tenant: current?.tenant ?? null,
      clientId: current?.clientId ?? presetClientId(),
      flow: current?.flow ?? 'authorizationCode',
      secret: undefined,
    },
    taken,
  );
  const { secret, ...chosen } = answers;
  return {
    secret,
    fields: {
      sourceType: current?.sourceType ?? 'microsoft365',
      cloud: current?.cloud ?? 'global',
      endpoints: current?.endpoints ?? null,
      redirectUri: current?.redirectUri ?? null,
      proxy: current?.proxy ?? null,
      tasks: current?.tasks ?? importTasks,
      caCertificatePath: current?.caCertificatePath ?? null,
      readOnly: current?.readOnly ?? false,
      ...chosen,
    },
  };
}

function presetClientId(): string {
  return multiTenantClientId() ?? multiTenantApp.clientId;
}

function newConnection(fields: ConnectionFields): Connection {
  return {
    ...fields,
    connectionId: crypto.randomUUID(),
    tenantId: guidOrNull(fields.tenant),
    createdAt: new Date().toISOString(),
    account: null,
    signedInAt: null,
  };
}

function guidOrNull(tenant: string | null): string | null {
  return tenant !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant)
    ? tenant.toLowerCase()
    : null;
}

/** Stores a connection that keeps the rules; the secret goes to the vault before the connection needs it. */
async function save(
  services: CommandServices,
  connection: Connection,
  secret: string | undefined,
  taken: readonly Connection[],
): Promise<void> {
  const stored = await services.vault.get(vaultKeys.clientSecret(connection.connectionId));
  const [problem] = connectionProblems({ ...connection, secret: secret ?? stored }, taken);
  if (problem !== undefined) throw invalidArgument(problemSentence(problem));
  if (secret !== undefined) await services.vault.set(vaultKeys.clientSecret(connection.connectionId), secret);
  await services.store.saveConnection(connection);
}

async function askKeepData(connection: Connection): Promise<boolean> {
  const keep = 'Remove, Keep Data';
  const both = 'Remove With Data';
  const choice = await vscode.window.showWarningMessage(
    `Remove the connection “${connection.name}”?`,
    {
      modal: true,
      detail:
        'Its sign-in and secrets are forgotten. The imported users, licenses and history of the tenant can be kept, or removed as well unless another connection has the same tenant.',
    },
    keep,
    both,
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
