import type { SortOrder } from '../../src/shared/viewRows';
import type { ColumnDefinition, ColumnWidths } from './columns';
import { ColumnSizes } from './columnSizes';
import { createGridElement } from './gridElement';
import { GridHeader } from './gridHeader';
import type { GridOptions, GridPlace } from './gridOptions';
import { GridRows, rowHeight, type RowSnapshot } from './gridRows';
import { GridScroll, headerHeight } from './gridScroll';
import { findRows, keepRows, type KeptRows } from './keptRows';
import { gridCommand, type CellPosition, type GridCommand } from './keyboard';
import { hasTextSelection, RowCopy } from './rowCopy';
import { RowWindow, type RowSource } from './rowWindow';
import {
  clampSelection,
  extendTo,
  isSelected,
  noSelection,
  selectAll,
  selectedCount,
  selectionAfter,
  selectOnly,
  toggle,
  type RowRange,
  type Selection,
} from './selection';
import './grid.css';

/**
 * An ARIA grid over windows of rows: one Tab stop in the header, one in the body, everything else by arrow
 * keys. Only the rows on screen, and the focused one, are in the document.
 */
export class VirtualGrid<R> {
  readonly element: HTMLElement;
  private readonly header: GridHeader<R>;
  private readonly rows: GridRows<R>;
  private readonly window: RowWindow<R>;
  private readonly scroll: GridScroll;
  private readonly sizes: ColumnSizes;
  private readonly copier: RowCopy<R>;
  private columns: readonly ColumnDefinition<R>[];
  private sort: SortOrder | undefined;
  private selection: Selection = noSelection;
  /** The first rows of the source are still to come. */
  private awaitingRows = false;
  private focused: CellPosition = { row: 0, column: 0 };
  /** Rows to find again once those of changed data are there. */
  private kept: KeptRows | undefined;

  constructor(private readonly options: GridOptions<R>) {
    this.columns = options.columns;
    this.header = new GridHeader(options.columns, {
      onSort: (column) => this.sortBy(column),
      onResize: (column, width) => this.sizes.resize(column, width),
      onResizeEnd: () => options.onViewChanged(),
      onResetWidth: (column) => {
        this.sizes.reset(column);
        options.onViewChanged();
      },
      widthOf: (column) => this.sizes.of(column),
    });
    this.rows = new GridRows(options.columns, options);
    this.element = createGridElement(options, [this.header.element, this.rows.element]);
    this.sizes = new ColumnSizes(options.columns, this.element);
    this.window = new RowWindow<R>({
      onRows: () => this.rowsArrived(),
      onError: (error) => options.onError(error),
    });
    this.copier = new RowCopy(this.window, options);
    this.scroll = new GridScroll(this.element, () => this.paint());
    this.listen();
    this.header.setTabStop(0);
  }

  /**
   * Shows another source. `keepPlace`: the same query with newer data, so scroll position, focus and selection
   * stay with their rows; otherwise the grid starts at the top.
   */
  setSource(source: RowSource<R>, keepPlace: boolean): void {
    this.kept = keepPlace
      ? keepRows(this.selection, this.focused.row, this.window.rowCount, this.keyOf)
      : undefined;
    this.window.setSource(source);
    this.awaitingRows = true;
    const selected = selectedCount(this.selection);
    if (!keepPlace) {
      this.selection = noSelection;
      this.focused = { row: 0, column: this.focused.column };
      this.element.scrollTop = 0;
    } else if (this.kept?.everything === true) {
      this.selection = selectAll(source.rowCount);
    }
    this.selection = clampSelection(this.selection, source.rowCount);
    if (selectedCount(this.selection) !== selected) this.options.onSelect?.(selectedCount(this.selection));
    this.focused = {
      row: Math.max(0, Math.min(this.focused.row, source.rowCount - 1)),
      column: this.focused.column,
    };
    this.element.setAttribute('aria-rowcount', String(source.rowCount + 1));
    this.rows.element.style.height = `${source.rowCount * rowHeight}px`;
    this.scroll.setCount(source.rowCount);
    this.paint();
  }

  setSort(sort: SortOrder): void {
    this.sort = sort;
    this.header.setSort(sort);
  }

  /**
   * Shows other columns. Rows, selection and scroll position stay; the focus stays with its column where that is
   * still there.
   */
  setColumns(columns: readonly ColumnDefinition<R>[]): void {
    const focused = this.columns[this.focused.column]?.id;
    this.columns = columns;
    this.element.setAttribute('aria-colcount', String(columns.length));
    this.header.setColumns(columns);
    this.rows.setColumns(columns);
    this.sizes.setColumns(columns);
    if (this.sort !== undefined) this.header.setSort(this.sort);
    const column = Math.max(
      0,
      columns.findIndex(({ id }) => id === focused),
    );
    this.focused = { row: this.focused.row, column };
    this.header.setTabStop(column);
    this.paint();
  }

  /** The rows that are selected, as ranges. */
  get selectedRanges(): readonly RowRange[] {
    return this.selection.ranges;
  }

  /** Selects nothing. */
  clearSelection(): void {
    if (selectedCount(this.selection) > 0) this.select(noSelection);
  }

  /** The row that has the focus; undefined while it loads. */
  get focusedRow(): R | undefined {
    return this.window.row(this.focused.row);
  }

  /** Moves the focus to a row, in the column where it is. */
  focusRow(row: number): void {
    this.focusCell({ row, column: this.focused.column });
  }

  /** Widths that a person changed, by column. */
  get widths(): ColumnWidths {
    return this.sizes.changed;
  }

  set widths(widths: ColumnWidths) {
    this.sizes.changed = widths;
  }

  get place(): GridPlace {
    return {
      scrollTop: this.element.scrollTop,
      scrollLeft: this.element.scrollLeft,
      focused: this.focused,
    };
  }

  /** Goes back to where a person was; call it after the source is set and the grid is on screen. */
  restorePlace(place: GridPlace): void {
    this.focused = {
      row: Math.max(0, Math.min(place.focused.row, this.window.rowCount - 1)),
      column: Math.max(0, Math.min(place.focused.column, this.columns.length - 1)),
    };
    this.element.scrollTo({ top: place.scrollTop, left: place.scrollLeft });
    this.scroll.moved();
    this.paint();
  }

  /** Asks again for rows that failed. */
  retry(): void {
    this.window.retry();
  }

  dispose(): void {
    this.copier.dispose();
    this.window.dispose();
    this.scroll.dispose();
  }

  private listen(): void {
    this.element.addEventListener('keydown', (event) => this.keyPressed(event));
    this.element.addEventListener('mousedown', (event) => this.pressed(event));
    this.element.addEventListener('dblclick', (event) => {
      const at = this.rows.positionOf(event.target);
      if (at !== null) this.open(at.row);
    });
    this.element.addEventListener('focusin', (event) => this.focusMoved(event));
    this.element.addEventListener('mouseover', (event) => this.explain(event.target));
    this.element.addEventListener('scroll', () => this.options.onViewChanged(), { passive: true });
    // Besides Ctrl+C: the Edit menu, and VS Code's own handling of the keys, arrive as this event.
    this.element.addEventListener('copy', (event) => {
      if (hasTextSelection()) return;
      event.preventDefault();
      void this.copy();
    });
  }

  private paint(): void {
    const indexes = this.scroll.indexes;
    const first = indexes[0] ?? 0;
    const last = indexes.at(-1) ?? -1;
    this.window.show(first, last);
    const all =
      this.window.rowCount > 0 && (this.focused.row < first || this.focused.row > last)
        ? [...indexes, this.focused.row]
        : indexes;
    const snapshots = all.map((index): RowSnapshot<R> => ({
      index,
      row: this.window.row(index),
      selected: isSelected(this.selection, index),
    }));
    this.rows.paint(snapshots, this.focused);
  }

  private readonly keyOf = (index: number): string | undefined => {
    const row = this.window.freshRow(index);
    return row === undefined ? undefined : this.options.rowKey(row);
  };

  private rowsArrived(): void {
    const found = this.kept && findRows(this.kept, this.scroll.indexes, this.keyOf);
    if (found !== undefined) {
      this.kept = undefined;
      if (found.focused !== undefined) this.moveFocusSilently(found.focused);
      if (found.selection !== null) this.selection = found.selection;
      if (found.lost) this.options.onSelect?.(selectedCount(this.selection));
      if (found.lost) this.options.announce('The selection was cleared because the data changed.');
    }
    this.paint();
    if (!this.awaitingRows) return;
    this.awaitingRows = false;
    this.options.onRowsShown?.();
  }

  /** The row moved under the person: the focus moves along, without a jump. */
  private moveFocusSilently(row: number): void {
    const hadFocus = this.rows.element.contains(document.activeElement);
    this.focused = { row, column: this.focused.column };
    this.paint();
    if (hadFocus) this.rows.cell(this.focused)?.focus({ preventScroll: true });
  }

  private keyPressed(event: KeyboardEvent): void {
    const headerColumn = this.header.columnOf(event.target);
    const at = headerColumn >= 0 ? { row: -1, column: headerColumn } : this.rows.positionOf(event.target);
    if (at === null) return;
    if (at.row >= 0 && this.isForPage(event, at)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const visible = Math.floor((this.element.clientHeight - headerHeight) / rowHeight);
    const command = gridCommand(event, at, {
      rowCount: this.window.rowCount,
      columnCount: this.columns.length,
      pageRows: Math.max(1, visible - 1),
      firstVisibleRow: Math.ceil(this.element.scrollTop / rowHeight),
    });
    if (command === null || (command.kind === 'copy' && hasTextSelection())) return;
    event.preventDefault();
    event.stopPropagation();
    this.run(command, at);
  }

  private isForPage(event: KeyboardEvent, at: CellPosition): boolean {
    const row = this.window.row(at.row);
    const column = this.columns[at.column]?.id;
    if (row === undefined || column === undefined) return false;
    return this.options.onCellKey?.(event, row, column) ?? false;
  }

  private run(command: GridCommand, at: CellPosition): void {
    switch (command.kind) {
      case 'move':
        if (command.extend) this.select(extendTo(this.selection, command.to.row, at.row));
        this.focusCell(command.to);
        break;
      case 'toggle':
      case 'extend':
      case 'selectAll':
      case 'clearSelection': {
        const selection = selectionAfter(this.selection, command.kind, at.row, this.window.rowCount);
        if (selection !== this.selection) this.select(selection);
        break;
      }
      case 'copy':
        void this.copy();
        break;
      case 'open':
        this.open(at.row);
        break;
      case 'sort':
        this.sortBy(command.column);
        break;
      case 'resize':
        this.sizes.resize(command.column, this.sizes.of(command.column) + command.by);
        this.options.onViewChanged();
        this.options.announce(`${this.sizes.of(command.column)} pixels wide`);
        break;
    }
  }

  private pressed(event: MouseEvent): void {
    const at = this.rows.positionOf(event.target);
    if (at === null || event.button !== 0) return;
    if (event.shiftKey) {
      event.preventDefault(); // would select text from the last click to here
      this.select(extendTo(this.selection, at.row, this.focused.row));
    } else if (event.ctrlKey || event.metaKey) {
      this.select(toggle(this.selection, at.row), false);
    } else {
      this.select(selectOnly(at.row), false);
    }
    this.focusCell(at);
  }

  private focusMoved(event: FocusEvent): void {
    const column = this.header.columnOf(event.target);
    if (column >= 0) {
      this.header.setTabStop(column);
      this.scroll.showColumn(column, this.sizes.places);
      return;
    }
    const at = this.rows.positionOf(event.target);
    if (at !== null) this.explain(event.target);
    if (at === null || (at.row === this.focused.row && at.column === this.focused.column)) return;
    this.moveFocus(at);
    this.paint();
    this.options.onViewChanged();
  }

  private focusCell(to: CellPosition): void {
    if (to.row < 0) {
      this.header.cell(to.column)?.focus({ preventScroll: true });
      return;
    }
    this.moveFocus(to);
    this.scroll.showRow(to.row);
    this.scroll.showColumn(to.column, this.sizes.places);
    this.paint();
    this.rows.cell(to)?.focus({ preventScroll: true });
    this.options.onViewChanged();
  }

  /** The person moved on: the row of before, still to be found again, no longer takes the focus back. */
  private moveFocus(to: CellPosition): void {
    this.focused = to;
    if (this.kept !== undefined) this.kept = { ...this.kept, focused: undefined };
  }

  private select(selection: Selection, announce = true): void {
    this.selection = selection;
    this.paint();
    const count = selectedCount(selection);
    this.options.onSelect?.(count);
    if (!announce) return;
    this.options.announce(
      count === 0 ? 'Nothing selected' : count === 1 ? '1 row selected' : `${count} rows selected`,
    );
  }

  private sortBy(column: number): void {
    const definition = this.columns[column];
    if (definition === undefined || definition.sortable === false) return;
    this.header.setTabStop(column);
    this.header.cell(column)?.focus({ preventScroll: true });
    this.options.onSort(definition.id);
  }

  private open(row: number): void {
    const shown = this.window.row(row);
    if (shown !== undefined) this.options.onOpen?.(shown);
  }

  /** Copies the selected rows, or the focused one where none is selected. */
  async copy(withHeaders = false): Promise<void> {
    if (this.window.rowCount === 0) return;
    const ranges =
      this.selection.ranges.length > 0
        ? this.selection.ranges
        : [{ first: this.focused.row, last: this.focused.row }];
    await this.copier.copy(ranges, this.columns, withHeaders);
  }

  private explain(target: EventTarget | null): void {
    const at = this.rows.positionOf(target);
    const row = at === null ? undefined : this.window.row(at.row);
    if (at !== null && row !== undefined) this.rows.explain(at, row);
  }
}
