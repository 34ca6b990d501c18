import type { PriceBookPlan, PlannedPurchase } from '../../core/priceBook/priceBookPlan';
import {
  priceBookColumns,
  type PriceBookColumn,
  type PriceBookProblem,
} from '../../core/priceBook/priceBookFormat';
import { moneyText } from '../host/formats';

/** What a cell of each column must hold, after “Expected”. */
const expected: Readonly<Record<PriceBookColumn, string>> = {
  skuPartNumber: 'the part number of a product of the tenant, for example SPE_E5',
  quantity: 'a whole number above zero, for example 25',
  amountMinor: 'a whole number of minor units, for example 68400 for 684.00 EUR',
  currency: 'a currency code of three letters, for example EUR',
  paymentFrequency:
    'Once, Monthly, Quarterly, Semi-Annually, Annually, Every 18 Months, Biannually (every two years) or Triennially',
  effectiveDate: 'a day as YYYY-MM-DD, for example 2026-01-31',
  endingDate: 'a day as YYYY-MM-DD on or after the effective date, or nothing',
  amountPer: '“unit” or “total”',
  note: 'a text of at most 2,000 characters',
  purchaseId: 'the id of a purchase of this product as an export wrote it, or nothing',
};

/** Where something is wrong: `Line 4, quantity`. */
export function problemPlace({ line, column }: PriceBookProblem): string {
  return column === null ? `Line ${line}` : `Line ${line}, ${column}`;
}

/** What is wrong, and what was expected. */
export function problemText(problem: PriceBookProblem): string {
  const { column } = problem;
  const wanted = column === null ? '' : ` Expected ${expected[column]}.`;
  const value = problem.value === '' ? 'This' : `“${problem.value}”`;
  switch (problem.problem) {
    case 'empty':
      return `The cell is empty.${wanted}`;
    case 'notAWholeNumber':
      return `${value} is not a whole number.${wanted}`;
    case 'negative':
      return `${value} is below zero.${wanted}`;
    case 'zero':
      return `The quantity is zero.${wanted}`;
    case 'tooLarge':
      return column === null
        ? `The file is larger than ${problem.value} MB. Expected a price book with at most 20,000 rows.`
        : `${value} is too large to calculate with.${wanted}`;
    case 'notMinorUnits':
      return `${value} has a decimal point or comma.${wanted}`;
    case 'unknownValue':
      return `${value} is not known.${wanted}`;
    case 'notADate':
      return `${value} is not a day.${wanted}`;
    case 'beforeStart':
      return `${value} is before the effective date.${wanted}`;
    case 'tooLong':
      return `${value} is too long.${wanted}`;
    case 'cellCount':
      return `The row has ${problem.value} cells. Expected as many as the header has; a cell with a separator in it needs quotes.`;
    case 'unknownProduct':
      return `The tenant has no license with the part number ${value}.${wanted}`;
    case 'ambiguousProduct':
      return `Several products of the tenant have the part number ${value}. Enter their purchases on the license’s page.`;
    case 'unknownPurchase':
      return `There is no purchase with the id ${value} for this product.${wanted}`;
    case 'repeatedPurchase':
      return `The id ${value} is in the file twice. Expected every id once.`;
    case 'brokenQuotes':
      return 'A quotation mark does not end, or stands where none may. Expected quotes around a whole cell, and doubled inside it.';
    case 'missingColumn':
      return `The header has no column ${column ?? ''}. Expected ${priceBookColumns.join(', ')}.`;
    case 'repeatedColumn':
      return 'The header has this column twice. Expected it once.';
    case 'noRows':
      return 'The file has no rows. Expected a header and a row for each purchase.';
    case 'tooManyRows':
      return `The file has more than ${problem.value} rows.`;
    case 'notText':
      return 'The file is not text. Expected a CSV file, not a workbook; save it as “CSV UTF-8”.';
  }
}

/** All that keeps a file from being imported, as one sentence or a short list. */
export function problemsText(problems: readonly PriceBookProblem[]): string {
  const most = 10;
  const listed = problems
    .slice(0, most)
    .map((problem) => `${problemPlace(problem)}: ${problemText(problem)}`);
  const more = problems.length > most ? [`… and ${problems.length - most} more.`] : [];
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return [`The price book has ${count}, so nothing was imported.`, ...listed, ...more].join('\n');
}

/** One planned purchase in a line: `25 × 12.00 EUR monthly, from 2026-01-01`. */
export function purchaseText({ purchase }: PlannedPurchase): string {
  const { quantity, amountMinor, currency, amountPer, paymentFrequency, effectiveDate, endingDate } =
    purchase;
  const amount = moneyText(amountMinor, currency);
  const price = amountPer === 'unit' ? `${quantity} × ${amount}` : `${quantity} for ${amount} in total`;
  const time = endingDate === null ? `from ${effectiveDate}` : `${effectiveDate} to ${endingDate}`;
  return `${price} ${frequencyWords[paymentFrequency]}, ${time}`;
}

/** Payment frequencies as a person reads them. */
export const frequencyWords: Readonly<Record<PlannedPurchase['purchase']['paymentFrequency'], string>> = {
  once: 'once',
  monthly: 'monthly',
  quarterly: 'quarterly',
  semiAnnually: 'semi-annually',
  annually: 'annually',
  every18Months: 'every 18 months',
  biannually: 'biannually (every two years)',
  triennially: 'triennially',
};

/** What an import of the file did or would do. */
export function planText({ entries }: Pick<PriceBookPlan, 'entries'>): string {
  const count = (action: PlannedPurchase['action']): number =>
    entries.filter((entry) => entry.action === action).length;
  const parts = [
    [count('add'), 'added'],
    [count('replace'), 'replaced'],
    [count('same'), 'already there'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}
