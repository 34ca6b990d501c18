import type { LicenseHistoryRow } from '../../src/shared/licenseContract';

/** The lines of the chart. */
export const historyLines = ['entitled', 'consumed', 'active'] as const;

/** A line of the chart. */
export type HistoryLine = (typeof historyLines)[number];

/** A mark of an axis; the place in percent. */
export interface AxisMark {
  readonly at: number;
  readonly value: number;
}

/** The chart, laid out in percent of its width and height. */
export interface HistoryChart {
  readonly paths: Readonly<Record<HistoryLine, string>>;
  /** The part of the entitlement that is in grace, as an area; empty without any. */
  readonly graceArea: string;
  readonly entitledArea: string;
  /** Where more was used than entitled. */
  readonly shortAreas: readonly string[];
  readonly units: readonly AxisMark[];
  /** Values are milliseconds since 1970. */
  readonly times: readonly AxisMark[];
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly row: LicenseHistoryRow;
}

/**
 * Lays out units over time as steps: a number holds from one import to the next that brings another. Null when there
 * is no time to show, because there was one import only.
 * @param end UTC ISO 8601 until which the newest row is known to hold
 */
export function layOutHistory(rows: readonly LicenseHistoryRow[], end: string | null): HistoryChart | null {
  const steps = stepsOf(rows, end);
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined || last.to - first.from < 60_000) return null;
  const span = last.to - first.from;
  const units = unitMarks(
    Math.max(0, ...rows.flatMap((row) => historyLines.map((line) => valueOf(row, line) ?? 0))),
  );
  const top = units.at(-1)?.value ?? 1;
  const x = (time: number): number => round(((time - first.from) / span) * 100);
  const y = (value: number): number => round(100 - (value / top) * 100);
  /** Where the number is not known the line has a gap. */
  const line = (value: (row: LicenseHistoryRow) => number | null): string => {
    let isDrawn = false;
    return steps
      .map(({ from, to, row }) => {
        const number = value(row);
        const goesOn = isDrawn;
        isDrawn = number !== null;
        if (number === null) return '';
        const at = y(number);
        return `${goesOn ? `V${at}` : `M${x(from)} ${at}`}H${x(to)}`;
      })
      .join('');
  };
  const box = (from: number, to: number, low: number, high: number): string =>
    `M${x(from)} ${y(low)}V${y(high)}H${x(to)}V${y(low)}Z`;
  return {
    paths: {
      entitled: line(entitledOf),
      consumed: line((row) => row.consumed),
      active: line((row) => row.active),
    },
    entitledArea: `${line(entitledOf)}V100H${x(first.from)}Z`,
    graceArea: steps
      .filter(({ row }) => row.inGrace > 0)
      .map(({ from, to, row }) => box(from, to, row.enabled, row.enabled + row.inGrace))
      .join(''),
    shortAreas: steps
      .filter(({ row }) => row.consumed > entitledOf(row))
      .map(({ from, to, row }) => box(from, to, entitledOf(row), row.consumed)),
    units: units.map(({ value }) => ({ value, at: y(value) })),
    times: [0, 0.25, 0.5, 0.75, 1].map((part) => ({ at: part * 100, value: first.from + span * part })),
  };
}

/** Units of a line at a row; null when unknown. */
export function valueOf(row: LicenseHistoryRow, line: HistoryLine): number | null {
  return line === 'entitled' ? entitledOf(row) : row[line];
}

/** Units that could be used. */
export function entitledOf({ enabled, inGrace }: LicenseHistoryRow): number {
  return enabled + inGrace;
}

function stepsOf(rows: readonly LicenseHistoryRow[], end: string | null): Step[] {
  const finish = end === null ? Number.NaN : Date.parse(end);
  return rows.flatMap((row, index) => {
    const from = Date.parse(row.validFrom);
    const next = rows[index + 1];
    const until = next === undefined ? (row.validTo ?? end) : next.validFrom;
    const to = until === null ? finish : Date.parse(until);
    return Number.isNaN(from) ? [] : [{ from, to: Number.isNaN(to) || to < from ? from : to, row }];
  });
}

/** Round marks that reach the value: 1, 2 or 5 times a power of ten apart, five at most. */
function unitMarks(maximum: number): { value: number }[] {
  const rough = Math.max(1, maximum) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const count = Math.max(1, Math.ceil(maximum / step));
  return Array.from({ length: count + 1 }, (_, index) => ({ value: index * step }));
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
