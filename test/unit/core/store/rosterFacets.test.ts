import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { Facet, ViewFilter, ViewSpec } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activeUser,
  assignment,
  guid,
  importRows,
  otherTenantId,
  sku,
  tenantId,
  user,
} from '../../../support/storeRows';

const basic = guid(1001);
const premium = guid(1002);
const spare = guid(1003);
const license = (skuId: string): string => `${tenantId}_${skuId}`;
const invalid = (error: unknown): boolean => isLicenseError(error) && error.reason === 'invalidArgument';

/*
 * Ten users, one of each case:
 *  1 basic directly, 2 basic by a group, 3 basic both ways, 4 basic in error only, 5 basic directly and in error by a
 *  group, 6 premium by a group and basic directly, 7 nothing, 8 disabled with basic, 9 deleted, 10 account unknown.
 */
const users = [
  user(1, { department: 'Sales', country: 'Germany', assignments: [assignment(basic)] }),
  user(2, {
    department: 'Sales',
    country: 'Austria',
    assignments: [assignment(basic, { groupId: guid(60) })],
  }),
  user(3, {
    department: 'IT',
    country: 'Germany',
    assignments: [assignment(basic), assignment(basic, { groupId: guid(60) })],
  }),
  user(4, {
    department: null,
    country: 'Germany',
    assignments: [assignment(basic, { groupId: guid(60), state: 'Error', error: 'CountViolation' })],
  }),
  user(5, {
    department: 'IT',
    assignments: [
      assignment(basic),
      assignment(basic, { groupId: guid(60), state: 'Error', error: 'CountViolation' }),
    ],
  }),
  user(6, {
    department: 'Sales',
    country: 'Germany',
    assignments: [assignment(premium, { groupId: guid(60) }), assignment(basic)],
  }),
  user(7, { department: 'IT' }),
  user(8, { department: 'sales', accountEnabled: false, assignments: [assignment(basic)] }),
  user(9, { department: 'IT', deletedAt: '2026-03-01T00:00:00Z', accountEnabled: false }),
  user(10, { accountEnabled: null }),
];

describe('filters and facets of the roster', () => {
  let test: TestStore;
  before(async () => {
    test = await createTestStore();
    await importRows(test.store, {
      users,
      subscribedSkus: [sku(basic, 'BASIC'), sku(premium, 'PREMIUM'), sku(spare, 'SPARE')],
      activeUsers: [
        activeUser('user1@contoso.example', { exchangeLastActivityDate: '2026-03-01' }),
        activeUser('user2@contoso.example', { teamsLastActivityDate: '2026-03-02' }),
        activeUser('user3@contoso.example', {
          exchangeLastActivityDate: '2026-03-01',
          teamsLastActivityDate: '2026-03-02',
        }),
      ],
    });
    await importRows(
      test.store,
      { users: [user(1, { assignments: [assignment(basic)] })], subscribedSkus: [sku(basic, 'BASIC')] },
      { tenantId: otherTenantId },
    );
  });
  after(() => test.dispose());

  const found = async (filter: ViewFilter, tenant: string | null = tenantId): Promise<number[]> => {
    const spec: ViewSpec = { report: 'roster', ...(tenant !== null && { tenantId: tenant }), filter };
    const view = await test.store.openView(spec);
    const rows = await test.store.viewRows(view.viewId, 0, 100);
    await test.store.closeView(view.viewId);
    return rows.map((row) => Number(String(row['userId']).slice(-12))).sort((a, b) => a - b);
  };
  const counts = async (
    column: string,
    filter?: ViewFilter,
    tenant: string | null = tenantId,
  ): Promise<Record<string, number>> => {
    const spec: ViewSpec = { report: 'roster', ...(tenant !== null && { tenantId: tenant }), filter };
    const [facet] = await test.store.facets(spec, [column]);
    return Object.fromEntries((facet as Facet).values.map(({ value, count }) => [String(value), count]));
  };

  for (const [name, filter, expected] of [
    ['one of several licenses', { licenseIds: [license(premium), license(spare)] }, [6]],
    ['a license however it is named', { licenseId: license(basic).toUpperCase() }, [1, 2, 3, 5, 6, 8]],
    ['a license that does not exist', { licenseIds: [license(guid(9)), 'nonsense'] }, []],
    ['no license at all of none', { licenseIds: [] }, []],
    ['a direct path', { paths: ['direct'] }, [1, 5, 6, 8]],
    ['a path by a group', { paths: ['group'] }, [2, 6]],
    ['both ways', { paths: ['both'] }, [3]],
    ['an assignment in error', { paths: ['error'] }, [4, 5]],
    ['one of several paths', { paths: ['both', 'error'] }, [3, 4, 5]],
    ['no path at all of none', { paths: [] }, []],
    ['a path of one license', { paths: ['group'], licenseIds: [license(basic)] }, [2]],
    ['an error of one license', { paths: ['error'], licenseIds: [license(premium)] }, []],
    ['any license', { licensed: true }, [1, 2, 3, 5, 6, 8]],
    ['no license', { licensed: false }, [4, 7, 9, 10]],
    ['a service used', { services: ['teams'] }, [2, 3]],
    ['one of several services used', { services: ['exchange', 'teams', 'visio'] }, [1, 2, 3]],
    ['disabled accounts', { status: ['disabled'] }, [8]],
    ['deleted or unknown accounts', { status: ['deleted', null] }, [9, 10]],
    ['accounts of no state', { status: [] }, []],
    ['users by id', { userIds: [guid(3), guid(7).toUpperCase(), 'nobody'] }, [3, 7]],
    ['a finding', { finding: { kind: 'disabledAccount' } }, [8]],
    ['a finding of one license', { finding: { kind: 'disabledAccount', licenseId: license(premium) } }, []],
    [
      'an assignment error found',
      { finding: { kind: 'assignmentError', licenseId: license(basic) } },
      [4, 5],
    ],
    [
      'all parts at once',
      { text: 'user', columns: { department: ['Sales', 'IT'] }, licensed: true, status: ['enabled'] },
      [1, 2, 3, 5, 6],
    ],
  ] as const) {
    it(`finds users by ${name}`, async () => {
      assert.deepEqual(await found(filter as ViewFilter), expected);
    });
  }

  it('finds the users of one tenant by a license, also among all tenants', async () => {
    assert.deepEqual(await found({ licenseIds: [`${otherTenantId}_${basic}`] }, null), [1]);
  });

  it('counts users per value, most frequent first, unknown among them', async () => {
    const [department, country] = await test.store.facets({ report: 'roster', tenantId }, [
      'department',
      'country',
    ]);
    assert.deepEqual(department, {
      column: 'department',
      values: [
        { value: 'IT', count: 4 },
        { value: 'Sales', count: 3 },
        { value: null, count: 2 },
        { value: 'sales', count: 1 },
      ],
      distinct: 4,
    });
    assert.deepEqual(
      country?.values.map(({ value, count }) => [value, count]),
      [
        [null, 5],
        ['Germany', 4],
        ['Austria', 1],
      ],
    );
  });

  it('counts licenses with their names, paths, services and states', async () => {
    const [licenses] = await test.store.facets({ report: 'roster', tenantId }, ['licenseId']);
    assert.deepEqual(licenses?.values, [
      { value: license(basic), label: 'BASIC', count: 6 },
      { value: null, label: null, count: 4 },
      { value: license(premium), label: 'PREMIUM', count: 1 },
    ]);
    assert.deepEqual(await counts('path'), { direct: 4, group: 2, error: 2, both: 1 });
    assert.deepEqual(await counts('service'), { exchange: 2, teams: 2 });
    assert.deepEqual(await counts('status'), { enabled: 7, deleted: 1, disabled: 1, null: 1 });
  });

  it('leaves the counts of a column as they are when the column itself is filtered', async () => {
    const filter: ViewFilter = { columns: { department: 'IT', country: 'Germany' } };
    assert.deepEqual(await counts('department', filter), { IT: 1, Sales: 2, null: 1 });
    assert.deepEqual(await counts('country', filter), { Germany: 1, null: 3 });
    assert.deepEqual(await counts('status', { status: ['disabled'] }), {
      enabled: 7,
      deleted: 1,
      disabled: 1,
      null: 1,
    });
    assert.deepEqual(await counts('licenseId', { licenseIds: [license(premium)] }), {
      [license(basic)]: 6,
      null: 4,
      [license(premium)]: 1,
    });
    assert.deepEqual(await counts('department', { status: ['disabled'] }), { sales: 1 });
  });

  it('counts paths of the licenses wanted, and licenses by the paths wanted', async () => {
    assert.deepEqual(await counts('path', { licenseIds: [license(premium)] }), { group: 1 });
    assert.deepEqual(await counts('licenseId', { paths: ['group'] }), {
      [license(basic)]: 1,
      [license(premium)]: 1,
    });
    assert.deepEqual(await counts('licenseId', { paths: ['error'] }), { [license(basic)]: 2, null: 1 });
  });

  it('every count is what the filter by that value finds', async () => {
    for (const base of [
      {},
      { columns: { country: ['Germany', null] } },
      { licensed: true },
    ] as ViewFilter[]) {
      for (const [status, count] of Object.entries(await counts('status', base))) {
        const wanted = status === 'null' ? null : (status as 'enabled');
        assert.equal((await found({ ...base, status: [wanted] })).length, count, status);
      }
      for (const [path, count] of Object.entries(await counts('path', base))) {
        assert.equal((await found({ ...base, paths: [path as 'direct'] })).length, count, path);
      }
    }
  });

  it('names the tenant of a license among several tenants', async () => {
    const [licenses] = await test.store.facets({ report: 'roster' }, ['licenseId']);
    const labels = licenses?.values.map(({ label }) => label);
    assert.ok(labels?.includes('BASIC (Contoso)') && labels.includes('PREMIUM (Contoso)'), labels?.join());
  });

  it('counts all tenants together, and anew after a commit', async () => {
    assert.deepEqual(await counts('licenseId', undefined, null), {
      [license(basic)]: 6,
      null: 4,
      [`${otherTenantId}_${basic}`]: 1,
      [license(premium)]: 1,
    });
    await importRows(test.store, { users: [user(1), user(2)] }, { tenantId: otherTenantId });
    assert.deepEqual(await counts('status', undefined, otherTenantId), { enabled: 2 });
  });

  it('gives 200 values at most, unknown always among them', async () => {
    const own = await createTestStore();
    try {
      await importRows(own.store, {
        users: Array.from({ length: 451 }, (_, i) =>
          user(i, { department: i === 0 ? null : `Department ${Math.ceil(i / 2)}` }),
        ),
      });
      const [facet] = await own.store.facets({ report: 'roster' }, ['department']);
      assert.equal(facet?.distinct, 226);
      assert.equal(facet?.values.length, 200);
      assert.deepEqual(facet?.values.at(-1), { value: null, count: 1 });
    } finally {
      await own.dispose();
    }
  });

  it('refuses other reports, columns that do not exist and people by name', async () => {
    await assert.rejects(test.store.facets({ report: 'seats' }, ['verdict']), invalid);
    await assert.rejects(test.store.facets({ report: 'roster' }, ['searchText']), invalid);
    await assert.rejects(test.store.facets({ report: 'roster' }, ['displayName']), invalid);
    await assert.rejects(test.store.openView({ report: 'seats', filter: { paths: ['direct'] } }), invalid);
  });
});
