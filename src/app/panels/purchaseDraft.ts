import * as v from 'valibot';
import { annualMinor, minorDigits } from '../../core/model/money';
import { roundHalfUp, dividedBy } from '../../core/model/fraction';
import {
  isValidOn,
  monthlyTotal,
  purchasedQuantity,
  purchaseProblems,
  type Purchase,
} from '../../core/model/purchases';
import {
  paymentFrequencies,
  type LicensePurchaseRow,
  type PurchaseCheck,
  type PurchaseCost,
  type PurchaseDraft,
  type PurchaseField,
} from '../../shared/licenseContract';
import { longest } from '../commands/licenseArguments';
import { amountExpectation, purchaseProblemSentence } from '../commands/purchaseProblemText';

const short = v.pipe(v.string(), v.maxLength(100));

/** A purchase as a page may send it. */
export const purchaseDraftSchema: v.GenericSchema<unknown, PurchaseDraft> = v.object({
  purchaseId: v.nullable(short),
  quantity: short,
  amount: short,
  amountPer: v.picklist(['unit', 'total']),
  currency: short,
  paymentFrequency: v.picklist(paymentFrequencies),
  effectiveDate: short,
  endingDate: short,
  note: v.pipe(v.string(), v.maxLength(longest.note + 1_000)),
});

/** Which field of the form a field of a purchase is in. */
const fieldOf: Readonly<Partial<Record<keyof Purchase, PurchaseField>>> = {
  quantity: 'quantity',
  amountMinor: 'amount',
  amountPer: 'amountPer',
  currency: 'currency',
  paymentFrequency: 'paymentFrequency',
  effectiveDate: 'effectiveDate',
  endingDate: 'endingDate',
  note: 'note',
};

/** The purchase that a draft means; numbers that can't be read are NaN. */
export function purchaseOf(draft: PurchaseDraft, purchaseId: string): Purchase {
  const currency = draft.currency.trim().toUpperCase();
  const quantity = draft.quantity.trim();
  return {
    purchaseId,
    quantity: /^-?\d{1,12}$/.test(quantity) ? Number(quantity) : Number.NaN,
    amountMinor: minorOf(draft.amount, currency),
    amountPer: draft.amountPer,
    currency,
    paymentFrequency: draft.paymentFrequency,
    effectiveDate: draft.effectiveDate.trim(),
    endingDate: draft.endingDate.trim() || null,
    note: draft.note.trim() || null,
  };
}

/**
 * Minor units of an amount as a person types it, with a point or a comma before the decimals and nothing between
 * thousands; NaN when it is no such amount, or has more decimals than the currency.
 */
export function minorOf(amount: string, currency: string): number {
  const match = /^(-?)(\d{1,15})(?:[.,](\d{1,4}))?$/.exec(amount.trim());
  if (match === null) return Number.NaN;
  const [, sign = '', whole = '', decimals = ''] = match;
  const digits = minorDigits(currency);
  if (decimals.length > digits) return Number.NaN;
  return Number(`${sign}${whole}${decimals.padEnd(digits, '0')}`);
}

/** An amount as a person types it: `684.00`. */
export function amountOf(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0 ? '-' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`;
}

/** What is wrong with a draft, or what it costs. */
export function checkPurchase(draft: PurchaseDraft): PurchaseCheck {
  const purchase = purchaseOf(draft, draft.purchaseId ?? 'new');
  const problems = purchaseProblems(purchase).flatMap((problem) => {
    const field = fieldOf[problem.field];
    if (field === undefined) return [];
    const unread = field === 'amount' && problem.problem === 'notAWholeNumber';
    return [
      {
        field,
        sentence: unread ? amountExpectation(purchase.currency) : purchaseProblemSentence(problem, purchase),
      },
    ];
  });
  if (draft.note.trim().length > longest.note) {
    problems.push({ field: 'note', sentence: `Enter at most ${longest.note} characters.` });
  }
  return { problems, cost: problems.length === 0 ? costOf(purchase) : null };
}

/** What a purchase costs, rounded once. */
export function costOf(purchase: Purchase): PurchaseCost {
  const monthly = monthlyTotal(purchase);
  if (monthly === null) {
    return { currency: purchase.currency, unitMonthlyMinor: null, monthlyMinor: null, annualMinor: null };
  }
  return {
    currency: purchase.currency,
    unitMonthlyMinor: purchase.quantity > 0 ? roundHalfUp(dividedBy(monthly, purchase.quantity)) : null,
    monthlyMinor: roundHalfUp(monthly),
    annualMinor: annualMinor(monthly),
  };
}

/** A purchase as the page shows and edits it. */
export function purchaseRow(purchase: Purchase, today: string): LicensePurchaseRow {
  return {
    draft: {
      purchaseId: purchase.purchaseId,
      quantity: String(purchase.quantity),
      amount: amountOf(purchase.amountMinor, purchase.currency),
      amountPer: purchase.amountPer,
      currency: purchase.currency,
      paymentFrequency: purchase.paymentFrequency,
      effectiveDate: purchase.effectiveDate,
      endingDate: purchase.endingDate ?? '',
      note: purchase.note ?? '',
    },
    quantity: purchase.quantity,
    amountMinor: purchase.amountMinor,
    state: isValidOn(purchase, today) ? 'valid' : purchase.effectiveDate > today ? 'notYet' : 'ended',
    cost: costOf(purchase),
  };
}

/**
 * What the form of a new purchase begins with: the units of the tenant that no purchase covers on the day, paid as the
 * last ones were.
 */
export function newPurchase(
  units: number | null,
  purchases: readonly Purchase[],
  today: string,
): PurchaseDraft {
  const last = purchases.at(-1);
  const uncovered = (units ?? 0) - purchasedQuantity(purchases, today);
  return {
    purchaseId: null,
    quantity: uncovered > 0 ? String(uncovered) : '',
    amount: '',
    amountPer: last?.amountPer ?? 'unit',
    currency: last?.currency ?? '',
    paymentFrequency: last?.paymentFrequency ?? 'annually',
    effectiveDate: today,
    endingDate: '',
    note: '',
  };
}
