import assert from 'node:assert/strict';
import { readTrends, summedHistory, valueBefore } from '../../../../src/app/panels/reconciliationTrend';

const history = (lastImportAt: string | null, ...points: [string, number | null][]) => ({
  points: points.map(([at, value]) => ({ at, value })),
  lastImportAt,
});

describe('trend of a figure', () => {
  it('adds up the newest value of every tenant, from when all are known', () => {
    const one = history('d', ['a', 10], ['c', 12]);
    const two = history('d', ['b', 100], ['d', 90]);
    assert.deepEqual(summedHistory([one, two]), [
      { at: 'b', value: 110 },
      { at: 'c', value: 112 },
      { at: 'd', value: 102 },
    ]);
    assert.deepEqual(summedHistory([one, history(null)]), [], 'a tenant without a past');
    assert.deepEqual(summedHistory([]), []);
    assert.deepEqual(summedHistory([history('c', ['a', null], ['b', 5])]), [{ at: 'b', value: 5 }]);
  });

  it('keeps the newest sixty points', () => {
    const many = Array.from({ length: 70 }, (_, index): [string, number] => [String(index + 100), index]);
    const points = summedHistory([history('200', ...many)]);
    assert.deepEqual([points.length, points[0]?.value, points.at(-1)?.value], [60, 10, 69]);
  });

  it('knows the import before, also when the last one changed nothing', () => {
    assert.equal(valueBefore([history('b', ['a', 10], ['b', 12])]), 10);
    assert.equal(valueBefore([history('c', ['a', 10], ['b', 12])]), 12);
    assert.equal(valueBefore([history('b', ['a', 10], ['b', 12]), history('c', ['a', 1])]), 11);
    assert.equal(valueBefore([history('a', ['a', 10])]), null, 'the first import has none before it');
    assert.equal(valueBefore([history('b', ['a', null], ['b', 12])]), null);
    assert.equal(valueBefore([]), null);
  });

  it('begins where seats were first known, and is none while some are not', async () => {
    const row = (at: string, entitled: number, inactive: number | null) => ({
      tenantId: 'one',
      at,
      entitled,
      consumed: 4,
      shortfallNow: 0,
      shortfallSoon: 0,
      unassigned: 1,
      inactive,
      never: inactive,
      lastImportAt: 'b',
    });
    const sum = (value: number, complete: boolean) => ({ value, complete });
    const trendOf = async (rows: ReturnType<typeof row>[], value: number, complete: boolean) => {
      const trends = await readTrends({ query: async () => rows }, null);
      const counts = { licenses: 1, entitled: 5, inGrace: 0, suspended: 0, consumed: 4, shortfallNow: 0 };
      const more = { shortfallSoon: 0, spare: 1, unassigned: 1, licensesShort: 0, licensesShortSoon: 0 };
      const seats = { inactive: sum(value, complete), never: sum(value, complete) };
      const rest = { active: sum(0, true), new: sum(0, true), unknown: sum(0, true) };
      return trends({ ...counts, ...more, licensesShortAfterGrace: 0, ...seats, ...rest }, null);
    };
    const first = await trendOf([row('a', 4, null), row('b', 5, 2)], 2, true);
    assert.deepEqual(first.inactive, { points: [{ at: 'b', value: 2 }], present: 2, previous: null });
    assert.equal(first.entitled.previous, 4);
    const unread = await trendOf([row('a', 4, 2), row('b', 5, null)], 0, false);
    assert.deepEqual(unread.never, { points: [], present: 0, previous: null });
  });
});
