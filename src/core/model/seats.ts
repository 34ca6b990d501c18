import type { SeatPath } from './evaluation';

/** What one user holds of one license, however many paths lead to it. */
export interface HeldSeat {
  readonly skuId: string;
  /** Count of holding paths. */
  readonly paths: number;
  readonly direct: boolean;
  readonly groupCount: number;
  /** Plans that are off in every holding path, sorted. */
  readonly disabledPlans: readonly string[];
}

const noPlans: readonly string[] = [];

/**
 * Whether an assignment state holds a seat: `Active` and `ActiveWithError` do; `Error`, `Disabled` and values
 * that Microsoft adds later do not.
 * @see https://learn.microsoft.com/graph/api/resources/licenseassignmentstate
 */
export function holdsSeat(state: string): boolean {
  return state === 'Active' || state === 'ActiveWithError';
}

/** The seat that the paths to one license add up to; null when none of them holds it. */
export function seatFromPaths(skuId: string, paths: readonly SeatPath[]): HeldSeat | null {
  let count = 0;
  let direct = false;
  let groupCount = 0;
  let off = noPlans;
  for (const path of paths) {
    if (!holdsSeat(path.state)) continue;
    // A plan works for the user as soon as one path has it on.
    off = count === 0 ? path.disabledPlans : intersection(off, path.disabledPlans);
    count += 1;
    if (path.groupId === null) direct = true;
    else groupCount += 1;
  }
  if (count === 0) return null;
  return {
    skuId,
    paths: count,
    direct,
    groupCount,
    disabledPlans: off.length === 0 ? noPlans : [...new Set(off)].sort(),
  };
}

function intersection(left: readonly string[], right: readonly string[]): readonly string[] {
  if (left.length === 0 || right.length === 0) return noPlans;
  return left.filter((plan) => right.includes(plan));
}
