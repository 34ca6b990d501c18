/**
 * Ages of a last use, newest first; what comes after them is no use at all, and unknown.
 * `from` and `to` are days before the day of evaluation, both inclusive; null: without end.
 */
export const activityAges = [
  { id: 'd7', from: 0, to: 7 },
  { id: 'd30', from: 8, to: 30 },
  { id: 'd60', from: 31, to: 60 },
  { id: 'd90', from: 61, to: 90 },
  { id: 'd180', from: 91, to: 180 },
  { id: 'older', from: 181, to: null },
] as const;

/** A column of the heat map: an age of the last use, no use at all, or unknown. */
export type ActivityAge = (typeof activityAges)[number]['id'] | 'noUse' | 'unknown';

/** All columns of the heat map, in order. */
export const heatColumns: readonly ActivityAge[] = [...activityAges.map(({ id }) => id), 'noUse', 'unknown'];

/** Periods of active users: whoever used a service so many days ago or later; null: at any time. */
export const activityPeriods = [
  { id: 'p7', days: 7 },
  { id: 'p30', days: 30 },
  { id: 'p90', days: 90 },
  { id: 'p180', days: 180 },
  { id: 'any', days: null },
] as const;

/** A period of active users. */
export type ActivityPeriod = (typeof activityPeriods)[number]['id'];

/** Counts of users by age of their last use, in the order of {@link heatColumns}. */
export type AgeCounts = readonly number[];

/** How many of them were active in a period. */
export function activeIn(counts: AgeCounts, period: ActivityPeriod): number {
  const days = activityPeriods.find(({ id }) => id === period)?.days ?? null;
  return activityAges.reduce(
    (sum, age, index) =>
      sum + (days === null || (age.to !== null && age.to <= days) ? (counts[index] ?? 0) : 0),
    0,
  );
}
