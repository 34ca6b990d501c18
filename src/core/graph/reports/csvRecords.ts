/** Why a text is no CSV: a record that is too long, or a quoted cell that never ends. */
export type CsvProblem = 'recordTooLong' | 'openQuote';

/** Thrown by {@link CsvRecords}. */
export class CsvError extends Error {
  constructor(readonly problem: CsvProblem) {
    super(problem);
  }
}

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits the text of a CSV file into records as it arrives (RFC 4180). Line ends are those of the first line; empty
 * lines are left out; blanks around a cell that is not quoted are cut off. A quote inside a cell that does not begin
 * with one is text, and so is a quoted cell with something behind its closing quote.
 *
 * Made by hand because a general parser took a third of the import's time on the extension host's thread: a line
 * without a quote, as nearly all are, is one `split`.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export class CsvRecords {
  private pending = '';
  private isFirst = true;
  private delimiter: '\n' | '\r' | null = null;

  /** @param maxLength characters of a record beyond which it is refused */
  constructor(private readonly maxLength: number) {}

  /** Takes more text. @returns the records that are complete now @throws CsvError */
  push(text: string): string[][] {
    return this.take(text, false);
  }

  /** Ends the text. @returns the last record, if there is one without a line end @throws CsvError */
  end(): string[][] {
    const records = this.take('', true);
    if (this.pending !== '') throw new CsvError('openQuote');
    return records;
  }

  private take(more: string, atEnd: boolean): string[][] {
    let text = this.pending + more;
    if (this.isFirst && text !== '') {
      this.isFirst = false;
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    }
    this.delimiter ??= firstLineEnd(text, atEnd);
    this.pending = text;
    if (this.delimiter === null && !atEnd) return this.checked([]);
    const records: string[][] = [];
    const delimiter = this.delimiter ?? '\n';
    let start = 0;
    let nextQuote = text.indexOf('"');
    while (start < text.length) {
      const lineEnd = text.indexOf(delimiter, start);
      const end = lineEnd < 0 ? text.length : lineEnd;
      if (nextQuote >= 0 && nextQuote < start) nextQuote = text.indexOf('"', start);
      if (nextQuote >= start && nextQuote < end) {
        const quoted = this.quotedRecord(text, start, atEnd);
        if (quoted === null) break;
        this.add(records, quoted.cells, quoted.end - start);
        start = quoted.end;
        continue;
      }
      if (lineEnd < 0 && !atEnd) break;
      const stop = delimiter === '\n' && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
      if (stop > start) this.add(records, text.slice(start, stop).split(','), stop - start);
      start = end + 1;
    }
    this.pending = text.slice(start);
    return this.checked(records);
  }

  private add(records: string[][], cells: string[], length: number): void {
    if (length > this.maxLength) throw new CsvError('recordTooLong');
    if (cells.length > 1 || cells[0] !== '') records.push(cells);
  }

  private checked(records: string[][]): string[][] {
    if (this.pending.length > this.maxLength) throw new CsvError('recordTooLong');
    return records;
  }

  /** A record with quotes from `start`; null when it is not all there yet. */
  private quotedRecord(
    text: string,
    start: number,
    atEnd: boolean,
  ): { readonly cells: string[]; readonly end: number } | null {
    const cells: string[] = [];
    for (let at = start; ;) {
      const cell = this.quotedCell(text, at, atEnd) ?? this.plainCell(text, at, atEnd);
      if (cell === 'incomplete') return null;
      cells.push(cell.value);
      if (text.charCodeAt(cell.end) !== comma) {
        return { cells, end: this.afterLineEnd(text, cell.end) };
      }
      at = cell.end + 1;
    }
  }

  /** The cell at `at`, if it is quoted; `incomplete` when its end is not there yet; null when it is not quoted. */
  private quotedCell(text: string, at: number, atEnd: boolean): Cell | 'incomplete' | null {
    let from = at;
    while (isBlank(text.charCodeAt(from))) from += 1;
    if (text.charCodeAt(from) !== quote) return null;
    let value = '';
    for (let piece = from + 1; ;) {
      const closing = text.indexOf('"', piece);
      // What follows a quote tells whether it closes the cell.
      if (closing < 0 || (closing === text.length - 1 && !atEnd)) return 'incomplete';
      value += text.slice(piece, closing);
      if (text.charCodeAt(closing + 1) !== quote) {
        let end = closing + 1;
        while (isBlank(text.charCodeAt(end))) end += 1;
        if (!atEnd && this.mayGoOn(text, end)) return 'incomplete';
        return this.isCellEnd(text, end) ? { value, end } : null;
      }
      value += '"';
      piece = closing + 2;
    }
  }

  private plainCell(text: string, at: number, atEnd: boolean): Cell | 'incomplete' {
    let end = at;
    while (!this.isCellEnd(text, end)) end += 1;
    if (!atEnd && this.mayGoOn(text, end)) return 'incomplete';
    return { value: text.slice(at, end), end };
  }

  private isCellEnd(text: string, at: number): boolean {
    if (at >= text.length) return true;
    const code = text.charCodeAt(at);
    if (code === comma) return true;
    if (this.delimiter === '\r') return code === carriageReturn;
    if (code === lineFeed) return true;
    return code === carriageReturn && (at === text.length - 1 || text.charCodeAt(at + 1) === lineFeed);
  }

  /** True where only more text can tell whether a cell ends: at its end, and at the first half of a line end. */
  private mayGoOn(text: string, at: number): boolean {
    return at >= text.length || (at === text.length - 1 && text.charCodeAt(at) === carriageReturn);
  }

  private afterLineEnd(text: string, at: number): number {
    if (at >= text.length) return text.length;
    const isPair = this.delimiter !== '\r' && text.charCodeAt(at) === carriageReturn;
    return Math.min(text.length, isPair ? at + 2 : at + 1);
  }
}

interface Cell {
  readonly value: string;
  /** Position of the comma or the line end behind it, or the end of the text. */
  readonly end: number;
}

/** A blank, but no line end. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** How lines end, by the first that does; null when that is not to be seen yet. */
function firstLineEnd(text: string, atEnd: boolean): '\n' | '\r' | null {
  const found = /[\r\n]/.exec(text);
  if (found === null) return null;
  if (found[0] === '\n' || text[found.index + 1] === '\n') return '\n';
  return found.index + 1 < text.length || atEnd ? '\r' : null;
}
