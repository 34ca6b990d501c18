import assert from 'node:assert/strict';
import { signedPosition } from '../../../../src/core/model/signedPosition';

describe('signedPosition', () => {
  it('counts grace as entitled now and shows what is short when it ends', () => {
    // 100 enabled + 20 in grace, 110 consumed: 10 spare today, 10 short after grace.
    assert.deepEqual(
      signedPosition({ enabled: 100, warning: 20, suspended: 5, lockedOut: 1, consumed: 110 }),
      {
        entitled: 120,
        availableNow: 10,
        availableAfterGrace: -10,
        shortfallNow: 0,
        shortfallSoon: 10,
        unassigned: 0,
      },
    );
  });

  it('never clamps a shortfall and does not count it twice', () => {
    // 10 enabled + 5 in grace, 18 consumed: 3 short now, 8 short after grace, so 5 more.
    const position = signedPosition({ enabled: 10, warning: 5, suspended: 50, lockedOut: 50, consumed: 18 });
    assert.equal(position.availableNow, -3);
    assert.equal(position.shortfallNow, 3);
    assert.equal(position.shortfallSoon, 5);
  });

  it('keeps a buffer out of what is unassigned', () => {
    const units = { enabled: 50, warning: 10, suspended: 0, lockedOut: 0, consumed: 40 };
    assert.equal(signedPosition(units).unassigned, 10);
    assert.equal(signedPosition(units, 4).unassigned, 6);
    assert.equal(signedPosition(units, 25).unassigned, 0);
  });
});
