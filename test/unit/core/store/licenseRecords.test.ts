import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { Store } from '../../../../src/core/store/store';
import { createTestStore, failureOf, type TestStore } from '../../../support/storeFixture';
import { assignment, guid, importRows, sku, tenantId, user } from '../../../support/storeRows';
import { catalogLadderProduct } from '../../../../src/core/catalog/planLadder';
import { skuId as skuIdOf } from '../model/reconciliationTenant';
import { basic, day, exchangePlans, license, premium, purchase, rows } from './licensedTenant';

const fails =
  (reason: string) =>
  (error: unknown): boolean =>
    isLicenseError(error) && error.reason === reason;

describe('what people keep about licenses', () => {
  let test: TestStore;
  let store: Store;
  beforeEach(async () => {
    test = await createTestStore();
    store = test.store;
    await importRows(store, rows);
  });
  afterEach(() => test.dispose());

  const list = async (sql: string): Promise<unknown[]> =>
    (await store.query(sql)).map((row) => Object.values(row).join(' '));
  const kinds = (skuId: string): Promise<unknown[]> =>
    list(`SELECT kind, seats, monthlyMinor FROM v_findings WHERE skuId = '${skuId}' ORDER BY kind`);

  it('has findings without any price', async () => {
    // Both do the same for person 1; of two without a price the first by id is given up.
    assert.deepEqual(await kinds(basic), [
      'contained 1 ',
      'inactive 1 ',
      'neverActive 1 ',
      'priceMissing 3 ',
      'renewalDue 10 ',
      'unassigned 7 ',
    ]);
    assert.deepEqual(await list('SELECT * FROM v_spend'), [`${tenantId}      0 4 1`]);
    assert.deepEqual(await list('SELECT priceProblem FROM v_licenses'), ['noPurchase', 'noPurchase']);
  });

  describe('purchases', () => {
    it('price seats, findings and spend at once', async () => {
      await store.savePurchases(
        [
          purchase('a'),
          purchase('p', {
            licenseId: license(premium),
            quantity: 1,
            amountMinor: 1200,
            paymentFrequency: 'annually',
          }),
        ],
        day,
      );
      // Premium: 12.00 a year is 1.00 a month.
      assert.deepEqual(
        await list(
          'SELECT currency, monthlyMinor, annualMinor, assignedMonthlyMinor, lowerBound FROM v_spend',
        ),
        ['EUR 5100 61200 1600 0'],
      );
      assert.deepEqual(await kinds(basic), [
        'inactive 1 500',
        'neverActive 1 500',
        'renewalDue 10 5000',
        'unassigned 7 3500',
      ]);
      assert.deepEqual(
        await list("SELECT value, monthlyMinor, seats FROM v_spend_lines WHERE dimension = 'department'"),
        ['IT 500 1', 'Sales 600 2', ' 500 1'],
      );
      assert.deepEqual(await list('SELECT purchaseId, isValid FROM v_purchases ORDER BY 1'), ['a 1', 'p 1']);
    });

    it('are replaced by id, and removed', async () => {
      await store.savePurchases([purchase('a')], day);
      await store.savePurchases(
        [purchase('a', { amountMinor: 700, note: 'new offer' }), purchase('b', { endingDate: '2026-03-09' })],
        day,
      );
      assert.deepEqual(await list('SELECT monthlyMinor FROM v_spend'), ['7000']);
      assert.deepEqual(
        await list('SELECT purchaseId, amountMinor, isValid, note FROM v_purchases ORDER BY 1'),
        ['a 700 1 new offer', 'b 500 0 '],
      );
      await store.removePurchase('a', day);
      assert.deepEqual(
        await list(
          "SELECT currency, priceProblem, purchasedQuantity FROM v_licenses WHERE skuId = '" + basic + "'",
        ),
        [' ended 0'],
      );
      assert.ok(fails('notFound')(await failureOf(store.removePurchase('a', day))));
    });

    it('are saved all or none', async () => {
      const wrong = await failureOf(
        store.savePurchases([purchase('a'), purchase('b', { quantity: 0 })], day),
      );
      assert.ok(fails('invalidArgument')(wrong));
      assert.deepEqual(isLicenseError(wrong) && [wrong.details.field, wrong.details.problem], [
        'quantity',
        'zero',
      ]);
      const unknown = store.savePurchases(
        [purchase('a'), purchase('b', { licenseId: license(guid(9)) })],
        day,
      );
      assert.ok(fails('notFound')(await failureOf(unknown)));
      assert.deepEqual(await store.query('SELECT * FROM v_purchases'), []);
    });

    it('stay when their license goes, and count again when it is back', async () => {
      await store.savePurchases([purchase('a')], day);
      await importRows(store, { subscribedSkus: rows.subscribedSkus?.slice(1) ?? [] });
      assert.deepEqual(await list('SELECT currency FROM v_spend'), ['']);
      assert.deepEqual(
        await list("SELECT kind, count(*) FROM v_findings WHERE skuId = '" + basic + "' GROUP BY kind"),
        ['productGone 3'],
      );
      await importRows(store, { subscribedSkus: rows.subscribedSkus ?? [] });
      assert.deepEqual(await list('SELECT monthlyMinor FROM v_spend'), ['5000']);
    });

    it('of two currencies need a rate, between whole units', async () => {
      const yen = purchase('yen', { quantity: 10, amountMinor: 1600, currency: 'JPY' });
      await store.savePurchases([purchase('a', { quantity: 30 }), yen], day);
      const price = (): Promise<unknown[]> =>
        list(`SELECT unitMonthlyMinor, currency, priceProblem FROM v_licenses WHERE skuId = '${basic}'`);
      assert.deepEqual(await price(), ['  severalCurrencies']);
      // One euro is 160 yen, so 1,600 yen are 10.00 euros: (30 × 5.00 + 10 × 10.00) ÷ 40 = 6.25.
      await store.saveExchangeRates([{ from: 'EUR', to: 'JPY', rate: '160' }], day);
      assert.deepEqual(await price(), ['625 EUR ']);
      assert.deepEqual(await store.exchangeRates(), [{ from: 'EUR', to: 'JPY', rate: '160' }]);
      assert.deepEqual(await list('SELECT * FROM v_exchange_rates'), ['EUR JPY 160']);
      // The way back as it is typed goes before the inverse: 1,600 yen are 8.00 euros.
      await store.saveExchangeRates(
        [
          { from: 'EUR', to: 'JPY', rate: '160' },
          { from: 'JPY', to: 'EUR', rate: '0.005' },
        ],
        day,
      );
      assert.deepEqual(await price(), ['575 EUR ']);
      for (const rate of ['0', '1,5', '-1', '']) {
        const refused = await failureOf(store.saveExchangeRates([{ from: 'EUR', to: 'USD', rate }], day));
        assert.ok(fails('invalidArgument')(refused), rate);
      }
      assert.equal((await store.exchangeRates()).length, 2);
    });
  });

  describe('answers about cheaper licenses', () => {
    it('are asked where there are prices, kept, and followed at once', async () => {
      assert.equal((await store.downgrades(license(basic), day.today)).problem, 'noPrice');
      const [e5, e3] = [skuIdOf('SPE_E5'), skuIdOf('SPE_E3')];
      const plans = (skuId: string) =>
        catalogLadderProduct(skuId).plans.map((plan) => ({
          ...plan,
          appliesTo: 'User',
          provisioningStatus: 'Success',
        }));
      // Person 1 uses mail; every other service is on and not used, as fresh reports say.
      await importRows(
        store,
        {
          ...rows,
          users: [user(1, { lastSignInAt: '2026-03-09T00:00:00Z', assignments: [assignment(e5)] })],
          subscribedSkus: [
            sku(e5, 'SPE_E5', { enabled: 1, consumedUnits: 1, servicePlans: plans(e5) }),
            sku(e3, 'SPE_E3', { enabled: 1, consumedUnits: 0, servicePlans: plans(e3) }),
          ],
        },
        { importId: 'suites' },
      );
      await store.savePurchases(
        [
          purchase('e5', { licenseId: license(e5), quantity: 1, amountMinor: 5700 }),
          purchase('e3', { licenseId: license(e3), quantity: 1, amountMinor: 3600 }),
        ],
        day,
      );
      const asked = await store.downgrades(license(e5), day.today);
      assert.deepEqual([asked.problem, asked.prospects.map(({ savesMinor }) => savesMinor)], [null, [2100]]);
      assert.deepEqual((await store.downgrades(license(e3), day.today)).prospects, []);
      const notNeeded = asked.questions.map(({ key }) => key).sort();
      await store.saveDowngradeAnswers(license(e5), { notNeeded, frontline: true, noHolds: false }, day);
      const kept = await store.downgrades(license(e5), day.today);
      assert.deepEqual(kept.answers, { notNeeded, frontline: true, noHolds: false });
      assert.deepEqual(kept.prospects[0]?.open, []);
      assert.deepEqual(test.sqlite3('SELECT frontline, noHolds FROM v_downgrade_answers'), [
        { frontline: 1, noHolds: 0 },
      ]);
      await store.saveDowngradeAnswers(license(e5), { notNeeded: [], frontline: false, noHolds: false }, day);
      assert.deepEqual(test.sqlite3('SELECT * FROM downgradeAnswers'), []);
      await assert.rejects(
        store.saveDowngradeAnswers(license(e5), { notNeeded: ['a; b'], frontline: true, noHolds: true }, day),
        fails('invalidArgument'),
      );
    });
  });

  describe('settings of a license', () => {
    it('say how early to speak of its dates, in the place of the setting', async () => {
      // The subscription's next date is 2026-03-25, 15 days after the day.
      const due = (): Promise<unknown[]> => list("SELECT skuId FROM v_findings WHERE kind = 'renewalDue'");
      const settings = { inactivityDays: 30, graceDays: 30 };
      assert.deepEqual(await due(), [basic]);
      await store.saveLicenseSettings(license(basic), { noticeDays: 14 }, day);
      assert.deepEqual(await due(), []);
      await store.saveLicenseSettings(license(basic), { noticeDays: 15 }, day);
      assert.deepEqual(await due(), [basic]);
      assert.equal(await store.evaluate({ ...settings, noticeDays: 7 }, day.today), true);
      assert.deepEqual(await due(), [basic]);
      const week = { ...day, settings: { ...settings, noticeDays: 7 } };
      await store.saveLicenseSettings(license(basic), { noticeDays: null }, week);
      assert.deepEqual(await due(), []);
      assert.equal(await store.evaluate({ ...settings, noticeDays: 7 }, day.today), false);
      assert.equal(await store.evaluate(settings, day.today), true);
      assert.deepEqual(await due(), [basic]);
    });

    it('have defaults, and keep what is not changed', async () => {
      assert.deepEqual(await store.licenseSettings(license(basic)), {
        lifecycleStatus: 'active',
        decisions: { unmanaged: null, excludedFromAlerts: null },
        terms: { limit: 'asPurchased', buffer: 0, administrator: null, note: null },
        inactivityDays: null,
        graceDays: null,
        noticeDays: null,
        name: null,
      });
      const terms = {
        limit: 'unlimited',
        buffer: 2,
        administrator: 'sam@contoso.example',
        note: 'ask Kim',
      } as const;
      await store.saveLicenseSettings(license(basic), { terms }, day);
      await store.saveLicenseSettings(license(basic), { name: 'Our mail' }, day);
      const kept = await store.licenseSettings(license(basic));
      assert.deepEqual([kept.terms, kept.name], [terms, 'Our mail']);
      assert.deepEqual(
        await list(
          `SELECT productName, givenName, entitlementLimit, buffer, administrator, note FROM v_licenses WHERE skuId = '${basic}'`,
        ),
        ['Our mail Our mail unlimited 2 sam@contoso.example ask Kim'],
      );
      assert.deepEqual(await list(`SELECT unassigned FROM v_position WHERE skuId = '${basic}'`), ['5']);
      assert.deepEqual(await list("SELECT productName FROM v_findings WHERE kind = 'unassigned'"), [
        'Our mail',
      ]);
    });

    it('refuse what breaks a rule, and unknown licenses', async () => {
      for (const changes of [
        { inactivityDays: 0 },
        { name: ' ' },
        { terms: { limit: 'asPurchased', buffer: -1, administrator: null, note: null } },
        { decisions: { unmanaged: { reason: null, until: '2026-02-30' }, excludedFromAlerts: null } },
      ] as const) {
        const refused = await failureOf(store.saveLicenseSettings(license(basic), changes, day));
        assert.ok(fails('invalidArgument')(refused), JSON.stringify(changes));
      }
      assert.ok(fails('notFound')(await failureOf(store.licenseSettings(license(guid(9))))));
    });

    it('without a limit nothing is short, and what is available stays signed', async () => {
      const position = (): Promise<unknown[]> =>
        list(`SELECT availableNow, shortfallNow FROM v_position WHERE skuId = '${premium}'`);
      assert.deepEqual(await position(), ['-1 1']);
      await store.saveLicenseSettings(
        license(premium),
        { terms: { limit: 'unlimited', buffer: 0, administrator: null, note: null } },
        day,
      );
      assert.deepEqual(await position(), ['-1 0']);
      assert.deepEqual(await list("SELECT kind FROM v_findings WHERE kind = 'shortfall'"), []);
    });

    it('an unmanaged license is out of every number until its last day has passed', async () => {
      await store.savePurchases(
        [purchase('a'), purchase('p', { licenseId: license(premium), quantity: 1 })],
        day,
      );
      const unmanaged = { reason: 'Bought by the university', until: '2026-03-11' };
      await store.saveLicenseSettings(
        license(basic),
        { decisions: { unmanaged, excludedFromAlerts: null } },
        day,
      );
      assert.deepEqual(
        await list(
          `SELECT participation, managed, isCounted, managedReason, managedUntil FROM v_licenses WHERE skuId = '${basic}'`,
        ),
        ['unmanaged 0 0 Bought by the university 2026-03-11'],
      );
      assert.deepEqual(await kinds(basic), []);
      assert.deepEqual(await list('SELECT monthlyMinor, assignedMonthlyMinor, totalSeats FROM v_spend'), [
        '500 500 1',
      ]);
      assert.deepEqual(await list('SELECT * FROM v_license_spend'), [
        `${tenantId} ${license(premium)} ${premium} PREMIUM EUR 500 6000 500 1 0`,
      ]);
      assert.deepEqual(
        await list('SELECT retired, unmanaged, excludedFromAlerts, costUnknown FROM v_hidden_licenses'),
        ['0 1 0 0'],
      );
      assert.deepEqual(await list('SELECT currency, monthlyMinor, annualMinor FROM v_hidden_costs'), [
        'EUR 5000 60000',
      ]);
      // The position still has it, and its users still hold it.
      assert.deepEqual(await list(`SELECT seats FROM v_position WHERE skuId = '${basic}'`), ['3']);
      await store.evaluate(day.settings, '2026-03-11');
      assert.deepEqual(await list('SELECT unmanaged FROM v_hidden_licenses'), ['1']);
      await store.evaluate(day.settings, '2026-03-12');
      assert.deepEqual(await list('SELECT unmanaged FROM v_hidden_licenses'), ['0']);
      assert.deepEqual(await list('SELECT monthlyMinor FROM v_spend'), ['5500']);
    });

    it('a license excluded from alerts counts and causes none', async () => {
      const alerts = (): Promise<unknown[]> =>
        list('SELECT kind FROM v_findings WHERE isAlert = 1 ORDER BY kind');
      assert.deepEqual(await alerts(), ['renewalDue', 'shortfall']);
      const excludedFromAlerts = { reason: 'Known', until: null };
      await store.saveLicenseSettings(
        license(premium),
        { decisions: { unmanaged: null, excludedFromAlerts } },
        day,
      );
      assert.deepEqual(await alerts(), ['renewalDue']);
      assert.deepEqual(await list("SELECT kind FROM v_findings WHERE kind = 'shortfall'"), ['shortfall']);
      assert.deepEqual(await list('SELECT excludedFromAlerts FROM v_hidden_licenses'), ['1']);
    });

    it('days of its own judge its seats, not its users', async () => {
      const verdicts = (): Promise<unknown[]> =>
        list("SELECT userId, verdict FROM v_seats WHERE skuPartNumber = 'BASIC' ORDER BY userId");
      const users = await list('SELECT userId, verdict FROM v_users ORDER BY userId');
      assert.deepEqual(await verdicts(), [`${guid(1)} active`, `${guid(2)} inactive`, `${guid(3)} never`]);
      // The last use of user 2 was 42 days ago.
      await store.saveLicenseSettings(license(basic), { inactivityDays: 42 }, day);
      assert.deepEqual(await verdicts(), [`${guid(1)} active`, `${guid(2)} active`, `${guid(3)} never`]);
      assert.deepEqual(await list('SELECT active, inactive FROM v_position ORDER BY skuId'), ['2 0', '1 0']);
      await store.saveLicenseSettings(license(basic), { inactivityDays: 41 }, day);
      assert.deepEqual((await verdicts())[1], `${guid(2)} inactive`);
      assert.deepEqual(await list('SELECT userId, verdict FROM v_users ORDER BY userId'), users);
      await store.saveLicenseSettings(license(basic), { inactivityDays: null, graceDays: 730 }, day);
      assert.deepEqual((await verdicts())[1], `${guid(2)} inactive`);
    });

    it('a given stage counts, retired does not', async () => {
      await store.saveLicenseSettings(license(basic), { lifecycleStatus: 'inStock' }, day);
      assert.deepEqual(
        await list(`SELECT lifecycleStatus, isCounted FROM v_licenses WHERE skuId = '${basic}'`),
        ['inStock 1'],
      );
      await store.saveLicenseSettings(license(basic), { lifecycleStatus: 'retired' }, day);
      assert.deepEqual(
        await list(`SELECT lifecycleStatus, isCounted FROM v_licenses WHERE skuId = '${basic}'`),
        ['retired 0'],
      );
      assert.deepEqual(await list('SELECT retired FROM v_hidden_licenses'), ['1']);
    });
  });

  it('recurring billing decides what the next date of a subscription means', async () => {
    const due = (): Promise<unknown[]> =>
      list("SELECT json_extract(evidence, '$.alert.what') FROM v_findings WHERE kind = 'renewalDue'");
    assert.deepEqual(await due(), ['renewsOrEnds']);
    await store.saveRecurringBilling(tenantId, guid(501), false, day);
    assert.deepEqual(await due(), ['ends']);
    await store.saveRecurringBilling(tenantId, guid(501), true, day);
    assert.deepEqual(await due(), ['renews']);
    assert.deepEqual(await list('SELECT recurringBilling, licenseId FROM v_subscriptions'), [
      `1 ${license(basic)}`,
    ]);
    // With a buffer of all that is left nothing could be given back, and there is nothing to say.
    await store.saveLicenseSettings(
      license(basic),
      { terms: { limit: 'asPurchased', buffer: 7, administrator: null, note: null } },
      day,
    );
    assert.deepEqual(await due(), []);
    assert.ok(fails('notFound')(await failureOf(store.saveRecurringBilling(tenantId, guid(9), true, day))));
  });

  it('a newer list of products names them, an older one does not', async () => {
    const entry = (skuId: string, productName: string) => ({
      skuId,
      skuPartNumber: 'BASIC',
      productName,
      servicePlans: [
        {
          servicePlanId: exchangePlans[0]?.servicePlanId ?? '',
          servicePlanName: 'EXCHANGE_S_ENTERPRISE',
          friendlyName: 'Mail',
        },
      ],
    });
    const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
    await importRows(store, { subscribedSkus: [...(rows.subscribedSkus ?? []), sku(e3, 'SPE_E3')] });
    const named = (): Promise<unknown[]> =>
      list(`SELECT productName FROM v_licenses WHERE skuId IN ('${basic}', '${e3}') ORDER BY 1`);
    assert.deepEqual(await named(), ['BASIC', 'Microsoft 365 E3']);
    await store.saveCatalogue([entry(basic, 'Basic Mail'), entry(e3, 'Three')], '2099-01-01', day);
    assert.deepEqual(await named(), ['Basic Mail', 'Three']);
    assert.deepEqual(await list('SELECT DISTINCT friendlyName FROM v_service_plans'), ['Mail']);
    await store.saveCatalogue([entry(basic, 'Basic Mail'), entry(e3, 'Three')], '2001-01-01', day);
    assert.deepEqual(await named(), ['Basic Mail', 'Microsoft 365 E3']);
    assert.ok(fails('invalidArgument')(await failureOf(store.saveCatalogue([], '2099-01-01', day))));
  });

  it('what is reworked equals what a whole evaluation makes', async () => {
    await store.savePurchases(
      [purchase('a', { amountMinor: 333, quantity: 7, paymentFrequency: 'quarterly' })],
      day,
    );
    await store.savePurchases([purchase('p', { licenseId: license(premium), currency: 'USD' })], day);
    await store.saveLicenseSettings(
      license(basic),
      { terms: { limit: 'asPurchased', buffer: 3, administrator: null, note: null } },
      day,
    );
    const views = [
      'v_findings',
      'v_position',
      'v_spend',
      'v_spend_lines',
      'v_user_spend',
      'v_license_spend',
      'v_realisable',
      'v_licenses',
      'v_hidden_licenses',
    ];
    const all = async (): Promise<unknown[]> =>
      Promise.all(views.map(async (view) => (await list(`SELECT * FROM ${view}`)).sort()));
    const reworked = await all();
    await store.evaluate(day.settings, '2026-03-20');
    await store.evaluate(day.settings, day.today);
    assert.deepEqual(await all(), reworked);
  });
});
