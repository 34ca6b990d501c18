import type { Finding, SeatBucket } from './finding';
import { compareFractions, roundDown, times, type Fraction } from './fraction';

/** A finding whose amount is set at the end. */
export type OpenFinding = { -readonly [Key in keyof Finding]: Finding[Key] };

interface Group {
  readonly each: Fraction;
  readonly findings: OpenFinding[];
}

/**
 * Gives each of many equal savings its amount in whole minor units so that they add up to the exact sum, rounded
 * down. Where a unit does not cost a whole number of minor units, the first ones by the user's id get one more than
 * the others: the same ones in whatever order they came.
 */
export class SavingAmounts {
  /** By license and bucket; a downgrade saves different amounts of the same license. */
  private readonly groups = new Map<string, Map<string, Group[]>>();

  add(skuId: string, bucket: SeatBucket, each: Fraction, finding: OpenFinding): void {
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
    const known = ofBucket.find((group) => group.each === each || compareFractions(group.each, each) === 0);
    if (known === undefined) ofBucket.push({ each, findings: [finding] });
    else known.findings.push(finding);
  }

  /** Sets the amounts. */
  settle(): void {
    const groups = [...this.groups.values()].flatMap((ofLicense) => [...ofLicense.values()].flat());
    for (const { each, findings } of groups) {
      const base = roundDown(each);
      const extra = roundDown(times(each, findings.length)) - base * findings.length;
      for (const finding of findings) finding.monthlyMinor = base;
      if (extra === 0) continue;
      findings.sort((left, right) => ((left.userId ?? '') < (right.userId ?? '') ? -1 : 1));
      for (const finding of findings.slice(0, extra)) finding.monthlyMinor = base + 1;
    }
    this.groups.clear();
  }
}
