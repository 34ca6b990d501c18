import type { Connection, CredentialFacts } from './connection';
import { isGuid } from './networkNames';

/** What a person decides about a connection; the rest follows from saving, signing in and importing. */
export type ConnectionFields = Pick<
  Connection,
  | 'name'
  | 'sourceType'
  | 'tenant'
  | 'cloud'
  | 'endpoints'
  | 'clientId'
  | 'flow'
  | 'redirectUri'
  | 'proxy'
  | 'tasks'
  | 'caCertificatePath'
  | 'readOnly'
  | 'thresholds'
>;

/** What of a connection's secrets does not survive a change. */
export interface ConnectionMove {
  /** The tokens: they belong to an application, a tenant, a cloud and a flow. */
  readonly tokens: boolean;
  /** The application's secret or certificate: it belongs to an application in a cloud, and goes nowhere else. */
  readonly credential: boolean;
  /** The proxy's password: it belongs to a proxy and a user. */
  readonly proxyPassword: boolean;
}

/** Makes a connection that has never signed in. @param createdAt UTC ISO 8601 */
export function newConnection(
  fields: ConnectionFields,
  credential: CredentialFacts | null,
  connectionId: string,
  createdAt: string,
): Connection {
  return {
    ...fields,
    connectionId,
    tenantId: tenantIdOf(fields.tenant),
    createdAt,
    account: null,
    signedInAt: null,
    credential: fields.flow === 'clientCredentials' ? credential : null,
  };
}

/** A connection with other fields. A sign-in of another application, tenant, cloud or flow is void. */
export function changedConnection(
  current: Connection,
  fields: ConnectionFields,
  credential: CredentialFacts | null,
): Connection {
  const changed: Connection = {
    ...current,
    ...fields,
    credential: fields.flow === 'clientCredentials' ? credential : null,
  };
  return moveBetween(current, changed).tokens ? withoutSignIn(changed) : changed;
}

/** The connection without a sign-in that is void; its tenant is known again when it is named by its ID. */
function withoutSignIn(connection: Connection): Connection {
  const { scopes: _, roles: __, refreshedAt: ___, ...rest } = connection;
  return { ...rest, account: null, signedInAt: null, tenantId: tenantIdOf(connection.tenant) };
}

/** What a change leaves behind. */
export function moveBetween(
  before: ConnectionFields & { tenantId?: string | null },
  after: ConnectionFields,
): ConnectionMove {
  const sameCloud =
    before.cloud === after.cloud &&
    before.endpoints?.login === after.endpoints?.login &&
    before.endpoints?.graph === after.endpoints?.graph;
  const sameApp = sameCloud && same(before.clientId, after.clientId);
  return {
    tokens: !sameApp || !sameTenant(before, after) || before.flow !== after.flow,
    credential: !sameApp || after.flow !== 'clientCredentials',
    proxyPassword:
      after.proxy === null ||
      before.proxy?.server !== after.proxy.server ||
      before.proxy.username !== after.proxy.username,
  };
}

/** Naming the tenant by its id where it was known by its domain, or not at all, is no change of tenant. */
function sameTenant(
  before: ConnectionFields & { tenantId?: string | null },
  after: ConnectionFields,
): boolean {
  if (same(before.tenant, after.tenant)) return true;
  return after.tenant !== null && same(before.tenantId ?? null, after.tenant);
}

function same(a: string | null, b: string | null): boolean {
  return a?.toLowerCase() === b?.toLowerCase();
}

function tenantIdOf(tenant: string | null): string | null {
  return tenant !== null && isGuid(tenant) ? tenant.toLowerCase() : null;
}
