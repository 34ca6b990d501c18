import type { PositionRow } from '../../src/shared/reconciliationContract';

/** What a part of a bar stands for. */
export type SegmentKind = 'active' | 'inactive' | 'never' | 'other' | 'spare';

/** A part of a bar; start and width in percent of the chart's width. */
export interface ChartSegment {
  readonly kind: SegmentKind;
  readonly value: number;
  readonly start: number;
  readonly width: number;
}

/** The bar of one license. */
export interface ChartBar {
  readonly row: PositionRow;
  readonly segments: readonly ChartSegment[];
  /** Where the entitlement ends, in percent. */
  readonly entitledAt: number;
  /** Where it will end after the grace; null without units in grace. */
  readonly afterGraceAt: number | null;
  /** The part beyond the entitlement; null when nothing is short. */
  readonly short: { readonly value: number; readonly start: number; readonly width: number } | null;
}

/** The chart of a page. */
export interface PositionChart {
  readonly bars: readonly ChartBar[];
  /** Units at the marks of the axis, from 0 to the end. */
  readonly ticks: readonly number[];
  /** Licenses that count and did not fit; the table has them. */
  readonly omitted: number;
  /** Licenses whose size would squash the scale, or that are nothing a user holds. */
  readonly notCharted: readonly PositionRow[];
}

/** Most bars that are still read one by one. */
export const maxBars = 20;

/**
 * Lays out the chart: the largest licenses, and before them those that are short, in order of size. Free and
 * plumbing products are left out, because a million units of nothing would squash all the others.
 */
export function layOutChart(rows: readonly PositionRow[], limit = maxBars): PositionChart {
  const notCharted = rows.filter((row) => row.notCounted !== null);
  const charted = rows.filter((row) => row.notCounted === null && size(row) > 0);
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
    notCharted,
  };
}

function layOutBar(row: PositionRow, end: number): ChartBar {
  const percent = (units: number): number => (units / end) * 100;
  const segments: ChartSegment[] = [];
  let used = 0;
  const add = (kind: SegmentKind, value: number): void => {
    if (value <= 0) return;
    segments.push({ kind, value, start: percent(used), width: percent(value) });
    used += value;
  };
  const judged = (row.active ?? 0) + (row.inactive ?? 0) + (row.never ?? 0);
  add('active', row.active ?? 0);
  add('inactive', row.inactive ?? 0);
  add('never', row.never ?? 0);
  add('other', row.consumed - judged);
  add('spare', row.entitled - used);
  return {
    row,
    segments,
    entitledAt: percent(row.entitled),
    afterGraceAt: row.inGrace > 0 ? percent(row.enabled) : null,
    short:
      row.shortfallNow > 0
        ? {
            value: row.shortfallNow,
            start: percent(row.entitled),
            width: percent(row.consumed - row.entitled),
          }
        : null,
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

function size(row: PositionRow): number {
  return Math.max(row.entitled, row.consumed, (row.active ?? 0) + (row.inactive ?? 0) + (row.never ?? 0));
}

function isShort(row: PositionRow): boolean {
  return row.shortfallNow > 0;
}
