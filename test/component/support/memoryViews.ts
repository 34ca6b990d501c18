import { LicenseError } from '../../../src/core/foundation/errors';
import type { OpenView, SqlRow, Store, ViewSpec } from '../../../src/core/store/store';

/**
 * Views over rows in memory, for pages in a browser without a store. The store's own tests prove filter and
 * order; here they only need to be recognizable.
 */
export class MemoryViews implements Pick<Store, 'openView' | 'viewRows' | 'closeView'> {
  private readonly views = new Map<number, readonly SqlRow[]>();
  private nextId = 1;
  readonly opened: ViewSpec[] = [];
  /** Set to make the next calls fail. */
  failure: LicenseError | undefined;
  /** Milliseconds before rows are answered. */
  rowDelay = 0;
  /** Windows that were asked for and not cancelled. */
  readonly windows: { offset: number; count: number }[] = [];

  constructor(public rows: readonly SqlRow[]) {}

  get openCount(): number {
    return this.views.size;
  }

  async openView(spec: ViewSpec): Promise<OpenView> {
    this.opened.push(spec);
    if (this.failure !== undefined) throw this.failure;
    const words = (spec.filter?.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const matching = this.rows.filter(
      (row) =>
        words.every((word) => Object.values(row).some((v) => String(v).toLowerCase().includes(word))) &&
        (spec.filter?.licenseId === undefined || String(row['licenses']).includes('SPE_E5')),
    );
    const [sort] = spec.sort ?? [];
    const ordered = sort === undefined ? matching : [...matching].sort((a, b) => compare(a, b, sort));
    const viewId = this.nextId++;
    this.views.set(viewId, ordered);
    return {
      viewId,
      rowCount: ordered.length,
      totalCount: this.rows.length,
      generation: 1,
      columns: Object.keys(this.rows[0] ?? {}),
    };
  }

  async viewRows(viewId: number, offset: number, count: number, signal?: AbortSignal): Promise<SqlRow[]> {
    if (this.rowDelay > 0) await new Promise((resolve) => setTimeout(resolve, this.rowDelay));
    if (signal?.aborted) throw new LicenseError('cancelled', 'Cancelled.');
    if (this.failure !== undefined) throw this.failure;
    const rows = this.views.get(viewId);
    if (rows === undefined) throw new LicenseError('notFound', 'No such view.');
    this.windows.push({ offset, count });
    return rows.slice(offset, offset + count);
  }

  async closeView(viewId: number): Promise<void> {
    this.views.delete(viewId);
  }
}

function compare(a: SqlRow, b: SqlRow, sort: { column: string; descending: boolean }): number {
  const [x, y] = [a[sort.column] ?? null, b[sort.column] ?? null];
  const order = x === y ? 0 : x === null ? -1 : y === null ? 1 : x < y ? -1 : 1;
  return sort.descending ? -order : order;
}
