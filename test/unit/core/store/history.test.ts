import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activeUser,
  assignment,
  connection,
  guid,
  importRows,
  otherTenantId,
  sku,
  subscription,
  tenantId,
  user,
  type ImportRows,
} from '../../../support/storeRows';
import { importTestTenantWeeks } from '../../../support/weeklyImports';

const basic = guid(901);
const office = guid(902);
const groupA = guid(950);
const monday = (week: number): string => new Date(Date.UTC(2026, 2, 2 + week * 7, 8, 30)).toISOString();

describe('history', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await createTestStore();
  });
  afterEach(() => test.dispose());
  const week = (number: number, rows: ImportRows, tenant = tenantId): Promise<unknown> =>
    importRows(test.store, rows, { finishedAt: monday(number), tenantId: tenant });

  it('of a license has a row for each time in which its numbers were the same', async () => {
    const rows = (enabled: number, consumed: number): ImportRows => ({
      subscribedSkus: [sku(basic, 'BASIC', { enabled, consumedUnits: consumed })],
    });
    await week(0, rows(10, 4));
    await week(1, rows(10, 4));
    await week(2, rows(10, 4));
    await week(3, rows(25, 4));
    await week(4, rows(25, 4));
    await week(5, { subscribedSkus: [] });
    await week(6, rows(25, 4));
    const sql =
      'SELECT validFrom, validTo, enabled, consumed, seats FROM v_license_history ORDER BY validFrom';
    assert.deepEqual(test.sqlite3(sql), [
      { validFrom: monday(0), validTo: monday(3), enabled: 10, consumed: 4, seats: null },
      { validFrom: monday(3), validTo: monday(5), enabled: 25, consumed: 4, seats: null },
      { validFrom: monday(6), validTo: null, enabled: 25, consumed: 4, seats: null },
    ]);
  });

  it('of a license knows nothing of its seats until users were read, and then also that there are none', async () => {
    const licenses = [
      sku(basic, 'BASIC', { enabled: 10, consumedUnits: 4 }),
      sku(office, 'OFFICE', { enabled: 3 }),
    ];
    await week(0, { subscribedSkus: licenses });
    const read = 'seats, active, inactive, never, new, unknown, notPerson';
    const sql = (part: string): string =>
      `SELECT validFrom, validTo, consumed, ${read} FROM v_license_history WHERE skuPartNumber = '${part}'
       ORDER BY validFrom`;
    const unknown = {
      ...{ seats: null, active: null, inactive: null, never: null },
      ...{ new: null, unknown: null, notPerson: null },
    };
    assert.deepEqual(test.sqlite3(sql('BASIC')), [
      { validFrom: monday(0), validTo: null, consumed: 4, ...unknown },
    ]);
    await week(1, { users: [user(1, { assignments: [assignment(basic)] })] });
    const none = { ...unknown, seats: 0, active: 0, inactive: 0, never: 0, new: 0, unknown: 0, notPerson: 0 };
    assert.deepEqual(test.sqlite3(sql('BASIC')), [
      { validFrom: monday(0), validTo: monday(1), consumed: 4, ...unknown },
      // Nothing that speaks of activity was read.
      { validFrom: monday(1), validTo: null, consumed: 4, ...none, seats: 1, unknown: 1 },
    ]);
    assert.deepEqual(test.sqlite3(sql('OFFICE')), [
      { validFrom: monday(0), validTo: monday(1), consumed: 0, ...unknown },
      { validFrom: monday(1), validTo: null, consumed: 0, ...none },
    ]);
  });

  it('of a license follows its seats and their verdicts', async () => {
    const servicePlans = [
      {
        servicePlanId: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
        servicePlanName: 'EXCHANGE_S_ENTERPRISE',
        appliesTo: 'User',
        provisioningStatus: 'Success',
      },
    ];
    const rows = (sends: string): ImportRows => ({
      subscribedSkus: [sku(basic, 'BASIC', { enabled: 5, consumedUnits: 1, servicePlans })],
      users: [user(1, { assignments: [assignment(basic)] })],
      activeUsers: [
        activeUser('user1@contoso.example', { exchangeLastActivityDate: sends, hasExchangeLicense: true }),
      ],
    });
    await week(0, rows('2026-03-01'));
    await week(1, rows('2026-03-07'));
    // Week 6 is 13 April: 37 days after the last use.
    await week(6, rows('2026-03-07'));
    const sql = 'SELECT validFrom, seats, active, inactive FROM v_license_history ORDER BY validFrom';
    assert.deepEqual(test.sqlite3(sql), [
      { validFrom: monday(0), seats: 1, active: 1, inactive: 0 },
      { validFrom: monday(6), seats: 1, active: 0, inactive: 1 },
    ]);
  });

  it('of a subscription keeps every renewal date', async () => {
    const rows = (nextLifecycleAt: string): ImportRows => ({
      subscriptions: [subscription('s1', basic, { totalLicenses: 10, nextLifecycleAt })],
    });
    await week(0, rows('2026-04-01T00:00:00Z'));
    await week(1, rows('2026-04-01T00:00:00Z'));
    await week(5, rows('2027-04-01T00:00:00Z'));
    const sql = `SELECT subscriptionId, skuId, validFrom, validTo, totalLicenses, nextLifecycleAt
      FROM v_subscription_history ORDER BY validFrom`;
    const common = { subscriptionId: 's1', skuId: basic, totalLicenses: 10 };
    assert.deepEqual(
      test.sqlite3(sql),
      [
        { ...common, validFrom: monday(0), validTo: monday(5), nextLifecycleAt: '2026-04-01T00:00:00Z' },
        { ...common, validFrom: monday(5), validTo: null, nextLifecycleAt: '2027-04-01T00:00:00Z' },
      ].map(({ subscriptionId, skuId, validFrom, validTo, totalLicenses, nextLifecycleAt }) => ({
        subscriptionId,
        skuId,
        validFrom,
        validTo,
        totalLicenses,
        nextLifecycleAt,
      })),
    );
  });

  it('of assignments notes what came, went and changed, and nothing of the first import', async () => {
    await week(0, {
      users: [
        user(1, { assignments: [assignment(basic)] }),
        user(2, { assignments: [assignment(basic), assignment(office, { groupId: groupA })] }),
        user(3, { assignments: [assignment(office)] }),
      ],
    });
    assert.deepEqual(test.sqlite3('SELECT * FROM v_assignment_history'), []);
    await week(1, {
      users: [
        user(1, { assignments: [assignment(basic)], displayName: 'Another name' }),
        user(2, { assignments: [assignment(basic), assignment(office)] }),
        user(4, { assignments: [assignment(basic)] }),
      ],
    });
    await week(2, {
      users: [
        user(1, { assignments: [assignment(basic, { state: 'Error', error: 'CountViolation' })] }),
        user(2, { assignments: [assignment(basic), assignment(office, { disabledPlans: [guid(7)] })] }),
        user(4, { assignments: [assignment(basic)] }),
      ],
    });
    const sql = `SELECT changedAt, userId, skuId, groupId, change, state, disabledPlans FROM v_assignment_history
      ORDER BY changedAt, userId, change`;
    const row = (
      at: number,
      userId: number,
      skuId: string,
      change: string,
      more: Record<string, string | null> = {},
    ): Record<string, string | null> => ({
      changedAt: monday(at),
      userId: guid(userId),
      skuId,
      groupId: null,
      change,
      state: 'Active',
      disabledPlans: '',
      ...more,
    });
    assert.deepEqual(test.sqlite3(sql), [
      row(1, 2, office, 'added'),
      row(1, 2, office, 'removed', { groupId: groupA }),
      row(1, 3, office, 'removed'),
      row(1, 4, basic, 'added'),
      row(2, 1, basic, 'changed', { state: 'Error' }),
      row(2, 2, office, 'changed', { disabledPlans: guid(7) }),
    ]);
  });

  it('of accounts notes what became of them', async () => {
    await week(0, { users: [user(1), user(2), user(3)] });
    await week(1, { users: [user(1, { accountEnabled: false }), user(2), user(3), user(4)] });
    await week(2, {
      users: [
        user(1),
        user(2, { deletedAt: '2026-03-15T00:00:00Z', userPrincipalName: 'gone@contoso.example' }),
        user(3),
      ],
    });
    await week(3, { users: [user(1), user(2), user(3)] });
    const sql = `SELECT changedAt, userId, userPrincipalName AS name, change FROM v_user_history
      ORDER BY changedAt, userId`;
    const row = (at: number, userId: number, change: string): Record<string, string> => ({
      changedAt: monday(at),
      userId: guid(userId),
      // The name is the last one known.
      name: `user${userId}@contoso.example`,
      change,
    });
    assert.deepEqual(test.sqlite3(sql), [
      row(1, 1, 'disabled'),
      row(1, 4, 'added'),
      row(2, 1, 'enabled'),
      row(2, 2, 'deleted'),
      row(2, 4, 'removed'),
      row(3, 2, 'restored'),
    ]);
  });

  it('keeps tenants apart, and goes with the data of its tenant', async () => {
    await test.store.saveConnection(connection('c1', 'One'));
    await week(0, { users: [user(1)] });
    await week(0, { users: [user(1)] }, otherTenantId);
    await week(1, { users: [user(1), user(2, { assignments: [assignment(basic)] })] });
    await week(1, { users: [user(1), user(5)] }, otherTenantId);
    await test.store.removeConnection('c1', false);
    assert.deepEqual(test.sqlite3('SELECT tenantId, userId FROM v_user_history'), [
      { tenantId: otherTenantId, userId: guid(5) },
    ]);
    assert.deepEqual(test.sqlite3('SELECT count(*) AS n FROM assignmentChanges'), [{ n: 0 }]);
    assert.deepEqual(test.sqlite3('SELECT userId FROM historyUsers'), [{ userId: guid(5) }]);
  });

  it('is forgotten after three years, except for what still holds', async () => {
    const rows = (enabled: number, users: readonly number[]): ImportRows => ({
      subscribedSkus: [sku(basic, 'BASIC', { enabled }), sku(office, 'OFFICE', { enabled: 1 })],
      users: users.map((number) => user(number)),
    });
    await week(0, rows(10, [1]));
    await week(1, rows(20, [1, 2]));
    await week(163, rows(30, [1, 2, 3]));
    const sql = `SELECT skuPartNumber AS sku, enabled, validFrom FROM v_license_history ORDER BY 1, 2`;
    assert.deepEqual(test.sqlite3(sql), [
      { sku: 'BASIC', enabled: 20, validFrom: monday(1) },
      { sku: 'BASIC', enabled: 30, validFrom: monday(163) },
      { sku: 'OFFICE', enabled: 1, validFrom: monday(0) },
    ]);
    assert.deepEqual(test.sqlite3('SELECT userId FROM v_user_history'), [{ userId: guid(3) }]);
    assert.deepEqual(test.sqlite3('SELECT userId FROM historyUsers'), [{ userId: guid(3) }]);
  });

  it('costs nothing for what does not change', async () => {
    const rows: ImportRows = {
      subscribedSkus: [sku(basic, 'BASIC', { enabled: 500 })],
      subscriptions: [subscription('s1', basic)],
      users: Array.from({ length: 500 }, (_, index) => user(index, { assignments: [assignment(basic)] })),
    };
    await week(0, rows);
    for (const number of [1, 2, 3]) await week(number, rows);
    const counts = [
      'licenseHistory',
      'subscriptionHistory',
      'historyUsers',
      'assignmentChanges',
      'userChanges',
    ];
    assert.deepEqual(
      counts.map((table) => test.sqlite3(`SELECT count(*) AS n FROM ${table}`)[0]?.n),
      [1, 1, 0, 0, 0],
    );
  });

  it('of a year of weekly imports grows with what changes, not with what is imported', async () => {
    let first = 0;
    await importTestTenantWeeks(test.store, { users: 200, weeks: 52, share: 0.02 }, (number) => {
      if (number === 0) first = fs.statSync(test.file).size;
    });
    const count = (table: string): number => Number(test.sqlite3(`SELECT count(*) AS n FROM ${table}`)[0]?.n);
    // 51 weeks with 4 changes each: one person replaced (2 changes of accounts), one switched.
    assert.equal(count('userChanges'), 51 * 3);
    assert.ok(count('assignmentChanges') >= 51 * 4 && count('assignmentChanges') <= 51 * 12);
    assert.ok(count('subscriptionHistory') <= 12 * 5);
    // 52 copies of these users would be fifty times the first file.
    assert.ok(fs.statSync(test.file).size < first * 3);
  });
});
