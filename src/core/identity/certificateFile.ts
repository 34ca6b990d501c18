import { createPrivateKey, X509Certificate } from 'node:crypto';
import { LicenseError } from '../foundation/errors';

/** A client certificate with its key, read from a file. */
export interface CertificateFile {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly thumbprintSha256: string;
  /** UTC ISO 8601. */
  readonly notAfter: string;
  readonly subject: string;
}

/** Reads a PEM file. @throws LicenseError `invalidArgument` */
export function readCertificateFile(bytes: Uint8Array, password?: string): CertificateFile {
  const text = Buffer.from(bytes).toString('utf8');
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0];
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/.exec(text)?.[0];
  if (certificate === undefined || key === undefined) {
    throw new LicenseError('invalidArgument', 'The file must hold a certificate and its private key.');
  }
  const x509 = new X509Certificate(certificate);
  const privateKey = createPrivateKey({ key, ...(password !== undefined && { passphrase: password }) });
  return {
    certificatePem: certificate,
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    thumbprintSha256: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    notAfter: new Date(x509.validTo).toISOString(),
    subject: x509.subject.replaceAll('\n', ', '),
  };
}
