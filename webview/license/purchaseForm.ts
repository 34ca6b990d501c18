import {
  paymentFrequencies,
  type PurchaseCheck,
  type PurchaseDraft,
  type PurchaseField,
} from '../../src/shared/licenseContract';
import { createButton, type ButtonControl } from '../common/controls';
import { createElement } from '../common/createElement';
import { countOf, money } from '../common/displayFormats';
import {
  createDropdown,
  createTextArea,
  createTextField,
  isSubmitKey,
  type ValueControl,
} from '../common/formControls';
import { frequencyWords } from './licenseWords';

/** What a person does to the form of a purchase. */
export interface PurchaseFormActions {
  changed(draft: PurchaseDraft): void;
  save(draft: PurchaseDraft): void;
  cancel(): void;
}

const maxNote = 2_000;

/** The form of one purchase. What its values mean is the host's to say. */
export class PurchaseForm {
  readonly element: HTMLElement;
  private readonly fields: Readonly<Record<PurchaseField, ValueControl<string>>>;
  private readonly cost = createElement('p', { class: 'form-cost', attributes: { role: 'status' } });
  private readonly save: ButtonControl;
  private readonly touched = new Set<PurchaseField>();
  private saveTried = false;
  private draft: PurchaseDraft;
  private check: PurchaseCheck = { problems: [], cost: null };

  constructor(
    draft: PurchaseDraft,
    currencies: readonly string[],
    private readonly actions: PurchaseFormActions,
  ) {
    this.draft = draft;
    const change = (field: PurchaseField, value: string): void => {
      this.touched.add(field);
      this.draft = { ...this.draft, [field]: value };
      actions.changed(this.draft);
    };
    const text = (
      field: PurchaseField,
      label: string,
      options: { readonly hint?: string; readonly placeholder?: string; readonly maxLength?: number } = {},
    ): ValueControl<string> =>
      createTextField({ label, maxLength: 40, ...options, onChange: (value) => change(field, value) });
    const known = currencies.filter((code) => code !== draft.currency).slice(0, 4);
    this.fields = {
      quantity: text('quantity', 'Quantity', { hint: 'Units bought together.' }),
      amount: text('amount', 'Amount', { placeholder: '684.00', hint: 'Per payment, with its decimals.' }),
      amountPer: widened(
        createDropdown({
          label: 'Amount is for',
          choices: [
            { value: 'unit', label: 'One unit' },
            { value: 'total', label: 'All units together' },
          ],
          onChange: (value) => change('amountPer', value),
        }),
      ),
      currency: text('currency', 'Currency', {
        placeholder: 'EUR',
        maxLength: 3,
        hint:
          known.length === 0
            ? 'Three letters, such as EUR.'
            : `Three letters; you also use ${known.join(', ')}.`,
      }),
      paymentFrequency: widened(
        createDropdown({
          label: 'Payment frequency',
          choices: paymentFrequencies.map((value) => ({ value, label: frequencyWords[value] })),
          onChange: (value) => change('paymentFrequency', value),
        }),
      ),
      effectiveDate: text('effectiveDate', 'Effective date', {
        placeholder: 'YYYY-MM-DD',
        maxLength: 10,
        hint: 'First day; it counts.',
      }),
      endingDate: text('endingDate', 'Ending date', {
        placeholder: 'YYYY-MM-DD',
        maxLength: 10,
        hint: 'Last day; it counts. Empty: goes on.',
      }),
      note: createTextArea({
        label: 'Note',
        rows: 2,
        maxLength: maxNote,
        hint: 'Order number, contract, supplier: what helps later.',
        onChange: (value) => change('note', value),
      }),
    };
    for (const [field, control] of this.entries()) control.value = draft[field];
    this.save = createButton({
      label: 'Save Purchase',
      primary: true,
      onClick: () => actions.save(this.draft),
    });
    const title = draft.purchaseId === null ? 'New purchase' : 'Edit purchase';
    this.element = createElement('div', {
      class: 'inline-form',
      attributes: { role: 'group', 'aria-label': title },
      children: [
        createElement('h3', { text: title }),
        createElement('div', {
          class: 'form-grid',
          children: this.entries().map(([field, control]) => {
            control.element.classList.toggle('wide', field === 'note');
            return control.element;
          }),
        }),
        this.cost,
        createElement('div', {
          class: 'form-buttons',
          children: [
            this.save.element,
            createButton({ label: 'Cancel', onClick: () => actions.cancel() }).element,
          ],
        }),
      ],
    });
    this.element.addEventListener('keydown', (event) => this.onKey(event));
  }

  get current(): PurchaseDraft {
    return this.draft;
  }

  /** Puts the focus where a person begins. */
  focus(): void {
    const first = this.draft.quantity === '' ? 'quantity' : 'amount';
    this.fields[this.draft.purchaseId === null ? first : 'quantity'].focus();
    this.element.scrollIntoView({ block: 'nearest' });
  }

  /** Shows what the host said. @param saveTried every problem is shown, and the first gets the focus */
  showCheck(check: PurchaseCheck, saveTried: boolean): void {
    this.check = check;
    this.saveTried ||= saveTried;
    for (const [field, control] of this.entries()) {
      const problem = check.problems.find((candidate) => candidate.field === field);
      const shown = problem !== undefined && (this.saveTried || this.touched.has(field));
      control.setProblem(shown ? { sentence: problem.sentence } : null);
    }
    this.cost.textContent = this.costText();
    if (saveTried) {
      const [first] = this.entries().filter(([field]) =>
        check.problems.some((problem) => problem.field === field),
      );
      first?.[1].focus();
    }
  }

  setBusy(busy: boolean): void {
    this.save.setDisabled(busy);
  }

  private costText(): string {
    const { cost } = this.check;
    if (cost === null) return '';
    const { currency, unitMonthlyMinor, monthlyMinor, annualMinor } = cost;
    if (monthlyMinor === null) {
      return 'A single payment without an ending date gives no price: nobody knows how long it lasts.';
    }
    const units = countOf(Number(this.draft.quantity), 'unit');
    return `One unit costs ${money(unitMonthlyMinor, currency)} a month; ${units}, ${money(monthlyMinor, currency)} a month and ${money(annualMinor, currency)} a year.`;
  }

  private entries(): (readonly [PurchaseField, ValueControl<string>])[] {
    return Object.entries(this.fields) as [PurchaseField, ValueControl<string>][];
  }

  private onKey(event: KeyboardEvent): void {
    if (isSubmitKey(event)) this.actions.save(this.draft);
    const inText =
      event.target instanceof Element && event.target.closest('vscode-text-field, vscode-text-area') !== null;
    if (event.key === 'Escape' && inText) this.actions.cancel();
  }
}

/** A choice of some words, where only its text matters. */
function widened<T extends string>(control: ValueControl<T>): ValueControl<string> {
  return {
    element: control.element,
    get value() {
      return control.value;
    },
    set value(value) {
      control.value = value;
    },
    setDisabled: (disabled) => control.setDisabled(disabled),
    setProblem: (problem) => control.setProblem(problem),
    setHint: (hint) => control.setHint(hint),
    focus: () => control.focus(),
  };
}
