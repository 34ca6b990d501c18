import type { LicensePosition, SeatsByVerdict } from './licensePosition';
import type { FindingGroup, FindingQuery, FindingRow, FindingView } from './reconciliationFindings';
import type { ReconciliationMoney, SpendDimension, SpendLine } from './reconciliationMoney';
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
  'unassigned',
  'active',
  'inactive',
  'never',
  'new',
  'unknown',
] as const;

/** Name of a sortable column of the position table. */
export type PositionColumn = (typeof positionColumns)[number];

/** One license: its position, and what the license is. Counts are units or seats; null is unknown. */
export interface PositionRow extends LicensePosition, SeatsByVerdict {
  readonly tenantId: string;
  readonly licenseId: string;
  readonly skuPartNumber: string;
  /** Null when the catalog does not know the product. */
  readonly productName: string | null;
  /** `User` or `Company`; null when unknown. */
  readonly appliesTo: string | null;
  readonly isTrial: boolean;
  /** Why the totals leave the license out; null when they do not. */
  readonly notCounted: NotCounted | null;
  /** What may be used: `asPurchased`, `unlimited`, `subjectToTrueUp`. */
  readonly entitlementLimit: string;
  /** Shown and counted, but causes no alert. */
  readonly excludedFromAlerts: boolean;
  /** What is bought, per currency; empty when no price is known. */
  readonly bought: readonly BoughtAmount[];
  /** True when something of the license has no price. */
  readonly costIncomplete: boolean;
}

/** What the valid purchases of a license cost in one currency, in minor units. */
export interface BoughtAmount {
  readonly currency: string;
  readonly monthlyMinor: number;
  readonly annualMinor: number;
}

/**
 * It applies to the company; it is free of charge; it has 10,000 units or more and hardly any is used; a newer
 * connection replaced it; a person took it out.
 */
export type NotCounted = 'notPerUser' | 'free' | 'bulkUnused' | 'retired' | 'unmanaged';

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
  /** Licenses that will lack more when their grace ends. */
  readonly licensesShortSoon: number;
  /** Licenses that are short now or will be when their grace ends. */
  readonly licensesShortAfterGrace: number;
  readonly active: PartialSum;
  readonly inactive: PartialSum;
  readonly never: PartialSum;
  readonly new: PartialSum;
  readonly unknown: PartialSum;
}

/** Figures whose past is known. */
export const trendFigures = [
  'entitled',
  'consumed',
  'shortfallNow',
  'shortfallAfterGrace',
  'unassigned',
  'inactive',
  'never',
] as const;

/** Name of a figure whose past is known. */
export type TrendFigure = (typeof trendFigures)[number];

/** How a figure went. */
export interface Trend {
  /** UTC ISO 8601 and value, oldest first, the present last. */
  readonly points: readonly { readonly at: string; readonly value: number }[];
  readonly present: number;
  /** What it was at the import before the last one; null when there is none. */
  readonly previous: number | null;
}

/** Licenses that are in no number. */
export interface HiddenLicenses {
  readonly retired: number;
  readonly unmanaged: number;
  readonly excludedFromAlerts: number;
  readonly costs: readonly BoughtAmount[];
  /** Hidden licenses whose cost is not known. */
  readonly costUnknown: number;
}

/** One tenant among several. */
export interface TenantSummary {
  readonly tenant: TenantFacts;
  readonly totals: PositionTotals;
  readonly money: ReconciliationMoney;
  readonly findings: number;
  readonly alerts: number;
}

/** Everything the reconciliation page shows, except single findings. */
export interface ReconciliationData {
  readonly tenants: readonly TenantFacts[];
  /** In the order asked for, which is the order of the export; hidden licenses only if asked for. */
  readonly rows: readonly PositionRow[];
  readonly totals: PositionTotals;
  readonly trends: Readonly<Record<TrendFigure, Trend>>;
  readonly money: ReconciliationMoney;
  readonly hidden: HiddenLicenses;
  readonly groups: readonly FindingGroup[];
  /** Spend by department, country and company, in the order of the values, not set last. */
  readonly spendLines: readonly SpendLine[];
  /** Set when the page shows several tenants. */
  readonly byTenant: readonly TenantSummary[];
}

/** The tables of the page. */
export const reconciliationTables = ['licenses', 'findings', 'chart', 'savings', 'tenants', 'spend'] as const;

/** Name of a table of the page. */
export type ReconciliationTable = (typeof reconciliationTables)[number];

/** The Reconciliation: what its page may ask and what it is told. */
export type ReconciliationContract = {
  requests: {
    start: { params: null; result: { readonly tenantId: string | null } };
    load: {
      params: { readonly sort: SortOrder<PositionColumn>; readonly showHidden: boolean };
      result: ReconciliationData;
    };
    /** Opens single findings, the most money first. */
    openFindings: { params: FindingQuery; result: FindingView };
    /** Rows of open findings; `notFound` when they are no longer open. */
    findings: {
      params: { readonly viewId: number; readonly offset: number; readonly count: number };
      result: readonly FindingRow[];
    };
    closeFindings: { params: { readonly viewId: number }; result: null };
    /** Asks for a file and writes a table as it is on screen, or with all columns; null when the person cancelled. */
    exportCsv: {
      params: {
        readonly table: ReconciliationTable;
        readonly allColumns: boolean;
        readonly sort: SortOrder<PositionColumn>;
        readonly showHidden: boolean;
        readonly query: FindingQuery;
        readonly dimension: SpendDimension;
        /** The licenses of the chart, in its order. */
        readonly licenseIds: readonly string[];
      };
      result: { readonly rows: number } | null;
    };
    /** Writes the whole report as one HTML file. */
    exportHtml: { params: null; result: null };
    runImport: { params: null; result: null };
    /** Opens the Users Roster with the holders of a license, or the users whom findings concern. */
    openRoster: {
      params: {
        /** Null: of all tenants that the page shows. */
        readonly tenantId: string | null;
        readonly licenseId: string | null;
        readonly kind: string | null;
      };
      result: null;
    };
    openLicense: { params: { readonly tenantId: string; readonly licenseId: string }; result: null };
    openUser: { params: { readonly tenantId: string; readonly userId: string }; result: null };
    /** Opens the reconciliation of one tenant. */
    openTenant: { params: { readonly tenantId: string }; result: null };
    copy: { params: { readonly text: string }; result: null };
  };
  events: {
    dataChanged: { readonly generation: number };
  };
};

/** The parts of the page. */
export const reconciliationTabs = ['overview', 'tenants', 'licenses', 'findings', 'spend'] as const;

/** Name of a part of the page. */
export type ReconciliationTab = (typeof reconciliationTabs)[number];

/** What the page keeps across hiding and a window reload; the host reads `tenantId` to restore the panel. */
export interface ReconciliationState {
  readonly tenantId: string | null;
  readonly tab: ReconciliationTab;
  readonly sort: SortOrder<PositionColumn>;
  readonly showHidden: boolean;
  /** The table in place of the chart. */
  readonly chartAsTable: boolean;
  /** Vertical position of the parts that scroll as a page. */
  readonly scrollTop: Readonly<Record<string, number>>;
  readonly findings: FindingFilter;
  readonly dimension: string;
  readonly grids: Readonly<Record<string, GridState>>;
}

/** Which findings are shown. */
export interface FindingFilter {
  /** Null: all. */
  readonly kind: string | null;
  /** Null: all. */
  readonly severity: string | null;
}

/** How a person left a grid. */
export interface GridState {
  readonly widths: Readonly<Record<string, number>>;
  readonly scrollTop: number;
  readonly scrollLeft: number;
  readonly focused: { readonly row: number; readonly column: number };
  /** Keys of rows that were open. */
  readonly expanded: readonly string[];
}
