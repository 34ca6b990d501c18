import {
  rosterColumns,
  type RosterColumn,
  type RosterQuery,
  type SavedRosterView,
} from '../../src/shared/rosterContract';

/** What a view shows: which users, in which order, with which columns. */
export type RosterViewContent = Pick<SavedRosterView, 'name' | 'query' | 'columns'>;

/** Columns of the Users tab that are on screen only when they are chosen. */
const unshown: readonly RosterColumn[] = ['verdictReason', 'confidence', 'companyName', 'usageLocation'];

/** Columns on screen until a person chooses: those of the Users tab, and who and why. */
export const defaultColumns: readonly RosterColumn[] = rosterColumns
  .slice(0, rosterColumns.indexOf('createdAt') + 1)
  .filter((column) => !unshown.includes(column));

const byName: RosterQuery['sort'] = { column: 'userPrincipalName', descending: false };
const longestFirst: RosterQuery['sort'] = { column: 'daysSinceLastActivity', descending: true };

const serviceColumns = rosterColumns.filter(
  (column) => column.endsWith('LastActivityDate') && column !== 'lastActivityDate',
);

/** Everyone, by name. */
export const everyone: RosterViewContent = {
  name: 'All Users',
  query: { filter: {}, sort: byName },
  columns: defaultColumns,
};

/** Views that everybody has. */
export const builtInViews: readonly RosterViewContent[] = [
  everyone,
  {
    name: 'Disabled with License',
    query: { filter: { status: ['disabled'], licensed: true }, sort: byName },
    columns: defaultColumns,
  },
  {
    name: 'Guests with License',
    query: { filter: { columns: { isGuest: [1] }, licensed: true }, sort: byName },
    columns: defaultColumns,
  },
  {
    name: 'Inactive',
    query: { filter: { columns: { verdict: ['inactive'] }, licensed: true }, sort: longestFirst },
    columns: defaultColumns,
  },
  {
    name: 'Never Active',
    query: { filter: { columns: { verdict: ['never'] }, licensed: true }, sort: byName },
    columns: defaultColumns,
  },
  {
    name: 'Not a Person',
    query: { filter: { columns: { verdict: ['notPerson'] } }, sort: byName },
    columns: [
      ...([
        'userPrincipalName',
        'displayName',
        'verdict',
        'verdictReason',
        'markedAs',
        'markReason',
      ] as const),
      ...([
        'markPattern',
        'licenses',
        'lastActivityDate',
        'mailMegabytes',
        'department',
        'createdAt',
      ] as const),
    ],
  },
  {
    name: 'No License',
    query: { filter: { licensed: false, status: ['enabled'] }, sort: byName },
    columns: defaultColumns,
  },
  {
    name: 'Assignments in Error',
    query: { filter: { paths: ['error'] }, sort: byName },
    columns: defaultColumns,
  },
  {
    name: 'Direct and by Group',
    query: { filter: { paths: ['both'] }, sort: byName },
    columns: defaultColumns,
  },
  {
    name: 'Last Use by Service',
    query: { filter: { licensed: true }, sort: byName },
    columns: ['userPrincipalName', 'displayName', 'licenses', 'lastActivityDate', ...serviceColumns],
  },
];
