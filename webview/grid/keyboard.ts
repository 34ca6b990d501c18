/** A cell: `row` -1 is the header. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** What of a keyboard event matters. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** What of the grid matters. */
export interface GridExtent {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Rows that fit on screen. */
  readonly pageRows: number;
  /** The row to go to when leaving the header. */
  readonly firstVisibleRow: number;
}

/** What a key means. */
export type GridCommand =
  | { readonly kind: 'move'; readonly to: CellPosition; readonly extend: boolean }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'extend' }
  | { readonly kind: 'selectAll' }
  | { readonly kind: 'clearSelection' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'open' }
  | { readonly kind: 'sort'; readonly column: number }
  /** Pixels to add to the column's width. */
  | { readonly kind: 'resize'; readonly column: number; readonly by: number };

const resizeStep = 16;

/**
 * The meaning of a key in the grid, or null where the grid leaves it alone. Control and Command mean the same.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function gridCommand(press: KeyPress, at: CellPosition, extent: GridExtent): GridCommand | null {
  if (press.altKey) return null;
  return at.row < 0 ? headerCommand(press, at, extent) : bodyCommand(press, at, extent);
}

function headerCommand(press: KeyPress, at: CellPosition, extent: GridExtent): GridCommand | null {
  const go = (column: number): GridCommand => ({
    kind: 'move',
    to: { row: -1, column: clamp(column, extent.columnCount) },
    extend: false,
  });
  if (press.shiftKey && !control(press)) {
    if (press.key === 'ArrowLeft') return { kind: 'resize', column: at.column, by: -resizeStep };
    if (press.key === 'ArrowRight') return { kind: 'resize', column: at.column, by: resizeStep };
  }
  if (control(press) || press.shiftKey) return null;
  switch (press.key) {
    case 'ArrowLeft':
      return go(at.column - 1);
    case 'ArrowRight':
      return go(at.column + 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(extent.columnCount - 1);
    case 'ArrowDown':
    case 'PageDown':
      return extent.rowCount === 0
        ? null
        : {
            kind: 'move',
            to: { row: clamp(extent.firstVisibleRow, extent.rowCount), column: at.column },
            extend: false,
          };
    case 'Enter':
    case ' ':
      return { kind: 'sort', column: at.column };
    default:
      return null;
  }
}

function bodyCommand(press: KeyPress, at: CellPosition, extent: GridExtent): GridCommand | null {
  const move = (row: number, column: number): GridCommand => ({
    kind: 'move',
    to: { row: clamp(row, extent.rowCount), column: clamp(column, extent.columnCount) },
    extend: press.shiftKey,
  });
  switch (press.key) {
    case 'ArrowDown':
      return control(press) ? null : move(at.row + 1, at.column);
    case 'ArrowUp':
      if (control(press)) return null;
      if (at.row === 0 && !press.shiftKey) {
        return { kind: 'move', to: { row: -1, column: at.column }, extend: false };
      }
      return move(at.row - 1, at.column);
    case 'ArrowLeft':
      return control(press) || press.shiftKey ? null : move(at.row, at.column - 1);
    case 'ArrowRight':
      return control(press) || press.shiftKey ? null : move(at.row, at.column + 1);
    case 'PageDown':
      return control(press) ? null : move(at.row + extent.pageRows, at.column);
    case 'PageUp':
      return control(press) ? null : move(at.row - extent.pageRows, at.column);
    case 'Home':
      if (control(press)) return move(0, 0);
      return press.shiftKey ? null : move(at.row, 0);
    case 'End':
      if (control(press)) return move(extent.rowCount - 1, extent.columnCount - 1);
      return press.shiftKey ? null : move(at.row, extent.columnCount - 1);
    case ' ':
      return press.shiftKey ? { kind: 'extend' } : { kind: 'toggle' };
    case 'Escape':
      return { kind: 'clearSelection' };
    case 'Enter':
      return control(press) || press.shiftKey ? null : { kind: 'open' };
    default:
      break;
  }
  if (control(press) && !press.shiftKey) {
    if (press.key.toLowerCase() === 'a') return { kind: 'selectAll' };
    if (press.key.toLowerCase() === 'c') return { kind: 'copy' };
  }
  return null;
}

function control(press: KeyPress): boolean {
  return press.ctrlKey || press.metaKey;
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(value, count - 1));
}
