import assert from 'node:assert/strict';
import { forgetSecrets, storeConnection, storedSecrets } from '../../../../src/app/commands/connectionSave';
import { vaultKeys, type SecretVault } from '../../../../src/core/identity/identity';
import type { Connection } from '../../../../src/core/model/connection';

const own = '11111111-2222-3333-4444-555555555555';
const connection: Connection = {
  connectionId: 'c1',
  name: 'Contoso',
  sourceType: 'microsoft365',
  tenant: 'contoso.com',
  tenantId: null,
  cloud: 'global',
  endpoints: null,
  clientId: own,
  flow: 'clientCredentials',
  redirectUri: null,
  proxy: { server: 'http://proxy:3128', username: 'kim' },
  tasks: ['licenseInformation'],
  caCertificatePath: null,
  readOnly: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  account: null,
  signedInAt: null,
  credential: { kind: 'secret', expiresAt: null, thumbprint: null },
};

class World {
  readonly secrets = new Map<string, string>();
  readonly saved: Connection[] = [];
  failing = false;
  readonly vault: SecretVault = {
    get: async (key) => this.secrets.get(key),
    set: async (key, value) => void this.secrets.set(key, value),
    delete: async (key) => void this.secrets.delete(key),
  };
  readonly store = {
    saveConnection: async (saved: Connection): Promise<void> => {
      if (this.failing) throw new Error('disk full');
      this.saved.push(saved);
    },
  };

  /** The vault's entries by what they are. */
  kept(): Record<string, string | undefined> {
    const names = Object.entries(vaultKeys).map(
      ([name, key]) => [name, this.secrets.get(key('c1'))] as const,
    );
    return Object.fromEntries(names.filter(([, value]) => value !== undefined));
  }
}

async function stored(): Promise<World> {
  const world = new World();
  await storeConnection(world, connection, undefined, {
    clientSecret: 'old secret',
    proxyPassword: 'old word',
  });
  await world.vault.set(vaultKeys.tokenCache('c1'), 'tokens');
  return world;
}

describe('secrets of a connection', () => {
  it('go to the vault and nowhere else', async () => {
    const world = await stored();
    assert.deepEqual(world.kept(), {
      tokenCache: 'tokens',
      clientSecret: 'old secret',
      proxyPassword: 'old word',
    });
    assert.doesNotMatch(JSON.stringify(world.saved), /old secret|old word/);
    assert.deepEqual(await storedSecrets(world.vault, 'c1'), {
      clientSecret: true,
      certificate: false,
      proxyPassword: true,
    });
  });

  it('stay while what they belong to stays', async () => {
    const world = await stored();
    await storeConnection(world, { ...connection, name: 'Other', tasks: [] }, connection, {});
    assert.deepEqual(world.kept(), {
      tokenCache: 'tokens',
      clientSecret: 'old secret',
      proxyPassword: 'old word',
    });
  });

  it('are not sent to another sign-in service, app or proxy', async () => {
    const endpoints = { login: 'https://evil.example', graph: 'https://graph.example' };
    const world = await stored();
    await storeConnection(world, { ...connection, cloud: 'custom', endpoints }, connection, {});
    assert.deepEqual(world.kept(), { proxyPassword: 'old word' });
    await storeConnection(
      world,
      { ...connection, proxy: { server: 'http://evil:80', username: 'kim' } },
      { ...connection, cloud: 'custom', endpoints },
      {},
    );
    assert.deepEqual(world.kept(), {});
  });

  it('give way to those of another kind', async () => {
    const world = await stored();
    const certificate = { certificatePem: 'cert', privateKeyPem: 'key' };
    const changed: Connection = {
      ...connection,
      credential: { kind: 'certificate', expiresAt: null, thumbprint: 'ab' },
    };
    await storeConnection(world, changed, connection, { certificate });
    assert.deepEqual(JSON.parse(world.kept()['clientCertificate'] ?? ''), certificate);
    assert.equal(world.kept()['clientSecret'], undefined);
  });

  it('are forgotten with a flow of people, an emptied password, and the connection', async () => {
    const world = await stored();
    await storeConnection(world, { ...connection, flow: 'deviceCode', credential: null }, connection, {
      clientSecret: 'not wanted',
      proxyPassword: '',
    });
    assert.deepEqual(world.kept(), {});
    const other = await stored();
    await forgetSecrets(other.vault, 'c1');
    assert.equal(other.secrets.size, 0);
  });

  it('are not given to a connection that could not be stored', async () => {
    const world = new World();
    world.failing = true;
    await assert.rejects(storeConnection(world, connection, undefined, { clientSecret: 'new' }), /disk full/);
    assert.equal(world.secrets.size, 0);
  });
});
