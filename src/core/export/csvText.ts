import { stringify } from 'csv-stringify/sync';
import { csvCell, type CsvValue } from './csvCell';

/** U+FEFF, by which Excel recognizes UTF-8. */
export const byteOrderMark = '\uFEFF';

/**
 * Rows as CSV text (RFC 4180, CRLF after every row), guarded cell by cell.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvText(rows: readonly (readonly CsvValue[])[]): string {
  return stringify(
    rows.map((row) => row.map(csvCell)),
    // A line feed alone is not this record delimiter, yet a reader may take it for one.
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );
}
