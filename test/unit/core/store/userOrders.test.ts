import assert from 'node:assert/strict';
import type { SqlRow, ViewSort, ViewSpec } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { assignment, guid, importRows, otherTenantId, tenantId, user } from '../../../support/storeRows';

/** Names that differ by case, by letters beyond ASCII, by what UTF-16 and UTF-8 order differently, or not at all. */
const names = [
  'anna',
  'Anna',
  'ANNA B',
  'anna_b',
  'Änne',
  'änne',
  'Zoë',
  '',
  null,
  '🐘 elephant',
  '\uFFFD odd',
  'Ｗide',
  '10',
  '9',
  'straße',
  'STRASSE',
];

describe('orders of users', () => {
  let test: TestStore;
  before(async () => {
    test = await createTestStore();
    const people = (count: number, shift: number) =>
      Array.from({ length: count }, (_, i) =>
        user((i * 37) % count, {
          displayName: names[(i + shift) % names.length] ?? null,
          department: i % 3 === 0 ? null : `Dept ${i % 4}`,
          accountEnabled: i % 5 === 0 ? null : i % 2 === 0,
          lastSignInAt: i % 4 === 0 ? null : `2026-0${1 + (i % 3)}-0${1 + (i % 9)}T00:00:00Z`,
          assignments: i % 6 === 0 ? [assignment(guid(1001))] : [],
        }),
      );
    await importRows(test.store, { users: people(97, 0) });
    await importRows(test.store, { users: people(31, 5) }, { tenantId: otherTenantId });
  });
  after(() => test.dispose());

  const all = async (spec: ViewSpec): Promise<SqlRow[]> => {
    const view = await test.store.openView(spec);
    const rows = await test.store.viewRows(view.viewId, 0, 500);
    await test.store.closeView(view.viewId);
    return rows;
  };
  const byColumn = ({ column, descending }: ViewSort, ties: string): string =>
    `ORDER BY ${column} IS NULL, ${column} COLLATE NOCASE ${descending ? 'DESC' : 'ASC'}, ${ties}`;

  for (const column of [
    'userPrincipalName',
    'displayName',
    'department',
    'accountEnabled',
    'daysSinceLastActivity',
    'lastActivityDate',
    'licenses',
    'onPremisesSync',
    'mailMegabytes',
    'userId',
  ]) {
    it(`by ${column} are those of sqlite3, both ways, of one tenant and of all`, async () => {
      for (const descending of [false, true]) {
        const sort = { column, descending };
        assert.deepEqual(
          await all({ report: 'roster', tenantId, sort: [sort] }),
          test.sqlite3(`SELECT * FROM v_users WHERE tenantId = '${tenantId}' ${byColumn(sort, 'userId')}`),
        );
        assert.deepEqual(
          await all({ report: 'roster', sort: [sort] }),
          test.sqlite3(`SELECT * FROM v_users ${byColumn(sort, 'tenantId, userId')}`),
        );
      }
    });
  }

  it('hold under a filter', async () => {
    const sort = { column: 'displayName', descending: true };
    assert.deepEqual(
      await all({
        report: 'roster',
        tenantId,
        filter: { columns: { department: ['Dept 1', null] } },
        sort: [sort],
      }),
      test.sqlite3(`SELECT * FROM v_users WHERE tenantId = '${tenantId}'
        AND (department = 'Dept 1' OR department IS NULL) ${byColumn(sort, 'userId')}`),
    );
    assert.deepEqual(await all({ report: 'roster', filter: { licenseIds: [] }, sort: [sort] }), []);
  });

  it('are anew after a commit', async () => {
    const sort = { column: 'displayName', descending: false };
    await importRows(test.store, { users: [user(1, { displayName: 'b' }), user(2, { displayName: 'A' })] });
    for (const time of ['when it is read', 'when it is known']) {
      assert.deepEqual(
        (await all({ report: 'roster', tenantId, sort: [sort] })).map((row) => row['displayName']),
        ['A', 'b'],
        time,
      );
    }
  });
});
