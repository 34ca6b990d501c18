import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { reportViews } from '../../../../src/core/store/reportViews';
import type { Report, SqlRow, ViewSpec } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activeUser,
  assignment,
  connection,
  guid,
  importRows,
  otherTenantId,
  sku,
  tenantId,
  user,
} from '../../../support/storeRows';

const basic = guid(1001);
const premium = guid(1002);
const titles = ['Director', 'engineer', null, 'Über-Manager', '100% remote', 'clean_up', 'back\\slash'];
const countries = ['Germany', null, 'austria', 'Denmark'];
const reason = (expected: string) => (error: unknown) => isLicenseError(error) && error.reason === expected;

/** What the sqlite3 program must order by to get our order: NULL last, no case, ties by the user's id. */
const byColumn = (column: string, direction: string): string =>
  `ORDER BY ${column} IS NULL, ${column} COLLATE NOCASE ${direction}, userId`;

describe('views', () => {
  let test: TestStore;
  before(async () => {
    test = await createTestStore();
    await importRows(test.store, {
      users: Array.from({ length: 250 }, (_, index) =>
        user(index, {
          userPrincipalName: `${index % 2 ? 'USER' : 'user'}${(index * 77) % 250}@contoso.example`,
          displayName: index % 9 === 0 ? null : `Person ${index % 40}`,
          jobTitle: titles[index % titles.length] ?? null,
          country: countries[index % countries.length] ?? null,
          lastSignInAt: index % 5 === 0 ? null : `2026-0${1 + (index % 3)}-1${index % 10}T00:00:00Z`,
          assignments: [
            ...(index % 2 === 0 ? [assignment(basic)] : []),
            ...(index % 10 === 0 ? [assignment(premium, { groupId: guid(1) })] : []),
          ],
        }),
      ),
      subscribedSkus: [
        sku(basic, 'BASIC', { enabled: 100, consumedUnits: 125 }),
        sku(premium, 'PREMIUM', { enabled: 30, consumedUnits: 25 }),
        sku(guid(1003), 'EMPTY'),
      ],
      activeUsers: Array.from({ length: 20 }, (_, index) =>
        activeUser(`user${(index * 77) % 250}@contoso.example`, {
          hasExchangeLicense: true,
          exchangeLastActivityDate: `2026-02-${String(10 + index)}`,
        }),
      ),
    });
    await importRows(test.store, { users: [user(1), user(2)] }, { tenantId: otherTenantId });
  });
  after(() => test.dispose());

  const all = async (spec: ViewSpec): Promise<SqlRow[]> => {
    const view = await test.store.openView(spec);
    const rows: SqlRow[] = [];
    while (rows.length < view.rowCount) {
      rows.push(...(await test.store.viewRows(view.viewId, rows.length, 60)));
    }
    await test.store.closeView(view.viewId);
    return rows;
  };
  const ours = `FROM v_users WHERE tenantId = '${tenantId}'`;

  for (const [column, direction] of [
    ['userPrincipalName', 'ASC'],
    ['displayName', 'DESC'],
    ['country', 'ASC'],
    ['country', 'DESC'],
    ['daysSinceLastActivity', 'DESC'],
    ['licenses', 'ASC'],
    ['exchangeLastActivityDate', 'DESC'],
    ['exchangeLastActivityDate', 'ASC'],
  ] as const) {
    it(`are sorted by ${column} ${direction} as sqlite3 sorts, window by window`, async () => {
      const rows = await all({
        report: 'roster',
        tenantId,
        sort: [{ column, descending: direction === 'DESC' }],
      });
      assert.equal(rows.length, 250);
      assert.deepEqual(rows, test.sqlite3(`SELECT * ${ours} ${byColumn(column, direction)}`));
    });
  }

  it('are sorted by several columns', async () => {
    const rows = await all({
      report: 'roster',
      tenantId,
      sort: [
        { column: 'country', descending: true },
        { column: 'jobTitle', descending: false },
      ],
    });
    assert.deepEqual(
      rows,
      test.sqlite3(`SELECT * ${ours} ORDER BY country IS NULL, country COLLATE NOCASE DESC, jobTitle IS NULL,
        jobTitle COLLATE NOCASE, userId`),
    );
  });

  for (const [text, where] of [
    ['PERSON 3', "displayName LIKE '%person%' AND (displayName LIKE '%3%' OR userPrincipalName LIKE '%3%')"],
    // Letters beyond ASCII are folded too; no title has other spellings of it here.
    ['über', "jobTitle = 'Über-Manager'"],
    ['ÜBER', "jobTitle = 'Über-Manager'"],
    ['%', "jobTitle = '100% remote'"],
    ['_', "jobTitle = 'clean_up'"],
    ['\\', "jobTitle = 'back\\slash'"],
    ["'", '0'],
    ['  premium ', "licenses LIKE '%PREMIUM%'"],
    ['', '1'],
  ] as const) {
    it(`are filtered by the text ${JSON.stringify(text)}`, async () => {
      const rows = await all({ report: 'roster', tenantId, filter: { text } });
      const expected = test.sqlite3(
        `SELECT * ${ours} AND (${where}) ${byColumn('userPrincipalName', 'ASC')}`,
      );
      assert.deepEqual(rows, expected);
    });
  }

  it('are filtered by values, unknown ones among them', async () => {
    const filter = { columns: { country: ['austria', null], isGuest: 0 } };
    const rows = await all({ report: 'roster', tenantId, filter });
    assert.ok(rows.length > 0);
    assert.deepEqual(
      rows,
      test.sqlite3(
        `SELECT * ${ours} AND (country = 'austria' OR country IS NULL) ${byColumn('userPrincipalName', 'ASC')}`,
      ),
    );
    assert.deepEqual(await all({ report: 'roster', tenantId, filter: { columns: { country: [] } } }), []);
  });

  it('of the roster are filtered by the license held', async () => {
    const filter = { licenseId: `${tenantId}_${premium}`, text: 'user' };
    const view = await test.store.openView({ report: 'roster', tenantId, filter });
    // Every tenth of 250 users.
    assert.equal(view.rowCount, 25);
    assert.equal(view.totalCount, 250);
    assert.deepEqual(view.columns, reportViews.roster.columns);
    await assert.rejects(
      test.store.openView({ report: 'seats', filter: { licenseId: 'x' } }),
      reason('invalidArgument'),
    );
  });

  for (const report of Object.keys(reportViews) as Report[]) {
    const { view, columns, keyColumns } = reportViews[report];
    it(`of ${report} equal ${view}, for one tenant and for all`, async () => {
      assert.equal(
        test
          .sqlite3(`SELECT name FROM pragma_table_info('${view}') ORDER BY cid`)
          .map((row) => row.name)
          .join(),
        columns.join(),
      );
      for (const tenant of [tenantId, undefined]) {
        const where = tenant === undefined ? '' : `WHERE tenantId = '${tenant}'`;
        const expected = test.sqlite3(`SELECT * FROM ${view} ${where} ORDER BY ${keyColumns.join(', ')}`);
        const rows = await all({
          report,
          tenantId: tenant,
          sort: [{ column: keyColumns[0] ?? '', descending: false }],
        });
        assert.ok(rows.length > 0);
        assert.deepEqual(rows, expected);
      }
    });
  }

  it('have windows beyond the end and empty ones', async () => {
    const view = await test.store.openView({ report: 'roster', tenantId });
    assert.equal((await test.store.viewRows(view.viewId, 245, 100)).length, 5);
    assert.deepEqual(await test.store.viewRows(view.viewId, 250, 100), []);
    assert.deepEqual(await test.store.viewRows(view.viewId, 0, 0), []);
    await assert.rejects(test.store.viewRows(view.viewId, -1, 5), reason('invalidArgument'));
    await test.store.closeView(view.viewId);
    await assert.rejects(test.store.viewRows(view.viewId, 0, 1), reason('notFound'));
  });

  it('refuse columns and reports that do not exist', async () => {
    const sort = [{ column: 'userId; DROP TABLE users', descending: false }];
    await assert.rejects(test.store.openView({ report: 'roster', sort }), reason('invalidArgument'));
    await assert.rejects(
      test.store.openView({ report: 'roster', filter: { columns: { searchText: 'x' } } }),
      reason('invalidArgument'),
    );
    await assert.rejects(test.store.openView({ report: 'toString' as Report }), reason('invalidArgument'));
  });

  it('are cancelled by their signal', async () => {
    const controller = new AbortController();
    const opening = test.store.openView({ report: 'roster' }, controller.signal);
    controller.abort();
    await assert.rejects(opening, reason('cancelled'));
    await assert.rejects(test.store.openView({ report: 'roster' }, controller.signal), reason('cancelled'));
  });

  it('keep answering after a commit, with the new rows', async () => {
    const own = await createTestStore();
    try {
      await importRows(own.store, { users: [user(1), user(3)] });
      const view = await own.store.openView({ report: 'roster' });
      const other = await own.another();
      await other.saveConnection(connection('c', 'C'));
      assert.equal((await own.store.viewRows(view.viewId, 0, 10)).length, 2);
      await importRows(other, { users: [user(1), user(2), user(3)] });
      assert.deepEqual(
        (await own.store.viewRows(view.viewId, 0, 10)).map(({ userId }) => userId),
        [guid(1), guid(2), guid(3)],
      );
    } finally {
      await own.dispose();
    }
  });
});
