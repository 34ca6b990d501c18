import { ActivityRows } from './activityRows';
import type { CurrentUsers } from './currentUsers';
import type { KnownViews } from './openViews';
import { orderPositions } from './positionOrder';
import { reportView } from './reportViews';
import { SeatRows } from './seatRows';
import type { ViewSpec } from './store';
import type { StoreFile } from './storeFile';
import type { UserIndex } from './userIndex';
import { usersOf } from './userMembers';
import { matchingKeys } from './viewQuery';

/**
 * The usual order of the reports with several rows per user: who they are of is in the index of the users, so that
 * nothing has to be sorted but the users. SQLite would join all of the rows to the users and sort them.
 */
export class UserRowOrders implements KnownViews {
  private of: UserIndex | undefined;
  private activity: ActivityRows | undefined;
  private seats: SeatRows | undefined;

  constructor(
    private readonly file: StoreFile,
    private readonly users: CurrentUsers,
  ) {}

  keys(spec: ViewSpec): Int32Array | null {
    if (!isUsual(spec)) return null;
    const users = this.current();
    const db = this.file.current();
    const among = spec.filter === undefined ? null : matchingKeys(db, spec);
    const wanted = usersOf(users, db, spec);
    if (spec.report === 'seats') return this.seatRows(users).orderedKeys(wanted, among);
    const names = users.ranks('userPrincipalName');
    return this.activityRows(users).keys(orderPositions(wanted, null, names, false), names.ranks, among);
  }

  total(spec: ViewSpec): number | null {
    if (!isUsual(spec)) return null;
    const users = this.current();
    const wanted = usersOf(users, this.file.current(), spec);
    return (spec.report === 'seats' ? this.seatRows(users) : this.activityRows(users)).count(wanted);
  }

  private current(): UserIndex {
    const users = this.users.get();
    if (users !== this.of) {
      this.of = users;
      this.activity = undefined;
      this.seats = undefined;
    }
    return users;
  }

  private activityRows(users: UserIndex): ActivityRows {
    this.activity ??= new ActivityRows(this.file.current(), users);
    return this.activity;
  }

  private seatRows(users: UserIndex): SeatRows {
    this.seats ??= new SeatRows(this.file.current(), users);
    return this.seats;
  }
}

/** Whether a view is one of those reports in its usual order, with the names that are in the file. */
function isUsual({ report, sort = [], pseudonymKey }: ViewSpec): boolean {
  if ((report !== 'seats' && report !== 'activity') || pseudonymKey !== undefined) return false;
  const usual = reportView(report).defaultSort;
  return (
    sort.length === 0 ||
    (sort.length === usual.length &&
      sort.every(
        ({ column, descending }, at) => column === usual[at]?.column && descending === usual[at].descending,
      ))
  );
}
