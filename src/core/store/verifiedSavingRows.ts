import type { DatasetOutcome } from '../model/datasets';
import type { Finding, FindingKind, SavingsBucket } from '../model/finding';
import { verifiedSavings } from '../model/savings';
import { unitPriceOn } from '../model/unitPrice';
import { readRates } from './exchangeRateRecords';
import { readPurchases } from './purchaseRecords';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';

/**
 * Sets the savings that were found aside, before an import is applied. Only an import that brings users and products
 * completely proves anything.
 * @returns whether this one does
 */
export function rememberSavings(
  db: SqlDatabase,
  tenantKey: number,
  complete: readonly DatasetOutcome[],
): boolean {
  const datasets = new Set(complete.map(({ dataset }) => dataset));
  if (!datasets.has('users') || !datasets.has('subscribedSkus')) return false;
  db.execute(`DROP TABLE IF EXISTS temp.savingsBefore; DROP TABLE IF EXISTS temp.unitsBefore`);
  db.execute(`
    CREATE TEMP TABLE savingsBefore (kind TEXT, bucket TEXT, userId TEXT, productKey INTEGER, seats INTEGER,
      monthlyMinor INTEGER, currency TEXT);
    CREATE TEMP TABLE unitsBefore (productKey INTEGER PRIMARY KEY, enabled INTEGER, numerator TEXT, denominator TEXT)`);
  // Users by id, since their keys can be given to others.
  db.run(
    `INSERT INTO temp.savingsBefore
     SELECT f.kind, f.bucket, u.userId, f.productKey, f.seats, f.monthlyMinor, f.currency
     FROM main.findings f LEFT JOIN main.users u ON u.userKey = f.userKey
     WHERE f.tenantKey = ? AND f.bucket IS NOT NULL AND f.productKey IS NOT NULL`,
    [tenantKey],
  );
  const purchases = readPurchases(db, tenantKey);
  const rates = readRates(db);
  const licenses = db.rows(
    `SELECT l.productKey, l.enabled, t.evaluatedOn FROM main.licenses l JOIN main.tenants t USING (tenantKey)
     WHERE l.tenantKey = ?`,
    [tenantKey],
  );
  for (const { productKey, enabled, evaluatedOn } of licenses) {
    const bought = purchases.get(Number(productKey)) ?? [];
    const price =
      typeof evaluatedOn === 'string' ? unitPriceOn(bought, evaluatedOn, rates).price?.monthly : undefined;
    db.run('INSERT INTO temp.unitsBefore VALUES (?, ?, ?, ?)', [
      productKey ?? null,
      enabled ?? null,
      price?.numerator.toString() ?? null,
      price?.denominator.toString() ?? null,
    ]);
  }
  return true;
}

/** Records which of the savings set aside the import has proved, after the seats were judged. */
export function recordVerifiedSavings(db: SqlDatabase, tenantKey: number, at: string): void {
  const rows = db.rows(
    `SELECT b.kind, b.bucket, b.userId, b.productKey, b.seats, b.monthlyMinor, b.currency,
       coalesce(n.enabled, 0) AS enabledBefore, n.numerator, n.denominator, coalesce(l.enabled, 0) AS enabledNow
     FROM temp.savingsBefore b
     LEFT JOIN temp.unitsBefore n ON n.productKey = b.productKey
     LEFT JOIN main.licenses l ON l.tenantKey = ?1 AND l.productKey = b.productKey
     WHERE CASE WHEN b.userId IS NULL THEN coalesce(l.enabled, 0) < coalesce(n.enabled, 0)
       ELSE NOT EXISTS (SELECT 1 FROM main.users u JOIN main.seats s ON s.userKey = u.userKey
         WHERE u.tenantKey = ?1 AND u.userId = b.userId AND s.productKey = b.productKey) END
     ORDER BY b.kind, b.productKey, b.userId`,
    [tenantKey],
  );
  db.execute('DROP TABLE temp.savingsBefore; DROP TABLE temp.unitsBefore');
  const text = (value: SqlValue | undefined): string | null => (typeof value === 'string' ? value : null);
  rows.forEach((row) => {
    const product = String(row.productKey);
    const finding: Finding = {
      kind: String(row.kind) as FindingKind,
      userId: text(row.userId),
      skuId: product,
      skuPartNumber: null,
      seats: Number(row.seats),
      monthlyMinor: typeof row.monthlyMinor === 'number' ? row.monthlyMinor : null,
      currency: text(row.currency),
      bucket: String(row.bucket) as SavingsBucket,
      evidence: { about: 'paths', direct: false, groupCount: 0 },
    };
    const { numerator, denominator } = row;
    const monthly =
      typeof numerator === 'string' && typeof denominator === 'string'
        ? { numerator: BigInt(numerator), denominator: BigInt(denominator) }
        : null;
    const before = { enabled: Number(row.enabledBefore), monthly };
    const proved = verifiedSavings([finding], new Map([[product, before]]), {
      complete: true,
      // The query leaves out who still holds the seat.
      holdsSeat: () => false,
      enabledUnits: () => Number(row.enabledNow),
    });
    for (const { seats, monthlyMinor, currency } of proved) {
      db.run(
        `INSERT INTO verifiedSavings (tenantKey, verifiedAt, kind, bucket, userId, productKey, seats, monthlyMinor,
           currency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          tenantKey,
          at,
          finding.kind,
          finding.bucket,
          finding.userId,
          Number(row.productKey),
          seats,
          monthlyMinor,
          currency,
        ],
      );
    }
  });
}
