import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/foundation/disposables';
import { LicenseError } from '../../core/foundation/errors';

const scheme = 'm365-licenses-registration';

/** Read-only documents that show what will be registered. */
export class RegistrationPreviews implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly texts = new Map<string, string>();
  private last = 0;

  constructor() {
    this.disposables.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: (uri) => this.texts.get(uri.path) ?? 'This preview is over.',
      }),
    );
    this.disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.texts.delete(uri.path);
      }),
    );
  }

  /** Opens a document with the text. */
  async open(text: string): Promise<void> {
    this.last += 1;
    const uri = vscode.Uri.from({ scheme, path: `/App registration ${this.last}.md` });
    this.texts.set(uri.path, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.disposables.dispose();
    this.texts.clear();
  }
}

/** Shows what will be created and asks once. Rejects with `cancelled`; then nothing has been created. */
export async function askCreate(previews: RegistrationPreviews, text: string): Promise<void> {
  await previews.open(text);
  const create = 'Create';
  // Not modal, so that the document can be read and scrolled while the question stands.
  const choice = await vscode.window.showInformationMessage(
    'Create this app registration? Read the document: it shows everything that will be created.',
    create,
    'Cancel',
  );
  if (choice !== create) throw new LicenseError('cancelled', 'Nothing was registered.');
}
