import * as fs from 'node:fs';
import * as path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import { byteOrderMark, csvText } from '../export/csvText';
import { Pseudonyms } from '../model/pseudonym';
import { renameOver, syncFolder, temporaryPathFor } from './atomicFile';
import { errnoOf } from './fileErrors';
import type { OpenViews } from './openViews';
import { reportView, type ReportView } from './reportViews';
import type { SqlDatabase } from './sqlDatabase';
import type { CsvExport, SqlValue } from './store';
import type { StoreFile } from './storeFile';
import { keyed, rowsOfKeys } from './viewQuery';

const rowsPerChunk = 2000;
const attempts = 5;

/**
 * Writes a view as CSV: to a temporary file beside the target, in chunks, renamed when it is complete. All rows are
 * of one generation: when a commit comes between two chunks the export starts again.
 * @throws `fileNotWritable`, `invalidArgument`, `cancelled`
 */
export async function exportCsv(
  file: StoreFile,
  views: Pick<OpenViews, 'order'>,
  request: CsvExport,
  signal: AbortSignal,
  onProgress: (rows: number, total: number) => void,
): Promise<{ rows: number }> {
  const report = reportView(request.report);
  const columns = chosenColumns(report, request.columns);
  if (!path.isAbsolute(request.file)) {
    throw new LicenseError('invalidArgument', 'The file of an export needs an absolute path.');
  }
  const temporary = temporaryPathFor(request.file);
  try {
    const rows = await writeTemporary(file, views, request, report, columns, temporary, signal, onProgress);
    renameOver(temporary, request.file);
    syncFolder(path.dirname(request.file));
    return { rows };
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw fileNotWritable(request.file, error);
  }
}

async function writeTemporary(
  file: StoreFile,
  views: Pick<OpenViews, 'order'>,
  request: CsvExport,
  report: ReportView,
  columns: readonly string[],
  temporary: string,
  signal: AbortSignal,
  onProgress: (rows: number, total: number) => void,
): Promise<number> {
  const handle = fs.openSync(temporary, 'wx');
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const rows = await writeRows(file, views, request, report, columns, handle, signal, onProgress);
      if (rows === null) continue;
      fs.fsyncSync(handle);
      return rows;
    }
    throw new LicenseError('busy', 'The data keeps changing during the export.');
  } finally {
    fs.closeSync(handle);
  }
}

/** @returns the count of rows, or null when a commit changed the data meanwhile */
async function writeRows(
  file: StoreFile,
  views: Pick<OpenViews, 'order'>,
  request: CsvExport,
  report: ReportView,
  columns: readonly string[],
  handle: number,
  signal: AbortSignal,
  onProgress: (rows: number, total: number) => void,
): Promise<number | null> {
  const keys = views.order(request);
  const { version } = file;
  fs.ftruncateSync(handle, 0);
  let position = 0;
  const append = (text: string): void => {
    const bytes = Buffer.from(text, 'utf8');
    for (let written = 0; written < bytes.length;) {
      written += fs.writeSync(handle, bytes, written, bytes.length - written, position + written);
    }
    position += bytes.length;
  };
  append((request.byteOrderMark ? byteOrderMark : '') + csvText([columns]));
  for (let offset = 0; offset < keys.length; offset += rowsPerChunk) {
    const db = file.current();
    if (file.version !== version) return null;
    append(csvText(rowsToWrite(db, report, keys.subarray(offset, offset + rowsPerChunk), columns, request)));
    onProgress(Math.min(offset + rowsPerChunk, keys.length), keys.length);
    // Lets a cancellation and other calls in.
    await nextTurn();
    throwIfAborted(signal);
  }
  return keys.length;
}

function rowsToWrite(
  db: SqlDatabase,
  report: ReportView,
  keys: Int32Array,
  columns: readonly string[],
  { pseudonymKey }: CsvExport,
): SqlValue[][] {
  if (pseudonymKey === undefined) return rowsOfKeys(db, report, keys, columns);
  const pseudonyms = new Pseudonyms(pseudonymKey);
  // The user's id is needed for the pseudonym even where its column was not chosen.
  const read = [...new Set([...columns, ...report.columns.filter((column) => column === 'userId')])];
  return rowsOfKeys(db, report, keys, read).map((values) => {
    const row = pseudonyms.row(keyed(read, values));
    return columns.map((column) => row[column] ?? null);
  });
}

function chosenColumns(report: ReportView, chosen: readonly string[] | undefined): readonly string[] {
  if (chosen === undefined) return report.columns;
  const unknown = chosen.find((column) => !report.columns.includes(column));
  if (unknown !== undefined) {
    throw new LicenseError('invalidArgument', `${report.view} has no column "${unknown}".`, {
      column: unknown,
    });
  }
  if (chosen.length === 0 || new Set(chosen).size < chosen.length) {
    throw new LicenseError('invalidArgument', 'Choose at least one column, and each once.');
  }
  return chosen;
}

function fileNotWritable(file: string, error: unknown): unknown {
  if (isLicenseError(error)) return error;
  const errno = errnoOf(error);
  if (errno === null) return error;
  return new LicenseError('fileNotWritable', `The file can't be written (${errno}).`, { path: file, errno });
}
