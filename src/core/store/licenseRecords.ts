import type { EvaluationSettings } from '../model/evaluation';
import type { LicenseDecisions, LifecycleStatus } from '../model/lifecycle';
import type { LicenseDowngrades } from './downgradeQuestionRecords';
import type { LicenseTerms, Purchase } from '../model/purchases';

/** A purchase of a license of a tenant. */
export interface LicensePurchase extends Purchase {
  /** `{tenantId}_{skuId}` */
  readonly licenseId: string;
}

/** Everything that a person keeps about a license by hand, besides its purchases. */
export interface LicenseSettings {
  /** The stage that a person gave it; a license of a superseded connection is retired all the same. */
  readonly lifecycleStatus: LifecycleStatus;
  readonly decisions: LicenseDecisions;
  readonly terms: LicenseTerms;
  /** Days of its own for the verdicts of its seats; null: those of the connection, or the setting's. */
  readonly inactivityDays: number | null;
  readonly graceDays: number | null;
  /** Days before a renewal or an end at which findings begin to speak of it; null: the setting's. */
  readonly noticeDays: number | null;
  /** A name of one's own; null: Microsoft's. */
  readonly name: string | null;
}

/** What a person said about cheaper licenses for the users of a license; what is not said is assumed to be needed. */
export interface LicenseDowngradeAnswers {
  /** Families of plans (`planLadder.json`) and plans, by name, that nobody needs. */
  readonly notNeeded: readonly string[];
  /** Whether its users may have frontline licenses. */
  readonly frontline: boolean;
  /** Whether it is certain that none of their mailboxes is on hold. */
  readonly noHolds: boolean;
}

/** A rate that the user gave: one unit of `from` is worth `numerator / denominator` units of `to`. */
export interface ExchangeRateRecord {
  /** ISO 4217 */
  readonly from: string;
  /** ISO 4217 */
  readonly to: string;
  /** Decimal number as typed, with a point, above zero: `1.0837`. */
  readonly rate: string;
}

/** A product of Microsoft's current list, as the catalogue update brings it. */
export interface CatalogueEntry {
  /** GUID, lower case. */
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly productName: string;
  readonly servicePlans: readonly {
    readonly servicePlanId: string;
    readonly servicePlanName: string;
    readonly friendlyName: string;
  }[];
}

/** The day and the settings by which everything that depends on them is worked out anew after a change. */
export interface EvaluationDay {
  readonly settings: EvaluationSettings;
  /** `YYYY-MM-DD`, UTC */
  readonly today: string;
}

/**
 * What people keep by hand. Every change is one commit that also works out anew what depends on it (prices, spend,
 * findings, positions), so that readers never see one without the other. Rejects with `notFound` for an unknown
 * license or purchase, `invalidArgument` for values that break a rule, and the reasons of any commit.
 */
export interface LicenseRecords {
  /** Adds purchases, or replaces those with the same `purchaseId`: all or none. */
  savePurchases(purchases: readonly LicensePurchase[], day: EvaluationDay): Promise<void>;
  removePurchase(purchaseId: string, day: EvaluationDay): Promise<void>;
  licenseSettings(licenseId: string): Promise<LicenseSettings>;
  /** Changes what is given and leaves the rest. */
  saveLicenseSettings(
    licenseId: string,
    changes: Partial<LicenseSettings>,
    day: EvaluationDay,
  ): Promise<void>;
  /** What can be asked about cheaper licenses for the users of a license, and what was answered. */
  downgrades(licenseId: string, today: string): Promise<LicenseDowngrades>;
  /** Replaces what was said about cheaper licenses for the users of a license. */
  saveDowngradeAnswers(
    licenseId: string,
    answers: LicenseDowngradeAnswers,
    day: EvaluationDay,
  ): Promise<void>;
  /** Whether a subscription is billed again when its term ends, which Graph does not say; null: not known. */
  saveRecurringBilling(
    tenantId: string,
    subscriptionId: string,
    recurringBilling: boolean | null,
    day: EvaluationDay,
  ): Promise<void>;
  exchangeRates(): Promise<readonly ExchangeRateRecord[]>;
  /** Replaces all rates. */
  saveExchangeRates(rates: readonly ExchangeRateRecord[], day: EvaluationDay): Promise<void>;
  /**
   * Takes over a newer list of products and plans, which goes before the bundled one.
   * @param listDate `YYYY-MM-DD` of the list
   */
  saveCatalogue(entries: readonly CatalogueEntry[], listDate: string, day: EvaluationDay): Promise<void>;
}
