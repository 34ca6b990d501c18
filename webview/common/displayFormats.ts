import { minorDigits } from '../../src/shared/currencyDigits';

/*
 * Numbers and dates as the person's VS Code language writes them. Dates of the product are days in UTC (usage
 * reports and verdicts are), so they are never shifted into a time zone; moments are shown in local time.
 */

// The words of the pages are English, so the document says `en`; only formats follow the display language.
const locale = supportedLocale(
  typeof document === 'undefined' ? undefined : document.documentElement.dataset['locale'],
);
const wholeNumber = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const megabytes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** A count with thousands separators. */
export function formatCount(value: number): string {
  return wholeNumber.format(value);
}

/** Megabytes with at most one decimal. */
export function formatMegabytes(value: number): string {
  return value > 0 && value < 0.05 ? `< ${megabytes.format(0.1)}` : megabytes.format(value);
}

/** A day, from `YYYY-MM-DD` or the start of a UTC time; what is no date is shown as it is. */
export function formatDay(iso: string): string {
  const date = new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso);
  return Number.isNaN(date.getTime()) ? iso : day.format(date);
}

/** A moment in the person's time zone. @param iso UTC ISO 8601 */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : moment.format(date);
}

/** `1 user`, `1,234 users`. */
export function countOf(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}

/**
 * An amount of money as the person's language writes it, with the digits its currency has. Null is said as
 * `unknown`, never as zero; a lower bound carries its sign.
 * @param minor minor units
 * @param currency ISO 4217
 */
export function money(
  minor: number | null,
  currency: string | null,
  { lowerBound = false }: { readonly lowerBound?: boolean } = {},
): string {
  if (minor === null || currency === null) return 'unknown';
  const digits = minorDigits(currency);
  const text = moneyFormat(currency, digits).format(minor / 10 ** digits);
  return lowerBound ? `≥ ${text}` : text;
}

const moneyFormats = new Map<string, Pick<Intl.NumberFormat, 'format'>>();

function moneyFormat(currency: string, digits: number): Pick<Intl.NumberFormat, 'format'> {
  let format = moneyFormats.get(currency);
  if (format === undefined) {
    const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    try {
      format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction });
    } catch {
      // Not the form of a code; the amount is shown beside what was given.
      const plain = new Intl.NumberFormat(locale, fraction);
      format = { format: (value) => `${plain.format(Number(value))} ${currency}` };
    }
    moneyFormats.set(currency, format);
  }
  return format;
}

function supportedLocale(tag: string | undefined): string | undefined {
  try {
    return tag === undefined || tag === '' ? undefined : Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
