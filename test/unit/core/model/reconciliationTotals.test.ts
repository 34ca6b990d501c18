import assert from 'node:assert/strict';
import {
  notCountedReason,
  reconciliationTotals,
  type TotalsRow,
} from '../../../../src/core/model/reconciliationTotals';

function row(skuPartNumber: string, changes: Partial<TotalsRow>): TotalsRow {
  return {
    skuPartNumber,
    appliesTo: 'User',
    enabled: 0,
    inGrace: 0,
    suspended: 0,
    lockedOut: 0,
    entitled: 0,
    consumed: 0,
    availableNow: 0,
    shortfallNow: 0,
    shortfallSoon: 0,
    unassigned: 0,
    seats: 0,
    active: 0,
    inactive: 0,
    never: 0,
    new: 0,
    unknown: 0,
    ...changes,
  };
}

// 100 enabled, 94 consumed: 6 spare.
const e3 = row('SPE_E3', {
  enabled: 100,
  entitled: 100,
  consumed: 94,
  availableNow: 6,
  unassigned: 6,
  seats: 94,
  active: 60,
  inactive: 20,
  never: 10,
  new: 1,
  unknown: 3,
});
// 10 enabled, 13 consumed: 3 short.
const visio = row('VISIOCLIENT', {
  enabled: 10,
  entitled: 10,
  consumed: 13,
  availableNow: -3,
  shortfallNow: 3,
  seats: 13,
  active: 13,
});
// 20 enabled and 10 in grace, 25 consumed: 5 spare today, 5 short after the grace.
const project = row('PROJECTPROFESSIONAL', {
  enabled: 20,
  inGrace: 10,
  entitled: 30,
  consumed: 25,
  availableNow: 5,
  shortfallSoon: 5,
  seats: 25,
  active: null,
  inactive: null,
  never: null,
  new: null,
  unknown: null,
});
const store = row('WINDOWS_STORE', { enabled: 1_000_000, entitled: 1_000_000, availableNow: 1_000_000 });
const company = row('SHAREPOINTSTORAGE', {
  appliesTo: 'Company',
  enabled: 50,
  entitled: 50,
  availableNow: 50,
});

describe('reconciliationTotals', () => {
  it('keeps what is short and what is spare apart', () => {
    const totals = reconciliationTotals([e3, visio, project]);
    assert.deepEqual(
      [totals.shortfallNow, totals.shortfallSoon, totals.spare, totals.unassigned],
      [3, 5, 11, 6],
    );
    assert.deepEqual([totals.licenses, totals.licensesShort, totals.licensesShortSoon], [3, 1, 1]);
    assert.deepEqual([totals.entitled, totals.enabled, totals.inGrace, totals.consumed], [140, 130, 10, 132]);
  });

  it('says of a sum with unknown parts that it is not complete', () => {
    const totals = reconciliationTotals([e3, visio, project]);
    assert.deepEqual(totals.seats, { value: 132, complete: true });
    assert.deepEqual(totals.active, { value: 73, complete: false });
    assert.deepEqual(totals.never, { value: 10, complete: false });
    assert.deepEqual(reconciliationTotals([e3]).active, { value: 60, complete: true });
  });

  it('leaves free and company licenses out and names them', () => {
    const totals = reconciliationTotals([e3, store, company]);
    assert.equal(totals.spare, 6);
    assert.equal(totals.licenses, 1);
    assert.deepEqual(totals.notCounted, [
      { skuPartNumber: 'WINDOWS_STORE', reason: 'free' },
      { skuPartNumber: 'SHAREPOINTSTORAGE', reason: 'notPerUser' },
    ]);
  });

  it('is zero for nothing', () => {
    const totals = reconciliationTotals([]);
    assert.deepEqual([totals.entitled, totals.spare, totals.notCounted.length], [0, 0, 0]);
    assert.deepEqual(totals.active, { value: 0, complete: true });
  });
});

describe('notCountedReason', () => {
  const units = (entitled: number, consumed: number, priced = false) =>
    notCountedReason({ skuPartNumber: 'SPE_E5', appliesTo: 'User', entitled, consumed, priced });

  it('takes many units for plumbing only when hardly any is used and no price is known', () => {
    assert.equal(units(10_000, 99), 'bulkUnused');
    assert.equal(units(10_000, 100), null);
    assert.equal(units(9_999, 0), null);
    assert.equal(units(50_000, 48_000), null);
    assert.equal(units(50_000, 0, true), null);
  });

  it('counts a license that applies to whom we do not know', () => {
    assert.equal(
      notCountedReason({ skuPartNumber: 'SPE_E5', appliesTo: null, entitled: 5, consumed: 5 }),
      null,
    );
  });
});
