import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import type { ErrorDetails, ErrorReason } from '../foundation/errors';
import { entraErrorCodes } from './entraErrorCodes';

const optionalText = v.optional(v.fallback(v.string(), ''), '');

const bodySchema = v.object({
  error: v.pipe(v.string(), v.nonEmpty()),
  suberror: optionalText,
  error_description: optionalText,
  error_codes: v.optional(v.fallback(v.array(v.number()), []), []),
  timestamp: optionalText,
  trace_id: optionalText,
  correlation_id: optionalText,
  claims: optionalText,
});

/**
 * What Entra ID says when it refuses, as the token endpoint puts it; texts are empty where it said nothing.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export type EntraErrorBody = v.InferOutput<typeof bodySchema>;

/** Reads an error body or the parameters of an authorization response; null when it is neither. */
export function parseEntraError(value: unknown): EntraErrorBody | null {
  const result = v.safeParse(bodySchema, value);
  return result.success ? result.output : null;
}

/** Ends of a sign-in that the protocol itself names; no number changes them. */
const outcomes: Readonly<Record<string, ErrorReason>> = {
  authorization_declined: 'signInCancelled',
  expired_token: 'codeExpired',
};

/** What an `error` means when no number says more. */
const byError: Readonly<Record<string, ErrorReason>> = {
  access_denied: 'signInCancelled',
  consent_required: 'consentRequired',
  interaction_required: 'signInRequired',
  login_required: 'signInRequired',
  unauthorized_client: 'clientUnknown',
  invalid_resource: 'cloudMismatch',
  invalid_instance: 'cloudMismatch',
  invalid_tenant: 'tenantUnknown',
  invalid_scope: 'appMisconfigured',
  unsupported_response_type: 'appMisconfigured',
  unsupported_grant_type: 'appMisconfigured',
  server_error: 'serviceError',
  temporarily_unavailable: 'serviceError',
};

const personErrors = new Set(['invalid_grant', 'interaction_required', 'consent_required', 'login_required']);
const personSuberrors = new Set([
  'message_only',
  'additional_action',
  'basic_action',
  'user_password_expired',
  'consent_required',
  'bad_token',
  'ui_not_allowed',
  'interrupted_user',
]);

/**
 * The error for what Entra ID said. `silent`: nobody is there to act, so whatever a person could mend by signing
 * in again is `signInRequired`, with the reason beneath in `details.because`.
 */
export function entraError(body: EntraErrorBody, options: { readonly silent: boolean }): LicenseError {
  const code = codeOf(body);
  const row = code === null ? undefined : entraErrorCodes[code];
  const reason = reasonOf(body, row?.reason);
  const needsPerson = personErrors.has(body.error) || personSuberrors.has(body.suberror);
  const message = [row?.help, firstLine(body.error_description) || body.error].filter(Boolean).join(' ');
  const details = detailsOf(body, code);
  return options.silent && needsPerson
    ? new LicenseError('signInRequired', message, { ...details, because: reason })
    : new LicenseError(reason, message, details);
}

function reasonOf(body: EntraErrorBody, ofCode: ErrorReason | undefined): ErrorReason {
  const outcome = outcomes[body.error];
  if (outcome !== undefined) return outcome;
  if (ofCode !== undefined) return ofCode;
  if (body.suberror === 'consent_required') return 'consentRequired';
  if (personSuberrors.has(body.suberror)) return 'signInRequired';
  return byError[body.error] ?? 'signInFailed';
}

/** The number of the message; the description has it where the list of codes is missing, as in redirects. */
function codeOf(body: EntraErrorBody): number | null {
  const named = /AADSTS(\d+)/.exec(body.error_description)?.[1];
  return body.error_codes[0] ?? (named === undefined ? null : Number(named));
}

function detailsOf(body: EntraErrorBody, code: number | null): ErrorDetails {
  const line = (label: string): string =>
    new RegExp(`^${label}: *(\\S.*)$`, 'im').exec(body.error_description)?.[1]?.trim() ?? '';
  const details = {
    errorCode: code === null ? body.error : `AADSTS${code}`,
    error: body.error,
    suberror: body.suberror,
    correlationId: body.correlation_id || line('Correlation ID'),
    traceId: body.trace_id || line('Trace ID'),
    timestamp: body.timestamp || line('Timestamp'),
    claims: body.claims,
  };
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== ''));
}

function firstLine(description: string): string {
  return (description.split(/[\r\n]/, 1)[0] ?? '').trim().slice(0, 500);
}
