import { LicenseError } from '../foundation/errors';
import type { SqlDatabase } from './sqlDatabase';

/** A license by its keys in the file. */
export interface LicenseKey {
  readonly tenantKey: number;
  readonly productKey: number;
}

/**
 * Finds a license by its id: one that the tenant has, or one that is gone of which something is kept by hand.
 * @throws `notFound`
 */
export function keyOfLicense(db: SqlDatabase, licenseId: string): LicenseKey {
  const [row] = db.rows(
    `SELECT t.tenantKey, p.productKey FROM tenants t JOIN products p
     WHERE t.tenantId = substr(?1, 1, length(t.tenantId)) AND t.tenantId || '_' || p.skuId = ?1
       AND (EXISTS (SELECT 1 FROM licenses l WHERE l.tenantKey = t.tenantKey AND l.productKey = p.productKey)
         OR EXISTS (SELECT 1 FROM purchases u WHERE u.tenantKey = t.tenantKey AND u.productKey = p.productKey)
         OR EXISTS (SELECT 1 FROM licenseManagement m
           WHERE m.tenantKey = t.tenantKey AND m.productKey = p.productKey))`,
    [licenseId.toLowerCase()],
  );
  if (row === undefined) throw new LicenseError('notFound', 'There is no such license.', { licenseId });
  return { tenantKey: Number(row.tenantKey), productKey: Number(row.productKey) };
}
