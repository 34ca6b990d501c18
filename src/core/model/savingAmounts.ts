import type { SeatBucket } from './finding';
import { compareFractions, roundDown, times, type Fraction } from './fraction';

interface Group {
  readonly each: Fraction;
  /** Who saves, and the number of the finding that says so. */
  readonly userIds: string[];
  readonly findings: number[];
}

/**
 * Gives each of many equal savings its amount in whole minor units so that they add up to the exact sum, rounded
 * down. Where a unit does not cost a whole number of minor units, the first ones by the user's id get one more than
 * the others: the same ones in whatever order they came. Of findings it keeps no more than a number, since a large
 * tenant has hundreds of thousands.
 */
export class SavingAmounts {
  /** By license and bucket; a downgrade saves different amounts of the same license. */
  private readonly groups = new Map<string, Map<string, Group[]>>();

  /** @param finding number of the finding, which {@link settle} calls it by */
  add(skuId: string, bucket: SeatBucket, each: Fraction, userId: string, finding: number): void {
    let ofLicense = this.groups.get(skuId);
    if (ofLicense === undefined) {
      ofLicense = new Map();
      this.groups.set(skuId, ofLicense);
    }
    let ofBucket = ofLicense.get(bucket);
    if (ofBucket === undefined) {
      ofBucket = [];
      ofLicense.set(bucket, ofBucket);
    }
    let group = ofBucket.find((known) => known.each === each || compareFractions(known.each, each) === 0);
    if (group === undefined) {
      group = { each, userIds: [], findings: [] };
      ofBucket.push(group);
    }
    group.userIds.push(userId);
    group.findings.push(finding);
  }

  /** Tells the amounts, one by one. */
  settle(set: (finding: number, monthlyMinor: number) => void): void {
    const groups = [...this.groups.values()].flatMap((ofLicense) => [...ofLicense.values()].flat());
    for (const { each, userIds, findings } of groups) {
      const base = roundDown(each);
      const extra = roundDown(times(each, findings.length)) - base * findings.length;
      if (extra === 0) {
        for (const finding of findings) set(finding, base);
        continue;
      }
      const order = findings.map((finding, index) => ({ finding, userId: userIds[index] ?? '' }));
      order.sort((left, right) => (left.userId < right.userId ? -1 : 1));
      order.forEach(({ finding }, index) => set(finding, index < extra ? base + 1 : base));
    }
    this.groups.clear();
  }
}
