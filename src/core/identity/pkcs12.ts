import { pbkdf2Sync } from 'node:crypto';
import type forge from 'node-forge';

/** What a PKCS#12 file holds, each as DER. */
export interface Pkcs12Content {
  readonly certificates: readonly Buffer[];
  /** Private keys in PKCS#8. */
  readonly keys: readonly Buffer[];
}

/** Node reads such files for TLS only and gives nothing out, hence a library; loaded when there is such a file. */
type Forge = typeof forge;

/**
 * Opens a PKCS#12 file (PFX), encrypted in the way of today (PBES2) or of former times (RC2, triple DES).
 * @throws what the library throws: see {@link isWrongPassword}
 * @see https://www.rfc-editor.org/rfc/rfc7292
 */
export async function openPkcs12(bytes: Uint8Array, password: string): Promise<Pkcs12Content> {
  // A module of CommonJS: bundled and not, its exports are the default.
  const { default: library } = await import('node-forge');
  deriveByNode(library);
  const { asn1, pki, pkcs12 } = library;
  const file = asn1.fromDer(Buffer.from(bytes).toString('latin1'));
  const content = pkcs12.pkcs12FromAsn1(file, password);
  const bags = content.safeContents.flatMap(({ safeBags }) => safeBags as readonly Bag[]);
  const der = (value: forge.asn1.Asn1): Buffer => Buffer.from(asn1.toDer(value).getBytes(), 'latin1');
  return {
    certificates: bags
      .filter(({ type }) => type === pki.oids['certBag'])
      .flatMap(({ cert, asn1: other }) =>
        cert ? [der(pki.certificateToAsn1(cert))] : other ? [der(other)] : [],
      ),
    keys: bags
      .filter(({ type }) => type === pki.oids['keyBag'] || type === pki.oids['pkcs8ShroudedKeyBag'])
      .flatMap(({ key, asn1: other }) =>
        key ? [der(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key)))] : other ? [der(other)] : [],
      ),
  };
}

/** Whether {@link openPkcs12} failed for its password rather than for the file. */
export function isWrongPassword(error: unknown): boolean {
  return error instanceof Error && /password/i.test(error.message);
}

/** A bag as the library gives it: what it can't read itself (keys other than RSA) it leaves as ASN.1. */
interface Bag {
  readonly type: string;
  readonly cert?: forge.pki.Certificate | null;
  readonly key?: forge.pki.PrivateKey | null;
  readonly asn1?: forge.asn1.Asn1;
}

type Derive = (
  password: string,
  salt: string,
  iterations: number,
  length: number,
  digest?: { readonly algorithm: string } | null,
) => string;

/**
 * The library derives keys a hundred times slower than Node, which would stall the thread, and takes letters
 * beyond ASCII for bytes, where the programs that make such files take UTF-8.
 */
function deriveByNode(library: Forge): void {
  const derive: Derive = (password, salt, iterations, length, digest) =>
    pbkdf2Sync(
      Buffer.from(password, 'utf8'),
      Buffer.from(salt, 'latin1'),
      iterations,
      length,
      digest?.algorithm ?? 'sha1',
    ).toString('latin1');
  Object.assign(library.pkcs5, { pbkdf2: derive });
}
