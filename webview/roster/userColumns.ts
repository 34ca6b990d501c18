import type { RosterColumn, RosterRow } from '../../src/shared/rosterContract';
import { rosterServices } from '../../src/shared/rosterFilter';
import { markTitle } from '../../src/shared/markWords';
import { serviceTitle } from '../../src/shared/serviceWords';
import { createElement, createHiddenText, createIcon } from '../common/createElement';
import { formatCount, formatDay, formatMegabytes } from '../common/displayFormats';
import type { ColumnDefinition } from '../grid/columns';
import { reasonSentence, verdictLook } from '../common/verdictWords';

/** A column of the roster. */
export type UserColumn = ColumnDefinition<RosterRow> & { readonly id: RosterColumn };

const unknown = '–';

/**
 * All columns that a person can choose from; with the tenant's name where the page shows several tenants, and without
 * that column where it shows one.
 */
export function userColumns(tenantName: ((tenantId: string) => string) | null): readonly UserColumn[] {
  return tenantName === null
    ? withoutTenant
    : [
        ...withoutTenant,
        { ...textColumn('tenantId', 'Tenant', 140), text: (row) => tenantName(stored(row, 'tenantId')) },
      ];
}

/** What a column is called; one that is not on this screen, by its own name. */
export function columnTitle(id: string): string {
  return withoutTenant.find((column) => column.id === id)?.title ?? id;
}

/** The columns with these names that there are, in the order of the names. */
export function chosenColumns(
  all: readonly UserColumn[],
  names: readonly RosterColumn[],
): readonly UserColumn[] {
  return names.flatMap((name) => all.find(({ id }) => id === name) ?? []);
}

const withoutTenant: readonly UserColumn[] = [
  {
    ...textColumn('userPrincipalName', 'User Principal Name', 260),
    render: renderUser,
    tooltip: userTooltip,
  },
  textColumn('displayName', 'Name', 170),
  textColumn('licenses', 'Licenses', 240),
  dayColumn('lastActivityDate', 'Last Activity', 116),
  numberColumn('daysSinceLastActivity', 'Days Since', 96, formatCount, 'Days since the last activity'),
  {
    ...textColumn('verdict', 'Verdict', 126),
    text: (row) => verdictLook(text(row, 'verdict')).word,
    render: renderVerdict,
    tooltip: (row) => reasonSentence(text(row, 'verdictReason')),
  },
  {
    ...textColumn('verdictReason', 'Reason', 280),
    description: 'Why the verdict is what it is',
    text: (row) => reasonSentence(text(row, 'verdictReason')) ?? unknown,
  },
  {
    ...textColumn('confidence', 'Confidence', 100),
    description: 'How sure the verdict is',
    text: (row) => capitalized(text(row, 'confidence')),
  },
  {
    ...textColumn('activations', 'Activations', 180),
    description: 'Products activated on a device',
    text: (row) => text(row, 'activations') ?? unknown,
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
  textColumn('companyName', 'Company', 140),
  textColumn('country', 'Country', 110),
  { ...textColumn('usageLocation', 'Usage Location', 116), description: 'Country for licensing' },
  dayColumn('createdAt', 'Created', 112),
  { ...dayColumn('deactivatedAt', 'Deleted', 112), description: 'When the account was deleted' },
  flagColumn('accountEnabled', 'Enabled', 84, 'Sign-in is allowed'),
  textColumn('userType', 'User Type', 92),
  textColumn('givenName', 'First Name', 120),
  textColumn('surname', 'Last Name', 120),
  textColumn('mail', 'Email', 230),
  { ...dayColumn('lastSignInAt', 'Last Sign-in', 112), description: 'Last interactive sign-in' },
  {
    ...textColumn('lastUsedApplication', 'Last Used App', 140),
    description: 'Microsoft 365 application that was used last',
    text: (row) => serviceName(text(row, 'lastUsedApplication')),
  },
  flagColumn('isMfaRegistered', 'MFA Registered', 116, 'Registered for multifactor authentication'),
  flagColumn('isMfaCapable', 'MFA Capable', 104, 'Able to use multifactor authentication'),
  {
    ...textColumn('markedAs', 'Marked As', 140),
    description: 'What people said the account is',
    text: (row) => {
      const kind = text(row, 'markedAs');
      return kind === null ? '' : markTitle(kind);
    },
  },
  { ...textColumn('markReason', 'Reason of Mark', 180), description: 'Why the account was marked' },
  {
    ...textColumn('markPattern', 'Pattern of Mark', 150),
    description: 'The pattern by which the account was marked',
  },
  ...rosterServices.map((service) => ({
    ...dayColumn(`${service}LastActivityDate`, serviceTitle(service), 124),
    description: `Last use of ${serviceTitle(service)} that any source shows`,
  })),
  textColumn('userId', 'User ID', 290),
];

function serviceName(value: string | null): string {
  if (value === null) return unknown;
  const service = rosterServices.find((name) => name === value);
  return service === undefined ? value : serviceTitle(service);
}

function capitalized(value: string | null): string {
  return value === null ? unknown : value.charAt(0).toUpperCase() + value.slice(1);
}

const syncWords: Readonly<Record<string, string>> = {
  synced: 'Synced',
  wasSynced: 'Was synced',
  cloudOnly: 'Cloud only',
};

/** The stored value as text; nothing for unknown. */
function stored(row: RosterRow, id: RosterColumn): string {
  return String(row[id] ?? '');
}

function text(row: RosterRow, id: RosterColumn): string | null {
  const value = row[id] ?? null;
  return value === null ? null : String(value);
}

function base(id: RosterColumn, title: string, width: number): Omit<UserColumn, 'align' | 'text'> {
  return { id, title, width, copy: (row) => stored(row, id) };
}

function textColumn(id: RosterColumn, title: string, width: number): UserColumn {
  return { ...base(id, title, width), align: 'start', text: (row) => stored(row, id) };
}

function dayColumn(id: RosterColumn, title: string, width: number): UserColumn {
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
): UserColumn {
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

function flagColumn(id: RosterColumn, title: string, width: number, description: string): UserColumn {
  const word = (row: RosterRow): string =>
    (row[id] ?? null) === null ? unknown : row[id] === 1 ? 'Yes' : 'No';
  return {
    ...base(id, title, width),
    description,
    align: 'center',
    text: word,
    tooltip: (row) => ((row[id] ?? null) === null ? 'unknown' : null),
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
  const state = stateWord(row);
  if (state !== null) cell.append(createElement('span', { class: 'muted', text: `  (${state})` }));
}

function userTooltip(row: RosterRow): string | null {
  const state = stateWord(row);
  if (state === null) return null;
  const why = state === 'deleted' ? 'in the recycle bin of the directory' : 'sign-in is blocked';
  return `${stored(row, 'userPrincipalName')}: ${why}`;
}

function stateWord(row: RosterRow): string | null {
  if ((row.deactivatedAt ?? null) !== null) return 'deleted';
  return row.accountEnabled === 0 ? 'disabled' : null;
}

function renderVerdict(cell: HTMLElement, row: RosterRow): void {
  const look = verdictLook(text(row, 'verdict'));
  if (look.icon !== '') cell.append(createIcon(look.icon, `verdict tone-${look.tone}`));
  cell.append(look.word);
}
