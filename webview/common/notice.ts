import { createButton } from './controls';
import { createElement, createIcon } from './createElement';
import { failureOf } from './rpcClient';

/** The place where a page tells of a failure that leaves its content on screen. */
export class Notice {
  readonly element = createElement('div', { class: 'notice', attributes: { role: 'alert' } });

  /** @param stays in sight while the page scrolls, for pages on which what failed may have been pressed far down */
  constructor(stays = false) {
    this.element.classList.toggle('stays', stays);
    this.element.hidden = true;
  }

  show(sentence: string, retry?: () => void): void {
    this.element.hidden = false;
    this.element.replaceChildren(
      createIcon('error'),
      createElement('p', { text: sentence }),
      ...(retry === undefined ? [] : [createButton({ label: 'Retry', onClick: retry }).element]),
    );
    this.element.scrollIntoView({ block: 'nearest' });
  }

  hide(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** Tells of a failure; what was given up on purpose is none. */
  tell(error: unknown, retry?: () => void): void {
    const { reason, sentence } = failureOf(error);
    if (reason !== 'cancelled') this.show(sentence, retry);
  }

  /** Does something that a person asked for and tells when it fails. @returns whether it went well */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      this.tell(error);
      return false;
    }
  }
}
