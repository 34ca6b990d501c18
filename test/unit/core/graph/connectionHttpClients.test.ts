import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ConnectionHttpClients } from '../../../../src/core/graph/connectionHttpClients';
import { vaultKeys } from '../../../../src/core/identity/identity';
import type { Connection } from '../../../../src/core/model/connection';
import { failure, MemoryVault } from '../identity/signInHarness';

const connection: Connection = {
  connectionId: 'c1',
  name: 'Contoso',
  sourceType: 'microsoft365',
  tenant: null,
  tenantId: null,
  cloud: 'global',
  endpoints: null,
  clientId: '8f2a6c31-5b7d-4e90-a1c4-3d6e9b0f7a52',
  flow: 'deviceCode',
  redirectUri: null,
  proxy: null,
  tasks: [],
  caCertificatePath: null,
  readOnly: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  account: null,
  signedInAt: null,
};
const proxied: Connection = {
  ...connection,
  proxy: { server: 'http://proxy.example:3128', username: 'ana' },
};

describe('connectionHttpClients', () => {
  let vault: MemoryVault;
  let clients: ConnectionHttpClients;
  beforeEach(() => {
    vault = new MemoryVault();
    // No request is made here, so that no thread starts.
    clients = new ConnectionHttpClients({ vault, httpWorkerPath: 'none' });
  });
  afterEach(() => clients.dispose());

  it('keeps the client of a connection, one for each', async () => {
    const [one, same] = await Promise.all([clients.clientOf(proxied), clients.clientOf(proxied)]);
    assert.equal(one, same);
    assert.notEqual(await clients.clientOf({ ...proxied, connectionId: 'c2' }), one);
    assert.equal(await clients.clientOf({ ...proxied, name: 'Fabrikam', readOnly: false }), one);
  });

  it('makes another one when proxy, password or authority have changed', async () => {
    const authority = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'ca-')), 'ca.pem');
    fs.writeFileSync(authority, 'one');
    const trusting = { ...proxied, caCertificatePath: authority };
    const steps: readonly (() => Promise<Connection>)[] = [
      async () => connection,
      async () => proxied,
      async () => ({ ...proxied, proxy: { server: 'http://proxy.example:3129', username: 'ana' } }),
      async () => ({ ...proxied, proxy: { server: 'http://proxy.example:3128', username: 'bob' } }),
      async () => {
        await vault.set(vaultKeys.proxyPassword('c1'), 'x');
        return proxied;
      },
      async () => trusting,
      async () => {
        fs.writeFileSync(authority, 'two');
        return trusting;
      },
    ];
    try {
      const seen = new Set<unknown>();
      for (const step of steps) seen.add(await clients.clientOf(await step()));
      assert.equal(seen.size, steps.length);
    } finally {
      fs.rmSync(path.dirname(authority), { recursive: true });
    }
  });

  it('says that the authority’s file can’t be read', async () => {
    const error = await failure(
      clients.clientOf({ ...connection, caCertificatePath: '/nowhere/ca.pem' }),
      'invalidArgument',
    );
    assert.match(error.message, /Contoso.*\/nowhere\/ca\.pem/);
  });

  it('has no more use after its end', async () => {
    const client = await clients.clientOf(proxied);
    await clients.dispose();
    await failure(client.send({ method: 'GET', url: 'https://graph.example/' }), 'cancelled');
  });
});
