// Makes src/core/catalog/products.json from Microsoft's list "Product names and service plan identifiers for
// licensing", whose CSV is linked from the page below and is not kept here.
//   node scripts/buildCatalog.mjs <file.csv> <date of the list, YYYY-MM-DD>
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

const page = 'https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference';
const target = path.join(import.meta.dirname, '..', 'src', 'core', 'catalog', 'products.json');
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Microsoft's words without no-break spaces, tabs and blanks at the ends. */
const clean = (/** @type {string} */ text) => text.replace(/\s+/g, ' ').trim();

/** Counts the spellings that the list has for one id. */
class Spellings {
  /** @type {Map<string, number>} */
  #counts = new Map();

  add(/** @type {string} */ text) {
    if (text !== '') this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
  }

  /** The most frequent one; among equals one that is not all upper case; then the first by code point. */
  get best() {
    const shouting = (/** @type {string} */ text) => (text === text.toUpperCase() ? 1 : 0);
    const [best] = [...this.#counts].sort(
      ([a, countA], [b, countB]) => countB - countA || shouting(a) - shouting(b) || (a < b ? -1 : 1),
    );
    return best?.[0] ?? '';
  }
}

/** @typedef {{ partNumber: Spellings, name: Spellings, plans: Set<string> }} Product */
/** @typedef {{ name: Spellings, friendlyName: Spellings }} Plan */

function read(/** @type {string} */ file) {
  /** @type {Map<string, Product>} */
  const products = new Map();
  /** @type {Map<string, Plan>} */
  const plans = new Map();
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {Record<string, string>[]} */
  const rows = parse(fs.readFileSync(file), { columns: true, bom: true });
  for (const row of rows) {
    const cell = (/** @type {string} */ column) => {
      const value = row[column];
      if (value === undefined) throw new Error(`The list has no column ${column}.`);
      return clean(value);
    };
    const skuId = cell('GUID').toLowerCase();
    const planId = cell('Service_Plan_Id').toLowerCase();
    for (const id of [skuId, planId]) if (!guid.test(id)) throw new Error(`Not a GUID: ${id}`);
    const key = JSON.stringify(Object.values(row).map(clean));
    if (seen.has(key)) continue;
    seen.add(key);

    const product = products.get(skuId) ?? {
      partNumber: new Spellings(),
      name: new Spellings(),
      plans: new Set(),
    };
    products.set(skuId, product);
    product.partNumber.add(cell('String_Id'));
    product.name.add(cell('Product_Display_Name'));
    product.plans.add(planId);

    const plan = plans.get(planId) ?? { name: new Spellings(), friendlyName: new Spellings() };
    plans.set(planId, plan);
    plan.name.add(cell('Service_Plan_Name'));
    plan.friendlyName.add(cell('Service_Plans_Included_Friendly_Names'));
  }
  return { products, plans };
}

function lineOf(/** @type {string[]} */ fields) {
  if (fields.some((field) => field.includes('|'))) throw new Error(`A field contains |: ${fields.join(' ')}`);
  return fields.join('|');
}

const [file, listDate = ''] = process.argv.slice(2);
if (file === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(listDate)) {
  console.error('Usage: node scripts/buildCatalog.mjs <file.csv> <date of the list, YYYY-MM-DD>');
  process.exit(2);
}
const { products, plans } = read(file);
const planIds = [...plans.keys()].sort();
const planNumber = new Map(planIds.map((id, index) => [id, index]));
const catalog = {
  about:
    'Product names and service plan identifiers of Microsoft 365, made by scripts/buildCatalog.mjs. plans: id|name|friendly name. products: id|part number|product name|numbers of its plans, counted from 0.',
  source: page,
  listDate,
  plans: planIds.map((id) => {
    const plan = /** @type {Plan} */ (plans.get(id));
    return lineOf([id, plan.name.best, plan.friendlyName.best]);
  }),
  products: [...products.keys()].sort().map((id) => {
    const product = /** @type {Product} */ (products.get(id));
    const numbers = [...product.plans].map((planId) => planNumber.get(planId) ?? 0).sort((a, b) => a - b);
    return lineOf([id, product.partNumber.best, product.name.best, numbers.join(' ')]);
  }),
};
fs.writeFileSync(target, `${JSON.stringify(catalog, null, 2)}\n`);
console.log(
  `${catalog.products.length} products and ${catalog.plans.length} plans in ${fs.statSync(target).size} bytes.`,
);
