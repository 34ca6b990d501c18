import type { ColumnDefinition } from './columns';
import type { CellPosition } from './keyboard';

/** What the page gives the grid, and what the grid tells the page. */
export interface GridOptions<R> {
  /** Names the grid for screen readers. */
  readonly label: string;
  readonly columns: readonly ColumnDefinition<R>[];
  /** Identity of a row across changes of the data. */
  readonly rowKey: (row: R) => string;
  readonly onSort: (column: string) => void;
  /** Selected rows as tab-separated text. */
  readonly onCopy: (text: string, rows: number) => void;
  /** A block of rows could not be fetched, or rows to copy. */
  readonly onError: (error: unknown) => void;
  /** Scroll position, widths or focus changed; worth saving. */
  readonly onViewChanged: () => void;
  /** For a live region. */
  readonly announce: (text: string) => void;
}

/** Where a person was in the grid. */
export interface GridPlace {
  readonly scrollTop: number;
  readonly scrollLeft: number;
  readonly focused: CellPosition;
}
