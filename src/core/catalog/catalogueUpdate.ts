import { LicenseError } from '../foundation/errors';
import type { CatalogueEntry } from '../store/licenseRecords';
import type { Store } from '../store/store';
import { productCatalog } from './productNames';
import type { ProductList } from './productList';

/** A product whose name changed. */
export interface RenamedProduct {
  readonly skuId: string;
  readonly from: string;
  readonly to: string;
}

/** What a newer list brings. */
export interface CatalogueChanges {
  readonly products: number;
  readonly plans: number;
  /** Products that were not known. */
  readonly added: readonly { readonly skuId: string; readonly name: string }[];
  readonly renamed: readonly RenamedProduct[];
  /** Products that are known and not in the list; they keep their names. */
  readonly missing: number;
  readonly skippedRows: number;
}

/** The names of products that are known now, by id: Microsoft's, without those that users gave. */
export async function knownProductNames(store: Pick<Store, 'query'>): Promise<Map<string, string>> {
  const { products, listDate } = productCatalog();
  const [taken] = await store.query('SELECT listDate FROM catalogueLists');
  const takenNames = (await store.query('SELECT skuId, productName FROM catalogueProducts')).map(
    (row): [string, string] => [String(row['skuId']), String(row['productName'])],
  );
  const bundled = [...products.values()].map(({ skuId, name }): [string, string] => [skuId, name]);
  // The newer list goes first; the other one has what it lacks.
  const takenIsNewer = String(taken?.['listDate'] ?? '') >= listDate;
  return new Map(takenIsNewer ? [...bundled, ...takenNames] : [...takenNames, ...bundled]);
}

/**
 * Compares a list with what is known.
 * @throws `invalidArgument` for a list that has less than half of the products: it is cut off or another list
 */
export function catalogueChanges(list: ProductList, known: ReadonlyMap<string, string>): CatalogueChanges {
  const listed = [...known.keys()].filter((skuId) => list.products.has(skuId)).length;
  if (listed * 2 < known.size) {
    throw new LicenseError(
      'invalidArgument',
      `The list has ${listed} of the ${known.size} products that are known, so it is not the whole of Microsoft’s list. Nothing was changed.`,
      { listed, known: known.size },
    );
  }
  const products = [...list.products.values()];
  return {
    products: products.length,
    plans: list.plans.size,
    added: products
      .filter(({ skuId }) => !known.has(skuId))
      .map(({ skuId, name }) => ({ skuId, name }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    renamed: products
      .flatMap(({ skuId, name }): RenamedProduct[] => {
        const from = known.get(skuId);
        return from === undefined || from === name ? [] : [{ skuId, from, to: name }];
      })
      .sort((a, b) => (a.to < b.to ? -1 : 1)),
    missing: known.size - listed,
    skippedRows: list.skippedRows,
  };
}

/** The list as the store keeps it. */
export function catalogueEntries(list: ProductList): CatalogueEntry[] {
  return [...list.products.values()].map(({ skuId, skuPartNumber, name, servicePlanIds }) => ({
    skuId,
    skuPartNumber,
    productName: name,
    servicePlans: servicePlanIds.flatMap((servicePlanId) => {
      const plan = list.plans.get(servicePlanId);
      return plan === undefined
        ? []
        : [{ servicePlanId, servicePlanName: plan.name, friendlyName: plan.friendlyName }];
    }),
  }));
}
