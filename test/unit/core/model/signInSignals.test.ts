import assert from 'node:assert/strict';
import { signInSignals } from '../../../../src/core/model/signInSignals';

function found(interactive: string | null, background: string | null, success: string | null) {
  const at = (date: string | null) => (date === null ? null : `2026-${date}T08:00:00Z`);
  return signInSignals({
    lastSignInAt: at(interactive),
    lastNonInteractiveSignInAt: at(background),
    lastSuccessfulSignInAt: at(success),
  }).map((signal) => `${signal.date}${signal.weak ? ' weak' : ''}`);
}

describe('signInSignals', () => {
  it('gives none for an account that never signed in', () => {
    assert.deepEqual(found(null, null, null), []);
  });

  it('tells interactive sign-ins from token refreshes', () => {
    assert.deepEqual(found('10-01', '11-01', '11-01'), ['2026-10-01', '2026-11-01 weak']);
    assert.deepEqual(found('11-01', '10-01', '11-01'), ['2026-11-01', '2026-10-01 weak']);
  });

  it('does not take a failed attempt after the last success for use', () => {
    // Somebody tried on 11-09; the last success was interactive or not, on 03-01.
    assert.deepEqual(found('11-09', null, '03-01'), ['2026-03-01']);
    assert.deepEqual(found('11-09', '11-09', '03-01'), ['2026-03-01', '2026-03-01 weak']);
    // The last success was the refresh itself.
    assert.deepEqual(found('11-09', '03-01', '03-01'), ['2026-03-01 weak']);
  });

  it('counts attempts where no success is known', () => {
    assert.deepEqual(found('05-01', '06-01', null), ['2026-05-01', '2026-06-01 weak']);
  });

  it('counts a success of unknown kind', () => {
    assert.deepEqual(found(null, null, '06-01'), ['2026-06-01']);
  });
});
