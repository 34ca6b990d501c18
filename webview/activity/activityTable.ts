import { createElement } from '../common/createElement';

/** A column of a table of counts. */
export interface CountColumn {
  readonly title: string;
  readonly description?: string;
  /** Stands out as the one that was chosen. */
  readonly chosen?: boolean;
}

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
      createElement('thead', {
        children: [
          createElement('tr', {
            children: [
              createElement('th', { text: headTitle, attributes: { scope: 'col' } }),
              ...columns.map(({ title, description, chosen }) =>
                createElement('th', {
                  class: chosen === true ? 'chosen' : '',
                  text: title,
                  attributes: { scope: 'col', title: description },
                }),
              ),
            ],
          }),
        ],
      }),
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
  // What scrolls must be reachable by keyboard, and have a name then.
  return createElement('div', {
    class: 'counts-scroll',
    attributes: { role: 'region', tabindex: '0', 'aria-label': `${label}, table` },
    children: [table],
  });
}
