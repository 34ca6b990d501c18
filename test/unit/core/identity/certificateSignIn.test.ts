import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readCertificateFile } from '../../../../src/core/identity/certificateFile';
import { vaultKeys } from '../../../../src/core/identity/identity';
import type { ClientCertificate } from '../../../../src/core/identity/identity';
import type { Connection } from '../../../../src/core/model/connection';
import { withSampleTenant } from '../../../support/sampleTenantFixture';
import { bench, codePerson, connectionTo, failure } from './signInHarness';
import type { Bench } from './signInHarness';

interface Made {
  readonly pem: string;
  readonly key: string;
  readonly pfx: Buffer;
}

/** A certificate made by the openssl program, as PEM and as a PFX file with the password `x`. */
function make(): Made {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'certificate-'));
  const openssl = (...args: string[]): unknown =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (name: string): Buffer => fs.readFileSync(path.join(folder, name));
  try {
    openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'crt.pem'],
      ...['-days', '20', '-subj', '/CN=import'],
    );
    openssl(
      ...['pkcs12', '-export', '-inkey', 'key.pem', '-in', 'crt.pem', '-out', 'both.pfx'],
      ...['-passout', 'pass:x'],
    );
    return { pem: read('crt.pem').toString(), key: read('key.pem').toString(), pfx: read('both.pfx') };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

describe('sign-in as the application itself with a certificate', () => {
  const registered = make();
  const other = make();
  const fixture = withSampleTenant({ users: 5, clientCertificate: registered.pem });
  const options = {
    flow: 'clientCredentials',
    prompter: codePerson(fixture, 'wait'),
    signal: new AbortController().signal,
  } as const;

  const connectionWith = async (
    b: Bench,
    certificate: ClientCertificate | null,
    change: Partial<Connection> = {},
  ): Promise<Connection> => {
    const { address } = fixture.tenant;
    if (certificate !== null) {
      const { certificatePem, privateKeyPem } = certificate;
      await b.vault.set(vaultKeys.clientCertificate('c1'), JSON.stringify({ certificatePem, privateKeyPem }));
    }
    return connectionTo(fixture, {
      flow: 'clientCredentials',
      clientId: address.confidentialClientId,
      tenant: address.tenantId,
      credential: { kind: 'certificate', expiresAt: null, thumbprint: null },
      ...change,
    });
  };

  it('gets tokens with what was read from a PFX file, without a secret', async () => {
    const b = bench(fixture);
    const connection = await connectionWith(b, await readCertificateFile(registered.pfx, 'x'));
    const result = await b.identity.signIn(connection, options);
    assert.equal(result.tenantId, fixture.tenant.address.tenantId);
    assert.ok(result.roles.includes('Reports.Read.All'));
    const token = await b.identity.tokenSource(connection).getToken({ forceRefresh: true });
    assert.deepEqual(token.roles, result.roles);
    // Neither the key nor what was signed with it is told to anyone.
    const key = registered.key.split('\n').slice(1, -2);
    const log = b.logger.lines.join('\n');
    assert.ok(key.length > 10 && key.every((line) => !log.includes(line)));
    assert.doesNotMatch(log, /client_assertion=/);
  });

  it('uses the certificate that is stored where the connection does not say which kind', async () => {
    const b = bench(fixture);
    const certificate = await readCertificateFile([Buffer.from(registered.pem), Buffer.from(registered.key)]);
    const connection = await connectionWith(b, certificate, { credential: null });
    assert.ok((await b.identity.tokenSource(connection).getToken()).roles.length > 0);
  });

  it('says that the certificate is not registered', async () => {
    const b = bench(fixture);
    const connection = await connectionWith(b, await readCertificateFile(other.pfx, 'x'));
    const error = await failure(b.identity.signIn(connection, options), 'clientSecretWrong');
    assert.equal(error.details['errorCode'], 'AADSTS700027');
  });

  it('is refused with the registered certificate and another key', async () => {
    const b = bench(fixture);
    const connection = await connectionWith(b, { certificatePem: registered.pem, privateKeyPem: other.key });
    await failure(b.identity.signIn(connection, options), 'clientSecretWrong');
  });

  it('does not ask with a certificate that has ended, that is missing or damaged', async () => {
    const b = bench(fixture);
    const missing = await connectionWith(b, null);
    const error = await failure(b.identity.tokenSource(missing).getToken(), 'invalidArgument');
    assert.match(error.message, /certificate.*Contoso/);
    await b.vault.set(vaultKeys.clientCertificate('c1'), '{"certificatePem":"S3cret');
    const damaged = await failure(b.identity.tokenSource(missing).getToken(), 'certificateUnreadable');
    assert.doesNotMatch(`${damaged.message} ${String(damaged.cause)}`, /S3cret/);
    const in30Days = (): Date => new Date(Date.now() + 30 * 86_400_000);
    const late = bench(fixture, { now: in30Days });
    const ended = await connectionWith(late, {
      certificatePem: registered.pem,
      privateKeyPem: registered.key,
    });
    await failure(late.identity.signIn(ended, options), 'certificateExpired');
    assert.equal(late.requests.filter((line) => line.startsWith('POST')).length, 0);
  });

  it('is forgotten with the secrets', async () => {
    const b = bench(fixture);
    const connection = await connectionWith(b, await readCertificateFile(registered.pfx, 'x'));
    await b.identity.signIn(connection, options);
    await b.identity.signOut(connection);
    assert.deepEqual([...b.vault.entries.keys()], ['connection/c1/clientCertificate']);
    await b.identity.signOut(connection, { forgetSecret: true });
    assert.equal(b.vault.entries.size, 0);
  });
});
