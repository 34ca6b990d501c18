import assert from 'node:assert/strict';
import type { LicenseHistoryRow } from '../../../src/shared/licenseContract';
import { layOutHistory } from '../../../webview/license/historyChart';
import { historySentence } from '../../../webview/license/historyView';

const row = (
  validFrom: string,
  validTo: string | null,
  enabled: number,
  inGrace: number,
  consumed: number,
  active: number | null,
): LicenseHistoryRow => ({
  validFrom: `${validFrom}T00:00:00Z`,
  validTo: validTo === null ? null : `${validTo}T00:00:00Z`,
  enabled,
  inGrace,
  suspended: 0,
  lockedOut: 0,
  consumed,
  active,
});

describe('Units over time', () => {
  /** Ten days: 50 units for five of them, then 80 and 20 in grace; 40 used, then 120. */
  const rows = [row('2026-11-01', '2026-11-06', 50, 0, 40, 30), row('2026-11-06', null, 80, 20, 120, 60)];

  it('are steps in percent of the time and of a round axis', () => {
    const chart = layOutHistory(rows, '2026-11-11T00:00:00Z');
    assert.ok(chart);
    // 120 units: marks at 0, 50, 100, 150; so 50 units are a third of the height, seen from the top.
    assert.deepEqual(
      chart.units.map(({ value }) => value),
      [0, 50, 100, 150],
    );
    assert.equal(chart.paths.entitled, 'M0 66.667H50V33.333H100');
    assert.equal(chart.paths.consumed, 'M0 73.333H50V20H100');
    assert.equal(chart.paths.active, 'M0 80H50V60H100');
    // In grace are the units from 80 to 100, in the second half.
    assert.equal(chart.graceArea, 'M50 46.667V33.333H100V46.667Z');
    assert.deepEqual(chart.shortAreas, ['M50 33.333V20H100V33.333Z']);
    assert.deepEqual(
      chart.times.map(({ value }) => new Date(value).toISOString().slice(0, 10)),
      ['2026-11-01', '2026-11-03', '2026-11-06', '2026-11-08', '2026-11-11'],
    );
  });

  it('have a gap where the active seats are not known, and do not call them zero', () => {
    const unread = [row('2026-11-01', '2026-11-06', 50, 0, 40, null), row('2026-11-06', null, 50, 0, 40, 30)];
    const chart = layOutHistory(unread, '2026-11-11T00:00:00Z');
    // Marks at 0, 20, 40, 60: thirty units are half of the height.
    assert.equal(chart?.paths.active, 'M50 50H100');
    assert.equal(chart?.paths.consumed, 'M0 33.333H50V33.333H100');
    assert.match(historySentence(unread, null), /active seats are 30, unknown then/);
    assert.match(
      historySentence([unread[1], unread[0]] as LicenseHistoryRow[], null),
      /active seats are unknown/,
    );
  });

  it('are no chart while there is no time to show, or no end to it', () => {
    assert.equal(layOutHistory([], '2026-11-11T00:00:00Z'), null);
    assert.equal(layOutHistory([row('2026-11-01', null, 5, 0, 1, 1)], '2026-11-01T00:00:00Z'), null);
    assert.equal(layOutHistory([row('2026-11-01', null, 5, 0, 1, 1)], null), null);
    assert.equal(layOutHistory([row('2026-11-01', null, 5, 0, 1, 1)], 'soon'), null);
  });

  it('have an axis even when there is nothing', () => {
    const chart = layOutHistory([row('2026-11-01', null, 0, 0, 0, 0)], '2026-11-11T00:00:00Z');
    assert.deepEqual(
      chart?.units.map(({ value }) => value),
      [0, 1],
    );
    assert.equal(chart?.paths.entitled, 'M0 100H100');
  });

  it('are told in a sentence', () => {
    assert.equal(
      historySentence(rows, '2026-11-11T00:00:00Z'),
      'Since Nov 1, 2026 entitled units went from 50 to 100, units in use went from 40 to 120, active seats went from 30 to 60. The largest shortfall was 20, from Nov 6, 2026.',
    );
    assert.equal(
      historySentence(rows.slice(0, 1), '2026-11-05T00:00:00Z'),
      'Unchanged since Nov 1, 2026 up to Nov 5, 2026: 50 entitled units, 40 in use.',
    );
    assert.match(
      historySentence([rows[0] as LicenseHistoryRow, row('2026-11-06', null, 50, 0, 45, 30)], null),
      /entitled units are 50 as then, .*It was never short\.$/,
    );
  });
});
