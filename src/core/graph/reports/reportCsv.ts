import { LicenseError } from '../../foundation/errors';
import { ownTurn } from '../../foundation/ownTurn';
import type { ReadingNotes } from '../listing';
import { CsvError, CsvRecords } from './csvRecords';
import type { CellReader } from './reportCells';
import { readDate } from './reportCells';

/** How the lines of one report become rows. */
export interface ReportFormat<Row, Cells = Row> {
  /** Function name in Graph, for example `getMailboxUsageDetail`. */
  readonly name: string;
  /** Field name → column header. Order does not matter and columns not named here are ignored. */
  readonly columns: { readonly [F in keyof Cells]: string };
  /** Fields whose column must be there. The first one names the person, and is checked for concealment. */
  readonly keys: readonly [keyof Cells & string, ...(keyof Cells & string)[]];
  /** True when lines without a name are usual and left out without being counted as faulty. */
  readonly namelessLines?: boolean;
  /** Checks and converts the cells: a reader for each of the columns. */
  readonly cells: { readonly [F in keyof Cells]: CellReader<Cells[F]> };
  /** Makes the row of the cells; absent where they are the row. */
  readonly row?: (cells: Cells) => Row;
}

const batchSize = 1000;

/** Bytes parsed at a time, so that no chunk keeps the event loop for long. */
const sliceBytes = 32 * 1024;

/** A line longer than this is no line of a report. Characters. */
const maxLineLength = 1024 * 1024;

/**
 * What names look like in a tenant that conceals them: 32 upper-case hexadecimal digits.
 * @see https://learn.microsoft.com/graph/api/resources/adminreportsettings
 */
const concealedName = /^[0-9A-F]{32}$/;

/**
 * Reads the CSV of a usage report by its header: UTF-8 with or without byte order mark, any line ends, columns
 * in any order, unknown ones ignored. Rejects with `badResponse` when it is no such report, with `network` (and
 * `cutOff` in its details) when it ends in the middle of a line, and with what the body rejects with.
 * @see https://learn.microsoft.com/graph/api/resources/report
 */
export async function* readReportCsv<Row, Cells = Row>(
  body: AsyncIterable<Uint8Array>,
  format: ReportFormat<Row, Cells>,
  notes: ReadingNotes,
): AsyncGenerator<readonly Row[]> {
  const records = new CsvRecords(maxLineLength);
  const lines = new LineReader(format, notes);
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) {
      for (let start = 0; start < chunk.byteLength; start += sliceBytes) {
        await ownTurn();
        const slice = chunk.subarray(start, start + sliceBytes);
        for (const line of records.push(decoder.decode(slice, { stream: true }))) lines.take(line);
        yield* lines.full();
      }
    }
    const whole = lines.count;
    for (const line of [...records.push(decoder.decode()), ...records.end()]) lines.take(line);
    // The last line has no end: it is whole if it has all its cells.
    if (lines.count > whole && lines.isShort) throw cutOff(format.name);
  } catch (error) {
    throw readingError(error, format.name);
  }
  if (lines.count === 0) throw notAReport(format.name, 'It is empty.');
  yield* lines.full();
  if (lines.batch.length > 0) yield lines.batch;
}

/** Turns the lines of one report into rows. */
class LineReader<Row, Cells> {
  batch: Row[] = [];
  /** Lines so far, the header among them. */
  count = 0;
  /** True when the last line had too few cells. */
  isShort = false;
  private width = 0;
  private refreshDate = -1;
  private columns: readonly {
    readonly field: string;
    readonly position: number;
    readonly read: CellReader<unknown>;
  }[] = [];

  constructor(
    private readonly format: ReportFormat<Row, Cells>,
    private readonly notes: ReadingNotes,
  ) {}

  /** The batches that are full. What is left stays. */
  *full(): Generator<readonly Row[]> {
    while (this.batch.length >= batchSize) yield this.batch.splice(0, batchSize);
  }

  take(line: readonly string[]): void {
    this.count += 1;
    if (this.count === 1) {
      this.readHeader(line);
      return;
    }
    const { format, notes, columns } = this;
    this.isShort = line.length < this.width;
    const name = line.length === this.width ? cellAt(line, columns[0]?.position ?? -1) : null;
    if (name === null && line.length === this.width && format.namelessLines === true) return;
    const cells = name === null ? null : this.cellsOf(line);
    if (name === null || cells === null) {
      notes.skippedRows += 1;
      return;
    }
    note(notes, name, readDate(cellAt(line, this.refreshDate)));
    // Without a function of its own, the cells are the row: its type says so.
    this.batch.push(format.row === undefined ? (cells as unknown as Row) : format.row(cells));
  }

  private cellsOf(line: readonly string[]): Cells | null {
    const cells: Record<string, unknown> = {};
    for (const { field, position, read } of this.columns) {
      const value = read(cellAt(line, position));
      if (value === undefined) return null;
      cells[field] = value;
    }
    return cells as Cells;
  }

  private readHeader(line: readonly string[]): void {
    const { format } = this;
    const names = line.map((name) => name.trim().toLowerCase());
    const positionOf = (field: keyof Cells & string): number =>
      names.indexOf(format.columns[field].toLowerCase());
    const missing = format.keys.find((field) => positionOf(field) === -1);
    if (missing !== undefined) {
      throw notAReport(format.name, `It has no column “${format.columns[missing]}”.`);
    }
    this.width = line.length;
    this.refreshDate = names.indexOf('report refresh date');
    const [nameField] = format.keys;
    const fields = Object.keys(format.columns) as (keyof Cells & string)[];
    this.columns = [nameField, ...fields.filter((field) => field !== nameField)].map((field) => ({
      field,
      position: positionOf(field),
      read: format.cells[field],
    }));
  }
}

/** The text of a cell without blanks around it; null when it is empty or not there. */
function cellAt(line: readonly string[], position: number): string | null {
  const cell = position < 0 ? undefined : line[position];
  if (cell === undefined || cell === '') return null;
  // Few cells have blanks around them; asking costs less than trimming all.
  if (cell.charCodeAt(0) > 0x20 && cell.charCodeAt(cell.length - 1) > 0x20) return cell;
  return cell.trim() || null;
}

function note(notes: ReadingNotes, name: string, refreshDate: string | null): void {
  notes.namedRows += 1;
  if (concealedName.test(name)) notes.concealedRows += 1;
  if (refreshDate !== null && (notes.asOfDate === null || refreshDate > notes.asOfDate)) {
    notes.asOfDate = refreshDate;
  }
}

function readingError(error: unknown, name: string): unknown {
  if (!(error instanceof CsvError)) return error;
  // A quoted cell that never ends is how a file cut in the middle looks.
  return error.problem === 'openQuote' ? cutOff(name) : notAReport(name, 'A line is too long.');
}

function cutOff(name: string): LicenseError {
  return new LicenseError('network', `The report ${name} ends in the middle of a line.`, {
    report: name,
    cutOff: true,
  });
}

function notAReport(name: string, why: string): LicenseError {
  return new LicenseError('badResponse', `The answer to ${name} is not the report. ${why}`, { report: name });
}
