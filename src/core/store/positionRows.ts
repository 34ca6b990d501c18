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

/** Seats of a license by verdict, as {@link countSeat} counts them. */
export type SeatCounts = Map<string, number[]>;

/** Counts a seat of a license. */
export function countSeat(counts: SeatCounts, skuId: string, verdict: Verdict): void {
  let ofLicense = counts.get(skuId);
  if (ofLicense === undefined) {
    ofLicense = verdicts.map(() => 0);
    counts.set(skuId, ofLicense);
  }
  const index = verdicts.indexOf(verdict);
  ofLicense[index] = (ofLicense[index] ?? 0) + 1;
}

/** Seats of a license, whatever their verdict. */
export function seatsOf(counts: SeatCounts, skuId: string): number {
  return counts.get(skuId)?.reduce((sum, count) => sum + count, 0) ?? 0;
}

/** Stores the position of every license, retired and unmanaged ones included. */
export function writePositions(
  db: SqlDatabase,
  tenantKey: number,
  licenses: readonly TenantLicense[],
  counts: SeatCounts,
): void {
  const rows = licenses.map(({ productKey, skuId, units, buffer, limit }) => {
    const position = signedPosition(units, buffer);
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
      seatsOf(counts, skuId),
      ...(counts.get(skuId) ?? verdicts.map(() => 0)),
    ];
  });
  replaceRows(db, positions, tenantKey, rows);
}
