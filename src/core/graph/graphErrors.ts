import * as v from 'valibot';
import type { ErrorReason } from '../foundation/errors';
import { isLicenseError, LicenseError } from '../foundation/errors';
import type { AccessToken } from '../identity/identity';
import type { HttpResponse } from './httpClient';

/** The part of Graph's error body that code may rely on. `message` is for people and logs only. */
export interface GraphErrorBody {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
}

const text = v.fallback(v.string(), '');
const errorBody = v.object({
  error: v.object({
    code: text,
    message: text,
    innerError: v.fallback(v.looseObject({ 'request-id': text }), { 'request-id': '' }),
  }),
});

/** Parses JSON; undefined when the text is none (an HTML page of a gateway, a cut body). */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Reads Graph's error body; null when the body is none. @see https://learn.microsoft.com/graph/errors */
export function parseGraphError(body: string): GraphErrorBody | null {
  const parsed = v.safeParse(errorBody, parseJson(body));
  if (!parsed.success) return null;
  const { code, message, innerError } = parsed.output.error;
  return { code, message, requestId: innerError['request-id'] || null };
}

/**
 * Finds the claims challenge of Continuous Access Evaluation among the `WWW-Authenticate` headers.
 * @returns the JSON text to pass to the token source, or null.
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function parseClaimsChallenge(header: string | undefined): string | null {
  const encoded = /\bclaims="([A-Za-z0-9+/_=-]+)"/.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  return typeof parseJson(claims) === 'object' ? claims : null;
}

/** Codes of 403 that say by themselves what is missing. */
const forbiddenByCode: Readonly<Record<string, ErrorReason>> = {
  Authentication_RequestFromNonPremiumTenantOrB2CTenant: 'premiumRequired',
  Authentication_MSGraphPermissionMissing: 'permissionMissing',
  Authentication_RequestFromUnsupportedUserRole: 'roleMissing',
};

/**
 * What a 403 means: by its code where that is clear, else by what the token grants: a person whose token has
 * the permission lacks the directory role.
 * @param permissions any of which is enough, the least one first
 */
export function forbiddenReason(
  code: string,
  token: Pick<AccessToken, 'scopes'>,
  permissions: readonly string[],
): ErrorReason {
  const known = forbiddenByCode[code];
  if (known !== undefined) return known;
  // Scopes may be written in full: https://graph.microsoft.com/User.Read.All.
  const scopes = new Set(token.scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1).toLowerCase()));
  return permissions.some((permission) => scopes.has(permission.toLowerCase()))
    ? 'roleMissing'
    : 'permissionMissing';
}

/** Facts of one exchange for the log and for support. */
export interface ExchangeFacts {
  readonly path: string;
  readonly clientRequestId: string;
  /** GET unless told. */
  readonly method?: string;
}

/** Makes the error of a refused exchange. The body's text goes into the message, for the log. */
export function graphError(
  reason: ErrorReason,
  response: Pick<HttpResponse, 'status' | 'headers'>,
  body: GraphErrorBody | null,
  facts: ExchangeFacts,
  extra: Readonly<Record<string, string | number | boolean | null>> = {},
): LicenseError {
  const said = body === null ? 'an answer that is not JSON' : [body.code, body.message].join(': ');
  return new LicenseError(
    reason,
    `${facts.method ?? 'GET'} ${facts.path} was answered ${response.status}: ${said.slice(0, 500)}`,
    {
      status: response.status,
      code: body?.code ?? null,
      requestId: response.headers['request-id'] ?? body?.requestId ?? null,
      clientRequestId: facts.clientRequestId,
      path: facts.path,
      ...extra,
    },
  );
}

const expiredPageToken = 'Directory_ExpiredPageToken';

/** True when a listing must be read again from its first page, because its page token is no longer good. */
export function isExpiredPageToken(error: unknown): boolean {
  return isLicenseError(error) && error.details.code === expiredPageToken;
}
