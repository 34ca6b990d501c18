import { createElement, createHiddenText } from './createElement';

/** What the head of a column says. */
export interface ColumnHead {
  readonly title: string;
  readonly numeric?: boolean;
  /** Shown when pointing at the header. */
  readonly description?: string;
  /** The title is for screen readers only, as for a column of buttons. */
  readonly quiet?: boolean;
  /** Stands out as the one that was chosen. */
  readonly chosen?: boolean;
}

/** A column of a table. */
export interface PlainColumn extends ColumnHead {
  /** Its cells hold sentences or long names, which may break. */
  readonly wraps?: boolean;
}

/** A row: a cell for each column, the first of which names the row. */
export interface PlainRow {
  readonly cells: readonly (string | Node)[];
  readonly class?: string;
}

/** Makes a table that scrolls by itself where the page is narrower than it. */
export function createPlainTable(
  label: string,
  columns: readonly PlainColumn[],
  rows: readonly PlainRow[],
): HTMLElement {
  const table = createElement('table', {
    class: 'plain-table',
    attributes: { 'aria-label': label },
    children: [
      createTableHead(columns),
      createElement('tbody', {
        children: rows.map((row) =>
          createElement('tr', {
            ...(row.class !== undefined && { class: row.class }),
            children: row.cells.map((cell, index) =>
              createElement(index === 0 ? 'th' : 'td', {
                class: classOf(columns[index]),
                attributes: { scope: index === 0 ? 'row' : undefined },
                children: [cell],
              }),
            ),
          }),
        ),
      }),
    ],
  });
  return createTableRegion(label, table, 'table-scroll');
}

/** The head of a table: a row with the titles of its columns. */
export function createTableHead(columns: readonly ColumnHead[]): HTMLElement {
  return createElement('thead', {
    children: [
      createElement('tr', {
        children: columns.map(({ title, numeric, description, quiet, chosen }) =>
          createElement('th', {
            class: numeric === true ? 'number' : chosen === true ? 'chosen' : '',
            attributes: { scope: 'col', title: description },
            children: [quiet === true ? createHiddenText(title) : title],
          }),
        ),
      }),
    ],
  });
}

/** The place of a table that is wider than the page: it scrolls, so the keyboard must reach it, and it has a name then. */
export function createTableRegion(label: string, table: HTMLElement, name: string): HTMLElement {
  return createElement('div', {
    class: name,
    attributes: { role: 'region', tabindex: '0', 'aria-label': `${label}, table` },
    children: [table],
  });
}

function classOf(column: PlainColumn | undefined): string {
  return column?.numeric === true ? 'number' : column?.wraps === true ? 'wraps' : '';
}
