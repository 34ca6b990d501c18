import { randomUUID, X509Certificate } from 'node:crypto';
import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import { adminConsentUrl } from '../../core/identity/adminConsent';
import type { RegistrationWish } from '../../core/identity/appRegistration';
import type { CreatedRegistration } from '../../core/identity/appRegistrationRun';
import { vaultKeys } from '../../core/identity/identity';
import { registrationPreview } from '../../core/identity/registrationPreview';
import type { RegistrationSession } from '../../core/identity/registrationSession';
import { importTasks, type Connection } from '../../core/model/connection';
import { newConnection } from '../../core/model/connectionChange';
import { defaultRedirectUri, isLoopbackRedirect } from '../../core/model/connectionEndpoints';
import { isConnectionName } from '../../core/model/connectionRules';
import { createVscodeSignInPrompter, isHostLocal } from '../auth/vscodeSignInPrompter';
import {
  argumentFields,
  InteractiveArgument,
  invalidArgument,
  isArgumentObject,
} from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import type { RegistrationPanel } from '../panels/registrationPanel';
import { parseArgument } from './arguments';
import { presetClientId } from './connectionCommands';
import { findConnection } from './connectionPick';
import { storeConnection } from './connectionSave';
import { readClientCertificateFile, type CertificateChoice } from './connectionSecrets';
import { registrationSchema, type RegistrationArgument } from './registrationArguments';
import { askCreate, type RegistrationPreviews } from './registrationPreviews';
import { askRegistration } from './registrationWizard';
import type { CommandServices } from './services';

/** Registering one's own app: the guide, and the command that does it. */
export function registerRegistrationCommands(
  runner: CommandRunner,
  services: CommandServices,
  panel: RegistrationPanel,
  previews: RegistrationPreviews,
): void {
  runner.register('openRegistrationGuide', async () => {
    panel.show();
    return {};
  });

  runner.register('registerApplication', async (argument) => {
    const interactive = !isArgumentObject(argument);
    const wanted = interactive
      ? await askRegistration(services.store, argumentFields(argument)['connectionId'])
      : await plannedBy(parseArgument(registrationSchema, argument));
    const plan = await planOf(services, wanted.argument, wanted.certificate);
    const session = await signIn(services, plan, interactive);
    if (interactive) await askCreate(previews, previewOf(plan, session));
    const created = await create(plan, session);
    const connection = await keep(services, plan, session, created);
    const consentUrl = adminConsentUrl(connection);
    if (interactive) void offerConsent(connection, consentUrl);
    return {
      clientId: created.clientId,
      tenantId: session.signedIn.tenantId,
      connectionId: connection.connectionId,
      consentUrl,
    };
  });
}

/** Everything that is decided before anybody signs in. */
interface RegistrationPlan {
  /** What the sign-in uses; never stored by this command. */
  readonly acting: Connection;
  readonly flow: 'authorizationCode' | 'deviceCode';
  readonly wish: RegistrationWish;
  readonly connectionName: string;
  readonly certificate: CertificateChoice | undefined;
}

async function plannedBy(
  argument: RegistrationArgument,
): Promise<{ argument: RegistrationArgument; certificate: CertificateChoice | undefined }> {
  const { certificatePath, certificatePassword } = argument;
  const certificate =
    certificatePath === undefined
      ? undefined
      : await readClientCertificateFile(certificatePath, certificatePassword);
  return { argument, certificate };
}

async function planOf(
  services: CommandServices,
  argument: RegistrationArgument,
  certificate: CertificateChoice | undefined,
): Promise<RegistrationPlan> {
  const { kind, displayName } = argument;
  if (kind === 'delegated' && certificate !== undefined) {
    throw invalidArgument('An app that people sign in to takes no certificate.');
  }
  const acting =
    argument.connectionId === undefined
      ? actingFor(argument)
      : actingAs(await findConnection(services.store, argument.connectionId), argument);
  const taken = new Set((await services.store.connections()).map(({ name }) => name.toLowerCase()));
  const connectionName = argument.connectionName ?? freeName(displayName, taken);
  // Before anything is created: a secret must have somewhere to go.
  if (!isConnectionName(connectionName) || taken.has(connectionName.toLowerCase())) {
    throw invalidArgument(
      `“${connectionName}” can’t be the name of the new connection: it is taken, or has other characters than letters, digits, spaces and underscores.`,
    );
  }
  return {
    acting,
    flow: argument.flow ?? (browserComesBack(acting) ? 'authorizationCode' : 'deviceCode'),
    wish: {
      displayName,
      kind,
      cloud: acting.cloud,
      tasks: argument.tasks ?? importTasks,
      ...(certificate !== undefined && {
        certificate: new X509Certificate(certificate.certificate.certificatePem).raw.toString('base64'),
      }),
    },
    connectionName,
    certificate,
  };
}

/** By itself on this machine; or with an address to paste, from wherever the browser is. */
function browserComesBack({ redirectUri }: Connection): boolean {
  return isHostLocal() || (redirectUri !== null && !isLoopbackRedirect(redirectUri));
}

/** An existing connection signs in; one that signs in as itself cannot, so the multi-tenant app does in its place. */
function actingAs(connection: Connection, { signInClientId }: RegistrationArgument): Connection {
  const own = connection.flow === 'clientCredentials' ? presetClientId() : connection.clientId;
  const clientId = signInClientId ?? own;
  const redirectUri =
    clientId === connection.clientId && connection.redirectUri !== null
      ? connection.redirectUri
      : defaultRedirectUri({ ...connection, clientId }, presetClientId());
  return { ...connection, flow: 'authorizationCode', clientId, redirectUri };
}

/** No connection: the multi-tenant app signs in, to whatever tenant the person picks. */
function actingFor(argument: RegistrationArgument): Connection {
  const clientId = argument.signInClientId ?? presetClientId();
  const cloud = argument.cloud ?? 'global';
  const endpoints = argument.endpoints ?? null;
  return newConnection(
    {
      name: argument.displayName,
      sourceType: 'microsoft365',
      tenant: argument.tenant ?? null,
      cloud,
      endpoints,
      clientId,
      flow: 'authorizationCode',
      redirectUri: defaultRedirectUri({ cloud, endpoints, clientId }, presetClientId()),
      proxy: null,
      tasks: importTasks,
      caCertificatePath: argument.caCertificatePath ?? null,
      readOnly: true,
    },
    null,
    `registration-${randomUUID()}`,
    new Date().toISOString(),
  );
}

function freeName(displayName: string, taken: ReadonlySet<string>): string {
  const base =
    displayName
      .replace(/[^\p{L}\p{Nd}_ ]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim() || 'Own app';
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

async function signIn(
  services: CommandServices,
  { acting, flow, wish }: RegistrationPlan,
  interactive: boolean,
): Promise<RegistrationSession> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Signing in to register “${wish.displayName}”`,
      cancellable: true,
    },
    async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      try {
        const cloud = await services.cloudServices();
        const prompter = createVscodeSignInPrompter({
          connectionName: wish.displayName,
          interactive,
          progress,
        });
        return await cloud.openRegistrationSession({
          connection: acting,
          flow,
          prompter,
          signal: controller.signal,
        });
      } finally {
        subscription.dispose();
      }
    },
  );
}

function previewOf(
  { wish, connectionName, certificate }: RegistrationPlan,
  session: RegistrationSession,
): string {
  return registrationPreview(wish, {
    tenantId: session.signedIn.tenantId,
    account: session.signedIn.account ?? 'the signed-in account',
    connectionName,
    thumbprint: certificate?.thumbprint ?? null,
  });
}

async function create(
  { wish }: RegistrationPlan,
  session: RegistrationSession,
): Promise<CreatedRegistration> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Registering “${wish.displayName}”…` },
    // Not cancellable: it takes seconds, and half a registration is no use to anybody.
    () => session.register(wish, new AbortController().signal),
  );
}

/** Adds the connection that uses the app; the secret goes to the vault and nowhere else. */
async function keep(
  services: CommandServices,
  { acting, wish, connectionName, certificate }: RegistrationPlan,
  session: RegistrationSession,
  created: CreatedRegistration,
): Promise<Connection> {
  const application = wish.kind === 'application';
  const connection = newConnection(
    {
      name: connectionName,
      sourceType: 'microsoft365',
      tenant: session.signedIn.tenantId,
      cloud: acting.cloud,
      endpoints: acting.endpoints,
      clientId: created.clientId,
      flow: application ? 'clientCredentials' : 'authorizationCode',
      redirectUri: null,
      proxy: acting.proxy,
      tasks: wish.tasks,
      caCertificatePath: acting.caCertificatePath,
      readOnly: true,
    },
    certificate === undefined
      ? { kind: 'secret', expiresAt: created.secretExpiresAt, thumbprint: null }
      : { kind: 'certificate', expiresAt: certificate.expiresAt, thumbprint: certificate.thumbprint },
    randomUUID(),
    new Date().toISOString(),
  );
  try {
    const proxyPassword =
      acting.proxy === null
        ? undefined
        : await services.vault.get(vaultKeys.proxyPassword(acting.connectionId));
    await storeConnection(services, connection, undefined, {
      ...(created.secret !== null && { clientSecret: created.secret }),
      ...(certificate !== undefined && { certificate: certificate.certificate }),
      ...(proxyPassword !== undefined && { proxyPassword }),
    });
    return connection;
  } catch (error) {
    throw new LicenseError(
      'registrationIncomplete',
      `The application was registered (client ID ${created.clientId}), but its connection could not be stored. Add a connection with this client ID, and a new secret.`,
      { clientId: created.clientId },
      { cause: error },
    );
  }
}

async function offerConsent(connection: Connection, consentUrl: string): Promise<void> {
  const open = 'Open Consent Page';
  const copy = 'Copy Consent Link';
  const test = 'Test Connection';
  const choice = await vscode.window.showInformationMessage(
    `“${connection.name}” is registered and its connection added. It may read nothing until an administrator has granted consent.`,
    open,
    copy,
    test,
  );
  if (choice === open) await vscode.env.openExternal(vscode.Uri.parse(consentUrl, true));
  if (choice === copy) await vscode.env.clipboard.writeText(consentUrl);
  if (choice === test) {
    const argument = new InteractiveArgument({ connectionId: connection.connectionId });
    await vscode.commands.executeCommand('m365Licenses.testConnection', argument);
  }
}
