import { createElement, createIcon } from './createElement';

/** A small button with an icon alone, beside what it is about. @param label its name, which pointing at it shows */
export function createIconButton(icon: string, label: string, onClick: () => void): HTMLElement {
  const button = createElement('button', {
    class: 'icon-button',
    attributes: { type: 'button', 'aria-label': label, title: label },
    children: [createIcon(icon)],
  });
  button.addEventListener('click', onClick);
  return button;
}
