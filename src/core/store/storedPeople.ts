import { markedRecipientType } from '../model/accountMarks';
import type { Confidence, SeatEvaluation, Verdict, VerdictReason } from '../model/evaluation';
import type { AssignmentError } from '../model/findingFacts';
import { splitIds } from './identifiers';
import { JsonCells } from './jsonCells';
import type { Person } from './peopleTally';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';

/** Order of the cells of a seat in {@link peopleSql}. */
type SeatCells = readonly [
  number,
  number,
  number,
  number,
  number,
  string,
  string,
  string | null,
  string | null,
];

/** What the report says, unless a person knows better; the words of `markedRecipientType`. */
const recipientType = `CASE u.markedAs ${Object.entries(markedRecipientType)
  .flatMap(([kind, word]) => (word === null ? [] : [`WHEN '${kind}' THEN '${word}'`]))
  .join(' ')} ELSE mb.recipientType END`;

/* One text per user, since a value costs more on its way out of SQLite than its parsing does here. */
const peopleSql = `
  SELECT json_array(u.userKey, u.userId, u.accountEnabled, u.userType, ${recipientType}, mb.storageUsedBytes,
    mb.hasArchive, u.observedUse, u.department, u.country, u.companyName, u.seatSetKey,
    json((SELECT json_group_array(json_array(s.productKey, s.paths, s.direct, s.groupCount, s.planSetKey, s.verdict,
       s.verdictReason, s.lastActivityDate, s.confidence)) FROM seats s WHERE s.userKey = u.userKey)))
  FROM users u
  LEFT JOIN mailboxUsage mb ON mb.tenantKey = u.tenantKey AND mb.upnKey = u.upnKey AND mb.isDeleted IS NOT 1
  WHERE u.tenantKey = ?1 ORDER BY u.userKey`;

/**
 * People of a tenant with the verdicts that are stored, in the order of their keys: for whatever changed that makes
 * no other verdict.
 * @param judged products whose seats are judged, by key
 */
export function readPeople(
  db: SqlDatabase,
  tenantKey: number,
  judged: ReadonlyMap<number, string>,
  visit: (person: Person) => void,
): void {
  const planSets = new Map<number, readonly string[]>();
  db.each('SELECT planSetKey, plans FROM planSets', [], ([key, plans]) =>
    planSets.set(Number(key), splitIds(String(plans))),
  );
  const errors = readErrors(db, tenantKey, judged);
  db.each(peopleSql, [tenantKey], ([document]) => {
    const row = JSON.parse(String(document)) as SqlValue[];
    const cells = row[12] as unknown as readonly SeatCells[];
    const read = new JsonCells(row);
    visit({
      userKey: Number(row[0]),
      userId: String(row[1]),
      accountEnabled: read.flag(2),
      userType: read.text(3),
      recipientType: read.text(4),
      mailboxBytes: read.number(5),
      hasArchive: read.flag(6),
      observedUse: read.number(7),
      department: read.text(8),
      country: read.text(9),
      companyName: read.text(10),
      seatSetKey: read.number(11),
      seats: inOrder(cells.flatMap((seat) => seatOf(seat, judged, planSets))),
      errors: errors.get(Number(row[0])) ?? noErrors,
    });
  });
}

const noErrors: readonly AssignmentError[] = [];

/** Assignments in error of living users, by user; those to products that are not for users are left out. */
function readErrors(
  db: SqlDatabase,
  tenantKey: number,
  judged: ReadonlyMap<number, string>,
): ReadonlyMap<number, readonly AssignmentError[]> {
  const byUser = new Map<number, AssignmentError[]>();
  db.each(
    `SELECT a.userKey, a.productKey, g.groupId, a.state, a.error FROM assignments a
     JOIN users u ON u.userKey = a.userKey AND u.deletedAt IS NULL
     LEFT JOIN groupIds g ON g.groupKey = a.groupKey
     WHERE a.tenantKey = ? AND a.state IN ('Error', 'ActiveWithError')`,
    [tenantKey],
    ([userKey, productKey, groupId, state, error]) => {
      const skuId = judged.get(Number(productKey));
      if (skuId === undefined) return;
      const ofUser = byUser.get(Number(userKey)) ?? [];
      ofUser.push({
        skuId,
        groupId: typeof groupId === 'string' ? groupId : null,
        state: String(state),
        error: typeof error === 'string' ? error : null,
      });
      byUser.set(Number(userKey), ofUser);
    },
  );
  return byUser;
}

/** The order in which an evaluation has them. */
function inOrder(seats: SeatEvaluation[]): readonly SeatEvaluation[] {
  return seats.length < 2 ? seats : seats.sort((left, right) => (left.skuId < right.skuId ? -1 : 1));
}

const noPlans: readonly string[] = [];

function seatOf(
  cells: SeatCells,
  judged: ReadonlyMap<number, string>,
  planSets: ReadonlyMap<number, readonly string[]>,
): SeatEvaluation[] {
  const [productKey, paths, direct, groupCount, planSetKey, verdict, reason, lastActivityDate, confidence] =
    cells;
  const skuId = judged.get(productKey);
  if (skuId === undefined) return [];
  return [
    {
      skuId,
      paths,
      direct: direct === 1,
      groupCount,
      disabledPlans: planSets.get(planSetKey) ?? noPlans,
      verdict: verdict as Verdict,
      reason: reason as VerdictReason,
      lastActivityDate,
      confidence: confidence as Confidence | null,
    },
  ];
}
