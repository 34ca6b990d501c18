import type { AuthenticationResult } from '@azure/msal-node';
import { LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import type { Connection } from '../model/connection';
import { isGuid } from '../model/networkNames';
import type { MsalNetworkClient } from './msalNetworkClient';
import type { SignInTimings } from './signInTimings';
import { readTokenClaims } from './tokenClaims';

/** What one sign-in or one question for a token works with. */
export interface Operation {
  readonly connection: Connection;
  readonly network: MsalNetworkClient;
  readonly logger: Logger;
  readonly timings: SignInTimings;
  readonly now: () => Date;
}

/** The tokens of an operation, checked. */
export interface CheckedToken {
  readonly token: string;
  /** UTC ISO 8601. */
  readonly expiresAt: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

/** The GUID of the tenant that tokens must come from; null while it is not known. */
export function expectedTenant({ tenant, tenantId }: Pick<Connection, 'tenant' | 'tenantId'>): string | null {
  return tenant !== null && isGuid(tenant) ? tenant : tenantId;
}

/**
 * Reads what a token is for, and refuses one of another tenant. One account can be at home in one tenant and a
 * guest in others, and MSAL has been seen to answer for the wrong one.
 */
export function checkToken(
  result: Pick<
    AuthenticationResult,
    'accessToken' | 'expiresOn' | 'idTokenClaims' | 'tenantId' | 'scopes'
  > | null,
  expected: string | null,
  now: Date,
): CheckedToken {
  if (result === null || result.accessToken === '') {
    throw new LicenseError('badResponse', 'The sign-in service gave no access token.');
  }
  const claims = readTokenClaims(result.accessToken);
  const tenantId = claims?.tenantId ?? textOf(result.idTokenClaims, 'tid') ?? (result.tenantId || expected);
  if (tenantId === null)
    throw new LicenseError('badResponse', 'The token does not say which tenant it is for.');
  if (expected !== null && tenantId.toLowerCase() !== expected.toLowerCase()) {
    throw new LicenseError(
      'wrongTenant',
      'The account signed in to another tenant than that of the connection.',
      {
        expected,
        actual: tenantId,
      },
    );
  }
  return {
    token: result.accessToken,
    expiresAt: (result.expiresOn ?? now).toISOString(),
    tenantId,
    scopes: claims?.scopes ?? graphScopesOf(result.scopes),
    roles: claims?.roles ?? [],
  };
}

const identityScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Scopes of Graph alone, without those of the sign-in itself. */
export function withoutIdentityScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !identityScopes.has(scope));
}

/** The short names of Graph scopes, sorted. */
function graphScopesOf(scopes: readonly string[]): string[] {
  return withoutIdentityScopes(scopes)
    .map((scope) => scope.slice(scope.lastIndexOf('/') + 1))
    .sort();
}

function textOf(claims: object, name: string): string | null {
  const value = (claims as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
