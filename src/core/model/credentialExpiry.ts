import type { Connection } from './connection';

/** What of a connection runs out. */
export type ExpiringCredential = 'secret' | 'certificate' | 'refreshToken';

/** How close the end is: the days of the warnings, or 0 when it has come. */
export type ExpiryThreshold = 30 | 14 | 3 | 0;

/** When a credential of a connection ends. */
export interface CredentialExpiry {
  readonly kind: ExpiringCredential;
  /** UTC ISO 8601. */
  readonly expiresAt: string;
  /** Whole days until then, or, negative, since then. */
  readonly daysLeft: number;
  /** The closest warning that is due; null while the end is further away than the first. */
  readonly threshold: ExpiryThreshold | null;
}

/**
 * Days after its last use at which Entra ID forgets a refresh token.
 * @see https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 */
export const refreshTokenIdleDays = 90;

const thresholds: readonly ExpiryThreshold[] = [3, 14, 30];
const dayMs = 86_400_000;

/** What of a connection ends and when, soonest first; what has no known date is left out. */
export function credentialExpiries(
  connection: Pick<Connection, 'flow' | 'credential' | 'signedInAt' | 'refreshedAt'>,
  now: Date,
): CredentialExpiry[] {
  const found: CredentialExpiry[] = [];
  const add = (kind: ExpiringCredential, expires: number): void => {
    if (Number.isFinite(expires)) found.push(expiry(kind, expires, now));
  };
  if (connection.flow === 'clientCredentials') {
    const { credential } = connection;
    if (credential?.expiresAt) add(credential.kind, Date.parse(credential.expiresAt));
  } else if (connection.signedInAt !== null) {
    const lastUse = Date.parse(connection.refreshedAt ?? connection.signedInAt);
    add('refreshToken', lastUse + refreshTokenIdleDays * dayMs);
  }
  return found.sort((a, b) => a.expiresAt.localeCompare(b.expiresAt));
}

function expiry(kind: ExpiringCredential, expires: number, now: Date): CredentialExpiry {
  const left = expires - now.getTime();
  const threshold = left <= 0 ? 0 : (thresholds.find((days) => left <= days * dayMs) ?? null);
  return {
    kind,
    expiresAt: new Date(expires).toISOString(),
    // Not minus zero, which is another number to some comparisons.
    daysLeft: Math.trunc(left / dayMs) + 0,
    threshold,
  };
}

/** Names one warning, so that it is given once: a renewed credential has another end and warns anew. */
export function expiryWarningKey(
  connectionId: string,
  { kind, expiresAt, threshold }: CredentialExpiry,
): string {
  return [connectionId, kind, expiresAt, String(threshold)].join('/');
}
