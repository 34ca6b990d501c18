import * as vscode from 'vscode';
import { DisposableStore } from '../../core/foundation/disposables';
import { LicenseError } from '../../core/foundation/errors';
import type { Store } from '../../core/store/store';
import { argumentFields } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { dateTime } from '../host/formats';
import { importReportText, readImportRecord } from '../importReport/importReportText';
import { statusWord } from '../tree/words';
import { argumentSchemas, parseArgument } from './arguments';

const scheme = 'm365licenses-import';

/** Opens one import of the history as a page to read; without an argument a person chooses it. */
export function registerImportReport(runner: CommandRunner, store: Store): vscode.Disposable {
  const disposables = new DisposableStore();
  disposables.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async (uri) => importReportText(await readImportRecord(store, uri.query)),
    }),
  );
  runner.register('openImport', async (argument) => {
    const fields = argumentFields(argument);
    const importId = typeof fields.importId === 'string' ? fields.importId : await chooseImport(store);
    const checked = parseArgument(argumentSchemas.openImport, { importId });
    // Fails here for an id that is none, and not in an empty page.
    const { run } = await readImportRecord(store, checked.importId);
    const day = run.startedAt.slice(0, 16).replace('T', ' ').replace(':', '.');
    const uri = vscode.Uri.from({ scheme, path: `/Import ${day}.md`, query: checked.importId });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
    return {};
  });
  return disposables;
}

async function chooseImport(store: Store): Promise<string> {
  const rows = await store.query(
    `SELECT importId, connectionName, status, startedAt FROM v_imports ORDER BY startedAt DESC LIMIT 100`,
  );
  const choice = await vscode.window.showQuickPick(
    rows.map((row) => ({
      label: dateTime(String(row.startedAt)),
      description: `${String(row.connectionName)} · ${statusWord(String(row.status))}`,
      importId: String(row.importId),
    })),
    { placeHolder: rows.length === 0 ? 'Nothing was imported yet' : 'Open which import?' },
  );
  if (choice === undefined) throw new LicenseError('cancelled', 'No import was chosen.');
  return choice.importId;
}
