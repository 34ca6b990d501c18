import type { SortOrder, TenantFacts } from './viewRows';

/** Columns of the position table that can be sorted; all are columns of `v_position`. */
export const positionColumns = [
  'skuPartNumber',
  'tenantId',
  'entitled',
  'inGrace',
  'suspended',
  'consumed',
  'availableNow',
  'availableAfterGrace',
  'active',
  'inactive',
  'never',
  'new',
  'unknown',
] as const;

/** Name of a sortable column of the position table. */
export type PositionColumn = (typeof positionColumns)[number];

/** One license: its position, and what the license is. Counts are units or seats; null is unknown. */
export interface PositionRow {
  readonly tenantId: string;
  readonly licenseId: string;
  readonly skuPartNumber: string;
  /** Null when the catalog does not know the product. */
  readonly productName: string | null;
  /** `User` or `Company`; null when unknown. */
  readonly appliesTo: string | null;
  readonly isTrial: boolean;
  readonly enabled: number;
  readonly inGrace: number;
  readonly suspended: number;
  readonly lockedOut: number;
  readonly entitled: number;
  readonly consumed: number;
  /** Seats as we count them, null while assignments are unknown; differs from `consumed` when the service counts otherwise. */
  readonly seats: number | null;
  /** Negative when short. */
  readonly availableNow: number;
  readonly availableAfterGrace: number;
  readonly shortfallNow: number;
  /** Missing in addition once the grace ends. */
  readonly shortfallSoon: number;
  readonly unassigned: number;
  /** Seats by verdict; null while the users were never imported. */
  readonly active: number | null;
  readonly inactive: number | null;
  readonly never: number | null;
  readonly new: number | null;
  readonly unknown: number | null;
  /** Why the totals leave the license out; null when they do not. */
  readonly notCounted: NotCounted | null;
}

/** It applies to the company; it is free of charge; it has 10,000 units or more and hardly any is used. */
export type NotCounted = 'notPerUser' | 'free' | 'bulkUnused';

/** A sum of counts some of which may be unknown: then the true sum may be higher. */
export interface PartialSum {
  readonly value: number;
  readonly complete: boolean;
}

/** Sums over the licenses that count. What one license lacks, the surplus of another does not make up for. */
export interface PositionTotals {
  readonly licenses: number;
  readonly entitled: number;
  readonly inGrace: number;
  readonly suspended: number;
  readonly consumed: number;
  readonly shortfallNow: number;
  /** Missing in addition when the grace ends. */
  readonly shortfallSoon: number;
  readonly spare: number;
  readonly unassigned: number;
  readonly licensesShort: number;
  readonly licensesShortSoon: number;
  readonly active: PartialSum;
  readonly inactive: PartialSum;
  readonly never: PartialSum;
  readonly new: PartialSum;
  readonly unknown: PartialSum;
}

/** Everything the reconciliation page shows. */
export interface ReconciliationData {
  readonly tenants: readonly TenantFacts[];
  /** In the order asked for, which is the order of the export. */
  readonly rows: readonly PositionRow[];
  readonly totals: PositionTotals;
}

/** The Reconciliation: what its page may ask and what it is told. */
export type ReconciliationContract = {
  requests: {
    start: { params: null; result: { readonly tenantId: string | null } };
    load: { params: { readonly sort: SortOrder<PositionColumn> }; result: ReconciliationData };
    exportCsv: {
      params: { readonly sort: SortOrder<PositionColumn> };
      result: { readonly rows: number } | null;
    };
    runImport: { params: null; result: null };
    /** Opens the Users Roster with the holders of one license. */
    openRoster: { params: { readonly tenantId: string; readonly licenseId: string }; result: null };
  };
  events: {
    dataChanged: { readonly generation: number };
  };
};

/** What the page keeps across hiding and a window reload. */
export interface ReconciliationState {
  readonly tenantId: string | null;
  readonly sort: SortOrder<PositionColumn>;
  readonly scrollTop: number;
}
