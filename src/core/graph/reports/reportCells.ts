/*
 * Readers of the cells of usage reports. A cell arrives as its text, or null when it is empty or the report lacks the
 * column. What can't be read as what it should be becomes null: unknown. Plain functions rather than schemas: there
 * are ten million cells in the reports of a large tenant.
 */

/** Reads a cell; undefined makes the row invalid. */
export type CellReader<T> = (text: string | null) => T | undefined;

/** A name that a row is joined by; a row without it is left out. */
export function nameCell(text: string | null): string | undefined {
  return text ?? undefined;
}

/** Text or null. */
export function textCell(text: string | null): string | null {
  return text;
}

/** A whole number or null. */
export function countCell(text: string | null): number | null {
  if (text === null || !/^\d+(\.0+)?$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** Reports write `True`/`False`, `Yes`/`No` or `1`/`0`, each where it likes. */
export function booleanCell(text: string | null): boolean | null {
  switch (text) {
    case null:
      return null;
    case 'True':
    case 'Yes':
    case '1':
      return true;
    case 'False':
    case 'No':
    case '0':
      return false;
    default:
      return spelledBoolean(text.toLowerCase());
  }
}

/** A date `YYYY-MM-DD`, cut from a time if the report gives one; null for never. */
export function dateCell(text: string | null): string | null {
  return readDate(text);
}

function spelledBoolean(text: string): boolean | null {
  if (text === 'true' || text === 'yes') return true;
  return text === 'false' || text === 'no' ? false : null;
}

/** Reports repeat a few hundred dates a million times; looking at the calendar for each took a sixth of an import. */
const knownDates = new Map<string, string | null>();

/** Reads the date at the beginning of a cell; null when there is none or the calendar does not know it. */
export function readDate(text: string | null): string | null {
  if (text === null || text.length < 10) return null;
  if (text.length > 10) return text[10] === 'T' || text[10] === ' ' ? readDate(text.slice(0, 10)) : null;
  let known = knownDates.get(text);
  if (known === undefined) {
    known = parseDate(text);
    // A file full of nonsense must not fill the memory.
    if (knownDates.size >= 10_000) knownDates.clear();
    knownDates.set(text, known);
  }
  return known;
}

function parseDate(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0001-')) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}
