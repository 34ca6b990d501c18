import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { newestVersion } from '../../../../src/core/store/migrations/migration';
import { createTestStore, failureOf, sqlite3, type TestStore } from '../../../support/storeFixture';
import { connection, guid, importEnd, importRows, importStart, user } from '../../../support/storeRows';

const reason = (expected: string) => (error: unknown) => isLicenseError(error) && error.reason === expected;

describe('the data file', () => {
  let folder: string;
  const stores: TestStore[] = [];
  const open = async (watch = false): Promise<TestStore> => {
    const test = await createTestStore({ folder, watch });
    stores.push(test);
    return test;
  };
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'store-file-'));
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((test) => test.dispose()));
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('is made at the first call and opens again with what it had', async () => {
    const first = await open();
    assert.equal(fs.existsSync(first.file), false);
    const info = await first.store.open();
    assert.deepEqual(info, {
      file: first.file,
      schemaVersion: newestVersion(),
      generation: 1,
      readOnly: false,
    });
    await importRows(first.store, { users: [user(1)] });
    await first.store.dispose();
    const second = await open();
    assert.equal((await second.store.open()).generation, 2);
    assert.deepEqual(await second.store.query('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
  });

  it('keeps the previous generation as a backup and leaves no other file behind', async () => {
    const test = await open();
    await importRows(test.store, { users: [user(1)] });
    await importRows(test.store, { users: [user(2)] });
    assert.deepEqual(sqlite3(`${test.file}.bak`, 'SELECT userId FROM v_users'), [{ userId: guid(1) }]);
    assert.deepEqual(fs.readdirSync(folder).sort(), [
      'licenses.generation',
      'licenses.sqlite',
      'licenses.sqlite.bak',
    ]);
    assert.equal(fs.readFileSync(path.join(folder, 'licenses.generation'), 'utf8'), '3\n');
  });

  for (const [name, content] of [
    ['text', Buffer.from('This is not a database, and it is longer than the header of one. '.repeat(10))],
    ['nothing', Buffer.alloc(0)],
  ] as const) {
    it(`that holds ${name} is reported and not touched`, async () => {
      const test = await open();
      fs.writeFileSync(test.file, content);
      const error = await failureOf(test.store.open());
      assert.ok(isLicenseError(error, 'storeDamaged'));
      assert.equal(error.details.file, test.file);
      await assert.rejects(test.store.saveConnection(connection('c', 'C')), reason('storeDamaged'));
      assert.deepEqual(fs.readFileSync(test.file), content);
    });
  }

  it('that is cut off is reported with its backup, untouched, and works again once restored', async () => {
    const first = await open();
    await importRows(first.store, { users: Array.from({ length: 200 }, (_, index) => user(index)) });
    await importRows(first.store, { users: [user(1)] });
    await first.store.dispose();
    const bytes = fs.readFileSync(first.file);
    fs.writeFileSync(first.file, bytes.subarray(0, bytes.length / 2));

    const second = await open();
    const error = await failureOf(second.store.query('SELECT 1'));
    assert.ok(isLicenseError(error, 'storeDamaged'));
    assert.equal(error.details.backup, `${first.file}.bak`);
    assert.equal(fs.statSync(first.file).size, Math.floor(bytes.length / 2));
    fs.copyFileSync(`${first.file}.bak`, first.file);
    assert.deepEqual(await second.store.query('SELECT count(*) AS n FROM v_users'), [{ n: 200 }]);
  });

  it('with a damaged page is reported', async () => {
    const first = await open();
    await importRows(first.store, { users: Array.from({ length: 200 }, (_, index) => user(index)) });
    await first.store.dispose();
    const bytes = fs.readFileSync(first.file);
    bytes.fill(0xa5, 4096, bytes.length - 4096);
    fs.writeFileSync(first.file, bytes);
    const second = await open();
    await assert.rejects(second.store.open(), reason('storeDamaged'));
    assert.deepEqual(fs.readFileSync(first.file), bytes);
  });

  it('of another program is left alone', async () => {
    const test = await open();
    execFileSync('sqlite3', [test.file, 'CREATE TABLE recipes (name)']);
    const before = fs.readFileSync(test.file);
    await assert.rejects(test.store.open(), reason('storeDamaged'));
    assert.deepEqual(fs.readFileSync(test.file), before);
  });

  it('of a newer version can be read and is never written', async () => {
    const first = await open();
    await importRows(first.store, { users: [user(1)] });
    await first.store.dispose();
    execFileSync('sqlite3', [first.file, 'PRAGMA user_version = 99; CREATE TABLE future (x);']);
    const before = fs.readFileSync(first.file);
    const second = await open();
    const info = await second.store.open();
    assert.equal(info.readOnly, true);
    assert.equal(info.schemaVersion, 99);
    assert.deepEqual(await second.store.query('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
    await assert.rejects(second.store.saveConnection(connection('c', 'C')), reason('storeNewer'));
    await assert.rejects(second.store.beginImport(importStart()), reason('storeNewer'));
    assert.deepEqual(fs.readFileSync(first.file), before);
  });

  it('in a folder that is a file can not be made, and is made once the folder is there', async () => {
    fs.rmdirSync(folder);
    fs.writeFileSync(folder, 'a file where the folder should be');
    const test = await open();
    const error = await failureOf(test.store.open());
    assert.ok(isLicenseError(error, 'storeNotWritable'));
    assert.equal(error.details.path, folder);
    assert.equal(error.details.errno, 'EEXIST');
    fs.rmSync(folder);
    assert.equal((await test.store.open()).generation, 1);
  });

  it('that can not be written keeps the old data, and the same commit works when it can be', async () => {
    const test = await open();
    await importRows(test.store, { users: [user(1)] });
    const session = await test.store.beginImport(importStart());
    await session.write('users', [user(2), user(3)]);
    const aside = `${folder}-aside`;
    fs.renameSync(folder, aside);
    fs.writeFileSync(folder, 'a file where the folder was');

    const end = importEnd(['users']);
    await assert.rejects(session.commit(end), reason('storeNotWritable'));
    assert.deepEqual(sqlite3(path.join(aside, 'licenses.sqlite'), 'SELECT userId FROM v_users'), [
      { userId: guid(1) },
    ]);
    assert.deepEqual(await test.store.query('SELECT userId FROM v_users'), [{ userId: guid(1) }]);

    fs.rmSync(folder);
    fs.renameSync(aside, folder);
    const result = await session.commit(end);
    assert.deepEqual(
      result.tasks.map(({ added, removed }) => ({ added, removed })),
      [{ added: 2, removed: 1 }],
    );
    assert.deepEqual(test.sqlite3('SELECT userId FROM v_users ORDER BY userId'), [
      { userId: guid(2) },
      { userId: guid(3) },
    ]);
  });

  it('whose replacement fails at the last step is as before, on disk and in memory', async () => {
    const test = await open();
    await importRows(test.store, { users: [user(1)] });
    // A folder that is not empty in place of the backup makes the rename over it fail.
    fs.rmSync(`${test.file}.bak`, { force: true });
    fs.mkdirSync(path.join(`${test.file}.bak`, 'in the way'), { recursive: true });
    const before = fs.readFileSync(test.file);
    const session = await test.store.beginImport(importStart());
    await session.write('users', [user(2)]);
    await assert.rejects(session.commit(importEnd(['users'])), reason('storeNotWritable'));
    assert.deepEqual(fs.readFileSync(test.file), before);
    assert.deepEqual(await test.store.query('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
    assert.deepEqual(
      fs.readdirSync(folder).filter((name) => name.endsWith('.tmp') || name === 'licenses.lock'),
      [],
    );
    fs.rmSync(`${test.file}.bak`, { recursive: true });
    await session.commit(importEnd(['users']));
    assert.deepEqual(test.sqlite3('SELECT userId FROM v_users'), [{ userId: guid(2) }]);
  });

  it('that was removed while it was open is written again by the next commit', async () => {
    const test = await open();
    await importRows(test.store, { users: [user(1)] });
    fs.rmSync(test.file);
    assert.deepEqual(await test.store.query('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
    await test.store.saveConnection(connection('c', 'C'));
    assert.deepEqual(test.sqlite3('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
  });

  it('sweeps temporary files of processes that ended', async () => {
    const gone = path.join(folder, '.licenses.sqlite.999999999.0123456789ab.tmp');
    const ours = path.join(folder, `.licenses.sqlite.${process.pid}.0123456789ab.tmp`);
    fs.writeFileSync(gone, 'half a file');
    fs.writeFileSync(ours, 'being written');
    const test = await open();
    await test.store.open();
    assert.equal(fs.existsSync(gone), false);
    assert.equal(fs.existsSync(ours), true);
  });

  it('shared by two windows loses no commit of either', async () => {
    const one = await open();
    const two = await open();
    await Promise.all([one.store.open(), two.store.open()]);
    const saves: Promise<void>[] = [];
    for (let index = 0; index < 12; index += 1) {
      const { store } = index % 2 === 0 ? one : two;
      saves.push(store.saveConnection(connection(`c${index}`, `Connection ${index}`)));
    }
    await Promise.all(saves);
    assert.equal((await one.store.connections()).length, 12);
    assert.equal((await two.store.connections()).length, 12);
    assert.deepEqual(one.sqlite3('SELECT count(*) AS n FROM connections'), [{ n: 12 }]);
    // The file was made by one of the two, and saved twelve times.
    assert.equal((await two.store.open()).generation >= 13, true);
  });

  it('tells other windows of a commit without being asked', async () => {
    const one = await open(true);
    const two = await open();
    await one.store.open();
    await two.store.open();
    const noticed = new Promise<number>((resolve) =>
      one.store.onDidChange(({ generation }) => resolve(generation)),
    );
    await importRows(two.store, { users: [user(1)] });
    assert.equal(await noticed, (await two.store.open()).generation);
    assert.deepEqual(await one.store.query('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
  });

  it('is not made by a store that is closed, and a closed store says so', async () => {
    const test = await open();
    await test.store.dispose();
    await assert.rejects(test.store.open(), reason('storeFailed'));
    assert.deepEqual(fs.readdirSync(folder), []);
  });
});
