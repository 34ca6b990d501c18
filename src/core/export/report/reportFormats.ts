import { minorDigits } from '../../../shared/currencyDigits';
import type { ReportAmount } from './reportData';

/*
 * Numbers and dates of a report, in US English whatever the machine is set to: the file is read elsewhere.
 */

const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const dayFormat = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
const momentFormat = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** A count with thousands separators; a true minus sign. */
export function countText(value: number): string {
  return wholeNumber.format(value).replace('-', '−');
}

/** A count that may be unknown. */
export function knownCount(value: number | null): string {
  return value === null ? 'unknown' : countText(value);
}

/** `1 unit`, `2 units`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${countText(value)} ${value === 1 ? singular : plural}`;
}

/** A day; what is no date is shown as it is. @param iso `YYYY-MM-DD` or a time that begins so */
export function dayText(iso: string): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? iso : dayFormat.format(date);
}

/** A moment in UTC; what is no time is shown as it is. @param iso UTC ISO 8601 */
export function momentText(iso: string): string {
  const date = new Date(iso);
  // Some versions of the language data separate the time by a narrow no-break space.
  return Number.isNaN(date.getTime()) ? iso : `${momentFormat.format(date).replace(/\s/g, ' ')} UTC`;
}

/** An amount with its currency and the digits that the currency has; a code that nobody knows stands behind. */
export function moneyText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const value = minor / 10 ** digits;
  const shown = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency, ...shown })
      .format(value)
      .replace('-', '−');
  } catch {
    return `${new Intl.NumberFormat('en-US', shown).format(value)} ${currency}`;
  }
}

/** An amount that may be unknown. */
export function knownMoney(minor: number | null, currency: string | null): string {
  return minor === null || currency === null ? 'unknown' : moneyText(minor, currency);
}

/** Amounts of several currencies, which are never added. */
export function amountsText(amounts: readonly ReportAmount[]): string {
  return amounts.map(({ minor, currency }) => moneyText(minor, currency)).join(' and ');
}
