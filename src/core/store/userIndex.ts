import { rankColumn, type RankedColumn } from './columnRanks';
import { KeyPositions } from './keyPositions';
import { dayColumns } from './migrations/version4Tables';
import { RawColumn } from './rawColumn';
import { lastUseColumn } from './rosterConditions';
import type { SqlDatabase } from './sqlDatabase';
import { TextSearch } from './textSearch';

/** Few enough that a step takes some milliseconds. */
const rowsPerStep = 8000;

const dayOf: ReadonlyMap<string, string> = new Map(
  dayColumns.map(([application, column]) => [lastUseColumn(application), column]),
);

/**
 * All users as numbers in memory, by position, which is their place in the order of their keys: who belongs to which
 * tenant, their order by what columns hold, and the text that is searched. Of one version of the data. Each part is
 * read when it is first needed, or {@link prepare | before}.
 */
export class UserIndex {
  /** Key of each user, by position. */
  readonly keys: Int32Array;
  /** Positions in the order of tenant and user id. */
  readonly byId: Uint32Array;
  /** Which part of {@link byId} is a tenant's, by its key. */
  private readonly tenants = new Map<number, { readonly from: number; readonly to: number }>();
  private readonly positions: KeyPositions;
  private readonly ranked = new Map<string, RankedColumn>();
  /** Values that are to be ordered. */
  private readonly values = new Map<string, RawColumn>();
  private reading: { readonly columns: readonly string[]; readonly steps: Generator<void, void> } | undefined;
  private searched: TextSearch | undefined;

  constructor(private readonly db: SqlDatabase) {
    const size = db.number('SELECT count(*) FROM users');
    const column = new RawColumn(size);
    db.each('SELECT tenantKey FROM tenants ORDER BY tenantId', [], ([key]) => {
      const from = column.rows;
      db.readInto('SELECT userKey FROM users WHERE tenantKey = ? ORDER BY userId', [Number(key)], [column]);
      this.tenants.set(Number(key), { from, to: column.rows });
    });
    const ordered = new Int32Array(column.numbers.subarray(0, column.rows));
    this.keys = (ordered.length === size ? ordered.slice() : everyKey(db, size)).sort();
    this.positions = new KeyPositions(this.keys);
    this.byId = new Uint32Array(ordered).map((key) => this.positions.of(key) ?? 0);
  }

  /** How many users there are. */
  get size(): number {
    return this.keys.length;
  }

  /** Where a user stands among all; undefined for a key that is nobody's. */
  positionOf(key: number): number | undefined {
    return this.positions.of(key);
  }

  /** Positions of a tenant's users, or of all, in the order of tenant and user id. */
  ofTenant(tenantKey: number | null | undefined): Uint32Array {
    if (tenantKey === undefined) return this.byId;
    const { from, to } = (tenantKey === null ? undefined : this.tenants.get(tenantKey)) ?? { from: 0, to: 0 };
    return this.byId.subarray(from, to);
  }

  /** 1 for each of the users, by position. */
  membersOf(keys: Int32Array): Uint8Array {
    const members = new Uint8Array(this.size);
    for (const key of keys) {
      const position = this.positions.of(key);
      if (position !== undefined) members[position] = 1;
    }
    return members;
  }

  /** The places of all users in the order of a column of `v_users`; kept, without the values. */
  ranks(column: string): RankedColumn {
    // What is being read is read to its end rather than anew.
    if (this.reading?.columns.includes(column) === true) finish(this.reading.steps);
    finish(this.prepare([column]));
    return this.ranked.get(column) ?? { ranks: new Uint32Array(this.size), count: 0 };
  }

  /** Users by the words of a text filter. */
  get search(): TextSearch {
    finish(this.prepareSearch());
    return this.searched ?? new TextSearch(new RawColumn(this.size));
  }

  /** Reads and orders columns of `v_users`, in steps of some milliseconds, so that sorting by them is quick. */
  *prepare(columns: readonly string[]): Generator<void, void> {
    const missing = columns.filter((column) => !this.ranked.has(column) && !this.values.has(column));
    if (missing.length > 0) {
      const steps = this.readColumns(missing);
      this.reading = { columns: missing, steps };
      yield* steps;
    }
    for (const column of columns) {
      const values = this.values.get(column);
      if (values === undefined) continue;
      this.ranked.set(column, yield* rankColumn(values));
      this.values.delete(column);
      yield;
    }
  }

  private *readColumns(columns: readonly string[]): Generator<void, void> {
    // The number behind a date has the same order and needs no working out.
    const values = yield* this.read(columns.map((column) => dayOf.get(column) ?? column));
    for (const [index, column] of columns.entries()) {
      const read = values[index];
      if (read !== undefined) this.values.set(column, read);
    }
  }

  /** Reads the text that is searched, in steps of some milliseconds. */
  *prepareSearch(): Generator<void, void> {
    if (this.searched !== undefined) return;
    const [text] = yield* this.read(['searchText']);
    if (text !== undefined) this.searched ??= new TextSearch(text);
  }

  /** Columns of `rows_users` in one walk over the users, by position. */
  private *read(expressions: readonly string[]): Generator<void, RawColumn[]> {
    const columns = expressions.map(() => new RawColumn(this.size));
    const sql = `SELECT ${expressions.join(', ')} FROM rows_users WHERE rowKey BETWEEN ? AND ? ORDER BY rowKey`;
    for (let from = 0; from < this.size; from += rowsPerStep) {
      if (from > 0) yield;
      const last = Math.min(from + rowsPerStep, this.size) - 1;
      this.db.readInto(sql, [this.keys[from] ?? 0, this.keys[last] ?? 0], columns);
    }
    return columns;
  }
}

/** Keys of all users, of tenants that are not listed too. */
function everyKey(db: SqlDatabase, size: number): Int32Array {
  const column = new RawColumn(size);
  db.readInto('SELECT userKey FROM users', [], [column]);
  return new Int32Array(column.numbers);
}

/** Does the rest of something that pauses. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
