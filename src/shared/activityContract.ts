import type { ActivityAge, ActivityPeriod, AgeCounts } from './activityAges';
import type { RosterService } from './rosterFilter';
import type { TenantFacts } from './viewRows';

/** Whose use is counted: people who hold the service by a license, or everybody who used it as well. */
export const activityScopes = ['licensed', 'everyone'] as const;

/** One of {@link activityScopes}. */
export type ActivityScope = (typeof activityScopes)[number];

/** Which people a count is of; both have the same people in `noUse` and `unknown`: those who hold the service. */
export type CountsByScope = Readonly<Record<ActivityScope, AgeCounts>>;

/**
 * State of one source in one tenant. `fresh` up to 7 days after its as-of date; `missing`: not imported or refused;
 * `concealed`: the tenant hides names in reports; `notLicensed`: Microsoft gives it with a premium license only.
 */
export interface SourceFacts {
  readonly tenantId: string;
  /** As in `v_activity.source`. */
  readonly source: string;
  readonly status: 'fresh' | 'stale' | 'missing' | 'concealed' | 'notLicensed';
  /** `YYYY-MM-DD` */
  readonly asOfDate: string | null;
}

/** One of the eleven services. */
export interface ServiceCounts {
  readonly service: RosterService;
  /** What speaks of the service, in every tenant shown; the first is the main one. */
  readonly sources: readonly SourceFacts[];
  /** People who hold the service by a license whose plan for it is on. */
  readonly holders: number;
  readonly counts: CountsByScope;
}

/** People of one department and their use of each service, in the order of the services. */
export interface DepartmentCounts {
  /** Null: not set. */
  readonly department: string | null;
  readonly people: number;
  readonly services: readonly { readonly holders: number; readonly counts: CountsByScope }[];
}

/** People who hold a seat of one license, and their use of each service, in the order of the services. */
export interface LicenseTypeCounts {
  readonly tenantId: string;
  readonly licenseId: string;
  readonly name: string;
  readonly skuPartNumber: string;
  readonly seats: number;
  readonly services: readonly {
    /** The license has a plan for the service. */
    readonly granted: boolean;
    readonly counts: AgeCounts;
  }[];
}

/** How people use the services, as counts. */
export interface ServiceActivity {
  /** Day from which ages are counted, `YYYY-MM-DD`; null before the first evaluation. */
  readonly evaluatedOn: string | null;
  /** Accounts that are not deleted. */
  readonly people: number;
  /** All eleven. */
  readonly services: readonly ServiceCounts[];
  /** The largest departments, largest first. */
  readonly departments: readonly DepartmentCounts[];
  /** Departments that are not among them. */
  readonly moreDepartments: number;
  readonly licenses: readonly LicenseTypeCounts[];
}

/** Everything the Activity page shows. */
export interface ActivityData extends ServiceActivity {
  readonly tenants: readonly TenantFacts[];
}

/** What of the page is exported; the services are those chosen, in their order. */
export interface ActivityExport {
  readonly table: 'services' | 'departments' | 'licenses';
  readonly services: readonly RosterService[];
  readonly scope: ActivityScope;
  readonly period: ActivityPeriod;
}

/** The people behind a number: those of a service by age, or all active ones of a period. */
export interface ActivityDrill {
  readonly service: RosterService;
  readonly scope: ActivityScope;
  readonly people: { readonly age: ActivityAge } | { readonly period: ActivityPeriod } | 'holders';
  /** Undefined: everybody; null: people without a department. */
  readonly department?: string | null;
  readonly licenseId?: string;
}

/** The Activity page: what it may ask and what it is told. */
export type ActivityContract = {
  requests: {
    start: { params: null; result: { readonly tenantId: string | null } };
    load: { params: null; result: ActivityData };
    /** Opens the Users Roster with these people. */
    openPeople: { params: ActivityDrill; result: null };
    openLicense: { params: { readonly tenantId: string; readonly licenseId: string }; result: null };
    /** Asks for a file and writes what is shown; null when the person cancelled. */
    exportCsv: { params: ActivityExport; result: { readonly rows: number } | null };
    runImport: { params: null; result: null };
  };
  events: {
    dataChanged: { readonly generation: number };
  };
};

/** What the page keeps across hiding and a window reload. */
export interface ActivityState {
  readonly tenantId: string | null;
  readonly services: readonly RosterService[];
  readonly scope: ActivityScope;
  readonly period: ActivityPeriod;
  readonly scrollTop: number;
}
