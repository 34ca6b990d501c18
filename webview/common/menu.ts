import { createElement, createIcon } from './createElement';
import { Popover } from './popover';

/** An entry of a menu: something to press, a heading, or a line. */
export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly icon?: string;
      /** One of several of which one holds; undefined where there is no such choice. */
      readonly checked?: boolean;
      readonly onClick: () => void;
    }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'separator' };

/** A menu under a button: arrow keys, Home, End and first letters move, Enter presses. */
export function attachMenu(anchor: HTMLElement, label: string, entries: () => readonly MenuEntry[]): Popover {
  const popover = new Popover({
    anchor,
    label,
    role: 'menu',
    onOpen: (element) => {
      const list = createElement('div', {
        class: 'menu-items',
        attributes: { role: 'presentation' },
        children: entries().map((entry) => createEntry(entry, () => popover.close())),
      });
      element.append(list);
      itemsIn(element).forEach((item, index) => (item.tabIndex = index === 0 ? 0 : -1));
    },
  });
  popover.element.addEventListener('keydown', (event) => moveFocus(event, itemsIn(popover.element)));
  anchor.addEventListener('click', () => popover.toggle());
  anchor.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    popover.open();
  });
  return popover;
}

function createEntry(entry: MenuEntry, close: () => void): HTMLElement {
  if (entry.kind === 'separator') {
    return createElement('div', { class: 'menu-separator', attributes: { role: 'separator' } });
  }
  if (entry.kind === 'heading') {
    return createElement('div', {
      class: 'menu-group',
      text: entry.label,
      attributes: { role: 'presentation' },
    });
  }
  const mark = entry.checked === true ? 'check' : (entry.icon ?? '');
  const item = createElement('button', {
    class: 'menu-item',
    attributes: {
      type: 'button',
      role: entry.checked === undefined ? 'menuitem' : 'menuitemradio',
      'aria-checked': entry.checked === undefined ? undefined : String(entry.checked),
    },
    children: [
      createElement('span', {
        class: 'menu-mark',
        attributes: { 'aria-hidden': 'true' },
        children: mark === '' ? [] : [createIcon(mark)],
      }),
      createElement('span', { class: 'menu-label', text: entry.label }),
    ],
  });
  item.addEventListener('click', () => {
    close();
    entry.onClick();
  });
  return item;
}

function itemsIn(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('.menu-item')];
}

/** Moves the focus among things in a column, of which one is reached by Tab. */
export function moveFocus(event: KeyboardEvent, items: readonly HTMLElement[]): void {
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const to = destination(event.key, at, items);
  const next = to === null ? undefined : items[to];
  if (next === undefined) return;
  event.preventDefault();
  items.forEach((item) => (item.tabIndex = item === next ? 0 : -1));
  next.focus();
}

function destination(key: string, at: number, items: readonly HTMLElement[]): number | null {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % items.length;
    case 'ArrowUp':
      return (at - 1 + items.length) % items.length;
    case 'Home':
      return 0;
    case 'End':
      return items.length - 1;
    default:
      break;
  }
  if (key.length !== 1 || key === ' ') return null;
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  const found = after.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
  return found === undefined ? null : items.indexOf(found);
}
