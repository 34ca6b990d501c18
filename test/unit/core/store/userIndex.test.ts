import assert from 'node:assert/strict';
import { migrate } from '../../../../src/core/store/migrations/migration';
import { RawColumn } from '../../../../src/core/store/rawColumn';
import { SqlDatabase } from '../../../../src/core/store/sqlDatabase';
import { UserIndex } from '../../../../src/core/store/userIndex';
import { guid } from '../../../support/storeRows';
import { sqlJs } from '../../../support/sqlJs';

/** Enough for several steps. */
const users = 20_000;

describe('the index of the users', () => {
  let db: SqlDatabase;

  before(async () => {
    db = new SqlDatabase(await sqlJs());
    migrate(db);
    for (const [tenantKey, id] of [
      [1, guid(2)],
      [2, guid(1)],
    ] as const) {
      db.run(`INSERT INTO tenants (tenantKey, tenantId, displayName, cloud) VALUES (?, ?, 'T', 'global')`, [
        tenantKey,
        id,
      ]);
    }
    // Keys with gaps, ids in another order than keys, names of which many are the same but for their case.
    db.execute(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${users - 1})
      INSERT INTO users (userKey, tenantKey, userId, userPrincipalName, upnKey, displayName, country, searchText, teamsDay)
      SELECT i * 3 + 7, 1 + i % 2, printf('%05d', (i * 7919) % ${users}), 'u' || i, 'u' || i,
        CASE i % 11 WHEN 0 THEN NULL ELSE substr('NameNAMEname', 1 + 4 * (i % 3), 4) || (i * 31 % 900) END,
        CASE i % 3 WHEN 0 THEN 'Belgium' WHEN 1 THEN 'belgium' END, 'user ' || i, nullif(i % 50, 0) FROM n`);
  });
  after(() => db.close());

  /** What SQLite sorts, with ranks in their places: equal exactly where the values are. */
  const agrees = (index: UserIndex, column: string): void => {
    const { ranks, count } = index.ranks(column);
    const seen: number[] = [];
    let before: string | number | null = null;
    db.each(
      `SELECT rowKey, lower(${column}) FROM rows_users ORDER BY ${column} IS NULL, ${column} COLLATE NOCASE`,
      [],
      ([key, value]) => {
        const rank = ranks[index.positionOf(Number(key)) ?? -1] ?? -1;
        if (value === null) assert.equal(rank, 0);
        else if (value !== before) seen.push(rank);
        else assert.equal(rank, seen.at(-1));
        before = value === undefined || value instanceof Uint8Array ? null : value;
      },
    );
    assert.deepEqual(
      seen,
      Array.from({ length: count }, (_, at) => at + 1),
    );
  };

  it('ranks columns as SQLite sorts them', () => {
    const index = new UserIndex(db);
    for (const column of [
      'displayName',
      'country',
      'userId',
      'tenantId',
      'teamsLastActivityDate',
      'windows',
    ]) {
      agrees(index, column);
    }
  });

  it('can be asked in the middle of its preparation, for what is prepared and for other things', () => {
    for (const stepsBefore of [1, 2, 3, 4, 6]) {
      const index = new UserIndex(db);
      const steps = index.prepare(['displayName', 'country', 'userId']);
      for (let step = 0; step < stepsBefore; step += 1) steps.next();
      agrees(index, 'country');
      agrees(index, 'teamsLastActivityDate');
      agrees(index, 'displayName');
      while (steps.next().done !== true);
      agrees(index, 'userId');
      agrees(index, 'country');
    }
    const index = new UserIndex(db);
    const steps = index.prepareSearch();
    steps.next();
    const found = index.search.matching(['user 1234']);
    assert.equal(
      found.reduce((sum, one) => sum + one, 0),
      11,
      '1234 and 12340 to 12349',
    );
    while (steps.next().done !== true);
    assert.deepEqual(index.search.matching(['user 1234']), found);
  });

  it('has the users of a tenant in the order of their ids, and knows their keys', () => {
    const index = new UserIndex(db);
    const ids = (tenantKey: number | null | undefined): number[] =>
      [...index.ofTenant(tenantKey)].map((position) => index.keys[position] ?? -1);
    const expected = (where: string): number[] =>
      db
        .rows(`SELECT rowKey FROM rows_users WHERE ${where} ORDER BY tenantId, userId`)
        .map(({ rowKey }) => Number(rowKey));
    assert.deepEqual(ids(undefined), expected('1'));
    assert.deepEqual(ids(1), expected('tenantKey = 1'));
    assert.deepEqual(ids(2), expected('tenantKey = 2'));
    assert.deepEqual(ids(null), []);
    assert.deepEqual(ids(3), []);
    assert.equal(index.positionOf(7), 0);
    assert.equal(index.positionOf(8), undefined);
    assert.equal(index.positionOf(10), 1);
  });

  it('reads values of every kind, also while the memory of SQLite grows', () => {
    const [kinds, texts] = [new RawColumn(1), new RawColumn(1)];
    db.readInto(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
       SELECT CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN i WHEN 2 THEN i + 0.25 ELSE ?1 END,
         replace(hex(zeroblob(i * 50000)), '0', 'é') FROM n`,
      ['Łódź'],
      [kinds, texts],
    );
    assert.equal(kinds.rows, 13);
    assert.deepEqual([...kinds.kinds.subarray(0, 5)], [0, 1, 1, 2, 0]);
    assert.deepEqual([...kinds.numbers.subarray(0, 3)], [0, 1, 2.25]);
    assert.equal(Buffer.from(kinds.text).toString(), 'Łódź'.repeat(3));
    // Twice as many zeros as bytes, of two bytes each.
    assert.equal(texts.ends[12], ((12 * 13) / 2) * 50_000 * 4);
    assert(Buffer.from('é'.repeat(78 * 100_000)).equals(texts.text));
  });

  it('says what SQLite does not accept', () => {
    assert.throws(() => db.readInto('SELECT nothing FROM nowhere', [], [new RawColumn()]), /refused/);
  });
});
