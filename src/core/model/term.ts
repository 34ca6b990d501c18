import { daysBetween } from './calendarDate';

/** How long a subscription runs before it renews, as observed. */
export type Term = 'monthly' | 'annual' | 'threeYear' | 'unknown';

/** Term of a license; `mixed` when its subscriptions differ. */
export type LicenseTerm = Term | 'mixed';

/** What one import saw of a subscription. Times UTC ISO 8601. */
export interface LifecycleObservation {
  readonly observedAt: string;
  readonly nextLifecycleAt: string;
}

/** Days before a date at which findings begin to speak of it, where nobody said otherwise. */
export const usualNoticeDays = 30;

const daysOfMonth = 30.4375;
const mostMonths = 11;
const nearMonths = 2.5;

/**
 * The term of a subscription from how its next lifecycle date moved between imports; the newest move decides. The
 * creation date is no help, since it stays while the other moves. Until a move was seen the term is unknown.
 * @see https://learn.microsoft.com/graph/api/resources/companysubscription
 */
export function observedTerm(history: readonly LifecycleObservation[]): Term {
  const inOrder = [...history].sort((left, right) => (left.observedAt < right.observedAt ? -1 : 1));
  let term: Term = 'unknown';
  inOrder.forEach((observation, index) => {
    const before = inOrder[index - 1];
    if (before === undefined) return;
    const days = daysBetween(before.nextLifecycleAt, observation.nextLifecycleAt);
    if (days > 0) term = termOfDays(days);
  });
  return term;
}

/**
 * The term that a move of so many days shows. Several months are monthly as well, because a missed import hides
 * renewals; so are not 12 of them.
 */
export function termOfDays(days: number): Term {
  if (days >= 360 && days <= 370) return 'annual';
  if (days >= 1090 && days <= 1100) return 'threeYear';
  if (days >= 28 && days <= 31) return 'monthly';
  const months = Math.round(days / daysOfMonth);
  const near = Math.abs(days - months * daysOfMonth) <= nearMonths;
  return months >= 2 && months <= mostMonths && near ? 'monthly' : 'unknown';
}

/** The term of a license: that of its subscriptions if they agree. */
export function licenseTerm(terms: readonly Term[]): LicenseTerm {
  const [first = 'unknown'] = terms;
  return terms.every((term) => term === first) ? first : 'mixed';
}

/** A subscription, as far as its dates matter. */
export interface SubscriptionDates {
  readonly subscriptionId: string;
  /** `Enabled`, `Warning`, `Suspended`, `Deleted`, `LockedOut` or a value Microsoft adds later. */
  readonly status: string | null;
  readonly totalLicenses: number | null;
  readonly isTrial: boolean | null;
  readonly createdAt: string | null;
  readonly nextLifecycleAt: string | null;
  readonly term: Term;
  /** Set by a person, since Graph does not say whether a subscription renews; null: nobody has said. */
  readonly recurringBilling: boolean | null;
}

/** What happens to a subscription soon. */
export interface DateAlert {
  readonly subscriptionId: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly daysLeft: number;
  /** `renewsOrEnds` while nobody has said whether it is billed again. */
  readonly what: 'renews' | 'ends' | 'renewsOrEnds' | 'graceEnds';
  readonly term: Term;
}

/**
 * Whether the next date of a subscription needs attention on a day. One that renews by itself needs it only while
 * units could be given back at its renewal, and never when it is monthly. A monthly one that nobody spoke of has
 * renewed before, and a first term as long as a month is taken for one.
 * @param noticeDays how long before the date to speak
 * @param unassigned enabled units that nobody holds, less the buffer
 */
export function dateAlert(
  subscription: SubscriptionDates,
  today: string,
  noticeDays: number,
  unassigned: number,
): DateAlert | null {
  const { nextLifecycleAt, status, isTrial, recurringBilling, term } = subscription;
  if (nextLifecycleAt === null) return null;
  const date = nextLifecycleAt.slice(0, 10);
  const daysLeft = daysBetween(today, date);
  if (!(daysLeft >= 0 && daysLeft <= noticeDays)) return null;
  const alert = (what: DateAlert['what']): DateAlert => ({
    subscriptionId: subscription.subscriptionId,
    date,
    daysLeft,
    what,
    term,
  });
  const plain = (status ?? 'enabled').toLowerCase();
  if (plain === 'warning') return alert('graceEnds');
  if (plain !== 'enabled') return null;
  if (isTrial === true || recurringBilling === false) return alert('ends');
  if (term === 'monthly' || (term === 'unknown' && firstTermIsMonth(subscription))) return null;
  if (recurringBilling === true) return unassigned > 0 ? alert('renews') : null;
  return alert('renewsOrEnds');
}

/** Whether the last day of a purchase, which a person keeps by hand, is near. */
export function endsSoon(endingDate: string | null, today: string, noticeDays: number): boolean {
  if (endingDate === null) return false;
  const daysLeft = daysBetween(today, endingDate);
  return daysLeft >= 0 && daysLeft <= noticeDays;
}

function firstTermIsMonth({ createdAt, nextLifecycleAt }: SubscriptionDates): boolean {
  if (createdAt === null || nextLifecycleAt === null) return false;
  const days = daysBetween(createdAt, nextLifecycleAt);
  return days >= 28 && days <= 31;
}
