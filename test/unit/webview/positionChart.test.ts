import assert from 'node:assert/strict';
import { axisTicks } from '../../../src/shared/positionBars';
import type { PositionRow } from '../../../src/shared/reconciliationContract';
import { layOutChart } from '../../../webview/reconciliation/positionChart';
import { availableText, licenseSentence, summaryText } from '../../../webview/reconciliation/positionWords';

/** A license with the counts given; what follows from them is worked out as the contract says. */
function license(
  part: string,
  counts: Partial<PositionRow> & { enabled: number; consumed: number },
): PositionRow {
  const inGrace = counts.inGrace ?? 0;
  const entitled = counts.enabled + inGrace;
  const availableNow = entitled - counts.consumed;
  const availableAfterGrace = counts.enabled - counts.consumed;
  const shortfallNow = availableNow < 0 ? -availableNow : 0;
  return {
    tenantId: 't',
    licenseId: `t_${part}`,
    skuPartNumber: part,
    productName: null,
    appliesTo: 'User',
    isTrial: false,
    suspended: 0,
    lockedOut: 0,
    seats: counts.consumed,
    active: counts.consumed,
    inactive: 0,
    never: 0,
    new: 0,
    unknown: 0,
    notCounted: null,
    entitlementLimit: 'asPurchased',
    excludedFromAlerts: false,
    bought: [],
    costIncomplete: true,
    ...counts,
    inGrace,
    entitled,
    availableNow,
    availableAfterGrace,
    shortfallNow,
    shortfallSoon: (availableAfterGrace < 0 ? -availableAfterGrace : 0) - shortfallNow,
    unassigned: availableAfterGrace > 0 ? availableAfterGrace : 0,
  };
}

describe('chart of the position', () => {
  it('lays a bar out by hand-computed percentages', () => {
    // 200 units wide (marks at 0, 50, 100, 150, 200); 60 active, 20 inactive, 10 never, 10 others, 80 spare.
    const row = license('A', {
      enabled: 150,
      inGrace: 30,
      consumed: 100,
      active: 60,
      inactive: 20,
      never: 10,
    });
    const { bars, ticks } = layOutChart([row]);
    assert.deepEqual(ticks, [0, 50, 100, 150, 200]);
    assert.deepEqual(bars[0]?.segments, [
      { kind: 'active', value: 60, start: 0, width: 30 },
      { kind: 'inactive', value: 20, start: 30, width: 10 },
      { kind: 'never', value: 10, start: 40, width: 5 },
      { kind: 'other', value: 10, start: 45, width: 5 },
      { kind: 'spare', value: 80, start: 50, width: 40 },
    ]);
    assert.equal(bars[0]?.entitledAt, 90);
    assert.equal(bars[0]?.afterGraceAt, 75);
    assert.equal(bars[0]?.short, null);
  });

  it('shows what is short beyond the entitlement, never clamped', () => {
    const { bars } = layOutChart([license('A', { enabled: 80, consumed: 100 })]);
    assert.deepEqual(bars[0]?.short, { value: 20, start: 80, width: 20 });
    assert.equal(
      bars[0]?.segments.some((segment) => segment.kind === 'spare'),
      false,
    );
  });

  it('shows consumption of unknown use as such', () => {
    const { bars } = layOutChart([
      license('A', { enabled: 20, consumed: 8, active: null, inactive: null, never: null }),
    ]);
    assert.deepEqual(
      bars[0]?.segments.map(({ kind, value }) => [kind, value]),
      [
        ['other', 8],
        ['spare', 12],
      ],
    );
  });

  it('is not squashed by what does not count, and says so', () => {
    const store = license('WINDOWS_STORE', { enabled: 1_000_000, consumed: 0, notCounted: 'free' });
    const chart = layOutChart([store, license('A', { enabled: 10, consumed: 4 })]);
    assert.deepEqual(chart.ticks, [0, 5, 10]);
    assert.deepEqual(
      chart.notCharted.map((row) => row.skuPartNumber),
      ['WINDOWS_STORE'],
    );
  });

  it('has the largest, and small ones that are short before large ones that are not', () => {
    const rows = [
      license('big', { enabled: 900, consumed: 10 }),
      license('middle', { enabled: 500, consumed: 10 }),
      license('short', { enabled: 3, consumed: 5 }),
      license('empty', { enabled: 0, consumed: 0 }),
    ];
    const chart = layOutChart(rows, 2);
    assert.deepEqual(
      chart.bars.map((bar) => bar.row.skuPartNumber),
      ['big', 'short'],
    );
    assert.equal(chart.omitted, 1);
  });

  it('has round marks', () => {
    assert.deepEqual(axisTicks(0), [0, 1]);
    assert.deepEqual(axisTicks(3), [0, 1, 2, 3]);
    assert.deepEqual(axisTicks(180), [0, 50, 100, 150, 200]);
    assert.deepEqual(axisTicks(5204), [0, 2000, 4000, 6000]);
  });
});

describe('words of the position', () => {
  it('say the sign twice: as a sign and as a word', () => {
    assert.deepEqual(availableText(-1234), { number: '−1,234', word: 'short', tone: 'short' });
    assert.deepEqual(availableText(5), { number: '+5', word: 'spare', tone: 'spare' });
    assert.deepEqual(availableText(0), { number: '0', word: 'spare', tone: 'none' });
  });

  it('describe a license', () => {
    const row = license('SPE_E3', {
      enabled: 150,
      inGrace: 30,
      consumed: 171,
      active: 120,
      inactive: 28,
      never: 16,
    });
    assert.equal(
      licenseSentence({ ...row, productName: 'Microsoft 365 E3' }),
      'Microsoft 365 E3: 171 of 180 units consumed, 30 of the units in grace; 9 spare; 120 active, 28 inactive, 16 never active.',
    );
    const unknown = license('X', { enabled: 1, consumed: 1, active: null, inactive: null, never: null });
    assert.equal(licenseSentence(unknown), 'X: 1 of 1 unit consumed; none spare; use not known.');
  });

  it('sum up without netting, and say when a sum is a minimum', () => {
    const sum = (value: number, complete = true): { value: number; complete: boolean } => ({
      value,
      complete,
    });
    const totals = {
      licenses: 3,
      entitled: 100,
      inGrace: 0,
      suspended: 0,
      consumed: 90,
      shortfallNow: 12,
      shortfallSoon: 0,
      spare: 22,
      unassigned: 22,
      licensesShort: 1,
      licensesShortSoon: 0,
      licensesShortAfterGrace: 1,
      active: sum(70),
      inactive: sum(1, false),
      never: sum(0),
      new: sum(0),
      unknown: sum(0),
    };
    assert.equal(
      summaryText(totals),
      '1 license is short now, by 12 units in all. 22 units are assigned to nobody, and at least 1 seat is held by people who do not use it.',
    );
  });
});
