import type { KeyPress } from './keyboard';
import type { TreeRow } from './treeRows';

/** What a key does to the tree. */
export type TreeCommand = 'expand' | 'collapse' | 'toParent';

/**
 * The meaning of a key on a row of a tree, or null where it moves through the cells as in any grid. In the first
 * column Right opens a row and Left closes it or goes to the row above; the next Right goes on to the next cell.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 */
export function treeCommand(
  press: KeyPress,
  column: number,
  row: Pick<TreeRow<unknown>, 'expanded' | 'parent'>,
): TreeCommand | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return null;
  if (press.key === '+') return row.expanded === false ? 'expand' : null;
  if (press.key === '-') return row.expanded === true ? 'collapse' : null;
  if (column !== 0) return null;
  if (press.key === 'ArrowRight') return row.expanded === false ? 'expand' : null;
  if (press.key !== 'ArrowLeft') return null;
  if (row.expanded === true) return 'collapse';
  return row.parent === null ? null : 'toParent';
}
