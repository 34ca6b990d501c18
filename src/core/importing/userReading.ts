import { isCancellation } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import type { ReadingContext } from '../graph/listing';
import {
  latestUserDelta,
  probeSignInActivity,
  readSignInsSince,
  readUserDelta,
  readUsersById,
} from '../graph/userChanges';
import { newestSignIn, readDeletedUsers, readUsers } from '../graph/users';
import type { UserChanges, UserRow } from '../model/datasets';
import type { Store } from '../store/store';
import type { SeatCounts } from './seatProof';
import { disagreement, licensesHeld, storedSeats } from './seatProof';
import type { UserSync } from './syncState';
import { signInRefusals, withOverlap } from './syncState';
import { signInActivityWarning } from './importWarnings';

/** What the readings of users need beside the Graph client. */
export interface UserReadingDeps {
  readonly store: Pick<Store, 'query'>;
  readonly tenantId: string;
  readonly connectionId: string;
  /** Users in the file. */
  readonly knownUsers: number;
  /** The service's count of each license, as this import reads it; null when it could not. */
  readonly consumed: () => Promise<SeatCounts | null>;
}

/** Changed users are read one by one up to this share of all, and at least so many; beyond, the list is faster. */
const changedShare = 0.05;
const changedAtLeast = 300;

/** True for an error of a reading of changes after which the whole list may still work. */
export function worthReadingWhole(error: unknown): boolean {
  if (isCancellation(error) || !isLicenseError(error)) return false;
  return !['network', 'timeout', 'throttled', 'signInRequired', 'untrustedHost'].includes(error.reason);
}

/** Reads all users, and leaves what the next import needs in order to read only what changed. */
export async function* readAllUsers(
  context: ReadingContext,
  deps: UserReadingDeps,
  signInActivity: UserSync['signInActivity'],
): AsyncGenerator<readonly UserRow[]> {
  const fullAt = context.now().toISOString();
  const deltaLink = await deltaLinkOf(context);
  let newest: string | null = null;
  for await (const rows of readUsers(context, { signInActivity: signInActivity === 'read' })) {
    for (const row of rows) newest = later(newest, newestSignIn(row));
    yield rows;
  }
  const consumed = deltaLink === null ? null : await deps.consumed();
  if (deltaLink === null || consumed === null) return;
  context.notes.syncState = formatUserSync({
    version: 1,
    fullAt,
    connectionId: deps.connectionId,
    deltaLink,
    signInActivity,
    newestSignIn: newest,
    consumed: Object.fromEntries(consumed),
  });
}

/**
 * Reads only what changed since the last import. Proof that nothing was missed: the seats of each license still
 * stand to the service's count as they did. Where they don't, and where the service has forgotten the last import,
 * it rejects, and {@link worthReadingWhole} says that the whole list should be read.
 */
export async function* readChangedUsers(
  context: ReadingContext,
  deps: UserReadingDeps,
  last: UserSync,
): AsyncGenerator<UserChanges> {
  const { client, notes } = context;
  notes.mode = 'merge';
  notes.onlyNew = true;
  const withSignIns = last.signInActivity === 'read';
  const since = last.newestSignIn === null ? null : secondsOf(withOverlap(last.newestSignIn));
  if (withSignIns && since === null) throw readWhole('Nobody had signed in before.');
  // None of these waits for another one: as a rule nothing has changed, and the answers are short.
  const refused = withSignIns ? null : signInsStillRefused(context);
  const delta = readUserDelta(client, last.deltaLink);
  const deletedNow = readDeletedUsers(context);
  const signInsNow = withSignIns && since !== null ? readSignInsSince(context, since) : null;
  const seatsBefore = storedSeats(deps.store, deps.tenantId);
  for (const begun of [refused, delta, deletedNow, seatsBefore]) begun?.catch(() => undefined);
  if (refused !== null) notes.warnings.push(await refused);
  const { changes, deltaLink } = await delta;
  if (changes.length > Math.max(changedAtLeast, deps.knownUsers * changedShare)) {
    throw readWhole(`${changes.length} users changed.`);
  }
  const touched = new Map<string, ReadonlySet<string>>();
  const removedIds = changes.filter(({ removed }) => removed).map(({ userId }) => userId);
  for (const id of removedIds) touched.set(id, new Set());
  const changedIds = changes.filter(({ removed }) => !removed).map(({ userId }) => userId);
  const missing = new Set(changedIds);
  let newest = last.newestSignIn;
  for await (const upserts of readUsersById(context, changedIds, withSignIns)) {
    for (const row of upserts) {
      missing.delete(row.userId);
      touched.set(row.userId, licensesHeld(row));
      newest = later(newest, newestSignIn(row));
    }
    yield { upserts };
  }
  // Changed, and gone by the time it was read.
  for (const id of missing) touched.set(id, new Set());
  yield { removedIds: [...removedIds, ...missing] };
  // Who was deleted or restored is sure to be told rightly only after it was heard of.
  for (const upserts of await (changes.length === 0 ? deletedNow : readDeletedUsers(context))) {
    for (const row of upserts) touched.set(row.userId, new Set());
    yield { upserts };
  }
  for await (const signIns of signInsNow ?? []) {
    for (const row of signIns) newest = later(newest, newestSignIn(row));
    yield { signIns };
  }
  const consumed = await prove(deps, last, await seatsBefore, touched);
  notes.syncState = formatUserSync({ ...last, deltaLink, newestSignIn: newest, consumed });
}

async function prove(
  deps: UserReadingDeps,
  last: UserSync,
  seatsBefore: SeatCounts,
  touched: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<UserSync['consumed']> {
  const { store, tenantId } = deps;
  const consumedNow = await deps.consumed();
  if (consumedNow === null) throw readWhole('The service’s counts of licenses could not be read.');
  const seatsAfter = new Map(seatsBefore);
  const add = (skuId: string, seats: number): void => {
    seatsAfter.set(skuId, (seatsAfter.get(skuId) ?? 0) + seats);
  };
  for (const [skuId, seats] of await storedSeats(store, tenantId, [...touched.keys()])) add(skuId, -seats);
  for (const held of touched.values()) for (const skuId of held) add(skuId, 1);
  const consumedThen = new Map(Object.entries(last.consumed));
  const skuId = disagreement({ consumedThen, consumedNow, seatsBefore, seatsAfter });
  if (skuId !== null) throw readWhole(`The seats of license ${skuId} do not add up.`);
  return Object.fromEntries(consumedNow);
}

async function deltaLinkOf({ client }: ReadingContext): Promise<string | null> {
  try {
    return await latestUserDelta(client);
  } catch (error) {
    // Only the next import loses by it; what keeps the users from being read is said by their own list.
    if (isCancellation(error)) throw error;
    return null;
  }
}

/** The warning about what is still refused; when it no longer is, all dates are to be read. */
async function signInsStillRefused({ client }: ReadingContext): Promise<string> {
  try {
    await probeSignInActivity(client);
  } catch (error) {
    if (signInRefusals.some((reason) => isLicenseError(error, reason))) return signInActivityWarning(error);
    throw error;
  }
  throw readWhole('Sign-in activity can be read now.');
}

function readWhole(why: string): LicenseError {
  return new LicenseError('badResponse', why, { code: 'readWhole' });
}

function secondsOf(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

function later(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
}

function formatUserSync(sync: UserSync): string {
  return JSON.stringify(sync);
}
