import type { TenantFacts } from '../../src/shared/viewRows';
import { formatDay, formatMoment } from './displayFormats';

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
