import type { SqlDatabase } from './sqlDatabase';

/** The tenant's key in the file, or null when nothing was imported for it. */
export function keyOfTenant(db: SqlDatabase, tenantId: string): number | null {
  const key = db.value('SELECT tenantKey FROM tenants WHERE tenantId = ?', [tenantId.toLowerCase()]);
  return typeof key === 'number' ? key : null;
}
