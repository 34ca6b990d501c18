import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeTextField,
  type Button,
  type TextField,
} from '@vscode/webview-ui-toolkit';
import { createElement, createIcon } from './createElement';

/*
 * This file and `formControls.ts` alone know the component library, `@vscode/webview-ui-toolkit`. It is archived
 * upstream, so another one must be able to take its place here without any page noticing.
 *
 * Under a `style-src` by nonce the library needs one thing: when it loads, it tries out `:focus-visible` with
 * a `<style>` element, and looks for the nonce in `<meta property="csp-nonce">` (fast-web-utilities, `dom.ts`,
 * `canUseFocusVisible`). With that element in the document (`panelHtml.ts`) nothing is refused, and its
 * keyboard focus rings work; without it the browser reports a violation. All other styles of the library are
 * constructed style sheets, which the policy does not concern.
 */
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextField());

/** A button of a toolbar or a page. */
export interface ButtonOptions {
  readonly label: string;
  /** Codicon in front of the label, or alone with `iconOnly`. */
  readonly icon?: string;
  readonly iconOnly?: boolean;
  readonly primary?: boolean;
  readonly onClick: () => void;
}

/** A button in VS Code's look. */
export interface ButtonControl {
  readonly element: HTMLElement;
  setDisabled(disabled: boolean): void;
  focus(): void;
}

/** Makes a button. */
export function createButton(options: ButtonOptions): ButtonControl {
  const button = document.createElement('vscode-button') as Button;
  // As an attribute and before the appearance: the library calls an icon without one "Icon Button".
  if (options.iconOnly === true) button.setAttribute('aria-label', options.label);
  button.appearance = options.iconOnly === true ? 'icon' : options.primary === true ? 'primary' : 'secondary';
  if (options.iconOnly === true) {
    button.title = options.label;
    if (options.icon !== undefined) button.append(createIcon(options.icon));
  } else {
    if (options.icon !== undefined) {
      const icon = createIcon(options.icon);
      icon.slot = 'start';
      button.append(icon);
    }
    button.append(options.label);
  }
  button.addEventListener('click', options.onClick);
  return {
    element: button,
    setDisabled: (disabled) => {
      button.disabled = disabled;
    },
    focus: () => button.focus(),
  };
}

/** A one-line text field for filtering. */
export interface FilterFieldOptions {
  readonly label: string;
  readonly placeholder: string;
  readonly maxLength: number;
  /** At every change, also by the clear button. */
  readonly onInput: (text: string) => void;
}

/** A filter field with an icon and a button that clears it; so does Escape. */
export interface FilterFieldControl {
  readonly element: HTMLElement;
  value: string;
  focus(): void;
}

/** Makes a filter field. */
export function createFilterField(options: FilterFieldOptions): FilterFieldControl {
  const field = document.createElement('vscode-text-field') as TextField;
  field.className = 'filter-field';
  // The library names a field “Text field” when it is put into the document, which pages do in the same turn.
  queueMicrotask(() => field.setAttribute('aria-label', options.label));
  field.placeholder = options.placeholder;
  field.maxlength = options.maxLength;
  const icon = createIcon('search');
  icon.slot = 'start';
  const clear = createElement('button', {
    class: 'filter-clear',
    attributes: { type: 'button', slot: 'end', 'aria-label': 'Clear the filter', title: 'Clear the filter' },
    children: [createIcon('close')],
  });
  field.append(icon, clear);

  const changed = (): void => {
    clear.hidden = field.value === '';
    options.onInput(field.value);
  };
  const reset = (): void => {
    field.value = '';
    changed();
    field.focus();
  };
  clear.hidden = true;
  clear.addEventListener('click', reset);
  field.addEventListener('input', changed);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && field.value !== '') {
      event.stopPropagation();
      reset();
    }
  });
  return {
    element: field,
    get value() {
      return field.value;
    },
    set value(text) {
      field.value = text;
      clear.hidden = text === '';
    },
    focus: () => field.focus(),
  };
}
