import { productCatalog, type CatalogPlan, type CatalogProduct } from '../catalog/productNames';
import { LicenseError } from '../foundation/errors';
import { isGuid } from '../model/networkNames';
import { idKey, splitIds } from './identifiers';
import type { CatalogueEntry } from './licenseRecords';
import type { SqlDatabase } from './sqlDatabase';

/** What is known of products and plans, by id. */
export interface KnownCatalogue {
  product(skuId: string): CatalogProduct | undefined;
  plan(servicePlanId: string): CatalogPlan | undefined;
}

/** Microsoft's list as it is known here: the newer of the bundled one and the one taken over, then the other. */
export function readCatalogue(db: SqlDatabase): KnownCatalogue {
  const bundled = productCatalog();
  const listDate = db.value('SELECT listDate FROM catalogueLists WHERE id = 1');
  if (typeof listDate !== 'string') {
    return { product: (id) => bundled.products.get(id), plan: (id) => bundled.plans.get(id) };
  }
  const products = new Map<string, CatalogProduct>();
  db.each('SELECT skuId, skuPartNumber, productName, servicePlanIds FROM catalogueProducts', [], (values) => {
    const [skuId, skuPartNumber, name, ids] = values.map(String);
    if (skuId === undefined) return;
    products.set(skuId, {
      skuId,
      skuPartNumber: skuPartNumber ?? '',
      name: name ?? '',
      servicePlanIds: splitIds(ids ?? ''),
    });
  });
  const plans = new Map<string, CatalogPlan>();
  db.each('SELECT servicePlanId, servicePlanName, friendlyName FROM cataloguePlans', [], (values) => {
    const [servicePlanId, name, friendlyName] = values.map(String);
    if (servicePlanId === undefined) return;
    plans.set(servicePlanId, { servicePlanId, name: name ?? '', friendlyName: friendlyName ?? '' });
  });
  const isNewer = listDate >= bundled.listDate;
  const pick = <T>(taken: T | undefined, own: T | undefined): T | undefined =>
    isNewer ? (taken ?? own) : (own ?? taken);
  return {
    product: (id) => pick(products.get(id), bundled.products.get(id)),
    plan: (id) => pick(plans.get(id), bundled.plans.get(id)),
  };
}

/** Replaces the list that was taken over. @throws `invalidArgument` for an empty list, ids that are none, or no date */
export function writeCatalogue(db: SqlDatabase, entries: readonly CatalogueEntry[], listDate: string): void {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(listDate)) {
    throw new LicenseError('invalidArgument', 'The date of the list is not a date.', { listDate });
  }
  if (entries.length === 0) throw new LicenseError('invalidArgument', 'The list has no products.');
  const wrong = entries.find(({ skuId }) => !isGuid(skuId));
  if (wrong !== undefined) {
    throw new LicenseError('invalidArgument', 'A product of the list has no id.', { skuId: wrong.skuId });
  }
  db.execute('DELETE FROM catalogueProducts; DELETE FROM cataloguePlans');
  db.withStatement('INSERT OR REPLACE INTO catalogueProducts VALUES (?, ?, ?, ?)', (insert) => {
    for (const { skuId, skuPartNumber, productName, servicePlans } of entries) {
      const ids = servicePlans.map(({ servicePlanId }) => idKey(servicePlanId));
      insert.run([idKey(skuId), skuPartNumber, productName, [...new Set(ids)].join('; ')]);
    }
  });
  db.withStatement('INSERT OR REPLACE INTO cataloguePlans VALUES (?, ?, ?)', (insert) => {
    for (const plan of entries.flatMap(({ servicePlans }) => servicePlans)) {
      insert.run([idKey(plan.servicePlanId), plan.servicePlanName, plan.friendlyName]);
    }
  });
  db.run('INSERT OR REPLACE INTO catalogueLists VALUES (1, ?)', [listDate]);
}
