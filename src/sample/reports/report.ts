import type { Cell, ReportSubject } from './reportRow';

/** One usage report: its columns as they come over the wire, and how a user becomes rows of it. */
export interface Report {
  /** Function name, such as `getMailboxUsageDetail`. */
  readonly name: string;
  readonly parameters: 'none' | 'period' | 'periodOrDate';
  /** CSV header cells in wire order. */
  readonly columns: readonly string[];
  /** Columns whose booleans are `Yes`/`No`; all others are `True`/`False`. */
  readonly yesNo?: ReadonlySet<string>;
  /** Whether soft-deleted users have rows. */
  readonly withDeleted?: boolean;
  /** Newest use in days ago, for reports of one day. */
  readonly lastUse?: (subject: ReportSubject) => number;
  /** Rows of a user, cells in the order of the columns; none when the report does not know the user. */
  readonly rows: (subject: ReportSubject) => readonly (readonly Cell[])[];
  /** JSON of a user from its rows; one flat object per row when absent. */
  readonly json?: (rows: readonly (readonly Cell[])[], report: Report) => readonly unknown[];
}

/** Names of the JSON properties that do not follow from the column name. */
const irregular: Readonly<Record<string, string>> = {
  'Deleted Item Quota (Byte)': 'deletedItemQuota',
  'Site URL': 'siteUrl',
  iOS: 'ios',
};

/** The property name that Graph's JSON has for a CSV column. */
export function propertyName(column: string): string {
  const known = irregular[column];
  if (known !== undefined) return known;
  const words = column
    .replace('(Byte)', 'In Bytes')
    .replace(/[()/-]/g, ' ')
    .split(' ')
    .filter((word) => word !== '');
  return words
    .map((word, n) =>
      n === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join('');
}

/** One row as a flat JSON object. */
export function rowObject(columns: readonly string[], row: readonly Cell[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column, n) => [propertyName(column), row[n] ?? null]));
}

/** One row as a CSV line with its line end. */
export function csvLine(report: Report, row: readonly Cell[]): string {
  let line = '';
  for (let n = 0; n < row.length; n++) {
    if (n > 0) line += ',';
    const cell = row[n] ?? null;
    if (typeof cell === 'string') line += quoted(cell);
    else if (typeof cell === 'number') line += cell;
    else if (typeof cell === 'boolean') {
      if (report.yesNo?.has(report.columns[n] ?? '')) line += cell ? 'Yes' : 'No';
      else line += cell ? 'True' : 'False';
    } else if (cell !== null) line += quoted(cell.join('+'));
  }
  // The service adds columns without notice: the last one is on nobody's list.
  return `${line},\r\n`;
}

const needsQuotes = /[",\r\n]/;

function quoted(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Header cell of the column that no documentation knows. */
export const undocumentedColumn = 'Sample Preview Column';
