import data from './productFamilies.json';
import { matchesAny } from './namePattern';

/** The family of products that no other one knows. */
export const otherFamily: string = data.other;

/** Every family that {@link productFamily} can give, in the order they are asked. */
export const productFamilies: readonly string[] = [
  ...data.families.map((entry) => entry.family),
  otherFamily,
];

/**
 * The family of products that a license is grouped under, for example `Power Platform`; never empty.
 * @param name Microsoft's name of the product. A name given by a user may decide too, but only for a part number
 * that no family knows.
 */
export function productFamily(skuPartNumber: string, name: string): string {
  const known =
    data.families.find((entry) => matchesAny(skuPartNumber, entry.partNumbers)) ??
    data.families.find((entry) => matchesAny(name, entry.names));
  return known?.family ?? otherFamily;
}
