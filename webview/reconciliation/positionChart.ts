import { layOutBars, type PositionBar, type PositionBars } from '../../src/shared/positionBars';
import type { PositionRow } from '../../src/shared/reconciliationContract';

/** The bar of one license. */
export type ChartBar = PositionBar<PositionRow>;

/** The chart of a page. */
export interface PositionChart extends PositionBars<PositionRow> {
  /** Licenses whose size would squash the scale, or that are nothing a user holds. */
  readonly notCharted: readonly PositionRow[];
}

/**
 * Lays out the chart of the licenses that count. Free and plumbing products are left out, because a million units of
 * nothing would squash all the others.
 */
export function layOutChart(rows: readonly PositionRow[], limit?: number): PositionChart {
  return {
    ...layOutBars(
      rows.filter((row) => row.notCounted === null),
      limit,
    ),
    notCharted: rows.filter((row) => row.notCounted !== null),
  };
}
