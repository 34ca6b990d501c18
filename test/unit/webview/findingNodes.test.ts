import assert from 'node:assert/strict';
import type { FindingGroup, MonthlyAmount } from '../../../src/shared/reconciliationFindings';
import { kindGroups } from '../../../webview/reconciliation/findingNodes';
import { trendText } from '../../../webview/reconciliation/positionWords';
import { sparklineCorners } from '../../../webview/reconciliation/sparkline';
import { totals } from '../../../webview/reconciliation/savingsTable';
import { restoreState } from '../../../webview/reconciliation/reconciliationState';

function group(kind: string, licenseId: string | null, ...amounts: [string, number][]): FindingGroup {
  return {
    tenantId: 't',
    kind,
    licenseId,
    name: licenseId,
    findings: 2,
    seats: 3,
    users: 2,
    alerts: 0,
    amounts: amounts.map(([currency, monthlyMinor]): MonthlyAmount => ({ currency, monthlyMinor })),
    unpricedSeats: 1,
  };
}

describe('findings by kind', () => {
  it('adds up groups of a kind, each currency by itself, the most money first', () => {
    const kinds = kindGroups([
      group('duplicatePath', 'a'),
      group('guest', 'a', ['USD', 900_000]),
      group('inactive', 'a', ['EUR', 100], ['USD', 5]),
      group('inactive', 'b', ['EUR', 250]),
      group('neverActive', 'b', ['EUR', 300]),
      group('shortfall', null),
    ]);
    // Two kinds have euros and two dollars: euros come first by their code, and dollars are never compared with them.
    assert.deepEqual(
      kinds.map((kind) => [
        kind.kind,
        kind.amounts.map((amount) => `${amount.monthlyMinor} ${amount.currency}`),
      ]),
      [
        ['inactive', ['350 EUR', '5 USD']],
        ['neverActive', ['300 EUR']],
        ['guest', ['900000 USD']],
        ['shortfall', []],
        ['duplicatePath', []],
      ],
    );
    const [inactive] = kinds;
    assert.deepEqual(
      [inactive?.findings, inactive?.seats, inactive?.licenses, inactive?.unpricedSeats],
      [4, 6, 2, 2],
    );
  });
});

describe('sum of savings', () => {
  it('is per currency, and unknown without a price', () => {
    const line = (bucket: string, currency: string | null, seats: number, monthlyMinor: number | null) => ({
      bucket,
      currency,
      seats,
      monthlyMinor,
    });
    assert.deepEqual(
      totals([
        line('guest', 'USD', 1, 1000),
        line('inactive', null, 4, null),
        line('inactive', 'EUR', 2, 50),
        line('neverActive', 'EUR', 3, 25),
      ]),
      [
        { currency: 'EUR', seats: 5, monthlyMinor: 75 },
        { currency: 'USD', seats: 1, monthlyMinor: 1000 },
        { currency: null, seats: 4, monthlyMinor: null },
      ],
    );
  });
});

describe('change since the previous import, in words', () => {
  const format = String;

  it('says how much and which way, and nothing where nothing can be compared', () => {
    assert.equal(trendText({ present: 12, previous: 10 }, format), '2 more than at the previous import');
    assert.equal(trendText({ present: 0, previous: 3 }, format), '3 fewer than at the previous import');
    assert.equal(trendText({ present: 3, previous: 3 }, format), 'as at the previous import');
    assert.equal(trendText({ present: 3, previous: null }, format), null);
    assert.equal(
      trendText({ present: 5, previous: 9 }, (minor) => `${minor} cents`, { more: 'more', less: 'less' }),
      '4 cents less than at the previous import',
    );
  });
});

describe('sparkline', () => {
  it('goes in time from left to right, with the highest value on top', () => {
    const corners = sparklineCorners([
      { at: '2026-11-01T00:00:00Z', value: 10 },
      { at: '2026-11-02T00:00:00Z', value: 30 },
      { at: '2026-11-05T00:00:00Z', value: 20 },
    ]);
    // 88 × 22 with a margin of 2: a quarter of the time is 2 + 84 / 4.
    assert.deepEqual(corners, [
      { x: 2, y: 20 },
      { x: 23, y: 2 },
      { x: 86, y: 11 },
    ]);
  });

  it('is level where nothing changed', () => {
    const corners = sparklineCorners([
      { at: '2026-11-01T00:00:00Z', value: 7 },
      { at: '2026-11-02T00:00:00Z', value: 7 },
    ]);
    assert.deepEqual(
      corners.map(({ y }) => y),
      [11, 11],
    );
  });
});

describe('state of the Reconciliation', () => {
  it('takes what fits of what was saved, and the default for the rest', () => {
    assert.deepEqual(restoreState(undefined), {
      tab: 'overview',
      sort: { column: 'availableNow', descending: false },
      showHidden: false,
      chartAsTable: false,
      scrollTop: {},
      findings: { kind: null, severity: null },
      dimension: 'department',
      grids: {},
    });
    const state = restoreState({
      tab: 'findings',
      sort: { column: 'nonsense', descending: true },
      showHidden: 'yes',
      findings: { kind: 'guest', severity: 7 },
      grids: { licenses: { expanded: ['a', 3], widths: { a: 90, b: null }, focused: { row: -1 } } },
    });
    assert.equal(state.tab, 'findings');
    assert.deepEqual(state.sort, { column: 'availableNow', descending: false });
    assert.equal(state.showHidden, false);
    assert.deepEqual(state.findings, { kind: 'guest', severity: null });
    assert.deepEqual(state.grids['licenses'], {
      expanded: ['a'],
      widths: { a: 90 },
      scrollTop: 0,
      scrollLeft: 0,
      focused: { row: 0, column: 0 },
    });
  });
});
