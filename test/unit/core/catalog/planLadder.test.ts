import assert from 'node:assert/strict';
import { addedPairProblem, catalogLadderProduct, PlanLadder } from '../../../../src/core/catalog/planLadder';
import type { LadderPlan } from '../../../../src/core/catalog/planLadder';
import data from '../../../../src/core/catalog/planLadder.json';
import { productCatalog } from '../../../../src/core/catalog/productNames';

const ladder = new PlanLadder();

function skuIdOf(partNumber: string): string {
  const found = [...productCatalog().products.values()].filter(
    (product) => product.skuPartNumber === partNumber,
  );
  assert.equal(found.length, 1, partNumber);
  return found[0]?.skuId ?? '';
}

function containment(large: string, small: string, off: readonly string[] = []) {
  const product = catalogLadderProduct(skuIdOf(large));
  const disabled = product.plans.filter((plan) => off.includes(plan.servicePlanName));
  assert.equal(disabled.length, off.length, 'plans to switch off exist');
  return ladder.containment(
    product,
    disabled.map((plan) => plan.servicePlanId),
    catalogLadderProduct(skuIdOf(small)),
  );
}

const plan = (name: string): LadderPlan => ({ servicePlanId: `id-${name}`, servicePlanName: name });
const product = (skuId: string, ...names: string[]) => ({ skuId, plans: names.map(plan) });

// Part numbers of the products that the domain reference names.
const businessPremium = 'SPB';
const businessStandard = 'O365_BUSINESS_PREMIUM';
const businessBasic = 'O365_BUSINESS_ESSENTIALS';
const office365E5 = 'ENTERPRISEPREMIUM';
const office365E3 = 'ENTERPRISEPACK';
const office365E1 = 'STANDARDPACK';

const contained: readonly (readonly [string, readonly string[]])[] = [
  [
    'SPE_E5',
    [
      'SPE_E3',
      businessPremium,
      businessStandard,
      businessBasic,
      'OFFICESUBSCRIPTION',
      'O365_BUSINESS',
      office365E5,
      office365E3,
      office365E1,
      'EXCHANGESTANDARD',
      'EXCHANGEENTERPRISE',
      'EMS',
      'EMSPREMIUM',
      'AAD_PREMIUM',
      'AAD_PREMIUM_P2',
      'INTUNE_A',
      'ATP_ENTERPRISE',
      'THREAT_INTELLIGENCE',
      'MCOEV',
      'MCOMEETADV',
      'POWER_BI_PRO',
    ],
  ],
  [
    'SPE_E3',
    [
      office365E3,
      office365E1,
      'EXCHANGESTANDARD',
      'EXCHANGEENTERPRISE',
      'EMS',
      'AAD_PREMIUM',
      'INTUNE_A',
      'OFFICESUBSCRIPTION',
      'O365_BUSINESS',
      businessStandard,
      businessBasic,
      'ATP_ENTERPRISE',
    ],
  ],
  [
    businessPremium,
    [businessStandard, businessBasic, 'EXCHANGESTANDARD', 'EMS', 'AAD_PREMIUM', 'INTUNE_A', 'ATP_ENTERPRISE'],
  ],
  [office365E5, [office365E3, office365E1]],
  [office365E3, [office365E1, 'EXCHANGESTANDARD']],
  ['EMSPREMIUM', ['EMS', 'AAD_PREMIUM_P2']],
  ['EXCHANGEENTERPRISE', ['EXCHANGEDESKLESS']],
];

describe('plan ladder, products of the catalog', () => {
  for (const [large, smalls] of contained) {
    for (const small of smalls) {
      it(`${large} contains ${small}, not the other way round`, () => {
        assert.deepEqual(containment(large, small), { kind: 'contained', missing: [] });
        assert.notEqual(containment(small, large).kind, 'contained');
      });
    }
  }

  it('does not hold Business Premium to be part of E3, because of Defender for Business', () => {
    const result = containment('SPE_E3', businessPremium);
    assert.equal(result.kind, 'no');
    assert.ok(result.missing.includes('MDE_SMB'));
  });

  it('does not hold an enterprise product to be part of Business Premium', () => {
    assert.equal(containment(businessPremium, 'SPE_E3').kind, 'no');
    assert.equal(containment(businessPremium, 'EXCHANGEENTERPRISE').kind, 'no');
    assert.deepEqual(containment(businessPremium, 'EMSPREMIUM'), {
      kind: 'no',
      missing: ['AAD_PREMIUM_P2', 'ADALLOM_S_STANDALONE', 'ATA', 'RMS_S_PREMIUM2'],
    });
  });

  it('subtracts plans that are off', () => {
    assert.deepEqual(containment('SPE_E5', 'EXCHANGEENTERPRISE', ['EXCHANGE_S_ENTERPRISE']), {
      kind: 'no',
      missing: ['EXCHANGE_S_ENTERPRISE'],
    });
    assert.deepEqual(containment('SPE_E5', 'THREAT_INTELLIGENCE', ['MTP']), {
      kind: 'near',
      missing: ['MTP'],
    });
    assert.equal(containment('SPE_E5', 'POWER_BI_PRO', ['SWAY']).kind, 'contained');
  });

  it('does not hold a product to be part of itself', () => {
    assert.equal(containment('SPE_E5', 'SPE_E5').kind, 'no');
  });
});

describe('plan ladder, its file', () => {
  const known = new Map(
    [...productCatalog().plans.values()].map((entry) => [entry.name.toUpperCase(), entry]),
  );

  it('names only plans of the catalog, each in one family', () => {
    const inFamilies = data.families.flatMap((family) => family.ranks.flat());
    const inCovers = data.covers.flatMap((entry) => [entry.plan, ...entry.parts]);
    for (const name of [...inFamilies, ...inCovers]) assert.ok(known.has(name.toUpperCase()), name);
    assert.equal(new Set(inFamilies.map((name) => name.toUpperCase())).size, inFamilies.length);
  });

  it('ignores only what exists', () => {
    for (const pattern of data.ignored.flatMap((entry) => entry.names)) {
      const one = new PlanLadder({ families: [], covers: [], ignored: [{ names: [pattern] }] });
      assert.ok(
        [...known.keys()].some((name) => one.isIgnored(name)),
        pattern,
      );
    }
  });

  it('marks judgments', () => {
    const judged = data.families.filter((family) => 'judgment' in family).map((family) => family.family);
    assert.deepEqual(judged, ['officeApps', 'stream', 'endpoint']);
  });

  it('covers transitively, and never both ways', () => {
    const names = [...known.values()].map((entry) => plan(entry.name));
    const below = new Map(
      names.map((large) => [
        large.servicePlanName,
        names.filter((small) => large !== small && ladder.covers(large, small)),
      ]),
    );
    let steps = 0;
    for (const [large, smalls] of below) {
      for (const small of smalls) {
        if (small.servicePlanName.toUpperCase() === large.toUpperCase()) continue;
        assert.equal(ladder.covers(small, plan(large)), false, `${large} and ${small.servicePlanName}`);
        for (const smallest of below.get(small.servicePlanName) ?? []) {
          assert.ok(ladder.covers(plan(large), smallest), `${large}, ${smallest.servicePlanName}`);
          steps += 1;
        }
      }
    }
    assert.ok(steps > 20);
  });
});

describe('plan ladder and nonsense', () => {
  it('lets an unknown plan cover itself alone', () => {
    assert.ok(ladder.covers(plan('NEW_PLAN'), { servicePlanId: 'ID-NEW_PLAN', servicePlanName: 'other' }));
    assert.ok(ladder.covers(plan('NEW_PLAN'), { servicePlanId: 'other', servicePlanName: 'new_plan' }));
    assert.equal(ladder.covers(plan('EXCHANGE_S_ENTERPRISE'), plan('NEW_PLAN')), false);
    assert.equal(ladder.covers(plan('NEW_PLAN'), plan('EXCHANGE_S_DESKLESS')), false);
    assert.equal(
      ladder.covers({ servicePlanId: 'a', servicePlanName: '' }, { servicePlanId: 'b', servicePlanName: '' }),
      false,
    );
  });

  it('never holds a product without known plans to be contained, nor to contain', () => {
    assert.equal(ladder.containment(product('a', 'SWAY'), [], product('b')).kind, 'no');
    assert.equal(ladder.containment(product('a'), [], product('b', 'SWAY')).kind, 'no');
    assert.equal(
      ladder.containment(product('a', 'SWAY'), [], product('b', 'EXCHANGE_S_FOUNDATION')).kind,
      'no',
    );
    assert.deepEqual(catalogLadderProduct('no-such-product').plans, []);
  });

  it('names what a near containment lacks: three plans are near, four are not', () => {
    const large = product('a', 'SWAY');
    assert.deepEqual(ladder.containment(large, [], product('b', 'SWAY', 'MTP', 'ATA', 'LOOP')), {
      kind: 'near',
      missing: ['ATA', 'LOOP', 'MTP'],
    });
    assert.equal(
      ladder.containment(large, [], product('b', 'SWAY', 'MTP', 'ATA', 'LOOP', 'WINBIZ')).kind,
      'no',
    );
    assert.equal(ladder.containment(large, [], product('b', 'MTP')).kind, 'no');
  });

  it('ignores case and ids that are off but not there', () => {
    const large = product('a', 'exchange_s_enterprise');
    assert.equal(
      ladder.containment(large, ['no-such-plan'], product('b', 'EXCHANGE_S_STANDARD')).kind,
      'contained',
    );
    assert.equal(
      ladder.containment(large, ['ID-EXCHANGE_S_ENTERPRISE'], product('b', 'EXCHANGE_S_STANDARD')).kind,
      'no',
    );
  });

  it('takes pairs of plans and of products from a person, over several steps', () => {
    const own = new PlanLadder(data, {
      plans: [{ larger: 'MTP', smaller: 'EXCHANGE_S_ENTERPRISE' }],
      products: [
        { largerSkuId: 'a', smallerSkuId: 'b' },
        { largerSkuId: 'b', smallerSkuId: 'c' },
      ],
    });
    assert.ok(own.covers(plan('MTP'), plan('EXCHANGE_S_DESKLESS')));
    assert.equal(own.containment(product('a', 'SWAY'), [], product('c', 'ATA')).kind, 'contained');
    assert.equal(own.containment(product('c', 'ATA'), [], product('a', 'SWAY')).kind, 'no');
    // Which plans the person had in mind is not known: with one of them off the pair says nothing.
    assert.equal(own.containment(product('a', 'SWAY'), ['id-SWAY'], product('c', 'ATA')).kind, 'no');
  });

  it('survives circles', () => {
    const circle = new PlanLadder(
      { families: [], covers: [], ignored: [] },
      {
        plans: [
          { larger: 'A', smaller: 'B' },
          { larger: 'B', smaller: 'C' },
          { larger: 'C', smaller: 'A' },
        ],
      },
    );
    assert.ok(circle.covers(plan('A'), plan('C')));
    assert.ok(circle.covers(plan('C'), plan('B')));
    assert.equal(circle.covers(plan('A'), plan('D')), false);
  });

  it('says what is wrong with a pair', () => {
    const problem = (larger: string, smaller: string) => addedPairProblem(ladder, { larger, smaller });
    assert.equal(problem('SWAY', 'sway'), 'samePlan');
    assert.equal(problem('SWAY', 'NO_SUCH_PLAN'), 'unknownPlan');
    assert.equal(problem('EXCHANGE_S_ENTERPRISE', 'EXCHANGE_S_STANDARD'), 'alreadyCovered');
    assert.equal(problem('EXCHANGE_S_STANDARD', 'EXCHANGE_S_ENTERPRISE'), 'circle');
    assert.equal(problem('MTP', 'SWAY'), null);
  });
});
