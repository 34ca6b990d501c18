import type { Connection } from '../model/connection';
import { defaultRedirectUri } from '../model/connectionEndpoints';
import { multiTenantApp } from '../model/multiTenantApp';
import { endpointsOf, graphScopes } from './clouds';
import { delegatedPermissions } from './scopes';

/** Whom permissions are granted to. */
export type PermissionKind = 'delegated' | 'application';

/** The connection's kind of permissions: those of a signed-in person, or the application's own. */
export function permissionKindOf({ flow }: Pick<Connection, 'flow'>): PermissionKind {
  return flow === 'clientCredentials' ? 'application' : 'delegated';
}

/**
 * The roles that may consent for the whole tenant. Application permissions of Graph need the most.
 * @see https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent
 */
export function consentRoles(kind: PermissionKind): string {
  return kind === 'application'
    ? 'a Privileged Role Administrator'
    : 'an Application Administrator, Cloud Application Administrator or Privileged Role Administrator';
}

/**
 * Where an administrator grants consent for this application, in this tenant and this cloud.
 *
 * Delegated permissions are named in the link (the v2.0 form), so that consent also works for an application
 * whose registration does not list them yet. Application permissions can only be granted as registered, which is
 * what the older form does; it needs no redirect URI, which such an application often has not.
 * @param permissions delegated permissions to consent to; all that the connection's tasks need unless told
 * @throws LicenseError `invalidArgument` for a custom cloud without usable endpoints
 * @see https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
export function adminConsentUrl(
  connection: Pick<
    Connection,
    'tenant' | 'tenantId' | 'cloud' | 'endpoints' | 'clientId' | 'flow' | 'redirectUri' | 'tasks'
  >,
  permissions: readonly string[] = delegatedPermissions(connection),
): string {
  // `common` would take a person's own account, which cannot consent for a tenant.
  const tenant = connection.tenantId ?? connection.tenant ?? 'organizations';
  const base = `${endpointsOf(connection).login}/${encodeURIComponent(tenant)}`;
  if (permissionKindOf(connection) === 'application') {
    return `${base}/adminconsent?${query({ client_id: connection.clientId })}`;
  }
  return `${base}/v2.0/adminconsent?${query({
    client_id: connection.clientId,
    scope: graphScopes(connection, permissions).join(' '),
    redirect_uri: connection.redirectUri ?? defaultRedirectUri(connection, multiTenantApp.clientId),
  })}`;
}

function query(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
