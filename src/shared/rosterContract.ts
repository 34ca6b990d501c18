import type { RosterFacet, RosterFilter } from './rosterFilter';
import type { Cell, SortOrder, TenantFacts } from './viewRows';

/** Columns of `v_users` that a person can choose from, in the order of the chooser. */
export const rosterColumns = [
  'userPrincipalName',
  'displayName',
  'licenses',
  'lastActivityDate',
  'daysSinceLastActivity',
  'verdict',
  'verdictReason',
  'confidence',
  'activations',
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
  'companyName',
  'country',
  'usageLocation',
  'createdAt',
  'deactivatedAt',
  'accountEnabled',
  'userType',
  'givenName',
  'surname',
  'mail',
  'lastSignInAt',
  'lastUsedApplication',
  'isMfaRegistered',
  'isMfaCapable',
  'markedAs',
  'markReason',
  'markPattern',
  'exchangeLastActivityDate',
  'outlookLastActivityDate',
  'teamsLastActivityDate',
  'oneDriveLastActivityDate',
  'sharePointLastActivityDate',
  'yammerLastActivityDate',
  'skypeForBusinessLastActivityDate',
  'powerBiLastActivityDate',
  'projectLastActivityDate',
  'visioLastActivityDate',
  'dynamics365LastActivityDate',
  'tenantId',
  'userId',
] as const;

/** Name of a column of the roster. */
export type RosterColumn = (typeof rosterColumns)[number];

/** Columns that every row has, because other cells are made of them. */
export const neededColumns = [
  'tenantId',
  'userId',
  'userPrincipalName',
  'accountEnabled',
  'deactivatedAt',
  'verdictReason',
] as const satisfies readonly RosterColumn[];

/** A user on screen: the columns asked for and {@link neededColumns}. */
export type RosterRow = Readonly<Partial<Record<RosterColumn, Cell>>>;

/** What decides which users are on screen and in which order. */
export interface RosterQuery {
  readonly filter: RosterFilter;
  readonly sort: SortOrder<RosterColumn>;
}

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
  /** Those licenses of the filter that exist. */
  readonly licenses: readonly LicenseFilter[];
  /**
   * The first rows with the columns that the page asked for last, so that it need not ask again; absent before it has
   * asked for any.
   */
  readonly firstRows?: { readonly columns: readonly RosterColumn[]; readonly rows: readonly RosterRow[] };
}

/** How many of the users there are of each value. */
export interface FacetCounts {
  readonly facet: RosterFacet;
  /** Most frequent first; null is unknown or none. */
  readonly values: readonly { readonly value: Cell; readonly count: number; readonly label: string | null }[];
  /** How many values there are; more than are listed when only the most frequent are. */
  readonly distinct: number;
}

/** What a person kept under a name: which users, in which order, with which columns. */
export interface SavedRosterView {
  readonly name: string;
  /** Set when the filter names licenses, which only this tenant has. */
  readonly tenantId: string | null;
  readonly query: RosterQuery;
  readonly columns: readonly RosterColumn[];
}

/** The most rows one request may ask for. */
export const maxRowsPerRequest = 500;

/** The most characters one copy may put on the clipboard. */
export const maxCopyLength = 20_000_000;

/** The most views a person may keep. */
export const maxSavedViews = 100;

/** What a page wants to see of the first rows, which then come with the answer to its query. */
export interface FirstRows {
  readonly columns: readonly RosterColumn[];
  readonly count: number;
}

/** The Users Roster: what its page may ask and what it is told. */
export type RosterContract = {
  requests: {
    /** Which tenant the page is about; null for all tenants. Asked once per load of the page. */
    start: {
      params: null;
      result: { readonly tenantId: string | null; readonly views: readonly SavedRosterView[] };
    };
    /** Opens a query; the one that was open before is closed. */
    open: { params: RosterQuery & { readonly first?: FirstRows }; result: RosterView };
    /** Rows of the open query; `notFound` when it is no longer the open one. */
    rows: {
      params: {
        readonly viewId: number;
        readonly offset: number;
        readonly count: number;
        readonly columns: readonly RosterColumn[];
      };
      result: readonly RosterRow[];
    };
    /** Counts per value; what the filter asks of a facet does not narrow its own counts. */
    facets: {
      params: { readonly filter: RosterFilter; readonly facets: readonly RosterFacet[] };
      result: readonly FacetCounts[];
    };
    /** Asks for a file and writes the users on screen; all columns for null. Null when the person cancelled. */
    exportCsv: {
      params: { readonly query: RosterQuery; readonly columns: readonly RosterColumn[] | null };
      result: { readonly rows: number } | null;
    };
    /** Asks for a name and keeps the view; null when the person cancelled. All views come back. */
    saveView: {
      params: Omit<SavedRosterView, 'name' | 'tenantId'> & { readonly suggestedName: string };
      result: { readonly name: string; readonly views: readonly SavedRosterView[] } | null;
    };
    /** Forgets a view. */
    deleteView: { params: { readonly name: string }; result: readonly SavedRosterView[] };
    /**
     * Asks what the users of these rows are and marks them, or takes their marks away; `notFound` when the query is
     * no longer the open one. The page hears of the change as of any other.
     */
    mark: {
      params: {
        readonly viewId: number;
        /** Rows `first` to `last`, both included. */
        readonly ranges: readonly { readonly first: number; readonly last: number }[];
        readonly marked: boolean;
      };
      result: null;
    };
    /** Opens the page of one user. */
    openUser: { params: { readonly tenantId: string; readonly userId: string }; result: null };
    /** Starts an import of the tenant. */
    runImport: { params: null; result: null };
    /** Puts text on the clipboard. */
    copy: { params: { readonly text: string }; result: null };
  };
  events: {
    /** The store has newer data of this tenant. */
    dataChanged: { readonly generation: number };
    /** Someone asked to see other users in this page. */
    navigate: RosterFilter;
    /** Views were kept or forgotten in another page. */
    viewsChanged: readonly SavedRosterView[];
  };
};

/** What the page keeps across hiding and a window reload. The host reads `tenantId` to restore the panel. */
export interface RosterState {
  readonly tenantId: string | null;
  readonly query: RosterQuery;
  /** Columns on screen, in their order. */
  readonly columns: readonly RosterColumn[];
  /** Name of the view that was chosen last; null when none was. */
  readonly view: string | null;
  /** Widths that a person changed, in CSS pixels by column. */
  readonly widths: Readonly<Record<string, number>>;
  readonly scrollTop: number;
  readonly scrollLeft: number;
  readonly focused: { readonly row: number; readonly column: number };
}
