import initSqlJs, { type BindParams, type Database } from 'sql.js';
import { LicenseError } from '../../src/core/foundation/errors';
import { reportView } from '../../src/core/store/reportViews';
import type { OpenView, SqlRow, SqlValue, Store, ViewSpec } from '../../src/core/store/store';

/** Columns of views that no report shows; the others are those of `reportViews`. */
const columnsOf: Readonly<Record<string, string>> = {
  v_tenants: 'tenantId, displayName, defaultDomain, cloud, lastImportAt',
  v_evaluation: 'tenantId, evaluatedOn',
  v_realisable:
    'tenantId, licenseId, skuId, skuPartNumber, currency, freed, nowUnits, nowMinor, renewalUnits, renewalMinor, renewalDate',
  v_verified_savings:
    'tenantId, verifiedAt, findingId, kind, bucket, userId, skuId, skuPartNumber, seats, monthlyMinor, currency',
  v_spend:
    'tenantId, currency, monthlyMinor, annualMinor, assignedMonthlyMinor, assignedAnnualMinor, pricedSeats, totalSeats, lowerBound',
  v_spend_lines:
    'tenantId, dimension, value, currency, monthlyMinor, annualMinor, people, seats, unpricedSeats',
  v_license_spend:
    'tenantId, licenseId, skuId, skuPartNumber, currency, boughtMonthlyMinor, boughtAnnualMinor, assignedMonthlyMinor, seats, incomplete',
  v_tenant_history:
    'tenantId, at, licenses, entitled, consumed, seats, shortfallNow, shortfallSoon, unassigned, active, inactive, never, new, unknown, findings',
  v_spend_history: 'tenantId, at, currency, monthlyMinor, savingsMonthlyMinor',
  v_hidden_licenses: 'tenantId, retired, unmanaged, excludedFromAlerts, costUnknown',
  v_hidden_costs: 'tenantId, currency, monthlyMinor, annualMinor',
};

/** Rows by view; columns that are left out are NULL. */
export type RowsByView = Readonly<Record<string, readonly SqlRow[]>>;

/**
 * The file's views as plain tables in a real SQLite, for pages over numbers that a test chose. That the views of the
 * file have these columns is what the store's own tests are for.
 */
export class ViewTables implements Pick<Store, 'query' | 'openView' | 'viewRows' | 'closeView'> {
  private readonly open = new Map<number, SqlRow[]>();
  private nextId = 1;
  /** Set to make the next calls fail. */
  failure: LicenseError | undefined;
  readonly specs: ViewSpec[] = [];

  private constructor(private db: Database) {}

  static async create(rows: RowsByView): Promise<ViewTables> {
    const sql = await initSqlJs({ locateFile: () => require.resolve('sql.js/dist/sql-wasm.wasm') });
    const tables = new ViewTables(new sql.Database());
    for (const report of ['reconciliation', 'licenses', 'findings'] as const) {
      const { view, columns } = reportView(report);
      tables.db.run(`CREATE TABLE ${view} (${columns.map((name) => `"${name}"`).join(', ')})`);
    }
    for (const [view, columns] of Object.entries(columnsOf)) {
      tables.db.run(
        `CREATE TABLE ${view} (${columns
          .split(', ')
          .map((name) => `"${name}"`)
          .join(', ')})`,
      );
    }
    for (const [view, own] of Object.entries(rows)) tables.replace(view, own);
    return tables;
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Puts other rows in a view. */
  replace(view: string, rows: readonly SqlRow[]): void {
    this.db.run(`DELETE FROM ${view}`);
    for (const row of rows) {
      const names = Object.keys(row);
      this.db.run(
        `INSERT INTO ${view} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        Object.values(row),
      );
    }
  }

  async query(
    sql: string,
    params: readonly SqlValue[] | Readonly<Record<string, SqlValue>> = [],
  ): Promise<SqlRow[]> {
    if (this.failure !== undefined) throw this.failure;
    const statement = this.db.prepare(sql, [...(params as readonly SqlValue[])] as BindParams);
    try {
      const found: SqlRow[] = [];
      while (statement.step()) found.push(statement.getAsObject());
      return found;
    } finally {
      statement.free();
    }
  }

  async openView(spec: ViewSpec): Promise<OpenView> {
    this.specs.push(spec);
    const { view, columns } = reportView(spec.report);
    const where = ['1'];
    const params: SqlValue[] = [];
    const among = (column: string, wanted: readonly SqlValue[]): void => {
      where.push(`"${column}" IN (${wanted.map(() => '?').join(', ')})`);
      params.push(...wanted);
    };
    if (spec.tenantId !== undefined) among('tenantId', [spec.tenantId]);
    for (const [column, wanted] of Object.entries(spec.filter?.columns ?? {})) {
      among(column, Array.isArray(wanted) ? wanted : [wanted as SqlValue]);
    }
    const order = (spec.sort ?? []).map((key) => `"${key.column}" ${key.descending ? 'DESC' : 'ASC'}`);
    const rows = await this.query(
      `SELECT * FROM ${view} WHERE ${where.join(' AND ')} ORDER BY ${[...order, 'rowid'].join(', ')}`,
      params,
    );
    const viewId = this.nextId++;
    this.open.set(viewId, rows);
    return { viewId, rowCount: rows.length, totalCount: rows.length, generation: 1, columns };
  }

  async viewRows(viewId: number, offset: number, count: number): Promise<SqlRow[]> {
    if (this.failure !== undefined) throw this.failure;
    const rows = this.open.get(viewId);
    if (rows === undefined) throw new LicenseError('notFound', 'No such view.');
    return rows.slice(offset, offset + count);
  }

  async closeView(viewId: number): Promise<void> {
    this.open.delete(viewId);
  }
}
