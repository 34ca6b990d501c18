import assert from 'node:assert/strict';
import { sqlJs } from '../../../support/sqlJs';
import { PagedFile } from '../../../../src/core/store/pagedFile';
import { SqlDatabase } from '../../../../src/core/store/sqlDatabase';

const fill = (db: SqlDatabase, rows: number): void =>
  db.transaction(() => {
    db.run(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO t SELECT i, hex(randomblob(600)) FROM n`,
      [rows],
    );
  });

describe('a database kept in pieces', () => {
  it('has the bytes that sql.js exports, however it grew, shrank and was rolled back', async () => {
    const sql = await sqlJs();
    const db = new SqlDatabase(sql);
    const check = (): void => {
      const whole = Buffer.concat([...db.pieces()]);
      // The export is a copy by pages: counters of changes in the header differ, the content does not.
      assert.equal(whole.length, db.bytes().length);
      const again = new SqlDatabase(sql, new Uint8Array(whole));
      try {
        assert.equal(again.value('PRAGMA integrity_check'), 'ok');
        const sum =
          "SELECT count(*) || ' ' || coalesce(sum(length(x) * i), 0) || ' ' || coalesce(max(x), 0) FROM t";
        assert.equal(again.value(sum), db.value(sum));
      } finally {
        again.close();
      }
    };
    try {
      db.execute('PRAGMA cache_size = 20; CREATE TABLE t (i, x)');
      check();
      fill(db, 3000);
      assert.ok([...db.pieces()].length > 3, 'kept in pieces, not exported as one');
      check();
      assert.throws(() =>
        db.transaction(() => {
          db.execute('DELETE FROM t WHERE i % 3 = 0; INSERT INTO t SELECT i + 10000, x FROM t');
          throw new Error('no');
        }),
      );
      check();
      db.execute('DELETE FROM t WHERE i > 500; VACUUM');
      check();
      fill(db, 4000);
      check();
    } finally {
      db.close();
    }
  });

  it('has forks that change by themselves and outlive it', async () => {
    const sql = await sqlJs();
    const db = new SqlDatabase(sql);
    db.execute('CREATE TABLE t (i, x)');
    fill(db, 4000);
    const sum = "SELECT count(*) || ' ' || sum(i) || ' ' || max(x) FROM t";
    const before = db.value(sum);
    const fork = db.fork(null);
    const other = db.fork(null);
    assert.ok(fork !== null && other !== null);
    fork.execute(
      'DELETE FROM t WHERE i % 2 = 0; INSERT INTO t SELECT i + 5000, x || x FROM t; UPDATE t SET i = -i',
    );
    assert.equal(db.value(sum), before);
    assert.equal(other.value(sum), before);
    db.close();
    other.close();
    const whole = new SqlDatabase(sql, Buffer.concat([...fork.pieces()]));
    // Odd numbers up to 3999, and the same plus 5000.
    assert.equal(whole.value('SELECT sum(i) FROM t'), -(2 * 4_000_000 + 2000 * 5000));
    assert.equal(whole.value('PRAGMA integrity_check'), 'ok');
    whole.close();
    fork.close();
  });

  it('works on the bytes it was given', async () => {
    const sql = await sqlJs();
    const first = new SqlDatabase(sql);
    first.execute('CREATE TABLE t (i, x)');
    fill(first, 2000);
    const second = new SqlDatabase(sql, Buffer.concat([...first.pieces()]));
    fill(second, 10);
    assert.equal(first.number('SELECT count(*) FROM t'), 2000);
    assert.equal(second.number('SELECT count(*) FROM t'), 2010);
    assert.ok([...second.pieces()].length > 1);
    first.close();
    second.close();
  });

  it('is not said to be kept when nobody asked for a copy', () => {
    assert.equal(new PagedFile(new Uint8Array(5000)).isKept, false);
  });
});
