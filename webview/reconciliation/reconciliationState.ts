import { positionColumns, type ReconciliationState } from '../../src/shared/reconciliationContract';

/** Worst first. */
export const defaultSort: ReconciliationState['sort'] = { column: 'availableNow', descending: false };

/** Reads what a page saved, perhaps by an older version; what does not fit becomes the default. */
export function restoreState(saved: unknown): Omit<ReconciliationState, 'tenantId'> {
  const state = record(saved);
  const sort = record(state['sort']);
  const column = positionColumns.find((name) => name === sort['column']);
  const scrollTop = state['scrollTop'];
  return {
    sort: column === undefined ? defaultSort : { column, descending: sort['descending'] === true },
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
