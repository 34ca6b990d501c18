import { savingsBuckets, type Finding, type SavingsBucket } from './finding';
import { roundDown, times, type Fraction } from './fraction';
import type { EntitlementLimit } from './purchases';
import type { Units } from './signedPosition';
import type { LicenseTerm } from './term';

/** Savings of one bucket in one currency. */
export interface BucketSavings {
  readonly bucket: SavingsBucket;
  /** Null for seats of unpriced licenses: their savings are unknown, not zero. */
  readonly currency: string | null;
  readonly seats: number;
  readonly monthlyMinor: number | null;
}

/** Adds up findings with savings by bucket, in the order of precedence, and currency, unpriced last. */
export function savingsByBucket(findings: readonly Finding[]): readonly BucketSavings[] {
  const sums = new Map<string, BucketSavings>();
  for (const { bucket, currency, seats, monthlyMinor } of findings) {
    if (bucket === null) continue;
    const key = `${bucket} ${monthlyMinor === null ? '' : currency}`;
    const known = sums.get(key);
    sums.set(key, {
      bucket,
      currency: monthlyMinor === null ? null : currency,
      seats: (known?.seats ?? 0) + seats,
      monthlyMinor: monthlyMinor === null ? null : (known?.monthlyMinor ?? 0) + monthlyMinor,
    });
  }
  return [...sums.values()].sort(
    (left, right) =>
      savingsBuckets.indexOf(left.bucket) - savingsBuckets.indexOf(right.bucket) ||
      ((left.currency ?? '~') < (right.currency ?? '~') ? -1 : 1),
  );
}

/** A license, as far as it matters when its units can be given back. */
export interface ReturnableLicense {
  readonly skuId: string;
  readonly units: Units;
  readonly buffer: number;
  readonly limit: EntitlementLimit;
  /** Null: unpriced. */
  readonly price: { readonly currency: string; readonly monthly: Fraction } | null;
  readonly term: LicenseTerm;
  /** `YYYY-MM-DD` of the next renewal; null: unknown. */
  readonly renewalDate: string | null;
}

/** What can be saved of one license, and when. */
export interface Realisable {
  readonly skuId: string;
  readonly currency: string | null;
  /** Seats that the findings free, downgrades left out. */
  readonly freed: number;
  /** Units that stop costing, or save a purchase, at once. */
  readonly nowUnits: number;
  readonly nowMinor: number | null;
  /** Units that need not be renewed, those that are free by then included. */
  readonly renewalUnits: number;
  readonly renewalMinor: number | null;
  /** From this day on; null: unknown. */
  readonly renewalDate: string | null;
}

/** Tells whether what a finding advises frees a seat. A downgrade does not: it frees a unit here and needs one elsewhere. */
export function freesSeat({ userId, bucket }: Pick<Finding, 'userId' | 'bucket'>): boolean {
  return userId !== null && bucket !== null && bucket !== 'downgrade';
}

/**
 * What the savings of a license come to. Units of a monthly term can be given back at once. Those of a longer term
 * cost until it ends: until then a freed unit helps only where it spares a purchase, that is while units are short,
 * which those of an unlimited license never are.
 * @param freed seats that findings free: see {@link freesSeat}
 */
export function realisable(license: ReturnableLicense, freed: number): Realisable {
  const { units, buffer, limit, price, term } = license;
  const spare = units.enabled - units.consumed;
  // A freed unit first makes up for what is short, then for the buffer; only the rest can be given back.
  const returnable = Math.min(units.enabled, Math.max(0, freed + spare - buffer));
  const short = limit === 'unlimited' ? 0 : Math.min(freed, Math.max(0, -spare));
  const nowUnits = term === 'monthly' ? returnable + short : short;
  const worth = (count: number): number | null =>
    price === null ? null : roundDown(times(price.monthly, count));
  return {
    skuId: license.skuId,
    currency: price?.currency ?? null,
    freed,
    nowUnits,
    nowMinor: worth(nowUnits),
    renewalUnits: returnable,
    renewalMinor: worth(returnable),
    renewalDate: license.renewalDate,
  };
}

/** What an import says about the seats and units of the time before. */
export interface NextImport {
  /** Users and products were read completely; otherwise nothing is verified. */
  readonly complete: boolean;
  holdsSeat(userId: string, skuId: string): boolean;
  /** Enabled units of a license; 0 when it is gone. */
  enabledUnits(skuId: string): number;
}

/** A license at the time of the findings. */
export interface LicenseBefore {
  readonly enabled: number;
  /** What one unit cost per month; null: unpriced. */
  readonly monthly: Fraction | null;
}

/** A saving that an import has proved. */
export interface VerifiedSaving {
  readonly finding: Finding;
  readonly seats: number;
  readonly monthlyMinor: number | null;
  readonly currency: string | null;
}

/**
 * Savings found earlier that the next import proves: seats that are no longer held, and unassigned units that are
 * no longer paid for, worth what they were worth when they were found. An estimate is not a refund; only what is
 * verified is a result.
 * @param before findings of the earlier import
 * @param licenses each license at that time, by SKU id
 */
export function verifiedSavings(
  before: readonly Finding[],
  licenses: ReadonlyMap<string, LicenseBefore>,
  next: NextImport,
): readonly VerifiedSaving[] {
  if (!next.complete) return [];
  return before.flatMap((finding): VerifiedSaving[] => {
    const { userId, skuId, bucket, seats, monthlyMinor, currency } = finding;
    if (bucket === null || skuId === null) return [];
    if (userId !== null) {
      return next.holdsSeat(userId, skuId) ? [] : [{ finding, seats, monthlyMinor, currency }];
    }
    const license = licenses.get(skuId);
    const given = Math.min(seats, (license?.enabled ?? 0) - next.enabledUnits(skuId));
    if (given <= 0) return [];
    // Rounded once: a share of the finding's amount would be rounded a second time.
    const price = monthlyMinor === null ? null : (license?.monthly ?? null);
    const worth = price === null ? null : roundDown(times(price, given));
    return [{ finding, seats: given, monthlyMinor: worth, currency }];
  });
}
