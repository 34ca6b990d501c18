import { createElement, createIcon } from '../common/createElement';

/** A small button beside something that is to be pasted elsewhere. @param what what is copied, for its name */
export function createCopyButton(what: string, onClick: () => void): HTMLElement {
  const button = createElement('button', {
    class: 'icon-button',
    attributes: { type: 'button', 'aria-label': `Copy ${what}`, title: `Copy ${what}` },
    children: [createIcon('copy')],
  });
  button.addEventListener('click', onClick);
  return button;
}
