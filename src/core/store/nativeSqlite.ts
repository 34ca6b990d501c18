import initSqlJs, { type SqlJsStatic } from 'sql.js';
import { packedKind, type PackedRows } from './packedRows';

/** The functions of SQLite behind sql.js, which sql.js itself calls; its types leave them out. */
const functionNames = [
  '_malloc',
  '_free',
  '_sqlite3_prepare_v2',
  '_sqlite3_bind_text',
  '_sqlite3_bind_int',
  '_sqlite3_bind_double',
  '_sqlite3_clear_bindings',
  '_sqlite3_step',
  '_sqlite3_reset',
  '_sqlite3_finalize',
  '_sqlite3_column_type',
  '_sqlite3_column_double',
  '_sqlite3_column_text',
  '_sqlite3_column_bytes',
] as const;

type NativeFunctions = Readonly<Record<(typeof functionNames)[number], (...args: number[]) => number>>;

/** SQLite's functions with the memory in which they find what they are given. */
export interface NativeSqlite extends NativeFunctions {
  /** Asked for anew at each use: the buffer is another one when the memory has grown. */
  heap(): Uint8Array;
}

/** What is used of the global of that name: its types come with those of browsers, which are not for this code. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (limits: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
}

const api = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;

const natives = new WeakMap<SqlJsStatic, NativeSqlite>();
const done = 101;

/** Starts sql.js from the bytes of its WebAssembly file. */
export async function loadSqlite(wasm: Uint8Array): Promise<SqlJsStatic> {
  const module = new api.Module(wasm);
  const started: Readonly<Record<string, unknown>>[] = [];
  const sql = await initSqlJs({
    // The types of sql.js name those of browsers, which this code does not have and its tests do.
    instantiateWasm: (imports: object, receive: (instance: never) => void) => {
      const instance = new api.Instance(module, imports);
      started.push(instance.exports);
      receive(instance as never);
      return instance.exports as never;
    },
  });
  const memory = started
    .flatMap((exports) => Object.values(exports))
    .find((item) => item instanceof api.Memory);
  if (memory !== undefined && hasNativeFunctions(sql)) {
    natives.set(sql, { ...pick(sql), heap: () => new Uint8Array(memory.buffer) });
  }
  return sql;
}

/** The functions behind a sql.js that {@link loadSqlite} started; null for another one, or one without them. */
export function nativeSqlite(sql: SqlJsStatic): NativeSqlite | null {
  return natives.get(sql) ?? null;
}

function hasNativeFunctions(sql: unknown): sql is NativeFunctions {
  return functionNames.every((name) => typeof (sql as Record<string, unknown>)[name] === 'function');
}

function pick(sql: NativeFunctions): NativeFunctions {
  return Object.fromEntries(functionNames.map((name) => [name, sql[name]])) as NativeFunctions;
}

/**
 * Runs a statement once for each row. The texts are copied into SQLite's memory together and bound where they lie;
 * sql.js would encode and copy each on its own, which took most of an import's time in the worker.
 * @param database address of the open database
 * @returns false when SQLite refused; the database then has the message
 */
export function runForRows(native: NativeSqlite, database: number, sql: string, rows: PackedRows): boolean {
  const { kinds, numbers, text, width } = rows;
  const sqlText = new TextEncoder().encode(`${sql}\0`);
  const sqlAt = native._malloc(sqlText.byteLength + 8);
  const textAt = native._malloc(text.byteLength + 1);
  let statement = 0;
  try {
    if (sqlAt === 0 || textAt === 0) return false;
    const statementAt = (sqlAt + sqlText.byteLength + 3) & ~3;
    native.heap().set(sqlText, sqlAt);
    native.heap().set(text, textAt);
    if (native._sqlite3_prepare_v2(database, sqlAt, -1, statementAt, 0) !== 0) return false;
    statement = new DataView(native.heap().buffer).getUint32(statementAt, true);
    let at = textAt;
    for (let first = 0; first < kinds.length; first += width) {
      native._sqlite3_clear_bindings(statement);
      for (let column = 0; column < width; column += 1) {
        const number = numbers[first + column] ?? 0;
        const kind = kinds[first + column];
        if (kind === packedKind.text) {
          // 0: SQLite takes it as it is and keeps no copy; it stays until the statement is done.
          native._sqlite3_bind_text(statement, column + 1, at, number, 0);
          at += number;
        } else if (kind === packedKind.number) {
          if (number === (number | 0)) native._sqlite3_bind_int(statement, column + 1, number);
          else native._sqlite3_bind_double(statement, column + 1, number);
        }
      }
      if (native._sqlite3_step(statement) !== done) return false;
      native._sqlite3_reset(statement);
    }
    return true;
  } finally {
    // Ended first, so that it holds no address of what is given back.
    if (statement !== 0) native._sqlite3_finalize(statement);
    native._free(sqlAt);
    native._free(textAt);
  }
}
