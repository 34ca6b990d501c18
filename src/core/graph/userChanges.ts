import * as v from 'valibot';
import type { UserRow, UserSignInRow } from '../model/datasets';
import { LicenseError } from '../foundation/errors';
import type { GraphClient } from './graphClient';
import { propertiesOf, requiredId, requiredIdOf } from './graphValues';
import type { ReadingContext } from './listing';
import { readListing, startedAhead } from './listing';
import { signInTimesOf, toUserRow, userPermissions, userSelect } from './users';

const options = { permissions: userPermissions };

/** Graph takes so many clauses joined by `or` in one filter. */
const clauses = 15;

/** What a delta query says of one user. */
export interface UserChange {
  readonly userId: string;
  /** Soft-deleted (`changed`) or gone for good (`deleted`). */
  readonly removed: boolean;
}

const change = v.object({
  id: requiredId,
  '@removed': v.optional(v.unknown()),
});

/**
 * Where the changes of users begin from now on. Asked for before the users are read: what changes meanwhile then
 * comes again, which does no harm. Null when this Graph gives no such link.
 * @see https://learn.microsoft.com/graph/delta-query-overview
 */
export async function latestUserDelta(client: GraphClient): Promise<string | null> {
  let link: string | null = null;
  const path = `/v1.0/users/delta?$select=${userSelect(false)}&$deltatoken=latest`;
  for await (const page of client.pages(path, options)) link = page.deltaLink ?? link;
  return link;
}

/** What changed since a delta link, each user once with what was said last, and the link for the next time. */
export async function readUserDelta(
  client: GraphClient,
  link: string,
): Promise<{ readonly changes: readonly UserChange[]; readonly deltaLink: string }> {
  const changes = new Map<string, UserChange>();
  let deltaLink: string | null = null;
  for await (const page of client.pages(link, options)) {
    for (const value of page.values) {
      const parsed = v.safeParse(change, value);
      if (!parsed.success) continue;
      const { id } = parsed.output;
      changes.set(id, { userId: id, removed: (parsed.output['@removed'] ?? null) !== null });
    }
    deltaLink = page.deltaLink ?? deltaLink;
  }
  if (deltaLink === null) {
    throw new LicenseError('badResponse', 'The changes of users ended without a link to the next ones.');
  }
  return { changes: [...changes.values()], deltaLink };
}

/**
 * Reads chosen users whole. The rows of a delta query are not enough: what it says of licenses, and which
 * properties it repeats, is not documented.
 */
export async function* readUsersById(
  context: ReadingContext,
  ids: readonly string[],
  withSignInActivity: boolean,
): AsyncGenerator<readonly UserRow[]> {
  for (let start = 0; start < ids.length; start += clauses) {
    const some = ids.slice(start, start + clauses);
    const filter = encodeURIComponent(some.map((id) => `id eq '${id.replaceAll("'", "''")}'`).join(' or '));
    const path = `/v1.0/users?$filter=${filter}&$select=${userSelect(withSignInActivity)}`;
    yield* readListing(context, path, options, toUserRow);
  }
}

/**
 * Reads the sign-in dates of users who signed in, or tried to, since a time. Two lists, since a filter on
 * `signInActivity` can't be combined with others; who signed in successfully is in one of them. Both are asked for at
 * once.
 * @param since UTC ISO 8601
 * @see https://learn.microsoft.com/graph/api/resources/signinactivity
 */
export function readSignInsSince(
  context: ReadingContext,
  since: string,
): AsyncIterable<readonly UserSignInRow[]> {
  const lists = ['lastSignInDateTime', 'lastNonInteractiveSignInDateTime'].map((property) => {
    const filter = encodeURIComponent(`signInActivity/${property} ge ${since}`);
    const path = `/v1.0/users?$filter=${filter}&$select=id,signInActivity&$top=500`;
    return startedAhead(readListing(context, path, options, toSignIns));
  });
  return oneAfterTheOther(lists);
}

async function* oneAfterTheOther<T>(lists: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  for (const list of lists) yield* list;
}

/** Rejects as the list of users would when sign-in activity may not be read. */
export async function probeSignInActivity(client: GraphClient): Promise<void> {
  await client.getJson('/v1.0/users?$select=id,signInActivity&$top=1', options);
}

function toSignIns(value: unknown): UserSignInRow | null {
  const user = propertiesOf(value);
  const userId = requiredIdOf(user?.id);
  // Without the property nothing is known of the dates, and those of the file stay.
  if (userId === null || propertiesOf(user?.signInActivity) === null) return null;
  return { userId, ...signInTimesOf(user?.signInActivity) };
}
