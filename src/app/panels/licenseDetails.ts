import type { Store } from '../../core/store/store';
import type {
  LicenseHistoryRow,
  LicensePaths,
  LicensePlan,
  LicenseSubscription,
  SeatCounts,
} from '../../shared/licenseContract';
import { SqlCells } from '../../core/store/sqlCells';

/** Which license to read. */
export interface LicenseKey {
  readonly tenantId: string;
  readonly skuId: string;
  readonly licenseId: string;
}

type Reader = Pick<Store, 'query'>;

/** More changes than this are no longer told apart in a chart. */
const mostHistoryRows = 1_500;

/** Units as they were, oldest first. */
export async function readHistory(store: Reader, key: LicenseKey): Promise<LicenseHistoryRow[]> {
  const rows = await store.query(
    `SELECT * FROM (
       SELECT validFrom, validTo, enabled, inGrace, suspended, lockedOut, consumed, active
         FROM v_license_history WHERE tenantId = ?1 AND skuId = ?2 ORDER BY validFrom DESC LIMIT ?3)
      ORDER BY validFrom`,
    [key.tenantId, key.skuId, mostHistoryRows],
  );
  return rows.map((row) => {
    const cells = new SqlCells(row);
    return {
      validFrom: cells.text('validFrom') ?? '',
      validTo: cells.text('validTo'),
      enabled: cells.count('enabled'),
      inGrace: cells.count('inGrace'),
      suspended: cells.count('suspended'),
      lockedOut: cells.count('lockedOut'),
      consumed: cells.count('consumed'),
      active: cells.number('active'),
    };
  });
}

/** The subscriptions of the product, the next date first. */
export async function readSubscriptions(store: Reader, key: LicenseKey): Promise<LicenseSubscription[]> {
  const rows = await store.query(
    `SELECT subscriptionId, status, totalLicenses, isTrial, createdAt, nextLifecycleAt, term, recurringBilling
       FROM v_subscriptions WHERE tenantId = ?1 AND skuId = ?2
      ORDER BY nextLifecycleAt IS NULL, nextLifecycleAt, subscriptionId`,
    [key.tenantId, key.skuId],
  );
  return rows.map((row) => {
    const cells = new SqlCells(row);
    return {
      subscriptionId: cells.text('subscriptionId') ?? '',
      status: cells.text('status'),
      totalLicenses: cells.number('totalLicenses'),
      isTrial: cells.flag('isTrial'),
      createdAt: cells.text('createdAt'),
      nextLifecycleAt: cells.text('nextLifecycleAt'),
      term: cells.text('term') ?? 'unknown',
      recurringBilling: cells.flag('recurringBilling'),
    };
  });
}

/** The plans of the product by name. */
export async function readPlans(store: Reader, key: LicenseKey): Promise<LicensePlan[]> {
  const rows = await store.query(
    `SELECT servicePlanId, servicePlanName, friendlyName, appliesTo, provisioningStatus
       FROM v_service_plans WHERE tenantId = ?1 AND skuId = ?2
      ORDER BY coalesce(friendlyName, servicePlanName) COLLATE NOCASE`,
    [key.tenantId, key.skuId],
  );
  return rows.map((row) => {
    const cells = new SqlCells(row);
    return {
      servicePlanId: cells.text('servicePlanId') ?? '',
      servicePlanName: cells.text('servicePlanName') ?? '',
      friendlyName: cells.text('friendlyName'),
      appliesTo: cells.text('appliesTo'),
      provisioningStatus: cells.text('provisioningStatus'),
    };
  });
}

/** By which ways people get the license, the most used first, and what went wrong. */
export async function readPaths(store: Reader, key: LicenseKey): Promise<LicensePaths> {
  const parameters = [key.tenantId, key.skuId];
  const [ways, errors, seats] = await Promise.all([
    store.query(
      `SELECT groupId, max(groupName) AS groupName, count(*) AS assignments, sum(holdsSeat) AS holding,
              sum(state IN ('Error', 'ActiveWithError')) AS errors
         FROM v_assignments WHERE tenantId = ?1 AND skuId = ?2
        GROUP BY groupId ORDER BY groupId IS NOT NULL, assignments DESC, groupName COLLATE NOCASE`,
      parameters,
    ),
    store.query(
      `SELECT groupId, max(groupName) AS groupName, state, error, count(*) AS assignments
         FROM v_assignments
        WHERE tenantId = ?1 AND skuId = ?2 AND state IN ('Error', 'ActiveWithError')
        GROUP BY groupId, state, error ORDER BY assignments DESC, groupName COLLATE NOCASE, error`,
      parameters,
    ),
    store.query(
      `SELECT sum(direct = 1 AND groupCount = 0) AS directOnly, sum(direct = 0) AS groupOnly,
              sum(direct = 1 AND groupCount > 0) AS both
         FROM v_seats WHERE tenantId = ?1 AND skuId = ?2`,
      parameters,
    ),
  ]);
  const seatCells = new SqlCells(seats[0]);
  return {
    directOnly: seatCells.count('directOnly'),
    groupOnly: seatCells.count('groupOnly'),
    both: seatCells.count('both'),
    ways: ways.map((row) => {
      const cells = new SqlCells(row);
      return {
        groupId: cells.text('groupId'),
        groupName: cells.text('groupName'),
        assignments: cells.count('assignments'),
        holding: cells.count('holding'),
        errors: cells.count('errors'),
      };
    }),
    errors: errors.map((row) => {
      const cells = new SqlCells(row);
      return {
        groupName: cells.text('groupName') ?? cells.text('groupId'),
        direct: cells.text('groupId') === null,
        state: cells.text('state') ?? '',
        error: cells.text('error'),
        assignments: cells.count('assignments'),
      };
    }),
  };
}

/** Seats by verdict from a row of `v_position`; null while they were never judged. Who is no person is the rest. */
export function seatCounts(position: SqlCells): SeatCounts | null {
  const seats = position.number('seats');
  const [active, inactive, never] = [
    position.number('active'),
    position.number('inactive'),
    position.number('never'),
  ];
  if (seats === null || active === null || inactive === null || never === null) return null;
  const [fresh, unknown] = [position.count('new'), position.count('unknown')];
  const notPerson = Math.max(0, seats - active - inactive - never - fresh - unknown);
  return { active, inactive, never, new: fresh, unknown, notPerson };
}
