import type { NativeSqlite } from './nativeSqlite';
import type { RawColumn } from './rawColumn';

/** What a parameter of {@link readRows} can be. */
export type ReadParam = string | number | null;

/** SQLite's numbers for what a step gives and what a value is. */
const aRow = 100;
const done = 101;
const typeText = 3;
const typeBlob = 4;
const typeNull = 5;
/** SQLite makes a copy of what is bound. */
const copied = -1;

/**
 * Appends what a query gives to columns, value by value from where SQLite has it. sql.js would make a JavaScript value
 * of each and an array of each row, which takes longer than finding them.
 * @param database address of the open database
 * @returns false when SQLite refused
 */
export function readRows(
  native: NativeSqlite,
  database: number,
  sql: string,
  params: readonly ReadParam[],
  columns: readonly RawColumn[],
): boolean {
  const statement = prepare(native, database, sql);
  if (statement === 0) return false;
  try {
    if (!params.every((value, index) => bind(native, statement, index + 1, value))) return false;
    let memory = native.heap();
    for (;;) {
      const result = native._sqlite3_step(statement);
      if (result === done) return true;
      if (result !== aRow) return false;
      for (let index = 0; index < columns.length; index += 1) {
        const column = columns[index];
        const type = native._sqlite3_column_type(statement, index);
        if (type === typeNull) column?.addNull();
        else if (type === typeText || type === typeBlob) {
          const from = native._sqlite3_column_text(statement, index);
          const length = native._sqlite3_column_bytes(statement, index);
          // The memory that has grown is another buffer, and the one before is empty.
          if (memory.byteLength === 0) memory = native.heap();
          column?.addText(memory, from, length);
        } else column?.addNumber(native._sqlite3_column_double(statement, index));
      }
    }
  } finally {
    native._sqlite3_finalize(statement);
  }
}

/** @returns the address of the statement; 0 when SQLite refused */
function prepare(native: NativeSqlite, database: number, sql: string): number {
  const text = new TextEncoder().encode(`${sql}\0`);
  const at = native._malloc(text.byteLength + 8);
  if (at === 0) return 0;
  try {
    const statementAt = (at + text.byteLength + 3) & ~3;
    native.heap().set(text, at);
    if (native._sqlite3_prepare_v2(database, at, -1, statementAt, 0) !== 0) return 0;
    return new DataView(native.heap().buffer).getUint32(statementAt, true);
  } finally {
    native._free(at);
  }
}

function bind(native: NativeSqlite, statement: number, index: number, value: ReadParam): boolean {
  // What is not bound is NULL.
  if (value === null) return true;
  if (typeof value === 'number') {
    const how = value === (value | 0) ? native._sqlite3_bind_int : native._sqlite3_bind_double;
    return how(statement, index, value) === 0;
  }
  const text = new TextEncoder().encode(value);
  const at = native._malloc(text.byteLength + 1);
  if (at === 0) return false;
  try {
    native.heap().set(text, at);
    return native._sqlite3_bind_text(statement, index, at, text.byteLength, copied) === 0;
  } finally {
    native._free(at);
  }
}
