import {
  positionColumns,
  reconciliationTabs,
  type GridState,
  type ReconciliationState,
} from '../../src/shared/reconciliationContract';

/** What is restored when a page loads. */
export type RestoredState = Omit<ReconciliationState, 'tenantId'>;

/** Worst first. */
export const defaultSort: ReconciliationState['sort'] = { column: 'availableNow', descending: false };

/** Reads what a page saved, perhaps by an older version; what does not fit becomes the default, field by field. */
export function restoreState(saved: unknown): RestoredState {
  const state = record(saved);
  const sort = record(state['sort']);
  const findings = record(state['findings']);
  const column = positionColumns.find((name) => name === sort['column']);
  return {
    tab: reconciliationTabs.find((tab) => tab === state['tab']) ?? 'overview',
    sort: column === undefined ? defaultSort : { column, descending: sort['descending'] === true },
    showHidden: state['showHidden'] === true,
    chartAsTable: state['chartAsTable'] === true,
    scrollTop: numbers(state['scrollTop']),
    findings: { kind: textOrNull(findings['kind']), severity: textOrNull(findings['severity']) },
    dimension: textOrNull(state['dimension']) ?? 'department',
    grids: Object.fromEntries(
      Object.entries(record(state['grids'])).map(([name, grid]) => [name, gridState(grid)]),
    ),
  };
}

function gridState(saved: unknown): GridState {
  const state = record(saved);
  const focused = record(state['focused']);
  const expanded = state['expanded'];
  return {
    widths: numbers(state['widths']),
    scrollTop: position(state['scrollTop']),
    scrollLeft: position(state['scrollLeft']),
    focused: { row: position(focused['row']), column: position(focused['column']) },
    expanded: Array.isArray(expanded)
      ? expanded.filter((key): key is string => typeof key === 'string').slice(0, 1000)
      : [],
  };
}

function numbers(value: unknown): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(record(value)).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
    ),
  );
}

function position(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
