import { importTasks, type Connection, type CredentialFacts } from './connection';
import { multiTenantApp } from './multiTenantApp';
import { isGuid, isProxyServer, isRedirectUri, isSecureOrigin, isTenantName } from './networkNames';

/** What a person or a command gives for a connection, before it is stored. */
export interface ConnectionDraft extends Pick<
  Connection,
  | 'name'
  | 'sourceType'
  | 'tenant'
  | 'cloud'
  | 'endpoints'
  | 'clientId'
  | 'flow'
  | 'redirectUri'
  | 'tasks'
  | 'caCertificatePath'
> {
  /** Absent for a new connection. */
  readonly connectionId?: string;
  readonly proxy: { readonly server: string; readonly username?: string; readonly password?: string } | null;
  /** The client secret given now or kept already; only its presence matters. */
  readonly secret?: string;
  /** What client credentials are proved by; a secret when absent. */
  readonly credentialKind?: CredentialFacts['kind'];
  /** Whether a certificate is given now or kept already. */
  readonly hasCertificate?: boolean;
  /** Client ID of the multi-tenant app where it is not the usual one. */
  readonly presetClientId?: string;
}

/** Where the problem is. */
export type ConnectionField =
  | 'name'
  | 'sourceType'
  | 'tenant'
  | 'endpoints'
  | 'clientId'
  | 'flow'
  | 'redirectUri'
  | 'secret'
  | 'certificate'
  | 'proxy'
  | 'tasks'
  | 'caCertificatePath';

/** What is wrong with a field. */
export type ConnectionProblemReason =
  /** The field is empty and must not be. */
  | 'required'
  /** The name breaks the rule: letters, digits, underscores and spaces, beginning with a letter or digit. */
  | 'invalidName'
  | 'nameTaken'
  /** The deprecated source type can be kept, not created. */
  | 'deprecatedSource'
  /** Neither a GUID nor a domain name. */
  | 'invalidTenant'
  /** Signing in as the application itself works in one tenant only, so it must be named. */
  | 'tenantRequired'
  | 'invalidGuid'
  /** The custom cloud has no endpoints. */
  | 'endpointsRequired'
  /** Endpoints are given for a cloud that has its own. */
  | 'endpointsNotAllowed'
  /** Not an https origin (http is for the loopback only). */
  | 'invalidEndpoint'
  | 'invalidRedirectUri'
  /** The multi-tenant app signs in for people only: its secret is its publisher's. */
  | 'presetFlow'
  /** Client credentials without a secret. */
  | 'secretRequired'
  /** Client credentials by certificate without one. */
  | 'certificateRequired'
  /** Not `https://host:port`, `http://host:port` or `IP:port`. */
  | 'invalidProxy'
  | 'proxyPasswordWithoutUsername'
  | 'noTasks'
  | 'unknownTask'
  /** An additional certificate authority is for the custom cloud only. */
  | 'certificateNotAllowed';

/** One problem of a draft. */
export interface ConnectionProblem {
  readonly field: ConnectionField;
  readonly reason: ConnectionProblemReason;
}

const nameRule = /^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}_ ]*$/u;

/** Whether a text may be the name of a connection (and so of its imports). */
export function isConnectionName(name: string): boolean {
  return name.length <= 128 && name === name.trimEnd() && nameRule.test(name);
}

/**
 * All problems of a draft, in the order of the fields; none when it may be stored.
 * @param others the connections there are; one with the draft's own id is ignored
 */
export function connectionProblems(
  draft: ConnectionDraft,
  others: readonly Pick<Connection, 'connectionId' | 'name'>[],
): ConnectionProblem[] {
  const checks: readonly (readonly [ConnectionField, ConnectionProblemReason | null])[] = [
    ['name', nameProblem(draft, others)],
    ['sourceType', draft.sourceType === 'office365Deprecated' ? 'deprecatedSource' : null],
    ['tenant', tenantProblem(draft)],
    ['endpoints', endpointsProblem(draft)],
    ['clientId', clientIdProblem(draft.clientId)],
    ['flow', flowProblem(draft)],
    [
      'redirectUri',
      draft.redirectUri === null || isRedirectUri(draft.redirectUri) ? null : 'invalidRedirectUri',
    ],
    ['secret', secretProblem(draft)],
    ['certificate', certificateProblem(draft)],
    ['proxy', proxyProblem(draft.proxy)],
    ['tasks', tasksProblem(draft.tasks)],
    [
      'caCertificatePath',
      draft.caCertificatePath !== null && draft.cloud !== 'custom' ? 'certificateNotAllowed' : null,
    ],
  ];
  return checks.flatMap(([field, reason]) => (reason === null ? [] : [{ field, reason }]));
}

function nameProblem(
  draft: ConnectionDraft,
  others: readonly Pick<Connection, 'connectionId' | 'name'>[],
): ConnectionProblemReason | null {
  if (draft.name.trim() === '') return 'required';
  if (!isConnectionName(draft.name)) return 'invalidName';
  // Two names that differ in case alone would be one and the same in a list of imports.
  const folded = draft.name.toLowerCase();
  const taken = others.some(
    (other) => other.connectionId !== draft.connectionId && other.name.toLowerCase() === folded,
  );
  return taken ? 'nameTaken' : null;
}

function tenantProblem({ tenant, flow }: ConnectionDraft): ConnectionProblemReason | null {
  if (tenant === null) return flow === 'clientCredentials' ? 'tenantRequired' : null;
  return isTenantName(tenant) ? null : 'invalidTenant';
}

function endpointsProblem({ cloud, endpoints }: ConnectionDraft): ConnectionProblemReason | null {
  if (cloud !== 'custom') return endpoints === null ? null : 'endpointsNotAllowed';
  if (endpoints === null) return 'endpointsRequired';
  return isSecureOrigin(endpoints.login) && isSecureOrigin(endpoints.graph) ? null : 'invalidEndpoint';
}

function clientIdProblem(clientId: string): ConnectionProblemReason | null {
  if (clientId.trim() === '') return 'required';
  return isGuid(clientId) ? null : 'invalidGuid';
}

function flowProblem({ flow, clientId, presetClientId }: ConnectionDraft): ConnectionProblemReason | null {
  const preset = (presetClientId ?? multiTenantApp.clientId).toLowerCase();
  return flow === 'clientCredentials' && clientId.toLowerCase() === preset ? 'presetFlow' : null;
}

function secretProblem({ flow, credentialKind, secret }: ConnectionDraft): ConnectionProblemReason | null {
  return flow === 'clientCredentials' && credentialKind !== 'certificate' && !secret
    ? 'secretRequired'
    : null;
}

function certificateProblem(draft: ConnectionDraft): ConnectionProblemReason | null {
  const wanted = draft.flow === 'clientCredentials' && draft.credentialKind === 'certificate';
  return wanted && draft.hasCertificate !== true ? 'certificateRequired' : null;
}

function proxyProblem(proxy: ConnectionDraft['proxy']): ConnectionProblemReason | null {
  if (proxy === null) return null;
  if (!isProxyServer(proxy.server)) return 'invalidProxy';
  return proxy.password && !proxy.username ? 'proxyPasswordWithoutUsername' : null;
}

function tasksProblem(tasks: readonly string[]): ConnectionProblemReason | null {
  if (tasks.length === 0) return 'noTasks';
  const known: readonly string[] = importTasks;
  return tasks.every((task) => known.includes(task)) ? null : 'unknownTask';
}
