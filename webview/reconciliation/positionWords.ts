import type {
  NotCounted,
  PartialSum,
  PositionRow,
  PositionTotals,
  Trend,
} from '../../src/shared/reconciliationContract';
import { countOf, formatCount } from '../common/displayFormats';

/** A signed number of units and the word that goes with it. */
export interface AvailableText {
  readonly number: string;
  readonly word: string;
  readonly tone: 'short' | 'spare' | 'none';
}

/** What is available, as a true signed number: never clamped, and said in a word besides. */
export function availableText(units: number): AvailableText {
  if (units < 0) return { number: `−${formatCount(-units)}`, word: 'short', tone: 'short' };
  if (units > 0) return { number: `+${formatCount(units)}`, word: 'spare', tone: 'spare' };
  return { number: '0', word: 'spare', tone: 'none' };
}

/** The name by which people know the license. */
export function licenseName(row: PositionRow): string {
  return row.productName ?? row.skuPartNumber;
}

/** Why a license is not in the totals, in a few words. */
export function notCountedText(reason: NotCounted): string {
  switch (reason) {
    case 'notPerUser':
      return 'for the company, not per user';
    case 'free':
      return 'free';
    case 'bulkUnused':
      return 'bulk units, hardly used';
    case 'retired':
      return 'retired, replaced by a newer connection';
    case 'unmanaged':
      return 'not managed';
  }
}

/** A sum that may be incomplete. */
export function partialSumText(sum: PartialSum): string {
  return sum.complete ? formatCount(sum.value) : `≥ ${formatCount(sum.value)}`;
}

/**
 * The change since the import before the last one, in words: the text of a sparkline. Null when there is nothing to
 * compare with.
 */
export function trendText(
  { present, previous }: Pick<Trend, 'present' | 'previous'>,
  format: (value: number) => string,
  words: { readonly more: string; readonly less: string } = { more: 'more', less: 'fewer' },
): string | null {
  if (previous === null) return null;
  if (present === previous) return 'as at the previous import';
  const change = format(Math.abs(present - previous));
  return `${change} ${present > previous ? words.more : words.less} than at the previous import`;
}

/** One license in a sentence, for screen readers and the line under the chart. */
export function licenseSentence(row: PositionRow): string {
  const verdicts = [
    [row.active, 'active'],
    [row.inactive, 'inactive'],
    [row.never, 'never active'],
  ] as const;
  const judged = verdicts.flatMap(([value, word]) =>
    value === null ? [] : [`${formatCount(value)} ${word}`],
  );
  const available = availableText(row.availableNow);
  const position =
    available.tone === 'none' ? 'none spare' : `${formatCount(Math.abs(row.availableNow))} ${available.word}`;
  const grace = row.inGrace > 0 ? `, ${formatCount(row.inGrace)} of the units in grace` : '';
  const seats = judged.length === 0 ? 'use not known' : judged.join(', ');
  return `${licenseName(row)}: ${formatCount(row.consumed)} of ${countOf(row.entitled, 'unit')} consumed${grace}; ${position}; ${seats}.`;
}

/** The whole position in two or three sentences: what is wrong, what is wasted. */
export function summaryText(totals: PositionTotals): string {
  if (totals.licenses === 0) return 'No license for users is in the totals.';
  const short =
    totals.shortfallNow === 0
      ? 'No license is short now.'
      : `${countOf(totals.licensesShort, 'license is', 'licenses are')} short now, by ${countOf(totals.shortfallNow, 'unit')} in all.`;
  const soon =
    totals.shortfallSoon === 0
      ? ''
      : ` When grace periods end, ${countOf(totals.shortfallSoon, 'more unit', 'more units')} will be missing.`;
  const idle = totals.inactive.value + totals.never.value;
  const idleComplete = totals.inactive.complete && totals.never.complete;
  const unused = ` ${countOf(totals.unassigned, 'unit is', 'units are')} assigned to nobody, and ${idleComplete ? '' : 'at least '}${countOf(idle, 'seat')} ${idle === 1 ? 'is' : 'are'} held by people who do not use ${idle === 1 ? 'it' : 'them'}.`;
  return `${short}${soon}${unused}`;
}
