import { activityPeriods, type ActivityPeriod } from './activityAges';
import type { SourceFacts } from './activityContract';

/**
 * What a count of active users is worth: `exact`; `atLeast`: some use may not be in the data; `unknown`: nothing
 * speaks of the period, so that a zero would say what nobody knows.
 */
export type CountWorth = 'exact' | 'atLeast' | 'unknown';

/** Days that Entra ID keeps of the sign-in log: use before the first import minus these days was never seen. */
const logDays = 30;

const day = 86_400_000;

/**
 * What the count of a period is worth, in the worst of the tenants.
 * @param sources of one service, of all tenants; the first of each tenant is the main one
 * @param evaluatedOn `YYYY-MM-DD`
 */
export function worthOfPeriod(
  sources: readonly SourceFacts[],
  period: ActivityPeriod,
  evaluatedOn: string | null,
): CountWorth {
  const tenants = [...new Set(sources.map(({ tenantId }) => tenantId))];
  const worths = tenants.map((tenantId) =>
    worthInTenant(
      sources.filter((source) => source.tenantId === tenantId),
      period,
      evaluatedOn,
    ),
  );
  if (worths.every((worth) => worth === 'unknown')) return 'unknown';
  return worths.every((worth) => worth === 'exact') ? 'exact' : 'atLeast';
}

function worthInTenant(
  sources: readonly SourceFacts[],
  period: ActivityPeriod,
  evaluatedOn: string | null,
): CountWorth {
  // The sign-in log alone does not show all use of a service that has a report.
  const main = sources[0];
  const speaking = sources.filter(({ status }) => status === 'fresh' || status === 'stale');
  const newest = newestDate(speaking);
  if (main === undefined || evaluatedOn === null || newest === null) return 'unknown';
  const days = activityPeriods.find(({ id }) => id === period)?.days ?? null;
  const behind = (Date.parse(evaluatedOn) - Date.parse(newest)) / day;
  if (days !== null && behind > days) return 'unknown';
  if (main.status !== 'fresh') return 'atLeast';
  return main.source === 'signIns' && (days === null || days > logDays) ? 'atLeast' : 'exact';
}

/** The as-of date of the newest of these sources; null where there is none. */
export function newestDate(sources: readonly SourceFacts[]): string | null {
  return (
    sources
      .map(({ asOfDate }) => asOfDate)
      .filter((date) => date !== null)
      .sort()
      .at(-1) ?? null
  );
}
