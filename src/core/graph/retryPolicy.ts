/** How long and how often the Graph client tries. Times in milliseconds. */
export interface GraphLimits {
  /** Tries of one request in all, the first included. */
  readonly maxTries: number;
  /** First wait of the exponential back-off; doubles with each try. */
  readonly baseDelayMs: number;
  /** The longest single wait; a server that asks for more is reported as `throttled`. */
  readonly maxWaitMs: number;
  /** Until the response headers must have come. */
  readonly requestTimeoutMs: number;
  /** Until the next chunk of a report must have come. */
  readonly idleTimeoutMs: number;
}

/** Five tries, 1, 2, 4 and 8 seconds apart, at most five minutes of waiting at a time. */
export const defaultGraphLimits: GraphLimits = {
  maxTries: 5,
  baseDelayMs: 1000,
  maxWaitMs: 5 * 60 * 1000,
  requestTimeoutMs: 60_000,
  idleTimeoutMs: 60_000,
};

/**
 * Reads a `Retry-After` header: seconds (Graph sends decimals such as `2.128`) or an HTTP date.
 * @returns milliseconds from `now`, rounded up; null when there is none or it can't be read.
 * @see https://learn.microsoft.com/graph/throttling
 */
export function parseRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // A number with a sign would be read as a year by Date.
  if (!/[a-z]/i.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : Math.max(0, time - now.getTime());
}

/**
 * The wait before the next try: what the server asked for, stretched by up to 20 % so that several clients do
 * not come back together but never earlier than told; else exponential back-off with ±20 % jitter.
 * @param tries tries already made, 1 or more
 * @returns milliseconds
 */
export function waitBeforeRetry(
  tries: number,
  retryAfterMs: number | null,
  limits: GraphLimits,
  random: () => number,
): number {
  if (retryAfterMs !== null)
    return Math.min(limits.maxWaitMs, Math.ceil(retryAfterMs * (1 + 0.2 * random())));
  const backOff = limits.baseDelayMs * 2 ** (tries - 1) * (0.8 + 0.4 * random());
  return Math.min(limits.maxWaitMs, Math.ceil(backOff));
}
