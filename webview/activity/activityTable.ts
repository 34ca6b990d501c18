import { createElement } from '../common/createElement';
import { createTableHead, createTableRegion, type ColumnHead } from '../common/plainTable';

/** A column of a table of counts. */
export type CountColumn = Pick<ColumnHead, 'title' | 'description' | 'chosen'>;

/** A row: what it is about, and a cell per column. */
export interface CountRow {
  readonly head: Node | string;
  readonly cells: readonly (Node | string)[];
}

/** A table of counts that scrolls by itself where the page is narrower. */
export function createCountTable(
  label: string,
  headTitle: string,
  columns: readonly CountColumn[],
  rows: readonly CountRow[],
): HTMLElement {
  const table = createElement('table', {
    class: 'counts',
    attributes: { 'aria-label': label },
    children: [
      createTableHead([{ title: headTitle }, ...columns]),
      createElement('tbody', {
        children: rows.map(({ head, cells }) =>
          createElement('tr', {
            children: [
              createElement('th', { attributes: { scope: 'row' }, children: [head] }),
              ...cells.map((cell, index) =>
                createElement('td', {
                  class: columns[index]?.chosen === true ? 'chosen' : '',
                  children: [cell],
                }),
              ),
            ],
          }),
        ),
      }),
    ],
  });
  return createTableRegion(label, table, 'counts-scroll');
}
