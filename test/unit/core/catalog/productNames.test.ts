import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { isFreeProduct } from '../../../../src/core/catalog/freeProducts';
import freeProducts from '../../../../src/core/catalog/freeProducts.json';
import { matchesAny } from '../../../../src/core/catalog/namePattern';
import { planName, productCatalog, productName } from '../../../../src/core/catalog/productNames';
import plansOfProducts from './plansOfProducts.json';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('productName', () => {
  it('finds by id, whatever the case and whatever the part number says', () => {
    assert.equal(productName('05e9a617-0261-4cee-bb44-138d3ef5d965', 'SPE_E3'), 'Microsoft 365 E3');
    assert.equal(
      productName('CBDC14AB-D96C-4C30-B9F4-6ADA7CDC1D46', 'anything'),
      'Microsoft 365 Business Premium',
    );
  });

  it('falls back to the part number for a product that the list lacks', () => {
    assert.equal(productName('00000000-0000-0000-0000-00000000beef', 'SPE_E9'), 'SPE_E9');
    assert.equal(planName('00000000-0000-0000-0000-00000000beef', 'NEW_PLAN'), 'NEW_PLAN');
  });

  it('takes one name where the list has several', () => {
    // 4b74a65c… is "Power Virtual Agent User License" and "Microsoft Copilot Studio User License", equally often.
    assert.equal(
      productName('4b74a65c-8b4a-4fc8-9f6b-5177ed11ddfa', 'VIRTUAL_AGENT_USL'),
      'Microsoft Copilot Studio User License',
    );
  });

  it('tells products apart that share a part number', () => {
    const twins = [...productCatalog().products.values()].filter((p) => p.skuPartNumber === 'MCOPSTN5');
    assert.equal(twins.length, 2);
  });
});

describe('productCatalog', () => {
  const { products, plans, listDate, source } = productCatalog();

  it('holds Microsoft’s whole list, whose counts are known', () => {
    assert.equal(products.size, 619);
    assert.equal(plans.size, 791);
    assert.match(listDate, /^\d{4}-\d{2}-\d{2}$/);
    assert.match(source, /^https:\/\/learn\.microsoft\.com\//);
  });

  it('has ids in lower case and texts without stray blanks', () => {
    for (const product of products.values()) {
      assert.match(product.skuId, guid);
      assert.ok(product.servicePlanIds.length > 0, product.skuPartNumber);
      for (const id of product.servicePlanIds) assert.ok(plans.has(id), id);
      assert.match(product.name, /^\S(?:.*\S)?$/);
      assert.doesNotMatch(product.name + product.skuPartNumber, /[\u00a0\t]| {2}/);
    }
    for (const plan of plans.values()) {
      assert.match(plan.servicePlanId, guid);
      assert.match(plan.name, /^\S(?:.*\S)?$/);
      assert.doesNotMatch(plan.name + plan.friendlyName, /[\u00a0\t]| {2}/);
    }
  });

  it('gives a product the plans that the list gives it', () => {
    const byPart = new Map([...products.values()].map((product) => [product.skuPartNumber, product]));
    for (const partNumber of ['EXCHANGESTANDARD', 'VISIOCLIENT', 'POWER_BI_PRO'] as const) {
      const names = byPart.get(partNumber)?.servicePlanIds.map((id) => plans.get(id)?.name);
      assert.deepEqual(names?.sort(), [...plansOfProducts[partNumber]].sort(), partNumber);
    }
  });

  it('is small', () => {
    const file = path.join(__dirname, '../../../../src/core/catalog/products.json');
    assert.ok(fs.statSync(file).size < 250_000);
  });
});

describe('isFreeProduct', () => {
  it('knows free products and does not take paid ones for free', () => {
    assert.ok(isFreeProduct('FLOW_FREE'));
    assert.ok(isFreeProduct('WINDOWS_STORE'));
    assert.ok(isFreeProduct('POWER_BI_STANDARD_FACULTY'));
    assert.ok(!isFreeProduct('POWER_BI_PRO'));
    assert.ok(!isFreeProduct('SPE_E5'));
    assert.ok(!isFreeProduct('STREAM_P2'));
  });

  it('lists only part numbers that exist', () => {
    const partNumbers = [...productCatalog().products.values()].map((product) => product.skuPartNumber);
    for (const pattern of freeProducts.partNumbers) {
      assert.ok(
        partNumbers.some((partNumber) => matchesAny(partNumber, [pattern])),
        pattern,
      );
    }
  });
});

describe('matchesAny', () => {
  it('takes * for any text and nothing else for a sign', () => {
    assert.ok(matchesAny('abc', ['ABC']));
    assert.ok(!matchesAny('abcd', ['abc']));
    assert.ok(matchesAny('abcd', ['abc*']));
    assert.ok(matchesAny('abc', ['abc*']));
    assert.ok(matchesAny('a_x_y_b', ['a_*_b']));
    assert.ok(!matchesAny('a_b', ['a_*_b']));
    assert.ok(matchesAny('a1b2c', ['a*b*c']));
    assert.ok(!matchesAny('a1c', ['a*b*c']));
    assert.ok(!matchesAny('axc', ['a.c']));
  });
});
