import * as v from 'valibot';
import type { PricedLicense } from '../../core/priceBook/priceBookPlan';
import type { PricedPurchase } from '../../core/priceBook/priceBookWriter';
import type { LicensePurchase } from '../../core/store/licenseRecords';
import type { Store } from '../../core/store/store';

const license = v.object({
  licenseId: v.string(),
  skuPartNumber: v.string(),
  productName: v.nullable(v.string()),
});

const purchase = v.object({
  purchaseId: v.string(),
  licenseId: v.string(),
  skuPartNumber: v.string(),
  quantity: v.number(),
  amountMinor: v.number(),
  amountPer: v.picklist(['unit', 'total']),
  currency: v.string(),
  paymentFrequency: v.picklist([
    ...(['once', 'monthly', 'quarterly', 'semiAnnually', 'annually'] as const),
    ...(['every18Months', 'biannually', 'triennially'] as const),
  ]),
  effectiveDate: v.string(),
  endingDate: v.nullable(v.string()),
  note: v.nullable(v.string()),
});

/** The licenses of a tenant to which purchases can be entered. */
export async function readLicenses(
  store: Pick<Store, 'query'>,
  tenantId: string,
): Promise<readonly PricedLicense[]> {
  const rows = await store.query(
    'SELECT licenseId, skuPartNumber, productName FROM v_licenses WHERE tenantId = ?',
    [tenantId],
  );
  return v.parse(v.array(license), rows);
}

/** The purchases of a tenant, or of one of its licenses. */
export async function readPurchases(
  store: Pick<Store, 'query'>,
  tenantId: string,
  licenseId: string | null = null,
): Promise<readonly (PricedPurchase & LicensePurchase)[]> {
  const rows = await store.query(
    `SELECT purchaseId, licenseId, skuPartNumber, quantity, amountMinor, amountPer, currency, paymentFrequency,
            effectiveDate, endingDate, note
       FROM v_purchases WHERE tenantId = ?1 AND (?2 IS NULL OR licenseId = ?2)
      ORDER BY skuPartNumber, effectiveDate, purchaseId`,
    [tenantId, licenseId],
  );
  return v.parse(v.array(purchase), rows);
}
