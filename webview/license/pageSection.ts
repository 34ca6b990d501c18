import { createElement } from '../common/createElement';

/** A part of the page with a heading. */
export class PageSection {
  readonly element: HTMLElement;
  readonly body = createElement('div', { class: 'section-body' });
  private readonly heading: HTMLElement;

  constructor(
    readonly id: string,
    readonly title: string,
    text = '',
    actions: readonly HTMLElement[] = [],
  ) {
    this.heading = createElement('h2', {
      text: title,
      attributes: { id: `section-${id}`, tabindex: '-1' },
    });
    this.element = createElement('section', {
      class: 'page-section',
      attributes: { 'aria-labelledby': `section-${id}` },
      children: [
        createElement('div', {
          class: 'section-line',
          children: [
            this.heading,
            ...(actions.length === 0
              ? []
              : [createElement('div', { class: 'section-actions', children: actions })]),
          ],
        }),
        ...(text === '' ? [] : [createElement('p', { class: 'section-text', text })]),
        this.body,
      ],
    });
  }

  /** Replaces the content; nothing to show hides the section. */
  show(...content: readonly (Node | string)[]): void {
    this.element.hidden = content.length === 0;
    this.body.replaceChildren(...content);
  }

  /** Brings the section into view with the focus on its heading. */
  reveal(): void {
    this.element.scrollIntoView({ block: 'start' });
    this.heading.focus({ preventScroll: true });
  }
}

/** A button that looks like a link; its key finds it again after the page was built anew. */
export function createJump(
  label: string,
  key: string,
  description: string,
  onClick: () => void,
): HTMLElement {
  const button = createElement('button', {
    class: 'link',
    text: label,
    attributes: { type: 'button', title: description, 'data-key': key },
  });
  button.addEventListener('click', onClick);
  return button;
}
