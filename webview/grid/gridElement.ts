import { createElement } from '../common/createElement';
import type { GridOptions } from './gridOptions';

/** Makes the element of a grid, named and described for screen readers. */
export function createGridElement<R>(options: GridOptions<R>, children: readonly HTMLElement[]): HTMLElement {
  const isTree = options.tree !== undefined;
  const description = [
    'On a header, Enter sorts, Shift+Left and Shift+Right change the width.',
    options.onOpen !== undefined || options.onCellKey !== undefined ? 'On a row, Enter opens it.' : '',
    isTree ? 'In the first column, Right shows what is below a row and Left hides it.' : '',
  ];
  return createElement('div', {
    class: 'grid',
    attributes: {
      role: isTree ? 'treegrid' : 'grid',
      'aria-label': options.label,
      'aria-description': description.filter((sentence) => sentence !== '').join(' '),
      'aria-multiselectable': 'true',
      'aria-colcount': String(options.columns.length),
    },
    children,
  });
}
