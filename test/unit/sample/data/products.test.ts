import assert from 'node:assert/strict';
import catalog from '../../../../src/core/catalog/products.json';
import { products, unlistedProduct } from '../../../../src/sample/data/products';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('sample tenant: products', () => {
  it('have ids in lower case, each once, and plans', () => {
    assert.equal(new Set(products.map((product) => product.skuId)).size, products.length);
    assert.equal(new Set(products.map((product) => product.skuPartNumber)).size, products.length);
    for (const product of products) {
      assert.match(product.skuId, guid);
      assert.match(product.reportName, /^[^a-z]+$/);
      assert.ok(product.plans.length > 0, product.skuPartNumber);
      assert.equal(new Set(product.plans.map((plan) => plan.id)).size, product.plans.length);
      for (const plan of product.plans) {
        assert.match(plan.id, guid);
        assert.match(plan.name, /^\S+$/);
      }
    }
  });

  it('are on Microsoft’s list, but for the one that nobody can name', () => {
    const text = JSON.stringify(catalog);
    for (const product of products) {
      assert.equal(text.includes(product.skuId), product !== unlistedProduct, product.skuPartNumber);
    }
  });
});
