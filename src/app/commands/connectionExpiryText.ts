import type { CredentialExpiry } from '../../core/model/credentialExpiry';

const names: Readonly<Record<CredentialExpiry['kind'], string>> = {
  secret: 'client secret',
  certificate: 'certificate',
  refreshToken: 'refresh token',
};

/** What ends, in the middle of a sentence. */
export function expiringName(expiry: CredentialExpiry): string {
  return names[expiry.kind];
}

/** How far away the end is: `in 5 days`, `today`, `2 days ago`. */
export function expiryDistance({ daysLeft, threshold }: CredentialExpiry): string {
  if (threshold === 0) {
    const ago = -daysLeft;
    return ago === 0 ? 'today' : ago === 1 ? 'yesterday' : `${ago} days ago`;
  }
  return daysLeft === 0 ? 'within a day' : daysLeft === 1 ? 'in 1 day' : `in ${daysLeft} days`;
}

/** The end with its day: `Client secret expires 2026-12-31 (in 12 days)`. */
export function expirySentence(expiry: CredentialExpiry): string {
  const name = expiringName(expiry);
  const verb =
    expiry.kind === 'refreshToken'
      ? expiry.threshold === 0
        ? 'expired unused'
        : 'expires, unless used,'
      : expiry.threshold === 0
        ? 'expired'
        : 'expires';
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${verb} ${expiry.expiresAt.slice(0, 10)} (${expiryDistance(expiry)})`;
}

/** For the narrow description of a tree item; null while the end is far away. */
export function expiryHint(expiry: CredentialExpiry): string | null {
  if (expiry.threshold === null) return null;
  const name = expiry.kind === 'refreshToken' ? 'sign-in' : expiry.kind;
  return expiry.threshold === 0 ? `${name} expired` : `${name} expires ${expiryDistance(expiry)}`;
}
