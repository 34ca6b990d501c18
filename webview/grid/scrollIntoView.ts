import type { ColumnPlace } from './columns';

/** What of the scrolled element is seen, in CSS pixels; the header is not part of it. */
export interface Viewport {
  readonly scroll: number;
  readonly size: number;
}

/** Where to scroll so that a row is wholly in view: as little as possible. */
export function scrollTopFor(row: number, rowHeight: number, seen: Viewport): number {
  const top = row * rowHeight;
  if (top < seen.scroll) return top;
  return Math.max(seen.scroll, top + rowHeight - seen.size);
}

/**
 * Where to scroll so that a column is in view. The first column is always seen and covers what is scrolled
 * under it; of a column wider than the rest of the view the beginning is shown.
 */
export function scrollLeftFor(column: number, places: readonly ColumnPlace[], seen: Viewport): number {
  const place = places[column];
  if (place === undefined || column === 0) return seen.scroll;
  const latest = place.left - (places[0]?.width ?? 0);
  if (latest < seen.scroll) return latest;
  const earliest = place.left + place.width - seen.size;
  return Math.min(latest, Math.max(seen.scroll, earliest));
}
