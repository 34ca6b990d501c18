import * as v from 'valibot';
import { LicenseError } from '../../core/foundation/errors';
import type { OpenView, SqlRow, Store, ViewSpec } from '../../core/store/store';
import {
  maxCopyLength,
  maxRowsPerRequest,
  rosterColumns,
  type LicenseFilter,
  type RosterContract,
  type RosterQuery,
  type RosterRow,
} from '../../shared/rosterContract';
import type { Cell, TenantFacts } from '../../shared/viewRows';
import type { RpcMethods } from './rpcServer';

/** What the Users Roster needs of the world; none of it knows VS Code. */
export interface RosterPageDeps {
  /** Null for all tenants. */
  readonly tenantId: string | null;
  readonly store: Pick<Store, 'openView' | 'viewRows' | 'closeView'>;
  readonly tenants: () => Promise<readonly TenantFacts[]>;
  /** The license of a filter, or null when there is none of that id. */
  readonly license: (licenseId: string) => Promise<LicenseFilter | null>;
  /** Asks for a file and writes it; null when the person cancelled. */
  readonly exportCsv: (spec: ViewSpec) => Promise<{ rows: number } | null>;
  readonly runImport: () => Promise<void>;
  readonly copy: (text: string) => Promise<void>;
}

const columnName = v.picklist(rosterColumns);
const cell = v.nullable(v.union([v.string(), v.number()]));
const shortText = v.pipe(v.string(), v.maxLength(500));

/** A query as a page may send it. */
export const rosterQuerySchema = v.object({
  text: shortText,
  licenseId: v.nullable(shortText),
  columns: v.record(v.string(), v.union([cell, v.array(cell)])),
  sort: v.object({ column: columnName, descending: v.boolean() }),
});

/**
 * Host side of the Users Roster: filter and order are the store's work, the page gets windows of rows. At
 * most one view of the store is open for a page.
 */
export class RosterPage {
  private open: OpenView | undefined;

  constructor(private readonly deps: RosterPageDeps) {}

  readonly methods: RpcMethods<RosterContract> = {
    start: { params: v.null(), handle: async () => ({ tenantId: this.deps.tenantId }) },
    open: {
      params: rosterQuerySchema,
      handle: async (query, signal) => {
        const [view, tenants, license] = await Promise.all([
          this.deps.store.openView(this.spec(query), signal),
          this.deps.tenants(),
          query.licenseId === null ? null : this.deps.license(query.licenseId),
        ]);
        // The page gave up while the store was at work: what it now shows stays open.
        if (signal.aborted) {
          await this.deps.store.closeView(view.viewId);
          throw new LicenseError('cancelled', 'The page no longer wants this query.');
        }
        await this.close();
        this.open = view;
        return {
          viewId: view.viewId,
          rowCount: view.rowCount,
          totalCount: view.totalCount,
          tenants,
          license,
        };
      },
    },
    rows: {
      params: v.object({
        viewId: v.pipe(v.number(), v.safeInteger()),
        offset: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
        count: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(maxRowsPerRequest)),
      }),
      handle: async ({ viewId, offset, count }, signal) => {
        // Only its own view: a page has no business in those of other panels.
        if (viewId !== this.open?.viewId) {
          throw new LicenseError('notFound', 'The rows asked for belong to a query that is no longer open.');
        }
        const rows = await this.deps.store.viewRows(viewId, offset, count, signal);
        return rows.map(rosterRow);
      },
    },
    exportCsv: {
      params: rosterQuerySchema,
      handle: (query) => this.deps.exportCsv(this.spec(query)),
    },
    runImport: {
      params: v.null(),
      handle: async () => {
        await this.deps.runImport();
        return null;
      },
    },
    copy: {
      params: v.object({ text: v.pipe(v.string(), v.maxLength(maxCopyLength)) }),
      handle: async ({ text }) => {
        await this.deps.copy(text);
        return null;
      },
    },
  };

  /** Closes the view of a page that is gone. */
  async close(): Promise<void> {
    const view = this.open;
    this.open = undefined;
    if (view !== undefined) await this.deps.store.closeView(view.viewId);
  }

  private spec(query: RosterQuery): ViewSpec {
    const text = query.text.trim();
    return {
      report: 'roster',
      ...(this.deps.tenantId !== null && { tenantId: this.deps.tenantId }),
      filter: {
        ...(text !== '' && { text }),
        ...(query.licenseId !== null && { licenseId: query.licenseId }),
        ...(Object.keys(query.columns).length > 0 && { columns: query.columns }),
      },
      sort: [query.sort],
    };
  }
}

/** Only what the page shows crosses the wire. */
function rosterRow(row: SqlRow): RosterRow {
  const entries = rosterColumns.map((column): [string, Cell] => {
    const value = row[column];
    return [column, typeof value === 'string' || typeof value === 'number' ? value : null];
  });
  return Object.fromEntries(entries) as RosterRow;
}
