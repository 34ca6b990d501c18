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
  /** Rows lie below rows: where one stands in the tree. Makes the grid a tree grid. */
  readonly tree?: (row: R) => TreePlace;
  /** Classes of a row besides the grid's own. */
  readonly rowClass?: (row: R) => string;
  /** A key on a cell of a row, before the grid looks at it; true when the page has dealt with it. */
  readonly onCellKey?: (event: KeyboardEvent, row: R, column: string) => boolean;
  /** A row was opened, by Enter or a double click; without it, Enter does nothing. */
  readonly onOpen?: (row: R) => void;
  /** How many rows are selected now. */
  readonly onSelect?: (rows: number) => void;
  /** The first rows of a source are on screen. */
  readonly onRowsShown?: () => void;
  /** Selected rows as tab-separated text. */
  readonly onCopy: (text: string, rows: number) => void;
  /** A block of rows could not be fetched, or rows to copy. */
  readonly onError: (error: unknown) => void;
  /** Scroll position, widths or focus changed; worth saving. */
  readonly onViewChanged: () => void;
  /** For a live region. */
  readonly announce: (text: string) => void;
}

/** Where a row stands in a tree. */
export interface TreePlace {
  /** 1 for the roots. */
  readonly level: number;
  /** Null where nothing is below. */
  readonly expanded: boolean | null;
}

/** Where a person was in the grid. */
export interface GridPlace {
  readonly scrollTop: number;
  readonly scrollLeft: number;
  readonly focused: CellPosition;
}
