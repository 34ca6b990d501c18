import type { ActivitySignal } from './evaluation';

/** The three times of `signInActivity`, UTC ISO 8601. */
export interface SignInTimes {
  readonly lastSignInAt: string | null;
  readonly lastNonInteractiveSignInAt: string | null;
  readonly lastSuccessfulSignInAt: string | null;
}

/**
 * The signs of use in `signInActivity`. Two of its times are attempts, successful or not, and one is the newest
 * success of either kind (kept since December 2023): an attempt after the last success failed, and guessing
 * somebody's password is not use. Where no success is known, attempts count, so that a cloud without that
 * property does not make everybody inactive. No signal at all means that the account never signed in.
 * @see https://learn.microsoft.com/graph/api/resources/signinactivity
 */
export function signInSignals(times: SignInTimes): ActivitySignal[] {
  const interactive = times.lastSignInAt;
  const background = times.lastNonInteractiveSignInAt;
  const success = times.lastSuccessfulSignInAt;
  if (success === null) return signals(interactive, background);
  if (interactive === null && background === null) return signals(success, null);
  // The last success was in the background and the interactive attempt after it failed: nothing is known of
  // the last interactive success.
  const failedSince = interactive !== null && interactive > success && background === success;
  return signals(failedSince ? null : earlier(interactive, success), earlier(background, success));
}

function signals(interactive: string | null, background: string | null): ActivitySignal[] {
  const found: ActivitySignal[] = [];
  if (interactive !== null) found.push(signal(interactive, false));
  if (background !== null) found.push(signal(background, true));
  return found;
}

function signal(time: string, weak: boolean): ActivitySignal {
  return { source: 'signInActivity', application: null, date: time.slice(0, 10), weak };
}

function earlier(time: string | null, limit: string): string | null {
  return time === null || time < limit ? time : limit;
}
