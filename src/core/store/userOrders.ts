import type { CurrentUsers } from './currentUsers';
import { reportView } from './reportViews';
import type { ViewSort, ViewSpec } from './store';
import type { StoreFile } from './storeFile';
import { keyOfTenant } from './tenantKey';
import { userMembers } from './userMembers';

/**
 * Orders users by one column from what the index knows: the values are ordered once per version of the data, and each
 * order after that is one walk over the users. SQLite would sort all of them again for every filter.
 */
export class UserOrders {
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
    const wanted = users.ofTenant(spec.tenantId === undefined ? undefined : keyOfTenant(db, spec.tenantId));
    const members = spec.filter === undefined ? null : userMembers(db, users, spec);
    const { ranks, count } = users.ranks(sort.column);
    // Where each value begins: counted first, then added up in the order asked for. Unknown (rank 0) comes last.
    const starts = new Uint32Array(count + 1);
    for (const position of wanted) {
      if (members === null || members[position] === 1) increase(starts, ranks[position] ?? 0);
    }
    let next = 0;
    for (let step = 1; step <= count + 1; step += 1) {
      const rank = step > count ? 0 : sort.descending ? count + 1 - step : step;
      const size = starts[rank] ?? 0;
      starts[rank] = next;
      next += size;
    }
    const keys = new Int32Array(next);
    for (const position of wanted) {
      if (members !== null && members[position] !== 1) continue;
      const rank = ranks[position] ?? 0;
      keys[starts[rank] ?? 0] = users.keys[position] ?? 0;
      increase(starts, rank);
    }
    return keys;
  }

  /** How many users there are without the filter; null for other reports. */
  total(spec: ViewSpec): number | null {
    if (spec.report !== 'roster') return null;
    const { tenantId } = spec;
    const tenantKey = tenantId === undefined ? undefined : keyOfTenant(this.file.current(), tenantId);
    return this.users.get().ofTenant(tenantKey).length;
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

function increase(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
