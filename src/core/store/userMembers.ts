import type { SqlDatabase } from './sqlDatabase';
import type { ViewSpec } from './store';
import { keyOfTenant } from './tenantKey';
import type { UserIndex } from './userIndex';
import { matchingKeys, wordsOf } from './viewQuery';

/**
 * 1 for each user that the roster shows for a query, by position. Words are looked up in the index, the rest of a filter
 * is SQLite's work.
 * @throws `invalidArgument`
 */
export function userMembers(db: SqlDatabase, users: UserIndex, spec: ViewSpec): Uint8Array {
  const { text = '', ...others } = spec.filter ?? {};
  const words = wordsOf(text);
  // What is searched while names are hidden is what is shown.
  if (spec.pseudonymKey !== undefined && words.length > 0) return users.membersOf(matchingKeys(db, spec));
  const members = Object.keys(others).length === 0 ? ofTenant(db, users, spec) : null;
  const asked = members ?? users.membersOf(matchingKeys(db, { ...spec, filter: others }));
  if (words.length === 0) return asked;
  const found = users.search.matching(words.map((word) => word.toLowerCase()));
  for (let position = 0; position < found.length; position += 1) {
    found[position] = (found[position] ?? 0) & (asked[position] ?? 0);
  }
  return found;
}

/** Positions of the users of a view's tenant, or of all, in the order of tenant and user id. */
export function usersOf(users: UserIndex, db: SqlDatabase, { tenantId }: ViewSpec): Uint32Array {
  return users.ofTenant(tenantId === undefined ? undefined : keyOfTenant(db, tenantId));
}

function ofTenant(db: SqlDatabase, users: UserIndex, spec: ViewSpec): Uint8Array {
  const members = new Uint8Array(users.size);
  if (spec.tenantId === undefined) return members.fill(1);
  for (const position of usersOf(users, db, spec)) members[position] = 1;
  return members;
}
