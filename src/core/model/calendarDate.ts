/*
 * Arithmetic on dates written `YYYY-MM-DD`. Dates of this form compare as text; a longer text (a UTC time in
 * ISO 8601) counts as its date.
 */

const millisecondsPerDay = 86_400_000;

/** Days since 1970-01-01 of a date; NaN when the text does not begin with one. */
export function dayNumber(date: string): number {
  return (
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) /
    millisecondsPerDay
  );
}

/** The date so many days later (or earlier, with a negative number). */
export function addDays(date: string, days: number): string {
  return new Date((dayNumber(date) + days) * millisecondsPerDay).toISOString().slice(0, 10);
}

/** Whole days from the first date to the second; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
