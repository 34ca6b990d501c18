import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { silentLogger } from '../../../../src/core/foundation/logger';
import type { Overflow } from '../../../../src/core/store/pagedFile';
import { ScratchFile } from '../../../../src/core/store/scratchFile';
import { StoreFile } from '../../../../src/core/store/storeFile';
import { sqlite3 } from '../../../support/storeFixture';
import { sqlJs } from '../../../support/sqlJs';

/** A store that keeps one megabyte of what is added in memory. */
async function opened(
  folder: string,
  open: Overflow['open'] = () => ScratchFile.create(folder, 'licenses'),
): Promise<StoreFile> {
  const file = new StoreFile({
    sql: await sqlJs(),
    folder,
    storeId: 'test',
    logger: silentLogger,
    onChange: () => undefined,
    overflow: { kept: 1, open },
  });
  await file.open();
  return file;
}

const rows = (from: number, to: number): string => `
  CREATE TABLE IF NOT EXISTS many (i INTEGER PRIMARY KEY, x);
  WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})
    INSERT INTO many SELECT i, printf('%01000d', i) FROM n`;

describe('data that is too much for the memory', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'data-on-disk-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('is written and read as any other', async () => {
    const store = await opened(folder);
    // More than SQLite keeps of it in its cache.
    await store.commit((db) => db.execute(`PRAGMA cache_size = 20; ${rows(1, 6000)}`));
    await store.commit((db) => db.run("UPDATE many SET x = '1' || x WHERE i % 2 = 0"));
    await assert.rejects(
      store.commit((db) => {
        db.run('DELETE FROM many');
        throw new Error('no');
      }),
    );
    await store.commit((db) => db.run('DELETE FROM many WHERE i > 5000'));
    // x is i with zeros before it; in every second row a 1 stands before those.
    const odd = 'SELECT count(*) AS n, sum(x) AS total FROM many WHERE i % 2 = 1';
    assert.deepEqual(store.current().rows(odd), [{ n: 2500, total: 2500 * 2500 }]);
    assert.deepEqual(sqlite3(store.file, odd), [{ n: 2500, total: 2500 * 2500 }]);
    const even = "SELECT count(*) AS n FROM many WHERE i % 2 = 0 AND x = '1' || printf('%01000d', i)";
    assert.deepEqual(store.current().rows(even), [{ n: 2500 }]);
    assert.deepEqual(sqlite3(store.file, even), [{ n: 2500 }]);
    assert.deepEqual(sqlite3(store.file, 'PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
    assert.deepEqual(
      fs.readdirSync(folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
    store.close();
  });

  it('goes when it is removed for good', async () => {
    let isOpen = false;
    const store = await opened(folder, () => {
      const scratch = ScratchFile.create(folder, 'licenses');
      assert.ok(scratch);
      const close = scratch.close.bind(scratch);
      isOpen = true;
      scratch.close = (): void => {
        isOpen = false;
        close();
      };
      return scratch;
    });
    await store.commit((db) => db.execute(rows(1, 6000)));
    assert.equal(isOpen, true);
    await store.commit((db) => db.run('DELETE FROM many WHERE i > 10'), { shred: true });
    assert.equal(isOpen, false);
    assert.ok(fs.statSync(store.file).size < 1_000_000);
    assert.equal(store.current().number('SELECT sum(i) FROM many'), 55);
    await store.commit((db) => db.execute(rows(11, 3000)));
    assert.equal(store.current().value('SELECT count(*) FROM many'), 3000);
    store.close();
  });

  it('that the disk gives back no more is no answer, and is read anew from the file', async () => {
    const handed: ScratchFile[] = [];
    const store = await opened(folder, () => {
      const scratch = ScratchFile.create(folder, 'licenses');
      if (scratch) handed.push(scratch);
      return scratch;
    });
    await store.commit((db) => db.execute(`PRAGMA cache_size = 20; ${rows(1, 6000)}`));
    const before = fs.readFileSync(store.file);
    const break_ = (): void => {
      for (const scratch of handed) {
        scratch.read = (): void => {
          throw Object.assign(new Error('gone'), { code: 'EIO' });
        };
      }
    };
    const lost = (error: unknown): boolean =>
      isLicenseError(error, 'storeFailed') && error.message.includes('EIO');
    break_();
    await assert.rejects(
      store.believed(async () => store.current().value('SELECT max(length(x)) FROM many')),
      lost,
    );
    assert.equal(
      await store.believed(async () => store.current().value('SELECT sum(i) FROM many')),
      6000 * 3000 + 3000,
    );
    // What is added once more goes to disk once more; a commit that can't read it changes nothing.
    await store.commit((db) => db.execute(`PRAGMA cache_size = 20; ${rows(6001, 12_000)}`));
    assert.equal(handed.length, 2);
    const committed = fs.readFileSync(store.file);
    assert.notDeepEqual(committed, before);
    break_();
    await assert.rejects(
      store.commit((db) => db.run("UPDATE many SET x = x || ' '")),
      lost,
    );
    assert.deepEqual(fs.readFileSync(store.file), committed);
    assert.equal(store.current().number('SELECT sum(i) FROM many'), (12_000 * 12_001) / 2);
    store.close();
  });
});
