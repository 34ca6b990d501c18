import { createElement } from './createElement';

/** A button that is only a word, for something small beside other things. */
export function createTextButton(label: string, onClick: () => void): HTMLButtonElement {
  const button = createElement('button', {
    class: 'text-button',
    text: label,
    attributes: { type: 'button' },
  });
  button.addEventListener('click', onClick);
  return button;
}
