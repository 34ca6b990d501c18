import { Readable, pipeline } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse } from 'csv-parse';
import * as v from 'valibot';
import { isLicenseError, LicenseError } from '../../foundation/errors';
import type { ReadingNotes } from '../listing';
import { readDate } from './reportCells';

/** The cells of one line by field name; null for an empty cell or a column the report lacks. */
export type ReportCells = Readonly<Record<string, string | null>>;

/** How the lines of one report become rows. */
export interface ReportFormat<Row> {
  /** Function name in Graph, for example `getMailboxUsageDetail`. */
  readonly name: string;
  /** Field name → column header. Order does not matter and columns not named here are ignored. */
  readonly columns: Readonly<Record<string, string>>;
  /** Fields whose column must be there. The first one names the person, and is checked for concealment. */
  readonly keys: readonly [string, ...string[]];
  /** True when lines without a name are usual and left out without being counted as faulty. */
  readonly namelessLines?: boolean;
  /** Checks and converts the cells. */
  readonly row: v.GenericSchema<ReportCells, Row>;
}

const batchSize = 1000;

/** Bytes given to the parser at a time, so that no chunk keeps the event loop for long. */
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
export async function* readReportCsv<Row>(
  body: AsyncIterable<Uint8Array>,
  format: ReportFormat<Row>,
  notes: ReadingNotes,
): AsyncGenerator<readonly Row[]> {
  const tail = { last: 0 };
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: maxLineLength,
  });
  // The callback is only there because pipeline wants one: a failure comes out of the parser's iteration.
  pipeline(Readable.from(slices(body, tail), { objectMode: false }), parser, () => undefined);
  let header: Header | undefined;
  let batch: Row[] = [];
  let shortLine = false;
  try {
    for await (const line of parser as AsyncIterable<string[]>) {
      if (header === undefined) {
        header = readHeader(line, format);
        continue;
      }
      shortLine = line.length < header.width;
      const cells = line.length === header.width ? cellsOf(line, header) : null;
      if (cells?.[format.keys[0]] === null && format.namelessLines === true) continue;
      const parsed = cells === null ? null : v.safeParse(format.row, cells);
      if (cells === null || parsed?.success !== true) {
        notes.skippedRows += 1;
        continue;
      }
      note(notes, cells[format.keys[0]] ?? '', readDate(line[header.refreshDate] ?? null));
      batch.push(parsed.output);
      if (batch.length >= batchSize) {
        yield batch;
        batch = [];
        await nextTurn();
      }
    }
  } catch (error) {
    throw readingError(error, format);
  }
  if (header === undefined) throw notAReport(format, 'It is empty.');
  if (shortLine && tail.last !== 0x0a && tail.last !== 0x0d) throw cutOff(format);
  if (batch.length > 0) yield batch;
}

interface Header {
  readonly width: number;
  /** Field name → position, -1 for a column that is not there. */
  readonly positions: ReadonlyMap<string, number>;
  readonly refreshDate: number;
}

function readHeader<Row>(line: readonly string[], format: ReportFormat<Row>): Header {
  const names = line.map((name) => name.toLowerCase());
  const positions = new Map(
    Object.entries(format.columns).map(([field, column]) => [field, names.indexOf(column.toLowerCase())]),
  );
  const missing = format.keys.find((field) => positions.get(field) === -1);
  if (missing !== undefined) {
    throw notAReport(format, `It has no column “${format.columns[missing] ?? missing}”.`);
  }
  return { width: line.length, positions, refreshDate: names.indexOf('report refresh date') };
}

function cellsOf(line: readonly string[], header: Header): ReportCells {
  const cells: Record<string, string | null> = {};
  for (const [field, position] of header.positions) cells[field] = line[position] || null;
  return cells;
}

function note(notes: ReadingNotes, name: string, refreshDate: string | null): void {
  notes.namedRows += 1;
  if (concealedName.test(name)) notes.concealedRows += 1;
  if (refreshDate !== null && (notes.asOfDate === null || refreshDate > notes.asOfDate)) {
    notes.asOfDate = refreshDate;
  }
}

async function* slices(body: AsyncIterable<Uint8Array>, tail: { last: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (let start = 0; start < chunk.byteLength; start += sliceBytes) {
      const slice = chunk.subarray(start, start + sliceBytes);
      tail.last = slice[slice.byteLength - 1] ?? tail.last;
      yield slice;
    }
  }
}

function readingError<Row>(error: unknown, format: ReportFormat<Row>): unknown {
  if (isLicenseError(error)) return error;
  const code = (error as { code?: unknown } | null)?.code;
  // A quoted cell that never ends is how a file cut in the middle looks.
  if (code === 'CSV_QUOTE_NOT_CLOSED') return cutOff(format);
  if (typeof code === 'string' && code.startsWith('CSV_')) return notAReport(format, code);
  return error;
}

function cutOff<Row>(format: ReportFormat<Row>): LicenseError {
  return new LicenseError('network', `The report ${format.name} ends in the middle of a line.`, {
    report: format.name,
    cutOff: true,
  });
}

function notAReport<Row>(format: ReportFormat<Row>, why: string): LicenseError {
  return new LicenseError('badResponse', `The answer to ${format.name} is not the report. ${why}`, {
    report: format.name,
  });
}
