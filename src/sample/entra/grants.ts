import { createHash, randomBytes } from 'node:crypto';
import type { EntraProblem } from './entraError';
import { problems } from './entraError';

/** What a person allowed by signing in. */
export interface UserGrant {
  readonly clientId: string;
  readonly scope: string;
  readonly nonce: string | null;
}

/** A grant that waits for its code to be redeemed. */
export interface CodeGrant extends UserGrant {
  readonly redirectUri: string;
  /** PKCE challenge (S256); null when the client sent none. */
  readonly challenge: string | null;
}

/** Authorization codes and refresh tokens of a tenant. */
export class Grants {
  private readonly codes = new Map<string, CodeGrant & { used: boolean; expiresAt: number }>();
  private readonly refreshTokens = new Map<string, UserGrant>();

  /** A code that works once, within ten minutes. */
  issueCode(grant: CodeGrant): string {
    const code = `1.${randomBytes(48).toString('base64url')}`;
    this.codes.set(code, { ...grant, used: false, expiresAt: Date.now() + 600_000 });
    return code;
  }

  redeemCode(
    code: string,
    clientId: string,
    redirectUri: string,
    verifier: string | null,
  ): UserGrant | EntraProblem {
    const grant = this.codes.get(code);
    if (!grant || grant.clientId !== clientId || Date.now() >= grant.expiresAt) return problems.codeExpired();
    if (grant.used) return problems.codeUsed();
    if (grant.redirectUri !== redirectUri) return problems.redirectWrong(redirectUri, clientId);
    if (grant.challenge !== null) {
      const hashed = createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url');
      if (hashed !== grant.challenge) return problems.verifierWrong();
    }
    grant.used = true;
    return grant;
  }

  /** A refresh token; older ones of the same grant stay valid, as Entra ID does not revoke them at once. */
  issueRefreshToken(grant: UserGrant): string {
    const token = `1.${randomBytes(96).toString('base64url')}`;
    this.refreshTokens.set(token, { clientId: grant.clientId, scope: grant.scope, nonce: null });
    return token;
  }

  redeemRefreshToken(token: string, clientId: string): UserGrant | EntraProblem {
    const grant = this.refreshTokens.get(token);
    return grant && grant.clientId === clientId ? grant : problems.refreshInvalid();
  }

  /** What an administrator does with "revoke sessions". */
  revokeAll(): void {
    this.refreshTokens.clear();
  }
}
