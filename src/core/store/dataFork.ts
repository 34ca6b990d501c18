import type { SqlDatabase } from './sqlDatabase';

/**
 * The data with changes that nobody sees before they are committed; see {@link StoreFile.fork}. What neither it nor the
 * data changes is in memory once.
 */
export class DataFork {
  private taken = false;

  /** @param version of the data that it began with: once that is another one, the fork is of no use any more */
  constructor(
    readonly db: SqlDatabase,
    readonly version: string,
  ) {}

  /** Makes it the data. */
  take(): SqlDatabase {
    this.taken = true;
    return this.db;
  }

  /** Drops it, unless it has become the data. */
  close(): void {
    if (!this.taken) this.db.close();
  }
}

/** A commit of what was prepared in a fork. */
export interface PreparedCommit<T> {
  readonly fork: DataFork;
  /** What is left to do in the fork. */
  readonly work: (db: SqlDatabase) => T;
}
