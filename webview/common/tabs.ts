import { createElement } from './createElement';

/** A part of a page. */
export interface TabDefinition<T extends string> {
  readonly id: T;
  readonly label: string;
  /** A number beside the label; null for none. */
  readonly count?: string | null;
}

/** Tabs as the ARIA pattern has them: one Tab stop, arrow keys move and select. */
export class Tabs<T extends string> {
  readonly element: HTMLElement;
  private buttons: { readonly id: T; readonly button: HTMLButtonElement }[] = [];
  private selected: T | null = null;

  /** @param panelId id of the one element whose content changes with the tab */
  constructor(
    label: string,
    private readonly panelId: string,
    private readonly onSelect: (id: T) => void,
  ) {
    this.element = createElement('div', {
      class: 'tabs',
      attributes: { role: 'tablist', 'aria-label': label },
    });
    this.element.addEventListener('keydown', (event) => this.keyPressed(event));
  }

  /** Shows these tabs; the focus stays with its tab. */
  show(tabs: readonly TabDefinition<T>[], selected: T): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.buttons = tabs.map((tab) => ({ id: tab.id, button: this.createTab(tab) }));
    this.element.replaceChildren(...this.buttons.map(({ button }) => button));
    this.select(selected);
    if (hadFocus) this.buttonOf(selected)?.focus();
  }

  /** Id of the tab element, which names its panel. */
  tabId(id: T): string {
    return `${this.panelId}-tab-${id}`;
  }

  private createTab(tab: TabDefinition<T>): HTMLButtonElement {
    const count = tab.count ?? null;
    const button = createElement('button', {
      class: 'tab',
      attributes: { type: 'button', role: 'tab', id: this.tabId(tab.id), 'aria-controls': this.panelId },
      children: [
        tab.label,
        ...(count === null ? [] : [createElement('span', { class: 'tab-count', text: count })]),
      ],
    });
    button.addEventListener('click', () => this.choose(tab.id));
    return button;
  }

  private choose(id: T): void {
    if (id === this.selected) return;
    this.select(id);
    this.onSelect(id);
  }

  private select(id: T): void {
    this.selected = id;
    for (const { id: own, button } of this.buttons) {
      button.ariaSelected = String(own === id);
      button.tabIndex = own === id ? 0 : -1;
    }
  }

  private keyPressed(event: KeyboardEvent): void {
    const at = this.buttons.findIndex(({ id }) => id === this.selected);
    const to = targetOf(event.key, at, this.buttons.length);
    const next = to === null ? undefined : this.buttons[to];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    next.button.focus();
    this.choose(next.id);
  }

  private buttonOf(id: T): HTMLButtonElement | undefined {
    return this.buttons.find((tab) => tab.id === id)?.button;
  }
}

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
