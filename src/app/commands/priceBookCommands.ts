import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import { planPriceBook, type PriceBookPlan } from '../../core/priceBook/priceBookPlan';
import { maxPriceBookBytes, readPriceBook } from '../../core/priceBook/priceBookReader';
import { priceBookText } from '../../core/priceBook/priceBookWriter';
import { argumentFields, invalidArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { parseArgument } from './arguments';
import { licenseArguments } from './licenseArguments';
import { evaluationDay, type LicenseServices } from './licenseCommands';
import { chooseTenant } from './licensePick';
import { confirmPlan, PriceBookProblems } from './priceBookPreview';
import { readLicenses, readPurchases } from './priceBookRecords';
import { planText, problemsText } from './priceBookText';

const filters = { 'Price book (CSV)': ['csv', 'txt'] };

/** Bringing purchases of a tenant from a CSV file, all or none, and taking them to one. */
export function registerPriceBookCommands(
  runner: CommandRunner,
  services: LicenseServices,
): vscode.Disposable {
  const shown = new PriceBookProblems();
  const tenantOf = (argument: unknown, verb: string): ReturnType<typeof chooseTenant> =>
    chooseTenant(services.store, argument, `${verb} the price book of which tenant?`);

  runner.register('importPriceBook', async (argument) => {
    const direct = isArgumentObject(argument);
    const { tenantId, displayName } = await tenantOf(argument, 'Import');
    const fields = direct
      ? parseArgument(licenseArguments.importPriceBook, argument)
      : { file: await askSource(argumentFields(argument)['file']), skipUnknown: undefined };
    const { file } = fields;
    const book = readPriceBook(await readBytes(file));
    const plan = planPriceBook(
      book.rows,
      await readLicenses(services.store, tenantId),
      await readPurchases(services.store, tenantId),
      () => crypto.randomUUID(),
    );
    const problems = [...book.problems, ...plan.problems].sort((left, right) => left.line - right.line);
    shown.clear(file);
    const unknown = problems.filter(({ problem }) => problem === 'unknownProduct');
    const skippable = unknown.length === problems.length && plan.entries.length > 0;
    if (problems.length > 0 && !(skippable && fields.skipUnknown === true)) {
      if (direct) throw refusal(file, problems);
      await shown.show(file, problems, skippable ? unknown.length : 0);
    }
    if (!direct)
      await confirmPlan(displayName, path.basename(file), plan, book.ignoredColumns, unknown.length);
    const result = await apply(services, plan);
    if (!direct) {
      void vscode.window.showInformationMessage(`${displayName}: ${planText(plan)}.`);
    }
    return { ...result, skipped: unknown.length };
  });

  runner.register('exportPriceBook', async (argument) => {
    const direct = isArgumentObject(argument);
    const { tenantId, displayName } = await tenantOf(argument, 'Export');
    const file = direct
      ? parseArgument(licenseArguments.exportPriceBook, argument).file
      : await askTarget(displayName);
    if (!path.isAbsolute(file)) {
      throw invalidArgument(`“${file}” is not an absolute path. Give the whole path of the CSV file.`);
    }
    const purchases = await readPurchases(services.store, tenantId);
    await write(file, priceBookText(purchases));
    if (!direct) void sayExported(file, purchases.length);
    return { file, rows: purchases.length };
  });

  return shown;
}

async function apply(
  { records }: LicenseServices,
  { entries }: PriceBookPlan,
): Promise<{ rows: number; added: number; replaced: number; unchanged: number }> {
  const changes = entries.filter(({ action }) => action !== 'same');
  if (changes.length > 0) {
    await records.savePurchases(
      changes.map(({ purchase }) => purchase),
      evaluationDay(),
    );
  }
  const added = entries.filter(({ action }) => action === 'add').length;
  return {
    rows: entries.length,
    added,
    replaced: changes.length - added,
    unchanged: entries.length - changes.length,
  };
}

function refusal(file: string, problems: Parameters<typeof problemsText>[0]): LicenseError {
  const [first] = problems;
  return new LicenseError('priceBookInvalid', problemsText(problems), {
    file,
    problems: problems.length,
    line: first?.line ?? null,
    column: first?.column ?? null,
  });
}

async function readBytes(file: string): Promise<Uint8Array> {
  if (!path.isAbsolute(file)) {
    throw invalidArgument(`“${file}” is not an absolute path. Give the whole path of the CSV file.`);
  }
  try {
    const { size } = await fs.stat(file);
    // The reader refuses it by its first bytes as well as by all of them.
    if (size > maxPriceBookBytes) return new Uint8Array(maxPriceBookBytes + 1);
    return await fs.readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    throw new LicenseError(
      'invalidArgument',
      `The file ${file} can’t be read (${code}).`,
      { path: file },
      {
        cause: error,
      },
    );
  }
}

/** Beside the file and then renamed, so that a full disk leaves no half file. */
async function write(file: string, text: string): Promise<void> {
  const temporary = `${file}.${crypto.randomUUID()}.tmp`;
  try {
    await fs.writeFile(temporary, text, 'utf8');
    await fs.rename(temporary, file);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    const errno = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    throw new LicenseError(
      'fileNotWritable',
      'The price book could not be written.',
      { path: file, errno },
      { cause: error },
    );
  }
}

async function askSource(given: unknown): Promise<string> {
  if (typeof given === 'string') return given;
  const [uri] =
    (await vscode.window.showOpenDialog({ title: 'Import Price Book', filters, openLabel: 'Check' })) ?? [];
  if (uri === undefined) throw new LicenseError('cancelled', 'Nothing was imported.');
  return uri.fsPath;
}

async function askTarget(tenant: string): Promise<string> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `price-book-${tenant.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.csv`;
  const uri = await vscode.window.showSaveDialog({
    title: 'Export Price Book',
    filters,
    defaultUri:
      folder?.scheme === 'file' ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(path.resolve(name)),
  });
  if (uri === undefined) throw new LicenseError('cancelled', 'Nothing was exported.');
  if (uri.scheme !== 'file') throw invalidArgument('CSV files can be written to local folders only.');
  return uri.fsPath;
}

async function sayExported(file: string, rows: number): Promise<void> {
  const open = 'Open File';
  const choice = await vscode.window.showInformationMessage(
    rows === 0
      ? `There are no purchases yet. ${path.basename(file)} has the header alone, to be filled in.`
      : `Exported ${rows === 1 ? 'one purchase' : `${rows} purchases`} to ${path.basename(file)}.`,
    open,
  );
  if (choice === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}
