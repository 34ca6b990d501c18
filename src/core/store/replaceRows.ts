import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';

/** A table of results of a tenant; its first column is `tenantKey`. */
export interface ResultTable {
  readonly table: string;
  /** The other columns, in the order of the table. */
  readonly columns: readonly string[];
}

/**
 * Makes the rows of a tenant in a table of results those given; writes nothing where they are the same. For tables
 * of some thousand rows at most.
 */
export function replaceRows(
  db: SqlDatabase,
  { table, columns }: ResultTable,
  tenantKey: number,
  rows: readonly (readonly SqlValue[])[],
): void {
  const wanted = new Set(rows.map((row) => JSON.stringify(row)));
  let kept = 0;
  let same = true;
  db.each(`SELECT ${columns.join(', ')} FROM ${table} WHERE tenantKey = ?`, [tenantKey], (row) => {
    kept += 1;
    same &&= wanted.has(JSON.stringify(row));
  });
  if (same && kept === rows.length) return;
  db.run(`DELETE FROM ${table} WHERE tenantKey = ?`, [tenantKey]);
  const marks = ['?', ...columns.map(() => '?')].join(', ');
  db.withStatement(`INSERT INTO ${table} (tenantKey, ${columns.join(', ')}) VALUES (${marks})`, (insert) => {
    for (const row of rows) insert.run([tenantKey, ...row]);
  });
}
