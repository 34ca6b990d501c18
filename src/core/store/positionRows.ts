import type { Verdict } from '../model/evaluation';
import { signedPosition } from '../model/signedPosition';
import { replaceRows, type ResultTable } from './replaceRows';
import type { SqlDatabase } from './sqlDatabase';
import type { TenantLicense } from './tenantLicenses';

const verdicts = ['active', 'inactive', 'never', 'new', 'unknown', 'notPerson'] as const;

const positions: ResultTable = {
  table: 'positions',
  columns: [
    'productKey',
    'entitled',
    'availableNow',
    'availableAfterGrace',
    'shortfallNow',
    'shortfallSoon',
    'unassigned',
    'seats',
    ...verdicts,
  ],
};

/**
 * Stores the position of every license, retired and unmanaged ones included.
 * @param judged keys of the products whose seats are judged
 */
export function writePositions(
  db: SqlDatabase,
  tenantKey: number,
  licenses: readonly TenantLicense[],
  judged: ReadonlySet<number>,
): void {
  const counts = new Map<number, Map<string, number>>();
  db.each(
    'SELECT productKey, verdict, count(*) FROM seats WHERE tenantKey = ? GROUP BY productKey, verdict',
    [tenantKey],
    ([productKey, verdict, count]) => {
      const ofProduct = counts.get(Number(productKey)) ?? new Map<string, number>();
      ofProduct.set(String(verdict), Number(count));
      counts.set(Number(productKey), ofProduct);
    },
  );
  const rows = licenses.map(({ productKey, units, buffer, limit }) => {
    const position = signedPosition(units, buffer);
    const ofProduct = judged.has(productKey) ? counts.get(productKey) : undefined;
    const byVerdict = verdicts.map((verdict: Verdict) => ofProduct?.get(verdict) ?? 0);
    // No number of seats is too many of a license without a limit; what is available stays signed.
    const isShort = limit !== 'unlimited';
    return [
      productKey,
      position.entitled,
      position.availableNow,
      position.availableAfterGrace,
      isShort ? position.shortfallNow : 0,
      isShort ? position.shortfallSoon : 0,
      position.unassigned,
      byVerdict.reduce((sum, count) => sum + count, 0),
      ...byVerdict,
    ];
  });
  replaceRows(db, positions, tenantKey, rows);
}
