import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultGraphLimits, parseRetryAfter, waitBeforeRetry } from '../../../../src/core/graph/retryPolicy';

const now = new Date('2026-11-02T09:41:07Z');

describe('Retry-After', () => {
  it('is read as decimal seconds and rounded up to milliseconds', () => {
    assert.equal(parseRetryAfter('11', now), 11_000);
    assert.equal(parseRetryAfter('2.128', now), 2128);
    assert.equal(parseRetryAfter('0.0001', now), 1);
    assert.equal(parseRetryAfter(' 0 ', now), 0);
  });

  it('is read as an HTTP date', () => {
    assert.equal(parseRetryAfter('Mon, 02 Nov 2026 09:41:37 GMT', now), 30_000);
    assert.equal(parseRetryAfter('Mon, 02 Nov 2026 09:00:00 GMT', now), 0);
  });

  it('is ignored when it is neither', () => {
    for (const text of [undefined, '', 'soon', '-5', '1e400', '12 parsecs']) {
      assert.equal(parseRetryAfter(text, now), null, String(text));
    }
  });
});

describe('the wait before a retry', () => {
  it('backs off 1, 2, 4, 8 seconds with 20 % jitter either way', () => {
    const lowest = [1, 2, 3, 4].map((tries) => waitBeforeRetry(tries, null, defaultGraphLimits, () => 0));
    const middle = [1, 2, 3, 4].map((tries) => waitBeforeRetry(tries, null, defaultGraphLimits, () => 0.5));
    assert.deepEqual(lowest, [800, 1600, 3200, 6400]);
    assert.deepEqual(middle, [1000, 2000, 4000, 8000]);
  });

  it('is never shorter than the server asked for, and at most a fifth longer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 200_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (tries, asked, dice) => {
          const wait = waitBeforeRetry(tries, asked, defaultGraphLimits, () => dice);
          assert.ok(wait >= asked && wait <= asked * 1.2 + 1, `${asked} became ${wait}`);
        },
      ),
    );
  });
});
