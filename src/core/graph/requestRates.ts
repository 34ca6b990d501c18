import { abortable, delay } from '../foundation/abort';
import { LicenseError } from '../foundation/errors';

/** Time for {@link RequestRates}: real, or a test's own. Milliseconds. */
export interface RateClock {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const realClock: RateClock = { now: () => performance.now(), sleep: delay };

/** A published limit: so much cost within a window that slides. */
export interface RateRule {
  readonly name: string;
  /** The key of the bucket that a request belongs to; null when the rule is not about it. */
  readonly bucketOf: (path: string) => string | null;
  readonly capacity: number;
  readonly windowMs: number;
  /** Cost of a request; 1 unless told. */
  readonly costOf?: (path: string, query: URLSearchParams) => number;
}

const tenMinutes = 10 * 60 * 1000;

/** Resource units of a read of the directory. */
function resourceUnits(path: string, query: URLSearchParams): number {
  const base = /\/subscribedSkus$|\/members$/.test(path)
    ? 3
    : /\/users(\/delta)?$|\/licenseDetails$/.test(path)
      ? 2
      : 1;
  return Math.max(1, base - (query.has('$select') ? 1 : 0) + (query.has('$expand') ? 1 : 0));
}

/**
 * Microsoft's limits per application and tenant. The directory's is that of the smallest tenants, 3,500 resource
 * units in ten seconds: far more than an import uses.
 * @see https://learn.microsoft.com/graph/throttling-limits
 */
export const publishedRates: readonly RateRule[] = [
  {
    name: 'reports',
    bucketOf: (path) => /\/reports\/(?!authenticationMethods\/)(\w+)/.exec(path)?.[1] ?? null,
    capacity: 14,
    windowMs: tenMinutes,
  },
  {
    // Identity and access reports: the sign-in log and the registrations for multifactor authentication.
    name: 'signIns',
    bucketOf: (path) => (/\/auditLogs\/|\/reports\/authenticationMethods\//.test(path) ? '' : null),
    capacity: 5,
    windowMs: 10_000,
  },
  {
    name: 'directory',
    bucketOf: (path) => (/\/(reports|auditLogs|admin)\//.test(path) ? null : ''),
    capacity: 3500,
    windowMs: 10_000,
    costOf: resourceUnits,
  },
];

/**
 * No limits to keep ahead of, but a service that asks one request to wait makes all of its kind wait: for clouds
 * that are not Microsoft's.
 */
export const unlimitedRates: readonly RateRule[] = publishedRates.map((rule) => ({
  ...rule,
  capacity: Infinity,
}));

interface Bucket {
  /** Times and costs of what was sent within the window, oldest first. */
  readonly sent: { readonly at: number; readonly cost: number }[];
  used: number;
  pausedUntil: number;
  /** Whoever waits, waits in turn. */
  turn: Promise<unknown>;
}

/**
 * Keeps the requests of all connections into one tenant, in this process, within the service's limits: a
 * request waits for its place in the window, and while the service asked for patience nobody of that bucket asks.
 */
export class RequestRates {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly rules: readonly RateRule[] = publishedRates,
    private readonly clock: RateClock = realClock,
  ) {}

  /**
   * Waits until the request may be sent, and counts it.
   * @returns milliseconds waited
   * Rejects with `cancelled`, and with `throttled` when it would have to wait longer than `maxWaitMs`.
   */
  async take(url: string, signal: AbortSignal, maxWaitMs: number): Promise<number> {
    const found = this.bucketOf(url);
    if (found === null) return 0;
    const { bucket, rule, cost } = found;
    const before = bucket.turn;
    let done = (): void => undefined;
    bucket.turn = new Promise<void>((resolve) => (done = resolve));
    const started = this.clock.now();
    try {
      await abortable(before, signal);
      for (;;) {
        const wait = this.waitOf(bucket, rule, cost);
        if (wait <= 0) break;
        if (wait > maxWaitMs) {
          throw new LicenseError('throttled', `The limit of Microsoft for ${rule.name} has been used up.`, {
            limit: rule.name,
            retryAfterSeconds: Math.ceil(wait / 1000),
          });
        }
        await this.clock.sleep(wait, signal);
      }
      if (Number.isFinite(rule.capacity)) {
        bucket.sent.push({ at: this.clock.now(), cost });
        bucket.used += cost;
      }
      return this.clock.now() - started;
    } finally {
      done();
    }
  }

  /** The service asked for patience: nothing of that bucket is sent before. Milliseconds from now. */
  pause(url: string, ms: number): void {
    const found = this.bucketOf(url);
    if (found === null) return;
    found.bucket.pausedUntil = Math.max(found.bucket.pausedUntil, this.clock.now() + ms);
  }

  private waitOf(bucket: Bucket, rule: RateRule, cost: number): number {
    const now = this.clock.now();
    const pause = bucket.pausedUntil - now;
    if (pause > 0) return pause;
    let gone = 0;
    for (const { at, cost: spent } of bucket.sent) {
      if (at + rule.windowMs > now) break;
      bucket.used -= spent;
      gone += 1;
    }
    if (gone > 0) bucket.sent.splice(0, gone);
    if (bucket.sent.length === 0 || bucket.used + cost <= rule.capacity) return 0;
    let used = bucket.used;
    for (const { at, cost: spent } of bucket.sent) {
      used -= spent;
      if (used + cost <= rule.capacity) return at + rule.windowMs - now;
    }
    return 0;
  }

  private bucketOf(url: string): { bucket: Bucket; rule: RateRule; cost: number } | null {
    const { pathname, searchParams } = new URL(url);
    for (const rule of this.rules) {
      const key = rule.bucketOf(pathname);
      if (key === null) continue;
      const name = `${rule.name}/${key}`;
      let bucket = this.buckets.get(name);
      if (bucket === undefined) {
        bucket = { sent: [], used: 0, pausedUntil: -Infinity, turn: Promise.resolve() };
        this.buckets.set(name, bucket);
      }
      return { bucket, rule, cost: rule.costOf?.(pathname, searchParams) ?? 1 };
    }
    return null;
  }
}
