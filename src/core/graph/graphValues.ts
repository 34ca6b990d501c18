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

/*
 * The same as plain functions, for the rows of which there are hundreds of thousands: users with their assignments, and
 * sign-ins. A schema takes five times as long there, on the extension host's thread.
 */

/** The properties of what may be an object; null when it is none. */
export function propertiesOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

/** What {@link requiredText} reads; null where it refuses. */
export function requiredTextOf(value: unknown): string | null {
  return typeof value === 'string' ? value.trim() || null : null;
}

/** What {@link requiredId} reads; null where it refuses. */
export function requiredIdOf(value: unknown): string | null {
  return requiredTextOf(value)?.toLowerCase() ?? null;
}

/** See {@link optionalText}. */
export function optionalTextOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** See {@link optionalId}. */
export function optionalIdOf(value: unknown): string | null {
  return requiredIdOf(value);
}

/** See {@link optionalBoolean}. */
export function optionalBooleanOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** See {@link optionalTime}. */
export function optionalTimeOf(value: unknown): string | null {
  return typeof value === 'string' ? utcTime(value) : null;
}

/** See {@link idList}. */
export function idListOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return none;
  return value.filter((item) => typeof item === 'string').map((item) => item.trim().toLowerCase());
}

const none: readonly string[] = [];

/** A time as the service writes it. Its day is one of any month, as JavaScript's own reading of a time has it. */
const serviceTime = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/;

function utcTime(text: string | null): string | null {
  if (text === null || text.startsWith('0001-')) return null;
  if (serviceTime.test(text)) return text;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return null;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? text : time.toISOString();
}
