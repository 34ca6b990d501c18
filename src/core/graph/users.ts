import * as v from 'valibot';
import { isCancellation } from '../foundation/abort';
import type { ErrorReason } from '../foundation/errors';
import { isLicenseError } from '../foundation/errors';
import type { AssignmentRow, UserRow } from '../model/datasets';
import { isExpiredPageToken } from './graphErrors';
import {
  idList,
  optionalBoolean,
  optionalId,
  optionalText,
  optionalTime,
  requiredId,
  requiredText,
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

const assignmentState = v.object({
  skuId: requiredId,
  assignedByGroup: optionalId,
  state: v.fallback(requiredText, 'Unknown'),
  error: optionalText,
  disabledPlans: idList,
  lastUpdatedDateTime: optionalTime,
});

const assignedLicense = v.object({ skuId: requiredId, disabledPlans: idList });

const optionalArray = v.fallback(v.nullable(v.array(v.unknown())), null);

/** @see https://learn.microsoft.com/graph/api/resources/signinactivity */
export const signInActivity = v.object({
  lastSignInDateTime: optionalTime,
  lastNonInteractiveSignInDateTime: optionalTime,
  lastSuccessfulSignInDateTime: optionalTime,
});

const user = v.object({
  id: requiredId,
  userPrincipalName: requiredText,
  displayName: optionalText,
  givenName: optionalText,
  surname: optionalText,
  mail: optionalText,
  accountEnabled: optionalBoolean,
  userType: optionalText,
  onPremisesSyncEnabled: optionalBoolean,
  jobTitle: optionalText,
  department: optionalText,
  companyName: optionalText,
  country: optionalText,
  usageLocation: optionalText,
  createdDateTime: optionalTime,
  deletedDateTime: optionalTime,
  signInActivity: v.fallback(v.nullable(signInActivity), null),
  licenseAssignmentStates: optionalArray,
  assignedLicenses: optionalArray,
});

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
export function newestSignIn(
  row: Pick<UserRow, 'lastSignInAt' | 'lastNonInteractiveSignInAt'>,
): string | null {
  const times = [row.lastSignInAt, row.lastNonInteractiveSignInAt].filter((time) => time !== null);
  return times.sort().at(-1) ?? null;
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
  yield* readListing(
    context,
    `/v1.0/users?$select=${userSelect(options.signInActivity)}&$top=${top}&$count=true`,
    // The count is an advanced query; the header is not carried by the links to further pages.
    { headers: { ConsistencyLevel: 'eventual' }, permissions: userPermissions },
    toUserRow,
  );
  yield* await readDeletedUsers(context);
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
  const parsed = v.safeParse(user, value);
  if (!parsed.success) return null;
  const { output } = parsed;
  return {
    userId: output.id,
    userPrincipalName: output.userPrincipalName,
    displayName: output.displayName,
    givenName: output.givenName,
    surname: output.surname,
    mail: output.mail,
    accountEnabled: output.accountEnabled,
    userType: output.userType,
    onPremisesSyncEnabled: output.onPremisesSyncEnabled,
    jobTitle: output.jobTitle,
    department: output.department,
    companyName: output.companyName,
    country: output.country,
    usageLocation: output.usageLocation,
    createdAt: output.createdDateTime,
    deletedAt: output.deletedDateTime,
    lastSignInAt: output.signInActivity?.lastSignInDateTime ?? null,
    lastNonInteractiveSignInAt: output.signInActivity?.lastNonInteractiveSignInDateTime ?? null,
    lastSuccessfulSignInAt: output.signInActivity?.lastSuccessfulSignInDateTime ?? null,
    assignments: assignmentsOf(output.licenseAssignmentStates, output.assignedLicenses),
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
function assignmentsOf(
  states: readonly unknown[] | null,
  licenses: readonly unknown[] | null,
): readonly AssignmentRow[] {
  const rows = new Map<string, AssignmentRow>();
  if (states !== null) {
    for (const value of states) {
      const parsed = v.safeParse(assignmentState, value);
      if (!parsed.success) continue;
      const state = parsed.output;
      rows.set(`${state.skuId} ${state.assignedByGroup ?? ''}`, {
        skuId: state.skuId,
        groupId: state.assignedByGroup,
        state: state.state,
        error: state.error?.toLowerCase() === 'none' ? null : state.error,
        disabledPlans: state.disabledPlans,
        lastUpdatedAt: state.lastUpdatedDateTime,
      });
    }
    return [...rows.values()];
  }
  for (const value of licenses ?? []) {
    const parsed = v.safeParse(assignedLicense, value);
    if (!parsed.success) continue;
    const { skuId, disabledPlans } = parsed.output;
    rows.set(skuId, {
      skuId,
      groupId: null,
      state: 'Active',
      error: null,
      disabledPlans,
      lastUpdatedAt: null,
    });
  }
  return [...rows.values()];
}
