import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { Connection } from '../../../../src/core/model/connection';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  assignment,
  connection,
  group,
  guid,
  importRows,
  otherTenantId,
  sku,
  tenantId,
  user,
} from '../../../support/storeRows';

const reason = (expected: string) => (error: unknown) => isLicenseError(error) && error.reason === expected;

describe('connections of the store', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await createTestStore();
  });
  afterEach(() => test.dispose());

  it('come back as they were saved, by name', async () => {
    const full = connection('b', 'beta', {
      tenant: 'contoso.example',
      cloud: 'custom',
      endpoints: { login: 'https://login.example', graph: 'https://graph.example' },
      proxy: { server: 'http://proxy.example:8080', username: 'someone' },
      tasks: ['licenseInformation', 'applicationRoster'],
      account: 'admin@contoso.example',
      readOnly: true,
    });
    await test.store.saveConnection(full);
    await test.store.saveConnection(connection('a', 'Alpha'));
    assert.deepEqual(await test.store.connections(), [connection('a', 'Alpha'), full]);
    await test.store.saveConnection({ ...full, name: 'Aleph' });
    assert.deepEqual(
      (await test.store.connections()).map(({ connectionId, name }) => [connectionId, name]),
      [
        ['b', 'Aleph'],
        ['a', 'Alpha'],
      ],
    );
  });

  it('need a name of their own, whatever its case', async () => {
    await test.store.saveConnection(connection('a', 'Contoso'));
    await assert.rejects(test.store.saveConnection(connection('b', 'CONTOSO')), reason('invalidArgument'));
    await test.store.saveConnection(connection('a', 'CONTOSO'));
  });

  it('never take a secret into the file', async () => {
    const withSecrets = {
      ...connection('a', 'A', { proxy: { server: 'http://p:1' } }),
      secret: 'correct horse',
      proxy: { server: 'http://p:1', password: 'battery staple' },
    };
    await test.store.saveConnection(withSecrets);
    const bytes = fs.readFileSync(test.file);
    assert.equal(bytes.includes('horse') || bytes.includes('battery'), false);
    for (const server of ['http://me:pass@proxy:1', 'me:pass@proxy:1']) {
      await assert.rejects(
        test.store.saveConnection(connection('b', 'B', { proxy: { server } })),
        reason('invalidArgument'),
      );
    }
    await assert.rejects(test.store.saveConnection({} as Connection), reason('invalidArgument'));
  });

  const importEverything = async (id: string, name: string): Promise<void> => {
    await importRows(
      test.store,
      {
        users: [user(1, { displayName: name, assignments: [assignment(guid(50), { groupId: guid(60) })] })],
        subscribedSkus: [sku(guid(50), 'BASIC', { enabled: 1 })],
        groups: [group(guid(60), name)],
      },
      { tenantId: id },
    );
  };
  const perTenantTables = (): string[] =>
    test
      .sqlite3(
        `SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.name = 'tenantKey'`,
      )
      .map(({ name }) => String(name));

  it('leave the data of their tenant when that is asked for', async () => {
    await test.store.saveConnection(connection('a', 'A'));
    await importEverything(tenantId, 'Keepsake');
    await test.store.removeConnection('a', true);
    assert.deepEqual(await test.store.connections(), []);
    assert.equal(test.sqlite3('SELECT * FROM v_users').length, 1);
    assert.equal(test.sqlite3('SELECT * FROM v_imports').length, 1);
    await assert.rejects(test.store.removeConnection('a', true), reason('notFound'));
  });

  it('take everything of their tenant with them, down to the bytes of file and backup', async () => {
    await test.store.saveConnection(connection('a', 'A'));
    await test.store.saveConnection(connection('b', 'B', { tenantId: otherTenantId }));
    await importEverything(tenantId, 'Vanishing');
    await importEverything(otherTenantId, 'Remaining');
    await test.store.removeConnection('a', false);
    for (const table of perTenantTables()) {
      const keys = test.sqlite3(
        `SELECT DISTINCT t.tenantId AS id FROM ${table} x LEFT JOIN tenants t ON t.tenantKey = x.tenantKey`,
      );
      assert.ok(
        keys.every(({ id }) => id === otherTenantId),
        table,
      );
    }
    assert.deepEqual(test.sqlite3('SELECT tenantId FROM v_tenants'), [{ tenantId: otherTenantId }]);
    assert.deepEqual(test.sqlite3('SELECT tenantId FROM v_imports'), [{ tenantId: otherTenantId }]);
    assert.equal(test.sqlite3('SELECT * FROM importTasks').length, 2);
    assert.equal(fs.readFileSync(test.file).includes('Vanishing'), false);
    assert.equal(fs.existsSync(`${test.file}.bak`), false);
  });

  it('leave the data of a tenant that another connection has', async () => {
    await test.store.saveConnection(connection('a', 'A'));
    await test.store.saveConnection(connection('b', 'B'));
    await importEverything(tenantId, 'Shared');
    await test.store.removeConnection('a', false);
    assert.equal(test.sqlite3('SELECT * FROM v_users').length, 1);
    await test.store.removeConnection('b', false);
    assert.equal(test.sqlite3('SELECT * FROM v_users').length, 0);
  });
});
