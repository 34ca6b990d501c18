import type { Store } from '../../core/store/store';
import type { PartialSum, PositionTotals, Trend, TrendFigure } from '../../shared/reconciliationContract';
import { numberOrNull, textOrNull } from '../../core/store/sqlCells';

/** A value at the end of an import; null while it was not known. */
export interface HistoryPoint {
  /** UTC ISO 8601. */
  readonly at: string;
  readonly value: number | null;
}

/** What one tenant's history says of one figure: only the imports that changed something have a point. */
export interface FigureHistory {
  /** Oldest first. */
  readonly points: readonly HistoryPoint[];
  readonly lastImportAt: string | null;
}

/** Most points of a sparkline; the oldest are left out. */
const mostPoints = 60;

/**
 * The history of a sum over tenants: at each time the newest value of every tenant. It begins when all of them are
 * known, because a sum that jumps when a tenant is added would look like growth.
 */
export function summedHistory(histories: readonly FigureHistory[]): { at: string; value: number }[] {
  const known = histories.map(({ points }) =>
    points.filter((point): point is { at: string; value: number } => point.value !== null),
  );
  if (known.length === 0 || known.some((points) => points.length === 0)) return [];
  const start =
    known
      .map((points) => points[0]?.at ?? '')
      .sort()
      .at(-1) ?? '';
  const times = [...new Set(known.flat().map((point) => point.at))].filter((at) => at >= start).sort();
  const next = known.map(() => 0);
  const points = times.map((at) => {
    let value = 0;
    known.forEach((own, tenant) => {
      let index = next[tenant] ?? 0;
      while ((own[index + 1]?.at ?? '~') <= at) index += 1;
      next[tenant] = index;
      value += own[index]?.value ?? 0;
    });
    return { at, value };
  });
  return points.slice(-mostPoints);
}

/**
 * What a sum was at the imports before the last ones. An import that changed nothing left no point, so the newest
 * point then is the one before. Null when a tenant has no import before its last one that is known.
 */
export function valueBefore(histories: readonly FigureHistory[]): number | null {
  let sum = 0;
  for (const { points, lastImportAt } of histories) {
    const newest = points.at(-1);
    const isOfLastImport = newest !== undefined && (lastImportAt === null || newest.at >= lastImportAt);
    const before = isOfLastImport ? points.at(-2) : newest;
    if (before === undefined || before.value === null) return null;
    sum += before.value;
  }
  return histories.length === 0 ? null : sum;
}

/** Columns of `v_tenant_history` by figure; those of a figure are added. */
const columnsOf: Readonly<Record<TrendFigure, readonly string[]>> = {
  entitled: ['entitled'],
  consumed: ['consumed'],
  shortfallNow: ['shortfallNow'],
  shortfallAfterGrace: ['shortfallNow', 'shortfallSoon'],
  unassigned: ['unassigned'],
  inactive: ['inactive'],
  never: ['never'],
};

/** Reads how the figures of a tenant, or of all, went; the present value ends each trend. */
export async function readTrends(
  store: Pick<Store, 'query'>,
  tenantId: string | null,
): Promise<(totals: PositionTotals, asOf: string | null) => Readonly<Record<TrendFigure, Trend>>> {
  const rows = await store.query(
    `SELECT h.tenantId AS tenantId, h.at AS at, h.entitled AS entitled, h.consumed AS consumed,
       h.shortfallNow AS shortfallNow, h.shortfallSoon AS shortfallSoon, h.unassigned AS unassigned,
       h.inactive AS inactive, h.never AS never, t.lastImportAt AS lastImportAt
     FROM v_tenant_history h JOIN v_tenants t ON t.tenantId = h.tenantId
     WHERE ?1 IS NULL OR h.tenantId = ?1 ORDER BY h.at`,
    [tenantId],
  );
  const tenants = [...new Set(rows.map((row) => row['tenantId']))];
  const histories = (columns: readonly string[]): FigureHistory[] =>
    tenants.map((tenant) => {
      const own = rows.filter((row) => row['tenantId'] === tenant);
      return {
        points: own.map((row) => ({
          at: String(row['at']),
          value: columns.reduce<number | null>((sum, column) => {
            const value = numberOrNull(row[column]);
            return sum === null || value === null ? null : sum + value;
          }, 0),
        })),
        lastImportAt: textOrNull(own[0]?.['lastImportAt']),
      };
    });
  return (totals, asOf) => {
    const trend = (figure: TrendFigure, present: number): Trend => {
      const past = histories(columnsOf[figure]);
      const points = summedHistory(past);
      const last = points.at(-1);
      // Verdicts move with the days and people change terms: the present may differ from what the last import left.
      if (last !== undefined && last.value !== present) {
        points.push({ at: asOf !== null && asOf > last.at ? asOf : last.at, value: present });
      }
      return { points, present, previous: valueBefore(past) };
    };
    // A lower bound is neither more nor less than what was.
    const partial = (figure: TrendFigure, { value, complete }: PartialSum): Trend =>
      complete ? trend(figure, value) : { points: [], present: value, previous: null };
    return {
      entitled: trend('entitled', totals.entitled),
      consumed: trend('consumed', totals.consumed),
      shortfallNow: trend('shortfallNow', totals.shortfallNow),
      shortfallAfterGrace: trend('shortfallAfterGrace', totals.shortfallNow + totals.shortfallSoon),
      unassigned: trend('unassigned', totals.unassigned),
      inactive: partial('inactive', totals.inactive),
      never: partial('never', totals.never),
    };
  };
}
