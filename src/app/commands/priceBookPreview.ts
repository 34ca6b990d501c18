import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { PlannedPurchase, PriceBookPlan } from '../../core/priceBook/priceBookPlan';
import type { PriceBookProblem } from '../../core/priceBook/priceBookFormat';
import { planText, problemPlace, problemText, purchaseText } from './priceBookText';

/** Shows what is wrong with a price book where a person puts it right: at the lines of the file. */
export class PriceBookProblems implements vscode.Disposable {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('m365Licenses.priceBook');

  /** Forgets what was wrong with a file. */
  clear(file: string): void {
    this.diagnostics.delete(vscode.Uri.file(file));
  }

  /**
   * Opens the file with its problems marked, and rejects with `cancelled`; unless only unknown products are wrong and
   * the person goes on without them.
   * @param skippable how many rows can be left out; 0 when going on is not possible
   */
  async show(file: string, problems: readonly PriceBookProblem[], skippable: number): Promise<void> {
    const uri = vscode.Uri.file(file);
    const showFile = 'Show in File';
    const goOn = skippable === 1 ? 'Leave the Row Out' : 'Leave These Rows Out';
    const listed = problems.slice(0, 5).map((problem) => `${problemPlace(problem)}: ${problemText(problem)}`);
    const more = problems.length > listed.length ? `\n… and ${problems.length - listed.length} more.` : '';
    const answer = await vscode.window.showErrorMessage(
      problems.length === 1
        ? 'The price book has a problem.'
        : `The price book has ${problems.length} problems.`,
      { modal: true, detail: `${listed.join('\n')}${more}` },
      showFile,
      ...(skippable > 0 ? [goOn] : []),
    );
    if (answer === goOn) return;
    if (answer === showFile) await this.mark(uri, problems);
    throw new LicenseError('cancelled', 'Nothing was imported.');
  }

  dispose(): void {
    this.diagnostics.dispose();
  }

  private async mark(uri: vscode.Uri, problems: readonly PriceBookProblem[]): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    this.diagnostics.set(
      uri,
      problems.map((problem) => {
        const line = document.lineAt(Math.min(Math.max(0, problem.line - 1), document.lineCount - 1));
        const at = problem.value === '' ? -1 : line.text.indexOf(problem.value);
        const range =
          at < 0
            ? line.range
            : new vscode.Range(
                line.lineNumber,
                at,
                line.lineNumber,
                Math.min(at + problem.value.length, line.text.length),
              );
        const place = problem.column === null ? '' : `${problem.column}: `;
        const diagnostic = new vscode.Diagnostic(range, `${place}${problemText(problem)}`);
        diagnostic.source = 'Price book';
        return diagnostic;
      }),
    );
    const editor = await vscode.window.showTextDocument(document);
    const [first] = this.diagnostics.get(uri) ?? [];
    if (first !== undefined) {
      editor.selection = new vscode.Selection(first.range.start, first.range.end);
      editor.revealRange(first.range);
    }
  }
}

/** Shows what importing would do and asks for it; rejects with `cancelled` when the person does not want it. */
export async function confirmPlan(
  tenant: string,
  file: string,
  plan: PriceBookPlan,
  ignoredColumns: readonly string[],
  skipped: number,
): Promise<void> {
  const group = (label: string, action: PlannedPurchase['action']): vscode.QuickPickItem[] => {
    const entries = plan.entries.filter((entry) => entry.action === action);
    if (entries.length === 0) return [];
    return [
      { label: `${label} (${entries.length})`, kind: vscode.QuickPickItemKind.Separator },
      ...entries.map((entry) => ({
        label: entry.license.productName ?? entry.license.skuPartNumber,
        description: entry.license.skuPartNumber,
        detail: purchaseText(entry),
      })),
    ];
  };
  const changes = plan.entries.filter(({ action }) => action !== 'same').length;
  const notes = [
    planText(plan),
    ...(skipped > 0 ? [`${skipped} left out, because the tenant has no such product`] : []),
    ...(ignoredColumns.length > 0 ? [`columns not read: ${ignoredColumns.join(', ')}`] : []),
  ].join('; ');
  const accept: vscode.QuickPickItem = {
    label:
      changes === 0
        ? '$(check) Nothing to Import'
        : `$(check) Import ${changes === 1 ? 'One Purchase' : `${changes} Purchases`}`,
    detail: notes,
    alwaysShow: true,
  };
  const picked = await vscode.window.showQuickPick(
    [accept, ...group('Added', 'add'), ...group('Replaced', 'replace'), ...group('Already there', 'same')],
    {
      title: `Price Book of ${tenant} from ${file}`,
      placeHolder:
        'What the file would do. Choose the first line to import it, press Escape to leave all as it is',
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  if (picked !== accept) throw new LicenseError('cancelled', 'Nothing was imported.');
}
