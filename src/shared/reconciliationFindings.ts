/** Money of findings in one currency, in minor units per month. */
export interface MonthlyAmount {
  readonly currency: string;
  readonly monthlyMinor: number;
}

/** Findings of one kind about one license (or about none). */
export interface FindingGroup {
  readonly tenantId: string;
  readonly kind: string;
  /** Null for findings about the tenant's data. */
  readonly licenseId: string | null;
  readonly name: string | null;
  readonly findings: number;
  readonly seats: number;
  /** Users concerned; 0 when the findings are about no user. */
  readonly users: number;
  /** Findings that an administrator is told of at once. */
  readonly alerts: number;
  readonly amounts: readonly MonthlyAmount[];
  /** Seats or units whose amount is not known. */
  readonly unpricedSeats: number;
}

/** Which findings. */
export interface FindingQuery {
  /** Null: of all tenants that the page shows. */
  readonly tenantId: string | null;
  /** Empty: all. */
  readonly kinds: readonly string[];
  /** Null: whatever the license. */
  readonly licenseId: string | null;
}

/** Findings that were opened. */
export interface FindingView {
  readonly viewId: number;
  readonly rowCount: number;
}

/** One finding. */
export interface FindingRow {
  readonly findingId: string;
  readonly tenantId: string;
  readonly kind: string;
  readonly userId: string | null;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly licenseId: string | null;
  readonly skuPartNumber: string | null;
  readonly productName: string | null;
  readonly seats: number;
  /** Null: unpriced. */
  readonly monthlyMinor: number | null;
  readonly currency: string | null;
  readonly bucket: string | null;
  /** JSON, see `findingSentence`. */
  readonly evidence: string | null;
}
