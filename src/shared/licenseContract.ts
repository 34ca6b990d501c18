import type { LicensePosition } from './licensePosition';
import type { ExportTables } from './tableExport';

/** Where a page about a license begins. */
export type LicenseSection = 'newPurchase' | 'purchases' | 'terms' | 'findings' | 'downgrades';

/** Verdicts of seats, in the order of the screen. */
export const seatVerdicts = ['active', 'inactive', 'never', 'new', 'unknown', 'notPerson'] as const;

/** Verdict of a seat. */
export type SeatVerdict = (typeof seatVerdicts)[number];

/** How often an amount is paid, as words; `biannually` is every two years. */
export const paymentFrequencies = [
  'once',
  'monthly',
  'quarterly',
  'semiAnnually',
  'annually',
  'every18Months',
  'biannually',
  'triennially',
] as const;

/** How often an amount is paid. */
export type PaymentFrequencyName = (typeof paymentFrequencies)[number];

/** Stages of a license's life; all but `retired` count. */
export const lifecycleStages = ['active', 'inStock', 'purchased', 'received', 'retired'] as const;

/** Stage of a license's life. */
export type LifecycleStage = (typeof lifecycleStages)[number];

/** What may be used of a license. */
export const entitlementLimits = ['asPurchased', 'unlimited', 'subjectToTrueUp'] as const;

/** What may be used of a license. */
export type EntitlementLimitName = (typeof entitlementLimits)[number];

/** What the license is, and how it takes part. Dates `YYYY-MM-DD`, moments UTC ISO 8601, null is unknown. */
export interface LicenseHead {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly lastImportAt: string | null;
  readonly evaluatedOn: string | null;
  readonly licenseId: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** Own name or that of the product; null when the catalogue does not know it. */
  readonly productName: string | null;
  readonly givenName: string | null;
  readonly appliesTo: string | null;
  readonly capabilityStatus: string | null;
  readonly isTrial: boolean | null;
  readonly isFree: boolean;
  readonly isCounted: boolean;
  readonly lifecycleStatus: string;
  readonly participation: string;
  readonly managedReason: string | null;
  readonly managedUntil: string | null;
  readonly alertsReason: string | null;
  readonly alertsUntil: string | null;
  readonly entitlementLimit: string;
  readonly buffer: number;
  /** Product family, by which licenses are compared. */
  readonly family: string | null;
}

/** Units from one import to the next that brought others. */
export interface LicenseHistoryRow {
  /** UTC ISO 8601 */
  readonly validFrom: string;
  /** Null: still so. */
  readonly validTo: string | null;
  readonly enabled: number;
  readonly inGrace: number;
  readonly suspended: number;
  readonly lockedOut: number;
  readonly consumed: number;
  /** Null while users were never read. */
  readonly active: number | null;
}

/** A subscription of the product. */
export interface LicenseSubscription {
  readonly subscriptionId: string;
  readonly status: string | null;
  readonly totalLicenses: number | null;
  readonly isTrial: boolean | null;
  readonly createdAt: string | null;
  readonly nextLifecycleAt: string | null;
  readonly term: string;
  /** Set by a person; null: not known. */
  readonly recurringBilling: boolean | null;
}

/** What a purchase costs, rounded; null where it can't be said. */
export interface PurchaseCost {
  readonly currency: string;
  readonly unitMonthlyMinor: number | null;
  readonly monthlyMinor: number | null;
  readonly annualMinor: number | null;
}

/** A purchase as a form has it: what a person types. */
export interface PurchaseDraft {
  /** Null: a new one. */
  readonly purchaseId: string | null;
  readonly quantity: string;
  /** With the decimals of its currency: `684.00`. */
  readonly amount: string;
  readonly amountPer: 'unit' | 'total';
  readonly currency: string;
  readonly paymentFrequency: PaymentFrequencyName;
  readonly effectiveDate: string;
  readonly endingDate: string;
  readonly note: string;
}

/** A field of a purchase. */
export type PurchaseField = Exclude<keyof PurchaseDraft, 'purchaseId'>;

/** A purchase of the license. */
export interface LicensePurchaseRow {
  readonly draft: PurchaseDraft & { readonly purchaseId: string };
  readonly quantity: number;
  readonly amountMinor: number;
  readonly state: 'valid' | 'ended' | 'notYet';
  readonly cost: PurchaseCost;
}

/** What a person decided about a license, as a form has it. */
export interface TermsDraft {
  readonly name: string;
  readonly lifecycleStatus: LifecycleStage;
  readonly limit: EntitlementLimitName;
  readonly buffer: string;
  readonly administrator: string;
  readonly note: string;
  readonly inactivityDays: string;
  readonly graceDays: string;
  readonly noticeDays: string;
  readonly managed: boolean;
  readonly managedReason: string;
  readonly managedUntil: string;
  readonly excluded: boolean;
  readonly alertsReason: string;
  readonly alertsUntil: string;
}

/** A field of the terms. */
export type TermsField = keyof TermsDraft;

/** What is wrong with a field, in a sentence. */
export interface FieldFault<Field extends string> {
  readonly field: Field;
  readonly sentence: string;
}

/** What the host says of a purchase that is being typed. */
export interface PurchaseCheck {
  readonly problems: readonly FieldFault<PurchaseField>[];
  /** Null while there are problems. */
  readonly cost: PurchaseCost | null;
}

/** What the host says of terms that are being typed. */
export interface TermsCheck {
  readonly problems: readonly FieldFault<TermsField>[];
}

/** Price and spend of the license; null is unknown. */
export interface LicenseMoney {
  readonly currency: string | null;
  readonly unitMonthlyMinor: number | null;
  readonly boughtMonthlyMinor: number | null;
  readonly boughtAnnualMinor: number | null;
  readonly assignedMonthlyMinor: number | null;
  /** Why there is no price; null when there is one. */
  readonly priceProblem: string | null;
  readonly purchasedQuantity: number | null;
}

/** A service plan of the product. */
export interface LicensePlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  readonly friendlyName: string | null;
  readonly appliesTo: string | null;
  readonly provisioningStatus: string | null;
}

/** One way by which people get the license. */
export interface LicensePath {
  /** Null: directly. */
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly assignments: number;
  readonly holding: number;
  readonly errors: number;
}

/** Assignments in error of one kind. */
export interface LicensePathError {
  readonly groupName: string | null;
  readonly direct: boolean;
  readonly state: string;
  readonly error: string | null;
  readonly assignments: number;
}

/** Seats by the ways that lead to them. */
export interface LicensePaths {
  readonly directOnly: number;
  readonly groupOnly: number;
  readonly both: number;
  readonly ways: readonly LicensePath[];
  readonly errors: readonly LicensePathError[];
}

/** Seats by verdict. */
export type SeatCounts = Readonly<Record<SeatVerdict, number>>;

/** One license of the same family, this one included. */
export interface ComparedLicense {
  readonly licenseId: string;
  readonly skuPartNumber: string;
  readonly productName: string | null;
  readonly entitled: number;
  readonly isUnlimited: boolean;
  readonly seats: number | null;
  readonly counts: SeatCounts | null;
  readonly unitMonthlyMinor: number | null;
  readonly currency: string | null;
}

/** People who hold the license and when they last used a service. */
export interface ServiceUse {
  readonly application: string;
  /** Holders with a use within the inactivity period. */
  readonly recent: number;
  /** Holders with an older use. */
  readonly earlier: number;
  readonly lastUse: string | null;
}

/** Findings of one kind about the license; those about people are added up. */
export interface LicenseFinding {
  readonly kind: string;
  readonly findings: number;
  /** People concerned; 0 for a finding about the license itself. */
  readonly people: number;
  readonly seats: number;
  /** Null: no price, or several currencies. */
  readonly monthlyMinor: number | null;
  readonly currency: string | null;
  readonly isSaving: boolean;
  readonly isAlert: boolean;
  /** Evidence as JSON, of the only one of them. */
  readonly evidence: string | null;
}

/** What a person said about cheaper licenses for the users of a license. */
export interface DowngradeAnswersDraft {
  /** Keys of questions: nobody needs these plans. */
  readonly notNeeded: readonly string[];
  readonly frontline: boolean;
  readonly noHolds: boolean;
}

/** A cheaper license and what stands in between. */
export interface DowngradeProspectRow {
  readonly licenseId: string;
  readonly name: string;
  /** A seat and month, rounded down. */
  readonly savesMinor: number;
  /** Titles of what is not answered yet. */
  readonly open: readonly string[];
  readonly asksFrontline: boolean;
  readonly asksHolds: boolean;
  /** Plans that go whatever is answered, by name. */
  readonly wouldLose: readonly string[];
}

/** Cheaper licenses for the users of this one, and what is to be said before one of them is advised. */
export interface LicenseDowngradesData {
  readonly problem: 'noPrice' | 'notPerUser' | 'notCounted' | null;
  readonly currency: string | null;
  readonly prospects: readonly DowngradeProspectRow[];
  readonly questions: readonly {
    readonly key: string;
    readonly title: string;
    /** Names of the plans that are meant. */
    readonly plans: readonly string[];
  }[];
  readonly asksFrontline: boolean;
  readonly asksHolds: boolean;
  readonly answers: DowngradeAnswersDraft;
  /** Seats for which a cheaper license is advised now. */
  readonly advised: number;
}

/** Everything that the page shows. */
export interface LicenseData {
  readonly head: LicenseHead;
  readonly position: LicensePosition | null;
  readonly history: readonly LicenseHistoryRow[];
  readonly subscriptions: readonly LicenseSubscription[];
  readonly purchases: readonly LicensePurchaseRow[];
  readonly newPurchase: PurchaseDraft;
  readonly money: LicenseMoney;
  readonly terms: TermsDraft;
  /** Thresholds and notice period that hold without own ones, in days. */
  readonly usualThresholds: {
    readonly inactivityDays: number;
    readonly graceDays: number;
    readonly noticeDays: number;
  };
  readonly plans: readonly LicensePlan[];
  readonly paths: LicensePaths;
  /** Null while no seat was ever judged. */
  readonly counts: SeatCounts | null;
  readonly compared: readonly ComparedLicense[];
  readonly services: readonly ServiceUse[];
  readonly findings: readonly LicenseFinding[];
  readonly downgrades: LicenseDowngradesData;
  readonly currencies: readonly string[];
}

/** Which of the people who hold the license to show. */
export interface RosterJump {
  readonly verdict: SeatVerdict | null;
  readonly path: 'direct' | 'group' | 'both' | 'error' | null;
  readonly findingKind: string | null;
}

/** The page about a license: what it may ask and what it is told. */
export type LicenseContract = {
  requests: {
    start: { params: null; result: { readonly licenseId: string } };
    load: { params: null; result: LicenseData };
    checkPurchase: { params: PurchaseDraft; result: PurchaseCheck };
    savePurchase: {
      params: PurchaseDraft;
      result: { readonly saved: boolean; readonly purchaseId: string | null; readonly check: PurchaseCheck };
    };
    /** Asks first; false when the person keeps it. */
    removePurchase: { params: { readonly purchaseId: string }; result: { readonly removed: boolean } };
    checkTerms: { params: TermsDraft; result: TermsCheck };
    saveTerms: { params: TermsDraft; result: { readonly saved: boolean; readonly check: TermsCheck } };
    saveRecurringBilling: {
      params: { readonly subscriptionId: string; readonly recurringBilling: boolean | null };
      result: null;
    };
    saveDowngradeAnswers: { params: DowngradeAnswersDraft; result: null };
    openRoster: { params: RosterJump; result: null };
    openLicense: { params: { readonly licenseId: string }; result: null };
    importPriceBook: { params: null; result: null };
    /** Writes one of the tables on screen as CSV. */
    exportTables: ExportTables;
  };
  events: {
    dataChanged: { readonly generation: number };
    /** Someone asked for a part of the page. */
    navigate: { readonly section: LicenseSection };
  };
};

/** What the page keeps across hiding and a window reload; the host reads `licenseId`. */
export interface LicenseState {
  readonly licenseId: string;
  readonly scrollTop: number;
  readonly purchase: PurchaseDraft | null;
  readonly terms: TermsDraft | null;
}
