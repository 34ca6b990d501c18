import { minorDigits } from '../../core/model/money';
import type { Purchase, PurchaseProblem } from '../../core/model/purchases';

/** What is wrong with a field of a purchase and what would be right, for a form or a command. */
export function purchaseProblemSentence({ field, problem }: PurchaseProblem, purchase: Purchase): string {
  switch (field) {
    case 'quantity':
      return 'Enter a whole number above zero.';
    case 'amountMinor':
      if (problem === 'tooLarge') return 'The amount is too large to calculate with.';
      return problem === 'negative'
        ? 'Enter an amount of zero or more.'
        : amountExpectation(purchase.currency);
    case 'currency':
      return 'Enter a currency code of three letters, such as EUR or USD.';
    case 'paymentFrequency':
      return 'Choose how often the amount is paid.';
    case 'amountPer':
      return 'Choose whether the amount is for one unit or for all of them.';
    case 'effectiveDate':
      return 'Enter the first day as YYYY-MM-DD.';
    case 'endingDate':
      return problem === 'beforeStart'
        ? 'The last day is before the first day. Enter a later day, or nothing if the purchase goes on.'
        : 'Enter the last day as YYYY-MM-DD, or nothing if the purchase goes on.';
    case 'note':
    case 'purchaseId':
      return 'Enter a shorter text.';
  }
}

/** How an amount of a currency is written: with the decimals that the currency has. */
export function amountExpectation(currency: string): string {
  const digits = minorDigits(currency);
  return digits === 0
    ? `Enter an amount without decimals, such as 1200${currency === '' ? '' : ` ${currency}`}.`
    : `Enter an amount with at most ${digits} decimals and without thousands separators, such as 1234.${'5'.padEnd(digits, '0')}.`;
}
