import type { SampleOrigin } from './exchange';

/** One request that the sample tenant has seen; never its token, body or query. */
export interface JournalEntry {
  readonly origin: SampleOrigin;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Whether an `Authorization` header was present, of whatever kind. */
  readonly authorized: boolean;
  /** True for a token that reached an origin that must never see one. */
  readonly leak: boolean;
  /** Remote address of a connection that was cut, since only one other may connect; the rest is empty then. */
  readonly cutFrom?: string;
}

/** The newest requests, for tests. */
export class Journal {
  private readonly list: JournalEntry[] = [];
  constructor(private readonly limit = 5000) {}

  add(entry: JournalEntry): void {
    this.list.push(entry);
    if (this.list.length > this.limit * 2) this.list.splice(0, this.list.length - this.limit);
  }

  /** Oldest first. */
  entries(): readonly JournalEntry[] {
    return this.list.slice(-this.limit);
  }
}
