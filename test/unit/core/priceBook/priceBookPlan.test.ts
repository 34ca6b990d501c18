import assert from 'node:assert/strict';
import type { PriceBookRow } from '../../../../src/core/priceBook/priceBookFormat';
import { planPriceBook } from '../../../../src/core/priceBook/priceBookPlan';
import type { LicensePurchase } from '../../../../src/core/store/licenseRecords';

const licenses = [
  { licenseId: 't_5', skuPartNumber: 'SPE_E5', productName: 'Microsoft 365 E5' },
  { licenseId: 't_3', skuPartNumber: 'SPE_E3', productName: null },
  { licenseId: 't_a', skuPartNumber: 'TWICE', productName: null },
  { licenseId: 't_b', skuPartNumber: 'TWICE', productName: null },
];
const facts = {
  quantity: 4,
  amountMinor: 68400,
  amountPer: 'unit' as const,
  currency: 'EUR',
  paymentFrequency: 'annually' as const,
  effectiveDate: '2026-01-01',
  endingDate: null,
  note: null,
};
const row = (changes: Partial<PriceBookRow> = {}): PriceBookRow => ({
  line: 2,
  skuPartNumber: 'SPE_E5',
  ...facts,
  purchaseId: null,
  ...changes,
});
const existing = (purchaseId: string, changes: Partial<LicensePurchase> = {}): LicensePurchase => ({
  ...facts,
  licenseId: 't_5',
  purchaseId,
  ...changes,
});
const plan = (rows: readonly PriceBookRow[], purchases: readonly LicensePurchase[] = []) => {
  let next = 0;
  const { entries, problems } = planPriceBook(rows, licenses, purchases, () => `new${++next}`);
  return {
    entries: entries.map(({ action, purchase }) => `${action} ${purchase.licenseId} ${purchase.purchaseId}`),
    problems: problems.map(({ line, column, problem, value }) => `${line} ${column} ${problem} ${value}`),
  };
};

describe('Price book plan', () => {
  it('adds rows to the license of their part number, whatever its case', () => {
    assert.deepEqual(plan([row(), row({ skuPartNumber: 'spe_e3', line: 3 })]), {
      entries: ['add t_5 new1', 'add t_3 new2'],
      problems: [],
    });
  });

  it('leaves a purchase that is there already, so that a file can be imported again', () => {
    assert.deepEqual(plan([row()], [existing('p1')]).entries, ['same t_5 p1']);
    // Two equal rows are two purchases, of which one is there.
    assert.deepEqual(plan([row(), row({ line: 3 })], [existing('p1')]).entries, [
      'same t_5 p1',
      'add t_5 new1',
    ]);
    assert.deepEqual(plan([row({ amountMinor: 1 })], [existing('p1')]).entries, ['add t_5 new1']);
  });

  it('replaces the purchase that a row names', () => {
    assert.deepEqual(plan([row({ purchaseId: 'p1', quantity: 5 })], [existing('p1')]).entries, [
      'replace t_5 p1',
    ]);
    assert.deepEqual(plan([row({ purchaseId: 'p1' })], [existing('p1')]).entries, ['same t_5 p1']);
    // A purchase that one row names is not what another row without an id means.
    assert.deepEqual(
      plan([row(), row({ purchaseId: 'p1', quantity: 5, line: 3 })], [existing('p1')]).entries,
      ['add t_5 new1', 'replace t_5 p1'],
    );
  });

  it('reports products and purchases that are not there, or not clear', () => {
    assert.deepEqual(
      plan(
        [
          row({ skuPartNumber: 'NONE' }),
          row({ skuPartNumber: 'TWICE', line: 3 }),
          row({ purchaseId: 'p9', line: 4 }),
          row({ purchaseId: 'p2', line: 5 }),
          row({ purchaseId: 'p1', line: 6 }),
          row({ purchaseId: 'p1', line: 7 }),
        ],
        [existing('p1'), existing('p2', { licenseId: 't_3' })],
      ).problems,
      [
        '2 skuPartNumber unknownProduct NONE',
        '3 skuPartNumber ambiguousProduct TWICE',
        '4 purchaseId unknownPurchase p9',
        '5 purchaseId unknownPurchase p2',
        '7 purchaseId repeatedPurchase p1',
      ],
    );
  });
});
