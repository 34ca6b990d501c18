import type { TenantFacts } from '../../src/shared/viewRows';
import { countOf, formatDay, formatMoment } from './displayFormats';

/** Whose numbers these are, as the head of a page says it. */
export function tenantTitle(tenants: readonly TenantFacts[]): string {
  const [only] = tenants;
  if (only === undefined) return 'No tenant yet';
  return tenants.length === 1 ? only.displayName : `All tenants (${tenants.length})`;
}

/** How old the numbers are; of several tenants, the oldest. Empty when nothing was imported. */
export function asOfText(tenants: readonly TenantFacts[]): string {
  const imported = oldest(tenants.map((tenant) => tenant.lastImportAt));
  const evaluated = oldest(tenants.map((tenant) => tenant.evaluatedOn));
  const since = tenants.length > 1 ? 'Oldest import' : 'Imported';
  return [
    imported === null ? null : `${since} ${formatMoment(imported)}`,
    evaluated === null ? null : `Activity as of ${formatDay(evaluated)}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function oldest(times: readonly (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}

/**
 * How old the numbers are, when they are too old to rely on: a sentence, or null. Counted to the day for which the
 * activity was judged, so that it does not depend on the clock of the page.
 */
export function ageWarning(tenants: readonly TenantFacts[]): string | null {
  const ages = tenants.flatMap(({ lastImportAt, evaluatedOn }) => {
    if (lastImportAt === null || evaluatedOn === null) return [];
    const days = Math.floor((Date.parse(evaluatedOn) - Date.parse(lastImportAt.slice(0, 10))) / 86_400_000);
    return days > mostDays ? [days] : [];
  });
  if (ages.length === 0) return null;
  const oldest = countOf(Math.max(...ages), 'day');
  return tenants.length === 1
    ? `The data is ${oldest} old. Import again.`
    : `${countOf(ages.length, 'tenant has', 'tenants have')} old data, up to ${oldest}. Import again.`;
}

/** Usage reports lag two days; a week without an import is too long to act on. */
const mostDays = 7;
