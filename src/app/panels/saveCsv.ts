import * as path from 'node:path';
import * as vscode from 'vscode';
import type { CsvValue } from '../../core/export/csvCell';
import { byteOrderMark, csvText } from '../../core/export/csvText';
import { writeText } from '../../core/export/writeText';
import { isLicenseError } from '../../core/foundation/errors';
import type { ShownTable } from '../../shared/tableExport';
import { chooseExportFile } from '../commands/exportFile';
import { exportByteOrderMark } from '../host/settings';

/** Asks for a file and writes the rows; false when the person cancelled. Rejects with `fileNotWritable`. */
export async function saveCsv(
  suggestedName: string,
  rows: readonly (readonly CsvValue[])[],
): Promise<boolean> {
  let file: string;
  try {
    file = await chooseExportFile(suggestedName, 'Export as CSV', 'CSV files', 'csv');
  } catch (error) {
    if (isLicenseError(error, 'cancelled')) return false;
    throw error;
  }
  await writeText(file, [(exportByteOrderMark() ? byteOrderMark : '') + csvText(rows)]);
  const open = 'Open File';
  void vscode.window
    .showInformationMessage(`Exported to ${path.basename(file)}.`, open)
    .then(
      (choice) => choice === open && vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file)),
    );
  return true;
}

/** Asks which table of a page; the only one there is needs no question. */
export async function chooseTable(tables: readonly ShownTable[]): Promise<ShownTable | undefined> {
  if (tables.length === 1) return tables[0];
  const picked = await vscode.window.showQuickPick(
    tables.map((table) => ({
      label: table.name,
      description: table.rows.length === 2 ? '1 row' : `${table.rows.length - 1} rows`,
      table,
    })),
    { placeHolder: 'Export which table?' },
  );
  return picked?.table;
}
