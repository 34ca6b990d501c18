import assert from 'node:assert/strict';
import { fraction } from '../../../../src/core/model/fraction';
import {
  isCurrency,
  minorDigits,
  MoneyByCurrency,
  recurringCost,
  roundedParts,
} from '../../../../src/core/model/money';
import {
  addMonths,
  isValidOn,
  monthlyTotal,
  monthsOf,
  parsePaymentFrequency,
  purchasedQuantity,
  purchaseProblems,
  type Purchase,
} from '../../../../src/core/model/purchases';
import { licenseCostOn, unitPriceOn } from '../../../../src/core/model/unitPrice';

const purchase = (changes: Partial<Purchase>): Purchase => ({
  purchaseId: 'p',
  quantity: 10,
  amountMinor: 1200,
  amountPer: 'unit',
  currency: 'EUR',
  paymentFrequency: 'monthly',
  effectiveDate: '2026-01-01',
  endingDate: null,
  note: null,
  ...changes,
});

describe('purchases', () => {
  it('count on their first and last day', () => {
    const dates = { effectiveDate: '2026-02-01', endingDate: '2026-02-28' };
    assert.deepEqual(
      ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map((date) => isValidOn(dates, date)),
      [false, true, true, false],
    );
    assert.ok(isValidOn({ effectiveDate: '2026-02-01', endingDate: null }, '2099-01-01'));
    const two = [purchase({}), purchase({ quantity: 5, endingDate: '2026-03-31' })];
    assert.equal(purchasedQuantity(two, '2026-03-31'), 15);
    assert.equal(purchasedQuantity(two, '2026-04-01'), 10);
  });

  it('cost per month what a payment pays for', () => {
    const monthly = (paymentFrequency: Purchase['paymentFrequency']) =>
      monthlyTotal(purchase({ quantity: 1, amountMinor: 7200, paymentFrequency }));
    assert.deepEqual(monthly('monthly'), fraction(7200));
    assert.deepEqual(monthly('quarterly'), fraction(2400));
    assert.deepEqual(monthly('semiAnnually'), fraction(1200));
    assert.deepEqual(monthly('annually'), fraction(600));
    assert.deepEqual(monthly('every18Months'), fraction(400));
    assert.deepEqual(monthly('biannually'), fraction(300));
    assert.deepEqual(monthly('triennially'), fraction(200));
    assert.deepEqual(monthlyTotal(purchase({ amountPer: 'total' })), fraction(1200));
    assert.deepEqual(monthlyTotal(purchase({ amountPer: 'unit' })), fraction(12000));
  });

  it('paid once are spread over their time, and over none without an end', () => {
    const once = (effectiveDate: string, endingDate: string | null) =>
      monthlyTotal(
        purchase({
          amountPer: 'total',
          paymentFrequency: 'once',
          amountMinor: 3000,
          effectiveDate,
          endingDate,
        }),
      );
    assert.deepEqual(once('2026-01-01', '2026-12-31'), fraction(250));
    assert.deepEqual(once('2026-01-15', '2027-07-14'), fraction(3000, 18));
    // One month and 15 of the 30 days of June.
    assert.deepEqual(once('2026-05-01', '2026-06-15'), fraction(2000));
    assert.equal(once('2026-01-01', null), null);
  });

  it('knows months of different lengths', () => {
    assert.equal(addMonths('2026-01-31', 1), '2026-02-28');
    assert.equal(addMonths('2024-01-31', 1), '2024-02-29');
    assert.equal(addMonths('2026-11-30', 3), '2027-02-28');
    assert.deepEqual(monthsOf('2026-02-01', '2026-02-28'), fraction(1));
    assert.deepEqual(monthsOf('2026-02-01', '2026-02-14'), fraction(1, 2));
    assert.deepEqual(monthsOf('2026-02-01', '2026-02-01'), fraction(1, 28));
  });

  it('reads payment frequencies as people write them', () => {
    const texts = ['Once', 'Monthly', 'Quarterly', 'Semi-Annually', 'Annually', 'Every 18 Months'];
    assert.deepEqual(texts.map(parsePaymentFrequency), [
      'once',
      'monthly',
      'quarterly',
      'semiAnnually',
      'annually',
      'every18Months',
    ]);
    assert.equal(parsePaymentFrequency('biannually'), 'biannually');
    assert.equal(parsePaymentFrequency('weekly'), null);
  });

  it('says what is wrong with each field', () => {
    assert.deepEqual(purchaseProblems(purchase({})), []);
    const wrong = purchaseProblems(
      purchase({
        quantity: 0,
        amountMinor: 1.5,
        currency: 'Euro',
        effectiveDate: '2026-02-30',
        endingDate: 'soon',
      }),
    );
    assert.deepEqual(
      wrong.map(({ field, problem }) => `${field} ${problem}`),
      [
        'quantity zero',
        'amountMinor notAWholeNumber',
        'currency unknownValue',
        'effectiveDate notADate',
        'endingDate notADate',
      ],
    );
    assert.deepEqual(purchaseProblems(purchase({ endingDate: '2025-12-31' })), [
      { field: 'endingDate', problem: 'beforeStart' },
    ]);
    assert.deepEqual(purchaseProblems(purchase({ quantity: -1, amountMinor: -1 })).length, 2);
    assert.deepEqual(purchaseProblems(purchase({ amountMinor: Number.MAX_SAFE_INTEGER })), [
      { field: 'amountMinor', problem: 'tooLarge' },
    ]);
  });
});

describe('price of one unit', () => {
  const on = '2026-06-01';

  it('is weighted by quantity', () => {
    const state = unitPriceOn(
      [purchase({ quantity: 30, amountMinor: 1000 }), purchase({ quantity: 10, amountMinor: 2000 })],
      on,
    );
    // (30 × 10.00 + 10 × 20.00) / 40
    assert.deepEqual(state.price, { currency: 'EUR', monthly: fraction(1250) });
  });

  it('is unknown for a reason, never zero', () => {
    const problem = (purchases: readonly Purchase[]) => unitPriceOn(purchases, on).problem;
    assert.equal(problem([]), 'noPurchase');
    assert.equal(problem([purchase({ endingDate: '2026-05-31' })]), 'ended');
    assert.equal(problem([purchase({ effectiveDate: '2026-06-02' })]), 'notYetEffective');
    assert.equal(problem([purchase({ paymentFrequency: 'once' })]), 'onceWithoutEnd');
    assert.equal(problem([purchase({}), purchase({ currency: 'USD' })]), 'severalCurrencies');
    assert.deepEqual(unitPriceOn([purchase({ amountMinor: 0 })], on).price?.monthly, fraction(0));
  });

  it('takes a rate that the user gave, to the currency of the larger quantity', () => {
    const purchases = [
      purchase({ quantity: 3, amountMinor: 1000 }),
      purchase({ quantity: 1, amountMinor: 1000, currency: 'USD' }),
    ];
    const rate = { from: 'USD', to: 'EUR', rate: fraction(9, 10) };
    // (30.00 + 9.00) / 4
    assert.deepEqual(unitPriceOn(purchases, on, [rate]).price, { currency: 'EUR', monthly: fraction(975) });
    const other = { from: 'EUR', to: 'USD', rate: fraction(10, 9) };
    assert.equal(unitPriceOn(purchases, on, [other]).problem, 'severalCurrencies');
  });

  it('leaves the cost of a license in each currency apart', () => {
    const cost = licenseCostOn(
      [
        purchase({ quantity: 3 }),
        purchase({ quantity: 1, currency: 'USD' }),
        purchase({ paymentFrequency: 'once' }),
        purchase({ endingDate: '2026-05-31' }),
      ],
      on,
    );
    assert.deepEqual(cost.monthly.entries(), [
      ['EUR', fraction(3600)],
      ['USD', fraction(1200)],
    ]);
    assert.equal(cost.incomplete, true);
  });
});

describe('money', () => {
  it('knows currencies and their minor units', () => {
    assert.deepEqual(['EUR', 'JPY', 'KWD', 'CLF', 'HUF'].map(minorDigits), [2, 0, 3, 4, 2]);
    assert.deepEqual(['EUR', 'eur', 'XYZ', 'EURO', ''].map(isCurrency), [true, false, false, false, false]);
  });

  it('rounds a month and a year once each', () => {
    assert.deepEqual(recurringCost('EUR', fraction(100, 3)), {
      currency: 'EUR',
      monthlyMinor: 33,
      annualMinor: 400,
    });
    assert.equal(recurringCost('EUR', fraction(1, 2)).monthlyMinor, 1);
    assert.equal(recurringCost('EUR', fraction(49, 100)).monthlyMinor, 0);
  });

  it('lets parts add up to the whole', () => {
    const third = fraction(100, 3);
    assert.deepEqual(roundedParts([third, third, third]), [34, 33, 33]);
    assert.deepEqual(roundedParts([fraction(1, 4), fraction(3, 4), fraction(2)]), [0, 1, 2]);
    assert.deepEqual(roundedParts([]), []);
  });

  it('keeps currencies apart, in order', () => {
    const money = new MoneyByCurrency();
    money.add('USD', fraction(1));
    money.add('EUR', fraction(1, 3));
    money.add('EUR', fraction(2, 3));
    assert.deepEqual(money.entries(), [
      ['EUR', fraction(1)],
      ['USD', fraction(1)],
    ]);
  });
});
