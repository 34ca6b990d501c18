import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import { maxMarkListBytes, readMarkList, type MarkList } from '../../core/marks/markListReader';
import { markKinds, type MarkKind } from '../../core/model/accountMarks';
import type { AccountMarks, MarkChanges } from '../../core/store/accountMarks';
import type { Store } from '../../core/store/store';
import { argumentFields, invalidArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import type { HiddenNames } from '../host/pseudonymMode';
import { parseArgument } from './arguments';
import { evaluationDay } from './licenseCommands';
import { chooseTenant } from './licensePick';
import { markArguments } from './markArguments';
import { choosePattern, chooseMarks } from './markPick';
import { askKind, askMark, askPattern, askReason, nothingChanged } from './markPrompts';
import { counted, listProblemsText, markedText, unknownText } from './markText';
import { pickUser, type ChosenUser } from './userPick';

/** What the commands about accounts that are no persons work with. */
export interface MarkServices {
  readonly store: Pick<Store, 'query'>;
  readonly marks: AccountMarks;
  /** As screens see it: see {@link createShownStore}. */
  readonly shownStore: Pick<Store, 'query' | 'openView' | 'viewRows' | 'closeView'>;
  readonly names: Pick<HiddenNames, 'isOn'>;
}

/** Saying of accounts that they are no persons: one by one, by pattern, by list. */
export function registerMarkCommands(runner: CommandRunner, services: MarkServices): void {
  const { store, marks, shownStore, names } = services;

  runner.register('markAccounts', async (argument) => {
    if (isArgumentObject(argument)) {
      const {
        tenantId,
        kind,
        reason = null,
        ...accounts
      } = parseArgument(markArguments.markAccounts, argument);
      return { ...(await marks.markAccounts(tenantId, accounts, { kind, reason }, evaluationDay())) };
    }
    const users = await usersOf(shownStore, argument);
    const mark = await askMark(`Mark ${counted(users.length, 'user', 'users')}`);
    return working(async () => {
      const changes = await perTenant(users, (tenantId, userIds) =>
        marks.markAccounts(tenantId, { userIds }, mark, evaluationDay()),
      );
      say(markedText(changes, false));
      return { ...changes };
    });
  });

  runner.register('unmarkAccounts', async (argument) => {
    if (isArgumentObject(argument)) {
      const { tenantId, ...accounts } = parseArgument(markArguments.unmarkAccounts, argument);
      return { ...(await marks.unmarkAccounts(tenantId, accounts, evaluationDay())) };
    }
    const { users } = argumentFields(argument);
    if (users === undefined) {
      const tenant = await chooseTenant(store, argument, 'Remove marks of which tenant?');
      const userPrincipalNames = await chooseMarks(store, shownStore, tenant);
      return working(async () => {
        const accounts = { userPrincipalNames, leaveToPatterns: true };
        const changes = await marks.unmarkAccounts(tenant.tenantId, accounts, evaluationDay());
        say(markedText(changes, true));
        return { ...changes };
      });
    }
    const selected = await usersOf(shownStore, argument);
    return working(async () => {
      const changes = await perTenant(selected, (tenantId, userIds) =>
        marks.unmarkAccounts(tenantId, { userIds }, evaluationDay()),
      );
      say(markedText(changes, true));
      return { ...changes };
    });
  });

  runner.register('saveAccountPattern', async (argument) => {
    if (isArgumentObject(argument)) {
      if (argument['preview'] === true) {
        const { tenantId, field, pattern } = parseArgument(markArguments.previewAccountPattern, argument);
        const { users, active } = await marks.previewPattern(tenantId, { field, pattern });
        return { users, active };
      }
      const { tenantId, reason = null, ...rest } = parseArgument(markArguments.saveAccountPattern, argument);
      await marks.savePattern(tenantId, { ...rest, reason }, evaluationDay());
      return previewCounts(await marks.previewPattern(tenantId, rest));
    }
    const tenant = await chooseTenant(store, argument, 'Mark accounts by pattern in which tenant?');
    const pattern = await askPattern(marks, tenant, names.isOn);
    return working(async () => {
      await marks.savePattern(tenant.tenantId, pattern, evaluationDay());
      const counts = previewCounts(await marks.previewPattern(tenant.tenantId, pattern));
      say(`${pattern.pattern}: ${counted(counts.users, 'account fits', 'accounts fit')}.`);
      return counts;
    });
  });

  runner.register('removeAccountPattern', async (argument) => {
    const { tenantId, ...pattern } = isArgumentObject(argument)
      ? parseArgument(markArguments.removeAccountPattern, argument)
      : await choosePattern(store, await chooseTenant(store, argument, 'Remove a pattern of which tenant?'));
    return working(async () => {
      await marks.removePattern(tenantId, pattern, evaluationDay());
      return {};
    });
  });

  runner.register('importAccountMarks', async (argument) => {
    if (isArgumentObject(argument)) {
      const {
        tenantId,
        file,
        kind = null,
        reason = null,
      } = parseArgument(markArguments.importAccountMarks, argument);
      const list = soundList(await readList(file, kind, reason), file);
      return { ...(await marks.importMarks(tenantId, list.marks, evaluationDay())) };
    }
    const tenant = await chooseTenant(store, argument, 'Import the list of which tenant?');
    const { list, file } = await askList(tenant.displayName);
    await confirmList(store, tenant, path.basename(file), list);
    return working(async () => {
      const changes = await marks.importMarks(tenant.tenantId, list.marks, evaluationDay());
      say(markedText(changes, false));
      return { ...changes };
    });
  });
}

/** The users whom a page has selected, or one whom the person names. */
async function usersOf(
  shownStore: MarkServices['shownStore'],
  argument: unknown,
): Promise<readonly ChosenUser[]> {
  const fields = argumentFields(argument);
  if (fields['users'] !== undefined) return parseArgument(markArguments.selectedUsers, fields).users;
  const { tenantId } = fields;
  return [await pickUser(shownStore, typeof tenantId === 'string' ? tenantId : undefined)];
}

/** Changes tenant after tenant, and adds up what became of it. */
async function perTenant(
  users: readonly ChosenUser[],
  change: (tenantId: string, userIds: readonly string[]) => Promise<MarkChanges>,
): Promise<MarkChanges> {
  const byTenant = new Map<string, string[]>();
  for (const { tenantId, userId } of users) {
    const userIds = byTenant.get(tenantId) ?? [];
    userIds.push(userId);
    byTenant.set(tenantId, userIds);
  }
  const total = { changed: 0, unknown: 0 };
  for (const [tenantId, userIds] of byTenant) {
    const { changed, unknown } = await change(tenantId, userIds);
    total.changed += changed;
    total.unknown += unknown;
  }
  return total;
}

/** A large tenant is judged for a while: says so. */
async function working<T>(work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Judging the users anew' },
    work,
  );
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}

function previewCounts({ users, active }: { readonly users: number; readonly active: number }): {
  users: number;
  active: number;
} {
  return { users, active };
}

async function readList(file: string, kind: MarkKind | null, reason: string | null): Promise<MarkList> {
  if (!path.isAbsolute(file)) {
    throw invalidArgument(`“${file}” is not an absolute path. Give the whole path of the CSV file.`);
  }
  try {
    const { size } = await fs.stat(file);
    const bytes = size > maxMarkListBytes ? new Uint8Array(maxMarkListBytes + 1) : await fs.readFile(file);
    return readMarkList(bytes, { kind, reason });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    throw new LicenseError('invalidArgument', `The file ${file} can’t be read (${code}).`, { path: file });
  }
}

/** @throws `invalidArgument` with the mistakes of the list */
function soundList(list: MarkList, file: string): MarkList {
  const [first] = list.problems;
  if (first === undefined) return list;
  throw new LicenseError('invalidArgument', listProblemsText(list.problems), {
    path: file,
    line: first.line,
    problem: first.problem,
  });
}

/** Asks for a file, and for what its accounts are where it does not say so. */
async function askList(tenant: string): Promise<{ readonly list: MarkList; readonly file: string }> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: 'Import a List of Accounts That Are No Persons',
      filters: { 'List of accounts (CSV)': ['csv', 'txt'] },
      openLabel: 'Check',
    })) ?? [];
  if (uri === undefined) throw nothingChanged();
  const file = uri.fsPath;
  const list = await readList(file, null, null);
  const isMissing = list.problems.some(({ problem }) => problem === 'noKind');
  if (!isMissing) return { list: soundList(list, file), file };
  const title = `${tenant}: ${path.basename(file)}`;
  const kind = await askKind(title, markKinds);
  const reason = await askReason(title);
  return { list: soundList(await readList(file, kind, reason), file), file };
}

async function confirmList(
  store: Pick<Store, 'query'>,
  { tenantId, displayName }: { readonly tenantId: string; readonly displayName: string },
  file: string,
  { marks }: MarkList,
): Promise<void> {
  const wanted = [...new Set(marks.map(({ userPrincipalName }) => userPrincipalName.toLowerCase()))];
  const [row] = await store.query(
    `SELECT count(DISTINCT lower(userPrincipalName)) AS known FROM v_users
      WHERE tenantId = ?1 AND lower(userPrincipalName) IN (SELECT value FROM json_each(?2))`,
    [tenantId, JSON.stringify(wanted)],
  );
  const unknown = wanted.length - Number(row?.['known'] ?? 0);
  const mark = 'Mark';
  const answer = await vscode.window.showInformationMessage(
    `Mark ${counted(wanted.length, 'account', 'accounts')} of ${displayName} by ${file}?`,
    {
      modal: true,
      detail:
        unknown === 0
          ? 'All of them are in the data.'
          : `${unknownText(unknown)}: they are marked when they appear.`,
    },
    mark,
  );
  if (answer !== mark) throw nothingChanged();
}
