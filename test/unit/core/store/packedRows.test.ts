import assert from 'node:assert/strict';
import type { SqlJsStatic } from 'sql.js';
import { nativeSqlite } from '../../../../src/core/store/nativeSqlite';
import {
  RowPacker,
  unpacked,
  type PackedRows,
  type PackedValue,
} from '../../../../src/core/store/packedRows';
import { SqlDatabase } from '../../../../src/core/store/sqlDatabase';
import { sqlJs } from '../../../support/sqlJs';

const rows: readonly (readonly PackedValue[])[] = [
  ['plain', 1, null],
  ['', -2147483648, 'Inés Łam 漢字 😀'],
  ['é', 8_589_934_592, 1.5],
  [null, 0, '\0 in the middle'],
  ['mark\uFEFF', 9_007_199_254_740_991, 'last'],
];

function packed(of: readonly (readonly PackedValue[])[]): PackedRows {
  const packer = new RowPacker(3);
  for (const row of of) packer.add(row);
  return packer.packed();
}

describe('packed rows', () => {
  it('are the same rows when unpacked', () => {
    assert.deepEqual([...unpacked(packed(rows))], rows);
    assert.deepEqual([...unpacked(packed(rows.slice(0, 1)))], rows.slice(0, 1));
    assert.deepEqual([...unpacked(packed([]))], []);
  });

  it('keep halves of characters apart, as what they are alone', () => {
    const halves = packed([
      ['cut \uD83D', '\uDE00 off', 'é'],
      ['next', 1, null],
    ]);
    assert.deepEqual(
      [...unpacked(halves)],
      [
        ['cut \uFFFD', '\uFFFD off', 'é'],
        ['next', 1, null],
      ],
    );
  });

  it('take any number of rows', () => {
    const many = Array.from({ length: 1000 }, (_, row) => [
      `name ${row}`,
      row,
      row % 3 === 0 ? null : row / 4,
    ]);
    assert.deepEqual([...unpacked(packed(many))], many);
  });

  it('are bound as they are, by SQLite itself and without its functions', async () => {
    const native = await sqlJs();
    // sql.js starts once in a process: another object for the same one has no functions known.
    const plain = Object.create(native) as SqlJsStatic;
    assert.notEqual(nativeSqlite(native), null);
    assert.equal(nativeSqlite(plain), null);
    for (const sql of [native, plain]) {
      const db = new SqlDatabase(sql);
      try {
        db.execute('CREATE TABLE t (a, b, c)');
        db.transaction(() => db.runForRows('INSERT INTO t VALUES (?, ?, ?)', packed(rows)));
        const found: unknown[] = [];
        db.each('SELECT a, b, c FROM t ORDER BY rowid', [], (values) => found.push(values));
        assert.deepEqual(found, rows);
        assert.deepEqual(
          db
            .rows('SELECT typeof(a) || typeof(b) || typeof(c) AS types FROM t ORDER BY rowid')
            .map((row) => row.types),
          ['textintegernull', 'textintegertext', 'textrealreal', 'nullintegertext', 'textrealtext'],
        );
        db.execute('CREATE UNIQUE INDEX one ON t (a)');
        assert.throws(() => db.runForRows('INSERT INTO t VALUES (?, ?, ?)', packed(rows)));
      } finally {
        db.close();
      }
    }
  });
});
