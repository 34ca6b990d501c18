import { csvText } from '../export/csvText';
import type { Purchase } from '../model/purchases';
import { optionalPriceBookColumns, priceBookColumns } from './priceBookFormat';

/** A purchase as it stands in a price book. */
export interface PricedPurchase extends Purchase {
  readonly skuPartNumber: string;
}

/**
 * Purchases as a price book that {@link readPriceBook} reads: RFC 4180, CRLF, guarded against formulas. Sorted by
 * product and first day, so that two exports of the same purchases are the same.
 */
export function priceBookText(purchases: readonly PricedPurchase[]): string {
  const columns = [...priceBookColumns, ...optionalPriceBookColumns];
  const key = ({ skuPartNumber, effectiveDate, purchaseId }: PricedPurchase): string =>
    [skuPartNumber, effectiveDate, purchaseId].join('\n');
  const sorted = [...purchases].sort((left, right) => (key(left) < key(right) ? -1 : 1));
  return csvText([columns, ...sorted.map((purchase) => columns.map((column) => purchase[column]))]);
}
