import type { Cell, Row, SortOrder, TenantFacts } from './viewRows';

/** Columns of `v_users` that the roster shows or needs, in the order of the screen. */
export const rosterColumns = [
  'userPrincipalName',
  'displayName',
  'licenses',
  'lastActivityDate',
  'daysSinceLastActivity',
  'verdict',
  'verdictReason',
  'windows',
  'mac',
  'mobile',
  'web',
  'mailMegabytes',
  'oneDriveMegabytes',
  'onPremisesSync',
  'isGuest',
  'jobTitle',
  'department',
  'country',
  'createdAt',
  'accountEnabled',
  'tenantId',
  'userId',
] as const;

/** Name of a column of the roster. */
export type RosterColumn = (typeof rosterColumns)[number];

/** A user on screen. */
export type RosterRow = Row<RosterColumn>;

/** What decides which users are on screen and in which order. */
export interface RosterQuery {
  /** Words that must all occur; empty for everyone. */
  readonly text: string;
  /** Only users who hold a seat of this license (`{tenantId}_{skuId}`). */
  readonly licenseId: string | null;
  /** Column of `v_users` → value or values (OR) that a caller of `openRoster` asked for. */
  readonly columns: ColumnFilter;
  readonly sort: SortOrder<RosterColumn>;
}

/** What columns must hold; null matches unknown. */
export type ColumnFilter = Readonly<Record<string, Cell | readonly Cell[]>>;

/** A license by which the roster is filtered, as the chip names it. */
export interface LicenseFilter {
  readonly licenseId: string;
  readonly name: string;
}

/** The answer to opening a query: how many users, and whose. */
export interface RosterView {
  readonly viewId: number;
  readonly rowCount: number;
  /** Users without any filter. */
  readonly totalCount: number;
  readonly tenants: readonly TenantFacts[];
  /** Set when the query has a license that exists. */
  readonly license: LicenseFilter | null;
}

/** The most rows one request may ask for. */
export const maxRowsPerRequest = 500;

/** The most characters one copy may put on the clipboard. */
export const maxCopyLength = 20_000_000;

/** The Users Roster: what its page may ask and what it is told. */
export type RosterContract = {
  requests: {
    /** Which tenant the page is about; null for all tenants. Asked once per load of the page. */
    start: { params: null; result: { readonly tenantId: string | null } };
    /** Opens a query; the one that was open before is closed. */
    open: { params: RosterQuery; result: RosterView };
    /** Rows of the open query; `notFound` when it is no longer the open one. */
    rows: {
      params: { readonly viewId: number; readonly offset: number; readonly count: number };
      result: readonly RosterRow[];
    };
    /** Asks for a file and writes the users on screen; null when the person cancelled. */
    exportCsv: { params: RosterQuery; result: { readonly rows: number } | null };
    /** Starts an import of the tenant. */
    runImport: { params: null; result: null };
    /** Puts text on the clipboard. */
    copy: { params: { readonly text: string }; result: null };
  };
  events: {
    /** The store has newer data of this tenant. */
    dataChanged: { readonly generation: number };
    /** Someone asked to see something else in this page. */
    navigate: Omit<RosterQuery, 'sort'>;
  };
};

/** What the page keeps across hiding and a window reload. The host reads `tenantId` to restore the panel. */
export interface RosterState {
  readonly tenantId: string | null;
  readonly query: RosterQuery;
  /** Widths that a person changed, in CSS pixels by column. */
  readonly widths: Readonly<Record<string, number>>;
  readonly scrollTop: number;
  readonly scrollLeft: number;
  readonly focused: { readonly row: number; readonly column: number };
}
