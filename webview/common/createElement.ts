/** What an element is made with. */
export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  /** Attributes; undefined ones are left out. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  readonly children?: readonly (Node | string)[];
}

/** Makes an element. Text is always set as text, so nothing from a tenant is ever parsed as HTML. */
export function createElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (options.class !== undefined) element.className = options.class;
  if (options.text !== undefined) element.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  if (options.children !== undefined) element.append(...options.children);
  return element;
}

/** An icon of VS Code's own set that adds nothing to what is read aloud. */
export function createIcon(name: string, extraClass = ''): HTMLElement {
  return createElement('span', {
    class: `codicon codicon-${name} ${extraClass}`.trimEnd(),
    attributes: { 'aria-hidden': 'true' },
  });
}

/** Text for screen readers only. */
export function createHiddenText(text: string): HTMLElement {
  return createElement('span', { class: 'visually-hidden', text });
}
