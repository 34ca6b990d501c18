import { heatColumns, type ActivityAge } from '../../src/shared/activityAges';
import type { ActivityScope, ServiceCounts } from '../../src/shared/activityContract';
import { percentOf } from './activityWords';

/** Steps of the color scale, from nobody to everybody. */
export const heatSteps = 6;

/** A cell of the heat map. */
export interface HeatCell {
  readonly age: ActivityAge;
  readonly count: number;
  /** False where nothing speaks of the service: then nobody knows how many they are. */
  readonly known: boolean;
  /** Share of the row's people in whole percent; null when there are none. */
  readonly percent: number | null;
  /** 0 to {@link heatSteps}. */
  readonly step: number;
}

/** A row of the heat map: one service. */
export interface HeatRow {
  readonly entry: ServiceCounts;
  /** People of the row: the sum of its cells. */
  readonly people: number;
  readonly cells: readonly HeatCell[];
}

/** The rows of the heat map. */
export function heatRows(entries: readonly ServiceCounts[], scope: ActivityScope): HeatRow[] {
  return entries.map((entry) => {
    const counts = entry.counts[scope];
    const people = counts.reduce((sum, count) => sum + count, 0);
    const heard = entry.sources.some(({ status }) => status === 'fresh' || status === 'stale');
    return {
      entry,
      people,
      cells: heatColumns.map((age, index): HeatCell => {
        const count = counts[index] ?? 0;
        const percent = percentOf(count, people);
        return {
          age,
          count,
          known: heard || age === 'unknown' || count > 0,
          percent,
          step: count === 0 || people === 0 ? 0 : Math.max(1, Math.ceil((count / people) * heatSteps)),
        };
      }),
    };
  });
}

/** A place in the heat map. */
export interface HeatPlace {
  readonly row: number;
  readonly column: number;
}

/**
 * Where a key leads, or null where the heat map leaves it alone.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function placeAfter(
  press: { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean },
  at: HeatPlace,
  size: { readonly rows: number; readonly columns: number },
): HeatPlace | null {
  const far = press.ctrlKey || press.metaKey;
  const place = (row: number, column: number): HeatPlace => ({
    row: Math.max(0, Math.min(row, size.rows - 1)),
    column: Math.max(0, Math.min(column, size.columns - 1)),
  });
  switch (press.key) {
    case 'ArrowRight':
      return place(at.row, far ? size.columns : at.column + 1);
    case 'ArrowLeft':
      return place(at.row, far ? 0 : at.column - 1);
    case 'ArrowDown':
      return place(far ? size.rows : at.row + 1, at.column);
    case 'ArrowUp':
      return place(far ? 0 : at.row - 1, at.column);
    case 'Home':
      return place(far ? 0 : at.row, 0);
    case 'End':
      return place(far ? size.rows : at.row, size.columns);
    default:
      return null;
  }
}
