import type { Finding } from './finding';
import { roundDown, times, type Fraction } from './fraction';

/** A finding whose amount is set at the end. */
export type OpenFinding = { -readonly [Key in keyof Finding]: Finding[Key] };

interface Group {
  readonly each: Fraction;
  readonly findings: OpenFinding[];
}

/**
 * Gives each of many equal savings its amount in whole minor units so that they add up to the exact sum, rounded
 * down. Where a unit does not cost a whole number of minor units, the first findings by id get one more than the
 * others: the same ones in whatever order they came.
 */
export class SavingAmounts {
  private readonly groups = new Map<string, Group>();

  /** @param group findings of the same license, bucket and unit saving belong together */
  add(group: string, each: Fraction, finding: OpenFinding): void {
    const known = this.groups.get(group);
    if (known === undefined) this.groups.set(group, { each, findings: [finding] });
    else known.findings.push(finding);
  }

  /** Sets the amounts. */
  settle(): void {
    for (const { each, findings } of this.groups.values()) {
      const base = roundDown(each);
      const extra = roundDown(times(each, findings.length)) - base * findings.length;
      for (const finding of findings) finding.monthlyMinor = base;
      if (extra === 0) continue;
      findings.sort((left, right) => (left.findingId < right.findingId ? -1 : 1));
      for (const finding of findings.slice(0, extra)) finding.monthlyMinor = base + 1;
    }
    this.groups.clear();
  }
}
