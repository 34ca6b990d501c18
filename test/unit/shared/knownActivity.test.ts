import assert from 'node:assert/strict';
import { activeIn } from '../../../src/shared/activityAges';
import type { SourceFacts } from '../../../src/shared/activityContract';
import { newestDate, worthOfPeriod } from '../../../src/shared/knownActivity';

const today = '2026-11-21';
const source = (
  name: string,
  status: SourceFacts['status'],
  asOfDate: string | null,
  tenantId = 'a',
): SourceFacts => ({ tenantId, source: name, status, asOfDate });

describe('worth of a count of active users', () => {
  it('is exact with a fresh report, whatever the period', () => {
    const sources = [source('activeUserReport', 'fresh', '2026-11-18'), source('signIns', 'missing', null)];
    for (const period of ['p7', 'p30', 'p90', 'p180', 'any'] as const) {
      assert.equal(worthOfPeriod(sources, period, today), 'exact');
    }
  });

  it('is unknown without a source, and where names are concealed', () => {
    assert.equal(worthOfPeriod([source('signIns', 'missing', null)], 'any', today), 'unknown');
    const concealed = [source('activeUserReport', 'concealed', '2026-11-18')];
    assert.equal(worthOfPeriod(concealed, 'p30', today), 'unknown');
    assert.equal(worthOfPeriod([], 'p30', today), 'unknown');
    assert.equal(worthOfPeriod([source('signIns', 'fresh', today)], 'p30', null), 'unknown');
  });

  it('is a minimum while the report is old, and unknown for a period that began after it', () => {
    // 11 days old: says nothing of the last 7, part of the last 30.
    const old = [source('emailReport', 'stale', '2026-11-10')];
    assert.equal(worthOfPeriod(old, 'p7', today), 'unknown');
    assert.equal(worthOfPeriod(old, 'p30', today), 'atLeast');
    assert.equal(worthOfPeriod(old, 'any', today), 'atLeast');
  });

  it('is a minimum beyond the 30 days that the sign-in log keeps', () => {
    const log = [source('signIns', 'fresh', today)];
    assert.equal(worthOfPeriod(log, 'p30', today), 'exact');
    assert.equal(worthOfPeriod(log, 'p90', today), 'atLeast');
    assert.equal(worthOfPeriod(log, 'any', today), 'atLeast');
  });

  it('is a minimum where only the sign-in log speaks of a service that has a report', () => {
    const sources = [
      source('activeUserReport', 'concealed', '2026-11-18'),
      source('signIns', 'fresh', today),
    ];
    assert.equal(worthOfPeriod(sources, 'p30', today), 'atLeast');
  });

  it('is that of the worst tenant', () => {
    const good = source('activeUserReport', 'fresh', '2026-11-18', 'a');
    const none = source('activeUserReport', 'missing', null, 'b');
    assert.equal(worthOfPeriod([good, none], 'p30', today), 'atLeast');
    assert.equal(worthOfPeriod([none], 'p30', today), 'unknown');
    assert.equal(newestDate([good, none]), '2026-11-18');
    assert.equal(newestDate([none]), null);
  });
});

describe('active users by period', () => {
  it('adds up the ages that are within it', () => {
    const counts = [1, 10, 100, 1000, 10_000, 100_000, 7, 9];
    assert.deepEqual(
      (['p7', 'p30', 'p90', 'p180', 'any'] as const).map((period) => activeIn(counts, period)),
      [1, 11, 1111, 11_111, 111_111],
    );
  });
});
