import type { Containment, PlanLadder } from '../catalog/planLadder';
import type { SeatEvaluation } from './evaluation';
import type { LicenseFacts } from './findingFacts';
import { compareFractions } from './fraction';

/** That one seat of a user lies within another seat of the same user. */
export interface ContainedSeat {
  readonly seat: SeatEvaluation;
  readonly inside: LicenseFacts;
  readonly containment: Containment;
}

/** A license with its index and its place in the order in which equal licenses are given up. */
interface Entry {
  readonly license: LicenseFacts;
  readonly index: number;
  readonly place: number;
}

/**
 * Finds seats that a larger seat of the same user makes redundant. Plans that are off for the user do not count for
 * the larger one. Of two licenses that contain each other the cheaper is given up, so that no saving is overstated.
 */
export class ContainedSeats {
  private readonly entries = new Map<string, Entry>();
  private readonly plain = new Map<number, Containment>();
  private readonly restricted = new Map<string, Containment>();

  constructor(
    private readonly ladder: PlanLadder,
    private readonly licenses: readonly LicenseFacts[],
  ) {
    const order = [...licenses].sort(givenUpFirst);
    const places = new Map(order.map((license, place) => [license, place]));
    licenses.forEach((license, index) => {
      this.entries.set(license.skuId, { license, index, place: places.get(license) ?? 0 });
    });
  }

  /**
   * Redundant seats among seats that are kept otherwise. Each names a seat that stays, and near misses among the
   * seats that stay are named too.
   * @param kept seats of one user that are in no savings bucket
   */
  among(kept: readonly SeatEvaluation[]): readonly ContainedSeat[] {
    if (kept.length < 2 || !this.anyOverlap(kept)) return none;
    const inner = kept.map((seat) => kept.some((other) => other !== seat && this.givesWayTo(seat, other)));
    const staying = kept.filter((_, index) => inner[index] === false);
    return kept.flatMap((seat, index): readonly ContainedSeat[] => {
      const wanted = inner[index] === true ? 'contained' : 'near';
      for (const other of staying) {
        if (other === seat) continue;
        const containment = this.containment(other, seat);
        const inside = this.entries.get(other.skuId)?.license;
        if (inside === undefined || containment.kind !== wanted) continue;
        if (wanted === 'near' && !this.isNearer(seat, other, containment)) continue;
        return [{ seat, inside, containment }];
      }
      return none;
    });
  }

  /** Whether any of the seats lies within another, or nearly; for most people none does. */
  private anyOverlap(kept: readonly SeatEvaluation[]): boolean {
    for (const seat of kept) {
      for (const other of kept) {
        if (other !== seat && this.containment(other, seat).kind !== 'no') return true;
      }
    }
    return false;
  }

  /** Of two licenses that nearly contain each other, the one that lacks less is named. */
  private isNearer(seat: SeatEvaluation, other: SeatEvaluation, near: Containment): boolean {
    const reverse = this.containment(seat, other);
    if (reverse.kind === 'no') return true;
    const difference = near.missing.length - reverse.missing.length;
    return difference === 0 ? this.place(seat) < this.place(other) : difference < 0;
  }

  private place(seat: SeatEvaluation): number {
    return this.entries.get(seat.skuId)?.place ?? 0;
  }

  private givesWayTo(seat: SeatEvaluation, other: SeatEvaluation): boolean {
    if (this.containment(other, seat).kind !== 'contained') return false;
    if (this.containment(seat, other).kind !== 'contained') return true;
    return this.place(seat) < this.place(other);
  }

  private containment(large: SeatEvaluation, small: SeatEvaluation): Containment {
    const outer = this.entries.get(large.skuId);
    const part = this.entries.get(small.skuId);
    if (outer === undefined || part === undefined) return no;
    const pair = outer.index * this.licenses.length + part.index;
    if (large.disabledPlans.length === 0) {
      let known = this.plain.get(pair);
      if (known === undefined) {
        known = this.ladder.containment(outer.license, large.disabledPlans, part.license);
        this.plain.set(pair, known);
      }
      return known;
    }
    const key = `${pair} ${large.disabledPlans.join(' ')}`;
    let known = this.restricted.get(key);
    if (known === undefined) {
      known = this.ladder.containment(outer.license, large.disabledPlans, part.license);
      this.restricted.set(key, known);
    }
    return known;
  }
}

const none: readonly ContainedSeat[] = [];
const no: Containment = { kind: 'no', missing: [] };

/** Unpriced before priced, cheap before dear; across currencies and at the same price the order is only fixed. */
function givenUpFirst(left: LicenseFacts, right: LicenseFacts): number {
  const [a, b] = [left.price.price, right.price.price];
  const [currencyA, currencyB] = [a?.currency ?? '', b?.currency ?? ''];
  if (currencyA !== currencyB) return currencyA < currencyB ? -1 : 1;
  const byPrice = a === null || b === null ? 0 : compareFractions(a.monthly, b.monthly);
  return byPrice || (left.skuId < right.skuId ? -1 : 1);
}
