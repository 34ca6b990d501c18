import { ConfidentialClientApplication } from '@azure/msal-node';
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { bits, der, integer, objectId, sequence, setOf, utcTime, utf8 } from '../../../../src/sample/net/der';
import { msalNetwork } from '../../../support/msalNetwork';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

/** A self-signed RSA certificate as an administrator would upload it. */
function selfSigned(): { der: Buffer; pem: string; privateKey: string } {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = sequence(objectId('1.2.840.113549.1.1.11'), der(0x05));
  const name = sequence(setOf(sequence(objectId('2.5.4.3'), utf8('Unattended import'))));
  const day = 86_400_000;
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.from([1])),
    algorithm,
    name,
    sequence(utcTime(new Date(Date.now() - day)), utcTime(new Date(Date.now() + day))),
    name,
    pair.publicKey.export({ format: 'der', type: 'spki' }),
  );
  const whole = sequence(body, algorithm, bits(sign('sha256', body, pair.privateKey)));
  return {
    der: whole,
    pem: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
    privateKey: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

describe('sample tenant: client assertion', () => {
  const registered = selfSigned();
  const sample = withSampleTenant({ users: 1, clientCertificate: registered.pem });

  const client = (certificate: typeof registered): ConfidentialClientApplication => {
    const { loginUrl, tenantId, confidentialClientId } = sample.tenant.address;
    return new ConfidentialClientApplication({
      auth: {
        clientId: confidentialClientId,
        authority: `${loginUrl}/${tenantId}`,
        knownAuthorities: [new URL(loginUrl).host],
        clientCertificate: {
          thumbprintSha256: createHash('sha256').update(certificate.der).digest('hex'),
          privateKey: certificate.privateKey,
        },
      },
      system: { networkClient: msalNetwork(() => sample.agent) },
    });
  };
  const scopes = (): string[] => [`${sample.tenant.address.graphUrl}/.default`];

  it('is taken when the registered certificate signed it', async () => {
    const result = await client(registered).acquireTokenByClientCredential({ scopes: scopes() });
    assert.ok(result?.accessToken);
  });

  it('is refused when another certificate signed it', async () => {
    const refused = client(selfSigned()).acquireTokenByClientCredential({ scopes: scopes() });
    await assert.rejects(refused, /AADSTS700027/);
  });
});
