import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createCloudServices } from '../../../../src/core/cloudServices';
import type { CloudServices } from '../../../../src/core/cloudServices';
import { vaultKeys } from '../../../../src/core/identity/identity';
import { importTasks } from '../../../../src/core/model/connection';
import type { Connection } from '../../../../src/core/model/connection';
import { startSampleTenant } from '../../../../src/sample/sampleTenant';
import type { SampleTenant } from '../../../../src/sample/sampleTenant';
import { httpWorkerBundle } from '../../../support/httpWorkerBundle';
import { startProxy } from '../../../support/proxyFixture';
import type { RunningProxy } from '../../../support/proxyFixture';
import { createTestStore } from '../../../support/storeFixture';
import type { TestStore } from '../../../support/storeFixture';
import { failure, MemoryVault, RecordingLogger } from '../identity/signInHarness';

const hostNames = {
  login: 'login.contoso.example',
  graph: 'graph.contoso.example',
  download: 'reports.contoso.example',
};
const credentials = { username: 'ana', password: 'pr0xy-Passw0rd' };
const signal = new AbortController().signal;

describe('a connection with a proxy of its own', () => {
  let proxy: RunningProxy;
  let tenant: SampleTenant;
  let testStore: TestStore;
  let services: CloudServices;
  let connection: Connection;
  const vault = new MemoryVault();
  const logger = new RecordingLogger();

  before(async () => {
    proxy = await startProxy({ hostNames: Object.values(hostNames), credentials });
    // Whoever comes past the proxy is cut off before a byte is read.
    tenant = await startSampleTenant({ users: 30, hostNames, acceptFrom: proxy.outgoingAddress });
    testStore = await createTestStore();
    services = createCloudServices({
      store: testStore.store,
      vault,
      logger,
      now: () => new Date(),
      httpWorkerPath: await httpWorkerBundle(),
    });
    const { address } = tenant;
    const caCertificatePath = path.join(testStore.folder, 'ca.pem');
    fs.writeFileSync(caCertificatePath, address.caCertificate);
    connection = {
      connectionId: 'c1',
      name: 'Contoso',
      sourceType: 'microsoft365',
      tenant: address.tenantId,
      tenantId: null,
      cloud: 'custom',
      endpoints: { login: address.loginUrl, graph: address.graphUrl },
      clientId: address.clientId,
      flow: 'deviceCode',
      redirectUri: null,
      proxy: { server: `http://${proxy.place}`, username: credentials.username },
      tasks: importTasks,
      caCertificatePath,
      readOnly: true,
      createdAt: '2026-01-01T00:00:00.000Z',
      account: null,
      signedInAt: null,
    };
    await vault.set(vaultKeys.proxyPassword('c1'), credentials.password);
  });

  after(async () => {
    await services?.dispose();
    await testStore?.dispose();
    await tenant?.close();
    await proxy?.stop();
  });

  const signIn = (change: Partial<Connection> = {}): Promise<{ tenantId: string }> =>
    services.identity.signIn(
      { ...connection, ...change },
      {
        flow: 'deviceCode',
        prompter: {
          showDeviceCode: ({ userCode }) => void tenant.approveDeviceCode(userCode),
          openBrowser: () => assert.fail('no browser is needed'),
        },
        signal,
      },
    );

  it('signs in and imports through it, and nothing goes around it', async () => {
    assert.equal((await signIn()).tenantId, tenant.address.tenantId);
    const signedIn: Connection = { ...connection, tenantId: tenant.address.tenantId };
    await testStore.store.saveConnection(signedIn);
    const result = await services.runImport({
      connection: signedIn,
      tasks: importTasks,
      trigger: 'user',
      evaluation: { inactivityDays: 30, graceDays: 30 },
      signal,
      onProgress: () => undefined,
    });
    assert.equal(result.status, 'succeeded', JSON.stringify(result.tasks));
    assert.ok(Number(testStore.sqlite3('SELECT count(*) AS n FROM v_users')[0]?.['n']) >= 30);

    // A tunnel is logged when it ends.
    await services.dispose();
    const { loginUrl, graphUrl } = tenant.address;
    const log = await proxy.logOf((entries) =>
      Object.values(hostNames).every((name) => entries.some(({ target }) => target.startsWith(name))),
    );
    const hosts = new Set(log.map(({ target }) => target.split(':')[0]));
    assert.deepEqual([...hosts].sort(), Object.values(hostNames).sort());
    for (const url of [loginUrl, graphUrl]) {
      assert.ok(log.some(({ target }) => target === new URL(url).host));
    }
    assert.ok(log.every(({ status, username }) => status === 200 && username === credentials.username));
    const journal = await tenant.journal();
    assert.deepEqual([...new Set(journal.map(({ origin }) => origin))].sort(), [
      'download',
      'graph',
      'login',
    ]);
    assert.deepEqual(
      journal.filter(({ cutFrom, leak }) => cutFrom !== undefined || leak),
      [],
    );
  });

  it('would have been noticed going around it', async () => {
    const { port } = new URL(tenant.address.loginUrl);
    const endpoints = {
      login: `https://localhost:${port}`,
      graph: `https://localhost:${new URL(tenant.address.graphUrl).port}`,
    };
    await failure(signIn({ connectionId: 'direct', proxy: null, endpoints }), 'network');
    const cut = (await tenant.journal()).filter(({ cutFrom }) => cutFrom !== undefined);
    assert.deepEqual(
      [...new Set(cut.map(({ origin, cutFrom }) => `${origin} ${cutFrom}`))],
      ['login 127.0.0.1'],
    );
  });

  it('does not sign in with a wrong password, and tells it nowhere; a corrected one is used at once', async () => {
    const wrong = 'Wr0ng-Passw0rd';
    await vault.set(vaultKeys.proxyPassword('c1'), wrong);
    const error = await failure(signIn(), 'proxyAuthenticationRequired');
    assert.equal(error.details['proxy'], proxy.place);
    await vault.set(vaultKeys.proxyPassword('c1'), credentials.password);
    await signIn();
    const text = [...logger.lines, error.message, JSON.stringify(error.details), error.stack].join('\n');
    for (const password of [wrong, credentials.password]) {
      const basic = Buffer.from(`${credentials.username}:${password}`).toString('base64');
      assert.ok(!text.includes(password) && !text.includes(basic));
    }
    const stored = [...vault.entries].filter(([key]) => key !== vaultKeys.proxyPassword('c1'));
    assert.ok(!JSON.stringify(stored).includes(credentials.password));
    for (const file of fs.readdirSync(testStore.folder)) {
      const bytes = fs.readFileSync(path.join(testStore.folder, file));
      assert.ok(!bytes.includes(credentials.password), file);
    }
  });
});
