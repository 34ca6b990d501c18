import type { BindParams, Database, SqlJsStatic, Statement } from 'sql.js';
import { isLicenseError, LicenseError } from '../foundation/errors';
import { readRows, type ReadParam } from './nativeReading';
import { nativeSqlite, runForRows, type NativeSqlite } from './nativeSqlite';
import { unpacked, type PackedRows } from './packedRows';
import { PagedFile, type Overflow } from './pagedFile';
import type { RawColumn } from './rawColumn';
import type { SqlRow, SqlValue } from './store';

/** Anything SQLite or sql.js throws becomes `storeFailed`; a `LicenseError` passes. */
export function asStoreError(error: unknown, doing: string): LicenseError {
  if (isLicenseError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new LicenseError('storeFailed', `The data file could not be used: ${message}`, { doing, message });
}

/** A database without a table. */
function emptyDatabase(sql: SqlJsStatic): Uint8Array {
  const db = new sql.Database();
  try {
    // Without a change the file would have no first page yet.
    db.exec('PRAGMA user_version = 1; PRAGMA user_version = 0');
    return db.export();
  } finally {
    db.close();
  }
}

/** A database in the memory of the worker: sql.js with the few calls the store needs. Parameters are always bound. */
export class SqlDatabase {
  private readonly db: Database;
  private readonly native: NativeSqlite | null;
  private readonly file: PagedFile;

  /**
   * @param content of a database; not copied, so it must not be used any more. Absent: an empty one
   * @param overflow where what is too much for the memory goes. Absent: all stays in memory
   */
  constructor(
    private readonly sql: SqlJsStatic,
    content: Uint8Array | PagedFile = emptyDatabase(sql),
    overflow: Overflow | null = null,
  ) {
    this.file = content instanceof PagedFile ? content : new PagedFile(content, overflow);
    this.db = new sql.Database(this.file.source());
    this.native = nativeSqlite(sql);
    // All of it is memory: what SQLite does for the sake of a disk only copies bytes here.
    this.db.exec(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -32768`);
  }

  /**
   * A database with the committed state of this one that changes by itself, without a copy of what stays the same.
   * This one must not be changed while the other is used.
   * @param overflow for what is added to it
   * @returns null where that can't be; see {@link PagedFile.fork}
   */
  fork(overflow: Overflow | null): SqlDatabase | null {
    const file = this.file.fork(overflow);
    return file === null ? null : new SqlDatabase(this.sql, file);
  }

  /** Runs one or several statements without parameters, for schema and pragmas. */
  execute(sql: string): void {
    this.db.exec(sql);
  }

  /** Runs one statement. @returns rows inserted, updated or deleted */
  run(sql: string, params: BindParams = []): number {
    this.db.run(sql, params);
    return this.db.getRowsModified();
  }

  /** Rows that the last INSERT, UPDATE or DELETE touched. */
  rowsModified(): number {
    return this.db.getRowsModified();
  }

  /** Makes a function callable from SQL. Define it before each use: {@link bytes} opens the database anew. */
  defineFunction(name: string, work: (value: SqlValue) => SqlValue): void {
    this.db.create_function(name, work);
  }

  prepare(sql: string): Statement {
    return this.db.prepare(sql);
  }

  /** Prepares a statement for the time of `work`. */
  withStatement<T>(sql: string, work: (statement: Statement) => T): T {
    const statement = this.db.prepare(sql);
    try {
      return work(statement);
    } finally {
      statement.free();
    }
  }

  /** Runs one statement for each row, which gives all its parameters. To be called in a transaction. */
  runForRows(sql: string, rows: PackedRows): void {
    const { db: address } = this.db as { db?: unknown };
    if (this.native !== null && typeof address === 'number') {
      if (!runForRows(this.native, address, sql, rows)) throw new Error('SQLite refused rows.');
      return;
    }
    this.withStatement(sql, (statement) => {
      for (const values of unpacked(rows)) statement.run(values);
    });
  }

  /** All rows, keyed by column. */
  rows(sql: string, params: BindParams = []): SqlRow[] {
    return this.withStatement(sql, (statement) => {
      statement.bind(params);
      const rows: SqlRow[] = [];
      while (statement.step()) rows.push(statement.getAsObject());
      return rows;
    });
  }

  /** Calls back for each row, with the values in the order of the columns. */
  each(sql: string, params: BindParams, visit: (values: SqlValue[]) => void): void {
    this.withStatement(sql, (statement) => {
      statement.bind(params);
      while (statement.step()) visit(statement.get());
    });
  }

  /** Appends what a query gives to columns, in their order: quicker than {@link each} for a hundred thousand rows. */
  readInto(sql: string, params: readonly ReadParam[], columns: readonly RawColumn[]): void {
    const { db: address } = this.db as { db?: unknown };
    if (this.native !== null && typeof address === 'number') {
      if (!readRows(this.native, address, sql, params, columns)) throw new Error('SQLite refused to read.');
      return;
    }
    this.each(sql, [...params], (values) =>
      columns.forEach((column, index) => column.add(values[index] ?? null)),
    );
  }

  /** First column of the first row; null when there is none. */
  value(sql: string, params: BindParams = []): SqlValue {
    return this.withStatement(sql, (statement) => {
      statement.bind(params);
      return statement.step() ? (statement.get()[0] ?? null) : null;
    });
  }

  /** {@link value} where the value is known to be a number; 0 when there is none. */
  number(sql: string, params: BindParams = []): number {
    return Number(this.value(sql, params) ?? 0);
  }

  /** Statements of a text one by one, with what is left of it. */
  statements(sql: string): ReturnType<Database['iterateStatements']> {
    return this.db.iterateStatements(sql);
  }

  /** All or nothing. */
  transaction<T>(work: () => T): T {
    return this.believed(() => {
      this.db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.db.exec('COMMIT');
        return result;
      } catch (error) {
        try {
          this.db.exec('ROLLBACK');
        } catch {
          // SQLite rolled back by itself (out of memory, for example); the first error is the one to tell.
        }
        throw error;
      }
    });
  }

  /** Makes the tables of another database of the same worker readable as `<name>.<table>` during `work`. */
  withAttached<T>(name: string, other: SqlDatabase, work: () => T): T {
    return other.believed(() => {
      this.db.run(`ATTACH DATABASE ? AS ${name}`, [other.memoryFile()]);
      try {
        return work();
      } finally {
        this.db.run(`DETACH DATABASE ${name}`);
      }
    });
  }

  /**
   * The committed state as the pieces of a database file, not copied where that can be: each is valid until the next
   * is asked for, and until a change.
   */
  pieces(): Iterable<Uint8Array> {
    if (this.file.isKept) return this.file.content();
    const bytes = this.bytes();
    this.file.close();
    return [bytes];
  }

  /** The committed state as the bytes of a database file: a copy. */
  bytes(): Uint8Array {
    return this.db.export();
  }

  close(): void {
    this.db.close();
    this.file.close();
  }

  /** @throws `storeFailed` when something could not be read from disk; whatever was read since is not to be believed */
  check(): void {
    this.file.check();
  }

  /** What was read from a disk that failed is no result; and that is the error to tell, not what SQLite made of it. */
  private believed<T>(work: () => T): T {
    try {
      const result = work();
      this.file.check();
      return result;
    } catch (error) {
      this.file.check();
      throw error;
    }
  }

  /** sql.js keeps a database as a file of its in-memory file system, under a name that its types leave out. */
  private memoryFile(): string {
    const { filename } = this.db as { filename?: unknown };
    if (typeof filename !== 'string') throw new LicenseError('storeFailed', 'sql.js has no file name.');
    return filename;
  }
}
