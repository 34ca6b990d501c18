import data from './freeProducts.json';
import { matchesAny } from './namePattern';

/** Whether a product is free of charge, so that its units say nothing about what was bought. */
export function isFreeProduct(skuPartNumber: string): boolean {
  return matchesAny(skuPartNumber, data.partNumbers);
}
