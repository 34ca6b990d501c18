import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { catalogueChanges, catalogueEntries, knownProductNames } from '../../core/catalog/catalogueUpdate';
import type { CatalogueChanges } from '../../core/catalog/catalogueUpdate';
import { maxListBytes, readProductList } from '../../core/catalog/productList';
import { productListAddress, productListPage } from '../../core/catalog/productListDownload';
import { LicenseError } from '../../core/foundation/errors';
import { argumentFields, isArgumentObject, type CommandRunner } from '../host/commandRunner';
import { formatCount } from '../host/formats';
import { parseArgument } from './arguments';
import { evaluationDay } from './licenseCommands';
import type { CommandServices } from './services';

const schema = v.object({ file: v.optional(v.string()), url: v.optional(v.string()) });

/** Where a list comes from. */
type Origin = { readonly file: string } | { readonly url: string };

interface List {
  readonly bytes: Uint8Array;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** Taking over Microsoft's current list of product names. */
export function registerCatalogueCommand(
  runner: CommandRunner,
  services: Pick<CommandServices, 'store' | 'cloudServices'>,
): void {
  runner.register('updateCatalogue', async (argument) => {
    const { file, url } = parseArgument(schema, argumentFields(argument));
    const origin = file !== undefined ? { file } : url !== undefined ? { url } : await givenOrAsked(argument);
    const changes = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Updating the product names',
        cancellable: true,
      },
      async (_progress, token) => {
        const controller = new AbortController();
        const subscription = token.onCancellationRequested(() => controller.abort());
        try {
          const list = await fetchList(services, origin, controller.signal);
          return await takeOver(services, list);
        } finally {
          subscription.dispose();
        }
      },
    );
    if (!isArgumentObject(argument)) void showChanges(changes);
    return { ...changes };
  });
}

async function takeOver(
  { store }: Pick<CommandServices, 'store'>,
  { bytes, date }: List,
): Promise<CatalogueChanges> {
  const list = readProductList(bytes);
  const changes = catalogueChanges(list, await knownProductNames(store));
  await store.saveCatalogue(catalogueEntries(list), date, evaluationDay());
  return changes;
}

async function fetchList(
  services: Pick<CommandServices, 'cloudServices'>,
  origin: Origin,
  signal: AbortSignal,
): Promise<List> {
  const today = new Date().toISOString().slice(0, 10);
  const notAfterToday = (day: string): string => (day < today ? day : today);
  if ('file' in origin) {
    const { bytes, changedAt } = await readFile(origin.file);
    return { bytes, date: notAfterToday(changedAt.toISOString().slice(0, 10)) };
  }
  const cloud = await services.cloudServices();
  const { bytes, changedOn } = await cloud.downloadProductList(origin.url, signal);
  return { bytes, date: notAfterToday(changedOn ?? today) };
}

async function readFile(file: string): Promise<{ bytes: Uint8Array; changedAt: Date }> {
  if (!path.isAbsolute(file)) {
    throw new LicenseError(
      'invalidArgument',
      `“${file}” is not an absolute path. Give the whole path of the CSV file.`,
    );
  }
  try {
    const { size, mtime } = await fs.stat(file);
    if (size > maxListBytes) {
      throw new LicenseError(
        'invalidArgument',
        'The file is larger than 32 MB, so it is not Microsoft’s list.',
      );
    }
    return { bytes: await fs.readFile(file), changedAt: mtime };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string') throw error;
    throw new LicenseError('notFound', `The file “${file}” can’t be read (${code}).`, { path: file });
  }
}

/** A person chooses; a caller from code that names nothing gets Microsoft's address. */
async function givenOrAsked(argument: unknown): Promise<Origin> {
  if (isArgumentObject(argument)) return { url: productListAddress };
  const download = {
    label: '$(cloud-download) Download from Microsoft',
    description: new URL(productListAddress).host,
  };
  const choose = { label: '$(file) Choose a File…', description: 'the CSV file of Microsoft’s page' };
  const open = {
    label: '$(link-external) Open Microsoft’s Page',
    description: 'where the file can be downloaded',
  };
  const picked = await vscode.window.showQuickPick([download, choose, open], {
    placeHolder: 'Where is the current list of product names?',
  });
  if (picked === download) return { url: productListAddress };
  if (picked === choose) {
    const [uri] =
      (await vscode.window.showOpenDialog({
        title: 'Choose Microsoft’s list of product names',
        filters: { 'CSV files': ['csv'] },
      })) ?? [];
    if (uri !== undefined) return { file: uri.fsPath };
  }
  if (picked === open) await vscode.env.openExternal(vscode.Uri.parse(productListPage, true));
  throw new LicenseError('cancelled', 'No list was chosen.');
}

async function showChanges(changes: CatalogueChanges): Promise<void> {
  const { products, added, renamed } = changes;
  const what =
    added.length + renamed.length === 0
      ? 'nothing has changed'
      : `${formatCount(added.length)} new, ${formatCount(renamed.length)} renamed`;
  const show = 'Show Changes';
  const choice = await vscode.window.showInformationMessage(
    `The names of ${formatCount(products)} products are up to date: ${what}.`,
    ...(added.length + renamed.length === 0 ? [] : [show]),
  );
  if (choice !== show) return;
  const document = await vscode.workspace.openTextDocument({
    language: 'plaintext',
    content: changesText(changes),
  });
  await vscode.window.showTextDocument(document, { preview: true });
}

function changesText({ added, renamed, missing, skippedRows }: CatalogueChanges): string {
  return [
    `New products (${added.length})`,
    ...added.map(({ name, skuId }) => `  ${name}  ${skuId}`),
    '',
    `Renamed products (${renamed.length})`,
    ...renamed.map(({ from, to }) => `  ${from} → ${to}`),
    '',
    `Known products that the list no longer has: ${missing}. They keep their names.`,
    ...(skippedRows > 0 ? [`Rows that were left out: ${skippedRows}.`] : []),
    '',
  ].join('\n');
}
