import * as fs from 'node:fs';
import type { SqlJsStatic } from 'sql.js';
import { loadSqlite } from '../../src/core/store/nativeSqlite';

/** sql.js as the store starts it. It starts once in a process, the way of the first who asks: hence one place. */
export function sqlJs(): Promise<SqlJsStatic> {
  return loadSqlite(new Uint8Array(fs.readFileSync(require.resolve('sql.js/dist/sql-wasm.wasm'))));
}
