import type { CsvValue } from '../../../src/core/export/csvCell';
import type { ShownTable } from '../../../src/shared/tableExport';

/** What was written. */
export interface WrittenTable {
  readonly file: string;
  readonly rows: readonly (readonly CsvValue[])[];
}

/** Takes what a page exports: all tables that were offered, and what was written of the one chosen. */
export class TableShelf {
  offered: readonly ShownTable[] = [];
  /** Name of the table that is chosen; undefined to cancel. */
  chosen: string | undefined;
  readonly written: WrittenTable[] = [];

  readonly chooseTable = async (tables: readonly ShownTable[]): Promise<ShownTable | undefined> => {
    this.offered = tables;
    return tables.find(({ name }) => name === this.chosen);
  };

  readonly saveCsv = async (file: string, rows: readonly (readonly CsvValue[])[]): Promise<boolean> => {
    this.written.push({ file, rows });
    return true;
  };
}
