import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  amountOf,
  checkPurchase,
  minorOf,
  newPurchase,
  purchaseOf,
  purchaseRow,
} from '../../../../src/app/panels/purchaseDraft';
import { checkTerms, settingsOf, termsDraftOf } from '../../../../src/app/panels/termsDraft';
import { defaultLicenseTerms, type Purchase } from '../../../../src/core/model/purchases';
import type { LicenseSettings } from '../../../../src/core/store/licenseRecords';
import type { PurchaseDraft } from '../../../../src/shared/licenseContract';

const draft: PurchaseDraft = {
  purchaseId: 'p1',
  quantity: '4',
  amount: '684.00',
  amountPer: 'unit',
  currency: 'EUR',
  paymentFrequency: 'annually',
  effectiveDate: '2026-01-01',
  endingDate: '2026-12-31',
  note: 'PO 4711',
};

describe('Purchase as a person types it', () => {
  it('has amounts in minor units of its currency', () => {
    const cases: readonly [string, string, number][] = [
      ['684', 'EUR', 68_400],
      ['684.5', 'EUR', 68_450],
      ['684,05', 'EUR', 68_405],
      [' 0 ', 'EUR', 0],
      ['1200', 'JPY', 1_200],
      ['1.234', 'KWD', 1_234],
      ['-3', 'EUR', -300],
    ];
    for (const [text, currency, minor] of cases)
      assert.equal(minorOf(text, currency), minor, `${text} ${currency}`);
    for (const [text, currency] of [
      ['1.234', 'EUR'],
      ['1,234.50', 'EUR'],
      ['1 234', 'EUR'],
      ['12.5', 'JPY'],
      ['', 'EUR'],
      ['1e3', 'EUR'],
      ['.5', 'EUR'],
    ] as const) {
      assert.ok(Number.isNaN(minorOf(text, currency)), `${text} ${currency}`);
    }
  });

  it('is shown so that it reads back as it was', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
        (minor, currency) => assert.equal(minorOf(amountOf(minor, currency), currency), minor),
      ),
    );
    const purchase = purchaseOf(draft, 'p1');
    assert.deepEqual(purchaseRow(purchase, '2026-06-01').draft, draft);
  });

  it('has a state on a day: its first and its last count', () => {
    const stateOn = (day: string): string => purchaseRow(purchaseOf(draft, 'p1'), day).state;
    assert.deepEqual(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map(stateOn), [
      'notYet',
      'valid',
      'valid',
      'ended',
    ]);
  });

  it('costs what its payments come to, and nothing is said of a single payment without an end', () => {
    // 684.00 / 12 = 57.00 a unit and month.
    assert.deepEqual(checkPurchase(draft).cost, {
      currency: 'EUR',
      unitMonthlyMinor: 5_700,
      monthlyMinor: 22_800,
      annualMinor: 273_600,
    });
    // 100.00 / 3 = 33.333… a month for all, 11.111… a unit; a year is 400.00, not twelve times 33.33.
    assert.deepEqual(
      checkPurchase({
        ...draft,
        quantity: '3',
        amount: '100',
        amountPer: 'total',
        paymentFrequency: 'quarterly',
      }).cost,
      { currency: 'EUR', unitMonthlyMinor: 1_111, monthlyMinor: 3_333, annualMinor: 40_000 },
    );
    const once = checkPurchase({ ...draft, paymentFrequency: 'once', endingDate: '' });
    assert.deepEqual(once.problems, []);
    assert.equal(once.cost?.monthlyMinor, null);
  });

  it('begins as the last one was, with the units that none covers', () => {
    const last = {
      ...purchaseOf(draft, 'p1'),
      amountPer: 'total' as const,
      paymentFrequency: 'monthly' as const,
    };
    const next = newPurchase(120, [last], '2026-11-21');
    assert.deepEqual(
      [next.quantity, next.amountPer, next.currency, next.paymentFrequency, next.effectiveDate, next.amount],
      ['116', 'total', 'EUR', 'monthly', '2026-11-21', ''],
    );
    assert.equal(newPurchase(120, [last], '2027-01-01').quantity, '120');
    assert.equal(newPurchase(4, [last], '2026-11-21').quantity, '');
    assert.equal(newPurchase(0, [], '2026-11-21').quantity, '');
    assert.equal(newPurchase(null, [], '2026-11-21').quantity, '');
  });

  it('is refused or kept whole, whatever is typed', () => {
    const typed = fc.record({
      purchaseId: fc.constant(null),
      quantity: fc.oneof(fc.string(), fc.nat().map(String)),
      amount: fc.oneof(fc.string(), fc.float({ noNaN: true }).map(String)),
      amountPer: fc.constantFrom('unit' as const, 'total' as const),
      currency: fc.oneof(fc.string(), fc.constantFrom('EUR', 'jpy')),
      paymentFrequency: fc.constantFrom('once' as const, 'monthly' as const, 'triennially' as const),
      effectiveDate: fc.oneof(fc.string(), fc.constantFrom('2026-01-01', '0000-00-00')),
      endingDate: fc.oneof(fc.string(), fc.constantFrom('', '2026-01-01')),
      note: fc.string(),
    });
    fc.assert(
      fc.property(typed, (values) => {
        const { problems, cost } = checkPurchase(values);
        assert.equal(cost === null, problems.length > 0);
        for (const { sentence } of problems) assert.match(sentence, /\.$/);
        if (problems.length > 0) return;
        const kept: Purchase = purchaseOf(values, 'x');
        assert.ok(Number.isSafeInteger(kept.quantity) && Number.isSafeInteger(kept.amountMinor));
      }),
    );
  });
});

describe('Terms as a person types them', () => {
  const settings: LicenseSettings = {
    lifecycleStatus: 'received',
    decisions: {
      unmanaged: { reason: 'Subsidiary', until: '2026-12-31' },
      excludedFromAlerts: { reason: null, until: null },
    },
    terms: { limit: 'subjectToTrueUp', buffer: 3, administrator: 'sam@contoso.example', note: 'Line' },
    inactivityDays: 90,
    graceDays: null,
    noticeDays: 60,
    name: 'Our E5',
  };

  it('are what is kept, and back', () => {
    assert.deepEqual(settingsOf(termsDraftOf(settings, '2026-12-31')), settings);
    const nothing: LicenseSettings = {
      lifecycleStatus: 'active',
      decisions: { unmanaged: null, excludedFromAlerts: null },
      terms: defaultLicenseTerms,
      inactivityDays: null,
      graceDays: null,
      noticeDays: null,
      name: null,
    };
    assert.deepEqual(settingsOf(termsDraftOf(nothing, '2026-12-31')), nothing);
  });

  it('show no decision that has run out', () => {
    const shown = termsDraftOf(settings, '2027-01-01');
    assert.equal(shown.managed, true);
    assert.equal(shown.managedReason, '');
    assert.equal(shown.excluded, true);
  });

  it('are fine when they are fine, and say what is not', () => {
    const fine = termsDraftOf(settings, '2026-11-21');
    assert.deepEqual(checkTerms(fine, '2026-11-21').problems, []);
    const fields = checkTerms(
      {
        ...fine,
        name: 'x'.repeat(201),
        buffer: '1.5',
        administrator: 'sam@contoso',
        note: 'x'.repeat(2_001),
        inactivityDays: '731',
        graceDays: 'ten',
        managedReason: 'x'.repeat(501),
        managedUntil: '2026-02-30',
        alertsUntil: '2026-11-20',
      },
      '2026-11-21',
    ).problems.map(({ field }) => field);
    assert.deepEqual(fields.sort(), [
      'administrator',
      'alertsUntil',
      'buffer',
      'graceDays',
      'inactivityDays',
      'managedReason',
      'managedUntil',
      'name',
      'note',
    ]);
    // What is not shown is not checked.
    assert.deepEqual(
      checkTerms(
        { ...fine, managed: true, managedUntil: 'x', excluded: false, alertsUntil: 'y' },
        '2026-11-21',
      ).problems,
      [],
    );
  });
});
