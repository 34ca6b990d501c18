import {
  rosterColumns,
  type RosterColumn,
  type RosterQuery,
  type RosterState,
} from '../../src/shared/rosterContract';
import {
  accountStatuses,
  licensePaths,
  rosterServices,
  type ColumnFilter,
  type RosterFilter,
} from '../../src/shared/rosterFilter';
import type { Cell } from '../../src/shared/viewRows';
import { restoreActivityFilter } from './activityFilterWords';
import { defaultColumns, everyone } from './rosterViews';

/** What is restored when a page loads. */
export type RestoredState = Omit<RosterState, 'tenantId'>;

/**
 * Reads what a page saved, perhaps by an older version: what does not fit is left out and the default taken,
 * field by field.
 */
export function restoreState(saved: unknown): RestoredState {
  const state = record(saved);
  const query = record(state['query']);
  const focused = record(state['focused']);
  const columns = restoreColumns(state['columns']);
  return {
    query: { filter: restoreFilter(query['filter']), sort: restoreSort(query['sort']) },
    columns: columns.length === 0 ? defaultColumns : columns,
    view: typeof state['view'] === 'string' ? state['view'] : null,
    widths: Object.fromEntries(
      Object.entries(record(state['widths'])).filter(
        (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
      ),
    ),
    scrollTop: position(state['scrollTop']),
    scrollLeft: position(state['scrollLeft']),
    focused: { row: position(focused['row']), column: position(focused['column']) },
  };
}

function restoreSort(value: unknown): RosterQuery['sort'] {
  const sort = record(value);
  const column = rosterColumns.find((name) => name === sort['column']);
  return column === undefined ? everyone.query.sort : { column, descending: sort['descending'] === true };
}

function restoreColumns(value: unknown): RosterColumn[] {
  const names = Array.isArray(value) ? value : [];
  const known = names.flatMap((name) => rosterColumns.find((column) => column === name) ?? []);
  return [...new Set(known)];
}

function restoreFilter(value: unknown): RosterFilter {
  const filter = record(value);
  const columns = columnFilter(filter['columns']);
  const finding = record(filter['finding']);
  const { kind, licenseId } = finding;
  const licenseIds = strings(filter['licenseIds']);
  const paths = members(filter['paths'], licensePaths);
  const seatVerdicts = strings(filter['seatVerdicts']);
  const services = members(filter['services'], rosterServices);
  const status = members(filter['status'], [...accountStatuses, null]);
  const userIds = strings(filter['userIds']);
  return {
    ...(typeof filter['text'] === 'string' && filter['text'] !== '' && { text: filter['text'] }),
    ...(Object.keys(columns).length > 0 && { columns }),
    ...(licenseIds.length > 0 && { licenseIds }),
    ...(paths.length > 0 && { paths }),
    ...(seatVerdicts.length > 0 && { seatVerdicts }),
    ...(typeof filter['licensed'] === 'boolean' && { licensed: filter['licensed'] }),
    ...(services.length > 0 && { services }),
    ...(status.length > 0 && { status }),
    ...(typeof kind === 'string' && {
      finding: typeof licenseId === 'string' ? { kind, licenseId } : { kind },
    }),
    ...(userIds.length > 0 && { userIds }),
    ...restoreActivityFilter(filter),
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function members<T>(value: unknown, known: readonly T[]): T[] {
  const wanted: readonly unknown[] = Array.isArray(value) ? value : [];
  return known.filter((item) => wanted.includes(item));
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function position(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

function columnFilter(value: unknown): ColumnFilter {
  const isCell = (cell: unknown): cell is Cell =>
    cell === null || typeof cell === 'string' || typeof cell === 'number';
  return Object.fromEntries(
    Object.entries(record(value)).filter(
      (entry): entry is [string, Cell | Cell[]] =>
        isCell(entry[1]) || (Array.isArray(entry[1]) && entry[1].every(isCell)),
    ),
  );
}
