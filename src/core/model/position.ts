import type { SignedPosition, Units } from './signedPosition';

/** One license of a position, with the numbers of `v_position`. */
export interface PositionRow
  extends Omit<Units, 'warning'>, Omit<SignedPosition, 'availableAfterGrace' | 'unassigned'> {
  readonly skuPartNumber: string;
  /** `User` or `Company`; null when unknown, which counts as `User`. */
  readonly appliesTo: string | null;
  /** Units in grace: the term ended and users keep working. */
  readonly inGrace: number;
}
