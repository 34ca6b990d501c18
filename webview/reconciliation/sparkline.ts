import { createSvg } from '../common/svg';

const width = 88;
const height = 22;
const margin = 2;

/**
 * A line of how a figure went, without an axis: the text beside it says the change. Its scale begins at the lowest
 * value. Null when there is nothing to compare.
 * @param points UTC ISO 8601 and value, oldest first
 */
export function createSparkline(
  points: readonly { readonly at: string; readonly value: number }[],
): SVGElement | null {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return null;
  const corners = sparklineCorners(points);
  const end = corners.at(-1);
  return createSvg(
    'svg',
    { class: 'sparkline', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' },
    [
      createSvg('polyline', { points: corners.map(({ x, y }) => `${x},${y}`).join(' ') }),
      ...(end === undefined ? [] : [createSvg('circle', { cx: end.x, cy: end.y, r: 2 })]),
    ],
  );
}

/** Where the corners of the line are: in time from left to right, the highest value on top. */
export function sparklineCorners(
  points: readonly { readonly at: string; readonly value: number }[],
): { readonly x: number; readonly y: number }[] {
  const times = points.map((point) => Date.parse(point.at));
  const values = points.map((point) => point.value);
  const [start, end] = [times[0] ?? 0, times.at(-1) ?? 0];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const share = (value: number, from: number, to: number): number =>
    to > from ? (value - from) / (to - from) : 0.5;
  const place = (part: number, size: number): number =>
    Math.round((margin + part * (size - 2 * margin)) * 10) / 10;
  return points.map((_, index) => ({
    x: place(share(times[index] ?? start, start, end), width),
    y: place(1 - share(values[index] ?? low, low, high), height),
  }));
}
