import { createElement } from '../common/createElement';
import type { ColumnDefinition } from './columns';
import type { GridOptions } from './gridOptions';
import type { CellPosition } from './keyboard';

/** Height of a row in CSS pixels; `grid.css` has the same. */
export const rowHeight = 24;

/** What a row is painted from. */
export interface RowSnapshot<R> {
  readonly index: number;
  /** Undefined while it loads. */
  readonly row: R | undefined;
  readonly selected: boolean;
}

interface PaintedRow<R> {
  readonly element: HTMLElement;
  readonly cells: readonly HTMLElement[];
  row: R | undefined;
  filled: boolean;
}

/** How rows look beyond their cells. */
export type RowLook<R> = Pick<GridOptions<R>, 'tree' | 'rowClass'>;

/** The rows in the document: as many as fit, each used again for another index as one scrolls. */
export class GridRows<R> {
  readonly element = createElement('div', { class: 'grid-body', attributes: { role: 'rowgroup' } });
  private readonly painted = new Map<number, PaintedRow<R>>();
  private readonly spare: PaintedRow<R>[] = [];

  constructor(
    private columns: readonly ColumnDefinition<R>[],
    private readonly look: RowLook<R> = {},
  ) {}

  /** Shows other columns; all rows are to be painted anew. */
  setColumns(columns: readonly ColumnDefinition<R>[]): void {
    this.columns = columns;
    for (const { element } of this.painted.values()) element.remove();
    this.painted.clear();
  }

  /** Paints exactly these rows; the cell at `tabStop` is the one that the Tab key reaches. */
  paint(rows: readonly RowSnapshot<R>[], tabStop: CellPosition): void {
    const wanted = new Set(rows.map((row) => row.index));
    for (const [index, painted] of this.painted) {
      if (wanted.has(index)) continue;
      this.painted.delete(index);
      this.spare.push(painted);
    }
    for (const snapshot of rows) {
      const painted = this.painted.get(snapshot.index) ?? this.place(snapshot.index);
      this.fill(painted, snapshot);
      painted.cells.forEach((cell, column) => {
        const stop = snapshot.index === tabStop.row && column === tabStop.column ? 0 : -1;
        if (cell.tabIndex !== stop) cell.tabIndex = stop;
      });
    }
    for (const painted of this.spare.splice(0)) painted.element.remove();
  }

  cell(at: CellPosition): HTMLElement | undefined {
    return this.painted.get(at.row)?.cells[at.column];
  }

  /** The cell a target is in, or null. */
  positionOf(target: EventTarget | null): CellPosition | null {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[role=gridcell]') : null;
    const row = cell?.parentElement;
    if (cell === null || row === null || row === undefined) return null;
    return { row: Number(row.ariaRowIndex) - 2, column: Number(cell.ariaColIndex) - 1 };
  }

  /** A tooltip where the text is cut off or needs a word of explanation; made only when looked at. */
  explain(at: CellPosition, row: R): void {
    const cell = this.cell(at);
    const column = this.columns[at.column];
    if (cell === undefined || column === undefined || cell.title !== '') return;
    const explanation = column.tooltip?.(row) ?? null;
    if (explanation !== null) cell.title = explanation;
    else if (cell.scrollWidth > cell.clientWidth) cell.title = column.text(row);
  }

  private place(index: number): PaintedRow<R> {
    const painted = this.spare.pop() ?? this.createRow();
    painted.element.setAttribute('aria-rowindex', String(index + 2));
    painted.element.style.transform = `translateY(${index * rowHeight}px)`;
    painted.element.classList.toggle('odd', index % 2 === 1);
    this.painted.set(index, painted);
    return painted;
  }

  private createRow(): PaintedRow<R> {
    const cells = this.columns.map((column, index) =>
      createElement('div', {
        class: `grid-cell align-${column.align}`,
        attributes: { role: 'gridcell', 'aria-colindex': String(index + 1), tabindex: '-1' },
      }),
    );
    const element = createElement('div', {
      class: 'grid-row',
      attributes: { role: 'row' },
      children: cells,
    });
    this.element.append(element);
    return { element, cells, row: undefined, filled: false };
  }

  private fill(painted: PaintedRow<R>, { row, selected }: RowSnapshot<R>): void {
    const value = String(selected);
    if (painted.element.ariaSelected !== value) painted.element.ariaSelected = value;
    if (painted.filled && painted.row === row) return;
    painted.row = row;
    painted.filled = true;
    painted.element.classList.toggle('placeholder', row === undefined);
    painted.element.ariaBusy = row === undefined ? 'true' : null;
    this.dress(painted.element, row);
    painted.cells.forEach((cell, index) => {
      const column = this.columns[index];
      cell.title = '';
      if (column === undefined || row === undefined) cell.textContent = '';
      else if (column.render === undefined) cell.textContent = column.text(row);
      else {
        cell.textContent = '';
        column.render(cell, row);
      }
    });
  }

  private dress(element: HTMLElement, row: R | undefined): void {
    const classes = row === undefined ? undefined : this.look.rowClass?.(row);
    if (this.look.rowClass !== undefined) {
      for (const name of (element.dataset['look'] ?? '').split(' '))
        if (name !== '') element.classList.remove(name);
      element.dataset['look'] = classes ?? '';
      for (const name of (classes ?? '').split(' ')) if (name !== '') element.classList.add(name);
    }
    if (this.look.tree === undefined) return;
    const place = row === undefined ? undefined : this.look.tree(row);
    element.ariaLevel = place === undefined ? null : String(place.level);
    element.ariaExpanded = (place?.expanded ?? null) === null ? null : String(place?.expanded);
  }
}
