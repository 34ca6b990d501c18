import { addDays, dayNumber } from './calendarDate';
import { fraction, times, dividedBy, type Fraction } from './fraction';
import { isCurrency } from './money';

/** How often an amount is paid. `biannually` is every two years; twice a year is `semiAnnually`. */
export type PaymentFrequency =
  | 'once'
  | 'monthly'
  | 'quarterly'
  | 'semiAnnually'
  | 'annually'
  | 'every18Months'
  | 'biannually'
  | 'triennially';

/** Months that one payment pays for; null for a single payment, which pays for the time of its purchase. */
export const monthsPaid: Readonly<Record<PaymentFrequency, number | null>> = {
  once: null,
  monthly: 1,
  quarterly: 3,
  semiAnnually: 6,
  annually: 12,
  every18Months: 18,
  biannually: 24,
  triennially: 36,
};

/** Units of a license bought together: the facts that a person keeps by hand. */
export interface Purchase {
  readonly purchaseId: string;
  readonly quantity: number;
  /** Minor units of the currency, per payment. */
  readonly amountMinor: number;
  /** Whether the amount is for one unit or for all of them. */
  readonly amountPer: 'unit' | 'total';
  /** ISO 4217. */
  readonly currency: string;
  readonly paymentFrequency: PaymentFrequency;
  /** First day, `YYYY-MM-DD`. */
  readonly effectiveDate: string;
  /** Last day, `YYYY-MM-DD`; null: goes on. */
  readonly endingDate: string | null;
  readonly note: string | null;
}

/** What may be used of a license, and what happens beyond. */
export type EntitlementLimit =
  | 'asPurchased'
  /** No number of seats is too many. */
  | 'unlimited'
  /** More may be used until the true-up: what is missing then is a forecast, not a breach. */
  | 'subjectToTrueUp';

/** What a person decides about a license, besides its purchases. */
export interface LicenseTerms {
  readonly limit: EntitlementLimit;
  /** Units to keep free on purpose. */
  readonly buffer: number;
  /** Email address that is reminded of dates; null: nobody is. */
  readonly administrator: string | null;
  readonly note: string | null;
}

/** Terms of a license of which nobody has said anything. */
export const defaultLicenseTerms: LicenseTerms = {
  limit: 'asPurchased',
  buffer: 0,
  administrator: null,
  note: null,
};

/** What is wrong with a field of a purchase. */
export interface PurchaseProblem {
  readonly field: keyof Purchase;
  readonly problem:
    'notAWholeNumber' | 'negative' | 'zero' | 'tooLarge' | 'unknownValue' | 'notADate' | 'beforeStart';
}

/** Checks a purchase that a person entered or that a file brings; an empty list means that it is fine. */
export function purchaseProblems(purchase: Purchase): readonly PurchaseProblem[] {
  const problems: PurchaseProblem[] = [];
  const report = (field: keyof Purchase, problem: PurchaseProblem['problem']): void => {
    problems.push({ field, problem });
  };
  const { quantity, amountMinor, effectiveDate, endingDate } = purchase;
  if (!Number.isSafeInteger(quantity)) report('quantity', 'notAWholeNumber');
  else if (quantity < 0) report('quantity', 'negative');
  else if (quantity === 0) report('quantity', 'zero');
  if (!Number.isSafeInteger(amountMinor)) report('amountMinor', 'notAWholeNumber');
  else if (amountMinor < 0) report('amountMinor', 'negative');
  else if (amountMinor * Math.max(1, quantity || 1) * 12 > Number.MAX_SAFE_INTEGER) {
    report('amountMinor', 'tooLarge');
  }
  if (!isCurrency(purchase.currency)) report('currency', 'unknownValue');
  if (!(purchase.paymentFrequency in monthsPaid)) report('paymentFrequency', 'unknownValue');
  if (purchase.amountPer !== 'unit' && purchase.amountPer !== 'total') report('amountPer', 'unknownValue');
  if (!isDate(effectiveDate)) report('effectiveDate', 'notADate');
  if (endingDate !== null) {
    if (!isDate(endingDate)) report('endingDate', 'notADate');
    else if (isDate(effectiveDate) && endingDate < effectiveDate) report('endingDate', 'beforeStart');
  }
  return problems;
}

/** Reads a payment frequency as people and other programs write it (`Semi-Annually`, `every 18 months`). */
export function parsePaymentFrequency(text: string): PaymentFrequency | null {
  const plain = text.toLowerCase().replace(/[\s_-]/g, '');
  const known = Object.keys(monthsPaid) as PaymentFrequency[];
  return known.find((frequency) => frequency.toLowerCase() === plain) ?? null;
}

/** Whether a purchase counts on a date: both its first and its last day do. */
export function isValidOn(purchase: Pick<Purchase, 'effectiveDate' | 'endingDate'>, date: string): boolean {
  return purchase.effectiveDate <= date && (purchase.endingDate === null || date <= purchase.endingDate);
}

/** Units bought that count on a date. */
export function purchasedQuantity(purchases: readonly Purchase[], date: string): number {
  return purchases
    .filter((purchase) => isValidOn(purchase, date))
    .reduce((sum, purchase) => sum + purchase.quantity, 0);
}

/**
 * What a whole purchase costs per month, in exact minor units. A single payment is spread evenly over the months
 * from the first to the last day. Null for a single payment without a last day, since nobody knows how long it
 * lasts.
 */
export function monthlyTotal(purchase: Purchase): Fraction | null {
  const perUnit = purchase.amountPer === 'unit' ? purchase.quantity : 1;
  const payment = fraction(BigInt(purchase.amountMinor) * BigInt(perUnit));
  const paid = monthsPaid[purchase.paymentFrequency];
  if (paid !== null) return dividedBy(payment, paid);
  if (purchase.endingDate === null) return null;
  const { numerator, denominator } = monthsOf(purchase.effectiveDate, purchase.endingDate);
  return dividedBy(times(payment, denominator), numerator);
}

/** Months of a period, both days included; the part of a month that is left counts by its days. */
export function monthsOf(firstDay: string, lastDay: string): Fraction {
  const end = addDays(lastDay, 1);
  let whole = (Number(end.slice(0, 4)) - Number(firstDay.slice(0, 4))) * 12;
  whole += Number(end.slice(5, 7)) - Number(firstDay.slice(5, 7));
  if (addMonths(firstDay, whole) > end) whole -= 1;
  const from = addMonths(firstDay, whole);
  const length = dayNumber(addMonths(firstDay, whole + 1)) - dayNumber(from);
  return fraction(whole * length + dayNumber(end) - dayNumber(from), length);
}

/** The same day so many months later, or the last of the month where the month is shorter. */
export function addMonths(date: string, months: number): string {
  const first = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(Number(date.slice(8, 10)), last));
  return first.toISOString().slice(0, 10);
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayNumber(text)) && addDays(text, 0) === text;
}
