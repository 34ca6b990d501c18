import { productFamily } from '../catalog/productFamily';
import { skuServices } from '../catalog/skuServices';
import type { SkuServices } from '../model/evaluation';
import { readCatalogue, type KnownCatalogue } from './catalogueRecords';
import type { SqlDatabase } from './sqlDatabase';

/** A service plan of a product of a tenant. */
export interface ProductPlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
}

/** Products of a tenant: what use of them can be observed, and which keys they have in the file. */
export interface TenantProducts {
  /** Products whose seats are judged, by key: those for users. */
  readonly judged: ReadonlyMap<number, string>;
  readonly keyOf: ReadonlyMap<string, number>;
  readonly partNumbers: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, SkuServices>;
  readonly plans: ReadonlyMap<string, readonly ProductPlan[]>;
}

/**
 * Names of products and plans follow the newest list known, so that a new one needs no import to show. Only names
 * that changed are written.
 */
export function nameProducts(db: SqlDatabase): void {
  const catalogue = readCatalogue(db);
  for (const row of db.rows('SELECT productKey, skuId, skuPartNumber, productName, family FROM products')) {
    const known = catalogue.product(String(row.skuId));
    const partNumber =
      typeof row.skuPartNumber === 'string' ? row.skuPartNumber : (known?.skuPartNumber ?? null);
    const name = partNumber === null ? null : (known?.name ?? partNumber);
    const family = partNumber === null || name === null ? null : productFamily(partNumber, name);
    if (partNumber === row.skuPartNumber && name === row.productName && family === row.family) continue;
    db.run('UPDATE products SET skuPartNumber = ?, productName = ?, family = ? WHERE productKey = ?', [
      partNumber,
      name,
      family,
      Number(row.productKey),
    ]);
  }
  const plans = db.rows(`SELECT DISTINCT s.servicePlanId AS id, n.friendlyName AS name
    FROM servicePlans s LEFT JOIN planNames n ON n.servicePlanId = s.servicePlanId`);
  for (const { id, name } of plans) {
    const friendly = catalogue.plan(String(id))?.friendlyName ?? null;
    if (friendly === null || friendly === name) continue;
    db.run('INSERT OR REPLACE INTO planNames VALUES (?, ?)', [String(id), friendly]);
  }
}

/**
 * Products that a tenant has or whose seats somebody holds.
 * @param held keys of products that somebody holds by assignments which are still to be stored
 */
export function readProducts(
  db: SqlDatabase,
  tenantKey: number,
  held: readonly number[] = [],
): TenantProducts {
  const catalogue = readCatalogue(db);
  const plansOf = new Map<number, ProductPlan[]>();
  db.each(
    'SELECT productKey, servicePlanId, servicePlanName FROM servicePlans WHERE tenantKey = ?',
    [tenantKey],
    ([key, servicePlanId, servicePlanName]) => {
      const ofProduct = plansOf.get(Number(key)) ?? [];
      ofProduct.push({ servicePlanId: String(servicePlanId), servicePlanName: String(servicePlanName) });
      plansOf.set(Number(key), ofProduct);
    },
  );
  const judged = new Map<number, string>();
  const keyOf = new Map<string, number>();
  const partNumbers = new Map<string, string>();
  const services = new Map<string, SkuServices>();
  const plans = new Map<string, readonly ProductPlan[]>();
  // Products that the tenant no longer has can still be held; Microsoft's list tells what they grant.
  db.each(
    `SELECT p.productKey, p.skuId, p.skuPartNumber, l.appliesTo FROM products p
     LEFT JOIN licenses l ON l.productKey = p.productKey AND l.tenantKey = ?1
     WHERE l.productKey IS NOT NULL OR p.productKey IN (SELECT productKey FROM assignments WHERE tenantKey = ?1)
       OR p.productKey IN (SELECT value FROM json_each(?2))`,
    [tenantKey, JSON.stringify(held)],
    ([productKey, id, partNumber, appliesTo]) => {
      const key = Number(productKey);
      const skuId = String(id);
      const servicePlans = plansOf.get(key) ?? cataloguePlans(catalogue, skuId);
      keyOf.set(skuId, key);
      plans.set(skuId, servicePlans);
      if (partNumber !== null) partNumbers.set(skuId, String(partNumber));
      if (appliesTo !== null && String(appliesTo).toLowerCase() !== 'user') return;
      judged.set(key, skuId);
      const skuPartNumber = partNumber === null ? '' : String(partNumber);
      services.set(skuId, skuServices({ skuId, skuPartNumber, servicePlans }));
    },
  );
  return { judged, keyOf, partNumbers, services, plans };
}

function cataloguePlans(catalogue: KnownCatalogue, skuId: string): readonly ProductPlan[] {
  return (catalogue.product(skuId)?.servicePlanIds ?? []).flatMap((servicePlanId) => {
    const plan = catalogue.plan(servicePlanId);
    return plan === undefined ? [] : [{ servicePlanId, servicePlanName: plan.name }];
  });
}
