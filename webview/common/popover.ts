import { createElement } from './createElement';

/** What opens under a button. */
export interface PopoverOptions {
  /** Names it for screen readers. */
  readonly label: string;
  readonly role: 'dialog' | 'menu';
  readonly class?: string;
  /** The button under which it opens; gets `aria-expanded`. */
  readonly anchor: HTMLElement;
  /** Fills it each time it opens. */
  readonly onOpen: (element: HTMLElement) => void;
  readonly onClose?: () => void;
}

const margin = 8;

/**
 * A light panel under a button. Escape and a press elsewhere close it (the browser's own light dismissal), Tab past
 * its end closes it too, and the focus goes back to the button.
 */
export class Popover {
  readonly element: HTMLElement;

  constructor(private readonly options: PopoverOptions) {
    this.element = createElement('div', {
      class: `popover ${options.class ?? ''}`.trimEnd(),
      attributes: { popover: 'auto', role: options.role, 'aria-label': options.label, tabindex: '-1' },
    });
    options.anchor.setAttribute('aria-haspopup', options.role);
    options.anchor.setAttribute('aria-expanded', 'false');
    this.element.addEventListener('toggle', (event) => this.toggled(event.newState));
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') event.stopPropagation();
      if (event.key === 'Tab') this.leaveAtTheEnd(event);
    });
    window.addEventListener('resize', () => this.place());
  }

  get isOpen(): boolean {
    return this.element.matches(':popover-open');
  }

  /** Opens it, or closes it. */
  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
  }

  open(): void {
    if (this.isOpen) return;
    if (!this.element.isConnected) document.body.append(this.element);
    this.element.replaceChildren();
    this.options.onOpen(this.element);
    this.element.showPopover();
    this.place();
    this.focusFirst();
  }

  close(): void {
    if (!this.isOpen) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidePopover();
    if (hadFocus) this.options.anchor.focus();
  }

  /** Keeps it on screen; call it after its content changed its size. */
  place(): void {
    if (!this.isOpen) return;
    const anchor = this.options.anchor.getBoundingClientRect();
    const { style } = this.element;
    style.setProperty('max-height', `${Math.max(120, window.innerHeight - anchor.bottom - 2 * margin)}px`);
    const width = this.element.offsetWidth;
    const left = Math.max(margin, Math.min(anchor.left, window.innerWidth - width - margin));
    style.setProperty('left', `${left}px`);
    style.setProperty('top', `${anchor.bottom + 3}px`);
  }

  private focusFirst(): void {
    const first = this.element.querySelector<HTMLElement>('[data-first]') ?? stopsIn(this.element)[0];
    (first ?? this.element).focus();
  }

  private toggled(state: string): void {
    const open = state === 'open';
    this.options.anchor.setAttribute('aria-expanded', String(open));
    if (open) return;
    // Escape leaves the focus nowhere when the browser could not give it back by itself.
    if (document.activeElement === document.body) this.options.anchor.focus();
    this.options.onClose?.();
  }

  private leaveAtTheEnd(event: KeyboardEvent): void {
    const stops = stopsIn(this.element);
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const leaves = event.shiftKey ? at <= 0 : at === stops.length - 1;
    if (!leaves) return;
    event.preventDefault();
    this.close();
  }
}

/** What the Tab key reaches in an element, in order. */
function stopsIn(element: HTMLElement): HTMLElement[] {
  const found = element.querySelectorAll<HTMLElement>('button, input, [tabindex]:not([tabindex="-1"])');
  return [...found].filter(
    (stop) => stop.tabIndex >= 0 && !stop.hasAttribute('disabled') && stop.offsetParent !== null,
  );
}
