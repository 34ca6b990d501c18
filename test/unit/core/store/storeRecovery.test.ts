import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { createTestStore, failureOf, sqlite3, type TestStore } from '../../../support/storeFixture';
import { guid, importRows, user } from '../../../support/storeRows';

describe('a damaged file', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await createTestStore();
    await importRows(test.store, { users: [user(1)] });
    await importRows(test.store, { users: [user(2)] });
  });
  afterEach(() => test.dispose());

  const damage = (): Buffer => {
    const damaged = Buffer.from('not a database any more, and longer than its header. '.repeat(4));
    fs.writeFileSync(test.file, damaged);
    return damaged;
  };
  const names = (): string[] => fs.readdirSync(test.folder).sort();
  const inFolder = (file: string | null): boolean => file !== null && path.dirname(file) === test.folder;

  it('is set aside and the previous generation takes its place', async () => {
    const damaged = damage();
    assert.ok(isLicenseError(await failureOf(test.store.query('SELECT 1')), 'storeDamaged'));
    const { damagedFile, backupFile, info } = await test.store.recover('backup');
    assert.match(path.basename(damagedFile ?? ''), /^licenses\.damaged-\d{8}T\d{6}Z\.sqlite$/);
    assert.ok(inFolder(damagedFile));
    assert.deepEqual(fs.readFileSync(damagedFile ?? ''), damaged);
    assert.equal(backupFile, null);
    // Made, imported once: the second import is what was lost.
    assert.equal(info.generation, 2);
    assert.deepEqual(await test.store.query('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
    assert.deepEqual(test.sqlite3('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
    await importRows(test.store, { users: [user(3)] });
    assert.deepEqual(test.sqlite3('SELECT userId FROM v_users'), [{ userId: guid(3) }]);
  });

  it('is set aside with its backup for an empty one, and nothing is lost on the way', async () => {
    const damaged = damage();
    const { damagedFile, backupFile } = await test.store.recover('empty');
    assert.deepEqual(fs.readFileSync(damagedFile ?? ''), damaged);
    assert.ok(inFolder(backupFile));
    assert.deepEqual(await test.store.query('SELECT userId FROM v_users'), []);
    await importRows(test.store, { users: [user(3)] });
    await importRows(test.store, { users: [user(4)] });
    assert.deepEqual(sqlite3(backupFile ?? '', 'SELECT userId FROM v_users'), [{ userId: guid(1) }]);
  });

  it('twice in one second is kept twice', async () => {
    damage();
    const first = await test.store.recover('backup');
    fs.writeFileSync(test.file, 'damaged again '.repeat(20));
    const second = await test.store.recover('backup');
    assert.notEqual(first.damagedFile, second.damagedFile);
    assert.equal(names().filter((name) => name.startsWith('licenses.damaged-')).length, 2);
  });

  it('with a damaged backup, or none, stays where it is when the backup is asked for', async () => {
    const damaged = damage();
    fs.writeFileSync(`${test.file}.bak`, 'no database either '.repeat(20));
    assert.ok(isLicenseError(await failureOf(test.store.recover('backup')), 'storeDamaged'));
    fs.rmSync(`${test.file}.bak`);
    assert.ok(isLicenseError(await failureOf(test.store.recover('backup')), 'storeDamaged'));
    assert.deepEqual(fs.readFileSync(test.file), damaged);
    assert.deepEqual(names(), ['licenses.generation', 'licenses.sqlite']);
  });

  it('is only recovered when it is damaged', async () => {
    const before = fs.readFileSync(test.file);
    const { damagedFile, info } = await test.store.recover('empty');
    assert.equal(damagedFile, null);
    assert.equal(info.generation, 3);
    assert.deepEqual(fs.readFileSync(test.file), before);
  });

  it('of a newer version is not damaged', async () => {
    execFileSync('sqlite3', [test.file, 'PRAGMA user_version = 99']);
    const { damagedFile, info } = await test.store.recover('empty');
    assert.equal(damagedFile, null);
    assert.equal(info.readOnly, true);
  });
});
