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
