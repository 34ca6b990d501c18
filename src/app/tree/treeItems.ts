import * as vscode from 'vscode';
import { ago, dateTime, formatCount } from '../host/formats';
import type { ImportJobs } from '../jobs/importJobs';
import { contextValue } from './contextValue';
import { credentialExpiries } from '../../core/model/credentialExpiry';
import { isDeprecated } from '../../core/model/deprecatedSource';
import { expiryHint, expirySentence } from '../commands/connectionExpiryText';
import { familyItem, hiddenLicensesItem, licenseItem, licensesItem } from './licenseItems';
import { countShort } from './licenseGroups';
import { importDescription } from './importHistory';
import type { ConnectionNode, ImportNode, LastImportNode, ProblemNode, TenantNode, TreeNode } from './nodes';
import { appendTable, createItem } from './treeItem';
import { statusWord, sourceTypeTitle, taskTitle } from './words';

/** How a node looks. */
export function treeItemOf(node: TreeNode, jobs: Pick<ImportJobs, 'progressText'>): vscode.TreeItem {
  switch (node.kind) {
    case 'tenant':
      return tenantItem(node);
    case 'connection':
      return connectionItem(node, jobs);
    case 'licenses':
      return licensesItem(node);
    case 'family':
      return familyItem(node);
    case 'hiddenLicenses':
      return hiddenLicensesItem(node);
    case 'license':
      return licenseItem(node);
    case 'lastImport':
      return lastImportItem(node);
    case 'import':
      return importItem(node);
    case 'problem':
      return problemItem(node);
  }
}

function tenantItem(node: TenantNode): vscode.TreeItem {
  const { tenant } = node;
  const result = createItem(node, tenant.displayName, vscode.TreeItemCollapsibleState.Expanded);
  const short = countShort(tenant.licenses);
  result.description =
    short > 0 ? `${tenant.defaultDomain ?? ''} · ${short} short` : (tenant.defaultDomain ?? '');
  result.iconPath = new vscode.ThemeIcon('organization');
  result.contextValue = contextValue({ type: 'tenant' });
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown('**').appendText(tenant.displayName).appendMarkdown('**\n\n');
  appendTable(tooltip, [
    ['Domain', tenant.defaultDomain ?? 'unknown'],
    ['Tenant ID', tenant.tenantId],
    ['Last import', tenant.lastImportAt === null ? 'never' : dateTime(tenant.lastImportAt)],
  ]);
  result.tooltip = tooltip;
  return result;
}

function connectionItem(node: ConnectionNode, jobs: Pick<ImportJobs, 'progressText'>): vscode.TreeItem {
  const { connection } = node;
  const progress = jobs.progressText(connection.connectionId);
  const deprecated = isDeprecated(connection);
  const signedIn = connection.signedInAt !== null;
  const ends = deprecated ? [] : credentialExpiries(connection, new Date());
  const [hint] = ends.map(expiryHint).filter((text) => text !== null);
  const result = createItem(node, connection.name);
  const state = deprecated
    ? 'deprecated, read-only'
    : signedIn
      ? (connection.account ?? 'signed in')
      : 'sign-in needed';
  result.description = progress ?? [state, hint].filter(Boolean).join(' · ');
  result.iconPath = connectionIcon({
    importing: progress !== undefined,
    deprecated,
    signedIn,
    ending: !!hint,
  });
  result.contextValue = contextValue({
    type: 'connection',
    signedIn,
    importing: progress !== undefined,
    deprecated,
  });
  if (deprecated) {
    result.command = { command: 'm365Licenses.editConnection', title: 'Show Connection', arguments: [node] };
  } else if (!signedIn) {
    result.command = { command: 'm365Licenses.signIn', title: 'Sign In', arguments: [node] };
  }
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown('**').appendText(connection.name).appendMarkdown('**\n\n');
  appendTable(tooltip, [
    ['Source type', sourceTypeTitle(connection.sourceType)],
    ['Account', connection.account ?? 'not signed in'],
    ['Signed in', connection.signedInAt === null ? 'never' : dateTime(connection.signedInAt)],
    ['Tenant', connection.tenantId ?? connection.tenant ?? 'any work account'],
    ['Cloud', connection.cloud],
    ['Client ID', connection.clientId],
    ...(connection.proxy === null ? [] : [['Proxy', connection.proxy.server] as const]),
    ['Tasks', connection.tasks.map(taskTitle).join(', ')],
  ]);
  tooltip.supportThemeIcons = true;
  for (const end of ends) {
    tooltip
      .appendMarkdown(end.threshold === null ? '\n\n' : '\n\n$(warning) ')
      .appendText(expirySentence(end));
  }
  result.tooltip = tooltip;
  return result;
}

function connectionIcon(state: {
  readonly importing: boolean;
  readonly deprecated: boolean;
  readonly signedIn: boolean;
  readonly ending: boolean;
}): vscode.ThemeIcon {
  const warning = new vscode.ThemeColor('list.warningForeground');
  if (state.importing) return new vscode.ThemeIcon('sync~spin');
  if (state.deprecated) return new vscode.ThemeIcon('archive');
  if (!state.signedIn) return new vscode.ThemeIcon('debug-disconnect', warning);
  return state.ending ? new vscode.ThemeIcon('warning', warning) : new vscode.ThemeIcon('plug');
}

function lastImportItem(node: LastImportNode): vscode.TreeItem {
  const { lastImport } = node;
  const result = createItem(
    node,
    'Last Import',
    lastImport === null ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
  );
  result.contextValue = contextValue({ type: 'lastImport' });
  if (lastImport === null) {
    result.description = 'never';
    result.iconPath = new vscode.ThemeIcon('cloud-download');
    return result;
  }
  result.description = `${ago(lastImport.finishedAt ?? lastImport.startedAt, new Date())} · ${statusWord(lastImport.status)}`;
  result.iconPath = importIcon(lastImport.status);
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown('**').appendText(`Import ${lastImport.connectionName}`).appendMarkdown('**\n\n');
  appendTable(tooltip, [
    ['Started', dateTime(lastImport.startedAt)],
    ['Finished', lastImport.finishedAt === null ? 'not finished' : dateTime(lastImport.finishedAt)],
    ...lastImport.tasks.map((task): [string, string] => [
      taskTitle(task.task),
      `${statusWord(task.status)}, ${formatCount(task.rows)} rows, ${(task.durationMs / 1000).toFixed(1)} s`,
    ]),
  ]);
  for (const task of lastImport.tasks) {
    if (task.warnings !== '') tooltip.appendMarkdown('\n\n$(warning) ').appendText(task.warnings);
  }
  tooltip.supportThemeIcons = true;
  result.tooltip = tooltip;
  return result;
}

function importItem(node: ImportNode): vscode.TreeItem {
  const { entry } = node;
  const result = createItem(node, dateTime(entry.startedAt));
  result.description = importDescription(entry);
  result.iconPath = importIcon(entry.status);
  result.tooltip = `Open what “${entry.connectionName}” imported then`;
  result.contextValue = contextValue({ type: 'import' });
  result.command = { command: 'm365Licenses.openImport', title: 'Open Import', arguments: [node] };
  return result;
}

function problemItem(node: ProblemNode): vscode.TreeItem {
  const result = createItem(node, 'The data file can’t be read');
  result.description = node.isDamaged ? 'click to recover it' : 'click for the log';
  result.tooltip = node.sentence;
  result.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  result.contextValue = contextValue({ type: 'problem' });
  result.command = node.isDamaged
    ? { command: 'm365Licenses.recoverDataFile', title: 'Recover Data File' }
    : { command: 'm365Licenses.showLog', title: 'Show Log' };
  return result;
}

function importIcon(status: string): vscode.ThemeIcon {
  if (status === 'succeeded') return new vscode.ThemeIcon('pass');
  return status === 'failed'
    ? new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'))
    : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
}
