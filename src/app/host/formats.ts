import { minorDigits } from '../../core/model/money';

/*
 * Formats are made at first use: making the first one loads the language data, which took a third of the whole
 * activation.
 */
let numbers: Intl.NumberFormat | undefined;
let spans: Intl.RelativeTimeFormat | undefined;

/** A whole number with thousands separators. */
export function formatCount(value: number): string {
  numbers ??= new Intl.NumberFormat('en-US');
  return numbers.format(value);
}

/** How long ago a moment was. @param iso UTC ISO 8601 */
export function ago(iso: string, now: Date): string {
  const minutes = Math.round((Date.parse(iso) - now.getTime()) / 60_000);
  if (!Number.isFinite(minutes)) return iso;
  if (minutes > -1) return 'just now';
  spans ??= new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });
  if (minutes > -60) return spans.format(minutes, 'minute');
  if (minutes > -60 * 24) return spans.format(Math.round(minutes / 60), 'hour');
  return spans.format(Math.round(minutes / 60 / 24), 'day');
}

/** A moment in the person's own time zone. @param iso UTC ISO 8601 */
export function dateTime(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** An amount of money with its currency: `1,234.50 EUR`. @param minor whole minor units */
export function moneyText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = formatCount(Number(text.slice(0, text.length - digits)));
  const sign = minor < 0 ? '−' : '';
  return `${sign}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`} ${currency}`;
}
