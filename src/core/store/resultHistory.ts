import { reconciliationTotals, type PartialSum, type TotalsRow } from '../model/reconciliationTotals';
import { readDatasetStates } from './sourceStates';
import type { SqlDatabase } from './sqlDatabase';

const counts = [
  'licenses',
  'entitled',
  'consumed',
  'seats',
  'shortfallNow',
  'shortfallSoon',
  'unassigned',
  'active',
  'inactive',
  'never',
  'new',
  'unknown',
  'findings',
] as const;

/**
 * Records what the headline of a tenant says after an import: a row where it differs from the last one, nothing where
 * it does not. Runs inside a commit's transaction, after the evaluation.
 * @param at end of the import, UTC ISO 8601
 */
export function recordResults(db: SqlDatabase, tenantKey: number, at: string): void {
  recordTotals(db, tenantKey, at);
  recordSpend(db, tenantKey, at);
}

/** Forgets what is older than that time; the last row stays, since it still holds. */
export function forgetOldResults(db: SqlDatabase, tenantKey: number, before: string): void {
  db.run(
    `DELETE FROM tenantHistory WHERE tenantKey = ?1 AND at < ?2
     AND at < (SELECT max(h.at) FROM tenantHistory h WHERE h.tenantKey = ?1)`,
    [tenantKey, before],
  );
  db.run(
    `DELETE FROM spendHistory AS s WHERE tenantKey = ?1 AND at < ?2
     AND at < (SELECT max(h.at) FROM spendHistory h WHERE h.tenantKey = ?1 AND h.currency = s.currency)`,
    [tenantKey, before],
  );
  db.run('DELETE FROM verifiedSavings WHERE tenantKey = ? AND verifiedAt < ?', [tenantKey, before]);
}

function recordTotals(db: SqlDatabase, tenantKey: number, at: string): void {
  const rows = db.rows(
    `SELECT p.*, l.appliesTo, l.unitMonthlyMinor FROM rows_position p JOIN rows_licenses l ON l.rowKey = p.rowKey
     WHERE p.tenantKey = ? AND l.isCounted = 1`,
    [tenantKey],
  );
  const totals = reconciliationTotals(
    rows.map((row): TotalsRow => {
      const number = (column: string): number => Number(row[column]);
      const numberOrNull = (column: string): number | null => (row[column] === null ? null : number(column));
      return {
        skuPartNumber: String(row.skuPartNumber),
        appliesTo: row.appliesTo === null ? null : String(row.appliesTo),
        enabled: number('enabled'),
        inGrace: number('inGrace'),
        suspended: number('suspended'),
        lockedOut: number('lockedOut'),
        entitled: number('entitled'),
        consumed: number('consumed'),
        availableNow: number('availableNow'),
        shortfallNow: number('shortfallNow'),
        shortfallSoon: number('shortfallSoon'),
        seats: numberOrNull('seats'),
        unassigned: number('unassigned'),
        active: numberOrNull('active'),
        inactive: numberOrNull('inactive'),
        never: numberOrNull('never'),
        new: numberOrNull('new'),
        unknown: numberOrNull('unknown'),
        priced: row.unitMonthlyMinor !== null,
      };
    }),
  );
  // While licenses were never read, that there are none is not known.
  const isRead = (readDatasetStates(db, tenantKey).get('subscribedSkus')?.completedAt ?? null) !== null;
  const units = (count: number): number | null => (isRead ? count : null);
  const seats = ({ value, complete }: PartialSum): number | null => (isRead && complete ? value : null);
  const now = [
    units(totals.licenses),
    units(totals.entitled),
    units(totals.consumed),
    seats(totals.seats),
    units(totals.shortfallNow),
    units(totals.shortfallSoon),
    units(totals.unassigned),
    seats(totals.active),
    seats(totals.inactive),
    seats(totals.never),
    seats(totals.new),
    seats(totals.unknown),
    db.number('SELECT count(*) FROM findings WHERE tenantKey = ?', [tenantKey]),
  ];
  const [last] = db.rows('SELECT * FROM tenantHistory WHERE tenantKey = ? ORDER BY at DESC LIMIT 1', [
    tenantKey,
  ]);
  if (last !== undefined && counts.every((name, index) => last[name] === now[index])) return;
  db.run(
    `INSERT OR REPLACE INTO tenantHistory (tenantKey, at, ${counts.join(', ')})
     VALUES (?, ?, ${counts.map(() => '?').join(', ')})`,
    [tenantKey, at, ...now],
  );
}

/** A currency in which nothing is paid any more gets a row with zeros once. */
function recordSpend(db: SqlDatabase, tenantKey: number, at: string): void {
  db.run(
    `INSERT OR REPLACE INTO spendHistory (tenantKey, at, currency, monthlyMinor, savingsMonthlyMinor)
     SELECT ?1, ?2, n.currency, n.monthlyMinor, n.savings FROM (
       SELECT currency, sum(monthlyMinor) AS monthlyMinor, sum(savings) AS savings FROM (
         SELECT currency, monthlyMinor, 0 AS savings FROM spend WHERE tenantKey = ?1
         UNION ALL
         SELECT currency, 0, monthlyMinor FROM findings
         WHERE tenantKey = ?1 AND bucket IS NOT NULL AND monthlyMinor IS NOT NULL
         UNION ALL
         SELECT DISTINCT currency, 0, 0 FROM spendHistory WHERE tenantKey = ?1
       ) WHERE currency IS NOT NULL GROUP BY currency
     ) n
     WHERE (n.monthlyMinor, n.savings) IS NOT (
       SELECT h.monthlyMinor, h.savingsMonthlyMinor FROM spendHistory h
       WHERE h.tenantKey = ?1 AND h.currency = n.currency ORDER BY h.at DESC LIMIT 1)`,
    [tenantKey, at],
  );
}
