import { isCancellation } from '../foundation/abort';
import type { ErrorReason } from '../foundation/errors';
import { isLicenseError } from '../foundation/errors';
import type { AssignmentRow, UserRow } from '../model/datasets';
import { isExpiredPageToken } from './graphErrors';
import {
  idListOf,
  optionalBooleanOf,
  optionalIdOf,
  optionalTextOf,
  optionalTimeOf,
  propertiesOf,
  requiredIdOf,
  requiredTextOf,
} from './graphValues';
import type { ReadingContext } from './listing';
import { newReadingNotes, readListing } from './listing';

/** Permissions of which any lets the users be read, the least one first. */
export const userPermissions: readonly string[] = [
  'User.Read.All',
  'Directory.Read.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
];

/** Properties kept of a user; everything but the first eleven must be asked for by name. */
export const userProperties: readonly string[] = [
  'id',
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'accountEnabled',
  'userType',
  'onPremisesSyncEnabled',
  'jobTitle',
  'department',
  'companyName',
  'country',
  'usageLocation',
  'createdDateTime',
];

/** Refusals of the deleted users that leave the living ones worth importing. */
const refusals: ReadonlySet<ErrorReason> = new Set<ErrorReason>([
  'permissionMissing',
  'roleMissing',
  'premiumRequired',
]);

/** Everything kept of a user, for `$select`. */
export function userSelect(withSignInActivity: boolean): string {
  const names = [...userProperties, 'licenseAssignmentStates', 'assignedLicenses'];
  if (withSignInActivity) names.push('signInActivity');
  return names.join(',');
}

/** The newer of the times at which a user signed in, or tried to; null when there is none. */
export function newestSignIn({
  lastSignInAt,
  lastNonInteractiveSignInAt,
}: Pick<UserRow, 'lastSignInAt' | 'lastNonInteractiveSignInAt'>): string | null {
  if (lastSignInAt === null || lastNonInteractiveSignInAt === null) {
    return lastSignInAt ?? lastNonInteractiveSignInAt;
  }
  return lastSignInAt > lastNonInteractiveSignInAt ? lastSignInAt : lastNonInteractiveSignInAt;
}

/**
 * Reads all users with their license paths, then the users deleted in the last 30 days (whose licenses count
 * nowhere any more). `signInActivity` needs `AuditLog.Read.All` and a tenant with Entra ID P1 or P2: without
 * them the whole listing is refused, and the caller reads again without it.
 * @see https://learn.microsoft.com/graph/api/user-list
 */
export async function* readUsers(
  context: ReadingContext,
  options: { readonly signInActivity: boolean },
): AsyncGenerator<readonly UserRow[]> {
  // 500 is the largest page the service gives with sign-in activity, 999 without.
  const top = options.signInActivity ? 500 : 999;
  const listing = readListing(
    context,
    `/v1.0/users?$select=${userSelect(options.signInActivity)}&$top=${top}&$count=true`,
    // The count is an advanced query; the header is not carried by the links to further pages.
    { headers: { ConsistencyLevel: 'eventual' }, permissions: userPermissions },
    toUserRow,
  );
  const { notes } = context;
  let read = 0;
  let deleted: Promise<readonly UserRow[][]> | undefined;
  for await (const rows of listing) {
    read += rows.length;
    // Beside the last page, which is on its way by then. No earlier: who is deleted meanwhile would be in neither.
    if (deleted === undefined && notes.expectedRows !== null && read + top >= notes.expectedRows) {
      deleted = readDeletedUsers(context);
      deleted.catch(() => undefined);
    }
    yield rows;
  }
  yield* await (deleted ?? readDeletedUsers(context));
}

/**
 * Reads soft-deleted users. They are few (30 days' worth), so they are collected first: a refusal then
 * costs a warning and not the import.
 * @see https://learn.microsoft.com/graph/api/directory-deleteditems-list
 */
export async function readDeletedUsers(context: ReadingContext): Promise<readonly UserRow[][]> {
  const select = [...userProperties, 'deletedDateTime'].join(',');
  const path = `/v1.0/directory/deletedItems/microsoft.graph.user?$select=${select}&$top=999`;
  for (let tries = 1; ; tries++) {
    const notes = newReadingNotes();
    const batches: UserRow[][] = [];
    try {
      const listing = readListing(
        { ...context, notes },
        path,
        { permissions: userPermissions },
        toDeletedRow,
      );
      for await (const rows of listing) batches.push([...rows]);
      context.notes.skippedRows += notes.skippedRows;
      return batches;
    } catch (error) {
      if (isCancellation(error)) throw error;
      if (isExpiredPageToken(error) && tries < 3) continue;
      // What may pass by itself must not make the deleted users of the file disappear.
      if (!isLicenseError(error) || !refusals.has(error.reason)) throw error;
      const why = error.reason;
      context.notes.warnings.push(
        `Deleted users could not be read (${why}), so the dates of recent deletions are missing. ` +
          'Everything else was imported; the next import tries again.',
      );
      return [];
    }
  }
}

/** A user as the file keeps it; null for what is none. */
export function toUserRow(value: unknown): UserRow | null {
  const user = propertiesOf(value);
  const userId = requiredIdOf(user?.id);
  const userPrincipalName = requiredTextOf(user?.userPrincipalName);
  if (user === null || userId === null || userPrincipalName === null) return null;
  const signIns = signInTimesOf(user.signInActivity);
  return {
    userId,
    userPrincipalName,
    displayName: optionalTextOf(user.displayName),
    givenName: optionalTextOf(user.givenName),
    surname: optionalTextOf(user.surname),
    mail: optionalTextOf(user.mail),
    accountEnabled: optionalBooleanOf(user.accountEnabled),
    userType: optionalTextOf(user.userType),
    onPremisesSyncEnabled: optionalBooleanOf(user.onPremisesSyncEnabled),
    jobTitle: optionalTextOf(user.jobTitle),
    department: optionalTextOf(user.department),
    companyName: optionalTextOf(user.companyName),
    country: optionalTextOf(user.country),
    usageLocation: optionalTextOf(user.usageLocation),
    createdAt: optionalTimeOf(user.createdDateTime),
    deletedAt: optionalTimeOf(user.deletedDateTime),
    lastSignInAt: signIns.lastSignInAt,
    lastNonInteractiveSignInAt: signIns.lastNonInteractiveSignInAt,
    lastSuccessfulSignInAt: signIns.lastSuccessfulSignInAt,
    assignments: assignmentsOf(user.licenseAssignmentStates, user.assignedLicenses),
  };
}

/**
 * The dates of a user's `signInActivity`, null where there is none.
 * @see https://learn.microsoft.com/graph/api/resources/signinactivity
 */
export function signInTimesOf(
  value: unknown,
): Pick<UserRow, 'lastSignInAt' | 'lastNonInteractiveSignInAt' | 'lastSuccessfulSignInAt'> {
  const activity = propertiesOf(value);
  return {
    lastSignInAt: optionalTimeOf(activity?.lastSignInDateTime),
    lastNonInteractiveSignInAt: optionalTimeOf(activity?.lastNonInteractiveSignInDateTime),
    lastSuccessfulSignInAt: optionalTimeOf(activity?.lastSuccessfulSignInDateTime),
  };
}

function toDeletedRow(value: unknown): UserRow | null {
  const row = toUserRow(value);
  // Without a date nothing would tell the row from a live user.
  return row === null || row.deletedAt === null ? null : { ...row, assignments: [] };
}

/**
 * The ways by which a user gets licenses; one row per product and group. Where the service leaves the states
 * out, the merged `assignedLicenses` stand in for them as direct ones.
 * @see https://learn.microsoft.com/graph/api/resources/licenseassignmentstate
 */
function assignmentsOf(states: unknown, licenses: unknown): readonly AssignmentRow[] {
  const rows = new Map<string, AssignmentRow>();
  if (Array.isArray(states)) {
    for (const value of states as readonly unknown[]) {
      const state = propertiesOf(value);
      const skuId = requiredIdOf(state?.skuId);
      if (state === null || skuId === null) continue;
      const groupId = optionalIdOf(state.assignedByGroup);
      const error = optionalTextOf(state.error);
      rows.set(`${skuId} ${groupId ?? ''}`, {
        skuId,
        groupId,
        state: requiredTextOf(state.state) ?? 'Unknown',
        error: error?.toLowerCase() === 'none' ? null : error,
        disabledPlans: idListOf(state.disabledPlans),
        lastUpdatedAt: optionalTimeOf(state.lastUpdatedDateTime),
      });
    }
    return [...rows.values()];
  }
  for (const value of Array.isArray(licenses) ? (licenses as readonly unknown[]) : []) {
    const license = propertiesOf(value);
    const skuId = requiredIdOf(license?.skuId);
    if (license === null || skuId === null) continue;
    rows.set(skuId, {
      skuId,
      groupId: null,
      state: 'Active',
      error: null,
      disabledPlans: idListOf(license.disabledPlans),
      lastUpdatedAt: null,
    });
  }
  return [...rows.values()];
}
