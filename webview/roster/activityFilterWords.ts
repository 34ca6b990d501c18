import type { RosterFilter, RosterService } from '../../src/shared/rosterFilter';
import { rosterServices } from '../../src/shared/rosterFilter';
import { serviceTitle } from '../../src/shared/serviceWords';
import { formatDay } from '../common/displayFormats';

/** A part of a filter in words, for a chip that takes it away. */
export interface ActivityFilterText {
  readonly part: 'ranges' | 'holds' | 'use';
  readonly text: string;
}

/** What a filter asks about the use of services, in words. */
export function activityFilterTexts(filter: RosterFilter): ActivityFilterText[] {
  const texts: ActivityFilterText[] = [];
  if (filter.holds !== undefined && filter.holds.length > 0) {
    texts.push({ part: 'holds', text: `Holds ${filter.holds.map(serviceTitle).join(' or ')}` });
  }
  const ranges = (filter.ranges ?? []).map(rangeText);
  if (ranges.length > 0) texts.push({ part: 'ranges', text: ranges.join(', ') });
  if (filter.use !== undefined) {
    const title = serviceTitle(filter.use.application);
    const text = filter.use.state === 'noUse' ? `No use of ${title}` : `Use of ${title} unknown`;
    texts.push({ part: 'use', text });
  }
  return texts;
}

function rangeText({ column, from, to }: NonNullable<RosterFilter['ranges']>[number]): string {
  const service = rosterServices.find((name) => column === `${name}LastActivityDate`);
  const name = service === undefined ? column : lastUse(service);
  const bound = (value: string | number): string => formatDay(String(value));
  if (from !== undefined && to !== undefined) return `${name} ${bound(from)} – ${bound(to)}`;
  if (from !== undefined) return `${name} since ${bound(from)}`;
  return to === undefined ? `${name} known` : `${name} until ${bound(to)}`;
}

function lastUse(service: RosterService): string {
  return `Last use of ${serviceTitle(service)}`;
}

/** What a saved filter asks about the use of services; what does not fit is left out. */
export function restoreActivityFilter(
  saved: Readonly<Record<string, unknown>>,
): Pick<RosterFilter, 'ranges' | 'holds' | 'use'> {
  const holds = list(saved['holds']).flatMap(serviceOf);
  const ranges = list(saved['ranges']).map(record).flatMap(rangeOf);
  const { application, state } = record(saved['use']);
  const [used] = serviceOf(application);
  return {
    ...(holds.length > 0 && { holds }),
    ...(ranges.length > 0 && { ranges }),
    ...(used !== undefined &&
      (state === 'noUse' || state === 'unknown') && { use: { application: used, state } }),
  };
}

function serviceOf(value: unknown): RosterService[] {
  return rosterServices.filter((service) => service === value);
}

function rangeOf(range: Readonly<Record<string, unknown>>): NonNullable<RosterFilter['ranges']>[number][] {
  const { column, from, to } = range;
  const isBound = (value: unknown): value is string | number =>
    typeof value === 'string' || typeof value === 'number';
  if (typeof column !== 'string') return [];
  return [{ column, ...(isBound(from) && { from }), ...(isBound(to) && { to }) }];
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
