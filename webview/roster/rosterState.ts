import {
  rosterColumns,
  type ColumnFilter,
  type RosterQuery,
  type RosterState,
} from '../../src/shared/rosterContract';
import type { Cell } from '../../src/shared/viewRows';

/** Everyone, by name. */
export const defaultQuery: RosterQuery = {
  text: '',
  licenseId: null,
  columns: {},
  sort: { column: 'userPrincipalName', descending: false },
};

/** What is restored when a page loads. */
export type RestoredState = Omit<RosterState, 'tenantId'>;

/**
 * Reads what a page saved, perhaps by an older version: what does not fit is left out and the default taken,
 * field by field.
 */
export function restoreState(saved: unknown): RestoredState {
  const state = record(saved);
  const query = record(state['query']);
  const sort = record(query['sort']);
  const focused = record(state['focused']);
  const column = rosterColumns.find((name) => name === sort['column']);
  return {
    query: {
      text: typeof query['text'] === 'string' ? query['text'] : defaultQuery.text,
      licenseId: typeof query['licenseId'] === 'string' ? query['licenseId'] : null,
      columns: columnFilter(query['columns']),
      sort: column === undefined ? defaultQuery.sort : { column, descending: sort['descending'] === true },
    },
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

/** True if the query shows everyone. */
export function isUnfiltered(query: RosterQuery): boolean {
  return query.text.trim() === '' && query.licenseId === null && Object.keys(query.columns).length === 0;
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
