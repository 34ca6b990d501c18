import assert from 'node:assert/strict';
import { layOutBars, type BarCounts } from '../../../src/shared/positionBars';

const empty: BarCounts = {
  entitled: 0,
  enabled: 0,
  inGrace: 0,
  consumed: 0,
  active: 0,
  inactive: 0,
  never: 0,
  shortfallNow: 0,
};

describe('bars of the position', () => {
  it('lays bars out over one axis, by hand-computed percentages', () => {
    // Marks at 0, 10, 20, 30, 40 for the longest bar of 36 units.
    const long = { ...empty, entitled: 36, enabled: 36, consumed: 18, active: 10, inactive: 6, never: 2 };
    // Five short; of the 15 in use 8 are active, 2 inactive and 5 others.
    const short = { ...empty, entitled: 10, enabled: 4, inGrace: 6, consumed: 15, active: 8, inactive: 2 };
    const { bars, ticks, omitted } = layOutBars([{ ...short, shortfallNow: 5 }, long]);
    assert.deepEqual(ticks, [0, 10, 20, 30, 40]);
    assert.equal(omitted, 0);
    const [first, second] = bars;
    assert.equal(first?.row, long);
    assert.deepEqual(first.segments, [
      { kind: 'active', value: 10, start: 0, width: 25 },
      { kind: 'inactive', value: 6, start: 25, width: 15 },
      { kind: 'never', value: 2, start: 40, width: 5 },
      { kind: 'spare', value: 18, start: 45, width: 45 },
    ]);
    assert.deepEqual([first.entitledAt, first.afterGraceAt, first.short, first.end], [90, null, null, 90]);
    assert.deepEqual(second?.segments, [
      { kind: 'active', value: 8, start: 0, width: 20 },
      { kind: 'inactive', value: 2, start: 20, width: 5 },
      { kind: 'other', value: 5, start: 25, width: 12.5 },
    ]);
    assert.deepEqual([second.entitledAt, second.afterGraceAt, second.end], [25, 10, 37.5]);
    assert.deepEqual(second.short, { value: 5, start: 25, width: 12.5 });
  });

  it('has 20 bars at most, with those that are short among them, and tells how many it left out', () => {
    const rows = Array.from({ length: 25 }, (_, i) => ({ ...empty, entitled: 100 + i, enabled: 100 + i }));
    const short = { ...empty, consumed: 1, shortfallNow: 1 };
    const { bars, omitted } = layOutBars([short, ...rows, empty]);
    assert.equal(bars.length, 20);
    assert.equal(omitted, 6);
    assert.deepEqual([bars[0]?.row.entitled, bars[18]?.row.entitled], [124, 106]);
    assert.equal(bars[19]?.row, short);
  });

  it('has an axis also where there is nothing to draw', () => {
    assert.deepEqual(layOutBars([empty]), { bars: [], ticks: [0, 1], omitted: 0 });
  });
});
