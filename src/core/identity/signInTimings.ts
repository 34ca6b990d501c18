/** Waiting times of sign-ins, in milliseconds; only tests use others than {@link defaultTimings}. */
export interface SignInTimings {
  /** How long the browser sign-in waits for the person. */
  readonly browserTimeoutMs: number;
  /** What `slow_down` adds to the time between two polls (RFC 8628, 3.5). */
  readonly slowDownMs: number;
  /** First wait after a failure that may pass. */
  readonly retryMs: number;
}

export const defaultTimings: SignInTimings = { browserTimeoutMs: 300_000, slowDownMs: 5_000, retryMs: 1_000 };
