import type { SortOrder } from '../../src/shared/viewRows';
import type { ColumnDefinition } from './columns';
import type { GridPlace } from './gridOptions';
import { treeCommand } from './treeKeys';
import { TreeRows, type TreeNode, type TreeRow } from './treeRows';
import { VirtualGrid } from './virtualGrid';

/** How a person left a tree grid. */
export interface TreeGridState extends GridPlace {
  readonly widths: Readonly<Record<string, number>>;
  /** Keys of the rows that are open. */
  readonly expanded: readonly string[];
}

/** What the page gives the tree grid, and what it tells the page. */
export interface TreeGridOptions<T> {
  readonly label: string;
  readonly columns: readonly ColumnDefinition<TreeRow<T>>[];
  /** Identity of a row of a window. */
  readonly keyOf: (value: T) => string;
  readonly rowClass: (row: TreeRow<T>) => string;
  /** Enter on a cell. */
  readonly onOpen: (value: T, column: string) => void;
  readonly onSort: (column: string) => void;
  readonly onCopy: (text: string, rows: number) => void;
  readonly onError: (error: unknown) => void;
  readonly onViewChanged: () => void;
  /** The first rows of a source are on screen. */
  readonly onRowsShown?: () => void;
  readonly announce: (text: string) => void;
}

/** A grid whose rows open to the rows below them. */
export class TreeGrid<T> {
  private readonly grid: VirtualGrid<TreeRow<T>>;
  private readonly expanded: Set<string>;
  private roots: readonly TreeNode<T>[] = [];

  constructor(
    private readonly options: TreeGridOptions<T>,
    private readonly restored: TreeGridState | undefined,
  ) {
    this.expanded = new Set(restored?.expanded);
    const { onOpen: _, keyOf: __, ...rest } = options;
    this.grid = new VirtualGrid<TreeRow<T>>({
      ...rest,
      rowKey: (row) => row.key,
      tree: (row) => row,
      onCellKey: (event, row, column) => this.keyPressed(event, row, column),
    });
    if (restored !== undefined) this.grid.widths = restored.widths;
  }

  get element(): HTMLElement {
    return this.grid.element;
  }

  get state(): TreeGridState {
    return { ...this.grid.place, widths: this.grid.widths, expanded: [...this.expanded] };
  }

  /** What the row with the focus is. */
  get focused(): T | undefined {
    return this.grid.focusedRow?.value;
  }

  /** Shows rows; those that were open stay open. The element must be on screen. */
  setRoots(roots: readonly TreeNode<T>[], keepPlace: boolean): void {
    const isFirst = this.roots.length === 0;
    this.roots = roots;
    this.grid.setSource(this.rows(), keepPlace);
    if (isFirst && this.restored !== undefined) this.grid.restorePlace(this.restored);
  }

  setSort(sort: SortOrder): void {
    this.grid.setSort(sort);
  }

  /** Goes back to where a person was, after the element was out of the document. */
  restorePlace(place: GridPlace): void {
    this.grid.restorePlace(place);
  }

  /** Opens or closes a row. */
  toggle(row: TreeRow<T>): void {
    if (row.expanded === null) return;
    if (row.expanded) this.expanded.delete(row.key);
    else this.expanded.add(row.key);
    const before = this.grid.place;
    this.grid.setSource(this.rows(), true);
    this.grid.restorePlace(before);
    this.options.onViewChanged();
  }

  retry(): void {
    this.grid.retry();
  }

  dispose(): void {
    this.grid.dispose();
  }

  private rows(): TreeRows<T> {
    return new TreeRows(this.roots, this.expanded, this.options.keyOf);
  }

  private keyPressed(event: KeyboardEvent, row: TreeRow<T>, column: string): boolean {
    const index = this.options.columns.findIndex(({ id }) => id === column);
    const command = treeCommand(event, index, row);
    if (command !== null) {
      if (command === 'toParent') this.grid.focusRow(row.parent ?? 0);
      else this.toggle(row);
      return true;
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.key !== 'Enter' || !plain) return false;
    this.options.onOpen(row.value, column);
    return true;
  }
}
