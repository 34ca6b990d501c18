import type { LicensePosition, SeatsByVerdict } from '../../../shared/licensePosition';
import type { ReconciliationTotals } from '../../model/reconciliationTotals';

/*
 * What the report for the person who pays is made of. Money is minor units per month unless its name says otherwise;
 * null is unknown, never zero. Days are `YYYY-MM-DD`, times UTC ISO 8601.
 */

/** Whose numbers these are, and how old. */
export interface ReportTenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly defaultDomain: string | null;
  readonly lastImportAt: string | null;
  readonly evaluatedOn: string | null;
  readonly inactivityDays: number | null;
  readonly graceDays: number | null;
}

/** The position of a license that counts. */
export interface ReportLicense extends LicensePosition, SeatsByVerdict {
  readonly tenantId: string;
  readonly licenseId: string;
  readonly skuPartNumber: string;
  readonly productName: string;
  /** False for licenses that are listed and left out of the totals: free, for the company, bulk. */
  readonly isInTotals: boolean;
}

/** What a license costs in one currency. */
export interface ReportLicenseSpend {
  readonly tenantId: string;
  readonly productName: string;
  readonly currency: string;
  readonly boughtMonthlyMinor: number | null;
  readonly boughtAnnualMinor: number | null;
  readonly assignedMonthlyMinor: number | null;
}

/** A sum in one currency. */
export interface ReportAmount {
  readonly currency: string;
  readonly minor: number;
}

/** What is bought in one currency, and what of it people hold. */
export interface ReportSpend {
  readonly currency: string;
  readonly monthlyMinor: number | null;
  readonly annualMinor: number | null;
  readonly assignedMonthlyMinor: number | null;
  readonly assignedAnnualMinor: number | null;
}

/** How much of the seats the sums of money cover. */
export interface ReportCoverage {
  /** Null while users were never read. */
  readonly pricedSeats: number | null;
  readonly totalSeats: number | null;
  /** True when something that counts has no price. */
  readonly lowerBound: boolean;
}

/** The assigned cost of a department, country or company. */
export interface ReportSpendLine {
  /** Null: not set. */
  readonly value: string | null;
  /** Per month; nothing of a currency in which nothing is held. */
  readonly amounts: readonly ReportAmount[];
  readonly people: number;
  readonly seats: number;
  readonly unpricedSeats: number;
}

/** The columns of people by which spend is broken down. */
export const spendDimensions = ['department', 'country', 'companyName'] as const;

/** One of {@link spendDimensions}. */
export type SpendDimension = (typeof spendDimensions)[number];

/** A breakdown of the assigned cost; the largest lines, and how many more there are. */
export interface ReportBreakdown {
  readonly dimension: SpendDimension;
  readonly lines: readonly ReportSpendLine[];
  readonly omitted: number;
}

/** A finding as the report lists it. */
export interface ReportFinding {
  readonly tenantId: string;
  readonly kind: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string | null;
  readonly productName: string | null;
  readonly skuPartNumber: string | null;
  readonly seats: number | null;
  readonly monthlyMinor: number | null;
  readonly currency: string | null;
  readonly evidence: string | null;
}

/** All findings of a kind: sums over all, and those that are listed. */
export interface ReportFindingGroup {
  readonly kind: string;
  readonly count: number;
  readonly seats: number;
  /** Users concerned. */
  readonly people: number;
  readonly amounts: readonly ReportAmount[];
  /** Findings without a price. */
  readonly unpriced: number;
  /** True when the amounts are savings, false when they are at stake. */
  readonly isSavings: boolean;
  readonly listed: readonly ReportFinding[];
}

/** What one bucket of savings would save in one currency. */
export interface ReportBucket {
  readonly bucket: string;
  readonly seats: number;
  readonly unpricedSeats: number;
  readonly amounts: readonly ReportAmount[];
}

/** What a license lets one save, and when. */
export interface ReportRealisable {
  readonly tenantId: string;
  readonly productName: string;
  readonly currency: string | null;
  /** Null while users were never read. */
  readonly freed: number | null;
  readonly nowUnits: number;
  readonly nowMinor: number | null;
  readonly renewalUnits: number;
  readonly renewalMinor: number | null;
  readonly renewalDate: string | null;
}

/** What imports have proved to be saved. */
export interface ReportVerified {
  readonly seats: number;
  readonly unpricedSeats: number;
  readonly amounts: readonly ReportAmount[];
  readonly firstAt: string | null;
}

/** A license that is in no number of the report. */
export interface ReportHiddenLicense {
  readonly tenantId: string;
  readonly productName: string;
  readonly state: 'retired' | 'unmanaged';
  readonly reason: string | null;
  readonly until: string | null;
}

/** Licenses that are hidden, and what they cost. */
export interface ReportHidden {
  readonly licenses: readonly ReportHiddenLicense[];
  readonly amounts: readonly ReportAmount[];
  readonly costUnknown: boolean;
}

/** A license without a price. */
export interface ReportUnpriced {
  readonly tenantId: string;
  readonly productName: string;
  readonly seats: number | null;
  readonly problem: string | null;
}

/** The state after an import. */
export interface ReportHistoryPoint {
  readonly at: string;
  readonly entitled: number | null;
  readonly consumed: number | null;
  readonly shortfallNow: number | null;
  readonly unassigned: number | null;
  readonly inactive: number | null;
  readonly never: number | null;
}

/** Everything the report says. */
export interface ReportData {
  readonly createdAt: string;
  readonly namesHidden: boolean;
  readonly tenants: readonly ReportTenant[];
  readonly licenses: readonly ReportLicense[];
  readonly totals: ReconciliationTotals;
  readonly spend: readonly ReportSpend[];
  readonly coverage: ReportCoverage;
  readonly licenseSpend: readonly ReportLicenseSpend[];
  readonly breakdowns: readonly ReportBreakdown[];
  readonly buckets: readonly ReportBucket[];
  readonly realisable: readonly ReportRealisable[];
  readonly verified: ReportVerified;
  readonly findings: readonly ReportFindingGroup[];
  readonly hidden: ReportHidden;
  readonly unpriced: readonly ReportUnpriced[];
  /** Of one tenant; empty for several. Oldest first. */
  readonly history: readonly ReportHistoryPoint[];
}
