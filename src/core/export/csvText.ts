import { csvCell, type CsvValue } from './csvCell';

/** U+FEFF, by which Excel recognizes UTF-8. */
export const byteOrderMark = '\uFEFF';

/** A line feed alone is not the end of a record here, yet a reader may take it for one. */
const quotedCharacters = /[",\r\n]/;

/**
 * Rows as CSV text (RFC 4180, CRLF after every row), guarded cell by cell.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvText(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => `${row.map((value) => quoted(csvCell(value))).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  return quotedCharacters.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
