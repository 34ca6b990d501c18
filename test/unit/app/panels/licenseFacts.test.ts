import assert from 'node:assert/strict';
import { readLicense } from '../../../../src/app/panels/licenseFacts';
import { LicensePage } from '../../../../src/app/panels/licensePage';
import type { LicenseContract, LicenseData, PurchaseDraft } from '../../../../src/shared/licenseContract';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { ViewFilter } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activeUser,
  assignment,
  group,
  guid,
  importRows,
  sku,
  subscription,
  tenantId,
  user,
} from '../../../support/storeRows';

/** Microsoft 365 E5 and E3, whose names the catalogue knows, and a product that nobody knows. */
const e5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const odd = guid(77);
const licenseId = `${tenantId}_${e5}`;
const staff = guid(60);
const today = '2026-11-10';
const day = { settings: { inactivityDays: 30, graceDays: 30 }, today };

/** Six people: two directly, two by a group, one by both, one in error. */
const people = [
  { assignments: [assignment(e5)], teams: '2026-11-07' },
  { assignments: [assignment(e5), assignment(e3)], teams: '2026-08-01' },
  { assignments: [assignment(e5, { groupId: staff })], teams: '2026-11-01' },
  { assignments: [assignment(e5, { groupId: staff })], teams: null },
  { assignments: [assignment(e5), assignment(e5, { groupId: staff })], teams: '2026-10-11' },
  {
    assignments: [assignment(e5, { groupId: staff, state: 'Error', error: 'CountViolation' })],
    teams: '2026-11-07',
  },
];

async function importTenant(test: TestStore, finishedAt: string, enabled: number): Promise<void> {
  await importRows(
    test.store,
    {
      users: people.map(({ assignments, teams }, index) =>
        user(index + 1, { assignments, lastSignInAt: teams === null ? null : `${teams}T08:00:00Z` }),
      ),
      activeUsers: people.map(({ teams }, index) =>
        activeUser(`user${index + 1}@contoso.example`, {
          teamsLastActivityDate: teams,
          hasTeamsLicense: true,
        }),
      ),
      subscribedSkus: [
        sku(e5, 'SPE_E5', {
          consumedUnits: 6,
          enabled,
          warning: 1,
          suspended: 3,
          servicePlans: [
            {
              servicePlanId: '57ff2da0-773e-42df-b2af-ffb7a2317929',
              servicePlanName: 'TEAMS1',
              appliesTo: 'User',
              provisioningStatus: 'Success',
            },
          ],
        }),
        sku(e3, 'SPE_E3', { consumedUnits: 1, enabled: 2 }),
        sku(odd, 'CONTOSO_ODD', { consumedUnits: 0, enabled: 2 }),
      ],
      subscriptions: [
        subscription(guid(500), e5, {
          totalLicenses: enabled,
          createdAt: '2025-12-01T00:00:00Z',
          nextLifecycleAt: '2026-12-01T00:00:00Z',
        }),
      ],
      groups: [group(staff, 'License E5')],
    },
    { finishedAt },
  );
}

describe('License page over the store', () => {
  let test: TestStore;
  let rosters: ViewFilter[];
  let page: LicensePage;
  const read = (id = licenseId): Promise<LicenseData> =>
    readLicense(id, {
      store: test.store,
      settings: (license) => test.store.licenseSettings(license),
      downgrades: (license, on) => test.store.downgrades(license, on),
      today,
      thresholds: day.settings,
    });
  const call = <M extends keyof LicenseContract['requests']>(
    method: M,
    params: LicenseContract['requests'][M]['params'],
  ): Promise<LicenseContract['requests'][M]['result']> =>
    (
      page.methods[method] as unknown as {
        handle(p: unknown, signal: AbortSignal): Promise<LicenseContract['requests'][M]['result']>;
      }
    ).handle(params, new AbortController().signal);

  beforeEach(async () => {
    test = await createTestStore();
    rosters = [];
    await importTenant(test, '2026-10-01T08:00:00.000Z', 8);
    await importTenant(test, '2026-11-10T08:00:00.000Z', 4);
    await test.store.evaluate(day.settings, today);
    page = new LicensePage({
      licenseId,
      records: test.store,
      day: () => day,
      read,
      confirmRemoval: async () => true,
      openRoster: async (filter) => void rosters.push(filter),
      openLicense: async () => undefined,
      importPriceBook: async () => undefined,
      tables: { chooseTable: async () => undefined, saveCsv: async () => false },
    });
  });
  afterEach(() => test.dispose());

  it('tells what the license is, its units apart, and how they changed', async () => {
    const { head, position, history, subscriptions, plans, usualThresholds } = await read();
    assert.equal(head.productName, 'Microsoft 365 E5');
    assert.equal(head.tenantName, 'Contoso');
    assert.equal(head.isCounted, true);
    // 4 enabled + 1 in grace; 6 in use by the service, 5 seats by the assignments (one is in error).
    assert.deepEqual(position, {
      enabled: 4,
      inGrace: 1,
      suspended: 3,
      lockedOut: 0,
      entitled: 5,
      consumed: 6,
      seats: 5,
      availableNow: -1,
      availableAfterGrace: -2,
      shortfallNow: 1,
      shortfallSoon: 1,
      unassigned: 0,
    });
    assert.deepEqual(
      history.map(({ validFrom, validTo, enabled }) => [
        validFrom.slice(0, 10),
        validTo?.slice(0, 10),
        enabled,
      ]),
      [
        ['2026-10-01', '2026-11-10', 8],
        ['2026-11-10', undefined, 4],
      ],
    );
    assert.equal(subscriptions[0]?.nextLifecycleAt?.slice(0, 10), '2026-12-01');
    assert.deepEqual(
      plans.map(({ servicePlanName, friendlyName }) => [servicePlanName, friendlyName]),
      [['TEAMS1', 'Microsoft Teams']],
    );
    assert.deepEqual(usualThresholds, { ...day.settings, noticeDays: 30 });
  });

  it('counts seats by use and by path, and the services used', async () => {
    const { counts, paths, services } = await read();
    // Last uses 11-07, 08-01, 11-01, none, 10-11 (30 days before: still active).
    assert.equal(counts?.active, 3);
    assert.equal(counts?.inactive, 1);
    assert.equal(counts?.never, 1);
    assert.deepEqual(
      { direct: paths.directOnly, group: paths.groupOnly, both: paths.both },
      { direct: 2, group: 2, both: 1 },
    );
    assert.deepEqual(paths.ways, [
      { groupId: null, groupName: null, assignments: 3, holding: 3, errors: 0 },
      { groupId: staff, groupName: 'License E5', assignments: 4, holding: 3, errors: 1 },
    ]);
    assert.deepEqual(paths.errors, [
      { groupName: 'License E5', direct: false, state: 'Error', error: 'CountViolation', assignments: 1 },
    ]);
    assert.deepEqual(services, [{ application: 'teams', recent: 3, earlier: 1, lastUse: '2026-11-07' }]);
  });

  it('compares with the licenses of the same family, and finds what is worth acting on', async () => {
    const { compared, findings } = await read();
    assert.deepEqual(
      compared.map(({ skuPartNumber, seats, counts }) => [skuPartNumber, seats, counts?.inactive]),
      [
        ['SPE_E5', 5, 1],
        ['SPE_E3', 1, 1],
      ],
    );
    const kinds = findings.map(({ kind, people: concerned, seats }) => `${kind} ${concerned} ${seats}`);
    assert.ok(kinds.includes('shortfall 0 1'), kinds.join(', '));
    assert.ok(kinds.includes('shortfallAfterGrace 0 1'), kinds.join(', '));
    assert.ok(kinds.includes('assignmentError 1 0'), kinds.join(', '));
    assert.ok(kinds.includes('duplicatePath 1 1'), kinds.join(', '));
    // Every row of the view is in one of the lines.
    const [counted] = await test.store.query('SELECT count(*) AS n FROM v_findings WHERE skuId = ?', [e5]);
    assert.equal(
      findings.reduce((sum, finding) => sum + finding.findings, 0),
      counted?.['n'],
    );
  });

  it('shows a product that nobody knows, and says when a license is gone', async () => {
    const { head, counts, compared } = await read(`${tenantId}_${odd}`);
    assert.equal(head.productName ?? head.skuPartNumber, 'CONTOSO_ODD');
    assert.equal(counts?.active, 0);
    assert.equal(compared.length, 1);
    await assert.rejects(read(`${tenantId}_${guid(99)}`), (error) => isLicenseError(error, 'notFound'));
  });

  const draft: PurchaseDraft = {
    purchaseId: null,
    quantity: '4',
    amount: '684.00',
    amountPer: 'unit',
    currency: 'eur',
    paymentFrequency: 'annually',
    effectiveDate: '2026-01-01',
    endingDate: '',
    note: ' PO 4711 ',
  };

  it('keeps a purchase and works out price, spend and what is assigned', async () => {
    const { saved, purchaseId } = await call('savePurchase', draft);
    assert.equal(saved, true);
    const { money, purchases } = await read();
    // 684.00 / 12 = 57.00 a unit; 4 units 228.00 a month, 2,736.00 a year; 5 seats hold 285.00.
    assert.deepEqual(money, {
      currency: 'EUR',
      unitMonthlyMinor: 5_700,
      boughtMonthlyMinor: 22_800,
      boughtAnnualMinor: 273_600,
      assignedMonthlyMinor: 28_500,
      priceProblem: null,
      purchasedQuantity: 4,
    });
    assert.deepEqual(purchases[0]?.draft, { ...draft, purchaseId, currency: 'EUR', note: 'PO 4711' });
    const again = await call('savePurchase', { ...draft, purchaseId, endingDate: '2026-11-09' });
    assert.equal(again.purchaseId, purchaseId);
    const ended = await read();
    assert.equal(ended.purchases.length, 1);
    assert.equal(ended.purchases[0]?.state, 'ended');
    assert.equal(ended.money.priceProblem, 'ended');
    assert.deepEqual(await call('removePurchase', { purchaseId: purchaseId ?? '' }), { removed: true });
    assert.equal((await read()).purchases.length, 0);
  });

  it('refuses a purchase that is not sound, field by field, and keeps nothing of it', async () => {
    const { saved, check } = await call('savePurchase', {
      ...draft,
      quantity: '1.5',
      amount: '1,234.50',
      currency: 'Euro',
      effectiveDate: '2026-02-30',
      endingDate: 'soon',
    });
    assert.equal(saved, false);
    assert.deepEqual(
      check.problems.map(({ field }) => field),
      ['quantity', 'amount', 'currency', 'effectiveDate', 'endingDate'],
    );
    assert.match(check.problems[1]?.sentence ?? '', /without thousands separators/);
    assert.equal((await read()).purchases.length, 0);
  });

  it('keeps terms, and the numbers follow', async () => {
    const { terms } = await read();
    const bad = await call('saveTerms', {
      ...terms,
      buffer: '-1',
      administrator: 'someone',
      inactivityDays: '0',
      managed: false,
      managedUntil: '2026-11-09',
    });
    assert.deepEqual(
      bad.check.problems.map(({ field }) => field),
      ['buffer', 'administrator', 'inactivityDays', 'managedUntil'],
    );
    const { saved } = await call('saveTerms', {
      ...terms,
      name: 'Our E5',
      limit: 'subjectToTrueUp',
      administrator: 'sam@contoso.example',
      inactivityDays: '200',
      managed: false,
      managedReason: 'Belongs to a subsidiary',
      managedUntil: '2026-12-31',
    });
    assert.equal(saved, true);
    const { head, counts, terms: kept, compared } = await read();
    assert.equal(head.productName, 'Our E5');
    assert.equal(head.participation, 'unmanaged');
    assert.equal(head.managedReason, 'Belongs to a subsidiary');
    assert.equal(head.managedUntil, '2026-12-31');
    assert.equal(head.isCounted, false);
    // 2026-08-01 is 101 days ago: within 200 days it is in use.
    assert.equal(counts?.inactive, 0);
    assert.equal(kept.limit, 'subjectToTrueUp');
    assert.equal(kept.administrator, 'sam@contoso.example');
    assert.ok(compared.some((license) => license.licenseId === licenseId));
  });

  it('keeps whether a subscription is billed again', async () => {
    await call('saveRecurringBilling', { subscriptionId: guid(500), recurringBilling: false });
    assert.equal((await read()).subscriptions[0]?.recurringBilling, false);
    await call('saveRecurringBilling', { subscriptionId: guid(500), recurringBilling: null });
    assert.equal((await read()).subscriptions[0]?.recurringBilling, null);
  });

  it('leads to the people of a verdict, a path and a finding, and the roster finds as many', async () => {
    await call('openRoster', { verdict: 'inactive', path: null, findingKind: null });
    await call('openRoster', { verdict: null, path: 'group', findingKind: null });
    await call('openRoster', { verdict: null, path: 'error', findingKind: null });
    await call('openRoster', { verdict: null, path: null, findingKind: 'duplicatePath' });
    await call('openRoster', { verdict: null, path: null, findingKind: null });
    const found: number[] = [];
    for (const filter of rosters) {
      const view = await test.store.openView({ report: 'roster', tenantId, filter });
      found.push(view.rowCount);
      await test.store.closeView(view.viewId);
    }
    assert.deepEqual(found, [1, 2, 1, 1, 5]);
  });
});
