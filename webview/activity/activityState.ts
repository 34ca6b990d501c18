import { activityPeriods } from '../../src/shared/activityAges';
import { activityScopes, type ActivityState } from '../../src/shared/activityContract';
import { rosterServices } from '../../src/shared/rosterFilter';

/** What a page shows before a person chose anything: all services, people who hold them, 30 days. */
export const defaultState: Omit<ActivityState, 'tenantId'> = {
  services: rosterServices,
  scope: 'licensed',
  period: 'p30',
  scrollTop: 0,
};

/** Reads what a page saved, perhaps by an older version; what does not fit becomes the default. */
export function restoreState(saved: unknown): Omit<ActivityState, 'tenantId'> {
  const state: Record<string, unknown> = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  const { services, scope, period, scrollTop } = state;
  return {
    services: Array.isArray(services)
      ? rosterServices.filter((service) => services.includes(service))
      : defaultState.services,
    scope: activityScopes.find((name) => name === scope) ?? defaultState.scope,
    period: activityPeriods.find(({ id }) => id === period)?.id ?? defaultState.period,
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}
