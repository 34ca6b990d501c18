import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isLicenseError, LicenseError } from '../foundation/errors';
import { isWrongPassword, openPkcs12 } from './pkcs12';

/** A certificate with its private key, read from files: the credential of an application that signs in as itself. */
export interface CertificateFile {
  /** The certificate, followed by those of its issuers as far as the file has them. PEM. */
  readonly certificatePem: string;
  /** PKCS#8, not encrypted: for the vault only. */
  readonly privateKeyPem: string;
  /** Lower-case hex. */
  readonly thumbprintSha256: string;
  /** UTC ISO 8601. */
  readonly notAfter: string;
  /** Such as `CN=License import, O=Contoso`. */
  readonly subject: string;
}

/** Entra ID takes RSA keys of this many bits and more. */
const smallestKey = 2048;
/** Certificate files are a few kilobytes; anything much larger is something else. Bytes. */
const largestFile = 1024 * 1024;

/**
 * Reads a certificate with its private key: a PFX (PKCS#12) file, a PEM file with both, or two files (the
 * certificate in PEM or DER, the key in PEM) in any order.
 * @param password of the PFX file or of the encrypted key
 * @throws `certificateUnreadable`, `certificatePasswordWrong`, `certificateKeyMissing`,
 * `certificateUnsuitable` (no RSA key of 2,048 bits or more), `certificateExpired`; none of them quotes a file
 * @see https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export async function readCertificateFile(
  files: Uint8Array | readonly Uint8Array[],
  password?: string,
  now = new Date(),
): Promise<CertificateFile> {
  const all = files instanceof Uint8Array ? [files] : files;
  const found = await Promise.all(all.map((bytes) => contentOf(bytes, password)));
  const certificates = found.flatMap((content) => content.certificates);
  const keys = found.flatMap((content) => content.keys);
  const { certificate, key } = matching(certificates, keys);
  checkKey(key);
  const notAfter = endOf(certificate);
  if (Date.parse(notAfter) <= now.getTime()) {
    throw new LicenseError('certificateExpired', `The certificate ended on ${notAfter}.`, { notAfter });
  }
  return {
    certificatePem: chainOf(certificate, certificates)
      .map((one) => one.toString())
      .join(''),
    privateKeyPem: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    thumbprintSha256: thumbprintOf(certificate),
    notAfter,
    subject: certificate.subject.split('\n').join(', '),
  };
}

interface Content {
  readonly certificates: readonly X509Certificate[];
  readonly keys: readonly KeyObject[];
}

async function contentOf(bytes: Uint8Array, password: string | undefined): Promise<Content> {
  if (bytes.byteLength > largestFile) throw unreadable();
  try {
    const text = Buffer.from(bytes).toString('latin1');
    if (text.includes('-----BEGIN ')) return pemContent(text, password);
    const certificate = derCertificate(bytes);
    if (certificate) return { certificates: [certificate], keys: [] };
    return await pfxContent(bytes, password);
  } catch (error) {
    if (isLicenseError(error)) throw error;
    // The cause may quote from the file.
    throw unreadable();
  }
}

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

function pemContent(text: string, password: string | undefined): Content {
  const certificates: X509Certificate[] = [];
  const keys: KeyObject[] = [];
  for (const [block, label = ''] of text.matchAll(pemBlock)) {
    if (label === 'CERTIFICATE' || label === 'X509 CERTIFICATE')
      certificates.push(new X509Certificate(block));
    else if (label.endsWith('PRIVATE KEY')) keys.push(pemKey(block, label, password));
  }
  return { certificates, keys };
}

function pemKey(block: string, label: string, password: string | undefined): KeyObject {
  const encrypted = label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(block);
  if (!encrypted) return createPrivateKey(block);
  if (password === undefined || password === '') throw wrongPassword();
  try {
    return createPrivateKey({ key: block, passphrase: password });
  } catch (error) {
    throw isNonsense(error) ? wrongPassword() : unreadable();
  }
}

/**
 * A wrong password shows as bad padding, or as nonsense where the padding happens to fit, which it does for one in 256:
 * nothing can decode that, and OpenSSL calls it unsupported, as it does a cipher that it lacks.
 */
function isNonsense(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = `${code} ${error instanceof Error ? error.message : ''}`;
  return /DECOD/.test(said) || !/UNSUPPORTED|UNKNOWN|NOT_SUPPORTED/.test(code);
}

function derCertificate(bytes: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(bytes);
  } catch {
    return null;
  }
}

async function pfxContent(bytes: Uint8Array, password: string | undefined): Promise<Content> {
  try {
    const { certificates, keys } = await openPkcs12(bytes, password ?? '');
    return {
      certificates: certificates.map((der) => new X509Certificate(der)),
      keys: keys.map((der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })),
    };
  } catch (error) {
    throw isWrongPassword(error) ? wrongPassword() : error;
  }
}

/** The certificate that a private key belongs to; of several (a renewal with the same key) the one that ends last. */
function matching(
  certificates: readonly X509Certificate[],
  keys: readonly KeyObject[],
): { certificate: X509Certificate; key: KeyObject } {
  if (certificates.length === 0) throw unreadable();
  if (keys.length === 0) {
    throw new LicenseError(
      'certificateKeyMissing',
      'The file has a certificate and no private key. Choose a PFX file, or a PEM file that has both, or give the key’s file too.',
    );
  }
  const pairs = keys.flatMap((key) =>
    certificates
      .filter((certificate) => certificate.checkPrivateKey(key))
      .map((certificate) => ({ certificate, key })),
  );
  const [latest] = pairs.sort((a, b) => endOf(b.certificate).localeCompare(endOf(a.certificate)));
  if (latest) return latest;
  throw new LicenseError(
    'certificateKeyMissing',
    'The private key is not that of the certificate. Choose the files that were made together.',
  );
}

function checkKey(key: KeyObject): void {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType === 'rsa' && bits >= smallestKey) return;
  const kind =
    key.asymmetricKeyType === 'rsa' ? `RSA with ${bits} bits` : (key.asymmetricKeyType ?? 'unknown');
  throw new LicenseError(
    'certificateUnsuitable',
    `Microsoft Entra ID needs a certificate with an RSA key of ${smallestKey} bits or more, and this one’s is ${kind}. Make another one.`,
    { kind },
  );
}

/** The certificate and its issuers, nearest first, as far as they are there. */
function chainOf(leaf: X509Certificate, all: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [leaf];
  for (let at = leaf; chain.length <= all.length;) {
    const issuer = all.find((one) => !chain.includes(one) && at.checkIssued(one));
    if (!issuer) break;
    chain.push(issuer);
    at = issuer;
  }
  return chain;
}

/** SHA-256 of a certificate, lower-case hex. */
function thumbprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

/** UTC ISO 8601; Node gives `Jan  1 00:00:00 2030 GMT`. */
function endOf(certificate: X509Certificate): string {
  return new Date(certificate.validTo).toISOString();
}

function unreadable(): LicenseError {
  return new LicenseError(
    'certificateUnreadable',
    'The file is not a certificate that can be read. Choose a PFX (PKCS#12) file or a PEM file.',
  );
}

function wrongPassword(): LicenseError {
  return new LicenseError(
    'certificatePasswordWrong',
    'The password of the certificate file is missing or wrong.',
  );
}
