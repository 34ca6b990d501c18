import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { sqlJs } from '../../../support/sqlJs';
import {
  migrate,
  migrations,
  newestVersion,
  schemaVersionOf,
  type Migration,
} from '../../../../src/core/store/migrations/migration';
import { SqlDatabase } from '../../../../src/core/store/sqlDatabase';
import { createTestStore } from '../../../support/storeFixture';
import { guid, importRows, tenantId, user } from '../../../support/storeRows';

const schemas = path.join(__dirname, 'schemas');

describe('migrate', () => {
  const add = (version: number, sql: string): Migration => ({ version, apply: (db) => db.execute(sql) });
  const open = async (): Promise<SqlDatabase> => new SqlDatabase(await sqlJs());

  it('runs what is missing, once, in order', async () => {
    const db = await open();
    const first = add(1, 'CREATE TABLE a (x); INSERT INTO a VALUES (1)');
    const second = add(2, 'ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1');
    assert.equal(migrate(db, [first]), true);
    assert.equal(migrate(db, [first, second]), true);
    assert.equal(migrate(db, [first, second]), false);
    assert.equal(schemaVersionOf(db), 2);
    assert.deepEqual(db.rows('SELECT * FROM a'), [{ x: 1, y: 2 }]);
  });

  it('takes back all steps when one fails', async () => {
    const db = await open();
    migrate(db, [add(1, 'CREATE TABLE a (x)')]);
    const steps = [add(1, ''), add(2, 'CREATE TABLE b (x)'), add(3, 'CREATE TABLE b (x)')];
    assert.throws(() => migrate(db, steps));
    assert.equal(schemaVersionOf(db), 1);
    assert.deepEqual(db.rows("SELECT name FROM sqlite_master WHERE type = 'table'"), [{ name: 'a' }]);
  });

  it('has versions without gaps', () => {
    assert.deepEqual(
      migrations.map(({ version }) => version),
      Array.from({ length: newestVersion() }, (_, index) => index + 1),
    );
  });
});

describe('version 5', () => {
  it('forgets the zeros of a history that began before users were read', async () => {
    const db = new SqlDatabase(await sqlJs());
    migrate(db, migrations.slice(0, 4));
    db.execute(`INSERT INTO tenantHistory VALUES
      (1, 'a', 2, 10, 4, 0, 1, 0, 7, 0, 0, 0, 0, 0, 12),
      (1, 'b', 2, 10, 4, 4, 1, 0, 7, 2, 1, 0, 0, 1, 12),
      (2, 'a', 1, 5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 1)`);
    migrate(db, migrations.slice(0, 5));
    const rows = db.rows('SELECT * FROM tenantHistory ORDER BY tenantKey, at');
    assert.deepEqual(
      rows.map((row) => Object.values(row).join(' ')),
      [
        '1 a 2 10 4  1 0 7      12',
        '1 b 2 10 4 4 1 0 7 2 1 0 0 1 12',
        // Nobody holds a unit, so that no seats is what there were.
        '2 a 1 5 0 0 0 0 5 0 0 0 0 0 1',
      ],
    );
  });
});

describe('version 7', () => {
  it('forgets the seats of licenses from before users were read', async () => {
    const db = new SqlDatabase(await sqlJs());
    migrate(db, migrations.slice(0, 6));
    db.execute(`INSERT INTO licenseHistory VALUES
      (1, 7, 'a', 'c', 'Enabled', 10, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0),
      (1, 8, 'a', NULL, 'Enabled', 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      (1, 7, 'c', NULL, 'Enabled', 10, 0, 0, 0, 4, 4, 2, 1, 0, 0, 1, 0),
      (1, 9, 'd', NULL, 'Enabled', 5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
      (2, 7, 'd', NULL, 'Enabled', 5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)`);
    migrate(db, migrations.slice(0, 7));
    const rows = db.rows(
      'SELECT tenantKey, productKey, validFrom, consumed, seats, active, notPerson FROM licenseHistory ORDER BY 1, 2, 3',
    );
    assert.deepEqual(
      rows.map((row) => Object.values(row).join(' ')),
      [
        '1 7 a 4   ',
        '1 7 c 4 4 2 0',
        // Nobody holds a unit, so that no seats is what there were.
        '1 8 a 0 0 0 0',
        // Users were known by then: that nobody was found is a result.
        '1 9 d 1 0 0 0',
        '2 7 d 1   ',
      ],
    );
  });
});

/*
 * Each released schema has a file `schemas/version<N>.sql`: a dump, made by the sqlite3 program, of a file of that
 * version with one tenant, two users, a license and an import. A change of a released version shows here.
 */
describe('files of every released schema', () => {
  for (const version of migrations.map((migration) => migration.version)) {
    it(`version ${version} opens, keeps its data and takes a new import`, async () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'store-schema-'));
      const dump = fs.readFileSync(path.join(schemas, `version${version}.sql`), 'utf8');
      execFileSync('sqlite3', [path.join(folder, 'licenses.sqlite')], { input: dump });
      const test = await createTestStore({ folder });
      try {
        // The dump has the schema as it was released; what the code makes of that version must be the same still.
        const made = new SqlDatabase(await sqlJs());
        migrate(made, migrations.slice(0, version));
        const objects = 'SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name';
        assert.deepEqual(test.sqlite3(objects), made.rows(objects));

        const info = await test.store.open();
        assert.equal(info.schemaVersion, newestVersion());
        assert.deepEqual(test.sqlite3('PRAGMA user_version'), [{ user_version: newestVersion() }]);
        assert.deepEqual(test.sqlite3('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
        assert.deepEqual(
          await test.store.query('SELECT tenantId, userId, licenses, verdict FROM v_users ORDER BY userId'),
          [
            { tenantId, userId: guid(1), licenses: 'BASIC', verdict: 'active' },
            { tenantId, userId: guid(2), licenses: '', verdict: 'never' },
          ],
        );
        assert.deepEqual(await test.store.query('SELECT skuPartNumber, enabled, seats FROM v_position'), [
          { skuPartNumber: 'BASIC', enabled: 5, seats: 1 },
        ]);
        assert.equal((await test.store.connections()).length, 1);
        // What older rules had not worked out is due, whatever the day.
        const settings = { inactivityDays: 30, graceDays: 30 };
        assert.equal(await test.store.evaluate(settings, '2026-03-10'), version < 4);
        assert.deepEqual(
          await test.store.query("SELECT kind, seats FROM v_findings WHERE kind = 'unassigned'"),
          [{ kind: 'unassigned', seats: version < 4 ? 4 : 3 }],
        );
        const result = await importRows(
          test.store,
          { users: [user(3)] },
          { importId: 'after the migration' },
        );
        assert.deepEqual(
          result.tasks.map(({ added, removed }) => ({ added, removed })),
          [{ added: 1, removed: 2 }],
        );
      } finally {
        await test.dispose();
      }
    });
  }
});
