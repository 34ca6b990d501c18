import { Dice } from '../data/random';
import type { SampleFaults } from '../sampleOptions';
import type { SampleReply, SampleRequest } from './exchange';

/** What happens to one request. */
export interface FaultDecision {
  /** Answer that replaces the real one. */
  readonly reply?: SampleReply;
  readonly cut?: boolean;
  readonly delayMs?: number;
}

/** Throws the dice for each request; the same seed gives the same faults in the same order of requests. */
export class FaultInjector {
  private faults: SampleFaults = {};
  private dice = new Dice(1);
  private injected = 0;

  configure(faults: SampleFaults): void {
    this.faults = faults;
    this.dice = new Dice(faults.seed ?? 1);
    this.injected = 0;
  }

  get latencyMs(): number {
    return this.faults.latencyMs ?? 0;
  }

  get settings(): SampleFaults {
    return this.faults;
  }

  /** Faults of a Graph request. */
  decide(request: SampleRequest): FaultDecision {
    const faults = this.faults;
    if (faults.only !== undefined && !request.path.includes(faults.only)) return {};
    if (faults.atMost !== undefined && this.injected >= faults.atMost) return {};
    const decision = this.throwDice();
    if (decision.reply || decision.cut || decision.delayMs) this.injected++;
    return decision;
  }

  private throwDice(): FaultDecision {
    const faults = this.faults;
    const throttled = {
      error: {
        code: 'TooManyRequests',
        message: 'Please retry again later.',
        innerError: { code: '429', message: 'Please retry after', status: '429' },
      },
    };
    const unavailable = { error: { code: 'serviceNotAvailable', message: 'The service is unavailable.' } };
    const html = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';
    const choices: readonly [number | undefined, () => FaultDecision][] = [
      [faults.throttle, () => ({ reply: jsonReply(429, throttled, { 'retry-after': '0.128' }) })],
      [faults.throttleWithoutRetryAfter, () => ({ reply: jsonReply(429, throttled) })],
      [faults.unavailable, () => ({ reply: jsonReply(503, unavailable) })],
      [faults.html, () => ({ reply: { status: 502, headers: { 'content-type': 'text/html' }, body: html } })],
      [faults.cut, () => ({ cut: true })],
      [faults.slow, () => ({ delayMs: faults.slowMs ?? 2000 })],
    ];
    // One throw for all kinds: their shares add up.
    let level = this.dice.next();
    for (const [share, make] of choices) {
      if (share === undefined) continue;
      if (level < share) return make();
      level -= share;
    }
    return {};
  }
}

function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): SampleReply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}
