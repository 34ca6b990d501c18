import catalogFile from './products.json';

/** A product of Microsoft's list. */
export interface CatalogProduct {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly name: string;
  readonly servicePlanIds: readonly string[];
}

/** A service plan of Microsoft's list. */
export interface CatalogPlan {
  readonly servicePlanId: string;
  /** `servicePlanName` of Graph, for example `EXCHANGE_S_ENTERPRISE`. */
  readonly name: string;
  readonly friendlyName: string;
}

/** Microsoft's list by id (lower-case GUIDs). */
export interface ProductCatalog {
  /** Page that the list is linked from. */
  readonly source: string;
  /** Date of the list, `YYYY-MM-DD`. */
  readonly listDate: string;
  readonly products: ReadonlyMap<string, CatalogProduct>;
  readonly plans: ReadonlyMap<string, CatalogPlan>;
}

let parsed: ProductCatalog | null = null;

/**
 * Microsoft's list of products and service plans. Its lines are taken apart at the first call, not on import.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 */
export function productCatalog(): ProductCatalog {
  parsed ??= parse();
  return parsed;
}

/**
 * The name of a product as Microsoft writes it, found by id alone because part numbers and names are not unique.
 * A product that the list does not have (it lags by weeks) is called by its part number.
 */
export function productName(skuId: string, skuPartNumber: string): string {
  return productCatalog().products.get(skuId.toLowerCase())?.name ?? skuPartNumber;
}

/** The name of a service plan as Microsoft writes it for people, or the given name when the list lacks it. */
export function planName(servicePlanId: string, servicePlanName: string): string {
  return productCatalog().plans.get(servicePlanId.toLowerCase())?.friendlyName ?? servicePlanName;
}

function parse(): ProductCatalog {
  const plans = catalogFile.plans.map((line): CatalogPlan => {
    const [servicePlanId = '', name = '', friendlyName = ''] = line.split('|');
    return { servicePlanId, name, friendlyName };
  });
  const products = catalogFile.products.map((line): CatalogProduct => {
    const [skuId = '', skuPartNumber = '', name = '', numbers = ''] = line.split('|');
    const servicePlanIds = numbers.split(' ').flatMap((number) => plans[Number(number)]?.servicePlanId ?? []);
    return { skuId, skuPartNumber, name, servicePlanIds };
  });
  return {
    source: catalogFile.source,
    listDate: catalogFile.listDate,
    products: new Map(products.map((product) => [product.skuId, product])),
    plans: new Map(plans.map((plan) => [plan.servicePlanId, plan])),
  };
}
