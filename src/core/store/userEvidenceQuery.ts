import type { ActivitySignal, Application, SeatPath, UserEvidence } from '../model/evaluation';
import { markedRecipientType, type AppliedMark, type MarkRules } from '../model/accountMarks';
import { signInSignals } from '../model/signInSignals';
import { splitIds } from './identifiers';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';

/** A user with everything that was imported about the user, as an evaluation needs it. */
export interface EvaluationInput {
  readonly userKey: number;
  readonly userId: string;
  readonly evidence: UserEvidence;
  /** What people said of the account; null for nothing. */
  readonly mark: AppliedMark | null;
  /** What the result was made of the last time; null for a new user. */
  readonly evaluationDigest: string | null;
  readonly searchWords: readonly (string | null)[];
  /** Cells of the reports that the roster shows; null where the report has no row for the user. */
  readonly activations: string | null;
  readonly platforms: readonly (number | null)[];
  readonly mailboxBytes: number | null;
  readonly hasArchive: boolean | null;
  readonly department: string | null;
  readonly country: string | null;
  readonly companyName: string | null;
  readonly oneDriveBytes: number | null;
}

const activeUserApplications: readonly Application[] = [
  'exchange',
  'oneDrive',
  'sharePoint',
  'skypeForBusiness',
  'teams',
  'yammer',
];

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

/*
 * One row per user. Where a column is a date, '' says that the source has a row for the user and it shows no use.
 * The users are read where they lie, from the tenant's first to its last: by an index all of this would wait in memory
 * to be put in order.
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
    ${oneDriveCell}, ${activationsCell}, ${signInsCell}, u.userId, mb.hasArchive)
  FROM users u NOT INDEXED
  LEFT JOIN activeUsers au ON au.tenantKey = u.tenantKey AND au.upnKey = u.upnKey AND au.isDeleted IS NOT 1
  LEFT JOIN emailActivity em ON em.tenantKey = u.tenantKey AND em.upnKey = u.upnKey AND em.isDeleted IS NOT 1
  LEFT JOIN appUsage ap ON ap.tenantKey = u.tenantKey AND ap.upnKey = u.upnKey
  LEFT JOIN mailboxUsage mb ON mb.tenantKey = u.tenantKey AND mb.upnKey = u.upnKey AND mb.isDeleted IS NOT 1
  WHERE u.tenantKey = ?1 AND u.userKey BETWEEN (SELECT min(userKey) FROM users WHERE tenantKey = ?1)
    AND (SELECT max(userKey) FROM users WHERE tenantKey = ?1)
  ORDER BY u.userKey`;

const pathsSql = `
  SELECT userKey, productKey, groupKey, state, planSetKey FROM assignments
  WHERE tenantKey = ?1 ORDER BY userKey`;

const noPaths: ReadonlyMap<string, readonly SeatPath[]> = new Map();

/**
 * Reads a tenant's users one by one, so that memory does not grow with the tenant.
 * @param judgedSkus products that take part in seats, by key; paths to others are left out
 * @param marks what people said of accounts
 */
export function* readEvidence(
  db: SqlDatabase,
  tenantKey: number,
  judgedSkus: ReadonlyMap<number, string>,
  marks: MarkRules,
): Generator<EvaluationInput> {
  const planSets = new Map<number, readonly string[]>();
  db.each('SELECT planSetKey, plans FROM planSets', [], ([key, plans]) =>
    planSets.set(Number(key), splitIds(String(plans))),
  );
  const users = db.prepare(usersSql);
  const paths = db.prepare(pathsSql);
  try {
    users.bind([tenantKey]);
    paths.bind([tenantKey]);
    let path = paths.step() ? paths.get() : null;
    while (users.step()) {
      const row = JSON.parse(String(users.get()[0])) as SqlValue[];
      const userKey = Number(row[0]);
      const ofUser = new Map<string, SeatPath[]>();
      while (path !== null && Number(path[0]) <= userKey) {
        const skuId = judgedSkus.get(Number(path[1]));
        if (Number(path[0]) === userKey && skuId !== undefined) {
          const seatPath: SeatPath = {
            groupId: path[2] === 0 ? null : String(path[2]),
            state: String(path[3]),
            disabledPlans: planSets.get(Number(path[4])) ?? [],
          };
          const known = ofUser.get(skuId);
          if (known) known.push(seatPath);
          else ofUser.set(skuId, [seatPath]);
        }
        path = paths.step() ? paths.get() : null;
      }
      yield inputOf(row, userKey, ofUser, marks);
    }
  } finally {
    users.free();
    paths.free();
  }
}

function inputOf(
  row: readonly SqlValue[],
  userKey: number,
  paths: ReadonlyMap<string, readonly SeatPath[]>,
  marks: MarkRules,
): EvaluationInput {
  const text = (index: number): string | null => {
    const value = row[index];
    return typeof value === 'string' ? value : null;
  };
  const number = (index: number): number | null => {
    const value = row[index];
    return typeof value === 'number' ? value : null;
  };
  const isDeleted = row[5] !== null;
  const userPrincipalName = text(1) ?? '';
  const mark = marks.of(userPrincipalName, text(10));
  return {
    userKey,
    userId: text(37) ?? '',
    evidence: {
      userPrincipalName,
      accountEnabled: row[2] === null ? null : row[2] === 1,
      userType: text(3),
      createdAt: text(4),
      recipientType: (mark && markedRecipientType[mark.kind]) ?? text(33),
      ...(mark !== null && mark.kind !== 'person' && { markedNotPerson: true }),
      isDeleted,
      signals: signalsOf(text),
      // A deleted account holds nothing: its licenses went back when it was deleted.
      paths: isDeleted ? noPaths : paths,
    },
    mark,
    evaluationDigest: text(9),
    searchWords: [text(1), ...[10, 11, 12, 13, 14, 15, 16, 17, 18].map(text)],
    activations: text(35),
    platforms: [number(27), number(28), number(29), number(30)],
    mailboxBytes: number(32),
    hasArchive: row[38] === null ? null : row[38] === 1,
    department: text(15),
    country: text(17),
    companyName: text(16),
    oneDriveBytes: bytesOf(text(34)),
  };
}

/** The second half of {@link oneDriveCell}. */
function bytesOf(cell: string | null): number | null {
  const bytes = cell?.split(' ')[1] ?? '';
  return bytes === '' ? null : Number(bytes);
}

function signalsOf(text: (index: number) => string | null): ActivitySignal[] {
  const signals = signInSignals({
    lastSignInAt: text(6),
    lastNonInteractiveSignInAt: text(7),
    lastSuccessfulSignInAt: text(8),
  });
  const add = (
    source: ActivitySignal['source'],
    application: Application | null,
    cell: string | null,
  ): void => {
    if (cell !== null) signals.push({ source, application, date: cell === '' ? null : cell });
  };
  activeUserApplications.forEach((application, index) =>
    add('activeUserReport', application, text(19 + index)),
  );
  add('emailReport', 'outlook', text(25));
  add('appUsageReport', null, text(26));
  add('mailboxReport', 'exchange', text(31));
  add('oneDriveReport', 'oneDrive', text(34)?.split(' ')[0] ?? null);
  for (const use of text(36)?.split(';') ?? []) {
    const [application, date] = use.split(' ');
    add('signIns', application === '-' ? null : (application as Application), date ?? null);
  }
  return signals;
}
