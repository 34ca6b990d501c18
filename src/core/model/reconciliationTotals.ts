import { isFreeProduct } from '../catalog/freeProducts';
import type { PositionRow } from './position';

/** A position row with what the totals need besides. */
export interface TotalsRow extends PositionRow {
  /** Seats that we count; null while assignments are unknown. */
  readonly seats: number | null;
  readonly unassigned: number;
  /** Seats by verdict; null while not evaluated. */
  readonly active: number | null;
  readonly inactive: number | null;
  readonly never: number | null;
  readonly new: number | null;
  readonly unknown: number | null;
  /** True when a price is known: then the license always counts. */
  readonly priced?: boolean;
}

/** Why a license is listed but left out of the totals. */
export type NotCountedReason =
  /** It applies to the company, not to users. */
  | 'notPerUser'
  /** It is free of charge. */
  | 'free'
  /** 10,000 units or more, hardly used, no price known. */
  | 'bulkUnused';

/** A sum of counts some of which may be unknown. */
export interface PartialSum {
  readonly value: number;
  /** False when a row had no number, so that the true sum may be higher. */
  readonly complete: boolean;
}

/** Totals over the licenses of a tenant (or of several). */
export interface ReconciliationTotals {
  /** Count of licenses in the totals. */
  readonly licenses: number;
  readonly entitled: number;
  readonly enabled: number;
  readonly inGrace: number;
  readonly suspended: number;
  readonly lockedOut: number;
  readonly consumed: number;
  /** What is missing where something is missing; a surplus elsewhere does not make up for it. */
  readonly shortfallNow: number;
  readonly shortfallSoon: number;
  /** What is left where something is left. */
  readonly spare: number;
  readonly unassigned: number;
  /** Count of licenses that are short now, and of those that will be when their grace ends. */
  readonly licensesShort: number;
  readonly licensesShortSoon: number;
  readonly seats: PartialSum;
  readonly active: PartialSum;
  readonly inactive: PartialSum;
  readonly never: PartialSum;
  readonly new: PartialSum;
  readonly unknown: PartialSum;
  /** Licenses left out; a screen says so and lists them. */
  readonly notCounted: readonly { readonly skuPartNumber: string; readonly reason: NotCountedReason }[];
}

const bulkUnits = 10_000;
const hardlyUsed = 0.01;

/** Why a license does not count in totals; null when it does. */
export function notCountedReason(
  row: Pick<TotalsRow, 'skuPartNumber' | 'appliesTo' | 'entitled' | 'consumed' | 'priced'>,
): NotCountedReason | null {
  if (row.appliesTo !== null && row.appliesTo.toLowerCase() !== 'user') return 'notPerUser';
  if (row.priced === true) return null;
  if (isFreeProduct(row.skuPartNumber)) return 'free';
  // The size alone is no reason: a large customer really can own 50,000 seats.
  return row.entitled >= bulkUnits && row.consumed < row.entitled * hardlyUsed ? 'bulkUnused' : null;
}

/** Adds up position rows. Shortage and surplus are kept apart, since one license can't stand in for another. */
export function reconciliationTotals(rows: readonly TotalsRow[]): ReconciliationTotals {
  const judged = rows.map((row) => ({ row, reason: notCountedReason(row) }));
  const counted = judged.filter(({ reason }) => reason === null).map(({ row }) => row);
  const sum = (value: (row: TotalsRow) => number): number =>
    counted.reduce((total, row) => total + value(row), 0);
  const partial = (value: (row: TotalsRow) => number | null): PartialSum => ({
    value: sum((row) => value(row) ?? 0),
    complete: counted.every((row) => value(row) !== null),
  });
  return {
    licenses: counted.length,
    entitled: sum((row) => row.entitled),
    enabled: sum((row) => row.enabled),
    inGrace: sum((row) => row.inGrace),
    suspended: sum((row) => row.suspended),
    lockedOut: sum((row) => row.lockedOut),
    consumed: sum((row) => row.consumed),
    shortfallNow: sum((row) => row.shortfallNow),
    shortfallSoon: sum((row) => row.shortfallSoon),
    spare: sum((row) => Math.max(0, row.availableNow)),
    unassigned: sum((row) => row.unassigned),
    licensesShort: counted.filter((row) => row.shortfallNow > 0).length,
    licensesShortSoon: counted.filter((row) => row.shortfallSoon > 0).length,
    seats: partial((row) => row.seats),
    active: partial((row) => row.active),
    inactive: partial((row) => row.inactive),
    never: partial((row) => row.never),
    new: partial((row) => row.new),
    unknown: partial((row) => row.unknown),
    notCounted: judged.flatMap(({ row, reason }) =>
      reason === null ? [] : [{ skuPartNumber: row.skuPartNumber, reason }],
    ),
  };
}
