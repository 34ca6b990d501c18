import assert from 'node:assert/strict';
import { parse } from 'valibot';
import { viewFilterSchema } from '../../../src/app/host/viewFilterSchema';
import type { RosterFilter } from '../../../src/shared/rosterFilter';
import { activityFilterTexts, restoreActivityFilter } from '../../../webview/roster/activityFilterWords';
import { filterChips } from '../../../webview/roster/filterWords';

describe('filters by the use of services', () => {
  const filter: RosterFilter = {
    text: 'meier',
    holds: ['teams', 'visio'],
    ranges: [{ column: 'teamsLastActivityDate', from: '2026-10-22', to: '2026-11-13' }],
    use: { application: 'exchange', state: 'unknown' },
  };

  it('are said in words, each a chip that takes it away', () => {
    const texts = activityFilterTexts(filter);
    assert.deepEqual(
      texts.map(({ part }) => part),
      ['holds', 'ranges', 'use'],
    );
    assert.equal(texts[0]?.text, 'Holds Teams or Visio');
    assert.match(texts[1]?.text ?? '', /^Last use of Teams .*22.*2026 – .*13.*2026$/);
    assert.equal(texts[2]?.text, 'Use of Exchange unknown');
    const chip = filterChips(filter, []).find(({ label }) => label === 'Holds Teams or Visio');
    assert.deepEqual(chip?.without, { text: 'meier', ranges: filter.ranges, use: filter.use });
  });

  it('say open ends', () => {
    const text = (range: NonNullable<RosterFilter['ranges']>[number]): string | undefined =>
      activityFilterTexts({ ranges: [range] })[0]?.text;
    assert.match(
      text({ column: 'visioLastActivityDate', from: '2026-11-14' }) ?? '',
      /^Last use of Visio since /,
    );
    assert.match(
      text({ column: 'visioLastActivityDate', to: '2026-05-24' }) ?? '',
      /^Last use of Visio until /,
    );
    assert.equal(text({ column: 'visioLastActivityDate' }), 'Last use of Visio known');
    assert.equal(
      activityFilterTexts({ use: { application: 'teams', state: 'noUse' } })[0]?.text,
      'No use of Teams',
    );
  });

  it('are taken from an argument, and restored from what a page saved', () => {
    const { text: _, ...parts } = filter;
    assert.deepEqual(parse(viewFilterSchema, filter), filter);
    assert.deepEqual(
      restoreActivityFilter(JSON.parse(JSON.stringify(parts)) as Record<string, unknown>),
      parts,
    );
    assert.deepEqual(
      restoreActivityFilter({
        holds: ['nope', 5],
        ranges: [{ from: 1 }, 'x'],
        use: { application: 'teams' },
      }),
      {},
    );
  });
});
