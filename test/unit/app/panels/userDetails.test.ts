import assert from 'node:assert/strict';
import { readUserDetails } from '../../../../src/app/panels/userDetails';
import { createShownStore } from '../../../../src/app/panels/shownStore';
import { mostChanges } from '../../../../src/shared/userContract';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activeUser,
  activation,
  assignment,
  group,
  guid,
  importRows,
  sku,
  tenantId,
  user,
} from '../../../support/storeRows';

const basic = guid(1001);
const premium = guid(1002);
const gone = guid(1003);
const planA = guid(2001);
const planB = guid(2002);
const sales = guid(60);
const hidden = guid(61);

describe('everything about one user', () => {
  let test: TestStore;

  before(async () => {
    test = await createTestStore();
    const rows = {
      subscribedSkus: [
        sku(basic, 'BASIC', {
          servicePlans: [
            {
              servicePlanId: planA,
              servicePlanName: 'PLAN_A',
              appliesTo: 'User',
              provisioningStatus: 'Success',
            },
            {
              servicePlanId: planB,
              servicePlanName: 'PLAN_B',
              appliesTo: 'User',
              provisioningStatus: 'Success',
            },
          ],
        }),
        sku(premium, 'PREMIUM'),
      ],
      groups: [group(sales, 'Sales people')],
      activeUsers: [
        activeUser('user1@contoso.example', {
          exchangeLastActivityDate: '2026-03-01',
          hasTeamsLicense: true,
        }),
      ],
      activations: [activation('user1@contoso.example', 'VISIO', { windows: 1 })],
    };
    await importRows(test.store, { ...rows, users: [user(1), user(2)] });
    await importRows(
      test.store,
      {
        ...rows,
        users: [
          user(1, {
            accountEnabled: false,
            department: 'Sales',
            assignments: [
              assignment(basic, { disabledPlans: [planA, planB] }),
              assignment(basic, { groupId: sales, disabledPlans: [planA] }),
              assignment(premium, { groupId: hidden, state: 'Error', error: 'CountViolation' }),
              assignment(gone),
            ],
          }),
          user(2, { assignments: [assignment(basic)] }),
        ],
      },
      { finishedAt: '2026-03-11T08:30:00.000Z' },
    );
  });
  after(() => test.dispose());

  it('is null for a user or a tenant that is not there', async () => {
    assert.equal(await readUserDetails(test.store, tenantId, guid(99)), null);
    assert.equal(await readUserDetails(test.store, guid(98), guid(1)), null);
  });

  it('has the row of the roster and the age of the numbers', async () => {
    const details = await readUserDetails(test.store, tenantId, guid(1));
    const [row] = test.sqlite3(`SELECT * FROM v_users WHERE userId = '${guid(1)}'`);
    for (const [column, value] of Object.entries(details?.user ?? {})) {
      assert.equal(value, row?.[column] ?? null, column);
    }
    assert.equal(details?.user.department, 'Sales');
    assert.equal(details?.user.activations, 'VISIO');
    assert.equal(details?.tenant.evaluatedOn, '2026-03-11');
  });

  it('has licenses by path, with the plans that are off by name', async () => {
    const details = await readUserDetails(test.store, tenantId, guid(1));
    const licenses = details?.licenses ?? [];
    assert.deepEqual(
      licenses.map(({ name, licenseId }) => [name, licenseId]),
      [
        // Of a product that the tenant no longer has, and that no list names, only the id is known.
        [gone, `${tenantId}_${gone}`],
        ['BASIC', `${tenantId}_${basic}`],
        ['PREMIUM', `${tenantId}_${premium}`],
      ],
    );
    const [, both, failed] = licenses;
    assert.deepEqual(
      both?.paths.map(({ groupId, groupName, state, holdsSeat, disabledPlans }) => ({
        groupId,
        groupName,
        state,
        holdsSeat,
        disabledPlans,
      })),
      [
        {
          groupId: null,
          groupName: null,
          state: 'Active',
          holdsSeat: true,
          disabledPlans: ['PLAN_A', 'PLAN_B'],
        },
        {
          groupId: sales,
          groupName: 'Sales people',
          state: 'Active',
          holdsSeat: true,
          disabledPlans: ['PLAN_A'],
        },
      ],
    );
    // Plan B is on by the group.
    assert.deepEqual(both?.seat?.disabledPlans, ['PLAN_A']);
    assert.equal(failed?.seat, null);
    assert.deepEqual(
      failed?.paths.map(({ groupId, groupName, state, error, holdsSeat }) => [
        groupId,
        groupName,
        state,
        error,
        holdsSeat,
      ]),
      [[hidden, null, 'Error', 'CountViolation', false]],
    );
    assert.deepEqual(
      licenses.map(({ monthlyMinor, currency }) => [monthlyMinor, currency]),
      [
        [null, null],
        [null, null],
        [null, null],
      ],
    );
  });

  it('has the findings, the activity and the unpriced seats of this user alone', async () => {
    const details = await readUserDetails(test.store, tenantId, guid(1));
    const expected = test.sqlite3(
      `SELECT findingId FROM v_findings WHERE userId = '${guid(1)}' ORDER BY findingId`,
    );
    assert.ok(expected.length > 0);
    assert.deepEqual(
      details?.findings
        .map(({ findingId }) => ({ findingId }))
        .sort((a, b) => (a.findingId < b.findingId ? -1 : 1)),
      expected,
    );
    assert.ok(details?.findings.some(({ kind }) => kind === 'disabledAccount'));
    assert.deepEqual(
      details?.activity.map(({ application, lastActivityDate }) => [application, lastActivityDate]),
      [
        ['exchange', '2026-03-01'],
        ['teams', null],
      ],
    );
    // What the tenant no longer has costs nothing, so it lacks no price either.
    assert.deepEqual(details?.spend, [{ currency: null, monthlyMinor: null, unpricedSeats: 1 }]);
  });

  it('has what changed since the first import, newest first', async () => {
    const details = await readUserDetails(test.store, tenantId, guid(1));
    const changes = details?.history.map(({ change, license, group: by, state }) => [
      change,
      license,
      by,
      state,
    ]);
    assert.deepEqual(changes, [
      ['disabled', null, null, null],
      ['added', gone, null, 'Active'],
      ['added', 'BASIC', null, 'Active'],
      ['added', 'BASIC', 'Sales people', 'Active'],
      ['added', 'PREMIUM', hidden, 'Error'],
    ]);
    assert.ok(details?.history.every(({ changedAt }) => changedAt === '2026-03-11T08:30:00.000Z'));
    assert.ok((details?.history.length ?? 0) <= mostChanges);
  });

  it('names nobody while names are hidden', async () => {
    const shown = createShownStore(test.store, async () => 'a key');
    const details = await readUserDetails(shown, tenantId, guid(1));
    const text = JSON.stringify(details);
    assert.equal(/user1@contoso|User 1"/.test(text), false);
    assert.match(String(details?.user.displayName), /^User [0-9A-Z]{5}-[0-9A-Z]{5}$/);
  });
});
