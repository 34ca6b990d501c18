/** Rows `first` to `last`, both included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Which rows are selected, as sorted ranges that neither touch nor overlap: all of 300,000 rows is one. */
export interface Selection {
  readonly ranges: readonly RowRange[];
  /** Where a range that is extended begins. */
  readonly anchor: number | null;
}

/** Nothing selected. */
export const noSelection: Selection = { ranges: [], anchor: null };

/** True if the row is selected. */
export function isSelected(selection: Selection, row: number): boolean {
  return selection.ranges.some((range) => row >= range.first && row <= range.last);
}

/** How many rows are selected. */
export function selectedCount(selection: Selection): number {
  return selection.ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
}

/** This row and no other. */
export function selectOnly(row: number): Selection {
  return { ranges: [{ first: row, last: row }], anchor: row };
}

/** Every row. */
export function selectAll(rowCount: number): Selection {
  return rowCount === 0 ? noSelection : { ranges: [{ first: 0, last: rowCount - 1 }], anchor: 0 };
}

/** Adds the row, or takes it out. */
export function toggle(selection: Selection, row: number): Selection {
  const ranges = isSelected(selection, row)
    ? selection.ranges.flatMap((range) => without(range, row))
    : merged([...selection.ranges, { first: row, last: row }]);
  return { ranges, anchor: row };
}

/** From the anchor (or `from`, where there is none) to the row, instead of what was selected. */
export function extendTo(selection: Selection, row: number, from: number): Selection {
  const anchor = selection.anchor ?? from;
  return { ranges: [{ first: Math.min(anchor, row), last: Math.max(anchor, row) }], anchor };
}

/** Drops rows beyond the end, for a source that became shorter. */
export function clampSelection(selection: Selection, rowCount: number): Selection {
  const ranges = selection.ranges
    .filter((range) => range.first < rowCount)
    .map((range) => ({ first: range.first, last: Math.min(range.last, rowCount - 1) }));
  const anchor = selection.anchor !== null && selection.anchor < rowCount ? selection.anchor : null;
  return { ranges, anchor };
}

/** Selects single rows by index. */
export function selectRows(rows: readonly number[], anchor: number | null): Selection {
  return { ranges: merged(rows.map((row) => ({ first: row, last: row }))), anchor };
}

function without(range: RowRange, row: number): RowRange[] {
  if (row < range.first || row > range.last) return [range];
  return [
    { first: range.first, last: row - 1 },
    { first: row + 1, last: range.last },
  ].filter((part) => part.first <= part.last);
}

function merged(ranges: readonly RowRange[]): RowRange[] {
  const result: RowRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = result.at(-1);
    if (before !== undefined && range.first <= before.last + 1) {
      result[result.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    } else {
      result.push(range);
    }
  }
  return result;
}

/**
 * Finds the selected rows again after the data changed. Null when not all of them are among the rows known,
 * so that a selection never silently means other rows.
 */
export function selectionByKeys(
  keys: ReadonlySet<string>,
  rows: Iterable<readonly [index: number, key: string]>,
): Selection | null {
  const found: number[] = [];
  for (const [index, key] of rows) if (keys.has(key)) found.push(index);
  return found.length === keys.size ? selectRows(found, found[0] ?? null) : null;
}

/** The selection after a command on a row; the same object where nothing changes. */
export function selectionAfter(
  selection: Selection,
  command: 'toggle' | 'extend' | 'selectAll' | 'clearSelection',
  row: number,
  rowCount: number,
): Selection {
  switch (command) {
    case 'toggle':
      return toggle(selection, row);
    case 'extend':
      return extendTo(selection, row, row);
    case 'selectAll':
      return selectAll(rowCount);
    case 'clearSelection':
      return selectedCount(selection) > 0 ? noSelection : selection;
  }
}
