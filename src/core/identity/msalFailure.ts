import { isLicenseError, LicenseError } from '../foundation/errors';
import { entraError } from './entraErrors';
import type { MsalNetworkClient } from './msalNetworkClient';

/**
 * What a failed MSAL call really means. MSAL drops most of what the server said and wraps what the network
 * said, so both are asked for first; its own code counts only when nothing went over the network.
 * @param silent nobody was there to act; see {@link entraError}
 */
export function explainMsalFailure(
  error: unknown,
  network: Pick<MsalNetworkClient, 'last'>,
  options: { readonly silent: boolean },
): LicenseError {
  if (isLicenseError(error)) return error;
  const { last } = network;
  switch (last.kind) {
    case 'failed':
    case 'unreadable':
      return last.error;
    case 'refused': {
      const refusal = entraError(last.body, options);
      return new LicenseError(refusal.reason, refusal.message, {
        host: last.host,
        status: last.status,
        ...refusal.details,
      });
    }
    case 'none':
    case 'success':
      return ofMsal(error);
  }
}

/** MSAL's own errors. Their texts are links and are not repeated. */
function ofMsal(error: unknown): LicenseError {
  const code = errorCodeOf(error);
  if (code === null) {
    // Not MSAL's: the vault, or a mistake.
    const message = error instanceof Error ? error.message : String(error);
    return new LicenseError('unexpected', message, {}, { cause: error });
  }
  const details = { errorCode: code };
  switch (code) {
    case 'no_tokens_found':
    case 'no_account_found':
    case 'no_account_in_silent_request':
    case 'refresh_token_expired':
      return new LicenseError('signInRequired', 'There is no stored sign-in that still works.', details);
    case 'device_code_expired':
      return new LicenseError('codeExpired', 'The device code was not used in time.', details);
    case 'device_code_polling_cancelled':
      return new LicenseError('signInCancelled', 'The sign-in was cancelled.', details);
    case 'missing_tenant_id_error':
      return new LicenseError('tenantRequired', 'The connection names no tenant.', details);
    case 'endpoints_resolution_error':
    case 'openid_config_error':
      return new LicenseError(
        'badResponse',
        'The description of the sign-in service is not usable.',
        details,
      );
    case 'nonce_mismatch':
    case 'invalid_state':
      return new LicenseError('signInFailed', 'The answer belongs to another sign-in.', details);
    default:
      return new LicenseError('signInFailed', `The sign-in library failed: ${code}.`, details);
  }
}

function errorCodeOf(error: unknown): string | null {
  const named = error instanceof Error && 'errorCode' in error && typeof error.errorCode === 'string';
  return named ? (error.errorCode as string) : null;
}
