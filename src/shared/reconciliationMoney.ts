/** What is spent in one currency, in minor units. */
export interface SpendAmount {
  readonly currency: string;
  readonly monthlyMinor: number;
  readonly annualMinor: number;
  /** The part that people hold; null while users were never read. */
  readonly assignedMonthlyMinor: number | null;
  readonly assignedAnnualMinor: number | null;
  /** True when something of it is not known, as the seats of one of several tenants: then it is a lower bound. */
  readonly assignedLowerBound: boolean;
  /** Monthly spend at each import, oldest first; UTC ISO 8601. */
  readonly history: readonly { readonly at: string; readonly monthlyMinor: number }[];
  /** Monthly spend at the import before the last one; null when there is none. */
  readonly previousMonthlyMinor: number | null;
}

/** Savings of one bucket: what the findings come to, in one currency or without a price. */
export interface SavingsLine {
  readonly bucket: string;
  /** Null: seats without a price, whose savings are unknown. */
  readonly currency: string | null;
  readonly seats: number;
  readonly monthlyMinor: number | null;
}

/** What of the savings can be realised, in one currency or without a price; minor units per month. */
export interface RealisableLine {
  readonly currency: string | null;
  /** At once: monthly terms, and units that spare a purchase. */
  readonly nowUnits: number;
  readonly nowMinor: number | null;
  /** At the renewal of longer terms; units of monthly terms are in `now` alone. */
  readonly renewalUnits: number;
  readonly renewalMinor: number | null;
  /** `YYYY-MM-DD` of the first renewal at which something can be given back; null when unknown. */
  readonly firstRenewal: string | null;
}

/** Savings that later imports proved, in one currency or without a price. */
export interface VerifiedLine {
  readonly currency: string | null;
  readonly seats: number;
  readonly monthlyMinor: number | null;
  /** UTC ISO 8601 of the newest proof. */
  readonly lastVerifiedAt: string;
}

/** All money of the page. Currencies are never added. */
export interface ReconciliationMoney {
  readonly spend: readonly SpendAmount[];
  /** Seats with a price, of all seats that cost something; null while users were never read. */
  readonly pricedSeats: number | null;
  readonly totalSeats: number | null;
  /** True while something that is used or bought has no price: then totals are lower bounds. */
  readonly lowerBound: boolean;
  readonly savings: readonly SavingsLine[];
  readonly realisable: readonly RealisableLine[];
  readonly verified: readonly VerifiedLine[];
}

/** Dimensions of spend. */
export const spendDimensions = ['department', 'country', 'companyName'] as const;

/** Name of a dimension of spend. */
export type SpendDimension = (typeof spendDimensions)[number];

/** Spend of people who share a department, country or company, in one currency; minor units. */
export interface SpendLine {
  readonly dimension: SpendDimension;
  /** Null: not set. */
  readonly value: string | null;
  readonly currency: string;
  readonly monthlyMinor: number;
  readonly annualMinor: number;
  readonly people: number;
  readonly seats: number;
  readonly unpricedSeats: number;
}
