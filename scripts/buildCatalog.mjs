// Makes src/core/catalog/products.json from Microsoft's list "Product names and service plan identifiers for
// licensing", whose CSV is linked from the page below and is not kept here.
//   node scripts/buildCatalog.mjs <file.csv> <date of the list, YYYY-MM-DD>
import fs from 'node:fs';
import path from 'node:path';
import { tsImport } from 'tsx/esm/api';

const page = 'https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference';
const target = path.join(import.meta.dirname, '..', 'src', 'core', 'catalog', 'products.json');
// The same reader as that of the command which updates the catalog.
/** @type {typeof import('../src/core/catalog/productList')} */
const { readProductList } = await tsImport('../src/core/catalog/productList.ts', import.meta.url);

function lineOf(/** @type {string[]} */ fields) {
  if (fields.some((field) => field.includes('|'))) throw new Error(`A field contains |: ${fields.join(' ')}`);
  return fields.join('|');
}

const [file, listDate = ''] = process.argv.slice(2);
if (file === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(listDate)) {
  console.error('Usage: node scripts/buildCatalog.mjs <file.csv> <date of the list, YYYY-MM-DD>');
  process.exit(2);
}
const { products, plans, skippedRows } = readProductList(fs.readFileSync(file));
const planIds = [...plans.keys()].sort();
const planNumber = new Map(planIds.map((id, index) => [id, index]));
const catalog = {
  about:
    'Product names and service plan identifiers of Microsoft 365, made by scripts/buildCatalog.mjs. plans: id|name|friendly name. products: id|part number|product name|numbers of its plans, counted from 0.',
  source: page,
  listDate,
  plans: planIds.map((id) => lineOf([id, plans.get(id)?.name ?? '', plans.get(id)?.friendlyName ?? ''])),
  products: [...products.values()]
    .sort((a, b) => (a.skuId < b.skuId ? -1 : 1))
    .map(({ skuId, skuPartNumber, name, servicePlanIds }) => {
      const numbers = servicePlanIds.map((planId) => planNumber.get(planId) ?? 0).sort((a, b) => a - b);
      return lineOf([skuId, skuPartNumber, name, numbers.join(' ')]);
    }),
};
fs.writeFileSync(target, `${JSON.stringify(catalog, null, 2)}\n`);
console.log(
  `${catalog.products.length} products and ${catalog.plans.length} plans in ${fs.statSync(target).size} bytes; ${skippedRows} rows left out.`,
);
