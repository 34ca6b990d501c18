import { LicenseError } from '../../../src/core/foundation/errors';
import type {
  Facet,
  OpenView,
  SqlRow,
  SqlValue,
  Store,
  ViewFilter,
  ViewSpec,
} from '../../../src/core/store/store';

/**
 * Views over rows in memory, for pages in a browser without a store. The store's own tests prove filter and
 * order; here they only need to be recognizable.
 */
export class MemoryViews implements Pick<Store, 'openView' | 'viewRows' | 'closeView' | 'facets'> {
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
    const matching = this.rows.filter((row) => matches(row, spec.filter ?? {}));
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

  async facets(spec: ViewSpec, columns: readonly string[]): Promise<Facet[]> {
    if (this.failure !== undefined) throw this.failure;
    return columns.map((column) => {
      const { [column]: _, ...others } = spec.filter?.columns ?? {};
      const counts = new Map<SqlValue, number>();
      for (const row of this.rows) {
        if (!matches(row, { ...spec.filter, columns: others })) continue;
        const value =
          column === 'licenseId' ? String(row['licenses']).split('; ')[0] || null : (row[column] ?? null);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const values = [...counts].map(([value, count]) => ({ value, count, label: null }));
      return { column, values: values.sort((a, b) => b.count - a.count), distinct: values.length };
    });
  }

  async closeView(viewId: number): Promise<void> {
    this.views.delete(viewId);
  }
}

/** As much of a filter as the tests of pages need. */
function matches(row: SqlRow, filter: ViewFilter): boolean {
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const columns = Object.entries(filter.columns ?? {});
  return (
    words.every((word) => Object.values(row).some((v) => String(v).toLowerCase().includes(word))) &&
    columns.every(([name, wanted]) => [wanted].flat().includes(row[name] ?? null)) &&
    (filter.licenseIds === undefined || String(row['licenses']).includes('SPE_E5')) &&
    (filter.licensed === undefined || (row['licenses'] !== '') === filter.licensed)
  );
}

function compare(a: SqlRow, b: SqlRow, sort: { column: string; descending: boolean }): number {
  const [x, y] = [a[sort.column] ?? null, b[sort.column] ?? null];
  const order = x === y ? 0 : x === null ? -1 : y === null ? 1 : x < y ? -1 : 1;
  return sort.descending ? -order : order;
}
