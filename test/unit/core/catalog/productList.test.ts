import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readProductList } from '../../../../src/core/catalog/productList';
import { isLicenseError } from '../../../../src/core/foundation/errors';

const header =
  'Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names';
const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const e5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const exchange = 'efb87545-963c-4e0d-99df-69c6916d9eb0';
const teams = '57ff2da0-773e-42df-b2af-ffb7a2317929';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const read = (...lines: string[]): ReturnType<typeof readProductList> =>
  readProductList(bytes([header, ...lines].join('\n')));

function refusal(data: Uint8Array): string {
  try {
    readProductList(data);
  } catch (error) {
    assert(isLicenseError(error, 'invalidArgument'));
    return error.message;
  }
  return assert.fail('It was accepted.');
}

describe('list of products', () => {
  it('is read by product and plan', () => {
    const { products, plans, skippedRows } = read(
      `Microsoft 365 E3,SPE_E3,${e3},EXCHANGE_S_ENTERPRISE,${exchange},Exchange Online (Plan 2)`,
      `Microsoft 365 E3,SPE_E3,${e3},TEAMS1,${teams},Microsoft Teams`,
      `"Microsoft 365 E5, with everything",SPE_E5,${e5.toUpperCase()},TEAMS1,${teams},Microsoft Teams`,
    );
    assert.deepEqual(Object.fromEntries(products), {
      [e3]: {
        skuId: e3,
        skuPartNumber: 'SPE_E3',
        name: 'Microsoft 365 E3',
        servicePlanIds: [exchange, teams],
      },
      [e5]: {
        skuId: e5,
        skuPartNumber: 'SPE_E5',
        name: 'Microsoft 365 E5, with everything',
        servicePlanIds: [teams],
      },
    });
    assert.deepEqual(plans.get(teams), {
      servicePlanId: teams,
      name: 'TEAMS1',
      friendlyName: 'Microsoft Teams',
    });
    assert.equal(plans.size, 2);
    assert.equal(skippedRows, 0);
  });

  it('finds columns by their names, wherever they stand and however they are written', () => {
    const text = [
      'Extra;service plan id;GUID;String_ID;Product Display Name;Service_Plan_Name;Service_Plans_Included_Friendly_Names',
      `x;${teams};${e3};SPE_E3;Microsoft 365 E3;TEAMS1;Microsoft Teams`,
    ].join('\r\n');
    assert.equal(readProductList(bytes(`\ufeff${text}`)).products.get(e3)?.name, 'Microsoft 365 E3');
  });

  it('takes the most frequent spelling, counts repeated rows once, and prefers what does not shout', () => {
    const { products, plans } = read(
      `New Name,SPE_E3,${e3},TEAMS1,${teams},MICROSOFT TEAMS`,
      `Old Name,SPE_E3,${e3},EXCHANGE,${exchange},Exchange`,
      `Old Name,SPE_E3,${e3},EXCHANGE,${exchange},Exchange`,
      `Old Name,SPE_E3,${e3},EXCHANGE,${exchange},Exchange`,
      `New Name,SPE_E3,${e3},THIRD,00000000-0000-4000-8000-000000000003,Third`,
      `Other,SPE_E5,${e5},TEAMS1,${teams},Microsoft Teams`,
    );
    assert.equal(products.get(e3)?.name, 'New Name');
    assert.equal(plans.get(teams)?.friendlyName, 'Microsoft Teams');
  });

  it('cleans names of blanks of all kinds, control characters and turned directions', () => {
    const { products, plans } = read(
      `\u00a0Microsoft\u00a0 365\u202e E3\u0000 , SPE_E3\t,${e3},TEAMS1,${teams},`,
    );
    assert.equal(products.get(e3)?.name, 'Microsoft 365 E3');
    assert.equal(products.get(e3)?.skuPartNumber, 'SPE_E3');
    assert.equal(plans.get(teams)?.friendlyName, 'TEAMS1', 'a plan without a name for people has its own');
  });

  it('understands the encodings in which such a file is saved', () => {
    const text = `${header}\r\nMicrosoft 365 – Größe,SPE_E3,${e3},TEAMS1,${teams},Teams`;
    const latin = Buffer.from(text.replace('–', '\u0096'), 'latin1');
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const data of [bytes(text), latin, wide]) {
      assert.equal(readProductList(data).products.get(e3)?.name, 'Microsoft 365 – Größe');
    }
  });

  it('leaves out rows without proper ids, and refuses a file full of them', () => {
    const good = Array.from(
      { length: 98 },
      (_, index) =>
        `Product ${index},P${index},00000000-0000-4000-8000-${String(index).padStart(12, '0')},T,${teams},Teams`,
    );
    const bad = `Bad,BAD,no-guid,T,${teams},Teams`;
    assert.equal(read(...good, bad, '', ',,,,,').skippedRows, 1);
    assert.match(refusal(bytes([header, ...good, bad, bad, bad].join('\n'))), /3 of its 101 rows/);
  });

  it('says what is wrong with another file', () => {
    assert.match(refusal(bytes('')), /lacks the columns Product_Display_Name/);
    assert.match(refusal(bytes('<!DOCTYPE html><html></html>')), /a web page/);
    assert.match(refusal(bytes(header)), /no products/);
    assert.match(refusal(bytes(header.replace(',GUID', ''))), /lacks the column GUID\./);
    assert.match(refusal(bytes('"never closed')), /not a CSV file/);
    assert.match(refusal(new Uint8Array(32 * 1024 * 1024 + 1)), /larger than 32 MB/);
  });

  it('never answers hostile bytes with anything but a list or a refusal', () => {
    const cell = fc.oneof(
      fc.constantFrom(e3, teams, '"', '""', '=cmd()', '__proto__', 'constructor', '\u0000', '\ud800', ''),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.uuid(),
    );
    const text = fc
      .array(fc.array(cell, { minLength: 1, maxLength: 8 }), { maxLength: 12 })
      .map((rows) => [header, ...rows.map((row) => row.join(','))].join('\n'));
    const anything = fc.oneof(text.map(bytes), fc.uint8Array({ maxLength: 200 }));
    fc.assert(
      fc.property(anything, (data) => {
        try {
          const { products, plans } = readProductList(data);
          assert(products.size > 0);
          for (const product of products.values()) {
            assert.match(product.skuId, /^[0-9a-f-]{36}$/);
            assert.doesNotMatch(product.name, /[\u0000-\u001f]/);
            assert(product.name !== '' && product.name.length <= 300);
            for (const id of product.servicePlanIds) assert(plans.has(id));
          }
        } catch (error) {
          assert(isLicenseError(error, 'invalidArgument'), String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives every well-formed list back as it went in', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9"(),;+'=-]{1,40}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.uuid(), name, fc.uuid()), { selector: ([id]) => id, minLength: 1 }),
        (rows) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const lines = rows.map(([id, text, plan]) =>
            [quoted(text), 'PART', id, 'PLAN', plan, quoted(text)].join(','),
          );
          const { products } = read(...lines);
          assert.deepEqual(
            [...products.values()].map((product) => [product.skuId, product.name]),
            rows.map(([id, text]) => [id, text]),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});
