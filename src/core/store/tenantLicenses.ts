import { isFreeProduct } from '../catalog/freeProducts';
import type { LadderPlan } from '../catalog/planLadder';
import type { DowngradeAnswers } from '../model/downgrade';
import type { LicenseFacts } from '../model/findingFacts';
import {
  isCounted,
  lifecycleStatus,
  participationOn,
  type LicenseDecisions,
  type LifecycleStatus,
  type Participation,
} from '../model/lifecycle';
import type { EntitlementLimit, Purchase } from '../model/purchases';
import { isValidOn } from '../model/purchases';
import type { Units } from '../model/signedPosition';
import { licenseTerm, type LicenseTerm, type SubscriptionDates } from '../model/term';
import { licenseCostOn, unitPriceOn, type LicenseCost, type PriceState } from '../model/unitPrice';
import { downgradeAnswersOf } from './downgradeAnswerRecords';
import { readRates } from './exchangeRateRecords';
import { readPurchases } from './purchaseRecords';
import { readSubscriptions } from './subscriptionRecords';
import { readLicenseImports, type TenantConnections } from './supersession';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlRow } from './store';
import type { TenantProducts } from './tenantProducts';

/** A license of a tenant on a day, with everything that the rules ask about it. */
export interface TenantLicense {
  readonly productKey: number;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly appliesTo: string | null;
  readonly units: Units;
  readonly buffer: number;
  readonly limit: EntitlementLimit;
  /** Its own notice period in days; null: that of the settings. */
  readonly noticeDays: number | null;
  readonly status: LifecycleStatus;
  readonly participation: Participation;
  readonly counted: boolean;
  readonly purchases: readonly Purchase[];
  readonly price: PriceState;
  readonly cost: LicenseCost;
  /** Free of charge, as far as nobody gave it a price. */
  readonly free: boolean;
  readonly plans: readonly LadderPlan[];
  readonly subscriptions: readonly SubscriptionDates[];
  readonly term: LicenseTerm;
  /** What a person said about cheaper licenses for its users; undefined: nothing. */
  readonly answers: DowngradeAnswers | undefined;
}

/** Reads the licenses of a tenant. @param today `YYYY-MM-DD` */
export function readLicenses(
  db: SqlDatabase,
  tenantKey: number,
  today: string,
  connections: TenantConnections,
  products: TenantProducts,
): readonly TenantLicense[] {
  const purchasesOf = readPurchases(db, tenantKey);
  const subscriptionsOf = readSubscriptions(db, tenantKey);
  const importedBy = readLicenseImports(db, tenantKey, connections.known);
  const rates = readRates(db);
  const rows = db.rows(
    `SELECT l.*, p.skuId, p.skuPartNumber, m.lifecycleStatus, m.managed, m.unmanagedReason, m.unmanagedUntil,
       m.withoutAlerts, m.alertsReason, m.alertsUntil, m.entitlementLimit, m.buffer, m.noticeDays, a.notNeeded, a.frontline, a.noHolds
     FROM licenses l JOIN products p ON p.productKey = l.productKey
     LEFT JOIN licenseManagement m ON m.tenantKey = l.tenantKey AND m.productKey = l.productKey
     LEFT JOIN downgradeAnswers a ON a.tenantKey = l.tenantKey AND a.productKey = l.productKey
     WHERE l.tenantKey = ? ORDER BY p.skuId`,
    [tenantKey],
  );
  return rows.map((row): TenantLicense => {
    const productKey = Number(row.productKey);
    const skuId = String(row.skuId);
    const skuPartNumber = row.skuPartNumber === null ? skuId : String(row.skuPartNumber);
    const purchases = purchasesOf.get(productKey) ?? [];
    const price = unitPriceOn(purchases, today, rates);
    const subscriptions = subscriptionsOf.get(productKey) ?? [];
    const given = (row.lifecycleStatus ?? 'active') as LifecycleStatus;
    const status = lifecycleStatus(given, importedBy.get(productKey) ?? [], connections.superseded);
    const participation = participationOn(decisionsOf(row), today);
    return {
      productKey,
      skuId,
      skuPartNumber,
      appliesTo: row.appliesTo === null ? null : String(row.appliesTo),
      units: {
        enabled: Number(row.enabled),
        warning: Number(row.warning),
        suspended: Number(row.suspended),
        lockedOut: Number(row.lockedOut),
        consumed: Number(row.consumed),
      },
      buffer: Number(row.buffer ?? 0),
      limit: (row.entitlementLimit ?? 'asPurchased') as EntitlementLimit,
      noticeDays: typeof row.noticeDays === 'number' ? row.noticeDays : null,
      status,
      participation,
      counted: isCounted({ status, participation }),
      purchases,
      price,
      cost: licenseCostOn(purchases, today),
      free: price.price === null && isFreeProduct(skuPartNumber),
      plans: products.plans.get(skuId) ?? [],
      subscriptions,
      term: termOf(subscriptions),
      answers: downgradeAnswersOf(row),
    };
  });
}

/** A license in the form in which findings take it. */
export function licenseFacts(license: TenantLicense, today: string): LicenseFacts {
  const {
    skuId,
    skuPartNumber,
    appliesTo,
    units,
    buffer,
    limit,
    noticeDays,
    price,
    plans,
    subscriptions,
    answers,
  } = license;
  return {
    skuId,
    skuPartNumber,
    appliesTo,
    units,
    buffer,
    limit,
    noticeDays,
    price,
    plans,
    subscriptions,
    answers,
    purchaseEnds: license.purchases.flatMap(({ purchaseId, endingDate, ...purchase }) =>
      endingDate !== null && isValidOn({ ...purchase, endingDate }, today)
        ? [{ purchaseId, endingDate }]
        : [],
    ),
  };
}

/** The earliest day from now on at which a subscription that runs ends or renews. */
export function renewalDate(subscriptions: readonly SubscriptionDates[], today: string): string | null {
  const dates = running(subscriptions)
    .flatMap(({ nextLifecycleAt }) => nextLifecycleAt?.slice(0, 10) ?? [])
    .filter((date) => date >= today);
  return dates.sort()[0] ?? null;
}

/** What a row of `licenseManagement` says about taking part; columns that are missing say nothing. */
export function decisionsOf(row: SqlRow): LicenseDecisions {
  const text = (column: string): string | null =>
    typeof row[column] === 'string' ? String(row[column]) : null;
  return {
    unmanaged: row.managed === 0 ? { reason: text('unmanagedReason'), until: text('unmanagedUntil') } : null,
    excludedFromAlerts:
      row.withoutAlerts === 1 ? { reason: text('alertsReason'), until: text('alertsUntil') } : null,
  };
}

/** The term of the subscriptions that run; of those in grace or ended only where none runs. */
function termOf(subscriptions: readonly SubscriptionDates[]): LicenseTerm {
  const active = running(subscriptions);
  return licenseTerm((active.length > 0 ? active : subscriptions).map(({ term }) => term));
}

function running(subscriptions: readonly SubscriptionDates[]): readonly SubscriptionDates[] {
  return subscriptions.filter(({ status }) => (status ?? 'enabled').toLowerCase() === 'enabled');
}
