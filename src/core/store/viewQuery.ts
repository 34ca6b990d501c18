import { LicenseError } from '../foundation/errors';
import { definePseudonym, searchColumns, shownColumn } from './hiddenNames';
import { dayColumns } from './migrations/version4Tables';
import { reportView, type ReportView } from './reportViews';
import { rosterConditions, rosterParts } from './rosterConditions';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlRow, SqlValue, ViewFilter, ViewSpec } from './store';
import { keyOfTenant } from './tenantKey';

/** Conditions with their bound values. */
interface Conditions {
  readonly sql: string[];
  readonly params: SqlValue[];
}

/** The keys of a view's rows, in order. @throws `invalidArgument` for columns the report does not have */
export function materializeOrder(db: SqlDatabase, spec: ViewSpec): Int32Array {
  return keysOf(db, spec, `ORDER BY ${orderOf(reportView(spec.report), spec)}`);
}

/** The keys of a view's rows in no particular order. @throws `invalidArgument` */
export function matchingKeys(db: SqlDatabase, spec: ViewSpec): Int32Array {
  return keysOf(db, spec, '');
}

function keysOf(db: SqlDatabase, spec: ViewSpec, order: string): Int32Array {
  const report = reportView(spec.report);
  definePseudonym(db, spec.pseudonymKey);
  const { sql, params } = conditionsOf(db, report, spec);
  const where = sql.length === 0 ? '' : `WHERE ${sql.join(' AND ')}`;
  const keys: number[] = [];
  db.each(`SELECT rowKey FROM ${report.rowsView} ${where} ${order}`, params, ([key]) =>
    keys.push(Number(key)),
  );
  return Int32Array.from(keys);
}

/** Rows of the same tenant without the filter. */
export function countAll(db: SqlDatabase, spec: ViewSpec): number {
  const report = reportView(spec.report);
  const tenant: Conditions = { sql: [], params: [] };
  addTenant(tenant, report, spec.tenantId, db);
  const where = tenant.sql.length === 0 ? '' : `WHERE ${tenant.sql.join(' AND ')}`;
  return db.number(`SELECT count(*) FROM ${report.rowsView} ${where}`, tenant.params);
}

/** The rows of the keys, in the order of the keys. @param columns columns of the report */
export function rowsOfKeys(
  db: SqlDatabase,
  report: ReportView,
  keys: Int32Array,
  columns: readonly string[],
): SqlValue[][] {
  // One by one: a list from a subquery would not reach the parts of a view, which then would be read as a whole.
  const lookups = new Set(Array.from(keys, (key) => Math.floor(key / report.keysPerLookup)));
  const found = new Map<number, SqlValue[]>();
  db.each(
    `SELECT rowKey, ${columns.join(', ')} FROM ${report.rowsView}
     WHERE ${report.lookupColumn} IN (${[...lookups].map(() => '?').join(', ')})`,
    [...lookups],
    ([key, ...values]) => found.set(Number(key), values),
  );
  return Array.from(keys, (key) => found.get(key) ?? columns.map(() => null));
}

/** Words of a text filter, each of which has to be found. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** A row keyed by column. */
export function keyed(columns: readonly string[], values: readonly SqlValue[]): SqlRow {
  return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? null]));
}

function conditionsOf(db: SqlDatabase, report: ReportView, spec: ViewSpec): Conditions {
  const conditions: Conditions = { sql: [], params: [] };
  addTenant(conditions, report, spec.tenantId, db);
  const filter: ViewFilter = spec.filter ?? {};
  addText(conditions, report, spec);
  for (const [column, wanted] of Object.entries(filter.columns ?? {})) {
    requireColumn(report, column);
    addColumn(
      conditions,
      shownColumn(report, column, spec),
      Array.isArray(wanted) ? (wanted as readonly SqlValue[]) : [wanted as SqlValue],
    );
  }
  addRosterParts(conditions, report, db, filter);
  return conditions;
}

function addTenant(
  { sql, params }: Conditions,
  report: ReportView,
  tenantId: string | undefined,
  db: SqlDatabase,
): void {
  if (tenantId === undefined) return;
  if (report.rowsView === 'rows_users') {
    const tenantKey = keyOfTenant(db, tenantId);
    sql.push(`${hasMostUsers(db, tenantKey) ? '+' : ''}tenantKey = ?`);
    params.push(tenantKey);
    return;
  }
  sql.push('tenantId = ?');
  params.push(tenantId.toLowerCase());
}

/**
 * Reading all users in the order of the table is faster than looking up a good part of them by an index; the plus
 * sign keeps SQLite from using one.
 */
function hasMostUsers(db: SqlDatabase, tenantKey: number | null): boolean {
  const total = db.number('SELECT count(*) FROM users');
  return db.number('SELECT count(*) FROM users WHERE tenantKey = ?', [tenantKey]) * 5 > total;
}

function addText({ sql, params }: Conditions, report: ReportView, spec: ViewSpec): void {
  const searched = searchColumns(report, spec);
  for (const word of wordsOf(spec.filter?.text ?? '')) {
    if (report.searchColumn !== undefined && spec.pseudonymKey === undefined) {
      sql.push(`instr(${report.searchColumn}, ?) > 0`);
      params.push(word.toLowerCase());
      continue;
    }
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    sql.push(`(${searched.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`);
    params.push(...searched.map(() => pattern));
  }
}

function addColumn({ sql, params }: Conditions, column: string, wanted: readonly SqlValue[]): void {
  const known = wanted.filter((value) => value !== null);
  const alternatives: string[] = [];
  if (known.length > 0) alternatives.push(`${column} IN (${known.map(() => '?').join(', ')})`);
  if (known.length < wanted.length) alternatives.push(`${column} IS NULL`);
  sql.push(alternatives.length === 0 ? '0' : `(${alternatives.join(' OR ')})`);
  params.push(...known);
}

function addRosterParts(
  { sql, params }: Conditions,
  report: ReportView,
  db: SqlDatabase,
  filter: ViewFilter,
): void {
  const part = rosterParts.find((name) => filter[name] !== undefined);
  if (part === undefined) return;
  if (report.rowsView !== 'rows_users') {
    throw new LicenseError('invalidArgument', `Only the roster can be filtered by "${part}".`, { part });
  }
  for (const condition of rosterConditions(db, filter, (column) => requireColumn(report, column))) {
    sql.push(condition.sql);
    params.push(...condition.params);
  }
}

/** NULL last both ways; letters without regard to case; ties broken by the key columns, so that the order is total. */
function orderOf(report: ReportView, spec: ViewSpec): string {
  const sort = spec.sort === undefined || spec.sort.length === 0 ? report.defaultSort : spec.sort;
  const terms = sort.map(({ column, descending }) => {
    requireColumn(report, column);
    // Days are counted from one day for all users of a tenant, so the date has the same order the other way round.
    if (column === 'daysSinceLastActivity' && spec.tenantId !== undefined) {
      return `lastActivityDate IS NULL, lastActivityDate ${descending ? 'ASC' : 'DESC'}`;
    }
    const day = dayColumn(report, column);
    if (day !== undefined) return `${day} IS NULL, ${day} ${descending ? 'DESC' : 'ASC'}`;
    const shown = shownColumn(report, column, spec);
    return `${column} IS NULL, ${shown} COLLATE NOCASE ${descending ? 'DESC' : 'ASC'}`;
  });
  const ties = report.keyColumns.filter((column) => column !== 'tenantId' || spec.tenantId === undefined);
  return [...terms, ...ties].join(', ');
}

/** The number behind a date of the last use of an application: it has the same order and needs no working out. */
function dayColumn(report: ReportView, column: string): string | undefined {
  if (report.rowsView !== 'rows_users') return undefined;
  return dayColumns.find(([application]) => column === `${application}LastActivityDate`)?.[1];
}

function requireColumn(report: ReportView, column: string): void {
  if (report.columns.includes(column)) return;
  throw new LicenseError('invalidArgument', `${report.view} has no column "${column}".`, { column });
}
