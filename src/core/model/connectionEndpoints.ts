import { clouds } from '../identity/clouds';
import type { Cloud, Connection } from './connection';
import { multiTenantApp } from './multiTenantApp';
import { isGuid, isLoopbackHost, isSecureOrigin, isTenantName } from './networkNames';

/** The parts of a connection that decide its endpoints. */
export type EndpointBasis = Pick<
  Connection,
  'cloud' | 'endpoints' | 'tenant' | 'tenantId' | 'clientId' | 'flow'
>;

/** The OAuth 2.0 endpoints of a connection, as an administrator knows them from the app registration. */
export interface ConnectionEndpoints {
  readonly tokenEndpoint: string;
  readonly authorizationEndpoint: string;
  readonly redirectUri: string;
}

/** An endpoint that names a cloud and a tenant. */
export type EndpointKind = 'tokenEndpoint' | 'authorizationEndpoint';

/** Why an endpoint does not fit its connection. */
export type EndpointProblemReason =
  /** Not a URL at all. */
  | 'invalidUrl'
  /** Only https; the sign-in never goes over plain http. */
  | 'notHttps'
  /** Another path than `/{tenant}/oauth2/v2.0/token` or `…/authorize`. */
  | 'wrongPath'
  /** The sign-in service of another Microsoft cloud. */
  | 'otherCloud'
  /** A host that is no sign-in service of the connection's cloud. */
  | 'otherHost'
  /** Another tenant than the connection's. */
  | 'otherTenant'
  /** Any tenant, where the connection needs or names one. */
  | 'tenantOpen';

/** One problem of an endpoint, and the change of the connection that would make it fit. */
export interface EndpointProblem {
  readonly reason: EndpointProblemReason;
  /** What the endpoint says, for the sentence: a cloud, a host or a tenant. */
  readonly found: string;
  readonly fix?: {
    readonly cloud?: Exclude<Cloud, 'custom'>;
    readonly login?: string;
    readonly tenant?: string | null;
  };
}

const paths: Readonly<Record<EndpointKind, string>> = {
  tokenEndpoint: 'oauth2/v2.0/token',
  authorizationEndpoint: 'oauth2/v2.0/authorize',
};

/** Names that stand for any tenant. @see https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints */
const openTenants: readonly string[] = ['common', 'organizations'];

/** The redirect URI on this machine; Entra ID ignores its port. @see https://learn.microsoft.com/entra/identity-platform/reply-url */
export const loopbackRedirectUri = 'http://localhost';

/** The path of Microsoft's own page for native applications without a server. */
const nativeClientPath = '/common/oauth2/nativeclient';

/** Origin of the sign-in service; null while a custom cloud has none that is usable. */
function loginOf({ cloud, endpoints }: Pick<EndpointBasis, 'cloud' | 'endpoints'>): string | null {
  if (cloud !== 'custom') return clouds[cloud].login;
  return endpoints !== null && isSecureOrigin(endpoints.login) ? new URL(endpoints.login).origin : null;
}

/** The tenant part of the endpoints; where none is named, the name that stands for any in this flow. */
function tenantPart({ tenant, flow }: Pick<EndpointBasis, 'tenant' | 'flow'>): string {
  // Entra ID refuses device codes on `common` (AADSTS90133).
  return tenant ?? (flow === 'authorizationCode' ? 'common' : 'organizations');
}

/**
 * The endpoints that follow from cloud, tenant and application: what the form shows until a person changes them.
 * Empty texts while a custom cloud has no sign-in service yet.
 * @param presetClientId client ID of the multi-tenant app, whose redirect URI is Microsoft's own page
 */
export function projectEndpoints(connection: EndpointBasis, presetClientId: string): ConnectionEndpoints {
  const login = loginOf(connection);
  const base = login === null ? null : `${login}/${tenantPart(connection)}`;
  return {
    tokenEndpoint: base === null ? '' : `${base}/${paths.tokenEndpoint}`,
    authorizationEndpoint: base === null ? '' : `${base}/${paths.authorizationEndpoint}`,
    redirectUri: defaultRedirectUri(connection, presetClientId),
  };
}

/** The redirect URI of a connection that names none: Microsoft's page for the multi-tenant app, else this machine. */
export function defaultRedirectUri(
  connection: Pick<EndpointBasis, 'cloud' | 'endpoints' | 'clientId'>,
  presetClientId: string,
): string {
  if (connection.clientId.toLowerCase() !== presetClientId.toLowerCase()) return loopbackRedirectUri;
  const login = loginOf(connection);
  return login === null ? multiTenantApp.redirectUri : `${login}${nativeClientPath}`;
}

/**
 * What does not fit between an endpoint that a person entered and the connection, or null. Different spellings of
 * the same thing (`common` and `organizations`, the tenant's ID and its domain once both are known) fit.
 */
export function endpointProblem(
  kind: EndpointKind,
  text: string,
  connection: EndpointBasis,
): EndpointProblem | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null) return { reason: 'invalidUrl', found: text.trim() };
  if (url.protocol !== 'https:') return { reason: 'notHttps', found: url.protocol.replace(':', '') };
  const match = new RegExp(`^/([^/]+)/${paths[kind].replaceAll('.', '\\.')}/?$`, 'i').exec(url.pathname);
  const named = match?.[1];
  if (named === undefined || url.search !== '' || url.hash !== '' || url.username !== '') {
    return { reason: 'wrongPath', found: url.pathname };
  }
  return hostProblem(url, connection) ?? tenantProblem(decodeURIComponent(named), connection);
}

function hostProblem(url: URL, connection: EndpointBasis): EndpointProblem | null {
  if (url.origin === loginOf(connection)) return null;
  const known = cloudOfLogin(url.origin);
  if (connection.cloud === 'custom') {
    return known === null
      ? { reason: 'otherHost', found: url.host, fix: { login: url.origin } }
      : { reason: 'otherCloud', found: known, fix: { cloud: known } };
  }
  return known === null
    ? { reason: 'otherHost', found: url.host }
    : { reason: 'otherCloud', found: known, fix: { cloud: known } };
}

function tenantProblem(found: string, connection: EndpointBasis): EndpointProblem | null {
  const folded = found.toLowerCase();
  if (openTenants.includes(folded)) {
    if (connection.tenant === null && connection.flow !== 'clientCredentials') return null;
    // Signing in as the application needs the tenant, so only a connection of people can do without.
    return connection.flow === 'clientCredentials'
      ? { reason: 'tenantOpen', found: folded }
      : { reason: 'tenantOpen', found: folded, fix: { tenant: null } };
  }
  const same = [connection.tenant, connection.tenantId].some((name) => name?.toLowerCase() === folded);
  if (same) return null;
  return isTenantName(found)
    ? { reason: 'otherTenant', found, fix: { tenant: isGuid(found) ? folded : found } }
    : { reason: 'otherTenant', found };
}

/** The Microsoft cloud whose sign-in service this is. The two US Government clouds share one; the first is named. */
function cloudOfLogin(origin: string): Exclude<Cloud, 'custom'> | null {
  const names = Object.keys(clouds) as Exclude<Cloud, 'custom'>[];
  return names.find((name) => clouds[name].login === origin) ?? null;
}

/** Microsoft's page for native applications on the sign-in service of another cloud, or null. */
export function redirectCloudProblem(
  redirectUri: string,
  connection: Pick<EndpointBasis, 'cloud' | 'endpoints'>,
): EndpointProblem | null {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : null;
  if (url === null || url.pathname.toLowerCase() !== nativeClientPath) return null;
  const known = cloudOfLogin(url.origin);
  // A custom cloud may well have the page of a Microsoft cloud registered.
  if (known === null || connection.cloud === 'custom' || url.origin === loginOf(connection)) return null;
  return { reason: 'otherCloud', found: known };
}

/** Whether the browser can come back by itself; if not, a person pastes the address it ended on. */
export function isLoopbackRedirect(redirectUri: string): boolean {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : null;
  return url !== null && url.protocol === 'http:' && isLoopbackHost(url.hostname);
}
