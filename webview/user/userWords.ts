import type { UserChange, UserDetails, UserPath, UserSpend } from '../../src/shared/userContract';
import { markSentence } from '../../src/shared/markWords';
import { countOf, formatDay, money } from '../common/displayFormats';
import { reasonSentence, verdictLook } from '../common/verdictWords';

const errorWords: Readonly<Record<string, string>> = {
  CountViolation: 'not enough units',
  MutuallyExclusiveViolation: 'a plan conflicts with one of another license',
  DependencyViolation: 'a plan that it depends on is missing',
  ProhibitedInUsageLocationViolation: 'not available in the user’s usage location',
  UniquenessViolation: 'the same service comes from another license',
  Other: 'another reason',
};

const accountChanges: Readonly<Record<string, string>> = {
  added: 'The account appeared',
  enabled: 'Sign-in was allowed',
  disabled: 'Sign-in was blocked',
  deleted: 'The account was deleted',
  restored: 'The account was restored',
  removed: 'The account was gone',
};

/** What is thought of the user, in a sentence or two. */
export function verdictSentence({ user }: UserDetails): string {
  const { verdict = null, verdictReason = null, confidence = null } = user;
  if (verdict === null) return 'Not judged yet.';
  if (verdictReason === 'markedNotPerson') return markOf(user) ?? '';
  const reason = reasonSentence(verdictReason === null ? null : String(verdictReason));
  const sure = confidence === null ? null : `Confidence: ${String(confidence)}.`;
  return [reason ?? `${verdictLook(String(verdict)).word}.`, sure].filter(Boolean).join(' ');
}

/** What somebody said the user is; never empty. */
export function markText({ user }: UserDetails): string {
  return markOf(user) ?? 'Nothing';
}

function markOf({
  markedAs = null,
  markReason = null,
  markPattern = null,
}: UserDetails['user']): string | null {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return markedAs === null ? null : markSentence(String(markedAs), text(markReason), text(markPattern));
}

/** How long ago something was used last. */
export function lastUseText({ user }: UserDetails): string {
  const { lastActivityDate = null, daysSinceLastActivity = null } = user;
  if (lastActivityDate === null) return 'No use seen';
  if (typeof daysSinceLastActivity !== 'number') return formatDay(String(lastActivityDate));
  const text = daysAgo(daysSinceLastActivity);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The day of the last use, and where it comes from. */
export function lastUseNote({ user }: UserDetails): string {
  const { lastActivityDate = null } = user;
  return lastActivityDate === null
    ? 'By the sources that are fresh.'
    : `${formatDay(String(lastActivityDate))}, by the sources that are fresh.`;
}

/** How long ago, in words. */
export function daysAgo(days: number): string {
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${countOf(days, 'day')} ago`;
}

/** What the seats cost a month: of each currency, a lower bound where a seat has no price. */
export function spendText(spend: readonly UserSpend[]): string {
  const priced = spend.filter(({ monthlyMinor, currency }) => monthlyMinor !== null && currency !== null);
  const lowerBound = spend.some(({ unpricedSeats }) => unpricedSeats > 0);
  if (priced.length === 0) return spend.length === 0 ? 'Nothing' : 'Unknown';
  return priced
    .map(({ monthlyMinor, currency }) => money(monthlyMinor, currency, { lowerBound }))
    .join(' + ');
}

/** What is left out of the cost; null when nothing is. */
export function spendNote(spend: readonly UserSpend[]): string | null {
  const unpriced = Math.max(0, ...spend.map(({ unpricedSeats }) => unpricedSeats));
  if (spend.length === 0) return 'No seat is held.';
  return unpriced === 0
    ? 'A month, all seats priced.'
    : `A month; ${countOf(unpriced, 'seat')} without a price.`;
}

/** A path in words: directly, or the group by which the license comes. */
export function pathName({ groupId, groupName }: UserPath): string {
  if (groupId === null) return 'Direct';
  return groupName === null ? `Group ${groupId}` : `Group “${groupName}”`;
}

/** What is wrong with a path; null when nothing is. */
export function pathProblem({ state, error }: Pick<UserPath, 'state' | 'error'>): string | null {
  if (state === 'Active') return null;
  const word = error === null || error === 'None' ? null : (errorWords[error] ?? error);
  if (state === 'Disabled') return 'disabled';
  const text = word === null ? 'in error' : `in error: ${word}`;
  return state === 'ActiveWithError' ? `works, but ${text}` : text;
}

/** A change in a sentence. */
export function changeSentence({ change, license, group, state }: UserChange): string {
  if (license === null) return `${accountChanges[change] ?? `The account: ${change}`}.`;
  const by = group === null ? 'directly' : `through the group “${group}”`;
  if (change === 'removed') return `${license} is no longer given ${by}.`;
  const problem = state === null ? null : pathProblem({ state, error: null });
  const how = problem === null ? '' : `, ${problem}`;
  if (change === 'added') return `${license} was given ${by}${how}.`;
  return `${license}, given ${by}, has another state or other plans${how}.`;
}
