import { parse } from 'csv-parse/sync';
import { LicenseError } from '../foundation/errors';
import { isGuid } from '../model/networkNames';

/** A product of the list. Ids in lower case. */
export interface ListedProduct {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly name: string;
  /** In the order of the list, each once. */
  readonly servicePlanIds: readonly string[];
}

/** A service plan of the list. */
export interface ListedPlan {
  readonly servicePlanId: string;
  readonly name: string;
  readonly friendlyName: string;
}

/** Microsoft's list of products and service plans. */
export interface ProductList {
  readonly products: ReadonlyMap<string, ListedProduct>;
  readonly plans: ReadonlyMap<string, ListedPlan>;
  /** Rows that were left out, because an id is none or a name is missing or endless. */
  readonly skippedRows: number;
}

/** Largest file that is read; Microsoft's has about a megabyte. */
export const maxListBytes = 32 * 1024 * 1024;
const maxRows = 300_000;
const maxNameLength = 300;
/** Part of the rows that may be wrong before the whole file is. */
const maxSkippedShare = 0.02;

const columns = {
  name: 'Product_Display_Name',
  partNumber: 'String_Id',
  skuId: 'GUID',
  planName: 'Service_Plan_Name',
  planId: 'Service_Plan_Id',
  planFriendlyName: 'Service_Plans_Included_Friendly_Names',
} as const;

type Column = keyof typeof columns;

/**
 * Reads "Product names and service plan identifiers for licensing", Microsoft's CSV. Columns are found by name, rows
 * belong together by id alone, and of several spellings of one name the most frequent counts.
 * @throws `invalidArgument` with a sentence that says what is wrong with the file
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 */
export function readProductList(bytes: Uint8Array): ProductList {
  if (bytes.byteLength > maxListBytes) throw refused('It is larger than 32 MB.');
  const rows = parsedRows(decoded(bytes));
  const [header = [], ...body] = rows;
  const place = columnPlaces(header);
  const products = new Map<string, ProductSpellings>();
  const plans = new Map<string, PlanSpellings>();
  const seen = new Set<string>();
  let skippedRows = 0;
  let readRows = 0;
  for (const cells of body) {
    const row = rowOf(cells, place);
    if (Object.values(row).every((cell) => cell === '')) continue;
    readRows += 1;
    if (!isUsable(row)) {
      skippedRows += 1;
      continue;
    }
    // The list repeats some rows; a repeated one must not outvote another spelling.
    const key = JSON.stringify(row);
    if (seen.has(key)) continue;
    seen.add(key);
    addTo(products, plans, row);
  }
  if (products.size === 0) throw refused('It has no products.');
  if (skippedRows > readRows * maxSkippedShare) {
    throw refused(`${skippedRows} of its ${readRows} rows have no proper ids or names.`);
  }
  return { products: listedProducts(products), plans: listedPlans(plans), skippedRows };
}

interface Row {
  readonly name: string;
  readonly partNumber: string;
  readonly skuId: string;
  readonly planName: string;
  readonly planId: string;
  readonly planFriendlyName: string;
}

interface ProductSpellings {
  readonly partNumber: Spellings;
  readonly name: Spellings;
  readonly plans: Set<string>;
}

interface PlanSpellings {
  readonly name: Spellings;
  readonly friendlyName: Spellings;
}

/** Counts the spellings that the list has for one thing. */
class Spellings {
  private readonly counts = new Map<string, number>();

  add(text: string): void {
    this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
  }

  /** The most frequent one; among equals one that is not all upper case; then the first by code point. */
  get best(): string {
    const shouting = (text: string): number => (text === text.toUpperCase() ? 1 : 0);
    const [best] = [...this.counts].sort(
      ([a, countA], [b, countB]) => countB - countA || shouting(a) - shouting(b) || (a < b ? -1 : 1),
    );
    return best?.[0] ?? '';
  }
}

/** What bytes 0x80 to 0x9f are in Windows-1252. @see https://encoding.spec.whatwg.org/index-windows-1252.txt */
const windowsCharacters = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** UTF-8 as a rule; UTF-16 when it says so, and Windows' Latin when it is no UTF-8. */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not the decoder of that name: some versions of Node give control characters for these 32 bytes.
    return Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, (character) => windowsCharacters.charAt(character.charCodeAt(0) - 0x80));
  }
}

function parsedRows(text: string): string[][] {
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) throw refused('It is a web page.');
  // Spreadsheets of some countries write other separators when they save a CSV file again.
  const delimiter = [',', ';', '\t'].find((candidate) => firstLine.includes(candidate)) ?? ',';
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
      to: maxRows + 1,
    });
  } catch {
    throw refused('It is not a CSV file.');
  }
}

function columnPlaces(header: readonly string[]): Readonly<Record<Column, number>> {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const names = header.map(plain);
  const place = (column: Column): number => names.indexOf(plain(columns[column]));
  const missing = (Object.keys(columns) as Column[]).filter((column) => place(column) < 0);
  if (missing.length > 0) {
    const list = missing.map((column) => columns[column]).join(', ');
    throw refused(`It lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${list}.`);
  }
  return {
    name: place('name'),
    partNumber: place('partNumber'),
    skuId: place('skuId'),
    planName: place('planName'),
    planId: place('planId'),
    planFriendlyName: place('planFriendlyName'),
  };
}

function rowOf(cells: readonly string[], place: Readonly<Record<Column, number>>): Row {
  const cell = (column: Column): string => clean(cells[place[column]] ?? '');
  return {
    name: cell('name'),
    partNumber: cell('partNumber'),
    skuId: cell('skuId').toLowerCase(),
    planName: cell('planName'),
    planId: cell('planId').toLowerCase(),
    planFriendlyName: cell('planFriendlyName'),
  };
}

/** Microsoft's words without control characters, no-break spaces and blanks at the ends. */
function clean(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
}

function isUsable(row: Row): boolean {
  const fits = (text: string): boolean => text !== '' && text.length <= maxNameLength;
  return (
    isGuid(row.skuId) &&
    isGuid(row.planId) &&
    fits(row.partNumber) &&
    fits(row.planName) &&
    row.name.length <= maxNameLength &&
    row.planFriendlyName.length <= maxNameLength
  );
}

function addTo(products: Map<string, ProductSpellings>, plans: Map<string, PlanSpellings>, row: Row): void {
  const product = products.get(row.skuId) ?? {
    partNumber: new Spellings(),
    name: new Spellings(),
    plans: new Set<string>(),
  };
  products.set(row.skuId, product);
  product.partNumber.add(row.partNumber);
  if (row.name !== '') product.name.add(row.name);
  product.plans.add(row.planId);
  const plan = plans.get(row.planId) ?? { name: new Spellings(), friendlyName: new Spellings() };
  plans.set(row.planId, plan);
  plan.name.add(row.planName);
  if (row.planFriendlyName !== '') plan.friendlyName.add(row.planFriendlyName);
}

function listedProducts(products: ReadonlyMap<string, ProductSpellings>): Map<string, ListedProduct> {
  return new Map(
    [...products].map(([skuId, { partNumber, name, plans }]) => {
      const skuPartNumber = partNumber.best;
      return [skuId, { skuId, skuPartNumber, name: name.best || skuPartNumber, servicePlanIds: [...plans] }];
    }),
  );
}

function listedPlans(plans: ReadonlyMap<string, PlanSpellings>): Map<string, ListedPlan> {
  return new Map(
    [...plans].map(([servicePlanId, spellings]) => {
      const name = spellings.name.best;
      return [servicePlanId, { servicePlanId, name, friendlyName: spellings.friendlyName.best || name }];
    }),
  );
}

function refused(why: string): LicenseError {
  return new LicenseError(
    'invalidArgument',
    `This is not Microsoft’s list of product names and service plans: ${why.charAt(0).toLowerCase()}${why.slice(1)} Nothing was changed.`,
  );
}
