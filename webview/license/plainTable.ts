import { createElement, createHiddenText } from '../common/createElement';

/** A column of a table. */
export interface PlainColumn {
  readonly title: string;
  readonly numeric?: boolean;
  /** Its cells hold sentences or long names, which may break. */
  readonly wraps?: boolean;
  /** Shown when pointing at the header. */
  readonly description?: string;
  /** The title is for screen readers only, as for a column of buttons. */
  readonly quiet?: boolean;
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
      createElement('thead', {
        children: [
          createElement('tr', {
            children: columns.map(({ title, numeric, description, quiet }) =>
              createElement('th', {
                class: numeric === true ? 'number' : '',
                attributes: { scope: 'col', title: description },
                children: [quiet === true ? createHiddenText(title) : title],
              }),
            ),
          }),
        ],
      }),
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
  // A region that scrolls must be reachable by keyboard, and have a name then.
  return createElement('div', {
    class: 'table-scroll',
    attributes: { role: 'region', tabindex: '0', 'aria-label': `${label}, table` },
    children: [table],
  });
}

function classOf(column: PlainColumn | undefined): string {
  return column?.numeric === true ? 'number' : column?.wraps === true ? 'wraps' : '';
}

/** A value that is not known: a dash for the eye, a word for the ear. */
export function createUnknown(): HTMLElement {
  return createElement('span', {
    class: 'muted',
    attributes: { title: 'unknown' },
    children: [
      createElement('span', { text: '–', attributes: { 'aria-hidden': 'true' } }),
      createHiddenText('unknown'),
    ],
  });
}
