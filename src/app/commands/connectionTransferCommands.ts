import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import type { Connection } from '../../core/model/connection';
import {
  planConnectionFile,
  writeConnectionFile,
  type ConnectionFileEntry,
  type ConnectionNeed,
} from '../../core/model/connectionFile';
import {
  argumentFields,
  InteractiveArgument,
  invalidArgument,
  isArgumentObject,
} from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { argumentSchemas, parseArgument } from './arguments';
import { presetClientId } from './connectionCommands';
import { findConnection } from './connectionPick';
import { problemSentence } from './connectionProblemText';
import { storeConnection } from './connectionSave';
import type { CommandServices } from './services';

type Applicable = Extract<ConnectionFileEntry, { action: 'add' | 'change' }>;

const filters = { 'Connections (JSON)': ['json'] };

/** Taking connections to a file, without secrets, and bringing them from one, with a look at what that would do. */
export function registerConnectionTransferCommands(runner: CommandRunner, services: CommandServices): void {
  runner.register('exportConnections', async (argument) => {
    const asked = parseArgument(argumentSchemas.exportConnections, argumentFields(argument));
    const chosen = await chooseForExport(services, asked.connectionIds, isArgumentObject(argument));
    const file = asked.file ?? (await askTarget());
    const text = writeConnectionFile(chosen, new Date().toISOString());
    try {
      await fs.writeFile(file, text, 'utf8');
    } catch (error) {
      throw new LicenseError(
        'fileNotWritable',
        'The connections could not be written.',
        pathDetails(file, error),
        {
          cause: error,
        },
      );
    }
    if (!isArgumentObject(argument)) void sayExported(file, chosen.length);
    return { file, connections: chosen.length };
  });

  runner.register('importConnections', async (argument) => {
    const { file, names } = parseArgument(argumentSchemas.importConnections, argumentFields(argument));
    const source = file ?? (await askSource());
    const plan = planConnectionFile(await readText(source), {
      existing: await services.store.connections(),
      presetClientId: presetClientId(),
      newId: () => crypto.randomUUID(),
      now: new Date().toISOString(),
    });
    const possible = plan.filter(isApplicable);
    const wanted = isArgumentObject(argument)
      ? possible.filter(({ name }) => names === undefined || names.includes(name))
      : await preview(path.basename(source), plan);
    for (const entry of wanted) {
      await services.jobs.cancel(entry.connection.connectionId);
      await storeConnection(
        services,
        entry.connection,
        entry.action === 'change' ? entry.before : undefined,
        {},
      );
    }
    if (!isArgumentObject(argument)) void sayImported(wanted);
    return {
      added: wanted.filter(({ action }) => action === 'add').length,
      changed: wanted.filter(({ action }) => action === 'change').length,
      unchanged: plan.filter(({ action }) => action === 'same').length,
      refused: plan.flatMap((entry) =>
        entry.action === 'refuse' ? [{ name: entry.name, sentence: refusal(entry) }] : [],
      ),
    };
  });
}

function isApplicable(entry: ConnectionFileEntry): entry is Applicable {
  return entry.action === 'add' || entry.action === 'change';
}

async function chooseForExport(
  services: CommandServices,
  ids: readonly string[] | undefined,
  direct: boolean,
): Promise<readonly Connection[]> {
  if (ids !== undefined) return Promise.all(ids.map((id) => findConnection(services.store, id)));
  const all = await services.store.connections();
  if (all.length === 0)
    throw new LicenseError('notFound', 'There is no connection yet, so there is nothing to export.');
  if (direct || all.length === 1) return all;
  const picked = await vscode.window.showQuickPick(
    all.map((connection) => ({
      label: connection.name,
      description: connection.tenant ?? connection.tenantId ?? undefined,
      picked: true,
      connection,
    })),
    {
      canPickMany: true,
      title: 'Export Connections',
      placeHolder: 'Which connections? Secrets, sign-ins and imported data are never part of the file.',
    },
  );
  if (picked === undefined || picked.length === 0) {
    throw new LicenseError('cancelled', 'Nothing was exported.');
  }
  return picked.map(({ connection }) => connection);
}

async function askTarget(): Promise<string> {
  const uri = await vscode.window.showSaveDialog({
    title: 'Export Connections',
    filters,
    defaultUri: vscode.Uri.file('m365-connections.json'),
  });
  if (uri === undefined) throw new LicenseError('cancelled', 'Nothing was exported.');
  return uri.fsPath;
}

async function askSource(): Promise<string> {
  const [uri] =
    (await vscode.window.showOpenDialog({ title: 'Import Connections', filters, openLabel: 'Preview' })) ??
    [];
  if (uri === undefined) throw new LicenseError('cancelled', 'Nothing was imported.');
  return uri.fsPath;
}

async function readText(file: string): Promise<string> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    throw new LicenseError('invalidArgument', `The file ${file} can’t be read.`, pathDetails(file, error), {
      cause: error,
    });
  }
}

interface PreviewItem extends vscode.QuickPickItem {
  readonly entry?: ConnectionFileEntry;
}

/** Shows what would be added, changed, left as it is or refused, and takes what the person leaves ticked. */
async function preview(file: string, plan: readonly ConnectionFileEntry[]): Promise<readonly Applicable[]> {
  if (plan.length === 0) throw invalidArgument('The file holds no connections.');
  const group = (label: string, action: ConnectionFileEntry['action']): PreviewItem[] => {
    const entries = plan.filter((entry) => entry.action === action);
    if (entries.length === 0) return [];
    return [
      { label, kind: vscode.QuickPickItemKind.Separator },
      ...entries.map((entry) => ({ ...itemOf(entry), entry })),
    ];
  };
  const items = [
    ...group('Added', 'add'),
    ...group('Changed', 'change'),
    ...group('Refused', 'refuse'),
    ...group('Already the same', 'same'),
  ];
  const pick = vscode.window.createQuickPick<PreviewItem>();
  pick.title = `Import Connections from ${file}`;
  pick.placeholder = 'Leave ticked what is to be imported, then press OK';
  pick.canSelectMany = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.items = items;
  pick.selectedItems = items.filter(({ entry }) => entry !== undefined && isApplicable(entry));
  return new Promise((resolve, reject) => {
    pick.onDidChangeSelection((selected) => {
      // What is refused or the same can be read here, not ticked.
      const possible = selected.filter(({ entry }) => entry !== undefined && isApplicable(entry));
      if (possible.length !== selected.length) pick.selectedItems = possible;
    });
    pick.onDidAccept(() => {
      resolve(
        pick.selectedItems.flatMap(({ entry }) =>
          entry !== undefined && isApplicable(entry) ? [entry] : [],
        ),
      );
      pick.hide();
    });
    pick.onDidHide(() => {
      reject(new LicenseError('cancelled', 'Nothing was imported.'));
      pick.dispose();
    });
    pick.show();
  });
}

function itemOf(entry: ConnectionFileEntry): vscode.QuickPickItem {
  switch (entry.action) {
    case 'add':
      return { label: entry.name, description: afterwards(entry.needs), detail: summary(entry.connection) };
    case 'change':
      return {
        label: entry.name,
        description: afterwards(entry.needs),
        detail: entry.changes.map((field) => changeText(field, entry.before, entry.connection)).join(' · '),
      };
    case 'same':
      return { label: entry.name };
    case 'refuse':
      return { label: `$(error) ${entry.name}`, detail: refusal(entry) };
  }
}

function refusal({ problem }: Extract<ConnectionFileEntry, { action: 'refuse' }>): string {
  return problem === null
    ? 'The entry is not a connection that this version knows.'
    : problemSentence(problem);
}

function summary(connection: Connection): string {
  return [
    connection.tenant ?? 'any work account',
    connection.endpoints?.login ?? null,
    connection.flow === 'clientCredentials' ? `app ${connection.clientId}` : null,
    connection.proxy === null ? null : `proxy ${connection.proxy.server}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

const fieldTitles: Readonly<
  Record<Extract<ConnectionFileEntry, { action: 'change' }>['changes'][number], string>
> = {
  name: 'name',
  sourceType: 'source type',
  tenant: 'tenant',
  cloud: 'cloud',
  endpoints: 'addresses',
  clientId: 'client ID',
  flow: 'flow',
  redirectUri: 'redirect URI',
  proxy: 'proxy',
  tasks: 'tasks',
  caCertificatePath: 'CA file',
  readOnly: 'read-only',
  thresholds: 'inactive after, and grace period',
};

function changeText(field: keyof typeof fieldTitles, before: Connection, after: Connection): string {
  return `${fieldTitles[field]}: ${valueText(before[field])} → ${valueText(after[field])}`;
}

function valueText(value: Connection[keyof typeof fieldTitles]): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if ('server' in value)
    return value.username === undefined ? value.server : `${value.username} at ${value.server}`;
  if ('inactivityDays' in value) {
    const { inactivityDays, graceDays } = value;
    return `${inactivityDays ?? 'usual'} and ${graceDays ?? 'usual'} days`;
  }
  if ('login' in value) return `${value.login}, ${value.graph}`;
  return value.join(', ');
}

function afterwards(needs: ConnectionNeed): string {
  switch (needs) {
    case 'secret':
      return 'then enter its secret';
    case 'certificate':
      return 'then choose its certificate';
    case 'signIn':
      return 'then sign in';
    case 'convert':
      return 'deprecated: read-only until converted';
    case null:
      return '';
  }
}

async function sayExported(file: string, count: number): Promise<void> {
  const reveal = 'Reveal File';
  const choice = await vscode.window.showInformationMessage(
    `${count === 1 ? 'One connection' : `${count} connections`} exported, without secrets.`,
    reveal,
  );
  if (choice === reveal) await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(file));
}

async function sayImported(entries: readonly Applicable[]): Promise<void> {
  if (entries.length === 0) return;
  const [first] = entries.filter(({ needs }) => needs !== null);
  const text = `${entries.length === 1 ? 'One connection' : `${entries.length} connections`} imported. Secrets and sign-ins are not part of the file.`;
  const open = first === undefined ? [] : [`Open “${first.name}”`];
  const choice = await vscode.window.showInformationMessage(text, ...open);
  if (choice !== undefined && first !== undefined) {
    await vscode.commands.executeCommand(
      'm365Licenses.editConnection',
      new InteractiveArgument({ connectionId: first.connection.connectionId }),
    );
  }
}

function pathDetails(file: string, error: unknown): Record<string, string> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { path: file, code };
}
