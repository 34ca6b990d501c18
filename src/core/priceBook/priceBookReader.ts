import { parse } from 'csv-parse/sync';
import { parsePaymentFrequency, purchaseProblems, type Purchase } from '../model/purchases';
import {
  optionalPriceBookColumns,
  priceBookColumns,
  type PriceBook,
  type PriceBookColumn,
  type PriceBookProblem,
  type PriceBookProblemCode,
  type PriceBookRow,
} from './priceBookFormat';

/** The most bytes that a price book may have. */
export const maxPriceBookBytes = 8 * 1024 * 1024;

const maxRows = 20_000;
const maxCellLength = 2_000;
/** A value in a message is there to be recognized, not to be read in full. */
const maxShownLength = 40;

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a price book: UTF-8 or UTF-16, with or without byte order mark, separated by commas, semicolons or tabs (the
 * header decides, or a first line `sep=;` as spreadsheets write it), columns in any order. Every row is checked, and
 * everything that is wrong is listed; it never throws.
 */
export function readPriceBook(bytes: Uint8Array): PriceBook {
  const text = decode(bytes);
  if (typeof text !== 'string') return refused(text);
  const separated = separatorOf(text);
  const lines = parseLines(text, separated);
  if (!Array.isArray(lines)) return refused(lines);
  const [header, ...body] = separated.declared ? lines.slice(1) : lines;
  if (header === undefined) return refused(problemAt(1, null, 'noRows'));
  const { columns, problems, ignored } = readHeader(header);
  if (problems.length > 0) return { rows: [], problems, ignoredColumns: ignored };
  const filled = body.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [tooMany] = filled.slice(maxRows);
  if (tooMany !== undefined) return refused(problemAt(tooMany.line, null, 'tooManyRows', String(maxRows)));
  if (filled.length === 0) return refused(problemAt(header.line, null, 'noRows'));
  const read = filled.map((line) => readRow(line, columns, header.cells.length));
  return {
    rows: read.flatMap(({ row }) => (row === null ? [] : [row])),
    problems: read.flatMap((result) => result.problems),
    ignoredColumns: ignored,
  };
}

/** A problem, its value shortened to one line. */
export function problemAt(
  line: number,
  column: PriceBookColumn | null,
  problem: PriceBookProblemCode,
  value = '',
): PriceBookProblem {
  const plain = value.replace(/\s+/g, ' ').trim();
  const shown = plain.length > maxShownLength ? `${plain.slice(0, maxShownLength)}…` : plain;
  return { line, column, problem, value: shown };
}

function refused(problem: PriceBookProblem): PriceBook {
  return { rows: [], problems: [problem], ignoredColumns: [] };
}

/** Spreadsheets write UTF-16 as “Unicode text”, and Windows-1252 as plain “CSV”. */
function decode(bytes: Uint8Array): string | PriceBookProblem {
  if (bytes.length > maxPriceBookBytes) {
    return problemAt(1, null, 'tooLarge', String(maxPriceBookBytes / 1024 / 1024));
  }
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = decoded(bytes, encoding, true) ?? decoded(bytes, 'windows-1252', false);
  // A zero is in no text: a spreadsheet file or an archive was chosen.
  return text === null || text.includes('\0') ? problemAt(1, null, 'notText') : text;
}

function decoded(bytes: Uint8Array, encoding: string, fatal: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch {
    return null;
  }
}

interface Separator {
  readonly delimiter: string;
  /** The first line only says what the separator is. */
  readonly declared: boolean;
}

function separatorOf(text: string): Separator {
  const [first = ''] = text.split(/[\r\n]/, 1);
  const declared = /^"?sep=([,;\t|])"?$/i.exec(first.trim())?.[1];
  if (declared !== undefined) return { delimiter: declared, declared: true };
  const header = text.split(/[\r\n]+/).find((line) => line.trim() !== '') ?? '';
  const counts = [',', ';', '\t'].map((delimiter) => ({
    delimiter,
    known: header.split(delimiter).filter((cell) => columnOf(cell) !== null).length,
  }));
  const best = counts.reduce((left, right) => (right.known > left.known ? right : left));
  return { delimiter: best.delimiter, declared: false };
}

function parseLines(text: string, { delimiter }: Separator): Line[] | PriceBookProblem {
  try {
    const lines: Line[] = [];
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      // The line that is known here is the one on which a record ends; a cell may hold line breaks.
      on_record: (record, info) => {
        const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
        lines.push({ line: Math.max(1, info.lines - breaks), cells: record });
        return null;
      },
    });
    return lines;
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return problemAt(Number.isFinite(line) && line > 0 ? line : 1, null, 'brokenQuotes');
  }
}

/** Which column a cell of the header names; spaces, underscores and capitals do not matter. */
function columnOf(cell: string): PriceBookColumn | null {
  const plain = cell.toLowerCase().replace(/[\s"_\uFEFF-]/g, '');
  const all = [...priceBookColumns, ...optionalPriceBookColumns];
  return all.find((column) => column.toLowerCase() === plain) ?? null;
}

function readHeader({ line, cells }: Line): {
  columns: ReadonlyMap<PriceBookColumn, number>;
  problems: readonly PriceBookProblem[];
  ignored: readonly string[];
} {
  const columns = new Map<PriceBookColumn, number>();
  const problems: PriceBookProblem[] = [];
  const ignored: string[] = [];
  cells.forEach((cell, index) => {
    const column = columnOf(cell);
    if (column === null) {
      if (cell.trim() !== '') ignored.push(problemAt(line, null, 'missingColumn', cell).value);
    } else if (columns.has(column)) problems.push(problemAt(line, column, 'repeatedColumn'));
    else columns.set(column, index);
  });
  for (const column of priceBookColumns) {
    if (!columns.has(column)) problems.push(problemAt(line, column, 'missingColumn'));
  }
  return { columns, problems, ignored };
}

function readRow(
  { line, cells }: Line,
  columns: ReadonlyMap<PriceBookColumn, number>,
  width: number,
): { row: PriceBookRow | null; problems: readonly PriceBookProblem[] } {
  const surplus = cells.slice(width).some((cell) => cell.trim() !== '');
  if (surplus || cells.length < width) {
    return { row: null, problems: [problemAt(line, null, 'cellCount', String(cells.length))] };
  }
  const cell = (column: PriceBookColumn): string => {
    const index = columns.get(column);
    return index === undefined ? '' : unguarded((cells[index] ?? '').trim());
  };
  const problems: PriceBookProblem[] = [];
  for (const [column] of columns) {
    const value = cell(column);
    if (value.length > maxCellLength) problems.push(problemAt(line, column, 'tooLong', value));
    else if (value === '' && column !== 'endingDate' && column !== 'note' && column !== 'purchaseId') {
      problems.push(problemAt(line, column, 'empty'));
    }
  }
  const purchase = {
    purchaseId: cell('purchaseId'),
    quantity: wholeNumber(cell('quantity')),
    amountMinor: wholeNumber(cell('amountMinor')),
    amountPer: cell('amountPer').toLowerCase(),
    currency: cell('currency').toUpperCase(),
    paymentFrequency: parsePaymentFrequency(cell('paymentFrequency')) ?? '',
    effectiveDate: cell('effectiveDate'),
    endingDate: cell('endingDate') || null,
    note: cell('note') || null,
  };
  for (const { field, problem } of purchaseProblems(purchase as Purchase)) {
    const column = [...columns.keys()].find((name) => name === field);
    if (column === undefined || problems.some((known) => known.column === column)) continue;
    const value = cell(column);
    const decimal = column === 'amountMinor' && /^-?\d[\d\s]*([.,]\d+)+$/.test(value);
    problems.push(problemAt(line, column, decimal ? 'notMinorUnits' : problem, value));
  }
  const place = ({ column }: PriceBookProblem): number =>
    column === null ? -1 : (columns.get(column) ?? -1);
  problems.sort((left, right) => place(left) - place(right));
  if (problems.length > 0) return { row: null, problems };
  const { purchaseId, ...checked } = purchase as Purchase;
  const row = {
    line,
    skuPartNumber: cell('skuPartNumber'),
    ...checked,
    purchaseId: purchaseId === '' ? null : purchaseId,
  };
  return { row, problems };
}

function wholeNumber(text: string): number {
  return /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** Without the apostrophe that keeps a spreadsheet from running a cell as a formula. */
function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
