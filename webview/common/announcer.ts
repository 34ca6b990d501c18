import { createElement } from './createElement';

/** Says things to screen readers without moving the focus. */
export class Announcer {
  readonly element = createElement('div', {
    class: 'visually-hidden',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });

  /** Replaces what was said before. */
  readonly say = (text: string): void => {
    // A new node each time: the same sentence twice in a row is read twice.
    this.element.replaceChildren(createElement('span', { text }));
  };
}
