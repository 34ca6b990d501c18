import { X509Certificate } from 'node:crypto';
import type { NodeAuthOptions } from '@azure/msal-node';
import * as v from 'valibot';
import { LicenseError } from '../foundation/errors';
import type { Connection } from '../model/connection';
import { vaultKeys } from './identity';
import type { ClientCertificate, SecretVault } from './identity';

/** How an application proves to be itself, as MSAL takes it. */
export type ClientCredential = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'>;

const certificateSchema = v.object({ certificatePem: v.string(), privateKeyPem: v.string() });

/**
 * The credential of a connection whose application signs in as itself.
 * @throws `invalidArgument` when none is stored, `certificateExpired`, `certificateUnreadable`
 */
export async function clientCredential(
  vault: SecretVault,
  connection: Connection,
  now: Date,
): Promise<ClientCredential> {
  const { connectionId, credential, name } = connection;
  const secret = await vault.get(vaultKeys.clientSecret(connectionId));
  const certificate = await vault.get(vaultKeys.clientCertificate(connectionId));
  // One kind is stored at a time; which one shows in the vault where the connection does not say.
  const kind = credential?.kind ?? (certificate && !secret ? 'certificate' : 'secret');
  if (kind === 'certificate' && certificate) return ofCertificate(parsed(certificate), now);
  if (kind === 'secret' && secret) return { clientSecret: secret };
  const what = kind === 'certificate' ? 'certificate' : 'client secret';
  throw new LicenseError(
    'invalidArgument',
    `No ${what} is stored for “${name}”. Enter it with “Edit Connection”.`,
  );
}

function parsed(text: string): ClientCertificate {
  try {
    return v.parse(certificateSchema, JSON.parse(text));
  } catch {
    // The cause would quote the key.
    throw unreadable();
  }
}

function ofCertificate({ certificatePem, privateKeyPem }: ClientCertificate, now: Date): ClientCredential {
  const { fingerprint256, validTo } = readPem(certificatePem);
  const notAfter = new Date(validTo).toISOString();
  if (Date.parse(notAfter) <= now.getTime()) {
    throw new LicenseError('certificateExpired', `The certificate ended on ${notAfter}.`, { notAfter });
  }
  return {
    clientCertificate: {
      thumbprintSha256: fingerprint256.replaceAll(':', '').toLowerCase(),
      privateKey: privateKeyPem,
      // Sent along, for applications that trust an issuer and a subject in place of one certificate.
      x5c: certificatePem,
    },
  };
}

function readPem(certificatePem: string): X509Certificate {
  try {
    return new X509Certificate(certificatePem);
  } catch {
    throw unreadable();
  }
}

function unreadable(): LicenseError {
  return new LicenseError(
    'certificateUnreadable',
    'The stored certificate can’t be read. Choose its file again with “Edit Connection”.',
  );
}
