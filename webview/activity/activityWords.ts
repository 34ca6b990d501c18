import { activeIn, activityPeriods, type ActivityPeriod } from '../../src/shared/activityAges';
import type { ActivityScope, ServiceCounts, SourceFacts } from '../../src/shared/activityContract';
import { worthOfPeriod, type CountWorth } from '../../src/shared/knownActivity';
import { serviceTitle, sourceTitle } from '../../src/shared/serviceWords';
import { countOf, formatCount, formatDay } from '../common/displayFormats';

/** A count of active users with what it is worth. */
export interface WorthyCount {
  readonly value: number;
  readonly worth: CountWorth;
}

/** Active users of a service in a period. */
export function activeCount(
  entry: ServiceCounts,
  scope: ActivityScope,
  period: ActivityPeriod,
  evaluatedOn: string | null,
): WorthyCount {
  return {
    value: activeIn(entry.counts[scope], period),
    worth: worthOfPeriod(entry.sources, period, evaluatedOn),
  };
}

/** A count as it is shown: unknown is a dash, never zero. */
export function countText({ value, worth }: WorthyCount): string {
  if (worth === 'unknown') return '–';
  return worth === 'atLeast' ? `≥ ${formatCount(value)}` : formatCount(value);
}

/** A count as it is read aloud. */
export function spokenCount({ value, worth }: WorthyCount): string {
  if (worth === 'unknown') return 'unknown';
  return worth === 'atLeast' ? `at least ${formatCount(value)}` : formatCount(value);
}

/** A share in whole percent; null without anything to share. Only all is 100 % and only nothing 0 %. */
export function percentOf(part: number, whole: number): number | null {
  if (whole <= 0) return null;
  const percent = Math.round((part / whole) * 100);
  if (part > 0 && percent === 0) return 1;
  return part < whole && percent >= 100 ? 99 : percent;
}

/** What a source has, in a line, and whether it can be relied on. */
export interface SourceLine {
  readonly source: string;
  readonly text: string;
  readonly tone: 'good' | 'old' | 'none';
}

const statusWords: Readonly<Record<SourceFacts['status'], string>> = {
  fresh: '',
  stale: 'older than a week',
  missing: 'not imported',
  concealed: 'names concealed',
  notLicensed: 'needs Entra ID P1',
};

/** The sources of a service, the main one first; of several tenants the worst state and the oldest date. */
export function sourceLines(sources: readonly SourceFacts[]): SourceLine[] {
  return [...new Set(sources.map(({ source }) => source))].map((source) =>
    sourceLine(
      source,
      sources.filter((entry) => entry.source === source),
    ),
  );
}

function sourceLine(source: string, facts: readonly SourceFacts[]): SourceLine {
  const speaking = facts.filter(({ status }) => status === 'fresh' || status === 'stale');
  const silent = facts.find(({ status }) => status !== 'fresh' && status !== 'stale');
  const oldest = speaking
    .flatMap(({ asOfDate }) => asOfDate ?? [])
    .sort()
    .at(0);
  const isOld = speaking.some(({ status }) => status === 'stale');
  const notes = [
    oldest === undefined ? null : `as of ${formatDay(oldest)}`,
    isOld ? statusWords.stale : null,
    silent === undefined
      ? null
      : speaking.length === 0
        ? statusWords[silent.status]
        : `missing in ${countOf(facts.length - speaking.length, 'tenant')}`,
  ].filter((note) => note !== null);
  return {
    source,
    text: [sourceTitle(source), ...notes].join(' · '),
    tone: speaking.length === 0 ? 'none' : isOld || silent !== undefined ? 'old' : 'good',
  };
}

/** Why a count of a period is not exact; null where it is. */
export function worthReason(
  entry: ServiceCounts,
  period: ActivityPeriod,
  evaluatedOn: string | null,
): string | null {
  const worth = worthOfPeriod(entry.sources, period, evaluatedOn);
  if (worth === 'exact') return null;
  const [main] = sourceLines(entry.sources);
  if (main === undefined) return 'No source speaks of it.';
  if (worth === 'unknown') return `Unknown: ${main.text}.`;
  return main.tone === 'good'
    ? 'At least: the sign-in log reaches back 30 days before the first import.'
    : `At least: ${main.text}.`;
}

/** `in the last 30 days` */
export function periodPhrase(period: ActivityPeriod): string {
  const days = activityPeriods.find(({ id }) => id === period)?.days ?? null;
  return days === null ? 'at any time' : `in the last ${days} days`;
}

/** What the chart shows, in words. */
export function chartSummary(
  entries: readonly ServiceCounts[],
  scope: ActivityScope,
  period: ActivityPeriod,
  evaluatedOn: string | null,
): string {
  const known = entries
    .map((entry) => ({ entry, count: activeCount(entry, scope, period, evaluatedOn) }))
    .filter(({ count }) => count.worth !== 'unknown');
  const held = known.filter(({ entry, count }) => entry.holders > 0 || count.value > 0);
  const unknown = entries.filter((entry) => !known.some((one) => one.entry === entry));
  const sentences: string[] = [];
  const ordered = [...held].sort((a, b) => b.count.value - a.count.value);
  const [most] = ordered;
  const least = ordered.at(-1);
  if (most !== undefined && least !== undefined) {
    sentences.push(
      `${capital(periodPhrase(period))}, ${serviceTitle(most.entry.service)} has the most active users: ${spokenCount(most.count)}${ofHolders(most.entry, scope)}.`,
    );
    if (least !== most) {
      sentences.push(
        `${serviceTitle(least.entry.service)} has the fewest: ${spokenCount(least.count)}${ofHolders(least.entry, scope)}.`,
      );
    }
  }
  if (unknown.length > 0) {
    sentences.push(`Unknown: ${unknown.map(({ service }) => serviceTitle(service)).join(', ')}.`);
  }
  return sentences.join(' ');
}

function ofHolders(entry: ServiceCounts, scope: ActivityScope): string {
  return scope === 'licensed' ? ` of ${formatCount(entry.holders)} who hold it` : '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
