import type { LadderPlan } from '../catalog/planLadder';
import type { DowngradeAnswers } from './downgrade';
import type { ActivitySource, SeatEvaluation, SourceState } from './evaluation';
import type { EntitlementLimit } from './purchases';
import type { Units } from './signedPosition';
import type { SubscriptionDates } from './term';
import type { PriceState } from './unitPrice';

/** A license that counts (not retired, not unmanaged), as the findings need it. */
export interface LicenseFacts {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** `User` or `Company`; null when unknown, which counts as `User`. */
  readonly appliesTo: string | null;
  readonly units: Units;
  readonly buffer: number;
  readonly limit: EntitlementLimit;
  /** Its own notice period in days; null or absent: that of the context. */
  readonly noticeDays?: number | null;
  readonly price: PriceState;
  /** What a person said about cheaper licenses for its users; absent: nothing. */
  readonly answers?: DowngradeAnswers | undefined;
  /** Empty when not known. */
  readonly plans: readonly LadderPlan[];
  readonly subscriptions: readonly SubscriptionDates[];
  /** Last days of the purchases that are valid now. */
  readonly purchaseEnds: readonly { readonly purchaseId: string; readonly endingDate: string }[];
}

/** An assignment that is in error, whether it holds a seat (`ActiveWithError`) or not (`Error`). */
export interface AssignmentError {
  readonly skuId: string;
  readonly groupId: string | null;
  readonly state: string;
  readonly error: string | null;
}

/** A user, as the findings need it. Deleted users hold no seat and are not given. */
export interface UserFacts {
  readonly userId: string;
  /** Null: unknown. */
  readonly accountEnabled: boolean | null;
  readonly userType: string | null;
  /** Recipient type of the mailbox report; null: unknown. */
  readonly recipientType: string | null;
  readonly mailboxBytes: number | null;
  readonly hasArchive: boolean | null;
  /** Whether somebody signed in to the account itself lately; null: unknown. */
  readonly signedInLately: boolean | null;
  /** Subjects (bits of `subjectBit`) that fresh sources show in use, and those that they show not in use. */
  readonly used: number;
  readonly unused: number;
  readonly seats: readonly SeatEvaluation[];
  readonly errors: readonly AssignmentError[];
}

/** What is the same for all licenses and users of a tenant. */
export interface FindingContext {
  readonly tenantId: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Days before a date at which to speak of it, for licenses without a notice period of their own. */
  readonly noticeDays: number;
  /** Licenses that count. */
  readonly licenses: readonly LicenseFacts[];
  /** Licenses that exist and do not count: their seats are not looked at, and are not gone either. */
  readonly hiddenSkuIds: ReadonlySet<string>;
  readonly sources: ReadonlyMap<ActivitySource, SourceState>;
  /** Days on which users and products were read, to be compared; null: never. */
  readonly usersAsOf: string | null;
  readonly productsAsOf: string | null;
}
