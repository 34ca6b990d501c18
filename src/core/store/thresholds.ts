import type { EvaluationSettings } from '../model/evaluation';
import type { SqlDatabase } from './sqlDatabase';
import { readTenantConnections } from './supersession';

/** The days that apply to a tenant, each by itself: that of its connections, else that of the settings. */
export function tenantSettings(
  db: SqlDatabase,
  tenantKey: number,
  settings: EvaluationSettings,
): EvaluationSettings {
  const tenantId = String(db.value('SELECT tenantId FROM tenants WHERE tenantKey = ?', [tenantKey]));
  const { thresholds } = readTenantConnections(db, tenantId);
  return {
    inactivityDays: thresholds.inactivityDays ?? settings.inactivityDays,
    graceDays: thresholds.graceDays ?? settings.graceDays,
  };
}

/** Days of single licenses, by SKU; where only one of the two is given, the other is the tenant's. */
export function ownSettings(
  db: SqlDatabase,
  tenantKey: number,
  tenant: EvaluationSettings,
): ReadonlyMap<string, EvaluationSettings> {
  const own = new Map<string, EvaluationSettings>();
  db.each(
    `SELECT p.skuId, m.inactivityDays, m.graceDays FROM licenseManagement m
     JOIN products p ON p.productKey = m.productKey
     WHERE m.tenantKey = ? AND (m.inactivityDays IS NOT NULL OR m.graceDays IS NOT NULL)`,
    [tenantKey],
    ([skuId, inactivityDays, graceDays]) =>
      own.set(String(skuId), {
        inactivityDays: typeof inactivityDays === 'number' ? inactivityDays : tenant.inactivityDays,
        graceDays: typeof graceDays === 'number' ? graceDays : tenant.graceDays,
      }),
  );
  return own;
}
