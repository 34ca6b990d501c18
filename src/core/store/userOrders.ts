import type { CurrentUsers } from './currentUsers';
import type { KnownViews } from './openViews';
import { keysAt, orderPositions } from './positionOrder';
import { reportView } from './reportViews';
import type { ViewSort, ViewSpec } from './store';
import type { StoreFile } from './storeFile';
import { userMembers, usersOf } from './userMembers';

/**
 * Orders users by one column from what the index knows: the values are ordered once per version of the data, and each
 * order after that is one walk over the users. SQLite would sort all of them again for every filter.
 */
export class UserOrders implements KnownViews {
  constructor(
    private readonly file: StoreFile,
    private readonly users: CurrentUsers,
  ) {}

  /**
   * The keys of a view's rows in order, as `materializeOrder` gives them; null where SQLite has to sort: other
   * reports, several columns, and names that are hidden.
   * @throws `invalidArgument`
   */
  keys(spec: ViewSpec): Int32Array | null {
    const sort = rankedSort(spec);
    if (sort === null) return null;
    const db = this.file.current();
    const users = this.users.get();
    const wanted = usersOf(users, db, spec);
    const members = spec.filter === undefined ? null : userMembers(db, users, spec);
    const ordered = orderPositions(wanted, members, users.ranks(sort.column), sort.descending);
    return keysAt(users.keys, ordered);
  }

  /** How many users there are without the filter; null for other reports. */
  total(spec: ViewSpec): number | null {
    if (spec.report !== 'roster') return null;
    return usersOf(this.users.get(), this.file.current(), spec).length;
  }
}

/** The one column to sort by, where the index can. */
function rankedSort(spec: ViewSpec): ViewSort | null {
  if (spec.report !== 'roster' || spec.pseudonymKey !== undefined) return null;
  const report = reportView(spec.report);
  const [sort, ...others] =
    spec.sort === undefined || spec.sort.length === 0 ? report.defaultSort : spec.sort;
  if (sort === undefined || others.length > 0 || !report.columns.includes(sort.column)) return null;
  // Days are counted from one day for all users of a tenant, so the date has the same order the other way round.
  return sort.column === 'daysSinceLastActivity' && spec.tenantId !== undefined
    ? { column: 'lastActivityDate', descending: !sort.descending }
    : sort;
}
