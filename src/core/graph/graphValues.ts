import * as v from 'valibot';

/*
 * Schemas of single values as Graph sends them. An optional value that is missing, null, empty or of another
 * type than documented becomes null (unknown) and never spoils the row.
 */

/** A key; a row without it is of no use. */
export const requiredText = v.pipe(v.string(), v.trim(), v.nonEmpty());

/** An id, in lower case so that ids of different endpoints can be joined. */
export const requiredId = v.pipe(requiredText, v.toLowerCase());

/** Text or null. */
export const optionalText = v.fallback(
  v.pipe(
    v.nullable(v.string()),
    v.transform((text) => (text === null || text.trim() === '' ? null : text)),
  ),
  null,
);

/** An id or null, in lower case. */
export const optionalId = v.fallback(
  v.pipe(
    optionalText,
    v.transform((text) => text?.trim().toLowerCase() ?? null),
  ),
  null,
);

/** True, false or null. */
export const optionalBoolean = v.fallback(v.nullable(v.boolean()), null);

/** A count or null. */
export const optionalCount = v.fallback(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null);

/**
 * A time as UTC ISO 8601 text, or null. `0001-01-01T00:00:00Z` is how the service writes "never".
 * @see https://learn.microsoft.com/graph/api/resources/signinactivity
 */
export const optionalTime = v.fallback(
  v.pipe(
    optionalText,
    v.transform((text) => utcTime(text)),
  ),
  null,
);

/** Ids of a collection, in lower case; what is no text is left out. */
export const idList = v.fallback(
  v.pipe(
    v.array(v.unknown()),
    v.transform((values) =>
      values.filter((value) => typeof value === 'string').map((value) => value.trim().toLowerCase()),
    ),
  ),
  [],
);

function utcTime(text: string | null): string | null {
  if (text === null || text.startsWith('0001-')) return null;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return null;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? text : time.toISOString();
}
