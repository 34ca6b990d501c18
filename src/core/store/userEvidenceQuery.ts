import type { SqlDatabase } from './sqlDatabase';

/** A cell of the active users report; null where the user has no license for the service and never used it. */
const activeUserCell = (prefix: string, license: string): string =>
  `CASE WHEN au.upnKey IS NULL THEN NULL WHEN au.${prefix}LastActivityDate IS NOT NULL
     THEN au.${prefix}LastActivityDate WHEN au.has${license}License IS 0 THEN NULL ELSE '' END`;

/*
 * The sources that can have several rows per user, looked up for each: grouping them first for all users took memory
 * that grew with the tenant.
 */

/** Newest use and bytes of a user's sites with a blank between; null without a site. */
const oneDriveCell = `(SELECT coalesce(max(o.lastActivityDate), '') || ' ' || coalesce(sum(o.storageUsedBytes), '')
  FROM oneDriveUsage o WHERE o.tenantKey = ?1 AND o.upnKey = u.upnKey AND o.isDeleted IS NOT 1 HAVING count(*) > 0)`;

const activationsCell = `(SELECT group_concat(c.productType, '; ' ORDER BY c.productType) FROM activations c
  WHERE c.tenantKey = ?1 AND c.upnKey = u.upnKey AND CASE
    WHEN coalesce(c.windows, c.mac, c.windows10Mobile, c.ios, c.android, c.sharedComputer) IS NULL
    THEN c.lastActivatedDate IS NOT NULL
    ELSE coalesce(c.windows, 0) + coalesce(c.mac, 0) + coalesce(c.windows10Mobile, 0) + coalesce(c.ios, 0)
      + coalesce(c.android, 0) + coalesce(c.sharedComputer, 0) > 0 END)`;

/** `application date` for each application that the user signed in to, '-' for those that stand for none. */
const signInsCell = `(SELECT group_concat(coalesce(a.application, '-') || ' ' || substr(s.lastSignInAt, 1, 10), ';')
  FROM applicationSignIns s JOIN signInApplications a ON a.appKey = s.appKey
  WHERE s.tenantKey = ?1 AND s.userId = u.userId)`;

/**
 * The user's paths: product, group (0: none), state and set of disabled plans of each; of one in error also the error and
 * the id of the group. As a text within the text.
 */
const pathsCell = `(SELECT json_group_array(CASE WHEN p.state IN ('Error', 'ActiveWithError')
    THEN json_array(p.productKey, p.groupKey, p.state, p.planSetKey, p.error,
      (SELECT g.groupId FROM groupIds g WHERE g.groupKey = p.groupKey))
    ELSE json_array(p.productKey, p.groupKey, p.state, p.planSetKey) END)
  FROM assignments p WHERE p.tenantKey = ?1 AND p.userKey = u.userKey)`;

/*
 * One row per user. Where a column is a date, '' says that the source has a row for the user and it shows no use.
 * The users are read where they lie, from one to another: by an index all of this would wait in memory to be put in
 * order.
 */
const usersSql = `
  SELECT json_array(u.userKey, u.userPrincipalName, u.accountEnabled, u.userType, u.createdAt, u.deletedAt,
    u.lastSignInAt, u.lastNonInteractiveSignInAt, u.lastSuccessfulSignInAt, u.evaluationDigest,
    u.displayName, u.givenName, u.surname, u.mail, u.jobTitle, u.department, u.companyName, u.country,
    u.usageLocation,
    ${activeUserCell('exchange', 'Exchange')}, ${activeUserCell('oneDrive', 'OneDrive')},
    ${activeUserCell('sharePoint', 'SharePoint')}, ${activeUserCell('skypeForBusiness', 'SkypeForBusiness')},
    ${activeUserCell('teams', 'Teams')}, ${activeUserCell('yammer', 'Yammer')},
    CASE WHEN em.upnKey IS NULL THEN NULL ELSE coalesce(em.lastActivityDate, '') END,
    CASE WHEN ap.upnKey IS NULL THEN NULL ELSE coalesce(ap.lastActivityDate, '') END,
    ap.windows, ap.mac, ap.mobile, ap.web,
    CASE WHEN mb.upnKey IS NULL THEN NULL ELSE coalesce(mb.lastActivityDate, '') END,
    mb.storageUsedBytes, mb.recipientType,
    ${oneDriveCell}, ${activationsCell}, ${signInsCell}, u.userId, mb.hasArchive, ${pathsCell})
  FROM users u NOT INDEXED
  LEFT JOIN activeUsers au ON au.tenantKey = u.tenantKey AND au.upnKey = u.upnKey AND au.isDeleted IS NOT 1
  LEFT JOIN emailActivity em ON em.tenantKey = u.tenantKey AND em.upnKey = u.upnKey AND em.isDeleted IS NOT 1
  LEFT JOIN appUsage ap ON ap.tenantKey = u.tenantKey AND ap.upnKey = u.upnKey
  LEFT JOIN mailboxUsage mb ON mb.tenantKey = u.tenantKey AND mb.upnKey = u.upnKey AND mb.isDeleted IS NOT 1
  WHERE u.tenantKey = ?1 AND u.userKey BETWEEN ?2 AND ?3
  ORDER BY u.userKey`;

/** Keys of users, both inclusive. */
export interface UserKeyRange {
  readonly first: number;
  readonly last: number;
}

/** Where the users of a tenant lie. */
export function allUsers(db: SqlDatabase, tenantKey: number): UserKeyRange {
  const key = (which: string): number =>
    db.number(`SELECT ${which}(userKey) FROM users WHERE tenantKey = ?`, [tenantKey]);
  return { first: key('min'), last: key('max') };
}

/**
 * Calls back for each user of a tenant in a range, in the order of their keys, with a JSON array of everything that was
 * imported about the user; `userEvidence.ts` reads it. A text costs less on its way out of SQLite than its values one by
 * one.
 */
export function eachEvidence(
  db: SqlDatabase,
  tenantKey: number,
  { first, last }: UserKeyRange,
  visit: (row: string) => void,
): void {
  db.withStatement(usersSql, (users) => {
    users.bind([tenantKey, first, last]);
    while (users.step()) visit(String(users.get()[0]));
  });
}
