import assert from 'node:assert/strict';
import {
  catalogueChanges,
  catalogueEntries,
  knownProductNames,
} from '../../../../src/core/catalog/catalogueUpdate';
import { productCatalog } from '../../../../src/core/catalog/productNames';
import type { ProductList } from '../../../../src/core/catalog/productList';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { guid, importRows, sku, tenantId } from '../../../support/storeRows';

const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const day = { settings: { inactivityDays: 30, graceDays: 30 }, today: '2026-11-10' };

/** A list with the products given. */
function listOf(names: Readonly<Record<string, string>>): ProductList {
  const plan = { servicePlanId: guid(77), name: 'PLAN', friendlyName: 'Plan' };
  return {
    products: new Map(
      Object.entries(names).map(([skuId, name]) => [
        skuId,
        { skuId, skuPartNumber: `PART_${name}`, name, servicePlanIds: [plan.servicePlanId] },
      ]),
    ),
    plans: new Map([[plan.servicePlanId, plan]]),
    skippedRows: 0,
  };
}

describe('update of the product names', () => {
  it('tells what is new, renamed and missing', () => {
    const known = new Map([
      ['a', 'Alpha'],
      ['b', 'Beta'],
      ['c', 'Gamma'],
    ]);
    assert.deepEqual(catalogueChanges(listOf({ a: 'Alpha', b: 'Bravo', d: 'Delta' }), known), {
      products: 3,
      plans: 1,
      added: [{ skuId: 'd', name: 'Delta' }],
      renamed: [{ skuId: 'b', from: 'Beta', to: 'Bravo' }],
      missing: 1,
      skippedRows: 0,
    });
  });

  it('refuses a list with less than half of what is known, however long it is', () => {
    const known = new Map(Array.from({ length: 5 }, (_, index) => [String(index), 'name']));
    assert.equal(catalogueChanges(listOf({ 0: 'x', 1: 'x', 2: 'x' }), known).missing, 2);
    assert.throws(
      () => catalogueChanges(listOf({ 0: 'x', 1: 'x', a: 'x', b: 'x', c: 'x', d: 'x', e: 'x' }), known),
      (error) => isLicenseError(error, 'invalidArgument') && error.message.includes('2 of the 5'),
    );
  });

  describe('in the data file', () => {
    let test: TestStore;
    const unknown = guid(901);
    before(async () => {
      test = await createTestStore();
      await importRows(test.store, {
        subscribedSkus: [sku(e3, 'SPE_E3', { enabled: 5 }), sku(unknown, 'BRAND_NEW', { enabled: 1 })],
      });
    });
    after(() => test.dispose());
    const names = (): unknown[] =>
      test
        .sqlite3('SELECT skuId, productName FROM v_licenses ORDER BY skuPartNumber')
        .map((row) => row['productName']);

    it('gives names everywhere, below those that users gave', async () => {
      assert.deepEqual(names(), ['BRAND_NEW', 'Microsoft 365 E3']);
      const { products } = productCatalog();
      const all = Object.fromEntries([...products.values()].map(({ skuId, name }) => [skuId, name]));
      assert.deepEqual(await knownProductNames(test.store), new Map(Object.entries(all)));

      const list = listOf({ ...all, [e3]: 'Microsoft 365 E3 (no Teams)', [unknown]: 'Brand New Thing' });
      const changes = catalogueChanges(list, await knownProductNames(test.store));
      assert.deepEqual(changes.added, [{ skuId: unknown, name: 'Brand New Thing' }]);
      assert.deepEqual(changes.renamed, [
        { skuId: e3, from: 'Microsoft 365 E3', to: 'Microsoft 365 E3 (no Teams)' },
      ]);
      await test.store.saveCatalogue(catalogueEntries(list), '2099-01-01', day);
      assert.deepEqual(names(), ['Brand New Thing', 'Microsoft 365 E3 (no Teams)']);
      assert.equal((await knownProductNames(test.store)).get(e3), 'Microsoft 365 E3 (no Teams)');

      await test.store.saveLicenseSettings(`${tenantId}_${e3}`, { name: 'Our suite' }, day);
      assert.deepEqual(names(), ['Brand New Thing', 'Our suite']);
      assert.equal((await knownProductNames(test.store)).get(e3), 'Microsoft 365 E3 (no Teams)');
    });

    it('lets an older list only add what the bundled one lacks', async () => {
      await test.store.saveLicenseSettings(`${tenantId}_${e3}`, { name: null }, day);
      const list = listOf({ [e3]: 'Very old name', [unknown]: 'Old thing' });
      await test.store.saveCatalogue(catalogueEntries(list), '2001-01-01', day);
      assert.deepEqual(names(), ['Old thing', 'Microsoft 365 E3']);
      const known = await knownProductNames(test.store);
      assert.equal(known.get(e3), 'Microsoft 365 E3');
      assert.equal(known.get(unknown), 'Old thing');
    });
  });
});
