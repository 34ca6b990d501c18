import type { SortOrder } from '../../src/shared/viewRows';
import { createElement, createIcon } from '../common/createElement';
import type { ColumnDefinition } from './columns';

/** What the header asks of the grid. */
export interface HeaderEvents {
  readonly onSort: (column: number) => void;
  /** A border is being dragged; `width` in CSS pixels. */
  readonly onResize: (column: number, width: number) => void;
  readonly onResizeEnd: () => void;
  readonly onResetWidth: (column: number) => void;
  readonly widthOf: (column: number) => number;
}

/** The header row: sort by click, resize by dragging a border; the keyboard comes through the grid. */
export class GridHeader<R> {
  readonly element: HTMLElement;
  private readonly row = createElement('div', {
    class: 'grid-row',
    attributes: { role: 'row', 'aria-rowindex': '1' },
  });
  private columns: readonly ColumnDefinition<R>[] = [];
  private cells: HTMLElement[] = [];

  constructor(
    columns: readonly ColumnDefinition<R>[],
    private readonly events: HeaderEvents,
  ) {
    this.element = createElement('div', {
      class: 'grid-head',
      attributes: { role: 'rowgroup' },
      children: [this.row],
    });
    this.setColumns(columns);
  }

  /** Shows other columns; the order of the rows is to be set again. */
  setColumns(columns: readonly ColumnDefinition<R>[]): void {
    this.columns = columns;
    this.cells = columns.map((column, index) => this.createCell(column, index));
    this.row.replaceChildren(...this.cells);
  }

  /** Shows by which column the rows are sorted. */
  setSort(sort: SortOrder): void {
    this.columns.forEach((column, index) => {
      const cell = this.cells[index];
      if (cell === undefined) return;
      cell.querySelector('.sort-icon')?.remove();
      if (column.id !== sort.column) {
        cell.removeAttribute('aria-sort');
        return;
      }
      cell.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
      const icon = createIcon(sort.descending ? 'arrow-down' : 'arrow-up', 'sort-icon');
      cell.querySelector('.head-label')?.after(icon);
    });
  }

  cell(column: number): HTMLElement | undefined {
    return this.cells[column];
  }

  /** Makes one cell the header's stop of the Tab key. */
  setTabStop(column: number): void {
    this.cells.forEach((cell, index) => (cell.tabIndex = index === column ? 0 : -1));
  }

  /** The column a header cell (or something in it) belongs to, or -1. */
  columnOf(target: EventTarget | null): number {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[role=columnheader]') : null;
    return cell === null ? -1 : this.cells.indexOf(cell);
  }

  private createCell(column: ColumnDefinition<R>, index: number): HTMLElement {
    const resizer = createElement('span', { class: 'head-resizer', attributes: { 'aria-hidden': 'true' } });
    const cell = createElement('div', {
      class: `grid-cell head-cell align-${column.align}${column.sortable === false ? ' unsortable' : ''}`,
      attributes: {
        role: 'columnheader',
        'aria-colindex': String(index + 1),
        title: column.description,
        tabindex: '-1',
      },
      children: [createElement('span', { class: 'head-label', text: column.title }), resizer],
    });
    cell.addEventListener('click', (event) => {
      if (event.target !== resizer && column.sortable !== false) this.events.onSort(index);
    });
    this.makeResizable(resizer, index);
    return cell;
  }

  private makeResizable(resizer: HTMLElement, column: number): void {
    resizer.addEventListener('pointerdown', (start) => {
      if (start.button !== 0) return;
      start.preventDefault();
      resizer.setPointerCapture(start.pointerId);
      const width = this.events.widthOf(column);
      const move = (event: PointerEvent): void =>
        this.events.onResize(column, width + event.clientX - start.clientX);
      const end = (): void => {
        resizer.removeEventListener('pointermove', move);
        resizer.removeEventListener('lostpointercapture', end);
        this.events.onResizeEnd();
      };
      resizer.addEventListener('pointermove', move);
      resizer.addEventListener('lostpointercapture', end);
    });
    resizer.addEventListener('dblclick', () => this.events.onResetWidth(column));
  }
}
