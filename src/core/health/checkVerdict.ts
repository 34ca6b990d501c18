import type { CheckVerdict } from '../../shared/doctorContract';
import type { ErrorReason, LicenseError } from '../foundation/errors';
import type { PermissionKind } from '../identity/adminConsent';

/** What is known beside the error. */
export interface VerdictFacts {
  readonly kind: PermissionKind;
  /** Whether the token has the permission. */
  readonly granted: boolean;
  /** True when an application's token has no permission at all: then consent is missing as a whole. */
  readonly empty: boolean;
  readonly clockIsWrong: boolean;
}

const byReason: Readonly<Partial<Record<ErrorReason, CheckVerdict>>> = {
  premiumRequired: 'noPremiumLicense',
  conditionalAccess: 'conditionalAccess',
  deviceCodeNotAllowed: 'conditionalAccess',
  consentRequired: 'missingAdminConsent',
  certificate: 'certificateNotTrusted',
  proxyRefused: 'proxyRefused',
  proxyAuthenticationRequired: 'proxyRefused',
  proxyUnreachable: 'unreachable',
  network: 'unreachable',
  timeout: 'unreachable',
  signInRequired: 'signInNeeded',
  signInFailed: 'signInNeeded',
  signInCancelled: 'signInNeeded',
  signInTimedOut: 'signInNeeded',
  codeExpired: 'signInNeeded',
  browserNotOpened: 'signInNeeded',
  wrongTenant: 'signInRefused',
  clientUnknown: 'signInRefused',
  clientSecretWrong: 'signInRefused',
  clientSecretExpired: 'signInRefused',
  publicClientNotAllowed: 'signInRefused',
  tenantUnknown: 'signInRefused',
  tenantRequired: 'signInRefused',
  cloudMismatch: 'signInRefused',
  appMisconfigured: 'signInRefused',
  userNotAssigned: 'signInRefused',
  accountNotInTenant: 'signInRefused',
  certificateUnreadable: 'signInRefused',
  certificateKeyMissing: 'signInRefused',
  certificateUnsuitable: 'signInRefused',
  certificatePasswordWrong: 'signInRefused',
  certificateExpired: 'signInRefused',
  // What the connection lacks or has wrong: no secret stored, a file that can't be read.
  invalidArgument: 'signInRefused',
};

/** The reason beneath: without a person there, Entra ID's refusal is `signInRequired` because of something. */
export function innerReason(error: LicenseError): ErrorReason {
  const because = error.details['because'];
  return error.reason === 'signInRequired' && typeof because === 'string'
    ? (because as ErrorReason)
    : error.reason;
}

/** Entra ID says by these that the times in a client assertion are not good. */
const clockCodes: ReadonlySet<unknown> = new Set(['AADSTS700024', 'AADSTS50012']);

/** True for a token that was refused in a way that a wrong clock can cause. */
function isAboutTime(error: LicenseError, clockIsWrong: boolean): boolean {
  const { status, errorCode } = error.details;
  return clockCodes.has(errorCode) || (clockIsWrong && status === 401 && errorCode === undefined);
}

/** What kept the connection from getting a token. */
export function signInVerdict(error: LicenseError, clockIsWrong: boolean): CheckVerdict {
  if (isAboutTime(error, clockIsWrong)) return 'clockWrong';
  return byReason[innerReason(error)] ?? 'serviceError';
}

/** What kept an endpoint from answering. */
export function endpointVerdict(error: LicenseError, facts: VerdictFacts): CheckVerdict {
  if (error.reason !== 'permissionMissing' && error.reason !== 'roleMissing') {
    return signInVerdict(error, facts.clockIsWrong);
  }
  switch (error.details['code']) {
    case 'Authentication_MSGraphPermissionMissing':
      return lacking(facts);
    case 'Authentication_RequestFromUnsupportedUserRole':
      return 'missingRole';
    default:
      if (!facts.granted) return lacking(facts);
      // An application has no directory role to lack.
      return facts.kind === 'delegated' ? 'missingRole' : 'serviceError';
  }
}

function lacking({ kind, empty }: VerdictFacts): CheckVerdict {
  return kind === 'application' && empty ? 'missingAdminConsent' : 'missingScope';
}

/** From what stops everything to what is fine. */
const severity: readonly CheckVerdict[] = [
  'clockWrong',
  'proxyRefused',
  'certificateNotTrusted',
  'unreachable',
  'signInRefused',
  'signInNeeded',
  'conditionalAccess',
  'missingAdminConsent',
  'missingScope',
  'missingRole',
  'namesConcealed',
  'serviceError',
  'noPremiumLicense',
  'ok',
];

/** Sorts rows worst first; what is optional comes after what is not, and equals keep their order. */
export function worstFirst<R extends { readonly verdict: CheckVerdict; readonly optional: boolean }>(
  rows: readonly R[],
): R[] {
  const rank = ({ verdict, optional }: R): number =>
    severity.indexOf(verdict) + (optional && verdict !== 'ok' ? severity.length : 0);
  const last = 2 * severity.length;
  const order = (row: R): number => (row.verdict === 'ok' ? last : rank(row));
  return [...rows].sort((a, b) => order(a) - order(b));
}
