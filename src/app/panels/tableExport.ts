import * as v from 'valibot';
import type { CsvValue } from '../../core/export/csvCell';
import { tableLimits, type ExportTables, type ShownTable } from '../../shared/tableExport';
import type { RpcMethod } from './rpcServer';

/** What exporting a table of a page needs of the world. */
export interface TableExportDeps {
  /** Which of several; undefined when the person cancelled. */
  readonly chooseTable: (tables: readonly ShownTable[]) => Promise<ShownTable | undefined>;
  /** Asks for a file and writes rows; false when the person cancelled. */
  readonly saveCsv: (suggestedName: string, rows: readonly (readonly CsvValue[])[]) => Promise<boolean>;
}

const row = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(tableLimits.cell))),
  v.maxLength(tableLimits.columns),
);
const schema: v.GenericSchema<unknown, ExportTables['params']> = v.object({
  tables: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), v.minLength(1), v.maxLength(tableLimits.name)),
        rows: v.pipe(v.array(row), v.minLength(1), v.maxLength(tableLimits.rows)),
      }),
    ),
    v.minLength(1),
    v.maxLength(tableLimits.tables),
  ),
});

/** The request by which a page exports one of its tables as it is on screen. */
export function exportTablesMethod(
  deps: () => TableExportDeps,
): RpcMethod<ExportTables['params'], ExportTables['result']> {
  return {
    params: schema,
    handle: async ({ tables }) => {
      const table = await deps().chooseTable(tables);
      if (table === undefined) return null;
      const saved = await deps().saveCsv(`${fileName(table.name)}.csv`, table.rows);
      return saved ? { table: table.name, rows: table.rows.length - 1 } : null;
    },
  };
}

/** `Users by use` as `users-by-use`. */
function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'table' : plain.slice(0, 80);
}
