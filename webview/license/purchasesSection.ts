import type {
  LicenseData,
  LicensePurchaseRow,
  PurchaseCheck,
  PurchaseDraft,
} from '../../src/shared/licenseContract';
import { createButton } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { formatCount, formatDay, money } from '../common/displayFormats';
import { createPlainTable } from '../common/plainTable';
import { createJump, PageSection } from './pageSection';
import { frequencyWords, priceProblemText } from './licenseWords';
import { PurchaseForm } from './purchaseForm';

/** What the section asks of the page. */
export interface PurchaseActions {
  check(draft: PurchaseDraft): Promise<PurchaseCheck | null>;
  /** Null when it could not be saved for another reason than a field. */
  save(draft: PurchaseDraft): Promise<{ readonly saved: boolean; readonly check: PurchaseCheck } | null>;
  remove(purchaseId: string): void;
  importPriceBook(): void;
  /** Something was typed or put aside. */
  keepState(): void;
}

const checkDelay = 150;

const stateWords: Readonly<Record<Exclude<LicensePurchaseRow['state'], 'valid'>, string>> = {
  ended: 'ended',
  notYet: 'starts later',
};

/** What the license costs, and the purchases that say so. */
export class PurchasesSection {
  readonly section: PageSection;
  private readonly figures = createElement('div');
  private readonly list = createElement('div');
  private readonly formPlace = createElement('div');
  private form: PurchaseForm | undefined;
  private data: LicenseData | undefined;
  private checkTimer: number | undefined;
  private busy = false;

  constructor(private readonly actions: PurchaseActions) {
    const add = createButton({
      label: 'Add Purchase',
      icon: 'add',
      onClick: () => this.edit(null),
    });
    add.element.dataset['key'] = 'add-purchase';
    const importBook = createButton({
      label: 'Import Price Book…',
      icon: 'cloud-upload',
      onClick: () => actions.importPriceBook(),
    });
    this.section = new PageSection(
      'purchases',
      'Purchases and price',
      'Graph does not tell what a license costs, so it is kept here. Purchases that are valid today make the price of a unit.',
      [add.element, importBook.element],
    );
    this.section.show(this.figures, this.formPlace, this.list);
  }

  /** The purchase that is being typed. */
  get draft(): PurchaseDraft | null {
    return this.form?.current ?? null;
  }

  show(data: LicenseData): void {
    this.data = data;
    this.figures.replaceChildren(createPrice(data));
    this.list.replaceChildren(
      data.purchases.length === 0
        ? createElement('p', { class: 'muted', text: 'No purchase has been entered.' })
        : this.createTable(data),
    );
  }

  /** Opens the form. @param draft null for a new purchase */
  edit(draft: PurchaseDraft | null, focus = true): void {
    const { data } = this;
    if (data === undefined) return;
    const form = new PurchaseForm(draft ?? data.newPurchase, data.currencies, {
      changed: () => this.changed(),
      save: () => void this.save(),
      cancel: () => this.close(),
    });
    this.form = form;
    this.formPlace.replaceChildren(form.element);
    if (focus) form.focus();
    this.actions.keepState();
    if (draft !== null) void this.checkNow();
  }

  private close(): void {
    const key = this.form?.current.purchaseId ?? null;
    this.form = undefined;
    this.formPlace.replaceChildren();
    this.actions.keepState();
    const back = key === null ? 'add-purchase' : `edit-${key}`;
    this.section.element.querySelector<HTMLElement>(`[data-key="${CSS.escape(back)}"]`)?.focus();
  }

  private changed(): void {
    this.actions.keepState();
    window.clearTimeout(this.checkTimer);
    this.checkTimer = window.setTimeout(() => void this.checkNow(), checkDelay);
  }

  private async checkNow(): Promise<void> {
    const { form } = this;
    if (form === undefined) return;
    const asked = form.current;
    const check = await this.actions.check(asked);
    if (check !== null && this.form === form && form.current === asked) form.showCheck(check, false);
  }

  private async save(): Promise<void> {
    const { form } = this;
    if (form === undefined || this.busy) return;
    window.clearTimeout(this.checkTimer);
    this.busy = true;
    form.setBusy(true);
    const result = await this.actions.save(form.current);
    this.busy = false;
    form.setBusy(false);
    if (result === null || this.form !== form) return;
    if (result.saved) this.close();
    else form.showCheck(result.check, true);
  }

  private createTable(data: LicenseData): HTMLElement {
    return createPlainTable(
      'Purchases',
      [
        { title: 'Valid' },
        { title: 'Quantity', numeric: true },
        { title: 'Amount', numeric: true },
        { title: 'Unit per Month', numeric: true },
        { title: 'Per Month', numeric: true },
        { title: 'Per Year', numeric: true },
        { title: 'Note', wraps: true },
        { title: 'Actions', quiet: true },
      ],
      data.purchases.map((purchase) => this.createRow(purchase)),
    );
  }

  private createRow(purchase: LicensePurchaseRow): { cells: (string | Node)[]; class: string } {
    const { draft, cost, quantity, amountMinor, state } = purchase;
    const per = draft.amountPer === 'unit' ? 'per unit' : 'in total';
    const stacked = (align: string, text: string, remark: string): HTMLElement =>
      createElement('span', {
        class: `stacked ${align}`.trimEnd(),
        children: [createElement('span', { text }), createElement('span', { class: 'remark', text: remark })],
      });
    const end = draft.endingDate === '' ? 'goes on' : `to ${formatDay(draft.endingDate)}`;
    const what = `purchase from ${draft.effectiveDate}`;
    const edit = createJump('Edit', `edit-${draft.purchaseId}`, `Edit the ${what}`, () => this.edit(draft));
    edit.setAttribute('aria-label', `Edit the ${what}`);
    const remove = createJump('Remove', `remove-${draft.purchaseId}`, `Remove the ${what}`, () =>
      this.actions.remove(draft.purchaseId),
    );
    remove.setAttribute('aria-label', `Remove the ${what}`);
    return {
      class: state === 'valid' ? '' : 'quiet',
      cells: [
        stacked(
          'start',
          `From ${formatDay(draft.effectiveDate)}`,
          state === 'valid' ? end : `${end} · ${stateWords[state]}`,
        ),
        formatCount(quantity),
        stacked(
          '',
          money(amountMinor, draft.currency),
          `${per}, ${frequencyWords[draft.paymentFrequency].toLowerCase()}`,
        ),
        money(cost.unitMonthlyMinor, cost.currency),
        money(cost.monthlyMinor, cost.currency),
        money(cost.annualMinor, cost.currency),
        createElement('span', { class: 'as-typed', text: draft.note }),
        createElement('span', { class: 'row-actions', children: [edit, remove] }),
      ],
    };
  }
}

function createPrice({ money: price, position }: LicenseData): HTMLElement {
  const { currency, unitMonthlyMinor, boughtMonthlyMinor, boughtAnnualMinor, assignedMonthlyMinor } = price;
  if (unitMonthlyMinor === null && boughtMonthlyMinor === null) {
    return createElement('p', {
      class: 'hint-line',
      children: [createIcon('info'), createElement('span', { text: priceProblemText(price.priceProblem) })],
    });
  }
  const figure = (label: string, value: number | null, remark: string): HTMLElement =>
    createElement('div', {
      class: 'figure',
      children: [
        createElement('dt', { text: label }),
        createElement('dd', { class: 'figure-value', text: money(value, currency) }),
        createElement('dd', { class: 'remark', text: remark }),
      ],
    });
  const { purchasedQuantity } = price;
  const units = position === null ? null : position.entitled;
  const compared =
    purchasedQuantity === null || units === null || purchasedQuantity === units
      ? ''
      : ` The service has ${formatCount(units)}, so one of the two needs a look.`;
  return createElement('div', {
    class: 'price',
    children: [
      createElement('dl', {
        class: 'figures',
        children: [
          figure('One unit', unitMonthlyMinor, 'a month'),
          figure('Bought', boughtMonthlyMinor, 'a month'),
          figure('Bought', boughtAnnualMinor, 'a year'),
          figure('Of it assigned', assignedMonthlyMinor, 'a month'),
        ],
      }),
      ...(purchasedQuantity === null
        ? []
        : [
            createElement('p', {
              class: 'summary',
              text: `${formatCount(purchasedQuantity)} units are bought by purchases that are valid today.${compared}`,
            }),
          ]),
      ...(price.priceProblem === null
        ? []
        : [
            createElement('p', {
              class: 'hint-line',
              children: [createIcon('info'), priceProblemText(price.priceProblem)],
            }),
          ]),
    ],
  });
}
