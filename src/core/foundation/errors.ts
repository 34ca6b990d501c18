/**
 * Why an operation failed, in a word that code can switch over. The sentence for a person is made at the
 * edge (`app/host/messages.ts`), which must know every reason; the log gets `message`, `details` and `cause`.
 */
export type ErrorReason =
  // what the caller asked for
  | 'invalidArgument'
  | 'notFound'
  | 'busy'
  | 'cancelled'
  | 'readOnlyConnection'
  // sign-in
  | 'signInRequired'
  | 'signInFailed'
  | 'signInCancelled'
  | 'signInTimedOut'
  | 'codeExpired'
  | 'consentRequired'
  | 'clientUnknown'
  | 'clientSecretWrong'
  | 'clientSecretExpired'
  | 'publicClientNotAllowed'
  | 'tenantUnknown'
  | 'wrongTenant'
  | 'accountNotInTenant'
  | 'conditionalAccess'
  /** A policy refuses device codes; the browser may work. */
  | 'deviceCodeNotAllowed'
  /** The sign-in needs to know the tenant, and the connection names none. */
  | 'tenantRequired'
  /** The tenant or Graph is of another Microsoft cloud than the connection. */
  | 'cloudMismatch'
  /** The app registration does not fit: redirect URI, permissions, kind of client. */
  | 'appMisconfigured'
  /** The application takes only assigned users, and this one is not. */
  | 'userNotAssigned'
  | 'browserNotOpened'
  // files with certificates
  /** Not a certificate, or of a form that is not known. */
  | 'certificateUnreadable'
  | 'certificatePasswordWrong'
  /** No private key, or not that of the certificate. */
  | 'certificateKeyMissing'
  | 'certificateExpired'
  /** Readable, and of a kind that Entra ID does not take (no RSA key). */
  | 'certificateUnsuitable'
  // network and services
  | 'network'
  | 'timeout'
  | 'certificate'
  /** The connection's own proxy takes no connection, or does not speak as a proxy. */
  | 'proxyUnreachable'
  /** It wants other credentials than it got (407). */
  | 'proxyAuthenticationRequired'
  /** It would not, or could not, connect to the target: any other status of CONNECT. */
  | 'proxyRefused'
  | 'throttled'
  | 'badResponse'
  | 'permissionMissing'
  | 'roleMissing'
  | 'premiumRequired'
  | 'serviceError'
  | 'untrustedHost'
  | 'noData'
  /** An application was registered, but not everything that belongs to it; `details.clientId` names it. */
  | 'registrationIncomplete'
  /** A price book has cells that are not what they should be; nothing of it was imported. */
  | 'priceBookInvalid'
  // the file and the disk
  | 'storeNotWritable'
  | 'storeDamaged'
  | 'storeNewer'
  | 'storeFailed'
  | 'fileNotWritable'
  // everything that should not happen
  | 'unexpected';

/**
 * Facts for the log and for support: request ids, correlation ids, AADSTS numbers, hosts, paths, permission
 * names. Never a token, secret, code or password.
 */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

const brand = Symbol.for('m365Licenses.LicenseError');

/**
 * The one error class of the product. Recognize it with {@link isLicenseError}, never with `instanceof`:
 * several bundles carry a copy of this class and errors cross threads.
 */
export class LicenseError extends Error {
  readonly [brand] = true;
  override readonly name = 'LicenseError';

  constructor(
    readonly reason: ErrorReason,
    message: string,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  /** What a log writes of it: the claims of a challenge are for Entra ID alone. */
  toJSON(): object {
    const { claims: _, ...details } = this.details;
    return { reason: this.reason, message: this.message, details };
  }
}

/** True for a {@link LicenseError} of any bundle, optionally of one reason. */
export function isLicenseError(error: unknown, reason?: ErrorReason): error is LicenseError {
  return (
    typeof error === 'object' &&
    error !== null &&
    (error as Record<symbol, unknown>)[brand] === true &&
    (reason === undefined || (error as LicenseError).reason === reason)
  );
}

/** What crosses a thread boundary in place of an error object (structured clone drops class and brand). */
export interface ErrorRecord {
  readonly reason: ErrorReason;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly stack?: string;
}

/** Turns anything thrown into a record; what is not a {@link LicenseError} becomes `unexpected`. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (isLicenseError(error)) {
    return { reason: error.reason, message: error.message, details: error.details, stack: error.stack };
  }
  if (error instanceof Error) {
    return { reason: 'unexpected', message: error.message, details: {}, stack: error.stack };
  }
  return { reason: 'unexpected', message: String(error), details: {} };
}

/** The inverse of {@link toErrorRecord}. */
export function fromErrorRecord(record: ErrorRecord): LicenseError {
  const error = new LicenseError(record.reason, record.message, record.details);
  if (record.stack !== undefined) error.stack = record.stack;
  return error;
}
