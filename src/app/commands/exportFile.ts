import * as path from 'node:path';
import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';

/**
 * Asks where to write a file.
 * @param kind what the file type is called, for example `CSV files`
 * @throws `cancelled`, `invalidArgument` for a place that is no local folder
 */
export async function chooseExportFile(
  name: string,
  title: string,
  kind: string,
  extension: string,
): Promise<string> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title,
    filters: { [kind]: [extension] },
    defaultUri:
      folder?.scheme === 'file' ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(path.resolve(name)),
  });
  if (uri === undefined) throw new LicenseError('cancelled', 'No file was chosen.');
  if (uri.scheme !== 'file') {
    throw new LicenseError(
      'invalidArgument',
      `${kind} can be written to local folders only, not to “${uri.scheme}:”.`,
    );
  }
  return uri.fsPath;
}
