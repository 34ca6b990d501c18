import assert from 'node:assert/strict';
import { ReconciliationPage } from '../../../../src/app/panels/reconciliationPage';
import { coverageText } from '../../../../src/core/export/report/reportHead';
import { readReport } from '../../../../src/core/export/report/readReport';
import type { LicensePurchase } from '../../../../src/core/store/licenseRecords';
import { readTenantFacts } from '../../../../src/app/panels/tenantFacts';
import type { LicenseError } from '../../../../src/core/foundation/errors';
import type { Store, ViewFilter, ViewSpec } from '../../../../src/core/store/store';
import type { ReconciliationData } from '../../../../src/shared/reconciliationContract';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { importRows, sku, tenantId } from '../../../support/storeRows';
import { day, idOf, importWorkedExample, license } from '../../../support/workedExample';
import { e3, e5, exchange, powerBi, visio } from '../../core/model/reconciliationTenant';

const signal = new AbortController().signal;
const worstFirst = { column: 'availableNow', descending: false } as const;

/** The page over a store, with what it asked of the world. */
class Host {
  readonly exported: ViewSpec[] = [];
  readonly rosters: [string | null, ViewFilter][] = [];
  readonly page: ReconciliationPage;

  constructor(store: Store, shown: string | null) {
    const nothing = async (): Promise<void> => undefined;
    this.page = new ReconciliationPage({
      tenantId: shown,
      store,
      tenants: () => readTenantFacts(store, shown),
      exportCsv: async (spec) => {
        this.exported.push(spec);
        return { rows: 1 };
      },
      saveCsv: async () => false,
      openRoster: async (...args) => {
        this.rosters.push(args);
      },
      exportHtml: nothing,
      runImport: nothing,
      openLicense: nothing,
      openUser: nothing,
      openTenant: nothing,
      copy: nothing,
    });
  }

  load(showHidden = false): Promise<ReconciliationData> {
    return this.page.methods.load.handle({ sort: worstFirst, showHidden }, signal);
  }
}

/** Expected values are those of docs/reconciliation.md, worked out by hand there. */
describe('host of the Reconciliation: the worked example', () => {
  let test: TestStore;
  let host: Host;
  let data: ReconciliationData;
  before(async function () {
    this.timeout(60_000);
    test = await createTestStore();
    await importWorkedExample(test.store);
    host = new Host(test.store, tenantId);
    data = await host.load();
  });
  after(() => test.dispose());

  it('adds up the position', () => {
    const { totals } = data;
    assert.deepEqual(
      [totals.licenses, totals.entitled, totals.inGrace, totals.consumed, totals.unassigned],
      [5, 4 + 5 + 4 + 5 + 2, 2, 4 + 6 + 3 + 2 + 2, 3],
    );
    assert.deepEqual(
      [totals.licensesShort, totals.shortfallNow, totals.licensesShortAfterGrace, totals.shortfallSoon],
      [1, 1, 1, 2],
    );
    assert.deepEqual(totals.inactive, { value: 1, complete: true });
    assert.deepEqual(totals.never, { value: 1, complete: true });
    assert.deepEqual(totals.unknown, { value: 4, complete: true });
    assert.deepEqual(
      data.rows.map((row) => [row.licenseId, row.availableNow]),
      [e3, e5, visio, exchange, powerBi]
        .map((skuId): [string, number] => [
          license(skuId),
          { [e3]: -1, [exchange]: 1, [powerBi]: 3 }[skuId] ?? 0,
        ])
        .sort((left, right) => left[1] - right[1] || (left[0] < right[0] ? -1 : 1)),
    );
  });

  it('keeps currencies apart and says what is not known', () => {
    const { money } = data;
    assert.deepEqual(
      money.spend.map((amount) => [
        amount.currency,
        amount.monthlyMinor,
        amount.annualMinor,
        amount.assignedMonthlyMinor,
        amount.assignedAnnualMinor,
      ]),
      [
        ['EUR', 41_867, 502_400, 41_467, 497_600],
        ['USD', 5000, 60_000, 2000, 24_000],
      ],
    );
    assert.deepEqual([money.pricedSeats, money.totalSeats, money.lowerBound], [14, 16, true]);
    assert.deepEqual(
      data.rows.map((row) => [row.licenseId, row.bought.map((amount) => amount.monthlyMinor)]).sort(),
      [
        [license(e3), [17_467]],
        [license(e5), [22_800]],
        [license(exchange), [1600]],
        [license(powerBi), [5000]],
        [license(visio), []],
      ].sort(),
    );
  });

  it('adds up savings by bucket, and tells now from later', () => {
    const { money } = data;
    assert.deepEqual(
      money.savings.map((line) => [line.bucket, line.currency, line.seats, line.monthlyMinor]),
      [
        ['disabledAccount', 'EUR', 1, 3493],
        ['disabledAccount', null, 1, null],
        ['guest', 'USD', 1, 1000],
        ['mailboxNeedsNone', 'EUR', 1, 400],
        ['neverActive', 'EUR', 1, 3493],
        ['inactive', 'EUR', 1, 3493],
        ['contained', 'EUR', 1, 400],
        ['contained', 'USD', 1, 1000],
        ['unassigned', 'EUR', 1, 400],
        ['unassigned', 'USD', 2, 2000],
      ],
    );
    const [eur, usd, unpriced] = money.realisable;
    assert.deepEqual([eur?.currency, eur?.nowMinor, eur?.renewalMinor], ['EUR', 10_480, 1200]);
    assert.equal(eur?.firstRenewal, '2027-06-30');
    // Power BI is monthly: its four units are given back now, and not once more at a renewal.
    assert.deepEqual([usd?.currency, usd?.nowUnits, usd?.nowMinor, usd?.renewalMinor], ['USD', 4, 4000, 0]);
    assert.deepEqual([unpriced?.currency, unpriced?.renewalUnits, unpriced?.renewalMinor], [null, 1, null]);
    assert.deepEqual(money.verified, []);
  });

  it('gives the lines of departments, not set last', () => {
    assert.deepEqual(
      data.spendLines
        .filter((line) => line.dimension === 'department')
        .map((line) => [line.value, line.currency, line.monthlyMinor]),
      [
        ['IT', 'EUR', 13_974],
        ['IT', 'USD', 0],
        ['Sales', 'EUR', 20_993],
        ['Sales', 'USD', 1000],
        [null, 'EUR', 6500],
        [null, 'USD', 1000],
      ],
    );
  });

  it('groups findings by kind and license, with their money', () => {
    const group = (kind: string, skuId: string): unknown[] => {
      const found = data.groups.find((own) => own.kind === kind && own.licenseId === license(skuId));
      return [
        found?.findings,
        found?.seats,
        found?.users,
        found?.alerts,
        found?.amounts,
        found?.unpricedSeats,
      ];
    };
    const eur = (monthlyMinor: number): object[] => [{ currency: 'EUR', monthlyMinor }];
    assert.deepEqual(group('shortfall', e3), [1, 1, 0, 1, eur(3493), 0]);
    assert.deepEqual(group('shortfallAfterGrace', e3), [1, 2, 0, 1, eur(6987), 0]);
    assert.deepEqual(group('disabledAccount', visio), [1, 1, 1, 0, [], 1]);
    assert.deepEqual(group('assignmentError', e3), [2, 1, 2, 0, [], 0]);
    // One is contained and saves, one only nearly and is at stake.
    assert.deepEqual(group('contained', exchange), [2, 2, 2, 0, eur(800), 0]);
  });

  it('opens single findings in windows, the most money first, and only its own', async () => {
    const query = { tenantId: null, kinds: ['neverActive', 'inactive', 'unassigned'], licenseId: null };
    const view = await host.page.methods.openFindings.handle(query, signal);
    assert.equal(view.rowCount, 4);
    const ask = { viewId: view.viewId, offset: 0, count: 4 };
    const found = await host.page.methods.findings.handle(ask, signal);
    assert.deepEqual(
      found.map((finding) => [finding.kind, finding.userId, finding.monthlyMinor, finding.currency]),
      [
        ['unassigned', null, 2000, 'USD'],
        ['inactive', idOf('gus'), 3493, 'EUR'],
        ['neverActive', idOf('hal'), 3493, 'EUR'],
        ['unassigned', null, 400, 'EUR'],
      ],
    );
    const foreign = await test.store.openView({ report: 'findings' });
    const isNotFound = (error: unknown): boolean => (error as LicenseError).reason === 'notFound';
    await assert.rejects(
      host.page.methods.findings.handle({ ...ask, viewId: foreign.viewId }, signal),
      isNotFound,
    );
    await host.page.close();
    await assert.rejects(host.page.methods.findings.handle(ask, signal), isNotFound);
    await assert.rejects(test.store.viewRows(view.viewId, 0, 1), isNotFound);
  });

  it('knows what it was at the import before', () => {
    assert.equal(data.trends.consumed.previous, 17, 'the import of a month before had the same units');
    assert.equal(data.trends.consumed.present, 17);
    assert.equal(data.trends.inactive.present, 1);
  });

  it('leaves unmanaged licenses out of everything, and says what they cost', async () => {
    const decisions = { unmanaged: { reason: 'Reseller', until: null }, excludedFromAlerts: null };
    await test.store.saveLicenseSettings(license(e5), { decisions }, day);
    try {
      const shown = await host.load();
      assert.equal(shown.rows.length, 4);
      assert.equal(shown.totals.entitled, 16);
      assert.deepEqual(shown.money.spend[0]?.monthlyMinor, 41_867 - 22_800);
      assert.deepEqual(shown.hidden, {
        retired: 0,
        unmanaged: 1,
        excludedFromAlerts: 0,
        costUnknown: 0,
        costs: [{ currency: 'EUR', monthlyMinor: 22_800, annualMinor: 273_600 }],
      });
      const all = await host.load(true);
      assert.equal(all.rows.find((row) => row.licenseId === license(e5))?.notCounted, 'unmanaged');
      assert.deepEqual(all.totals, shown.totals);
      const query = { tenantId: null, kinds: [], licenseId: null };
      await host.page.methods.exportCsv.handle(
        {
          table: 'licenses',
          allColumns: true,
          sort: worstFirst,
          showHidden: false,
          query,
          dimension: 'department',
          licenseIds: [],
        },
        signal,
      );
      const exported = host.exported.at(-1)?.filter?.columns?.['licenseId'];
      assert(Array.isArray(exported) && exported.length === 4 && !exported.includes(license(e5)));
    } finally {
      await test.store.saveLicenseSettings(
        license(e5),
        { decisions: { unmanaged: null, excludedFromAlerts: null } },
        day,
      );
    }
  });

  it('leads to the people concerned', async () => {
    const { openRoster } = host.page.methods;
    await openRoster.handle({ tenantId, licenseId: license(e3), kind: 'inactive' }, signal);
    await openRoster.handle({ tenantId, licenseId: license(e3), kind: null }, signal);
    await openRoster.handle({ tenantId: null, licenseId: null, kind: 'guest' }, signal);
    assert.deepEqual(host.rosters, [
      [tenantId, { finding: { kind: 'inactive', licenseId: license(e3) } }],
      [tenantId, { licenseId: license(e3) }],
      [tenantId, { finding: { kind: 'guest' } }],
    ]);
  });

  it('sets tenants side by side, each with its own money', async () => {
    const other = '99999999-2222-4333-8444-555555555555';
    const small = sku('aaaaaaaa-0000-4000-8000-000000000001', 'SMALL', { enabled: 7, consumedUnits: 9 });
    await importRows(test.store, { subscribedSkus: [small] }, { tenantId: other });
    const both = await new Host(test.store, null).load();
    assert.equal(both.totals.entitled, 27);
    assert.equal(both.totals.licensesShort, 2);
    const [one, two] = [tenantId, other].map((id) =>
      both.byTenant.find(({ tenant }) => tenant.tenantId === id),
    );
    assert.equal(one?.totals.entitled, 20);
    assert.equal(one?.money.spend.length, 2);
    assert.equal(two?.totals.shortfallNow, 2);
    assert.deepEqual(two?.money.spend, [], 'without a price spend is unknown');
    assert.deepEqual(
      both.money.spend,
      data.money.spend.map((amount) => ({ ...amount })),
    );
  });

  it('does not know what people hold while users were never read', async () => {
    const unread = await createTestStore();
    try {
      const skuId = 'aaaaaaaa-0000-4000-8000-000000000001';
      await importRows(unread.store, {
        subscribedSkus: [sku(skuId, 'BASIC', { enabled: 10, consumedUnits: 4 })],
      });
      const purchase: LicensePurchase = {
        purchaseId: 'p1',
        licenseId: `${tenantId}_${skuId}`,
        quantity: 10,
        amountMinor: 1000,
        amountPer: 'unit',
        currency: 'EUR',
        paymentFrequency: 'monthly',
        effectiveDate: '2025-01-01',
        endingDate: null,
        note: null,
      };
      await unread.store.savePurchases([purchase], day);
      const { money } = await new Host(unread.store, tenantId).load();
      const [spend] = money.spend;
      // What is bought is known, and the six units that nobody holds.
      assert.deepEqual([spend?.monthlyMinor, spend?.annualMinor], [10_000, 120_000]);
      assert.deepEqual(
        money.savings.map((line) => [line.bucket, line.seats, line.monthlyMinor]),
        [['unassigned', 6, 6000]],
      );
      assert.deepEqual(
        [spend?.assignedMonthlyMinor, spend?.assignedAnnualMinor, money.pricedSeats, money.totalSeats],
        [null, null, null, null],
      );
      const [cost] = await unread.store.query('SELECT assignedMonthlyMinor, seats FROM v_license_spend');
      assert.deepEqual(cost, { assignedMonthlyMinor: null, seats: null });
      assert.deepEqual(await unread.store.query('SELECT freed FROM v_realisable'), [{ freed: null }]);
      const report = await readReport(unread.store, {
        tenantId,
        namesHidden: false,
        createdAt: new Date(day.today),
      });
      assert.deepEqual(report.coverage, { pricedSeats: null, totalSeats: null, lowerBound: false });
      assert.match(coverageText(report), /users were never imported/);
    } finally {
      await unread.dispose();
    }
  });
});
