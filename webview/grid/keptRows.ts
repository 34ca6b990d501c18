import { selectionByKeys, noSelection, selectedCount, type Selection } from './selection';

/** Above this many selected rows their keys are not kept: they are not in memory anyway. */
const mostKeptRows = 10_000;

/** Rows by index, by the key that stays the same when the data changes; undefined where not known. */
export type KeyOfRow = (index: number) => string | undefined;

/** Which rows were selected and focused before the data changed. */
export interface KeptRows {
  readonly selected: ReadonlySet<string>;
  readonly focused: string | undefined;
  /** Every row was selected, which stays so. */
  readonly everything: boolean;
}

/** Remembers rows by their keys. A row whose key is not known counts, and is then not found again. */
export function keepRows(
  selection: Selection,
  focusedRow: number,
  rowCount: number,
  keyOf: KeyOfRow,
): KeptRows {
  const everything = rowCount > 0 && selectedCount(selection) === rowCount;
  const selected = new Set<string>();
  if (!everything) {
    for (const { first, last } of selection.ranges) {
      for (let index = first; index <= last && selected.size <= mostKeptRows; index++) {
        selected.add(keyOf(index) ?? `unknown ${index}`);
      }
    }
  }
  return { selected, focused: keyOf(focusedRow), everything };
}

/** Where the rows are now. */
export interface FoundRows {
  /** Undefined when the row is not among those looked at. */
  readonly focused: number | undefined;
  /** Null to leave the selection as it is. */
  readonly selection: Selection | null;
  /** Selected rows were not found again, so that nothing is selected. */
  readonly lost: boolean;
}

/** Finds rows again among those on screen; undefined while one of these is still on its way. */
export function findRows(kept: KeptRows, indexes: readonly number[], keyOf: KeyOfRow): FoundRows | undefined {
  const known: [number, string][] = [];
  for (const index of indexes) {
    const key = keyOf(index);
    if (key === undefined) return undefined;
    known.push([index, key]);
  }
  const focused = known.find(([, key]) => key === kept.focused)?.[0];
  if (kept.everything || kept.selected.size === 0) return { focused, selection: null, lost: false };
  const selection = selectionByKeys(kept.selected, known);
  return { focused, selection: selection ?? noSelection, lost: selection === null };
}
