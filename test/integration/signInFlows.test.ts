import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { startSampleTenant } from '../../src/sample/sampleTenant';
import type { SampleTenant } from '../../src/sample/sampleTenant';
import { startProxy } from '../support/proxyFixture';
import type { ProxyLogEntry, RunningProxy } from '../support/proxyFixture';
import { failureOf, run, withConnection, withTenant } from './support';

interface ImportAnswer {
  readonly status: string;
  readonly tasks: readonly { task: string; status: string; warnings: readonly string[] }[];
}

describe('Sign-in flows in the extension host', () => {
  const suite = withTenant({ users: 30 });

  it('lets one sign-in of a connection run at a time', async () => {
    await suite.tenant.configure({ switches: { autoApprove: false } });
    await withConnection(suite.connectionArgument('Two at once'), async (connectionId) => {
      const first = run<{ tenantId: string }>('signIn', { connectionId });
      assert.equal((await failureOf('signIn', { connectionId })).reason, 'busy');
      await suite.tenant.configure({ switches: { autoApprove: true } });
      assert.equal((await first).tenantId, suite.tenant.address.tenantId);
    });
  });

  it('takes the multi-tenant app where no application is named, and asks for what it is registered for', async () => {
    const argument = suite.connectionArgument('Preset app') as Record<string, unknown>;
    delete argument['clientId'];
    await withConnection(argument, async (connectionId) => {
      const { scopes } = await run<{ scopes: readonly string[] }>('signIn', { connectionId });
      const permissions = scopes.filter((scope) => scope.includes('.'));
      assert.deepEqual(permissions, ['Directory.Read.All', 'Reports.Read.All']);
      const answer = await run<ImportAnswer>('import', { connectionId, tasks: ['licenseInformation'] });
      assert.equal(answer.status, 'succeeded');
    });
  });

  it('refuses an account of another tenant than the connection’s', async () => {
    const other = '11111111-2222-3333-4444-555555555555';
    await withConnection(
      suite.connectionArgument('Other tenant', { tenant: other }),
      async (connectionId) => {
        const failure = await failureOf('signIn', { connectionId });
        assert.ok(['wrongTenant', 'tenantUnknown'].includes(failure.reason), failure.reason);
      },
    );
  });

  it('asks for a new sign-in once the session was ended, and imports again after it', async () => {
    await withConnection(suite.connectionArgument('Ended session'), async (connectionId) => {
      await run('signIn', { connectionId });
      await suite.tenant.configure({ switches: { mfaRequired: true }, faults: { expireTokensAfter: 1 } });
      try {
        const answer = await run<ImportAnswer>('import', {
          connectionId,
          tasks: ['licenseInformation'],
        }).catch((error: Error & { reason?: string }) => error);
        if (answer instanceof Error) assert.equal(answer.reason, 'signInRequired');
        else assert.notEqual(answer.status, 'succeeded');
      } finally {
        await suite.tenant.configure({ switches: { mfaRequired: false }, faults: {} });
      }
      await run('signIn', { connectionId });
      const again = await run<ImportAnswer>('import', { connectionId, tasks: ['licenseInformation'] });
      assert.equal(again.status, 'succeeded');
    });
  });
});

describe('A certificate in the extension host', () => {
  let folder: string;
  let tenant: SampleTenant;

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'm365-certificate-'));
    const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=m365-integration', '-days', '30', '-nodes'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', certificate, ...subject],
      {
        stdio: 'ignore',
      },
    );
    const text = await fs.readFile(certificate, 'utf8');
    await fs.writeFile(path.join(folder, 'both.pem'), (await fs.readFile(key, 'utf8')) + text);
    tenant = await startSampleTenant({ users: 20, clientCertificate: text });
    await fs.writeFile(path.join(folder, 'ca.pem'), tenant.address.caCertificate);
  });

  after(async () => {
    await tenant?.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  it('signs the application in, and imports', async () => {
    const { address } = tenant;
    const argument = {
      name: 'By certificate',
      sourceType: 'microsoft365',
      tenant: address.tenantId,
      cloud: 'custom',
      endpoints: { login: address.loginUrl, graph: address.graphUrl },
      clientId: address.confidentialClientId,
      flow: 'clientCredentials',
      certificatePath: path.join(folder, 'both.pem'),
      caCertificatePath: path.join(folder, 'ca.pem'),
    };
    await withConnection(argument, async (connectionId) => {
      const { roles } = await run<{ roles: readonly string[] }>('signIn', { connectionId });
      assert.ok(roles.includes('User.Read.All'));
      assert.equal((await run<ImportAnswer>('import', { connectionId })).status, 'succeeded');
    });
  });
});

describe('A proxy of the connection’s own in the extension host', () => {
  const hostNames = {
    login: 'login.contoso.example',
    graph: 'graph.contoso.example',
    download: 'reports.contoso.example',
  };
  const credentials = { username: 'ana', password: 'pr0xy-Passw0rd' };
  let folder: string;
  let proxy: RunningProxy;
  let tenant: SampleTenant;

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'm365-proxy-'));
    proxy = await startProxy({ hostNames: Object.values(hostNames), credentials });
    // Whoever comes past the proxy is cut off before a byte is read; only the proxy can resolve the names.
    tenant = await startSampleTenant({
      users: 30,
      hostNames,
      acceptFrom: proxy.outgoingAddress,
      switches: { autoApprove: true },
    });
    await fs.writeFile(path.join(folder, 'ca.pem'), tenant.address.caCertificate);
  });

  after(async () => {
    await tenant?.close();
    await proxy?.stop();
    await fs.rm(folder, { recursive: true, force: true });
  });

  const argument = (name: string, change: object): object => {
    const { address } = tenant;
    return {
      name,
      sourceType: 'microsoft365',
      tenant: address.tenantId,
      cloud: 'custom',
      endpoints: { login: address.loginUrl, graph: address.graphUrl },
      clientId: address.clientId,
      flow: 'deviceCode',
      caCertificatePath: path.join(folder, 'ca.pem'),
      ...change,
    };
  };

  it('carries sign-in and import, and nothing goes around it', async () => {
    const through = argument('Through the proxy', { proxy: { server: proxy.place, ...credentials } });
    await withConnection(through, async (connectionId) => {
      await run('signIn', { connectionId });
      assert.equal((await run<ImportAnswer>('import', { connectionId })).status, 'succeeded');
    });
    const cut = (await tenant.journal()).filter((entry) => entry.cutFrom !== undefined);
    assert.deepEqual(cut, []);
  });

  it('says that the proxy wants other credentials, and does not go around it', async () => {
    const wrong = argument('Wrong at the proxy', {
      proxy: { server: `http://${proxy.place}`, username: 'ana', password: 'wrong' },
    });
    await withConnection(wrong, async (connectionId) => {
      assert.equal((await failureOf('signIn', { connectionId })).reason, 'proxyAuthenticationRequired');
    });
  });

  it('has every host of the connection in the log of the proxy', async () => {
    // A tunnel is logged when it ends, at the latest when its server does.
    await tenant.close();
    const tunnelTo = (entries: readonly ProxyLogEntry[], name: string): boolean =>
      entries.some(({ target, status }) => target.startsWith(`${name}:`) && status === 200);
    const names = Object.values(hostNames);
    const log = await proxy.logOf((entries) => names.every((name) => tunnelTo(entries, name)));
    for (const name of names) assert.ok(tunnelTo(log, name), `${name} is not in the log of the proxy`);
  });
});
