import { createButton } from './controls';
import { createElement, createIcon } from './createElement';

/** What stands in place of the content: nothing there, nothing found, something failed. */
export interface PaneMessage {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly kind: 'empty' | 'error';
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

/** A message in the middle of the page with one thing to do about it. */
export function createMessagePane(message: PaneMessage): HTMLElement {
  return createElement('section', {
    class: `message-pane ${message.kind}`,
    attributes: { role: message.kind === 'error' ? 'alert' : undefined },
    children: [
      createIcon(message.icon, 'message-icon'),
      createElement('h2', { text: message.title }),
      createElement('p', { text: message.text }),
      ...(message.action === undefined
        ? []
        : [
            createButton({
              label: message.action.label,
              primary: true,
              onClick: message.action.onClick,
            }).element,
          ]),
    ],
  });
}
