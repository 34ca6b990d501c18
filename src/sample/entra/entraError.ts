import { randomUUID } from 'node:crypto';
import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';

/** What Entra ID says when it refuses. */
export interface EntraProblem {
  readonly status: number;
  readonly error: string;
  /** AADSTS number; absent where Entra ID gives none. */
  readonly code?: number;
  readonly text: string;
  readonly suberror?: string;
  /** JSON text of a claims challenge. */
  readonly claims?: string;
}

/** The problems that the sample tenant knows, by what went wrong. */
export const problems = {
  tenantUnknown: (tenant: string): EntraProblem => ({
    status: 400,
    error: 'invalid_tenant',
    code: 90002,
    text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  }),
  clientUnknown: (client: string, tenant: string): EntraProblem => ({
    status: 400,
    error: 'unauthorized_client',
    code: 700016,
    text: `Application with identifier '${client}' was not found in the directory '${tenant}'.`,
  }),
  secretWrong: (client: string): EntraProblem => ({
    status: 401,
    error: 'invalid_client',
    code: 7000215,
    text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${client}'.`,
  }),
  secretExpired: (client: string): EntraProblem => ({
    status: 401,
    error: 'invalid_client',
    code: 7000222,
    text: `The provided client secret keys for app '${client}' are expired.`,
  }),
  secretMissing: (): EntraProblem => ({
    status: 401,
    error: 'invalid_client',
    code: 7000218,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  }),
  secretUnexpected: (): EntraProblem => ({
    status: 401,
    error: 'invalid_client',
    code: 700025,
    text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  }),
  assertionWrong: (): EntraProblem => ({
    status: 401,
    error: 'invalid_client',
    code: 700027,
    text: 'The certificate with identifier used to sign the client assertion is not registered on application.',
  }),
  redirectWrong: (uri: string, client: string): EntraProblem => ({
    status: 400,
    error: 'invalid_request',
    code: 50011,
    text: `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${client}'.`,
  }),
  consentMissing: (client: string): EntraProblem => ({
    status: 400,
    error: 'invalid_grant',
    code: 65001,
    suberror: 'consent_required',
    text: `The user or administrator has not consented to use the application with ID '${client}'. Send an interactive authorization request for this user and resource.`,
  }),
  conditionalAccess: (): EntraProblem => ({
    status: 400,
    error: 'invalid_grant',
    code: 53003,
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  }),
  mfaRequired: (claims: string): EntraProblem => ({
    status: 400,
    error: 'invalid_grant',
    code: 50076,
    suberror: 'basic_action',
    claims,
    text: 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.',
  }),
  resourceUnknown: (resource: string, tenant: string): EntraProblem => ({
    status: 400,
    error: 'invalid_resource',
    code: 500011,
    text: `The resource principal named ${resource} was not found in the tenant named ${tenant}.`,
  }),
  scopeWrong: (scope: string): EntraProblem => ({
    status: 400,
    error: 'invalid_scope',
    code: 70011,
    text: `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  }),
  parameterMissing: (name: string): EntraProblem => ({
    status: 400,
    error: 'invalid_request',
    code: 900144,
    text: `The request body must contain the following parameter: '${name}'.`,
  }),
  tenantMissing: (): EntraProblem => ({
    status: 400,
    error: 'invalid_request',
    code: 50059,
    text: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
  }),
  codeUsed: (): EntraProblem => ({
    status: 400,
    error: 'invalid_grant',
    code: 54005,
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  }),
  codeExpired: (): EntraProblem => ({
    status: 400,
    error: 'invalid_grant',
    code: 70008,
    text: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  }),
  verifierWrong: (): EntraProblem => ({
    status: 400,
    error: 'invalid_grant',
    code: 501481,
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  }),
  refreshInvalid: (): EntraProblem => ({
    status: 400,
    error: 'invalid_grant',
    code: 50173,
    text: 'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
  }),
  grantUnsupported: (grant: string): EntraProblem => ({
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
    text: `The app requested an unsupported grant type '${grant}'.`,
  }),
  devicePending: (): EntraProblem => ({
    status: 400,
    error: 'authorization_pending',
    code: 70016,
    text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  }),
  deviceSlowDown: (): EntraProblem => ({ status: 400, error: 'slow_down', text: 'Polling too often.' }),
  deviceDeclined: (): EntraProblem => ({
    status: 400,
    error: 'authorization_declined',
    code: 70000,
    text: 'The user has denied access to the scope requested by the client application.',
  }),
  deviceExpired: (): EntraProblem => ({
    status: 400,
    error: 'expired_token',
    code: 70019,
    text: 'Verification code expired.',
  }),
  deviceUnknown: (): EntraProblem => ({
    status: 400,
    error: 'bad_verification_code',
    code: 70018,
    text: 'Bad verification code.',
  }),
};

/**
 * The error body of the token endpoint.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function entraError(problem: EntraProblem, correlationId: string | null): SampleReply {
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const traceId = randomUUID();
  const correlation = correlationId ?? randomUUID();
  const label = problem.code === undefined ? '' : `AADSTS${problem.code}: `;
  const description = `${label}${problem.text}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`;
  return json(problem.status, {
    error: problem.error,
    error_description: description,
    ...(problem.code === undefined
      ? {}
      : {
          error_codes: [problem.code],
          error_uri: `https://login.microsoftonline.com/error?code=${problem.code}`,
        }),
    timestamp,
    trace_id: traceId,
    correlation_id: correlation,
    ...(problem.suberror === undefined ? {} : { suberror: problem.suberror }),
    ...(problem.claims === undefined ? {} : { claims: problem.claims }),
  });
}
