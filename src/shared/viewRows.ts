/** A value of a row on screen, as the file has it: booleans are 0/1, dates ISO 8601, null is unknown. */
export type Cell = string | number | null;

/** A row keyed by the column names of its view. */
export type Row<Column extends string = string> = Readonly<Record<Column, Cell>>;

/** The one sort key of a screen. */
export interface SortOrder<Column extends string = string> {
  readonly column: Column;
  readonly descending: boolean;
}

/** A tenant as a page names it, and how old its numbers are. */
export interface TenantFacts {
  readonly tenantId: string;
  readonly displayName: string;
  /** End of the last import that brought data, UTC ISO 8601; null before the first. */
  readonly lastImportAt: string | null;
  /** The day for which the verdicts hold, `YYYY-MM-DD`. */
  readonly evaluatedOn: string | null;
}
