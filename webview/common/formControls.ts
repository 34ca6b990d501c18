import {
  provideVSCodeDesignSystem,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextField,
  type Checkbox,
  type Dropdown,
  type RadioGroup,
  type TextField,
} from '@vscode/webview-ui-toolkit';
import { createElement, createIcon } from './createElement';

/*
 * Fields of forms, on the component library (see `controls.ts`). A field is a label, a control, a hint and, if
 * something is wrong, a sentence with perhaps one thing to press that puts it right.
 */
provideVSCodeDesignSystem().register(
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeRadio(),
  vsCodeRadioGroup(),
  vsCodeTextField(),
);

/** What is wrong with a field. */
export interface FieldProblem {
  readonly sentence: string;
  readonly fix?: { readonly label: string; readonly onClick: () => void };
}

/** A field of a form. */
export interface FieldControl {
  readonly element: HTMLElement;
  setDisabled(disabled: boolean): void;
  setProblem(problem: FieldProblem | null): void;
  setHint(hint: string): void;
  focus(): void;
}

/** A field with a value; setting it does not tell the listener. */
export interface ValueControl<T> extends FieldControl {
  value: T;
}

/** What every field has. */
export interface FieldOptions {
  readonly label: string;
  readonly hint?: string;
}

/** Called with the new value at every change by the person. */
export interface ChangeOptions<T> {
  readonly onChange: (value: T) => void;
  /** The person has left the field. */
  readonly onLeave?: () => void;
}

let counter = 0;

/** The parts around a control: what is read with it is kept in step with what is seen. */
class FieldFrame {
  readonly element = createElement('div', { class: 'field' });
  readonly labelId: string;
  readonly controlId: string;
  private readonly hint: HTMLElement;
  private readonly problem: HTMLElement;
  private shown: FieldProblem | null = null;

  constructor(
    options: FieldOptions,
    private readonly apply: (description: string, ids: string, invalid: boolean) => void,
  ) {
    const id = `field${++counter}`;
    this.labelId = `${id}-label`;
    this.controlId = id;
    this.hint = createElement('p', { class: 'field-hint', attributes: { id: `${id}-hint` } });
    this.problem = createElement('p', { class: 'field-problem', attributes: { id: `${id}-problem` } });
    this.setHint(options.hint ?? '');
    this.problem.hidden = true;
  }

  /** @param label the visible label; null where the control brings its own */
  compose(label: HTMLElement | null, ...content: readonly HTMLElement[]): void {
    this.element.append(...(label === null ? [] : [label]), ...content, this.problem, this.hint);
    this.describe();
  }

  setHint(hint: string): void {
    if (this.hint.textContent === hint && this.hint.hidden === (hint === '')) return;
    this.hint.textContent = hint;
    this.hint.hidden = hint === '';
    this.describe();
  }

  setProblem(problem: FieldProblem | null): void {
    if (problem?.sentence === this.shown?.sentence && problem?.fix?.label === this.shown?.fix?.label) {
      return;
    }
    this.shown = problem;
    this.problem.hidden = problem === null;
    this.element.classList.toggle('invalid', problem !== null);
    this.problem.replaceChildren();
    if (problem !== null) {
      this.problem.append(createIcon('error'), createElement('span', { text: problem.sentence }));
      // Reads the button's action at the moment of pressing: a later problem with the same words may differ.
      if (problem.fix !== undefined) {
        this.problem.append(createLinkButton(problem.fix.label, () => this.shown?.fix?.onClick()));
      }
    }
    this.describe();
  }

  setDisabled(disabled: boolean): void {
    this.element.classList.toggle('off', disabled);
  }

  private describe(): void {
    const parts = [this.problem, this.hint].filter((part) => !part.hidden);
    const description = [this.shown?.sentence, this.hint.textContent].filter(Boolean).join(' ');
    this.apply(description, parts.map((part) => part.id).join(' '), this.shown !== null);
  }
}

/** A button that looks like a link, for something small at a field. */
export function createLinkButton(label: string, onClick: () => void): HTMLButtonElement {
  const button = createElement('button', {
    class: 'link-button',
    text: label,
    attributes: { type: 'button' },
  });
  button.addEventListener('click', onClick);
  return button;
}

/** A one-line text field. */
export interface TextFieldOptions extends FieldOptions, ChangeOptions<string> {
  readonly placeholder?: string;
  readonly maxLength?: number;
  /** For addresses and ids. */
  readonly monospace?: boolean;
  /** Something beside the field, such as a button that fills it. */
  readonly beside?: HTMLElement;
}

/** Makes a text field. */
export function createTextField(
  options: TextFieldOptions,
): ValueControl<string> & { setReadOnly(on: boolean): void } {
  const field = document.createElement('vscode-text-field') as TextField;
  // The input is in a shadow tree, where ids of the page mean nothing, so what describes it is given as text.
  const frame = new FieldFrame(options, (description, _, invalid) => {
    whenConnected(field, () => {
      setOrRemove(field.control, 'aria-description', description);
      setOrRemove(field.control, 'aria-invalid', invalid ? 'true' : '');
    });
  });
  field.id = frame.controlId;
  nameControl(field, options.label);
  field.maxlength = options.maxLength ?? 500;
  field.spellcheck = false;
  field.setAttribute('autocomplete', 'off');
  if (options.placeholder !== undefined) field.placeholder = options.placeholder;
  if (options.monospace === true) field.classList.add('monospace');
  field.addEventListener('input', () => options.onChange(field.value));
  field.addEventListener('focusout', () => options.onLeave?.());
  const row =
    options.beside === undefined
      ? field
      : createElement('div', { class: 'field-row', children: [field, options.beside] });
  frame.compose(createLabel(options.label, frame), row);
  return {
    element: frame.element,
    get value() {
      return field.value;
    },
    set value(text) {
      // Writing the same text would move the caret.
      if (field.value !== text) field.value = text;
    },
    setDisabled: (disabled) => {
      field.disabled = disabled;
      frame.setDisabled(disabled);
    },
    setReadOnly: (on) => {
      field.readOnly = on;
    },
    setProblem: (problem) => frame.setProblem(problem),
    setHint: (hint) => frame.setHint(hint),
    focus: () => field.focus(),
  };
}

/** One of several choices. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly detail?: string;
}

/** A choice of one among some. */
export interface ChoiceOptions<T extends string> extends FieldOptions, ChangeOptions<T> {
  readonly choices: readonly Choice<T>[];
}

/** Makes a drop-down list. */
export function createDropdown<T extends string>(
  options: ChoiceOptions<T>,
): ValueControl<T> & { setChoices(choices: readonly Choice<T>[]): void } {
  const dropdown = document.createElement('vscode-dropdown') as Dropdown;
  const frame = new FieldFrame(options, (_, ids, invalid) => {
    setOrRemove(dropdown, 'aria-describedby', ids);
    setOrRemove(dropdown, 'aria-invalid', invalid ? 'true' : '');
  });
  let wanted = options.choices[0]?.value ?? ('' as T);
  dropdown.id = frame.controlId;
  nameControl(dropdown, options.label);
  const setChoices = (choices: readonly Choice<T>[]): void => {
    dropdown.replaceChildren(
      ...choices.map(({ value, label, detail }) => {
        const option = createElement('vscode-option' as 'option', { attributes: { value } });
        option.append(label);
        if (detail !== undefined) option.title = detail;
        return option;
      }),
    );
    whenConnected(dropdown, () => (dropdown.value = wanted));
  };
  setChoices(options.choices);
  dropdown.addEventListener('change', () => {
    wanted = dropdown.value as T;
    options.onChange(wanted);
  });
  dropdown.addEventListener('focusout', () => options.onLeave?.());
  frame.compose(createLabel(options.label, frame), dropdown);
  return {
    element: frame.element,
    get value() {
      return wanted;
    },
    set value(value) {
      wanted = value;
      whenConnected(dropdown, () => {
        if (dropdown.value !== wanted) dropdown.value = wanted;
      });
    },
    setChoices,
    setDisabled: (disabled) => {
      dropdown.disabled = disabled;
      frame.setDisabled(disabled);
    },
    setProblem: (problem) => frame.setProblem(problem),
    setHint: (hint) => frame.setHint(hint),
    focus: () => dropdown.focus(),
  };
}

/** Makes a group of radio buttons, one of which is chosen. */
export function createRadioGroup<T extends string>(options: ChoiceOptions<T>): ValueControl<T> {
  const group = document.createElement('vscode-radio-group') as RadioGroup;
  const frame = new FieldFrame(options, (_, ids, invalid) => {
    setOrRemove(group, 'aria-describedby', ids);
    setOrRemove(group, 'aria-invalid', invalid ? 'true' : '');
  });
  let wanted = options.choices[0]?.value ?? ('' as T);
  group.id = frame.controlId;
  nameControl(group, options.label);
  group.setAttribute('orientation', 'vertical');
  for (const { value, label, detail } of options.choices) {
    const radio = createElement('vscode-radio' as 'div', { attributes: { value } });
    radio.append(createElement('span', { class: 'choice-label', text: label }));
    nameControl(radio, label);
    if (detail !== undefined) {
      const id = `${frame.controlId}-${value}`;
      radio.append(createElement('span', { class: 'choice-detail', text: detail, attributes: { id } }));
      radio.setAttribute('aria-describedby', id);
    }
    group.append(radio);
  }
  group.addEventListener('change', () => {
    if (group.value === wanted || group.value === '') return;
    wanted = group.value as T;
    options.onChange(wanted);
  });
  frame.compose(createElement('div', { class: 'field-label', text: options.label }), group);
  return {
    element: frame.element,
    get value() {
      return wanted;
    },
    set value(value) {
      wanted = value;
      whenConnected(group, () => {
        if (group.value !== wanted) group.value = wanted;
      });
    },
    setDisabled: (disabled) => {
      group.disabled = disabled;
      frame.setDisabled(disabled);
    },
    setProblem: (problem) => frame.setProblem(problem),
    setHint: (hint) => frame.setHint(hint),
    focus: () => (group.querySelector<HTMLElement>('[tabindex="0"]') ?? group).focus(),
  };
}

/** A check box with its label beside it. */
export interface CheckboxOptions extends FieldOptions, ChangeOptions<boolean> {
  /** Said under the label, part of it for the eye only. */
  readonly detail?: string;
}

/** Makes a check box. */
export function createCheckbox(options: CheckboxOptions): ValueControl<boolean> {
  const box = document.createElement('vscode-checkbox') as Checkbox;
  const frame: FieldFrame = new FieldFrame(options, (_, ids, invalid) => {
    const detail = options.detail === undefined ? [] : [`${box.id}-detail`];
    setOrRemove(box, 'aria-describedby', [...detail, ids].filter(Boolean).join(' '));
    setOrRemove(box, 'aria-invalid', invalid ? 'true' : '');
  });
  box.id = frame.controlId;
  nameControl(box, options.label);
  box.append(createElement('span', { class: 'choice-label', text: options.label }));
  if (options.detail !== undefined) {
    box.append(
      createElement('span', {
        class: 'choice-detail',
        text: options.detail,
        attributes: { id: `${box.id}-detail` },
      }),
    );
  }
  let wanted = false;
  box.addEventListener('change', () => {
    // The library also tells of changes that the page itself made.
    if (box.checked === wanted) return;
    wanted = box.checked;
    options.onChange(wanted);
  });
  frame.element.classList.add('check');
  frame.compose(null, box);
  return {
    element: frame.element,
    get value() {
      return wanted;
    },
    set value(value) {
      wanted = value;
      if (box.checked !== value) box.checked = value;
    },
    setDisabled: (disabled) => {
      box.disabled = disabled;
      frame.setDisabled(disabled);
    },
    setProblem: (problem) => frame.setProblem(problem),
    setHint: (hint) => frame.setHint(hint),
    focus: () => box.focus(),
  };
}

/** A field without a control to type in: a statement and a button that asks elsewhere. */
export interface ActionFieldOptions extends FieldOptions {
  readonly button: HTMLElement;
  /** Where the button reads its description. */
  readonly status: HTMLElement;
  readonly focus: () => void;
  readonly setDisabled: (disabled: boolean) => void;
}

/** Makes a field whose value is got by pressing a button. */
export function createActionField(options: ActionFieldOptions): FieldControl {
  const frame = new FieldFrame(options, (description) =>
    setOrRemove(options.button, 'aria-description', description),
  );
  frame.compose(
    createElement('div', { class: 'field-label', text: options.label }),
    createElement('div', { class: 'field-row action', children: [options.status, options.button] }),
  );
  return {
    element: frame.element,
    setDisabled: (disabled) => {
      options.setDisabled(disabled);
      frame.setDisabled(disabled);
    },
    setProblem: (problem) => frame.setProblem(problem),
    setHint: (hint) => frame.setHint(hint),
    focus: options.focus,
  };
}

function createLabel(text: string, frame: FieldFrame): HTMLElement {
  return createElement('label', {
    class: 'field-label',
    text,
    attributes: { id: frame.labelId, for: frame.controlId },
  });
}

/** The library names a control by its whole text, or “Text field”, whenever it is put into the document. */
function nameControl(control: HTMLElement, name: string): void {
  control.setAttribute('aria-label', name);
  whenConnected(control, () => control.setAttribute('aria-label', name));
}

/** The library builds a control's inside only when it is in the document, where pages put it in the same turn. */
function whenConnected(element: HTMLElement, action: () => void): void {
  if (element.isConnected) action();
  else queueMicrotask(() => element.isConnected && action());
}

function setOrRemove(element: HTMLElement | undefined, name: string, value: string): void {
  if (value === '') element?.removeAttribute(name);
  else element?.setAttribute(name, value);
}
