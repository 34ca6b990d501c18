import {
  provideVSCodeDesignSystem,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextArea,
  vsCodeTextField,
  type Checkbox,
  type Dropdown,
  type RadioGroup,
  type TextArea,
  type TextField,
} from '@vscode/webview-ui-toolkit';
import { createElement } from './createElement';
import {
  createLabel,
  FieldFrame,
  nameControl,
  setOrRemove,
  whenConnected,
  type FieldControl,
  type FieldOptions,
} from './fieldFrame';

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
  vsCodeTextArea(),
  vsCodeTextField(),
);

/** A field with a value; setting it does not tell the listener. */
export interface ValueControl<T> extends FieldControl {
  value: T;
}

/** Called with the new value at every change by the person. */
export interface ChangeOptions<T> {
  readonly onChange: (value: T) => void;
  /** The person has left the field. */
  readonly onLeave?: () => void;
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

/** A text of several lines. */
export interface TextAreaOptions extends FieldOptions, ChangeOptions<string> {
  /** Lines that are seen at once. */
  readonly rows: number;
  readonly maxLength: number;
}

/** Makes a text field of several lines. */
export function createTextArea(options: TextAreaOptions): ValueControl<string> {
  const area = document.createElement('vscode-text-area') as TextArea;
  const frame = new FieldFrame(options, (description, _, invalid) => {
    whenConnected(area, () => {
      setOrRemove(area.control, 'aria-description', description);
      setOrRemove(area.control, 'aria-invalid', invalid ? 'true' : '');
    });
  });
  area.id = frame.controlId;
  nameControl(area, options.label);
  area.rows = options.rows;
  area.maxlength = options.maxLength;
  area.setAttribute('resize', 'vertical');
  area.addEventListener('input', () => options.onChange(area.value));
  area.addEventListener('focusout', () => options.onLeave?.());
  frame.compose(createLabel(options.label, frame), area);
  return {
    element: frame.element,
    get value() {
      return area.value;
    },
    set value(text) {
      // Writing the same text would move the caret.
      if (area.value !== text) area.value = text;
    },
    setDisabled: (disabled) => {
      area.disabled = disabled;
      frame.setDisabled(disabled);
    },
    setProblem: (problem) => frame.setProblem(problem),
    setHint: (hint) => frame.setHint(hint),
    focus: () => area.focus(),
  };
}

/** Whether a key saves what is typed: Enter in a line; where it begins a new line, with Ctrl or Command. */
export function isSubmitKey(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || !(event.target instanceof Element)) return false;
  if (event.target.closest('vscode-text-area') !== null) return event.ctrlKey || event.metaKey;
  return event.target.closest('vscode-text-field') !== null;
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
