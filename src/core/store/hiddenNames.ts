import { addressColumn, personColumns, Pseudonyms } from '../model/pseudonym';
import type { ReportView } from './reportViews';
import type { SqlDatabase } from './sqlDatabase';
import type { ViewSpec } from './store';

/*
 * While names are hidden nothing may be learned of them by searching, filtering or sorting either, so each of these
 * works on what is shown: SQL sees the pseudonym where the column has the name.
 */

/** Makes `pseudonym(id)` callable from SQL, when names are hidden. */
export function definePseudonym(db: SqlDatabase, key: string | undefined): void {
  if (key === undefined) return;
  const pseudonyms = new Pseudonyms(key);
  db.defineFunction('pseudonym', (id) => (typeof id === 'string' ? pseudonyms.of(id) : null));
}

/** The SQL of a column as it is shown. */
export function shownColumn(
  report: ReportView,
  column: string,
  spec: Pick<ViewSpec, 'pseudonymKey'>,
): string {
  if (spec.pseudonymKey === undefined) return column;
  if (column === addressColumn) return `pseudonym(${column})`;
  const namesPerson = personColumns.includes(column) && report.columns.includes('userId');
  return namesPerson ? `iif(${column} IS NULL, NULL, pseudonym(userId))` : column;
}

/** The SQL of the columns that a text filter looks at. */
export function searchColumns(report: ReportView, spec: Pick<ViewSpec, 'pseudonymKey'>): readonly string[] {
  return [...new Set(report.textColumns.map((column) => shownColumn(report, column, spec)))];
}
