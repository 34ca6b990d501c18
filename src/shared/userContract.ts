import type { FindingWordsInput } from './findingWords';
import type { RosterColumn } from './rosterContract';
import type { ExportTables } from './tableExport';
import type { Cell, TenantFacts } from './viewRows';

/** One way by which a license reaches the user. */
export interface UserPath {
  /** Null: assigned directly. */
  readonly groupId: string | null;
  /** Null: assigned directly, or the group's name was not read. */
  readonly groupName: string | null;
  /** `Active`, `ActiveWithError`, `Disabled`, `Error` or what Microsoft adds later. */
  readonly state: string;
  /** Microsoft's word for what is wrong; null when nothing is. */
  readonly error: string | null;
  readonly holdsSeat: boolean;
  /** Names of the plans that this path leaves out. */
  readonly disabledPlans: readonly string[];
  /** UTC ISO 8601. */
  readonly lastUpdatedAt: string | null;
}

/** The seat that the paths add up to. */
export interface UserSeat {
  readonly verdict: string | null;
  readonly verdictReason: string | null;
  readonly confidence: string | null;
  /** `YYYY-MM-DD`. */
  readonly lastActivityDate: string | null;
  /** Names of the plans that are off whatever the path. */
  readonly disabledPlans: readonly string[];
}

/** A license that reaches the user. */
export interface UserLicense {
  readonly licenseId: string;
  readonly name: string;
  readonly partNumber: string | null;
  /** Null: every path is in error, so there is no seat. */
  readonly seat: UserSeat | null;
  readonly paths: readonly UserPath[];
  /** Price of a seat a month; null is unpriced. */
  readonly monthlyMinor: number | null;
  readonly currency: string | null;
}

/** What the user's seats cost a month in one currency. */
export interface UserSpend {
  /** Null where no seat has a price. */
  readonly currency: string | null;
  readonly monthlyMinor: number | null;
  readonly unpricedSeats: number;
}

/** A finding that concerns the user. */
export interface UserFinding extends FindingWordsInput {
  readonly findingId: string;
  readonly licenseId: string | null;
  readonly monthlyMinor: number | null;
  readonly currency: string | null;
  /** Null: no savings. */
  readonly bucket: string | null;
}

/** A sign of use. */
export interface UserActivity {
  readonly application: string;
  /** `YYYY-MM-DD`; null: the source knows of no use. */
  readonly lastActivityDate: string | null;
  readonly source: string;
  /** The day up to which the source tells, `YYYY-MM-DD`. */
  readonly asOfDate: string | null;
}

/** Something that changed about the user between two imports. */
export interface UserChange {
  /** UTC ISO 8601: the end of the import that saw it. */
  readonly changedAt: string;
  readonly change: string;
  /** The license concerned; null for a change of the account. */
  readonly license: string | null;
  /** The group by which it came; null for a direct assignment and for a change of the account. */
  readonly group: string | null;
  readonly state: string | null;
}

/** Everything known of one user. */
export interface UserDetails {
  readonly tenant: TenantFacts;
  /** The user's row of the roster. */
  readonly user: Readonly<Partial<Record<RosterColumn, Cell>>>;
  readonly licenses: readonly UserLicense[];
  readonly spend: readonly UserSpend[];
  readonly findings: readonly UserFinding[];
  readonly activity: readonly UserActivity[];
  /** Newest first, at most {@link mostChanges}. */
  readonly history: readonly UserChange[];
}

/** The most changes that the page shows. */
export const mostChanges = 200;

/** The page about one user: what it may ask and what it is told. */
export type UserContract = {
  requests: {
    /** Whose page it is, for the state that restores it. */
    start: { params: null; result: { readonly tenantId: string; readonly userId: string } };
    /** Null when the user is no longer in the data. */
    load: { params: null; result: UserDetails | null };
    /** Opens the page of a license. */
    openLicense: { params: { readonly licenseId: string }; result: null };
    /** Asks what the user is and marks it, or takes its mark away. */
    mark: { params: { readonly marked: boolean }; result: null };
    /** Opens the roster of the tenant. */
    openRoster: { params: null; result: null };
    /** Writes one of the tables on screen as CSV. */
    exportTables: ExportTables;
    /** Puts text on the clipboard. */
    copy: { params: { readonly text: string }; result: null };
  };
  events: {
    /** The store has newer data of this tenant. */
    dataChanged: { readonly generation: number };
  };
};

/** What the page keeps across hiding and a window reload. */
export interface UserState {
  readonly tenantId: string;
  readonly userId: string;
  readonly scrollTop: number;
}
