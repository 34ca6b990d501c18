import * as vscode from 'vscode';
import type { LicenseStateKind } from '../../core/model/licenseState';
import { findingTitle } from '../../shared/findingWords';
import { formatCount } from '../host/formats';
import { contextValue } from './contextValue';
import { headingUri, licenseUri } from './licenseDecorations';
import { countShort } from './licenseGroups';
import {
  findingCount,
  hiddenWord,
  licenseDescription,
  shortProductName,
  stateOf,
  stateText,
} from './licenseText';
import type { FamilyNode, HiddenLicensesNode, LicenseNode, LicensesNode } from './nodes';
import { appendTable, createItem } from './treeItem';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** The heading above a tenant's licenses. */
export function licensesItem(node: LicensesNode): vscode.TreeItem {
  const { licenses } = node.parent.tenant;
  const counted = node.parent.isFiltered ? licenses : licenses.filter(({ isCounted }) => isCounted);
  const result = createItem(node, 'Licenses', licenses.length > 0 ? Expanded : None);
  const short = countShort(licenses);
  result.description =
    licenses.length === 0
      ? 'none imported yet'
      : short > 0
        ? `${formatCount(counted.length)} · ${short} short`
        : formatCount(counted.length);
  result.iconPath = new vscode.ThemeIcon('versions');
  result.contextValue = contextValue({ type: 'licenses' });
  result.resourceUri = headingUri(node.id, short);
  return result;
}

/** A family of products. */
export function familyItem(node: FamilyNode): vscode.TreeItem {
  const { family, licenses } = node;
  const result = createItem(node, family, Collapsed);
  const warned = licenses.filter((license) => stateOf(license).severity !== 'none').length;
  result.description =
    warned === 0 ? formatCount(licenses.length) : `${formatCount(licenses.length)} · ${warned} to look at`;
  result.iconPath = new vscode.ThemeIcon('library');
  result.contextValue = contextValue({ type: 'family' });
  result.tooltip = licenses.map(({ productName }) => productName).join('\n');
  result.accessibilityInformation = {
    label: `${family}, ${licenses.length} licenses${warned === 0 ? '' : `, ${warned} to look at`}`,
  };
  return result;
}

/** The licenses that count in no number. */
export function hiddenLicensesItem(node: HiddenLicensesNode): vscode.TreeItem {
  const count = node.licenses.length;
  const result = createItem(node, `${formatCount(count)} hidden`, Collapsed);
  result.description = 'in no number';
  result.iconPath = new vscode.ThemeIcon('eye-closed');
  result.contextValue = contextValue({ type: 'hiddenLicenses' });
  result.tooltip =
    'Licenses that are retired, because a newer connection took over, or that you do not manage. They count in no number.';
  return result;
}

const stateIcons: Readonly<Record<LicenseStateKind, readonly [icon: string, color: string | undefined]>> = {
  short: ['error', 'list.errorForeground'],
  shortAfterGrace: ['warning', 'list.warningForeground'],
  inGrace: ['history', 'list.warningForeground'],
  suspended: ['debug-pause', 'list.warningForeground'],
  lockedOut: ['lock', 'list.warningForeground'],
  noUnits: ['circle-slash', 'disabledForeground'],
  fullyUsed: ['circle-filled', undefined],
  spare: ['circle-outline', undefined],
};

/** One license. */
export function licenseItem(node: LicenseNode): vscode.TreeItem {
  const { license } = node;
  const result = createItem(node, shortProductName(license.productName));
  const { kind } = stateOf(license);
  const [icon, color] = license.isCounted ? stateIcons[kind] : ['eye-closed', 'disabledForeground'];
  result.description = licenseDescription(license);
  result.iconPath = new vscode.ThemeIcon(
    icon,
    color === undefined ? undefined : new vscode.ThemeColor(color),
  );
  result.contextValue = contextValue({
    type: 'license',
    state: kind,
    managed: license.participation !== 'unmanaged',
  });
  if (license.isCounted) result.resourceUri = licenseUri(license);
  result.command = { command: 'm365Licenses.openLicense', title: 'Open License', arguments: [node] };
  const findings = findingCount(license);
  result.accessibilityInformation = {
    label: [
      license.productName,
      hiddenWord(license),
      `${formatCount(license.consumed)} of ${formatCount(license.entitled)} units consumed`,
      stateText(license),
      findings === 0 ? null : `${formatCount(findings)} findings`,
    ]
      .filter((part) => part !== null)
      .join(', '),
  };
  result.tooltip = licenseTooltip(node);
  return result;
}

function licenseTooltip({ license }: LicenseNode): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown('**').appendText(license.productName).appendMarkdown('**\n\n');
  const count = (value: number | null): string => (value === null ? 'unknown' : formatCount(value));
  const rows: [string, string][] = [
    ['Part number', license.skuPartNumber],
    [
      'Entitled',
      `${formatCount(license.entitled)} (${formatCount(license.enabled)} enabled + ${formatCount(license.inGrace)} in grace)`,
    ],
    ['Consumed', `${formatCount(license.consumed)} by the service, ${count(license.seats)} seats counted`],
    ['Available now', signed(license.availableNow)],
    ['Available after grace', signed(license.availableAfterGrace)],
  ];
  if (license.suspended > 0)
    rows.push(['Suspended', `${formatCount(license.suspended)} (can be reactivated, count for nothing)`]);
  if (license.lockedOut > 0) rows.push(['Locked out', formatCount(license.lockedOut)]);
  if (license.appliesTo === 'User' || license.appliesTo === null) {
    rows.push([
      'Seats by use',
      `${count(license.active)} active, ${count(license.inactive)} inactive, ${count(license.never)} never active`,
    ]);
  } else {
    rows.push(['Applies to', license.appliesTo]);
  }
  if (license.isTrial) rows.push(['Trial', 'yes']);
  if (license.nextLifecycleAt !== null)
    rows.push(['Next lifecycle date', license.nextLifecycleAt.slice(0, 10)]);
  const hidden = hiddenWord(license);
  if (hidden !== null) rows.push(['In no number', hidden]);
  if (license.participation === 'excludedFromAlerts') rows.push(['Alerts', 'excluded']);
  if (license.findings.length > 0) {
    rows.push([
      'Findings',
      license.findings.map(({ kind, count: of }) => `${findingTitle(kind)}: ${formatCount(of)}`).join('; '),
    ]);
  }
  appendTable(tooltip, rows);
  return tooltip;
}

function signed(value: number): string {
  return value > 0 ? `+${formatCount(value)}` : value < 0 ? `−${formatCount(-value)}` : '0';
}
