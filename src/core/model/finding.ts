import type { ActivitySource, Confidence, SourceState, Verdict, VerdictReason } from './evaluation';
import type { DowngradeAdvice } from './downgrade';
import type { EntitlementLimit } from './purchases';
import type { DateAlert } from './term';
import type { PriceProblem } from './unitPrice';

/** What a finding says. */
export type FindingKind =
  | 'shortfall'
  | 'shortfallAfterGrace'
  | 'unassigned'
  | 'disabledAccount'
  | 'guest'
  | 'mailboxNeedsNone'
  | 'neverActive'
  | 'inactive'
  | 'contained'
  | 'downgrade'
  | 'duplicatePath'
  | 'assignmentError'
  | 'productGone'
  | 'countMismatch'
  | 'renewalDue'
  | 'priceMissing'
  | 'dataMissing'
  | 'dataStale';

/** Where the savings of a seat are counted: the first of these that fits, so that no seat counts twice. */
export const seatBuckets = [
  'disabledAccount',
  'guest',
  'mailboxNeedsNone',
  'neverActive',
  'inactive',
  'contained',
  'downgrade',
] as const;

/** A bucket of savings by seat. */
export type SeatBucket = (typeof seatBuckets)[number];

/** All buckets of savings, in the order in which they are shown: seats by precedence, then units that nobody holds. */
export const savingsBuckets = [...seatBuckets, 'unassigned'] as const;

/** A bucket of savings; units that nobody holds have their own. */
export type SavingsBucket = (typeof savingsBuckets)[number];

/** Findings of which an administrator is told at once; a license can be excluded from these alone. */
export const alertKinds: ReadonlySet<FindingKind> = new Set([
  'shortfall',
  'shortfallAfterGrace',
  'renewalDue',
]);

/** Something to look at before a seat is taken away. */
export type SeatCheck =
  /** The mailbox has an archive. */
  | 'archive'
  /** The mailbox is larger than one without a license may be. */
  | 'largeMailbox'
  /** Whether the mailbox is on hold can't be seen. */
  | 'holdUnknown';

/** Why the service may count otherwise than we do. */
export type MismatchReason =
  /** The service counts more, and assignments in error exist. */
  | 'assignmentErrors'
  /** The service counts more: it may still count users deleted lately, or users that were not readable. */
  | 'usersNotListed'
  /** Users and products were read at different times. */
  | 'readAtDifferentTimes'
  /** The service counts less: its count follows assignments with a delay. */
  | 'countDelayed';

/** The facts behind a finding, for screens to make a sentence of. */
export type FindingEvidence =
  | {
      readonly about: 'position';
      readonly entitled: number;
      readonly enabled: number;
      readonly inGrace: number;
      readonly consumed: number;
      readonly buffer: number;
      readonly limit: EntitlementLimit;
      /** Day on which the grace ends, `YYYY-MM-DD`. */
      readonly graceEnds: string | null;
    }
  | {
      readonly about: 'seat';
      readonly verdict: Verdict;
      readonly reason: VerdictReason;
      readonly confidence: Confidence | null;
      readonly lastActivityDate: string | null;
      /** Paths that all have to go before the seat is free. */
      readonly direct: boolean;
      readonly groupCount: number;
      readonly checks: readonly SeatCheck[];
    }
  | {
      readonly about: 'containment';
      /** The license that does all of it, or all but the missing plans. */
      readonly insideSkuId: string;
      readonly insidePartNumber: string;
      readonly missingPlans: readonly string[];
    }
  | { readonly about: 'downgrade'; readonly advice: DowngradeAdvice }
  | { readonly about: 'paths'; readonly direct: boolean; readonly groupCount: number }
  | {
      readonly about: 'assignmentError';
      readonly holdsSeat: boolean;
      readonly errors: readonly { readonly groupId: string | null; readonly error: string | null }[];
    }
  | {
      readonly about: 'count';
      readonly consumed: number;
      readonly seats: number;
      readonly reasons: readonly MismatchReason[];
    }
  | { readonly about: 'date'; readonly alert: DateAlert }
  | { readonly about: 'purchaseEnd'; readonly purchaseId: string; readonly endingDate: string }
  | { readonly about: 'price'; readonly problem: PriceProblem }
  | {
      readonly about: 'source';
      readonly source: ActivitySource;
      readonly status: SourceState['status'];
      readonly asOfDate: string | null;
    };

/** Something worth acting on. */
export interface Finding {
  readonly kind: FindingKind;
  readonly userId: string | null;
  readonly skuId: string | null;
  readonly skuPartNumber: string | null;
  /** Seats or units concerned. */
  readonly seats: number;
  /**
   * Per month: what is saved where there is a bucket, what is at stake elsewhere. Null: unpriced. Zero for what
   * costs nothing, such as a second path to the same seat.
   */
  readonly monthlyMinor: number | null;
  readonly currency: string | null;
  /** Null: no savings. */
  readonly bucket: SavingsBucket | null;
  readonly evidence: FindingEvidence;
}

/** What tells findings of one kind about one license apart; the end of their id. */
export function findingPart(evidence: FindingEvidence): string | null {
  switch (evidence.about) {
    case 'date':
      return evidence.alert.subscriptionId;
    case 'purchaseEnd':
      return evidence.purchaseId;
    case 'source':
      return evidence.source;
    default:
      return null;
  }
}

/**
 * Id of a finding: the same at every import for the same thing, and unique across tenants. It is made when it is asked
 * for, since of the hundred thousand findings of a large tenant most are never named.
 */
export function findingId(tenantId: string, { kind, skuId, userId, evidence }: Finding): string {
  const about = skuId === null ? tenantId : `${tenantId}_${skuId}`;
  return [kind, about, userId ?? findingPart(evidence)].filter((text) => text !== null).join(':');
}
