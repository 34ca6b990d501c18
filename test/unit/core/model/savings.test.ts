import assert from 'node:assert/strict';
import { findingId } from '../../../../src/core/model/finding';
import { fraction } from '../../../../src/core/model/fraction';
import type { EntitlementLimit } from '../../../../src/core/model/purchases';
import { freesSeat, realisable, verifiedSavings } from '../../../../src/core/model/savings';
import { SpendTally } from '../../../../src/core/model/spend';
import type { LicenseTerm } from '../../../../src/core/model/term';
import { licenseCostOn } from '../../../../src/core/model/unitPrice';
import { findingsOf, licenseOf, seatOf, userOf } from './findingFixtures';

const users = ['1', '2', '3'].map((id) => userOf(id, [seatOf('big', { verdict: 'inactive' })]));
const license = (enabled: number, consumed: number, buffer = 0) =>
  licenseOf('BIG', {
    price: fraction(1000, 3),
    buffer,
    units: { enabled, warning: 0, suspended: 0, lockedOut: 0, consumed },
  });

describe('realisable savings', () => {
  const units = (
    enabled: number,
    consumed: number,
    buffer: number,
    term: LicenseTerm,
    limit: EntitlementLimit = 'asPurchased',
  ) => {
    const one = license(enabled, consumed, buffer);
    const result = realisable(
      { skuId: 'big', units: one.units, buffer, limit, price: one.price.price, term, renewalDate: null },
      findingsOf([one], users).filter(freesSeat).length,
    );
    return [result.freed, result.nowUnits, result.renewalUnits, result.renewalMinor];
  };

  it('wait for the renewal unless the term is monthly', () => {
    // 3 freed + 2 spare; 5 × 3.333… = 16.666…, rounded down.
    assert.deepEqual(units(10, 8, 0, 'annual'), [3, 0, 5, 1666]);
    assert.deepEqual(units(10, 8, 0, 'monthly'), [3, 5, 5, 1666]);
    assert.deepEqual(units(10, 8, 0, 'unknown'), [3, 0, 5, 1666]);
  });

  it('fill what is short first, then the buffer', () => {
    assert.deepEqual(units(10, 12, 0, 'annual'), [3, 2, 1, 333]);
    assert.deepEqual(units(10, 12, 4, 'annual'), [3, 2, 0, 0]);
    assert.deepEqual(units(10, 9, 3, 'annual'), [3, 0, 1, 333]);
  });

  it('spare no purchase of an unlimited license', () => {
    assert.deepEqual(units(10, 12, 0, 'annual', 'subjectToTrueUp'), [3, 2, 1, 333]);
    assert.deepEqual(units(10, 12, 0, 'annual', 'unlimited'), [3, 0, 1, 333]);
  });

  it('give back no more than there is', () => {
    assert.deepEqual(units(2, 0, 0, 'annual'), [3, 0, 2, 666]);
  });
});

describe('verified savings', () => {
  const before = findingsOf([license(10, 3)], users);
  const verified = (complete: boolean, enabled: number) =>
    verifiedSavings(before, new Map([['big', { enabled: 10, monthly: fraction(1000, 3) }]]), {
      complete,
      holdsSeat: (userId) => userId !== '2',
      enabledUnits: () => enabled,
    }).map(({ finding, seats, monthlyMinor }) => [findingId('t', finding), seats, monthlyMinor]);

  it('are what the next import no longer has', () => {
    // Seven units are unassigned, 7 × 3.333… = 23.33; three of them are given back: 3 × 3.333… = 10.00.
    assert.deepEqual(verified(true, 7), [
      ['inactive:t_big:2', 1, 333],
      ['unassigned:t_big', 3, 1000],
    ]);
    assert.deepEqual(verified(true, 11), [['inactive:t_big:2', 1, 333]]);
  });

  it('are none after an import that did not read everything', () => {
    assert.deepEqual(verified(false, 0), []);
  });
});

describe('spend', () => {
  const tally = () =>
    new SpendTally([
      {
        skuId: 'flow_free',
        skuPartNumber: 'FLOW_FREE',
        price: null,
        cost: licenseCostOn([], '2026-11-10'),
        free: true,
      },
    ]);
  const nobody = { department: ' ', country: null, companyName: null };

  it('leaves free products out of totals and coverage', () => {
    const spend = tally();
    assert.deepEqual(spend.add({ ...nobody, seats: [{ skuId: 'flow_free' }, { skuId: 'hidden' }] }), []);
    const { totalSeats, unpriced, lowerBound, currencies } = spend.finish();
    assert.deepEqual([totalSeats, unpriced, lowerBound, currencies], [0, [], false, []]);
  });

  it('has no line for a tenant without seats', () => {
    assert.deepEqual(tally().finish().departments, []);
  });
});
