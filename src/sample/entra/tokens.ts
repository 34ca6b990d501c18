import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** Signs and checks the tokens of one tenant: RS256, one key. */
export class TokenSigner {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  readonly keyId: string;

  constructor() {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.privateKey = pair.privateKey;
    this.publicKey = pair.publicKey;
    const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
    this.keyId = createHash('sha256').update(spki).digest('base64url').slice(0, 27);
  }

  /** The key as `discovery/v2.0/keys` publishes it. */
  jwks(issuer: string): unknown {
    const { n, e } = this.publicKey.export({ format: 'jwk' });
    return { keys: [{ kty: 'RSA', use: 'sig', kid: this.keyId, x5t: this.keyId, n, e, issuer }] };
  }

  sign(claims: Claims): string {
    const head = encode({ typ: 'JWT', alg: 'RS256', kid: this.keyId, x5t: this.keyId });
    const text = `${head}.${encode({ ...claims, uti: randomUUID() })}`;
    return `${text}.${sign('sha256', Buffer.from(text, 'ascii'), this.privateKey).toString('base64url')}`;
  }

  private readonly checked = new Map<string, Claims>();

  /** The claims of a token of ours; null for anything else. Expiry is the caller's business. */
  read(token: string): Claims | null {
    const known = this.checked.get(token);
    if (known) return known;
    const [head = '', body = '', signature = ''] = token.split('.');
    const signed = Buffer.from(`${head}.${body}`, 'ascii');
    if (!verify('sha256', signed, this.publicKey, Buffer.from(signature, 'base64url'))) return null;
    const claims = parseClaims(body);
    if (claims) {
      if (this.checked.size > 500) this.checked.clear();
      this.checked.set(token, claims);
    }
    return claims;
  }
}

/** Decodes one part of a JWT; null when it is no JSON object. */
export function parseClaims(part: string): Claims | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Claims) : null;
  } catch {
    return null;
  }
}
