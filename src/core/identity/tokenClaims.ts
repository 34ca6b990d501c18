import { Buffer } from 'node:buffer';
import * as v from 'valibot';

const claimsSchema = v.object({
  tid: v.optional(v.fallback(v.nullable(v.string()), null), null),
  scp: v.optional(v.fallback(v.string(), ''), ''),
  roles: v.optional(v.fallback(v.array(v.string()), []), []),
});

/** What we read from an access token: tenant, delegated permissions, application permissions. */
export interface TokenClaims {
  readonly tenantId: string | null;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

/**
 * Reads the claims of an access token without checking its signature, which is the business of Graph. Microsoft
 * calls the token opaque, so null (it is no JWT) must be expected.
 * @see https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function readTokenClaims(token: string): TokenClaims | null {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return null;
  try {
    const parsed = v.safeParse(claimsSchema, JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    if (!parsed.success) return null;
    const { tid, scp, roles } = parsed.output;
    return { tenantId: tid, scopes: scp.split(' ').filter(Boolean).sort(), roles: [...roles].sort() };
  } catch {
    return null;
  }
}
