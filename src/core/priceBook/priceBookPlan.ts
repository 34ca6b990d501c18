import type { Purchase } from '../model/purchases';
import type { LicensePurchase } from '../store/licenseRecords';
import { problemAt } from './priceBookReader';
import type { PriceBookProblem, PriceBookRow } from './priceBookFormat';

/** A license that a row can be about. */
export interface PricedLicense {
  readonly licenseId: string;
  readonly skuPartNumber: string;
  readonly productName: string | null;
}

/** What importing a row does. */
export interface PlannedPurchase {
  readonly row: PriceBookRow;
  readonly license: PricedLicense;
  readonly action: 'add' | 'replace' | 'same';
  readonly purchase: LicensePurchase;
}

/** What importing a price book does, all of it or nothing. */
export interface PriceBookPlan {
  readonly entries: readonly PlannedPurchase[];
  readonly problems: readonly PriceBookProblem[];
}

/**
 * Finds the license of each row and what becomes of it. A row with the id of a purchase replaces it; one that is a
 * purchase already, field by field, changes nothing, so that a file can be imported again; any other one is added.
 */
export function planPriceBook(
  rows: readonly PriceBookRow[],
  licenses: readonly PricedLicense[],
  existing: readonly LicensePurchase[],
  newId: () => string,
): PriceBookPlan {
  const byPartNumber = new Map<string, PricedLicense[]>();
  for (const license of licenses) {
    const key = license.skuPartNumber.toLowerCase();
    byPartNumber.set(key, [...(byPartNumber.get(key) ?? []), license]);
  }
  const byId = new Map(existing.map((purchase) => [purchase.purchaseId, purchase]));
  const named = new Set<string>();
  /** Purchases that a row without an id can be; each is one row only. */
  const unclaimed = new Map<string, string[]>();
  const ids = new Set(rows.map(({ purchaseId }) => purchaseId));
  for (const purchase of existing) {
    if (ids.has(purchase.purchaseId)) continue;
    const key = contentOf(purchase.licenseId, purchase);
    unclaimed.set(key, [...(unclaimed.get(key) ?? []), purchase.purchaseId]);
  }
  const entries: PlannedPurchase[] = [];
  const problems: PriceBookProblem[] = [];
  for (const row of rows) {
    const found = byPartNumber.get(row.skuPartNumber.toLowerCase()) ?? [];
    const [license] = found;
    if (license === undefined || found.length > 1) {
      const problem = license === undefined ? 'unknownProduct' : 'ambiguousProduct';
      problems.push(problemAt(row.line, 'skuPartNumber', problem, row.skuPartNumber));
      continue;
    }
    const { line: _, skuPartNumber: __, purchaseId, ...facts } = row;
    const make = (action: PlannedPurchase['action'], id: string): PlannedPurchase => ({
      row,
      license,
      action,
      purchase: { ...facts, purchaseId: id, licenseId: license.licenseId },
    });
    if (purchaseId === null) {
      const same = unclaimed.get(contentOf(license.licenseId, facts))?.shift();
      entries.push(same === undefined ? make('add', newId()) : make('same', same));
      continue;
    }
    const before = byId.get(purchaseId);
    if (named.has(purchaseId)) {
      problems.push(problemAt(row.line, 'purchaseId', 'repeatedPurchase', purchaseId));
    } else if (before?.licenseId !== license.licenseId) {
      problems.push(problemAt(row.line, 'purchaseId', 'unknownPurchase', purchaseId));
    } else {
      const same = contentOf(before.licenseId, before) === contentOf(license.licenseId, facts);
      entries.push(make(same ? 'same' : 'replace', purchaseId));
    }
    named.add(purchaseId);
  }
  return { entries, problems };
}

function contentOf(licenseId: string, purchase: Omit<Purchase, 'purchaseId'>): string {
  const { quantity, amountMinor, amountPer, currency, paymentFrequency } = purchase;
  const { effectiveDate, endingDate, note } = purchase;
  return JSON.stringify([
    ...[licenseId, quantity, amountMinor, amountPer, currency, paymentFrequency],
    ...[effectiveDate, endingDate, note],
  ]);
}
