import { subjectBit } from '../model/evidenceBits';
import type { SqlDatabase } from './sqlDatabase';
import type { LicensePath, SqlValue, ViewFilter } from './store';

/** A condition on `rows_users` with its bound values. */
export interface RosterCondition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** State of an account as one value, from the columns of `rows_users`. */
export const statusExpression = `CASE WHEN deactivatedAt IS NOT NULL THEN 'deleted'
  WHEN accountEnabled = 0 THEN 'disabled' WHEN accountEnabled = 1 THEN 'enabled' END`;

/** States of an assignment that has an error. */
export const errorStates = `('Error', 'ActiveWithError')`;

const heldBy: Readonly<Record<Exclude<LicensePath, 'error'>, string>> = {
  direct: 'direct = 1 AND groupCount = 0',
  group: 'direct = 0 AND groupCount > 0',
  both: 'direct = 1 AND groupCount > 0',
};

/** Names of the parts of a filter that only users have. */
export const rosterParts = [
  'licenseId',
  'licenseIds',
  'paths',
  'seatVerdicts',
  'licensed',
  'services',
  'status',
  'finding',
  'userIds',
  'ranges',
  'holds',
  'use',
] as const satisfies readonly (keyof ViewFilter)[];

/** Column of `v_users` with the last use of an application. */
export function lastUseColumn(application: string): string {
  return `${application}LastActivityDate`;
}

/** The licenses of a filter, however they are named; null when it names none. */
export function licensesOf(filter: ViewFilter): readonly string[] | null {
  const ids = [...(filter.licenseId === undefined ? [] : [filter.licenseId]), ...(filter.licenseIds ?? [])];
  return filter.licenseId === undefined && filter.licenseIds === undefined
    ? null
    : ids.map((id) => id.toLowerCase());
}

/**
 * The conditions of those parts. Users are found by key, through the indexes of what they hold, before any of their
 * rows is looked at.
 * @param requireColumn refuses a column that the roster does not have
 */
export function rosterConditions(
  db: SqlDatabase,
  filter: ViewFilter,
  requireColumn: (column: string) => void,
): RosterCondition[] {
  const conditions: RosterCondition[] = [];
  const licenses = licensesOf(filter);
  if (filter.paths !== undefined) conditions.push(reachedBy(db, filter.paths, licenses));
  else if (licenses !== null) conditions.push({ sql: `rowKey IN (${seatsSql(db, licenses)})`, params: [] });
  if (filter.seatVerdicts !== undefined) {
    const wanted = filter.seatVerdicts.map(() => '?').join(', ');
    const seats = licenses === null ? 'SELECT userKey FROM seats WHERE 1' : seatsSql(db, licenses);
    conditions.push({ sql: `rowKey IN (${seats} AND verdict IN (${wanted}))`, params: filter.seatVerdicts });
  }
  if (filter.licensed !== undefined) {
    conditions.push({
      sql: `rowKey ${filter.licensed ? '' : 'NOT '}IN (SELECT userKey FROM seats)`,
      params: [],
    });
  }
  if (filter.services !== undefined) {
    const columns = filter.services.map(lastUseColumn);
    columns.forEach(requireColumn);
    conditions.push(anyOf(columns.map((column) => `${column} IS NOT NULL`)));
  }
  if (filter.status !== undefined) {
    const params = filter.status.filter((status) => status !== null);
    const known = params.length === 0 ? [] : [`${statusExpression} IN (${params.map(() => '?').join(', ')})`];
    const unknown = filter.status.includes(null) ? [`${statusExpression} IS NULL`] : [];
    conditions.push({ ...anyOf([...known, ...unknown]), params });
  }
  if (filter.finding !== undefined) {
    const { kind, licenseId } = filter.finding;
    conditions.push({
      sql: `rowKey IN (SELECT u.userKey FROM v_findings f JOIN tenants t ON t.tenantId = f.tenantId
        JOIN users u ON u.tenantKey = t.tenantKey AND u.userId = f.userId
        WHERE f.kind = ? ${licenseId === undefined ? '' : 'AND f.licenseId = ?'})`,
      params: licenseId === undefined ? [kind] : [kind, licenseId.toLowerCase()],
    });
  }
  if (filter.userIds !== undefined) {
    conditions.push({
      sql: 'userId IN (SELECT lower(value) FROM json_each(?))',
      params: [JSON.stringify(filter.userIds)],
    });
  }
  for (const { column, from, to } of filter.ranges ?? []) {
    requireColumn(column);
    const bounds = [
      { comparison: '>=', bound: from },
      { comparison: '<=', bound: to },
    ].flatMap(({ comparison, bound }) => (bound === undefined ? [] : [{ comparison, bound }]));
    conditions.push({
      sql: [`${column} IS NOT NULL`, ...bounds.map(({ comparison }) => `${column} ${comparison} ?`)].join(
        ' AND ',
      ),
      params: bounds.map(({ bound }) => bound),
    });
  }
  if (filter.holds !== undefined) {
    const bits = filter.holds.reduce((sum, application) => sum | subjectBit[application], 0);
    conditions.push({ sql: '(coalesce(grantedServices, 0) & ?) <> 0', params: [bits] });
  }
  if (filter.use !== undefined) {
    const { application, state } = filter.use;
    const column = lastUseColumn(application);
    requireColumn(column);
    const bit = subjectBit[application];
    conditions.push({
      sql: `(coalesce(grantedServices, 0) & ?) <> 0 AND ${column} IS NULL
        AND (coalesce(heardServices, 0) & ?) ${state === 'noUse' ? '<>' : '='} 0`,
      params: [bit, bit],
    });
  }
  return conditions;
}

function reachedBy(
  db: SqlDatabase,
  paths: readonly LicensePath[],
  licenses: readonly string[] | null,
): RosterCondition {
  const alternatives: string[] = [];
  const held = paths.filter((path) => path !== 'error').map((path) => `(${heldBy[path]})`);
  if (held.length > 0) {
    const seats = licenses === null ? 'SELECT userKey FROM seats WHERE 1' : seatsSql(db, licenses);
    alternatives.push(`rowKey IN (${seats} AND (${held.join(' OR ')}))`);
  }
  if (paths.includes('error')) {
    const of = licenses === null ? '1' : inProducts(db, licenses);
    alternatives.push(`rowKey IN (SELECT userKey FROM assignments WHERE state IN ${errorStates} AND ${of})`);
  }
  return anyOf(alternatives);
}

/** Users with a seat of one of the licenses. */
function seatsSql(db: SqlDatabase, licenses: readonly string[]): string {
  return `SELECT userKey FROM seats WHERE ${inProducts(db, licenses)}`;
}

/** Licenses by their keys, which are numbers of ours; one that does not exist holds for nobody. */
function inProducts(db: SqlDatabase, licenses: readonly string[]): string {
  const pairs: string[] = [];
  db.each(
    `SELECT t.tenantKey, p.productKey FROM json_each(?) wanted
     JOIN tenants t ON t.tenantId = substr(wanted.value, 1, instr(wanted.value, '_') - 1)
     JOIN products p ON p.skuId = substr(wanted.value, instr(wanted.value, '_') + 1)`,
    [JSON.stringify(licenses)],
    ([tenantKey, productKey]) => pairs.push(`(${Number(tenantKey)}, ${Number(productKey)})`),
  );
  return pairs.length === 0 ? '0' : `(tenantKey, productKey) IN (VALUES ${pairs.join(', ')})`;
}

/** One of several conditions; none of no conditions. */
function anyOf(alternatives: readonly string[]): RosterCondition {
  return { sql: alternatives.length === 0 ? '0' : `(${alternatives.join(' OR ')})`, params: [] };
}
