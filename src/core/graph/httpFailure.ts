import { isLicenseError, LicenseError } from '../foundation/errors';
import type { ErrorReason } from '../foundation/errors';

/** Codes of Node for a certificate that is not trusted, not valid now, or for another host. */
const certificateCodes = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);
const certificatePattern = /^(CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|CRL_)/;

const timeoutCodes = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ECONNABORTED', 'UND_ERR_CONNECT_TIMEOUT']);

/** Where a request went: what a message and the log may show. Queries and headers hold codes and tokens. */
export function placeOf(url: string): { readonly host: string; readonly path: string } {
  if (!URL.canParse(url)) return { host: '', path: '' };
  const { host, pathname } = new URL(url);
  return { host, path: pathname };
}

/**
 * Turns what axios and Node reject with into an error with a reason. The original is not kept as the cause:
 * axios puts the whole request into its errors, headers and body included.
 */
export function httpFailure(error: unknown, url: string): LicenseError {
  const place = placeOf(url);
  const own = ownFailure(error);
  if (own) return new LicenseError(own.reason, own.message, { ...place, ...own.details });
  const code = codeOf(error);
  const reason = reasonOf(code);
  return new LicenseError(reason, `${sentenceStart[reason]} ${place.host}${place.path} (${code}).`, {
    ...place,
    code,
  });
}

/** The error of a request whose answer did not come or stopped coming. @param ms milliseconds waited */
export function timeoutFailure(url: string, ms: number): LicenseError {
  const place = placeOf(url);
  return new LicenseError('timeout', `No answer from ${place.host}${place.path} in ${ms} ms.`, {
    ...place,
    timeoutMs: ms,
  });
}

type TransportReason = Extract<ErrorReason, 'network' | 'timeout' | 'certificate'>;

const sentenceStart: Readonly<Record<TransportReason, string>> = {
  network: 'No usable connection to',
  timeout: 'No answer in time from',
  certificate: 'The certificate is not trusted:',
};

/** Whether a code of Node says that a certificate is not trusted, not valid now, or for another host. */
export function isCertificateCode(code: string): boolean {
  return certificateCodes.has(code) || certificatePattern.test(code);
}

/** Whether a failure below HTTP may pass by itself, so that another try is worth it. */
export function isPassingFailure(error: unknown): error is LicenseError {
  if (!isLicenseError(error)) return false;
  const { reason, details } = error;
  // A proxy answers 502 to 504 when it could not reach the target just now.
  if (reason === 'proxyRefused') return Number(details['status']) >= 500;
  return reason === 'network' || reason === 'timeout' || reason === 'proxyUnreachable';
}

/** The failure of our own that axios has wrapped: that of a proxy. */
function ownFailure(error: unknown): LicenseError | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (isLicenseError(at)) return at;
  }
  return undefined;
}

function reasonOf(code: string): TransportReason {
  if (isCertificateCode(code)) return 'certificate';
  return timeoutCodes.has(code) ? 'timeout' : 'network';
}

/** The most telling code of an error: axios replaces some codes by its own and keeps the original as the cause. */
function codeOf(error: unknown): string {
  const codes: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && at.code !== '') codes.push(at.code);
  }
  return (
    codes.find((code) => !code.startsWith('ERR_BAD_') && code !== 'ERR_NETWORK') ?? codes[0] ?? 'UNKNOWN'
  );
}
