/** A value as a report has it; null is unknown. */
export type CsvValue = string | number | bigint | boolean | Uint8Array | null;

/** Spreadsheets take a cell that begins so for a formula. */
const formulaStart = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

/**
 * The text of a CSV cell, before quoting: NULL is empty, booleans are 0/1, and what a spreadsheet would run as a
 * formula gets a leading apostrophe, unless it is a plain number.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = typeof value === 'string' ? value : Buffer.from(value).toString('hex');
  return formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}
