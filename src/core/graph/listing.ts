import { ownTurn } from '../foundation/ownTurn';
import type { Cloud } from '../model/connection';
import type { Dataset, DatasetRows } from '../model/datasets';
import type { GraphClient } from './graphClient';
import type { GetOptions } from './graphTransport';

/** What a reader learns beside the rows. Filled while it reads; final when it has ended. */
export interface ReadingNotes {
  /** Rows left out because their key was missing or they made no sense. */
  skippedRows: number;
  /** Rows to expect in all, when the service says so. */
  expectedRows: number | null;
  /** Report refresh date, `YYYY-MM-DD`; null for directory data. */
  asOfDate: string | null;
  /** Rows seen, and those of them whose name looks like a hash. */
  namedRows: number;
  concealedRows: number;
  /** What the rows given are; see `DatasetOutcome.mode`. */
  mode: 'replace' | 'merge' | 'unchanged';
  /** True when only what is new was asked for: then no rows at all are nothing to wonder about. */
  onlyNew: boolean;
  /** Newest time of what was read, where the reader keeps it. UTC ISO 8601. */
  newestAt: string | null;
  /** Edition of a report. */
  etag: string | null;
  /** What the next import needs in order to read only what changed; null: it must read everything. */
  syncState: string | null;
  /** Sentences for a person. */
  readonly warnings: string[];
}

/** Notes of a reading that has not begun. */
export function newReadingNotes(): ReadingNotes {
  return {
    skippedRows: 0,
    expectedRows: null,
    asOfDate: null,
    namedRows: 0,
    concealedRows: 0,
    mode: 'replace',
    onlyNew: false,
    newestAt: null,
    etag: null,
    syncState: null,
    warnings: [],
  };
}

/** What every reader works with. */
export interface ReadingContext {
  readonly client: GraphClient;
  readonly cloud: Cloud;
  readonly now: () => Date;
  readonly notes: ReadingNotes;
  /** Edition of the report whose rows are in the file; given only when they may stay. */
  readonly knownEtag?: string;
  /** Told when all that is asked for has come. Only where that is one listing or one report. */
  readonly onArrived?: () => void;
}

/** Reads one dataset from the service, in batches of validated rows. */
export type DatasetReader<D extends Dataset> = (
  context: ReadingContext,
) => AsyncIterable<readonly DatasetRows[D][]>;

/** Rows checked in one turn of the event loop. */
const sliceSize = 250;

/** Parsing so many values takes a while too. */
const manyValues = 100;

/**
 * Reads a listing and turns its values into rows, slice by slice so that the event loop keeps running.
 * @param toRow null for a value that is no valid row: it is counted and left out
 */
export async function* readListing<Row>(
  { client, notes, onArrived }: ReadingContext,
  path: string,
  options: GetOptions,
  toRow: (value: unknown) => Row | null,
): AsyncGenerator<readonly Row[]> {
  for await (const page of client.pages(path, { ...options, onArrived })) {
    if (page.count !== null) notes.expectedRows = page.count;
    for (let start = 0; start < page.values.length; start += sliceSize) {
      // A large page has just been parsed, or the slice before was taken.
      if (page.values.length > manyValues) await ownTurn();
      const rows: Row[] = [];
      for (const value of page.values.slice(start, start + sliceSize)) {
        const row = toRow(value);
        if (row === null) notes.skippedRows += 1;
        else rows.push(row);
      }
      if (rows.length > 0) yield rows;
    }
  }
}

/** A reading whose first request goes out at once, and whose rows are taken later, or never. */
export function startedAhead<T>(source: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  // Told to whoever takes the rows.
  first.catch(() => undefined);
  return {
    async *[Symbol.asyncIterator]() {
      try {
        for (let step = await first; step.done !== true; step = await iterator.next()) yield step.value;
      } finally {
        await iterator.return?.();
      }
    },
  };
}
