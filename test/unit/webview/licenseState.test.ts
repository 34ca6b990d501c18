import assert from 'node:assert/strict';
import { restoreState } from '../../../webview/license/licenseState';

const purchase = {
  purchaseId: null,
  quantity: '4',
  amount: '684.00',
  amountPer: 'unit',
  currency: 'EUR',
  paymentFrequency: 'annually',
  effectiveDate: '2026-01-01',
  endingDate: '',
  note: '',
};
const terms = {
  name: '',
  lifecycleStatus: 'active',
  limit: 'asPurchased',
  buffer: '0',
  administrator: '',
  note: '',
  inactivityDays: '',
  graceDays: '',
  noticeDays: '45',
  managed: true,
  managedReason: '',
  managedUntil: '',
  excluded: false,
  alertsReason: '',
  alertsUntil: '',
};

describe('State of the license page', () => {
  it('comes back with what was typed', () => {
    assert.deepEqual(restoreState({ licenseId: 'x', scrollTop: 40, purchase, terms }), {
      scrollTop: 40,
      purchase,
      terms,
    });
  });

  it('leaves out what does not fit', () => {
    const nothing = { scrollTop: 0, purchase: null, terms: null };
    for (const saved of [
      null,
      undefined,
      'text',
      { scrollTop: -1, purchase: 1, terms: [] },
      { purchase: { ...purchase, amountPer: 'each' }, terms: { ...terms, managed: 'yes' } },
      { purchase: { ...purchase, quantity: 4 }, terms: { ...terms, limit: 'none' } },
      { purchase: { ...purchase, purchaseId: 1 }, terms: { ...terms, note: null } },
    ]) {
      assert.deepEqual(restoreState(saved), nothing);
    }
  });
});
