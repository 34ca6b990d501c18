import { createElement, createIcon } from './createElement';

/** A button of a head or a toolbar, lighter than those of forms. @param opens that it opens something under it */
export function createToolButton(icon: string, label: string, opens = false): HTMLButtonElement {
  return createElement('button', {
    class: 'facet-button',
    attributes: { type: 'button' },
    children: [
      createIcon(icon),
      createElement('span', { text: label }),
      ...(opens ? [createIcon('chevron-down')] : []),
    ],
  });
}
