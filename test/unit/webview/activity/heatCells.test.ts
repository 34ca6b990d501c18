import assert from 'node:assert/strict';
import type { ServiceCounts } from '../../../../src/shared/activityContract';
import { percentOf, sourceLines } from '../../../../webview/activity/activityWords';
import { heatRows, placeAfter } from '../../../../webview/activity/heatCells';
import { restoreState } from '../../../../webview/activity/activityState';

const entry = (counts: readonly number[], status: 'fresh' | 'missing' = 'fresh'): ServiceCounts => ({
  service: 'teams',
  sources: [{ tenantId: 't', source: 'activeUserReport', status, asOfDate: null }],
  holders: 0,
  counts: { licensed: counts, everyone: counts },
});

describe('cells of the heat map', () => {
  it('are colored by their share of the row', () => {
    const [row] = heatRows([entry([600, 1, 0, 0, 0, 0, 199, 200])], 'licensed');
    assert.equal(row?.people, 1000);
    assert.deepEqual(
      row?.cells.map(({ step }) => step),
      // Six steps: 60 % is in the fourth, one person in the first.
      [4, 1, 0, 0, 0, 0, 2, 2],
    );
    assert.deepEqual(
      row?.cells.map(({ percent }) => percent),
      [60, 1, 0, 0, 0, 0, 20, 20],
    );
  });

  it('say nothing of a service of which nothing speaks', () => {
    const [row] = heatRows([entry([0, 0, 0, 0, 0, 0, 0, 50], 'missing')], 'licensed');
    assert.deepEqual(
      row?.cells.map(({ known }) => known),
      [false, false, false, false, false, false, false, true],
    );
  });

  it('have no share where there is nobody', () => {
    const [row] = heatRows([entry([0, 0, 0, 0, 0, 0, 0, 0])], 'everyone');
    assert.deepEqual(row?.cells[0], { age: 'd7', count: 0, known: true, percent: null, step: 0 });
  });
});

describe('keys of the heat map', () => {
  const size = { rows: 3, columns: 8 };
  const after = (key: string, row: number, column: number, ctrlKey = false): unknown =>
    placeAfter({ key, ctrlKey, metaKey: false }, { row, column }, size);

  it('move by a cell and stay inside', () => {
    assert.deepEqual(after('ArrowRight', 0, 0), { row: 0, column: 1 });
    assert.deepEqual(after('ArrowRight', 0, 7), { row: 0, column: 7 });
    assert.deepEqual(after('ArrowLeft', 1, 0), { row: 1, column: 0 });
    assert.deepEqual(after('ArrowUp', 0, 3), { row: 0, column: 3 });
    assert.deepEqual(after('ArrowDown', 2, 3), { row: 2, column: 3 });
  });

  it('jump to the ends of the row and of the map', () => {
    assert.deepEqual(after('Home', 1, 5), { row: 1, column: 0 });
    assert.deepEqual(after('End', 1, 5), { row: 1, column: 7 });
    assert.deepEqual(after('Home', 1, 5, true), { row: 0, column: 0 });
    assert.deepEqual(after('End', 1, 5, true), { row: 2, column: 7 });
    assert.deepEqual(after('ArrowDown', 0, 5, true), { row: 2, column: 5 });
  });

  it('are left alone when they mean nothing here', () => {
    assert.equal(after('a', 0, 0), null);
    assert.equal(after('Tab', 0, 0), null);
  });
});

describe('words of the Activity page', () => {
  it('do not round somebody to nobody, nor nearly all to all', () => {
    assert.equal(percentOf(1, 1000), 1);
    assert.equal(percentOf(999, 1000), 99);
    assert.equal(percentOf(1000, 1000), 100);
    assert.equal(percentOf(0, 1000), 0);
    assert.equal(percentOf(0, 0), null);
  });

  it('name the worst of several tenants and the oldest date', () => {
    const lines = sourceLines([
      { tenantId: 'a', source: 'activeUserReport', status: 'fresh', asOfDate: '2026-11-18' },
      { tenantId: 'b', source: 'activeUserReport', status: 'stale', asOfDate: '2026-11-01' },
      { tenantId: 'c', source: 'activeUserReport', status: 'missing', asOfDate: null },
    ]);
    assert.equal(lines.length, 1);
    assert.match(
      lines[0]?.text ?? '',
      /^Active users report · as of .*2026.* · older than a week · missing in 1 tenant$/,
    );
    assert.equal(lines[0]?.tone, 'old');
    const silent = sourceLines([{ tenantId: 'a', source: 'signIns', status: 'notLicensed', asOfDate: null }]);
    assert.deepEqual(silent, [{ source: 'signIns', text: 'Sign-in log · needs Entra ID P1', tone: 'none' }]);
  });

  it('restore what a page saved, and defaults for what does not fit', () => {
    assert.deepEqual(restoreState({ services: ['visio', 'nope', 'teams'], scope: 'all', period: 'p90' }), {
      services: ['teams', 'visio'],
      scope: 'licensed',
      period: 'p90',
      scrollTop: 0,
    });
    assert.equal(restoreState('junk').services.length, 11);
    assert.deepEqual(restoreState({ services: [] }).services, []);
  });
});
