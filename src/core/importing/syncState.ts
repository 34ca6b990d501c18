import * as v from 'valibot';
import type { Connection } from '../model/connection';

/** After so long everything is read whole again, whatever the service says. Milliseconds. */
const fullEvery = 7 * 24 * 60 * 60 * 1000;

/** How far back what is already known is read again: the service is late with some of its dates. Milliseconds. */
const overlap = 24 * 60 * 60 * 1000;

const time = v.pipe(v.string(), v.isoTimestamp());

const common = {
  /** Of this text: whoever changes what is stored raises it, and old ones are forgotten. */
  version: v.literal(1),
  /** When the dataset was last read whole. */
  fullAt: time,
  /** Another connection may see less. */
  connectionId: v.string(),
};

/** Why sign-in activity could not be read although the users could. */
export const signInRefusals = ['premiumRequired', 'permissionMissing', 'roleMissing'] as const;

/** What every dataset's text says. */
export interface SyncState {
  readonly fullAt: string;
  readonly connectionId: string;
}

/** Kept with the users. */
export const userSync = v.object({
  ...common,
  deltaLink: v.string(),
  /** Whether sign-in activity came with the users. */
  signInActivity: v.picklist(['read', ...signInRefusals]),
  /** The newest sign-in of anybody. */
  newestSignIn: v.nullable(v.string()),
  /** The service's count of each license at that time. */
  consumed: v.record(v.string(), v.number()),
});

/** The state of the users. */
export type UserSync = v.InferOutput<typeof userSync>;

/** Kept with the sign-ins to applications. */
export const signInSync = v.object({ ...common, newestAt: v.string() });

/** Kept with what is read whole, and once a week at most. */
export const weeklySync = v.object(common);

/** Kept with a report. */
export const reportSync = v.object({ ...common, etag: v.string() });

/**
 * What the last import of a dataset left for this one; null when there is nothing that this import can build on: it
 * is of another connection, too old, or no longer understood.
 */
export function usableSync<T extends SyncState>(
  schema: v.GenericSchema<unknown, T>,
  text: string | null | undefined,
  connection: Connection,
  now: Date,
): T | null {
  if (text === null || text === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success || parsed.output.connectionId !== connection.connectionId) return null;
  const age = now.getTime() - Date.parse(parsed.output.fullAt);
  return age >= 0 && age < fullEvery ? parsed.output : null;
}

/** A time from which on to read again, given the newest time known. */
export function withOverlap(newest: string): Date {
  return new Date(Date.parse(newest) - overlap);
}
