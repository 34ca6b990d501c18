import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { guid, importRows, user } from '../../../support/storeRows';

const refused = (error: unknown): boolean => isLicenseError(error, 'invalidArgument');

describe('query', () => {
  let test: TestStore;
  before(async () => {
    test = await createTestStore();
    await importRows(test.store, { users: [user(1), user(2, { displayName: null })] });
  });
  after(() => test.dispose());

  it('binds by position and by name, with and without a sigil', async () => {
    const sql = 'SELECT userId FROM v_users WHERE userId =';
    const expected = [{ userId: guid(1) }];
    assert.deepEqual(await test.store.query(`${sql} ?`, [guid(1)]), expected);
    assert.deepEqual(await test.store.query(`${sql} :id`, { id: guid(1) }), expected);
    assert.deepEqual(await test.store.query(`${sql} $id`, { $id: guid(1) }), expected);
    assert.deepEqual(await test.store.query(`${sql} @id`, { id: guid(1) }), expected);
    assert.deepEqual(await test.store.query(`${sql} ?`, ["' OR 1 = 1 --"]), []);
  });

  it('returns NULL as null and runs every kind of reading statement', async () => {
    assert.deepEqual(await test.store.query('SELECT displayName FROM v_users WHERE userId = ?', [guid(2)]), [
      { displayName: null },
    ]);
    assert.deepEqual(await test.store.query('  -- why\n/* not */ VALUES (1);  -- end'), [{ column1: 1 }]);
    assert.deepEqual(await test.store.query('WITH a(x) AS (SELECT 2) SELECT x FROM a'), [{ x: 2 }]);
    assert.ok((await test.store.query('EXPLAIN QUERY PLAN SELECT * FROM v_users')).length > 0);
  });

  for (const sql of [
    'DELETE FROM users',
    'UPDATE users SET displayName = 1',
    'INSERT INTO users (userId) VALUES (1)',
    'DROP VIEW v_users',
    'CREATE TEMP TABLE t (x)',
    'WITH a(x) AS (SELECT 1) DELETE FROM users WHERE userKey IN (SELECT x FROM a)',
    'WITH a(x) AS (SELECT 1) INSERT INTO planSets (plans) SELECT x FROM a RETURNING *',
    'SELECT 1; DELETE FROM users',
    'SELECT 1; PRAGMA query_only = OFF',
    '/* SELECT */ DELETE FROM users',
    '-- SELECT\rDELETE FROM users',
    'PRAGMA query_only = OFF',
    'PRAGMA user_version = 5',
    'EXPLAIN PRAGMA query_only = OFF',
    'SELECT * FROM pragma_query_only(0)',
    "ATTACH DATABASE '/tmp/x' AS x",
    "VACUUM INTO '/tmp/x'",
    'VACUUM',
    'BEGIN',
    'COMMIT',
    'REINDEX',
    "SELECT load_extension('x')",
    '',
    '-- nothing',
    'SELECT nonsense FROM nowhere',
  ]) {
    it(`refuses ${JSON.stringify(sql)}`, async () => {
      const before = fs.readFileSync(test.file);
      await assert.rejects(test.store.query(sql), refused);
      assert.deepEqual(await test.store.query('SELECT count(*) AS n FROM users'), [{ n: 2 }]);
      assert.deepEqual(fs.readFileSync(test.file), before);
    });
  }

  it('leaves the store able to write', async () => {
    await assert.rejects(test.store.query('SELECT 1 FROM missing'), refused);
    await importRows(test.store, { users: [user(1), user(2), user(3)] });
    assert.deepEqual(await test.store.query('SELECT count(*) AS n FROM v_users'), [{ n: 3 }]);
    assert.equal(fs.existsSync(path.join(test.folder, 'licenses.lock')), false);
  });
});
