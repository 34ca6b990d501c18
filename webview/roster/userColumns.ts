import type { RosterColumn, RosterRow } from '../../src/shared/rosterContract';
import { createElement, createHiddenText, createIcon } from '../common/createElement';
import { formatCount, formatDay, formatMegabytes } from '../common/displayFormats';
import type { ColumnDefinition } from '../grid/columns';
import { reasonSentence, verdictLook } from './verdictWords';

type Column = ColumnDefinition<RosterRow> & { readonly id: RosterColumn };

const unknown = '–';

/** The columns of the roster; with the tenant's name where the page shows several tenants. */
export function userColumns(tenantName: ((tenantId: string) => string) | null): readonly Column[] {
  const tenant: Column[] =
    tenantName === null
      ? []
      : [{ ...textColumn('tenantId', 'Tenant', 140), text: (row) => tenantName(stored(row, 'tenantId')) }];
  return [
    {
      ...textColumn('userPrincipalName', 'User Principal Name', 260),
      render: renderUser,
      tooltip: userTooltip,
    },
    textColumn('displayName', 'Name', 170),
    ...tenant,
    textColumn('licenses', 'Licenses', 240),
    dayColumn('lastActivityDate', 'Last Activity', 116),
    numberColumn('daysSinceLastActivity', 'Days Since', 96, formatCount, 'Days since the last activity'),
    {
      ...textColumn('verdict', 'Verdict', 126),
      text: (row) => verdictLook(text(row, 'verdict')).word,
      render: renderVerdict,
      tooltip: (row) => reasonSentence(text(row, 'verdictReason')),
    },
    flagColumn('windows', 'Windows', 84, 'Used on Windows'),
    flagColumn('mac', 'Mac', 60, 'Used on a Mac'),
    flagColumn('mobile', 'Mobile', 74, 'Used on a phone or tablet'),
    flagColumn('web', 'Web', 60, 'Used in a browser'),
    numberColumn('mailMegabytes', 'Mail MB', 90, formatMegabytes, 'Size of the mailbox in megabytes'),
    numberColumn('oneDriveMegabytes', 'OneDrive MB', 112, formatMegabytes, 'Files in OneDrive in megabytes'),
    {
      ...textColumn('onPremisesSync', 'Synced', 104),
      description: 'Whether the account is synced from an on-premises directory',
      text: (row) => syncWords[stored(row, 'onPremisesSync')] ?? (text(row, 'onPremisesSync') || unknown),
    },
    flagColumn('isGuest', 'Guest', 72, 'A guest from another organization'),
    textColumn('jobTitle', 'Title', 150),
    textColumn('department', 'Department', 130),
    textColumn('country', 'Country', 110),
    dayColumn('createdAt', 'Created', 112),
  ];
}

const syncWords: Readonly<Record<string, string>> = {
  synced: 'Synced',
  wasSynced: 'Was synced',
  cloudOnly: 'Cloud only',
};

/** The stored value as text; nothing for unknown. */
function stored(row: RosterRow, id: RosterColumn): string {
  const value = row[id];
  return value === null ? '' : String(value);
}

function text(row: RosterRow, id: RosterColumn): string | null {
  const value = row[id];
  return value === null ? null : String(value);
}

function base(id: RosterColumn, title: string, width: number): Omit<Column, 'align' | 'text'> {
  return { id, title, width, copy: (row) => stored(row, id) };
}

function textColumn(id: RosterColumn, title: string, width: number): Column {
  return { ...base(id, title, width), align: 'start', text: (row) => stored(row, id) };
}

function dayColumn(id: RosterColumn, title: string, width: number): Column {
  return {
    ...base(id, title, width),
    align: 'start',
    text: (row) => {
      const value = stored(row, id);
      return value === '' ? unknown : formatDay(value);
    },
  };
}

function numberColumn(
  id: RosterColumn,
  title: string,
  width: number,
  format: (value: number) => string,
  description: string,
): Column {
  return {
    ...base(id, title, width),
    description,
    align: 'end',
    text: (row) => {
      const value = row[id];
      return typeof value === 'number' ? format(value) : unknown;
    },
  };
}

function flagColumn(id: RosterColumn, title: string, width: number, description: string): Column {
  const word = (row: RosterRow): string => (row[id] === null ? unknown : row[id] === 1 ? 'Yes' : 'No');
  return {
    ...base(id, title, width),
    description,
    align: 'center',
    text: word,
    tooltip: (row) => (row[id] === null ? 'unknown' : null),
    render: (cell, row) => {
      if (row[id] === 1) cell.append(createIcon('check'), createHiddenText('Yes'));
      else if (row[id] === 0) cell.append(createHiddenText('No'));
      else cell.append(createUnknown());
    },
  };
}

function createUnknown(): HTMLElement {
  return createElement('span', {
    class: 'muted',
    children: [
      createElement('span', { text: unknown, attributes: { 'aria-hidden': 'true' } }),
      createHiddenText('unknown'),
    ],
  });
}

function renderUser(cell: HTMLElement, row: RosterRow): void {
  cell.append(stored(row, 'userPrincipalName'));
  if (row.accountEnabled === 0) cell.append(createElement('span', { class: 'muted', text: '  (disabled)' }));
}

function userTooltip(row: RosterRow): string | null {
  return row.accountEnabled === 0 ? `${stored(row, 'userPrincipalName')}: sign-in is blocked` : null;
}

function renderVerdict(cell: HTMLElement, row: RosterRow): void {
  const look = verdictLook(text(row, 'verdict'));
  if (look.icon !== '') cell.append(createIcon(look.icon, `verdict tone-${look.tone}`));
  cell.append(look.word);
}
