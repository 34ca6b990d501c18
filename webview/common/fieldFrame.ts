import { createElement, createIcon } from './createElement';

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

/** What every field has. */
export interface FieldOptions {
  readonly label: string;
  readonly hint?: string;
}

let counter = 0;

/** The parts around a control: what is read with it is kept in step with what is seen. */
export class FieldFrame {
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

/** The visible label of a framed control. */
export function createLabel(text: string, frame: FieldFrame): HTMLElement {
  return createElement('label', {
    class: 'field-label',
    text,
    attributes: { id: frame.labelId, for: frame.controlId },
  });
}

/** The library names a control by its whole text, or “Text field”, whenever it is put into the document. */
export function nameControl(control: HTMLElement, name: string): void {
  control.setAttribute('aria-label', name);
  whenConnected(control, () => control.setAttribute('aria-label', name));
}

/** The library builds a control's inside only when it is in the document, where pages put it in the same turn. */
export function whenConnected(element: HTMLElement, action: () => void): void {
  if (element.isConnected) action();
  else queueMicrotask(() => element.isConnected && action());
}

/** Sets an attribute, or takes it away when there is nothing to say. */
export function setOrRemove(element: HTMLElement | undefined, name: string, value: string): void {
  if (value === '') element?.removeAttribute(name);
  else element?.setAttribute(name, value);
}
