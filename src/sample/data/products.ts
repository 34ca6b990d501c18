import productTable from './products.json';

/** A product as Microsoft's list of product names and service plan identifiers has it. */
export interface SampleProduct {
  readonly skuPartNumber: string;
  readonly skuId: string;
  /** Upper-case name, as the usage reports print it. */
  readonly reportName: string;
  readonly plans: readonly { readonly id: string; readonly name: string }[];
}

/** A product that is on nobody's list: what a brand-new or private product looks like. */
export const unlistedProduct: SampleProduct = {
  skuPartNumber: 'CONTOSO_FIELD_PREVIEW',
  skuId: 'd8b1f0c6-3a57-4e9e-8d24-51c07f2a9b3e',
  reportName: 'CONTOSO FIELD PREVIEW',
  plans: [{ id: '0f6cf4de-77b9-4a35-9a0e-c2d5b8e61f48', name: 'CONTOSO_FIELD_PREVIEW_S' }],
};

/**
 * The products of the sample tenant. Ids are copied by a program from Microsoft's list, never typed.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 */
export const products: readonly SampleProduct[] = [
  ...productTable.map((product) => ({
    skuPartNumber: product.skuPartNumber,
    skuId: product.skuId,
    reportName: product.reportName,
    plans: product.plans.map(([id = '', name = '']) => ({ id, name })),
  })),
  unlistedProduct,
];

const byPartNumber = new Map(products.map((product) => [product.skuPartNumber, product]));
const byId = new Map(products.map((product) => [product.skuId, product]));

/** The product of a part number. Throws when the sample does not know it. */
export function product(skuPartNumber: string): SampleProduct {
  const found = byPartNumber.get(skuPartNumber);
  if (!found) throw new Error(`The sample tenant has no product ${skuPartNumber}.`);
  return found;
}

/** The product of a SKU id, in any case. */
export function productById(skuId: string): SampleProduct | undefined {
  return byId.get(skuId.toLowerCase());
}

/** The id of a service plan by its name. Throws when the product lacks it. */
export function planId(skuPartNumber: string, planName: string): string {
  const found = product(skuPartNumber).plans.find((plan) => plan.name === planName);
  if (!found) throw new Error(`${skuPartNumber} has no service plan ${planName}.`);
  return found.id;
}
