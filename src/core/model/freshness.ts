import { daysBetween } from './calendarDate';

/** A source older than this many days at the time of evaluation proves nothing. */
export const freshForDays = 7;

/**
 * Whether a source is fresh: its as-of date (a report's refresh date, or the date of the import) is at most seven
 * days before the evaluation. A date in the future is fresh.
 */
export function isFresh(asOfDate: string | null, today: string): boolean {
  return asOfDate !== null && daysBetween(asOfDate, today) <= freshForDays;
}
