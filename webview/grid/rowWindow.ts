/** Rows that can be asked for by window; the order is fixed for the life of the source. */
export interface RowSource<R> {
  readonly rowCount: number;
  /** Rows `[offset, offset + count)`, fewer at the end. Must stop when the signal is aborted. */
  fetch(offset: number, count: number, signal: AbortSignal): Promise<readonly R[]>;
}

/** What a window tells the grid. */
export interface RowWindowEvents {
  /** Rows `[first, last]` can be shown now. */
  readonly onRows: (first: number, last: number) => void;
  /** A block could not be fetched; {@link RowWindow.retry} asks again. */
  readonly onError: (error: unknown) => void;
}

/** How much is asked for at once and kept. */
export interface RowWindowLimits {
  readonly blockSize: number;
  /** Blocks kept; those farthest from what is shown go first. */
  readonly maxBlocks: number;
}

/** Rows that a grid asks for at once. */
export const blockSize = 100;

const defaultLimits: RowWindowLimits = { blockSize, maxBlocks: 30 };

/**
 * Keeps the rows around what is shown, in blocks. Scrolling past a block before it arrived cancels it, and an
 * answer that comes late all the same is dropped.
 */
export class RowWindow<R> {
  private source: RowSource<R> = { rowCount: 0, fetch: () => Promise.resolve([]) };
  private blocks = new Map<number, readonly R[]>();
  /** Blocks of the source before, shown until the new ones are there so that nothing flickers. */
  private stale = new Map<number, readonly R[]>();
  private readonly requests = new Map<number, AbortController>();
  private shown: { first: number; last: number } = { first: 0, last: -1 };

  constructor(
    private readonly events: RowWindowEvents,
    private readonly limits: RowWindowLimits = defaultLimits,
  ) {}

  get rowCount(): number {
    return this.source.rowCount;
  }

  /** Takes another source. Rows of the one before stay on screen until theirs arrive. */
  setSource(source: RowSource<R>): void {
    this.cancelAll();
    if (this.blocks.size > 0) this.stale = this.blocks;
    this.blocks = new Map();
    this.source = source;
    this.shown = { first: 0, last: -1 };
  }

  /** The row, one of the source before while it loads, or undefined for a placeholder. */
  row(index: number): R | undefined {
    if (index < 0 || index >= this.source.rowCount) return undefined;
    return this.freshRow(index) ?? this.stale.get(this.blockOf(index))?.[index % this.limits.blockSize];
  }

  /** The row of the current source, if it is there. */
  freshRow(index: number): R | undefined {
    return this.blocks.get(this.blockOf(index))?.[index % this.limits.blockSize];
  }

  /** Says which rows are on screen: fetches what is missing, gives up what is no longer wanted. */
  show(first: number, last: number): void {
    this.shown = { first: Math.max(0, first), last: Math.min(last, this.source.rowCount - 1) };
    const wanted = this.wantedBlocks();
    for (const [block, request] of this.requests) {
      if (wanted.has(block)) continue;
      request.abort();
      this.requests.delete(block);
    }
    for (const block of wanted) {
      if (!this.blocks.has(block) && !this.requests.has(block)) void this.load(block);
    }
  }

  /** Asks again for what is on screen and missing. */
  retry(): void {
    this.show(this.shown.first, this.shown.last);
  }

  /** All rows of the ranges (inclusive), from memory where they are, in order. */
  async rowsOf(ranges: readonly { first: number; last: number }[], signal: AbortSignal): Promise<R[]> {
    const rows: R[] = [];
    for (const { first, last } of ranges) {
      for (let index = first; index <= last;) {
        const row = this.freshRow(index);
        if (row !== undefined) {
          rows.push(row);
          index++;
          continue;
        }
        const batch = await this.source.fetch(index, Math.min(500, last - index + 1), signal);
        if (batch.length === 0) return rows;
        rows.push(...batch);
        index += batch.length;
      }
    }
    return rows;
  }

  dispose(): void {
    this.cancelAll();
    this.blocks.clear();
    this.stale.clear();
  }

  private blockOf(index: number): number {
    return Math.floor(index / this.limits.blockSize);
  }

  private wantedBlocks(): Set<number> {
    const wanted = new Set<number>();
    const { first, last } = this.shown;
    if (last < first) return wanted;
    for (let block = this.blockOf(first); block <= this.blockOf(last); block++) wanted.add(block);
    return wanted;
  }

  private async load(block: number): Promise<void> {
    const request = new AbortController();
    this.requests.set(block, request);
    const offset = block * this.limits.blockSize;
    const count = Math.min(this.limits.blockSize, this.source.rowCount - offset);
    try {
      const rows = await this.source.fetch(offset, count, request.signal);
      if (this.requests.get(block) !== request) return;
      this.requests.delete(block);
      this.blocks.set(block, rows);
      this.stale.delete(block);
      this.evict();
      this.events.onRows(offset, offset + rows.length - 1);
    } catch (error) {
      if (this.requests.get(block) !== request) return;
      this.requests.delete(block);
      this.events.onError(error);
    }
  }

  private evict(): void {
    const center = (this.shown.first + this.shown.last) / 2 / this.limits.blockSize;
    const byDistance = [...this.blocks.keys()].sort((a, b) => Math.abs(b - center) - Math.abs(a - center));
    for (const block of byDistance.slice(0, Math.max(0, this.blocks.size - this.limits.maxBlocks))) {
      this.blocks.delete(block);
    }
    if (this.requests.size === 0) this.stale.clear();
  }

  private cancelAll(): void {
    for (const request of this.requests.values()) request.abort();
    this.requests.clear();
  }
}
