import { observedTerm, type LifecycleObservation, type SubscriptionDates, type Term } from '../model/term';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';

/** Subscriptions of a tenant by product, each with the term that its history shows. */
export function readSubscriptions(
  db: SqlDatabase,
  tenantKey: number,
): ReadonlyMap<number, readonly SubscriptionDates[]> {
  const observations = new Map<string, LifecycleObservation[]>();
  db.each(
    `SELECT subscriptionId, validFrom, nextLifecycleAt FROM subscriptionHistory
     WHERE tenantKey = ? AND nextLifecycleAt IS NOT NULL`,
    [tenantKey],
    ([id, observedAt, nextLifecycleAt]) => {
      const ofSubscription = observations.get(String(id)) ?? [];
      ofSubscription.push({ observedAt: String(observedAt), nextLifecycleAt: String(nextLifecycleAt) });
      observations.set(String(id), ofSubscription);
    },
  );
  const byProduct = new Map<number, SubscriptionDates[]>();
  db.each(
    `SELECT s.productKey, s.subscriptionId, s.status, s.totalLicenses, s.isTrial, s.createdAt, s.nextLifecycleAt,
       m.recurringBilling
     FROM subscriptions s LEFT JOIN subscriptionManagement m
       ON m.tenantKey = s.tenantKey AND m.subscriptionId = s.subscriptionId
     WHERE s.tenantKey = ? ORDER BY s.subscriptionId`,
    [tenantKey],
    ([productKey, id, status, totalLicenses, isTrial, createdAt, nextLifecycleAt, recurringBilling]) => {
      const subscriptionId = String(id);
      const next = text(nextLifecycleAt);
      const ofProduct = byProduct.get(Number(productKey)) ?? [];
      ofProduct.push({
        subscriptionId,
        status: text(status),
        totalLicenses: typeof totalLicenses === 'number' ? totalLicenses : null,
        isTrial: yesOrNo(isTrial),
        createdAt: text(createdAt),
        nextLifecycleAt: next,
        term: termOf(observations.get(subscriptionId) ?? [], next),
        recurringBilling: yesOrNo(recurringBilling),
      });
      byProduct.set(Number(productKey), ofProduct);
    },
  );
  return byProduct;
}

/** What holds now is the last observation: the history gets it after the evaluation. */
function termOf(history: readonly LifecycleObservation[], nextLifecycleAt: string | null): Term {
  const now = nextLifecycleAt === null ? [] : [{ observedAt: '9999', nextLifecycleAt }];
  return observedTerm([...history, ...now]);
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function yesOrNo(value: SqlValue | undefined): boolean | null {
  return typeof value === 'number' ? value === 1 : null;
}
