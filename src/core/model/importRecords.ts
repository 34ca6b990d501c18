import type { ImportTask } from './connection';

/** How an import, or one task of it, ended. */
export type ImportStatus = 'succeeded' | 'partial' | 'failed' | 'cancelled';

/** What started an import. */
export type ImportTrigger = 'user' | 'schedule' | 'catchUp' | 'command';

/** Result of one task. Durations in milliseconds. */
export interface TaskResult {
  readonly task: ImportTask;
  readonly status: ImportStatus;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly durationMs: number;
  /** Sentences for a person, in plain English, without secrets. */
  readonly warnings: readonly string[];
}

/** What the network did during an import. */
export interface TransferTotals {
  readonly requests: number;
  /** Bytes of response bodies as they came over the wire or after decompression, whichever the client sees. */
  readonly bytes: number;
  readonly throttledMs: number;
}

/** Result of an import as commands return it. */
export interface ImportResult {
  readonly importId: string;
  readonly status: ImportStatus;
  readonly tasks: readonly TaskResult[];
}

/** Progress of a running import, for the progress notification and the tree. */
export interface ImportProgress {
  readonly task: ImportTask;
  /** What is being read now, for example `users` or `mailboxUsage`. */
  readonly dataset: string;
  /** Rows read so far of this dataset. */
  readonly rows: number;
  /** Null while unknown. */
  readonly expectedRows: number | null;
  readonly done: boolean;
  /** Milliseconds since the reading of this dataset began. */
  readonly elapsedMs?: number;
}
