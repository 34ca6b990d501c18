import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { sweepTemporaryFiles } from '../../../../src/core/store/atomicFile';
import { PagedFile, type Overflow } from '../../../../src/core/store/pagedFile';
import { ScratchFile } from '../../../../src/core/store/scratchFile';
import { SqlDatabase } from '../../../../src/core/store/sqlDatabase';
import { sqlJs } from '../../../support/sqlJs';

const megabyte = 1024 * 1024;

describe('what is too much for the memory', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scratch-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  const scratch = (): ScratchFile => {
    const file = ScratchFile.create(folder, 'importing');
    assert.ok(file);
    return file;
  };
  /** Keeps two megabytes in memory, and counts what goes to disk. */
  const overflowTo = (file: ScratchFile | null): Overflow & { opened: number } => {
    const overflow = {
      kept: 2,
      opened: 0,
      open: (): ScratchFile | null => {
        overflow.opened += 1;
        return file;
      },
    };
    return overflow;
  };

  it('reads what was written, and leaves no name in the folder', () => {
    const file = scratch();
    assert.deepEqual(fs.readdirSync(folder), []);
    file.write(Uint8Array.of(1, 2, 3), 5000);
    const read = new Uint8Array(5);
    file.read(read, 4998);
    assert.deepEqual([...read], [0, 0, 1, 2, 3]);
    assert.throws(() => file.read(new Uint8Array(6), 4998));
    file.close();
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('is for nobody else where it keeps its name while it is open, and is removed then or by the next start', function () {
    if (process.platform === 'win32') this.skip();
    const named = (): ScratchFile => {
      const file = ScratchFile.create(folder, 'importing', () => {
        throw Object.assign(new Error('busy'), { code: 'EBUSY' });
      });
      assert.ok(file);
      return file;
    };
    const file = named();
    const [name = ''] = fs.readdirSync(folder);
    assert.equal(fs.statSync(path.join(folder, name)).mode & 0o777, 0o600);
    file.close();
    assert.deepEqual(fs.readdirSync(folder), []);

    const left = named();
    const names = fs.readdirSync(folder);
    assert.deepEqual(
      sweepTemporaryFiles(folder, () => true),
      [],
    );
    assert.deepEqual(
      sweepTemporaryFiles(folder, () => false),
      names,
    );
    left.close();
  });

  it('does not outlive a process that is killed', async () => {
    const code = `
      const { ScratchFile } = require(${JSON.stringify(path.resolve('src/core/store/scratchFile.ts'))});
      const file = ScratchFile.create(${JSON.stringify(folder)}, 'importing');
      file.write(new Uint8Array(1000000), 0);
      console.log('written');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await ended;
    sweepTemporaryFiles(folder, (pid) => pid !== child.pid);
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('is not there where the folder takes no file', () => {
    assert.equal(ScratchFile.create(path.join(folder, 'none'), 'importing'), null);
  });

  /** Changes rows all over a table of eight megabytes. @returns a sum of the content, worked out by SQLite */
  const work = (db: SqlDatabase): string => {
    db.execute('PRAGMA cache_size = 20; CREATE TABLE t (i INTEGER PRIMARY KEY, x)');
    db.transaction(() =>
      db.run(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)
        INSERT INTO t SELECT i, printf('%01000d', i) FROM n`),
    );
    db.transaction(() => db.run("UPDATE t SET x = 'changed' || x WHERE i % 7 = 0"));
    assert.throws(() =>
      db.transaction(() => {
        db.run('DELETE FROM t WHERE i % 3 = 0');
        throw new Error('no');
      }),
    );
    db.transaction(() => db.run('DELETE FROM t WHERE i % 5 = 0'));
    return String(db.value("SELECT count(*) || ' ' || sum(i) || ' ' || sum(length(x)) FROM t"));
  };
  // 8000 rows less every fifth; their sum; 1000 characters each, and 7 more in the 914 that 7 divides and 5 does not.
  const expected = `6400 ${(8000 * 8001) / 2 - (5 * (1600 * 1601)) / 2} ${6400 * 1000 + 7 * (1142 - 228)}`;

  it('is the same database on disk as in memory', async () => {
    const sql = await sqlJs();
    const overflow = overflowTo(scratch());
    const db = new SqlDatabase(sql, undefined, overflow);
    assert.equal(work(db), expected);
    assert.equal(overflow.opened, 1);
    assert.equal(db.value('PRAGMA integrity_check'), 'ok');
    const file = path.join(folder, 'whole.sqlite');
    fs.writeFileSync(file, Buffer.concat(Array.from(db.pieces(), (piece) => Buffer.from(piece))));
    const again = new SqlDatabase(sql, fs.readFileSync(file));
    assert.equal(again.value('PRAGMA integrity_check'), 'ok');
    assert.equal(again.number('SELECT sum(length(x)) FROM t'), db.number('SELECT sum(length(x)) FROM t'));
    again.close();
    db.close();
  });

  it('stays in memory where the disk takes nothing', async () => {
    const overflow = overflowTo(null);
    const db = new SqlDatabase(await sqlJs(), undefined, overflow);
    assert.equal(work(db), expected);
    assert.equal(overflow.opened, 1);
    db.close();
  });

  for (const [what, room] of [
    ['when it takes a part', 3 * megabyte],
    ['when it takes no change of what lies there', 4 * megabyte + 1],
  ] as const) {
    it(`stays in memory, with what lay on the disk, ${what}`, async () => {
      const file = scratch();
      const write = file.write.bind(file);
      let written = 0;
      let refused = 0;
      file.write = (bytes, at): void => {
        written += bytes.byteLength;
        if (written > room) {
          refused += 1;
          throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        }
        write(bytes, at);
      };
      const db = new SqlDatabase(await sqlJs(), undefined, overflowTo(file));
      assert.equal(work(db), expected);
      assert.equal(db.value('PRAGMA integrity_check'), 'ok');
      assert.ok(refused > 0);
      db.close();
    });
  }

  it('fails what was asked of it when the disk gives it back no more', async () => {
    const sql = await sqlJs();
    const file = scratch();
    const staged = new SqlDatabase(sql, undefined, overflowTo(file));
    work(staged);
    file.read = (): void => {
      throw Object.assign(new Error('gone'), { code: 'EIO' });
    };
    const lost = (error: unknown): boolean =>
      isLicenseError(error, 'storeFailed') && error.message.includes('EIO');
    assert.throws(() => staged.transaction(() => staged.run("UPDATE t SET x = x || ' '")), lost);
    const db = new SqlDatabase(sql);
    db.execute('CREATE TABLE lengths (n)');
    assert.throws(
      () =>
        db.withAttached('staged', staged, () =>
          db.transaction(() => db.run('INSERT INTO lengths SELECT length(x) FROM staged.t')),
        ),
      lost,
    );
    db.close();
    staged.close();
  });

  it('is not written for a small file', () => {
    const overflow = overflowTo(null);
    const file = new PagedFile(new Uint8Array(2 * megabyte), overflow);
    assert.equal([...file.content()].length, 2);
    assert.equal(overflow.opened, 0);
  });
});
