import type { SqlRow, Store } from '../../core/store/store';
import { rosterColumns } from '../../shared/rosterContract';
import {
  mostChanges,
  type UserChange,
  type UserDetails,
  type UserFinding,
  type UserLicense,
  type UserPath,
  type UserSeat,
} from '../../shared/userContract';
import type { Cell } from '../../shared/viewRows';
import { SqlCells } from '../../core/store/sqlCells';
import { readTenantFacts } from './tenantFacts';

/** `v_seats` of one user, found by key: through the view SQLite would walk through all seats of the tenant. */
const seatsSql = `
  SELECT * FROM rows_seats WHERE rowKey IN (
    SELECT s.seatKey FROM tenants t JOIN users u ON u.tenantKey = t.tenantKey JOIN seats s ON s.userKey = u.userKey
    WHERE t.tenantId = ?1 AND u.userId = ?2)`;

/** Reads everything about one user from the views; null when there is no such user. */
export async function readUserDetails(
  store: Pick<Store, 'query'>,
  tenantId: string,
  userId: string,
): Promise<UserDetails | null> {
  const key = [tenantId, userId];
  const one = (view: string, order = ''): Promise<SqlRow[]> =>
    store.query(`SELECT * FROM ${view} WHERE tenantId = ?1 AND userId = ?2 ${order}`, key);
  const [tenants, users, seats, paths, spend, findings, activity] = await Promise.all([
    readTenantFacts(store, tenantId),
    one('v_users'),
    store.query(seatsSql, key),
    one('v_assignments', 'ORDER BY skuPartNumber, groupId IS NOT NULL, groupName'),
    one('v_user_spend', 'ORDER BY currency'),
    one('v_findings'),
    one('v_activity', 'ORDER BY application, lastActivityDate IS NULL, lastActivityDate DESC, source'),
  ]);
  const [tenant] = tenants;
  const [user] = users;
  if (tenant === undefined || user === undefined) return null;
  return {
    tenant,
    user: Object.fromEntries(rosterColumns.map((column) => [column, cellOf(user[column])])),
    licenses: await readLicenses(store, tenantId, seats, paths),
    spend: spend.map((row) => {
      const cells = new SqlCells(row);
      return {
        currency: cells.text('currency'),
        monthlyMinor: cells.number('monthlyMinor'),
        unpricedSeats: cells.count('unpricedSeats'),
      };
    }),
    findings: findings.map(findingOf),
    activity: activity.map((row) => {
      const cells = new SqlCells(row);
      return {
        application: cells.text('application') ?? '',
        lastActivityDate: cells.text('lastActivityDate'),
        source: cells.text('source') ?? '',
        asOfDate: cells.text('asOfDate'),
      };
    }),
    history: await readHistory(store, tenantId, userId),
  };
}

async function readLicenses(
  store: Pick<Store, 'query'>,
  tenantId: string,
  seats: readonly SqlRow[],
  paths: readonly SqlRow[],
): Promise<UserLicense[]> {
  const skuIds = [...new Set([...seats, ...paths].map((row) => String(row['skuId'])))];
  if (skuIds.length === 0) return [];
  const wanted = [tenantId, JSON.stringify(skuIds)];
  const [licenses, plans] = await Promise.all([
    store.query(
      `SELECT licenseId, skuId, skuPartNumber, productName, unitMonthlyMinor, currency, isFree FROM v_licenses
       WHERE tenantId = ?1 AND skuId IN (SELECT value FROM json_each(?2))`,
      wanted,
    ),
    store.query(
      `SELECT servicePlanId, friendlyName FROM v_service_plans
       WHERE tenantId = ?1 AND skuId IN (SELECT value FROM json_each(?2))`,
      wanted,
    ),
  ]);
  const planNames = new Map(plans.map((row) => [String(row['servicePlanId']), String(row['friendlyName'])]));
  const names = (row: SqlRow): string[] =>
    (new SqlCells(row).text('disabledPlans') ?? '')
      .split('; ')
      .filter((id) => id !== '')
      .map((id) => planNames.get(id) ?? id)
      .sort((a, b) => a.localeCompare(b));
  return skuIds
    .map((skuId): UserLicense => {
      const ofSku = (row: SqlRow): boolean => row['skuId'] === skuId;
      const license = new SqlCells(licenses.find(ofSku));
      const seat = seats.find(ofSku);
      const own = paths.filter(ofSku);
      const partNumber = license.text('skuPartNumber') ?? new SqlCells(seat ?? own[0]).text('skuPartNumber');
      return {
        licenseId: `${tenantId}_${skuId}`,
        name: license.text('productName') ?? partNumber ?? skuId,
        partNumber,
        seat: seat === undefined ? null : seatOf(seat, names(seat)),
        paths: own.map((row) => pathOf(row, names(row))),
        monthlyMinor: license.number('unitMonthlyMinor'),
        currency: license.text('currency'),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

function seatOf(row: SqlRow, disabledPlans: readonly string[]): UserSeat {
  const cells = new SqlCells(row);
  return {
    verdict: cells.text('verdict'),
    verdictReason: cells.text('verdictReason'),
    confidence: cells.text('confidence'),
    lastActivityDate: cells.text('lastActivityDate'),
    disabledPlans,
  };
}

function pathOf(row: SqlRow, disabledPlans: readonly string[]): UserPath {
  const cells = new SqlCells(row);
  return {
    groupId: cells.text('groupId'),
    groupName: cells.text('groupName'),
    state: cells.text('state') ?? '',
    error: cells.text('error'),
    holdsSeat: cells.flag('holdsSeat') ?? false,
    disabledPlans,
    lastUpdatedAt: cells.text('lastUpdatedAt'),
  };
}

function findingOf(row: SqlRow): UserFinding {
  const cells = new SqlCells(row);
  return {
    findingId: cells.text('findingId') ?? '',
    kind: cells.text('kind') ?? '',
    licenseId: cells.text('licenseId'),
    seats: cells.number('seats'),
    productName: cells.text('productName'),
    skuPartNumber: cells.text('skuPartNumber'),
    displayName: cells.text('displayName'),
    userPrincipalName: cells.text('userPrincipalName'),
    evidence: cells.text('evidence'),
    monthlyMinor: cells.number('monthlyMinor'),
    currency: cells.text('currency'),
    bucket: cells.text('bucket'),
  };
}

async function readHistory(
  store: Pick<Store, 'query'>,
  tenantId: string,
  userId: string,
): Promise<UserChange[]> {
  const rows = await store.query(
    `SELECT changedAt, change, productName AS license, groupId, groupName, state FROM (
       SELECT h.changedAt, h.change, coalesce(p.productName, h.skuPartNumber, h.skuId) AS productName, h.groupId,
         (SELECT g.displayName FROM groupIds i JOIN groups g ON g.groupKey = i.groupKey
           WHERE i.groupId = h.groupId AND g.tenantKey = (SELECT tenantKey FROM tenants WHERE tenantId = ?1)
         ) AS groupName, h.state
       FROM v_assignment_history h
       LEFT JOIN v_licenses p ON p.tenantId = h.tenantId AND p.skuId = h.skuId
       WHERE h.tenantId = ?1 AND h.userId = ?2
       UNION ALL
       SELECT changedAt, change, NULL, NULL, NULL, NULL FROM v_user_history
       WHERE tenantId = ?1 AND userId = ?2)
     ORDER BY changedAt DESC, license IS NULL DESC, license LIMIT ?3`,
    [tenantId, userId, mostChanges],
  );
  return rows.map((row) => {
    const cells = new SqlCells(row);
    return {
      changedAt: cells.text('changedAt') ?? '',
      change: cells.text('change') ?? '',
      license: cells.text('license'),
      group: cells.text('groupName') ?? cells.text('groupId'),
      state: cells.text('state'),
    };
  });
}

function cellOf(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
