/** A table as it is on screen: its name and its rows, the first of which has the titles of the columns. */
export interface ShownTable {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** Limits of what a page may hand over. */
export const tableLimits = { tables: 40, rows: 20_000, columns: 60, cell: 5000, name: 200 } as const;

/** Writes one of the tables that a page shows as CSV; null when the person cancelled. */
export interface ExportTables {
  readonly params: { readonly tables: readonly ShownTable[] };
  readonly result: { readonly table: string; readonly rows: number } | null;
}
