/** The counts of a license that its bar is drawn from; null is unknown. */
export interface BarCounts {
  readonly entitled: number;
  /** Of the entitled units, those whose term has not ended. */
  readonly enabled: number;
  readonly inGrace: number;
  readonly consumed: number;
  readonly active: number | null;
  readonly inactive: number | null;
  readonly never: number | null;
  readonly shortfallNow: number;
}

/** What a part of a bar stands for. */
export type SegmentKind = 'active' | 'inactive' | 'never' | 'other' | 'spare';

/** A part of a bar; start and width in percent of the axis. */
export interface BarSegment {
  readonly kind: SegmentKind;
  readonly value: number;
  readonly start: number;
  readonly width: number;
}

/** The bar of one license. */
export interface PositionBar<R extends BarCounts> {
  readonly row: R;
  readonly segments: readonly BarSegment[];
  /** Where the entitlement ends, in percent of the axis. */
  readonly entitledAt: number;
  /** Where it will end after the grace; null without units in grace. */
  readonly afterGraceAt: number | null;
  /** The part beyond the entitlement; null when nothing is short. */
  readonly short: { readonly value: number; readonly start: number; readonly width: number } | null;
  /** Where the longest of it all ends, in percent of the axis. */
  readonly end: number;
}

/** Bars over one axis. */
export interface PositionBars<R extends BarCounts> {
  readonly bars: readonly PositionBar<R>[];
  /** Units at the marks of the axis, from 0 to the end. */
  readonly ticks: readonly number[];
  /** Licenses with units that did not fit. */
  readonly omitted: number;
}

/** Most bars that are still read one by one. */
export const maxBars = 20;

/** Lays out the bars of the largest licenses, those that are short among them in any case, in order of size. */
export function layOutBars<R extends BarCounts>(rows: readonly R[], limit = maxBars): PositionBars<R> {
  const charted = rows.filter((row) => size(row) > 0);
  const chosen = [...charted]
    .sort((a, b) => Number(isShort(b)) - Number(isShort(a)) || size(b) - size(a))
    .slice(0, limit)
    .sort((a, b) => size(b) - size(a));
  const ticks = axisTicks(Math.max(0, ...chosen.map(size)));
  const end = ticks.at(-1) ?? 1;
  return {
    bars: chosen.map((row) => layOutBar(row, end)),
    ticks,
    omitted: charted.length - chosen.length,
  };
}

function layOutBar<R extends BarCounts>(row: R, axisEnd: number): PositionBar<R> {
  const percent = (units: number): number => (units / axisEnd) * 100;
  const segments: BarSegment[] = [];
  let used = 0;
  const add = (kind: SegmentKind, value: number): void => {
    if (value <= 0) return;
    segments.push({ kind, value, start: percent(used), width: percent(value) });
    used += value;
  };
  add('active', row.active ?? 0);
  add('inactive', row.inactive ?? 0);
  add('never', row.never ?? 0);
  add('other', row.consumed - judged(row));
  add('spare', row.entitled - used);
  return {
    row,
    segments,
    entitledAt: percent(row.entitled),
    afterGraceAt: row.inGrace > 0 ? percent(row.enabled) : null,
    short: isShort(row)
      ? {
          value: row.shortfallNow,
          start: percent(row.entitled),
          width: percent(row.consumed - row.entitled),
        }
      : null,
    end: percent(size(row)),
  };
}

/** Round marks for an axis that reaches the value: 1, 2 or 5 times a power of ten apart, five at most. */
export function axisTicks(maximum: number): number[] {
  if (maximum <= 0) return [0, 1];
  const rough = maximum / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const count = Math.ceil(maximum / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function size(row: BarCounts): number {
  return Math.max(row.entitled, row.consumed, judged(row));
}

function judged(row: BarCounts): number {
  return (row.active ?? 0) + (row.inactive ?? 0) + (row.never ?? 0);
}

function isShort(row: BarCounts): boolean {
  return row.shortfallNow > 0;
}
