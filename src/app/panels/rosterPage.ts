import * as v from 'valibot';
import { LicenseError } from '../../core/foundation/errors';
import type { OpenView, SqlRow, Store, ViewFilter, ViewSpec } from '../../core/store/store';
import {
  maxCopyLength,
  maxRowsPerRequest,
  neededColumns,
  rosterColumns,
  type FacetCounts,
  type FirstRows,
  type LicenseFilter,
  type RosterColumn,
  type RosterContract,
  type RosterQuery,
  type RosterRow,
  type RosterView,
  type SavedRosterView,
} from '../../shared/rosterContract';
import { rosterFacets, type RosterFilter } from '../../shared/rosterFilter';
import type { Cell, TenantFacts } from '../../shared/viewRows';
import { rosterFilterSchema } from '../host/viewFilterSchema';
import type { RpcMethods } from './rpcServer';

/** What the Users Roster needs of the world; none of it knows VS Code. */
export interface RosterPageDeps {
  /** Null for all tenants. */
  readonly tenantId: string | null;
  readonly store: Pick<Store, 'openView' | 'viewRows' | 'closeView' | 'facets'>;
  readonly tenants: () => Promise<readonly TenantFacts[]>;
  /** Names of those of the licenses that exist. */
  readonly licenses: (licenseIds: readonly string[]) => Promise<readonly LicenseFilter[]>;
  readonly views: RosterViewShelf;
  /** Asks for the name of a view; undefined when the person cancelled. */
  readonly askViewName: (suggested: string) => Promise<string | undefined>;
  /** Asks for a file and writes it; null when the person cancelled. */
  readonly exportCsv: (
    spec: ViewSpec & { readonly columns?: readonly string[] },
  ) => Promise<{ rows: number } | null>;
  readonly openUser: (tenantId: string, userId: string) => Promise<void>;
  /** Asks what users are and marks them, or takes their marks away. */
  readonly mark: (
    users: readonly { readonly tenantId: string; readonly userId: string }[],
    marked: boolean,
  ) => Promise<void>;
  readonly runImport: () => Promise<void>;
  readonly copy: (text: string) => Promise<void>;
}

/** Where views are kept. */
export interface RosterViewShelf {
  readonly list: () => readonly SavedRosterView[];
  /** Puts a view in the place of the one of the same name, or adds it. @throws `invalidArgument` when there are too many */
  readonly save: (view: SavedRosterView) => Promise<readonly SavedRosterView[]>;
  readonly remove: (name: string) => Promise<readonly SavedRosterView[]>;
}

/** Rows that are read at once when many users are marked. */
const rowsPerRead = 5_000;

const rowIndex = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const columnName = v.picklist(rosterColumns);
const shortText = v.pipe(v.string(), v.maxLength(500));
const columns = v.pipe(
  v.array(columnName),
  v.minLength(1),
  v.maxLength(rosterColumns.length),
  v.check((names) => new Set(names).size === names.length, 'each column once'),
);

const rosterSort = v.object({ column: columnName, descending: v.boolean() });

/** A query as a page may send it. */
export const rosterQuerySchema: v.GenericSchema<unknown, RosterQuery> = v.object({
  filter: rosterFilterSchema,
  sort: rosterSort,
});

const rowCount = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(maxRowsPerRequest));

const openSchema: v.GenericSchema<unknown, RosterQuery & { readonly first?: FirstRows }> = v.object({
  filter: rosterFilterSchema,
  sort: rosterSort,
  first: v.exactOptional(v.object({ columns, count: rowCount })),
});

/** A view as it may have been kept, perhaps by another version. */
export const savedViewSchema: v.GenericSchema<unknown, SavedRosterView> = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  tenantId: v.nullable(shortText),
  query: rosterQuerySchema,
  columns,
});

/**
 * Host side of the Users Roster: filter and order are the store's work, the page gets windows of rows. At
 * most one view of the store is open for a page.
 */
export class RosterPage {
  private open: OpenView | undefined;
  /** What the page shows, and how many rows it takes at once, as it asked last. */
  private shown: FirstRows | undefined;

  constructor(private readonly deps: RosterPageDeps) {}

  readonly methods: RpcMethods<RosterContract> = {
    start: {
      params: v.null(),
      handle: async () => ({ tenantId: this.deps.tenantId, views: this.views() }),
    },
    open: {
      params: openSchema,
      handle: async ({ first, ...query }, signal) => {
        this.shown = first ?? this.shown;
        const licenseIds = query.filter.licenseIds ?? [];
        const named = query.filter.finding?.licenseId;
        const [view, tenants, licenses] = await Promise.all([
          this.deps.store.openView(this.spec(query), signal),
          this.deps.tenants(),
          this.deps.licenses(named === undefined ? licenseIds : [...licenseIds, named]),
        ]);
        // The page gave up while the store was at work: what it now shows stays open.
        if (signal.aborted) {
          await this.deps.store.closeView(view.viewId);
          throw new LicenseError('cancelled', 'The page no longer wants this query.');
        }
        const firstRows = await this.firstRows(view, signal);
        // Nobody waits for the query before to be forgotten, and nothing is lost when it is not.
        this.close().catch(() => undefined);
        this.open = view;
        return {
          viewId: view.viewId,
          rowCount: view.rowCount,
          totalCount: view.totalCount,
          tenants,
          licenses,
          ...(firstRows !== undefined && { firstRows }),
        };
      },
    },
    rows: {
      params: v.object({
        viewId: v.pipe(v.number(), v.safeInteger()),
        offset: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
        count: rowCount,
        columns,
      }),
      handle: async ({ viewId, offset, count, columns: wanted }, signal) => {
        this.requireOpen(viewId);
        this.shown = { columns: wanted, count };
        return this.rowsOf(viewId, offset, count, wanted, signal);
      },
    },
    facets: {
      params: v.object({
        filter: rosterFilterSchema,
        facets: v.pipe(v.array(v.picklist(rosterFacets)), v.maxLength(rosterFacets.length)),
      }),
      handle: async ({ filter, facets }, signal) => {
        const counted = await this.deps.store.facets(this.specOf(filter), facets, signal);
        const tenants = facets.includes('tenantId') ? await this.deps.tenants() : [];
        const tenantName = (value: unknown): string | null =>
          tenants.find(({ tenantId }) => tenantId === value)?.displayName ?? null;
        return facets.map((facet, index): FacetCounts => ({
          facet,
          values: (counted[index]?.values ?? []).map(({ value, count, label }) => ({
            value: cellOf(value),
            count,
            label: facet === 'tenantId' ? tenantName(value) : (label ?? null),
          })),
          distinct: counted[index]?.distinct ?? 0,
        }));
      },
    },
    exportCsv: {
      params: v.object({ query: rosterQuerySchema, columns: v.nullable(columns) }),
      handle: ({ query, columns: wanted }) =>
        this.deps.exportCsv({ ...this.spec(query), ...(wanted !== null && { columns: wanted }) }),
    },
    saveView: {
      params: v.object({ query: rosterQuerySchema, columns, suggestedName: shortText }),
      handle: async ({ query, columns: shown, suggestedName }) => {
        const name = (await this.deps.askViewName(suggestedName))?.trim();
        if (name === undefined || name === '') return null;
        await this.deps.views.save({
          name,
          tenantId: namesLicenses(query.filter) ? this.deps.tenantId : null,
          query,
          columns: shown,
        });
        return { name, views: this.views() };
      },
    },
    deleteView: {
      params: v.object({ name: shortText }),
      handle: async ({ name }) => {
        await this.deps.views.remove(name);
        return this.views();
      },
    },
    mark: {
      params: v.object({
        viewId: v.pipe(v.number(), v.safeInteger()),
        ranges: v.pipe(
          v.array(v.object({ first: rowIndex, last: rowIndex })),
          v.minLength(1),
          v.maxLength(100_000),
        ),
        marked: v.boolean(),
      }),
      handle: async ({ viewId, ranges, marked }, signal) => {
        this.requireOpen(viewId);
        const users: { tenantId: string; userId: string }[] = [];
        for (const { first, last } of ranges) {
          for (let offset = first; offset <= last; offset += rowsPerRead) {
            const count = Math.min(rowsPerRead, last - offset + 1);
            for (const row of await this.deps.store.viewRows(viewId, offset, count, signal)) {
              users.push({ tenantId: String(row['tenantId']), userId: String(row['userId']) });
            }
          }
        }
        if (users.length > 0) await this.deps.mark(users, marked);
        return null;
      },
    },
    openUser: {
      params: v.object({ tenantId: shortText, userId: shortText }),
      handle: async ({ tenantId, userId }) => {
        await this.deps.openUser(tenantId, userId);
        return null;
      },
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

  /** Only its own view: a page has no business in those of other panels. */
  private requireOpen(viewId: number): void {
    if (viewId === this.open?.viewId) return;
    throw new LicenseError('notFound', 'The rows asked for belong to a query that is no longer open.');
  }

  private async rowsOf(
    viewId: number,
    offset: number,
    count: number,
    wanted: readonly RosterColumn[],
    signal: AbortSignal,
  ): Promise<readonly RosterRow[]> {
    const rows = await this.deps.store.viewRows(viewId, offset, count, signal);
    const shown = [...new Set<RosterColumn>([...neededColumns, ...wanted])];
    return rows.map((row) => rosterRow(row, shown));
  }

  private async firstRows(view: OpenView, signal: AbortSignal): Promise<RosterView['firstRows']> {
    if (this.shown === undefined) return undefined;
    const { columns: wanted, count } = this.shown;
    try {
      return { columns: wanted, rows: await this.rowsOf(view.viewId, 0, count, wanted, signal) };
    } catch (error) {
      await this.deps.store.closeView(view.viewId);
      throw error;
    }
  }

  private views(): readonly SavedRosterView[] {
    return viewsFor(this.deps.views.list(), this.deps.tenantId);
  }

  /** Closes the view of a page that is gone. */
  async close(): Promise<void> {
    const view = this.open;
    this.open = undefined;
    if (view !== undefined) await this.deps.store.closeView(view.viewId);
  }

  private spec(query: RosterQuery): ViewSpec {
    return { ...this.specOf(query.filter), sort: [query.sort] };
  }

  private specOf(filter: RosterFilter): ViewSpec {
    const { text: typed = '', columns: values = {}, ...rest } = filter;
    const text = typed.trim();
    const wanted: ViewFilter = {
      ...rest,
      ...(text !== '' && { text }),
      ...(Object.keys(values).length > 0 && { columns: values }),
    };
    return {
      report: 'roster',
      ...(this.deps.tenantId !== null && { tenantId: this.deps.tenantId }),
      ...(Object.keys(wanted).length > 0 && { filter: wanted }),
    };
  }
}

/** The views that mean something for a tenant; those that name licenses do so for their own alone. */
export function viewsFor(
  views: readonly SavedRosterView[],
  tenantId: string | null,
): readonly SavedRosterView[] {
  return views.filter((view) => view.tenantId === null || view.tenantId === tenantId);
}

function namesLicenses(filter: RosterFilter): boolean {
  return filter.licenseIds !== undefined || filter.finding?.licenseId !== undefined;
}

/** Only what the page shows crosses the wire; what a row shows of a person is as the store gave it. */
function rosterRow(row: SqlRow, columnsShown: readonly RosterColumn[]): RosterRow {
  return Object.fromEntries(columnsShown.map((column) => [column, cellOf(row[column])]));
}

function cellOf(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
