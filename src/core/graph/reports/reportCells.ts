import * as v from 'valibot';

/*
 * Schemas of the cells of usage reports. A cell arrives as its text, or null when it is empty or the report
 * lacks the column. What can't be read as what it should be becomes null: unknown.
 */

const cell = v.nullable(v.string());

/** A name that a row is joined by; a row without it is left out. */
export const nameCell = v.pipe(v.string(), v.nonEmpty());

/** Text or null. */
export const textCell = cell;

/** A whole number or null. */
export const countCell = v.pipe(
  cell,
  v.transform((text) => {
    if (text === null || !/^\d+(\.0+)?$/.test(text)) return null;
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : null;
  }),
);

/** Reports write `True`/`False`, `Yes`/`No` or `1`/`0`, each where it likes. */
export const booleanCell = v.pipe(
  cell,
  v.transform((text) => {
    switch (text?.toLowerCase()) {
      case 'true':
      case 'yes':
      case '1':
        return true;
      case 'false':
      case 'no':
      case '0':
        return false;
      default:
        return null;
    }
  }),
);

/** A date `YYYY-MM-DD`, cut from a time if the report gives one; null for never. */
export const dateCell = v.pipe(
  cell,
  v.transform((text) => readDate(text)),
);

/** Reads the date at the beginning of a cell; null when there is none or the calendar does not know it. */
export function readDate(text: string | null): string | null {
  const date = /^\d{4}-\d\d-\d\d(?=$|T| )/.exec(text ?? '')?.[0];
  if (date === undefined || date.startsWith('0001-')) return null;
  return isDay(date) ? date : null;
}

/** Reports repeat a few hundred dates a million times; looking at the calendar for each took a sixth of an import. */
const knownDays = new Map<string, boolean>();

function isDay(date: string): boolean {
  let known = knownDays.get(date);
  if (known === undefined) {
    const time = Date.parse(`${date}T00:00:00Z`);
    known = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
    // A file full of nonsense must not fill the memory.
    if (knownDays.size >= 10_000) knownDays.clear();
    knownDays.set(date, known);
  }
  return known;
}
