import { catalogLadderProduct } from '../../src/core/catalog/planLadder';
import { productCatalog } from '../../src/core/catalog/productNames';
import type { ServicePlanRow } from '../../src/core/model/datasets';
import type { SqlRow, Store } from '../../src/core/store/store';
import { e3, e5, exchange, powerBi, purchases, visio } from '../unit/core/model/reconciliationTenant';
import {
  activeUser,
  assignment,
  email,
  guid,
  importRows,
  mailbox,
  sku,
  subscription,
  tenantId,
  user,
  type ImportRows,
} from './storeRows';

/*
 * The tenant of the worked example of docs/reconciliation.md for a real store: what imports bring, and the purchases
 * and decisions as a person enters them.
 */

export const day = { settings: { inactivityDays: 30, graceDays: 30 }, today: '2026-11-10' };
export const license = (skuId: string): string => `${tenantId}_${skuId}`;
const names = new Map([
  [e5, 'E5'],
  [e3, 'E3'],
  [exchange, 'Exchange'],
  [powerBi, 'Power BI'],
  [visio, 'Visio'],
]);
export const nameOf = (row: SqlRow): string => names.get(String(row.skuId)) ?? '-';

const plansOf = (skuId: string): ServicePlanRow[] =>
  catalogLadderProduct(skuId).plans.map((plan) => ({
    ...plan,
    appliesTo: 'User',
    provisioningStatus: 'Success',
  }));
const partOf = (skuId: string): string => productCatalog().products.get(skuId)?.skuPartNumber ?? '';
const product = (skuId: string, changes: Parameters<typeof sku>[2]) =>
  sku(skuId, partOf(skuId), { servicePlans: plansOf(skuId), ...changes });
const exchangeOfE5 = catalogLadderProduct(e5)
  .plans.filter((plan) => plan.servicePlanName === 'EXCHANGE_S_ENTERPRISE')
  .map((plan) => plan.servicePlanId);

const people = [
  'ada',
  'ben',
  'cleo',
  'dana',
  'eli',
  'fay',
  'gus',
  'hal',
  'ivy',
  'jo',
  'frontdesk',
  'kit',
] as const;
export type Name = (typeof people)[number];
export const idOf = (name: Name): string => guid(people.indexOf(name) + 1);
const upn = (name: Name): string => `${name}@fenwick.example`;
export const nameOfUser = (userId: unknown): string => people.find((name) => idOf(name) === userId) ?? '-';

export const allStaff = guid(60);
const group = { groupId: allStaff };
const busy = '2026-11-08T07:00:00Z';

/** Account, its department, its last sign-in, what it holds. */
const accounts = [
  ['ada', 'Sales', busy, [assignment(e5)]],
  ['ben', 'Sales', busy, [assignment(e5), assignment(e5, group)]],
  ['cleo', 'Sales', busy, [assignment(e5), assignment(powerBi)]],
  ['dana', 'Sales', busy, [assignment(e3), assignment(exchange)]],
  ['eli', 'IT', busy, [assignment(e3), assignment(visio)]],
  ['fay', null, '2026-11-05T07:00:00Z', [assignment(powerBi)]],
  ['gus', 'IT', '2026-08-01T07:00:00Z', [assignment(e3)]],
  ['hal', 'IT', null, [assignment(e3)]],
  ['ivy', 'IT', busy, [assignment(e3, { ...group, state: 'Error', error: 'MutuallyExclusiveViolation' })]],
  [
    'jo',
    'IT',
    busy,
    [assignment(e3, { ...group, state: 'ActiveWithError', error: 'MutuallyExclusiveViolation' })],
  ],
  ['frontdesk', null, null, [assignment(exchange)]],
  [
    'kit',
    null,
    '2026-11-06T07:00:00Z',
    [assignment(e5, { disabledPlans: exchangeOfE5 }), assignment(exchange), assignment(visio)],
  ],
] as const;

export const users = accounts.map(([name, department, lastSignInAt, assignments]) =>
  user(people.indexOf(name) + 1, {
    userPrincipalName: upn(name),
    displayName: name,
    department,
    accountEnabled: name !== 'eli',
    userType: name === 'fay' ? 'Guest' : 'Member',
    createdAt: '2024-02-01T09:00:00Z',
    lastSignInAt,
    lastSuccessfulSignInAt: lastSignInAt,
    assignments,
  }),
);

/** Last mail; the guest is in no report, and Ivy only signs in. */
const mailOn: Partial<Record<Name, string>> = {
  ada: '2026-11-07',
  ben: '2026-11-07',
  cleo: '2026-11-07',
  dana: '2026-11-07',
  eli: '2026-11-07',
  gus: '2026-08-01',
  jo: '2026-11-07',
  frontdesk: '2026-11-09',
  kit: '2026-11-06',
};
const members = people.filter((name) => name !== 'fay');

export const rows: ImportRows = {
  users,
  subscribedSkus: [
    product(e5, { enabled: 4, consumedUnits: 4 }),
    product(e3, { enabled: 3, warning: 2, suspended: 1, consumedUnits: 6 }),
    product(exchange, { enabled: 4, consumedUnits: 3 }),
    product(powerBi, { enabled: 5, consumedUnits: 2 }),
    product(visio, { enabled: 2, consumedUnits: 2 }),
  ],
  subscriptions: [
    subscription(guid(501), e5, { totalLicenses: 4, nextLifecycleAt: '2026-12-01T00:00:00Z' }),
    subscription(guid(502), e3, { totalLicenses: 3, nextLifecycleAt: '2027-01-01T00:00:00Z' }),
    subscription(guid(503), e3, {
      totalLicenses: 2,
      status: 'Warning',
      nextLifecycleAt: '2026-11-24T00:00:00Z',
    }),
    subscription(guid(504), exchange, { totalLicenses: 4, nextLifecycleAt: '2027-06-30T00:00:00Z' }),
    subscription(guid(505), powerBi, { totalLicenses: 5, nextLifecycleAt: '2026-11-20T00:00:00Z' }),
    subscription(guid(506), visio, { totalLicenses: 2, nextLifecycleAt: '2027-05-01T00:00:00Z' }),
  ],
  activeUsers: members.map((name) =>
    activeUser(upn(name), {
      hasExchangeLicense: true,
      hasOneDriveLicense: true,
      hasSharePointLicense: true,
      hasSkypeForBusinessLicense: true,
      hasYammerLicense: true,
      hasTeamsLicense: true,
      exchangeLastActivityDate: mailOn[name] ?? null,
      teamsLastActivityDate: name === 'kit' ? '2026-11-06' : null,
    }),
  ),
  emailActivity: members.map((name) => email(upn(name), { lastActivityDate: mailOn[name] ?? null })),
  mailboxUsage: [mailbox(upn('frontdesk'), { recipientType: 'Shared', storageUsedBytes: 3_000_000_000 })],
  appUsage: [],
  oneDriveUsage: [],
};

/** As a month before: the dates of two subscriptions have moved on since, which tells their terms. */
const monthBefore: ImportRows = {
  ...rows,
  subscriptions: rows.subscriptions?.map((row) => {
    if (row.skuId === powerBi) return { ...row, nextLifecycleAt: '2026-10-20T00:00:00Z' };
    return row.skuId === exchange ? { ...row, nextLifecycleAt: '2024-06-30T00:00:00Z' } : row;
  }),
};

/** Imports it twice, a month apart, and enters what people keep by hand. */
export async function importWorkedExample(store: Store): Promise<void> {
  await importRows(store, monthBefore, { finishedAt: '2026-10-10T06:00:00.000Z' });
  await importRows(store, rows, { finishedAt: '2026-11-10T06:00:00.000Z' });
  await store.savePurchases(
    Object.entries(purchases).flatMap(([skuId, list]) =>
      list.map((purchase) => ({ ...purchase, licenseId: license(skuId) })),
    ),
    day,
  );
  await store.saveLicenseSettings(
    license(powerBi),
    { terms: { limit: 'asPurchased', buffer: 1, administrator: null, note: null } },
    day,
  );
  for (const id of [501, 502, 503, 504, 505]) {
    await store.saveRecurringBilling(tenantId, guid(id), true, day);
  }
}
