import * as v from 'valibot';
import type { LifecycleStatus } from '../../core/model/lifecycle';
import {
  parsePaymentFrequency,
  type EntitlementLimit,
  type PaymentFrequency,
} from '../../core/model/purchases';

const date = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'Expected a day as YYYY-MM-DD'),
  v.check((text) => {
    const parsed = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
  }, 'Expected a day of the calendar'),
);
const text = (most: number): v.GenericSchema<unknown, string> =>
  v.pipe(v.string(), v.trim(), v.maxLength(most, `Expected at most ${most} characters`));
/** Null or empty text takes away what was there. */
const optionalText = (most: number): v.GenericSchema<unknown, string | null | undefined> =>
  v.optional(
    v.nullable(
      v.pipe(
        text(most),
        v.transform((value) => value || null),
      ),
    ),
  );
const optionalDate = v.optional(v.nullable(date));
const threshold = v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(730))));

const paymentFrequency: v.GenericSchema<unknown, PaymentFrequency> = v.pipe(
  v.string(),
  v.transform((value) => parsePaymentFrequency(value)),
  v.nonNullable(
    v.picklist(
      [
        ...(['once', 'monthly', 'quarterly', 'semiAnnually', 'annually'] as const),
        ...(['every18Months', 'biannually', 'triennially'] as const),
      ],
      'Expected once, monthly, quarterly, semiAnnually, annually, every18Months, biannually or triennially',
    ),
    'Expected once, monthly, quarterly, semiAnnually, annually, every18Months, biannually or triennially',
  ),
);

const limits = ['asPurchased', 'unlimited', 'subjectToTrueUp'] as const satisfies readonly EntitlementLimit[];
const stages = [
  ...(['active', 'inStock', 'purchased', 'received', 'retired'] as const),
] satisfies readonly LifecycleStatus[];

/** An address to which a reminder can go; whether somebody reads it nobody can check. */
const emailAddress = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(254, 'Expected at most 254 characters'),
  v.regex(/^$|^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/, 'Expected an email address such as name@contoso.com'),
  v.transform((value) => value || null),
);

/** Shapes of the arguments of the commands about one license; see design.md 4.4. */
export const licenseArguments = {
  editPurchase: v.strictObject({
    licenseId: v.string(),
    purchaseId: v.optional(v.string()),
    quantity: v.number(),
    amountMinor: v.number(),
    amountPer: v.picklist(['unit', 'total']),
    currency: v.pipe(v.string(), v.trim(), v.toUpperCase()),
    paymentFrequency,
    effectiveDate: date,
    endingDate: optionalDate,
    note: optionalText(2_000),
  }),
  removePurchase: v.strictObject({ purchaseId: v.string() }),
  setManaged: v.strictObject({
    licenseId: v.string(),
    managed: v.boolean(),
    reason: optionalText(500),
    until: optionalDate,
  }),
  setAlertsExcluded: v.strictObject({
    licenseId: v.string(),
    excluded: v.boolean(),
    reason: optionalText(500),
    until: optionalDate,
  }),
  editLicense: v.strictObject({
    licenseId: v.string(),
    limit: v.optional(v.picklist(limits)),
    buffer: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000))),
    administrator: v.optional(v.nullable(emailAddress)),
    note: optionalText(2_000),
    lifecycleStatus: v.optional(v.picklist(stages)),
    name: optionalText(200),
    inactivityDays: threshold,
    graceDays: threshold,
    noticeDays: threshold,
  }),
  answerDowngrades: v.strictObject({
    licenseId: v.string(),
    notNeeded: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500))),
    frontline: v.optional(v.boolean()),
    noHolds: v.optional(v.boolean()),
  }),
  setExchangeRates: v.strictObject({
    rates: v.pipe(
      v.array(
        v.strictObject({
          from: v.pipe(v.string(), v.trim(), v.toUpperCase()),
          to: v.pipe(v.string(), v.trim(), v.toUpperCase()),
          rate: v.union([v.pipe(v.string(), v.trim()), v.number()]),
        }),
      ),
      v.maxLength(500),
    ),
  }),
  importPriceBook: v.strictObject({
    tenantId: v.string(),
    file: v.string(),
    skipUnknown: v.optional(v.boolean()),
  }),
  exportPriceBook: v.strictObject({ tenantId: v.string(), file: v.string() }),
};

/** Longest texts, for the fields of forms. */
export const longest = { note: 2_000, reason: 500, name: 200, address: 254 } as const;

/** Whether a text is an address to which a reminder can go, or empty. */
export function isEmailAddress(value: string): boolean {
  return v.is(emailAddress, value);
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isCalendarDate(value: string): boolean {
  return v.is(date, value);
}
