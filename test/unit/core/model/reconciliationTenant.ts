import { catalogLadderProduct } from '../../../../src/core/catalog/planLadder';
import { productCatalog } from '../../../../src/core/catalog/productNames';
import { skuServices } from '../../../../src/core/catalog/skuServices';
import type {
  ActivitySignal,
  EvaluationContext,
  SeatPath,
  UserEvidence,
} from '../../../../src/core/model/evaluation';
import type { FindingContext, LicenseFacts, UserFacts } from '../../../../src/core/model/findingFacts';
import { observedUse } from '../../../../src/core/model/observedUse';
import type { Purchase } from '../../../../src/core/model/purchases';
import type { Units } from '../../../../src/core/model/signedPosition';
import type { SubscriptionDates } from '../../../../src/core/model/term';
import { licenseCostOn, unitPriceOn } from '../../../../src/core/model/unitPrice';
import type { SpendLicense } from '../../../../src/core/model/spend';
import { evaluateUser } from '../../../../src/core/model/userEvaluation';
import { today, withSources } from './evaluationFixtures';

/* The tenant of docs/reconciliation.md: 12 accounts, 5 licenses. */

/** Id of a product by its part number, from Microsoft's list. */
export function skuId(partNumber: string): string {
  const found = [...productCatalog().products.values()].filter(
    (product) => product.skuPartNumber === partNumber,
  );
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`not one product: ${partNumber}`);
  return only.skuId;
}

export const e5 = skuId('SPE_E5');
export const e3 = skuId('SPE_E3');
export const exchange = skuId('EXCHANGESTANDARD');
export const powerBi = skuId('POWER_BI_PRO');
export const visio = skuId('VISIOCLIENT');

export const tenantId = 'tenant';

const purchase = (purchaseId: string, changes: Partial<Purchase>): Purchase => ({
  purchaseId,
  quantity: 1,
  amountMinor: 0,
  amountPer: 'unit',
  currency: 'EUR',
  paymentFrequency: 'monthly',
  effectiveDate: '2026-01-01',
  endingDate: null,
  note: null,
  ...changes,
});

export const purchases: Readonly<Record<string, readonly Purchase[]>> = {
  [e5]: [purchase('e5', { quantity: 4, amountMinor: 68400, paymentFrequency: 'annually' })],
  [e3]: [
    purchase('e3-a', { quantity: 3, amountMinor: 3600 }),
    purchase('e3-b', {
      quantity: 2,
      amountMinor: 80000,
      amountPer: 'total',
      paymentFrequency: 'annually',
    }),
    purchase('e3-old', { quantity: 50, amountMinor: 9900, endingDate: '2026-11-09' }),
  ],
  [exchange]: [purchase('exchange', { quantity: 4, amountMinor: 14400, paymentFrequency: 'triennially' })],
  [powerBi]: [purchase('powerBi', { quantity: 5, amountMinor: 1000, currency: 'USD' })],
};

export const units: Readonly<Record<string, Units>> = {
  [e5]: { enabled: 4, warning: 0, suspended: 0, lockedOut: 0, consumed: 4 },
  [e3]: { enabled: 3, warning: 2, suspended: 1, lockedOut: 0, consumed: 6 },
  [exchange]: { enabled: 4, warning: 0, suspended: 0, lockedOut: 0, consumed: 3 },
  [powerBi]: { enabled: 5, warning: 0, suspended: 0, lockedOut: 0, consumed: 2 },
  [visio]: { enabled: 2, warning: 0, suspended: 0, lockedOut: 0, consumed: 2 },
};

const subscription = (
  subscriptionId: string,
  nextLifecycleAt: string,
  changes: Partial<SubscriptionDates> = {},
): SubscriptionDates => ({
  subscriptionId,
  status: 'Enabled',
  totalLicenses: 1,
  isTrial: false,
  createdAt: '2024-01-01T00:00:00Z',
  nextLifecycleAt,
  term: 'annual',
  recurringBilling: true,
  ...changes,
});

const subscriptions: Readonly<Record<string, readonly SubscriptionDates[]>> = {
  // Renews in three weeks, and nothing could be given back.
  [e5]: [subscription('sub-e5', '2026-12-01T00:00:00Z', { totalLicenses: 4 })],
  [e3]: [
    subscription('sub-e3', '2027-01-01T00:00:00Z', { totalLicenses: 3 }),
    subscription('sub-e3-grace', '2026-11-24T00:00:00Z', { totalLicenses: 2, status: 'Warning' }),
  ],
  [exchange]: [subscription('sub-exchange', '2027-06-30T00:00:00Z', { term: 'threeYear' })],
  [powerBi]: [subscription('sub-powerBi', '2026-11-20T00:00:00Z', { term: 'monthly' })],
  [visio]: [subscription('sub-visio', '2027-05-01T00:00:00Z', { term: 'unknown', recurringBilling: null })],
};

const buffers: Readonly<Record<string, number>> = { [powerBi]: 1 };

export const licenses: readonly LicenseFacts[] = [e5, e3, exchange, powerBi, visio].map((id) => ({
  skuId: id,
  skuPartNumber: productCatalog().products.get(id)?.skuPartNumber ?? '',
  appliesTo: 'User',
  units: units[id] ?? { enabled: 0, warning: 0, suspended: 0, lockedOut: 0, consumed: 0 },
  buffer: buffers[id] ?? 0,
  limit: 'asPurchased',
  price: unitPriceOn(purchases[id] ?? [], today),
  plans: catalogLadderProduct(id).plans,
  subscriptions: subscriptions[id] ?? [],
  purchaseEnds: [],
}));

export const spendLicenses: readonly SpendLicense[] = licenses.map((license) => ({
  skuId: license.skuId,
  skuPartNumber: license.skuPartNumber,
  price: license.price.price,
  cost: licenseCostOn(purchases[license.skuId] ?? [], today),
  free: false,
}));

/** Everything fresh, but the sign-in log was never imported. */
export const evaluation: EvaluationContext = {
  today,
  settings: { inactivityDays: 30, graceDays: 30 },
  sources: withSources({ signIns: 'missing' }),
  skus: new Map(
    licenses.map((license) => [
      license.skuId,
      skuServices({
        skuId: license.skuId,
        skuPartNumber: license.skuPartNumber,
        servicePlans: license.plans,
      }),
    ]),
  ),
};

export const findingContext: FindingContext = {
  tenantId,
  today,
  noticeDays: 30,
  licenses,
  hiddenSkuIds: new Set(),
  sources: evaluation.sources,
  usersAsOf: today,
  productsAsOf: today,
};

interface Account extends Partial<UserEvidence> {
  readonly name: string;
  readonly department?: string;
  readonly mailboxBytes?: number;
  readonly signedInLately?: boolean;
}

const held = (...ids: readonly string[]): UserEvidence['paths'] => new Map(ids.map((id) => [id, [path()]]));

function path(changes: Partial<SeatPath> = {}): SeatPath {
  return { groupId: null, state: 'Active', disabledPlans: [], ...changes };
}

/** Rows of both reports; the services not named have rows without a date. */
function use(dates: Partial<Record<'exchange' | 'teams', string>>, signIn: string | null): ActivitySignal[] {
  const services = ['exchange', 'oneDrive', 'sharePoint', 'skypeForBusiness', 'teams', 'yammer'] as const;
  const rows: ActivitySignal[] = services.map((application) => ({
    source: 'activeUserReport',
    application,
    date: application === 'exchange' || application === 'teams' ? (dates[application] ?? null) : null,
  }));
  rows.push({ source: 'emailReport', application: 'outlook', date: dates.exchange ?? null });
  if (signIn !== null) rows.push({ source: 'signInActivity', application: null, date: signIn });
  return rows;
}

const busy = use({ exchange: '2026-11-07' }, '2026-11-08');
const mailboxOff = catalogLadderProduct(e5).plans.filter(
  (plan) => plan.servicePlanName === 'EXCHANGE_S_ENTERPRISE',
);

const accounts: readonly Account[] = [
  { name: 'ada', department: 'Sales', signals: busy, paths: held(e5) },
  {
    name: 'ben',
    department: 'Sales',
    signals: busy,
    paths: new Map([[e5, [path(), path({ groupId: 'all-staff' })]]]),
  },
  { name: 'cleo', department: 'Sales', signals: busy, paths: held(e5, powerBi) },
  { name: 'dana', department: 'Sales', signals: busy, paths: held(e3, exchange) },
  { name: 'eli', department: 'IT', signals: busy, accountEnabled: false, paths: held(e3, visio) },
  { name: 'fay', userType: 'Guest', signals: use({}, '2026-11-05').slice(-1), paths: held(powerBi) },
  { name: 'gus', department: 'IT', signals: use({ exchange: '2026-08-01' }, '2026-08-01'), paths: held(e3) },
  { name: 'hal', department: 'IT', signals: use({}, null), paths: held(e3) },
  {
    name: 'ivy',
    department: 'IT',
    signals: use({}, '2026-11-08'),
    paths: new Map([[e3, [path({ groupId: 'all-staff', state: 'Error' })]]]),
  },
  {
    name: 'jo',
    department: 'IT',
    signals: busy,
    paths: new Map([[e3, [path({ groupId: 'all-staff', state: 'ActiveWithError' })]]]),
  },
  {
    name: 'frontdesk',
    recipientType: 'Shared',
    mailboxBytes: 3_000_000_000,
    signedInLately: false,
    signals: use({ exchange: '2026-11-09' }, null),
    paths: held(exchange),
  },
  {
    name: 'kit',
    signals: use({ exchange: '2026-11-06', teams: '2026-11-06' }, '2026-11-06'),
    paths: new Map([
      [e5, [path({ disabledPlans: mailboxOff.map((plan) => plan.servicePlanId) })]],
      [exchange, [path()]],
      [visio, [path()]],
    ]),
  },
];

/** A user as the findings take it, with the department for spend. */
export interface TenantUser extends UserFacts {
  readonly department: string | null;
}

export const users: readonly TenantUser[] = accounts.map((account) => {
  const evidence: UserEvidence = {
    userPrincipalName: `${account.name}@fenwick.example`,
    accountEnabled: account.accountEnabled ?? true,
    userType: account.userType ?? 'Member',
    createdAt: '2024-02-01T09:00:00Z',
    recipientType: account.recipientType ?? 'User',
    signals: account.signals ?? [],
    paths: account.paths ?? new Map<string, readonly SeatPath[]>(),
  };
  const { used, unused } = observedUse(evidence, evaluation);
  return {
    userId: account.name,
    department: account.department ?? null,
    accountEnabled: evidence.accountEnabled,
    userType: evidence.userType,
    recipientType: evidence.recipientType,
    mailboxBytes: account.mailboxBytes ?? null,
    hasArchive: false,
    signedInLately: account.signedInLately ?? null,
    used,
    unused,
    seats: evaluateUser(evidence, evaluation).seats,
    errors: [...evidence.paths].flatMap(([id, paths]) =>
      paths
        .filter(({ state }) => state.includes('Error'))
        .map(({ groupId, state }) => ({ skuId: id, groupId, state, error: 'MutuallyExclusiveViolation' })),
    ),
  };
});
