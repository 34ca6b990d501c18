import { Buffer } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, der, integer, objectId, octets, sequence, setOf, utcTime, utf8, yes } from './der';

const oid = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
};

/** Key and certificates of a server whose authority exists only for it. All PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly certificate: string;
  /** The certificate to trust; its private key is gone when this function returns. */
  readonly caCertificate: string;
}

interface Subject {
  readonly commonName: string;
  readonly publicKey: KeyObject;
}

function pem(label: string, content: Buffer): string {
  const lines = content
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

const nameOf = (commonName: string): Buffer =>
  sequence(setOf(sequence(objectId(oid.commonName), utf8(commonName))));

const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(objectId(id), ...(critical ? [yes] : []), octets(value));

/** SHA-1 of the public key's bits, the usual key identifier (RFC 5280, 4.2.1.2). */
function keyId(key: KeyObject): Buffer {
  const spki = key.export({ format: 'der', type: 'spki' });
  // The point of a P-256 key is the last 65 bytes.
  return createHash('sha1').update(spki.subarray(-65)).digest();
}

function certificate(
  subject: Subject,
  issuer: Subject & { privateKey: KeyObject },
  extensions: readonly Buffer[],
  days: number,
): Buffer {
  const algorithm = sequence(objectId(oid.ecdsaWithSha256));
  const now = Date.now();
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    nameOf(issuer.commonName),
    // A clock that is a little behind must not reject the sample tenant.
    sequence(utcTime(new Date(now - 3_600_000)), utcTime(new Date(now + days * 86_400_000))),
    nameOf(subject.commonName),
    subject.publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', toBeSigned, issuer.privateKey);
  return sequence(toBeSigned, algorithm, bits(signature));
}

/**
 * Makes an authority and a server certificate for the loopback; ECDSA P-256, valid for two weeks.
 * @param hostNames further names that the certificate is for
 */
export function createServerCertificate(hostNames: readonly string[] = []): ServerCertificate {
  const days = 14;
  const ca = { commonName: 'Sample tenant authority', ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
  const server = { commonName: 'localhost', ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
  const authorityId = extension(oid.authorityKeyId, false, sequence(der(0x80, keyId(ca.publicKey))));
  const names = sequence(
    ...['localhost', ...hostNames].map((name) => der(0x82, Buffer.from(name, 'ascii'))),
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0x87, Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
  );
  const caCertificate = certificate(
    ca,
    ca,
    [
      extension(oid.basicConstraints, true, sequence(yes, integer(Buffer.from([0])))),
      extension(oid.keyUsage, true, bits(Buffer.from([0x06]), 1)),
      extension(oid.subjectKeyId, false, octets(keyId(ca.publicKey))),
    ],
    days,
  );
  const serverCertificate = certificate(
    server,
    ca,
    [
      extension(oid.basicConstraints, true, sequence()),
      extension(oid.keyUsage, true, bits(Buffer.from([0x80]), 7)),
      extension(oid.extendedKeyUsage, false, sequence(objectId(oid.serverAuth))),
      extension(oid.subjectAltName, false, names),
      extension(oid.subjectKeyId, false, octets(keyId(server.publicKey))),
      authorityId,
    ],
    days,
  );
  return {
    key: server.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    certificate: pem('CERTIFICATE', serverCertificate),
    caCertificate: pem('CERTIFICATE', caCertificate),
  };
}
