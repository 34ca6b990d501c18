import type { Cell } from './viewRows';

/** How a license reaches a user, for a filter. */
export const licensePaths = ['direct', 'group', 'both', 'error'] as const;

/** One of {@link licensePaths}. */
export type LicensePath = (typeof licensePaths)[number];

/** States of an account, for a filter. */
export const accountStatuses = ['enabled', 'disabled', 'deleted'] as const;

/** One of {@link accountStatuses}. */
export type AccountStatus = (typeof accountStatuses)[number];

/** The eleven applications whose last use is known, in the order of the screens. */
export const rosterServices = [
  'exchange',
  'outlook',
  'teams',
  'oneDrive',
  'sharePoint',
  'yammer',
  'skypeForBusiness',
  'powerBi',
  'project',
  'visio',
  'dynamics365',
] as const;

/** One of {@link rosterServices}. */
export type RosterService = (typeof rosterServices)[number];

/** What columns must hold; null matches unknown. */
export type ColumnFilter = Readonly<Record<string, Cell | readonly Cell[]>>;

/** Which users are wanted: all parts that are there must hold. Arguments of `openRoster` have the same shape. */
export interface RosterFilter {
  /** Words that must all occur. */
  readonly text?: string;
  /** Column of `v_users` → value or values (OR). */
  readonly columns?: ColumnFilter;
  /** Users who hold a seat of one of these licenses (`{tenantId}_{skuId}`). */
  readonly licenseIds?: readonly string[];
  /** Users whom one of the licenses named, or any, reaches by one of these paths. */
  readonly paths?: readonly LicensePath[];
  /** Users with a seat of one of these verdicts: of one of the licenses named, or of any. */
  readonly seatVerdicts?: readonly string[];
  /** Users who hold a seat, or who hold none. */
  readonly licensed?: boolean;
  /** Users with a last use of one of these applications. */
  readonly services?: readonly RosterService[];
  /** State of the account; null matches unknown. */
  readonly status?: readonly (AccountStatus | null)[];
  /** Users whom a finding of this kind concerns. */
  readonly finding?: { readonly kind: string; readonly licenseId?: string };
  /** These users. */
  readonly userIds?: readonly string[];
  /** Columns with a value from one to another, both inclusive; unknown is in no range. */
  readonly ranges?: readonly {
    readonly column: string;
    readonly from?: string | number;
    readonly to?: string | number;
  }[];
  /** Users who hold one of these services by a license. */
  readonly holds?: readonly RosterService[];
  /** Users who hold a service and have no last use of it: none for certain, or unknown. */
  readonly use?: { readonly application: RosterService; readonly state: 'noUse' | 'unknown' };
}

/** Facets of the roster: columns of `v_users`, and what is no column. */
export const rosterFacets = [
  'tenantId',
  'licenseId',
  'path',
  'service',
  'status',
  'verdict',
  'department',
  'country',
  'companyName',
  'usageLocation',
  'isGuest',
  'markedAs',
] as const;

/** One of {@link rosterFacets}. */
export type RosterFacet = (typeof rosterFacets)[number];
