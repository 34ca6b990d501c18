import { LicenseError } from '../foundation/errors';
import { purchaseProblems, type PaymentFrequency, type Purchase } from '../model/purchases';
import type { LicensePurchase } from './licenseRecords';
import type { LicenseKey } from './licenseKey';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';

/** Purchases of a tenant by product, in the order of their first day. */
export function readPurchases(db: SqlDatabase, tenantKey: number): ReadonlyMap<number, readonly Purchase[]> {
  const byProduct = new Map<number, Purchase[]>();
  db.each(
    `SELECT productKey, purchaseId, quantity, amountMinor, amountPer, currency, paymentFrequency, effectiveDate,
       endingDate, note
     FROM purchases WHERE tenantKey = ? ORDER BY effectiveDate, purchaseId`,
    [tenantKey],
    ([productKey, ...values]) => {
      const ofProduct = byProduct.get(Number(productKey)) ?? [];
      ofProduct.push(purchaseOf(values));
      byProduct.set(Number(productKey), ofProduct);
    },
  );
  return byProduct;
}

/** Adds or replaces a purchase. @throws `invalidArgument` for values that break a rule */
export function writePurchase(db: SqlDatabase, key: LicenseKey, purchase: LicensePurchase): void {
  const [problem] = purchaseProblems(purchase);
  if (problem !== undefined) {
    throw new LicenseError('invalidArgument', `The ${problem.field} of a purchase is not valid.`, {
      purchaseId: purchase.purchaseId,
      licenseId: purchase.licenseId,
      field: problem.field,
      problem: problem.problem,
    });
  }
  if (purchase.purchaseId === '') {
    throw new LicenseError('invalidArgument', 'A purchase needs an id.', { licenseId: purchase.licenseId });
  }
  db.run('INSERT OR REPLACE INTO purchases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
    purchase.purchaseId,
    key.tenantKey,
    key.productKey,
    purchase.quantity,
    purchase.amountMinor,
    purchase.amountPer,
    purchase.currency,
    purchase.paymentFrequency,
    purchase.effectiveDate,
    purchase.endingDate,
    purchase.note,
  ]);
}

/** Removes a purchase. @returns the key of its tenant @throws `notFound` */
export function deletePurchase(db: SqlDatabase, purchaseId: string): number {
  const tenantKey = db.value('SELECT tenantKey FROM purchases WHERE purchaseId = ?', [purchaseId]);
  if (typeof tenantKey !== 'number') {
    throw new LicenseError('notFound', 'There is no such purchase.', { purchaseId });
  }
  db.run('DELETE FROM purchases WHERE purchaseId = ?', [purchaseId]);
  return tenantKey;
}

function purchaseOf(values: readonly SqlValue[]): Purchase {
  const [purchaseId, quantity, amountMinor, amountPer, currency, frequency, effectiveDate, endingDate, note] =
    values;
  return {
    purchaseId: String(purchaseId),
    quantity: Number(quantity),
    amountMinor: Number(amountMinor),
    amountPer: amountPer === 'total' ? 'total' : 'unit',
    currency: String(currency),
    paymentFrequency: String(frequency) as PaymentFrequency,
    effectiveDate: String(effectiveDate),
    endingDate: typeof endingDate === 'string' ? endingDate : null,
    note: typeof note === 'string' ? note : null,
  };
}
