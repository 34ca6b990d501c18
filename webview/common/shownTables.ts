import { tableLimits, type ShownTable } from '../../src/shared/tableExport';

/**
 * The tables of a page as they are on screen, for an export: the words of each cell, without icons and without columns
 * of buttons. What is not known is an empty cell.
 */
export function shownTables(root: HTMLElement): ShownTable[] {
  return [...root.querySelectorAll('table')]
    .filter((table) => table.offsetParent !== null)
    .map((table, index): ShownTable => {
      const titles = [...table.querySelectorAll('thead th')];
      const isShown = titles.map(
        (title) => title.firstElementChild?.classList.contains('visually-hidden') !== true,
      );
      const cellsOf = (row: HTMLTableRowElement): string[] =>
        [...row.cells].filter((_, place) => isShown[place] !== false).map(wordsOf);
      return {
        name: (table.getAttribute('aria-label') ?? table.caption?.innerText ?? `Table ${index + 1}`).slice(
          0,
          tableLimits.name,
        ),
        rows: [...table.rows].slice(0, tableLimits.rows).map(cellsOf),
      };
    })
    .filter(({ rows }) => rows.length > 1)
    .slice(0, tableLimits.tables);
}

function wordsOf(cell: HTMLTableCellElement): string {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const words: string[] = [];
  while (walker.nextNode() !== null) {
    const { currentNode: node } = walker;
    if (node.parentElement?.closest('[aria-hidden="true"]') !== null) continue;
    words.push((node.textContent ?? '').trim());
  }
  const text = words.filter((word) => word !== '').join(' ');
  return text === 'unknown' ? '' : text.slice(0, tableLimits.cell);
}
