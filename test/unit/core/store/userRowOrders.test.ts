import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { SqlRow, ViewSpec } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activeUser,
  assignment,
  email,
  guid,
  importRows,
  mailbox,
  oneDrive,
  otherTenantId,
  signIn,
  sku,
  tenantId,
  user,
} from '../../../support/storeRows';

/** Two people of one name, as when one was deleted and came again, and names that differ by case or beyond ASCII. */
const names = ['anna', 'ANNA', 'Zoë', 'zoe', 'ben', 'Änne', 'carl', 'Carl', '_x', '🐘', '\uFFFDodd', 'dora'];

describe('orders of the reports with several rows per user', () => {
  let test: TestStore;
  const products = [guid(1003), guid(1001), guid(1002), guid(1004)];

  before(async () => {
    test = await createTestStore();
    const upn = (number: number): string => `${names[number % names.length] ?? ''}@contoso.example`;
    const people = (count: number) =>
      Array.from({ length: count }, (_, i) => {
        const number = (i * 29) % count;
        return user(number, {
          userPrincipalName: upn(number),
          assignments: products
            .filter((_product, at) => (number + at) % 3 !== 0)
            .map((skuId) => assignment(skuId)),
        });
      });
    // Two products of one part number, which only their ids tell apart, and one without.
    const subscribedSkus = [
      sku(products[0] ?? '', 'SAME'),
      sku(products[1] ?? '', 'same'),
      sku(products[2] ?? '', 'BASIC'),
    ];
    const reports = {
      activeUsers: names.slice(0, 9).map((_, i) =>
        activeUser(upn(i), {
          isDeleted: i === 4,
          hasExchangeLicense: i % 2 === 0,
          hasTeamsLicense: null,
          hasYammerLicense: false,
          yammerLastActivityDate: i % 3 === 0 ? '2026-02-03' : null,
        }),
      ),
      emailActivity: names.slice(2, 8).map((_, i) => email(upn(i + 2), { isDeleted: i === 1 })),
      mailboxUsage: names.slice(1, 6).map((_, i) => mailbox(upn(i + 1))),
      oneDriveUsage: [
        oneDrive(upn(0), { siteId: guid(1), lastActivityDate: '2026-01-01' }),
        oneDrive(upn(0), { siteId: guid(2), lastActivityDate: '2026-02-01' }),
        oneDrive(upn(5), { siteId: guid(3) }),
      ],
    };
    const applications = ['teams', 'visio', 'exchange', 'dynamics365', null];
    await importRows(test.store, {
      users: people(40),
      subscribedSkus,
      ...reports,
      applicationSignIns: Array.from({ length: 30 }, (_, i) =>
        signIn(user(i % 11).userId, applications[i % 5] ?? null, `2026-02-${10 + (i % 9)}T05:00:00Z`, {
          appId: guid(900 + i),
        }),
      ),
    });
    await importRows(
      test.store,
      { users: people(17), subscribedSkus, ...reports },
      { tenantId: otherTenantId },
    );
  });
  after(() => test.dispose());

  const all = async (spec: ViewSpec): Promise<{ rows: SqlRow[]; totalCount: number }> => {
    const view = await test.store.openView(spec);
    const rows = await test.store.viewRows(view.viewId, 0, view.rowCount);
    await test.store.closeView(view.viewId);
    return { rows, totalCount: view.totalCount };
  };

  const orders = {
    activity: `userPrincipalName COLLATE NOCASE, application COLLATE NOCASE, source COLLATE NOCASE`,
    seats: `userPrincipalName COLLATE NOCASE, skuPartNumber IS NULL, skuPartNumber COLLATE NOCASE`,
  };
  const ties = { activity: 'tenantId, userId, application, source', seats: 'tenantId, userId, skuId' };

  for (const report of ['activity', 'seats'] as const) {
    const expected = (where: string): SqlRow[] =>
      test.sqlite3(`SELECT * FROM v_${report} WHERE ${where} ORDER BY ${orders[report]}, ${ties[report]}`);

    it(`of ${report} are those of sqlite3, of one tenant and of all`, async () => {
      const everything = await all({ report });
      assert(everything.rows.length > 100, `${everything.rows.length} rows`);
      assert.deepEqual(everything.rows, expected('1'));
      for (const one of [tenantId, otherTenantId.toUpperCase()]) {
        const { rows, totalCount } = await all({ report, tenantId: one });
        assert.deepEqual(rows, expected(`tenantId = '${one.toLowerCase()}'`));
        assert.equal(totalCount, rows.length);
      }
      assert.deepEqual((await all({ report, tenantId: guid(5) })).rows, []);
    });

    it(`of ${report} hold under a filter, which leaves the total`, async () => {
      const { rows, totalCount } = await all({ report, tenantId, filter: { text: 'ann' } });
      const where = `tenantId = '${tenantId}'`;
      assert(rows.length > 0);
      assert.deepEqual(rows, expected(`${where} AND userPrincipalName LIKE '%ann%'`));
      assert.equal(totalCount, expected(where).length);
    });

    it(`of ${report} by another column are still sorted`, async () => {
      const { rows } = await all({ report, sort: [{ column: 'lastActivityDate', descending: true }] });
      assert.deepEqual(
        rows,
        test.sqlite3(`SELECT * FROM v_${report}
          ORDER BY lastActivityDate IS NULL, lastActivityDate DESC, ${ties[report]}`),
      );
    });

    it(`of ${report} are those of its CSV file`, async () => {
      const file = path.join(test.folder, `${report}.csv`);
      await test.store.exportCsv({ report, file, columns: ['userId'], byteOrderMark: false });
      const written = parse<{ userId: string }>(fs.readFileSync(file, 'utf8'), { columns: true });
      assert.deepEqual(
        written.map(({ userId }) => userId),
        expected('1').map((row) => row['userId']),
      );
    });
  }

  it('are anew after a commit', async () => {
    await importRows(
      test.store,
      { users: [user(1, { assignments: [assignment(products[2] ?? '')] })] },
      { tenantId: otherTenantId },
    );
    assert.equal((await all({ report: 'seats', tenantId: otherTenantId })).rows.length, 1);
  });
});
