import { LicenseError } from '../foundation/errors';
import { reportView } from './reportViews';
import type { OpenView, SqlRow, ViewSpec } from './store';
import type { StoreFile } from './storeFile';
import { countAll, keyed, materializeOrder, rowsOfKeys } from './viewQuery';

/** Answers what it can without SQLite; null for the rest. */
export interface KnownViews {
  keys(spec: ViewSpec): Int32Array | null;
  total(spec: ViewSpec): number | null;
}

interface View {
  readonly spec: ViewSpec;
  keys: Int32Array;
  version: string;
}

/**
 * The views that are open: the order of each is worked out once, and windows of it are read by key. After a commit
 * a view keeps answering: its order is worked out anew at the next window.
 */
export class OpenViews {
  private readonly views = new Map<number, View>();
  private lastId = 0;

  /** @param known quicker ways to the keys of a view in order, and to their count without a filter */
  constructor(
    private readonly file: StoreFile,
    private readonly known: readonly KnownViews[],
  ) {}

  open(spec: ViewSpec): OpenView {
    const report = reportView(spec.report);
    const keys = this.order(spec);
    const viewId = ++this.lastId;
    this.views.set(viewId, { spec, keys, version: this.file.version });
    return {
      viewId,
      rowCount: keys.length,
      totalCount: spec.filter === undefined ? keys.length : this.total(spec),
      generation: this.file.generation,
      columns: report.columns,
    };
  }

  /** @throws `notFound` for a view that is not open */
  rows(viewId: number, offset: number, count: number): SqlRow[] {
    const view = this.views.get(viewId);
    if (view === undefined) throw new LicenseError('notFound', 'The view is not open.', { viewId });
    const db = this.file.current();
    if (view.version !== this.file.version) {
      view.keys = this.order(view.spec);
      view.version = this.file.version;
    }
    const report = reportView(view.spec.report);
    const from = Math.max(0, Math.trunc(offset));
    const keys = view.keys.subarray(from, Math.max(from, from + Math.trunc(count)));
    return rowsOfKeys(db, report, keys, report.columns).map((values) => keyed(report.columns, values));
  }

  /** The keys of a view's rows, in order. @throws `invalidArgument` */
  order(spec: ViewSpec): Int32Array {
    for (const known of this.known) {
      const keys = known.keys(spec);
      if (keys !== null) return keys;
    }
    return materializeOrder(this.file.current(), spec);
  }

  private total(spec: ViewSpec): number {
    for (const known of this.known) {
      const total = known.total(spec);
      if (total !== null) return total;
    }
    return countAll(this.file.current(), spec);
  }

  close(viewId: number): void {
    this.views.delete(viewId);
  }
}
