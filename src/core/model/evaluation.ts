import type { ImportTask } from './connection';

/** The eleven applications of Application Access. */
export type Application =
  | 'dynamics365'
  | 'exchange'
  | 'teams'
  | 'oneDrive'
  | 'outlook'
  | 'powerBi'
  | 'project'
  | 'sharePoint'
  | 'skypeForBusiness'
  | 'visio'
  | 'yammer';

/** Where a sign of use comes from; `v_activity.source`. */
export type ActivitySource =
  | 'signInActivity'
  | 'activeUserReport'
  | 'emailReport'
  | 'appUsageReport'
  | 'mailboxReport'
  | 'oneDriveReport'
  | 'signIns';

/** What is thought of a user, or of a user's use of one license. */
export type Verdict = 'active' | 'inactive' | 'never' | 'new' | 'unknown' | 'notPerson';

/** How sure a verdict is; null where there is nothing to be sure of. */
export type Confidence = 'high' | 'medium' | 'low';

/** Why a verdict is what it is: a word for code and filters; screens turn it into a sentence. */
export type VerdictReason =
  | 'usedRecently'
  | 'notUsedRecently'
  | 'noUseSinceCreation'
  | 'youngAccount'
  | 'sharedMailbox'
  | 'roomOrEquipment'
  | 'markedNotPerson'
  | 'sourceMissing'
  | 'sourceStale'
  | 'namesConcealed'
  | 'noRowInReport'
  | 'creationDateUnknown'
  | 'notObservable'
  /** `never`, but only for as long as the sign-in log reaches back (Entra ID keeps 30 days). */
  | 'noUseInHistory'
  /** The sign-in log does not reach back as far as the inactivity threshold asks. */
  | 'historyTooShort';

/** Settings that change verdicts and findings, in days. */
export interface EvaluationSettings {
  /** A last use longer ago than this many days makes `inactive` (`m365Licenses.inactivity.days`, 30). */
  readonly inactivityDays: number;
  /** An account younger than this many days without use is `new`, not `never` (30). */
  readonly graceDays: number;
  /** Days before a date at which findings begin to speak of it (`m365Licenses.renewal.noticeDays`, 30). */
  readonly noticeDays?: number;
}

/** State of one source at the time of evaluation. */
export interface SourceState {
  /** `fresh`: its as-of date is at most 7 days before the evaluation; `missing`: never imported or refused. */
  readonly status: 'fresh' | 'stale' | 'missing' | 'concealed' | 'notLicensed';
  readonly asOfDate: string | null;
  /**
   * `YYYY-MM-DD` from which on the source would have shown use. Matters for `signIns` alone, where absent means
   * the 30 days that Entra ID keeps.
   * @see https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention
   */
  readonly observedSince?: string | null;
}

/** One sign of use, or of a row that says there was none. */
export interface ActivitySignal {
  readonly source: ActivitySource;
  /** The application it speaks of; null for a sign of the account as a whole. */
  readonly application: Application | null;
  /** `YYYY-MM-DD`; null: the source has a row for the user and it says no use. */
  readonly date: string | null;
  /** True for a non-interactive sign-in, which can be a phone refreshing a token. */
  readonly weak?: boolean;
}

/** What a SKU of the tenant grants, as far as use can be observed. */
export interface SkuServices {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** Applications whose use counts for a seat of this SKU. */
  readonly applications: readonly Application[];
  /** Set when the SKU is judged by one service alone (Visio, Project, Power BI, Dynamics 365); Copilot: `notObservable` until its report is read. */
  readonly judgedBy: Application | null;
  /** True when the SKU grants Word, Excel and the like, whose use the Microsoft 365 Apps report shows. */
  readonly officeApps?: boolean;
  /**
   * Which plan serves what, so that a service whose every plan is off does not count for the seat. Absent: all
   * count. Built by `skuServices` of `core/catalog/skuServices.ts`.
   */
  readonly plans?: readonly SkuPlan[];
}

/** A service plan whose use can be observed. */
export interface SkuPlan {
  readonly servicePlanId: string;
  readonly serves: readonly (Application | 'officeApps')[];
}

/** One way by which the user gets a license, as the rules need it. */
export interface SeatPath {
  readonly groupId: string | null;
  readonly state: string;
  readonly disabledPlans: readonly string[];
}

/** Everything known of one user that matters for the verdicts. */
export interface UserEvidence {
  readonly userPrincipalName: string;
  readonly accountEnabled: boolean | null;
  readonly userType: string | null;
  /** UTC ISO 8601. */
  readonly createdAt: string | null;
  /** `recipientType` of the mailbox report, or null when unknown. */
  readonly recipientType: string | null;
  /** True for a soft-deleted account: sign-in activity does not come with those. */
  readonly isDeleted?: boolean;
  /** True when a person said that this account is not one (by list or by pattern). */
  readonly markedNotPerson?: boolean;
  readonly signals: readonly ActivitySignal[];
  /** All paths by SKU, error paths included. */
  readonly paths: ReadonlyMap<string, readonly SeatPath[]>;
}

/** What is the same for all users of a tenant in one evaluation. */
export interface EvaluationContext {
  /** Date of the evaluation, `YYYY-MM-DD` (UTC). The rules have no clock. */
  readonly today: string;
  readonly settings: EvaluationSettings;
  readonly sources: ReadonlyMap<ActivitySource, SourceState>;
  readonly skus: ReadonlyMap<string, SkuServices>;
  /** Days of their own for the seats of single licenses, by SKU; the user is judged by `settings` all the same. */
  readonly ownSettings?: ReadonlyMap<string, EvaluationSettings>;
}

/** Verdict of one subject (a user or a seat). */
export interface VerdictResult {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  readonly confidence: Confidence | null;
  /** Newest use by a fresh source, `YYYY-MM-DD`. */
  readonly lastActivityDate: string | null;
}

/** One user × license held. */
export interface SeatEvaluation extends VerdictResult {
  readonly skuId: string;
  /** Count of holding paths (state Active or ActiveWithError). */
  readonly paths: number;
  readonly direct: boolean;
  readonly groupCount: number;
  /** Plans that are off in every holding path, sorted. */
  readonly disabledPlans: readonly string[];
}

/** Result for one user. */
export interface UserEvaluation extends VerdictResult {
  readonly daysSinceLastActivity: number | null;
  readonly seats: readonly SeatEvaluation[];
}

/** Which task brings a source, for messages about what is missing. */
export const taskOfSource: Readonly<Record<ActivitySource, ImportTask>> = {
  signInActivity: 'applicationRoster',
  activeUserReport: 'applicationAccess',
  emailReport: 'applicationAccess',
  appUsageReport: 'applicationRoster',
  mailboxReport: 'applicationRoster',
  oneDriveReport: 'applicationRoster',
  signIns: 'applicationAccess',
};
