import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { ClientCertificate } from '../../core/identity/identity';

/** A certificate read from a file: what may be shown of it, and what may not. */
export interface CertificateChoice {
  readonly certificate: ClientCertificate;
  readonly subject: string;
  /** SHA-256, lower-case hex. */
  readonly thumbprint: string;
  /** UTC ISO 8601. */
  readonly expiresAt: string;
}

/** Asks for a secret in VS Code's own password box; undefined when the person gives up. */
export async function askForSecret(
  kind: 'secret' | 'proxyPassword',
  connectionName: string,
): Promise<string | undefined> {
  const of = connectionName === '' ? '' : ` of “${connectionName}”`;
  return vscode.window.showInputBox({
    title: kind === 'secret' ? `Client secret${of}` : `Proxy password${of}`,
    prompt:
      kind === 'secret'
        ? 'The secret’s value, not its ID. It is kept in the key chain of this computer only.'
        : 'Kept in the key chain of this computer only. Leave it empty to forget the one that is stored.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      kind === 'secret' && text.trim() === '' ? 'Enter the secret’s value.' : undefined,
  });
}

/** Asks for a PEM or PFX file, for its password if it has one, and reads it. */
export async function pickClientCertificate(): Promise<CertificateChoice | undefined> {
  const file = await pickFile('Choose the certificate with its private key', {
    'Certificates (PEM, PFX)': ['pem', 'pfx', 'p12', 'crt', 'cer', 'key'],
    'All files': ['*'],
  });
  if (file === undefined) return undefined;
  const bytes = await readBytes(file);
  if (!mayNeedPassword(file, bytes)) return readClientCertificate(file, bytes);
  const password = await vscode.window.showInputBox({
    title: path.basename(file),
    prompt: 'The password of the file; leave it empty if it has none. It is used now and not kept.',
    password: true,
    ignoreFocusOut: true,
  });
  return password === undefined ? undefined : readClientCertificate(file, bytes, password);
}

/** Reads a certificate file by its path. @throws LicenseError `invalidArgument`, and as `readCertificateFile` */
export async function readClientCertificateFile(file: string, password?: string): Promise<CertificateChoice> {
  return readClientCertificate(file, await readBytes(file), password);
}

async function readClientCertificate(
  file: string,
  bytes: Uint8Array,
  password?: string,
): Promise<CertificateChoice> {
  // Loaded at need: reading PKCS#12 takes a library that nothing else does.
  const { readCertificateFile } = await import('../../core/identity/certificateFile');
  const read = await readCertificateFile(bytes, password === '' ? undefined : password);
  const { certificatePem, privateKeyPem, thumbprintSha256, notAfter, subject } = read;
  return {
    certificate: { certificatePem, privateKeyPem },
    subject: subject === '' ? path.basename(file) : subject,
    thumbprint: thumbprintSha256.toLowerCase(),
    expiresAt: notAfter,
  };
}

/** Asks for the PEM file of a certificate authority. */
export function pickCaCertificate(): Promise<string | undefined> {
  return pickFile('Choose the CA certificate file', {
    'Certificates (PEM)': ['pem', 'crt', 'cer'],
    'All files': ['*'],
  });
}

async function pickFile(title: string, filters: Record<string, string[]>): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({ title, filters, canSelectMany: false, openLabel: 'Choose' })) ?? [];
  return uri?.fsPath;
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await fs.readFile(file);
  } catch (error) {
    throw new LicenseError(
      'invalidArgument',
      `The file ${file} can’t be read. Choose another one.`,
      { path: file },
      { cause: error },
    );
  }
}

/** PKCS#12 files and encrypted PEM keys have passwords. */
function mayNeedPassword(file: string, bytes: Uint8Array): boolean {
  if (/\.(pfx|p12)$/i.test(file)) return true;
  return /ENCRYPTED/.test(Buffer.from(bytes.subarray(0, 100_000)).toString('latin1'));
}
