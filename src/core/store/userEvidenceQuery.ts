import type { ActivitySignal, Application, SeatPath, UserEvidence } from '../model/evaluation';
import { signInSignals } from '../model/signInSignals';
import { splitIds } from './identifiers';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';

/** A user with everything that was imported about the user, as an evaluation needs it. */
export interface EvaluationInput {
  readonly userKey: number;
  readonly userId: string;
  readonly evidence: UserEvidence;
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
 * One row per user. Where a column is a date, '' says that the source has a row for the user and it shows no use.
 * The grouped parts are computed once each: a report can have several rows per user there.
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
    CASE WHEN od.upnKey IS NULL THEN NULL ELSE coalesce(od.lastActivityDate, '') END, od.bytes,
    ac.products, si.uses, u.userId, mb.hasArchive)
  FROM users u
  LEFT JOIN activeUsers au ON au.tenantKey = u.tenantKey AND au.upnKey = u.upnKey AND au.isDeleted IS NOT 1
  LEFT JOIN emailActivity em ON em.tenantKey = u.tenantKey AND em.upnKey = u.upnKey AND em.isDeleted IS NOT 1
  LEFT JOIN appUsage ap ON ap.tenantKey = u.tenantKey AND ap.upnKey = u.upnKey
  LEFT JOIN mailboxUsage mb ON mb.tenantKey = u.tenantKey AND mb.upnKey = u.upnKey AND mb.isDeleted IS NOT 1
  LEFT JOIN (
    SELECT upnKey, sum(storageUsedBytes) AS bytes, max(lastActivityDate) AS lastActivityDate
    FROM oneDriveUsage WHERE tenantKey = ?1 AND isDeleted IS NOT 1 GROUP BY upnKey
  ) od ON od.upnKey = u.upnKey
  LEFT JOIN (
    SELECT upnKey, group_concat(productType, '; ') AS products FROM (
      SELECT upnKey, productType FROM activations
      WHERE tenantKey = ?1 AND CASE
        WHEN coalesce(windows, mac, windows10Mobile, ios, android, sharedComputer) IS NULL
        THEN lastActivatedDate IS NOT NULL
        ELSE coalesce(windows, 0) + coalesce(mac, 0) + coalesce(windows10Mobile, 0) + coalesce(ios, 0)
          + coalesce(android, 0) + coalesce(sharedComputer, 0) > 0 END
      ORDER BY upnKey, productType
    ) GROUP BY upnKey
  ) ac ON ac.upnKey = u.upnKey
  LEFT JOIN (
    SELECT userId, group_concat(application || ' ' || lastUse, ';') AS uses FROM (
      SELECT s.userId AS userId, coalesce(a.application, '-') AS application,
        substr(max(s.lastSignInAt), 1, 10) AS lastUse
      FROM applicationSignIns s JOIN signInApplications a ON a.appKey = s.appKey
      WHERE s.tenantKey = ?1 GROUP BY s.userId, coalesce(a.application, '-')
    ) GROUP BY userId
  ) si ON si.userId = u.userId
  WHERE u.tenantKey = ?1 ORDER BY u.userKey`;

const pathsSql = `
  SELECT userKey, productKey, groupKey, state, planSetKey FROM assignments
  WHERE tenantKey = ?1 ORDER BY userKey`;

const noPaths: ReadonlyMap<string, readonly SeatPath[]> = new Map();

/**
 * Reads a tenant's users one by one, so that memory does not grow with the tenant.
 * @param judgedSkus products that take part in seats, by key; paths to others are left out
 */
export function* readEvidence(
  db: SqlDatabase,
  tenantKey: number,
  judgedSkus: ReadonlyMap<number, string>,
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
      yield inputOf(row, userKey, ofUser);
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
  return {
    userKey,
    userId: text(38) ?? '',
    evidence: {
      userPrincipalName: text(1) ?? '',
      accountEnabled: row[2] === null ? null : row[2] === 1,
      userType: text(3),
      createdAt: text(4),
      recipientType: text(33),
      signals: signalsOf(text),
      // A deleted account holds nothing: its licenses went back when it was deleted.
      paths: isDeleted ? noPaths : paths,
    },
    evaluationDigest: text(9),
    searchWords: [text(1), ...[10, 11, 12, 13, 14, 15, 16, 17, 18].map(text)],
    activations: text(36),
    platforms: [number(27), number(28), number(29), number(30)],
    mailboxBytes: number(32),
    hasArchive: row[39] === null ? null : row[39] === 1,
    department: text(15),
    country: text(17),
    companyName: text(16),
    oneDriveBytes: number(35),
  };
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
  add('oneDriveReport', 'oneDrive', text(34));
  for (const use of text(37)?.split(';') ?? []) {
    const [application, date] = use.split(' ');
    add('signIns', application === '-' ? null : (application as Application), date ?? null);
  }
  return signals;
}
