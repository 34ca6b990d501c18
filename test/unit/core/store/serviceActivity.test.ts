import assert from 'node:assert/strict';
import { filterOfDrill } from '../../../../src/app/panels/activityPage';
import { activeIn, activityPeriods, heatColumns } from '../../../../src/shared/activityAges';
import { activityScopes, type ServiceActivity } from '../../../../src/shared/activityContract';
import type { RosterService } from '../../../../src/shared/rosterFilter';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activeUser,
  assignment,
  guid,
  importRows,
  mailbox,
  signIn,
  sku,
  tenantId,
  user,
} from '../../../support/storeRows';

const e3 = guid(101);
const visio = guid(102);
const [mailPlan, teamsPlan, visioPlan] = [guid(201), guid(202), guid(203)];
const plan = (servicePlanId: string, servicePlanName: string) => ({
  servicePlanId,
  servicePlanName,
  appliesTo: 'User',
  provisioningStatus: 'Success',
});
/** Everything is as of 2026-03-10. A tenant that conceals names has hashes in their place. */
async function importTenant(store: TestStore['store'], concealed = false): Promise<void> {
  const name = (number: number): string =>
    concealed ? `8FE1E4ACC0FFEE${number}` : `user${number}@contoso.example`;
  await importRows(
    store,
    {
      users: [
        user(1, { department: 'Sales', assignments: [assignment(e3)] }),
        user(2, { department: 'Sales', assignments: [assignment(e3)] }),
        user(3, { assignments: [assignment(e3, { disabledPlans: [teamsPlan] })] }),
        user(4, { department: '', assignments: [assignment(e3)] }),
        user(5, { department: 'Sales' }),
        user(6, { deletedAt: '2026-03-01T00:00:00Z', assignments: [assignment(e3)] }),
        user(7, { department: 'Plant', assignments: [assignment(visio)] }),
        user(8, { department: 'Plant', accountEnabled: false, assignments: [assignment(visio)] }),
      ],
      subscribedSkus: [
        sku(e3, 'SPE_E3', {
          enabled: 10,
          consumedUnits: 4,
          servicePlans: [plan(mailPlan, 'EXCHANGE_S_ENTERPRISE'), plan(teamsPlan, 'TEAMS1')],
        }),
        sku(visio, 'VISIOCLIENT', {
          enabled: 5,
          consumedUnits: 2,
          servicePlans: [plan(visioPlan, 'VISIO_CLIENT_SUBSCRIPTION')],
        }),
      ],
      activeUsers: [
        // Mail 5 days ago; no Teams although the license has it.
        activeUser(name(1), {
          exchangeLastActivityDate: '2026-03-05',
          hasExchangeLicense: true,
          hasTeamsLicense: true,
        }),
        // Mail 37 days ago, Teams a year ago.
        activeUser(name(2), {
          exchangeLastActivityDate: '2026-02-01',
          teamsLastActivityDate: '2025-03-10',
          hasExchangeLicense: true,
          hasTeamsLicense: true,
        }),
        // Teams is switched off for them and was used yesterday all the same.
        activeUser(name(3), {
          teamsLastActivityDate: '2026-03-09',
          hasExchangeLicense: true,
          hasTeamsLicense: false,
        }),
        // No row for user 4. User 5 holds nothing and used Teams 9 days ago.
        activeUser(name(5), { teamsLastActivityDate: '2026-03-01' }),
        activeUser(name(6), { exchangeLastActivityDate: '2026-03-05' }),
      ],
      // The mailbox report knows of a later use by user 2 than the active users report: 31 days ago.
      mailboxUsage: [mailbox(name(2), { lastActivityDate: '2026-02-07' })],
      applicationSignIns: [signIn(guid(7), 'visio', '2026-02-20T08:00:00Z')],
    },
    concealed ? { outcomes: { activeUsers: { concealed: true }, mailboxUsage: { concealed: true } } } : {},
  );
}

describe('use of the services', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await createTestStore();
  });
  afterEach(() => test.dispose());

  const of = (activity: ServiceActivity, service: RosterService): ServiceActivity['services'][number] => {
    const found = activity.services.find((entry) => entry.service === service);
    assert.ok(found);
    return found;
  };

  it('counts people by the age of their last use; whoever no source speaks of is unknown', async () => {
    await importTenant(test.store);
    const activity = await test.store.serviceActivity(tenantId);
    assert.equal(activity.evaluatedOn, '2026-03-10');
    assert.equal(activity.people, 7);
    //                0-7 8-30 -60 -90 -180 older noUse unknown
    const exchange = of(activity, 'exchange');
    assert.equal(exchange.holders, 4);
    assert.deepEqual(exchange.counts.licensed, [1, 0, 1, 0, 0, 0, 1, 1]);
    assert.deepEqual(exchange.counts.everyone, [1, 0, 1, 0, 0, 0, 1, 1]);
    const teams = of(activity, 'teams');
    assert.equal(teams.holders, 3);
    assert.deepEqual(teams.counts.licensed, [0, 0, 0, 0, 0, 1, 1, 1]);
    assert.deepEqual(teams.counts.everyone, [1, 1, 0, 0, 0, 1, 1, 1]);
    const drawing = of(activity, 'visio');
    assert.equal(drawing.holders, 2);
    assert.deepEqual(drawing.counts.licensed, [0, 1, 0, 0, 0, 0, 1, 0]);
    assert.deepEqual(of(activity, 'powerBi').counts.everyone, [0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('says which sources speak, and how old they are', async () => {
    await importTenant(test.store);
    const { sources } = of(await test.store.serviceActivity(tenantId), 'exchange');
    assert.deepEqual(sources, [
      { tenantId, source: 'activeUserReport', status: 'fresh', asOfDate: '2026-03-10' },
      { tenantId, source: 'mailboxReport', status: 'fresh', asOfDate: '2026-03-10' },
      { tenantId, source: 'signIns', status: 'fresh', asOfDate: '2026-03-10' },
    ]);
    assert.deepEqual(of(await test.store.serviceActivity(tenantId), 'outlook').sources[0], {
      tenantId,
      source: 'emailReport',
      status: 'missing',
      asOfDate: null,
    });
  });

  it('knows nothing from reports that conceal names', async () => {
    await importTenant(test.store, true);
    const exchange = of(await test.store.serviceActivity(tenantId), 'exchange');
    assert.deepEqual(exchange.counts.licensed, [0, 0, 0, 0, 0, 0, 0, 4]);
    assert.equal(exchange.sources[0]?.status, 'concealed');
  });

  it('counts by department and by license', async () => {
    await importTenant(test.store);
    const activity = await test.store.serviceActivity(tenantId);
    const teamsAt = activity.services.findIndex(({ service }) => service === 'teams');
    assert.deepEqual(
      activity.departments.map(({ department, people }) => [department, people]),
      [
        ['Sales', 3],
        [null, 2],
        ['Plant', 2],
      ],
    );
    assert.deepEqual(activity.departments[0]?.services[teamsAt], {
      holders: 2,
      counts: { licensed: [0, 0, 0, 0, 0, 1, 1, 0], everyone: [0, 1, 0, 0, 0, 1, 1, 0] },
    });
    assert.deepEqual(
      activity.licenses.map(({ skuPartNumber, seats }) => [skuPartNumber, seats]),
      [
        ['SPE_E3', 4],
        ['VISIOCLIENT', 2],
      ],
    );
    // User 3 holds the license; that Teams is off for them does not undo that they used it.
    assert.deepEqual(activity.licenses[0]?.services[teamsAt], {
      granted: true,
      counts: [1, 0, 0, 0, 0, 1, 1, 1],
    });
    assert.equal(activity.licenses[1]?.services[teamsAt]?.granted, false);
  });

  it('adds tenants up, and has nothing of one that is not there', async () => {
    await importTenant(test.store);
    const all = await test.store.serviceActivity(null);
    assert.deepEqual(all, await test.store.serviceActivity(tenantId));
    const none = await test.store.serviceActivity(guid(999));
    assert.equal(none.people, 0);
    assert.deepEqual(none.licenses, []);
    assert.equal(none.services.length, 11);
  });

  it('every number opens as many users in the roster as it says', async () => {
    await importTenant(test.store);
    const { services, evaluatedOn, departments } = await test.store.serviceActivity(tenantId);
    const opens = async (drill: Parameters<typeof filterOfDrill>[0]): Promise<number> => {
      const filter = filterOfDrill(drill, evaluatedOn);
      return (await test.store.openView({ report: 'roster', tenantId, filter })).rowCount;
    };
    for (const { service, holders, counts } of services) {
      assert.equal(await opens({ service, scope: 'licensed', people: 'holders' }), holders);
      for (const scope of activityScopes) {
        for (const [index, age] of heatColumns.entries()) {
          assert.equal(
            await opens({ service, scope, people: { age } }),
            counts[scope][index],
            `${service} ${scope} ${age}`,
          );
        }
        for (const { id } of activityPeriods) {
          assert.equal(
            await opens({ service, scope, people: { period: id } }),
            activeIn(counts[scope], id),
            `${service} ${scope} ${id}`,
          );
        }
      }
    }
    const sales = departments[0];
    assert.equal(
      await opens({ service: 'exchange', scope: 'licensed', people: { period: 'p30' }, department: 'Sales' }),
      1,
    );
    assert.equal(sales?.department, 'Sales');
    const ofE3 = { service: 'teams', scope: 'everyone', licenseId: `${tenantId}_${e3}` } as const;
    assert.equal(await opens({ ...ofE3, people: { period: 'p7' } }), 1);
  });
});
