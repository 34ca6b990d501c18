import assert from 'node:assert/strict';
import { fraction } from '../../../../src/core/model/fraction';
import {
  hiddenLicenses,
  isCounted,
  lifecycleStatus,
  participationOn,
  supersededConnections,
  type SupersedingConnection,
} from '../../../../src/core/model/lifecycle';
import { MoneyByCurrency } from '../../../../src/core/model/money';

const old: SupersedingConnection = {
  connectionId: 'old',
  sourceType: 'office365Deprecated',
  hasImported: true,
};
const graph: SupersedingConnection = { connectionId: 'graph', sourceType: 'microsoft365', hasImported: true };
const saas: SupersedingConnection = { connectionId: 'saas', sourceType: 'saasManagement', hasImported: true };

describe('supersession', () => {
  it('retires what the other connections brought, once SaaS Management has imported', () => {
    const superseded = supersededConnections([old, graph, saas]);
    assert.deepEqual([...superseded].sort(), ['graph', 'old']);
    assert.equal(lifecycleStatus('active', ['graph'], superseded), 'retired');
    assert.equal(lifecycleStatus('inStock', ['graph', 'old'], superseded), 'retired');
    assert.equal(lifecycleStatus('inStock', ['graph', 'saas'], superseded), 'inStock');
    assert.equal(lifecycleStatus('purchased', [], superseded), 'purchased');
  });

  it('waits for the first successful import, and ends with the connection', () => {
    const waiting = supersededConnections([graph, { ...saas, hasImported: false }]);
    assert.equal(lifecycleStatus('received', ['graph'], waiting), 'received');
    assert.equal(lifecycleStatus('active', ['graph'], supersededConnections([graph])), 'active');
  });

  it('leaves a retirement that a person decided', () => {
    assert.equal(lifecycleStatus('retired', ['saas'], supersededConnections([saas])), 'retired');
  });
});

describe('managed, unmanaged, excluded from alerts', () => {
  const decision = { reason: 'pilot', until: '2026-11-10' };

  it('holds until its last day', () => {
    const decisions = { unmanaged: decision, excludedFromAlerts: null };
    assert.equal(participationOn(decisions, '2026-11-10'), 'unmanaged');
    assert.equal(participationOn(decisions, '2026-11-11'), 'managed');
    const both = { unmanaged: decision, excludedFromAlerts: { reason: null, until: null } };
    assert.equal(participationOn(both, '2026-11-10'), 'unmanaged');
    assert.equal(participationOn(both, '2026-11-11'), 'excludedFromAlerts');
  });

  it('counts all but retired and unmanaged licenses', () => {
    assert.ok(isCounted({ status: 'inStock', participation: 'excludedFromAlerts' }));
    assert.ok(!isCounted({ status: 'active', participation: 'unmanaged' }));
    assert.ok(!isCounted({ status: 'retired', participation: 'managed' }));
  });

  it('says how many are hidden and what they cost', () => {
    const cost = (minor: number, incomplete = false) => {
      const monthly = new MoneyByCurrency();
      monthly.add('EUR', fraction(minor, 3));
      return { monthly, incomplete };
    };
    const hidden = hiddenLicenses([
      { status: 'active', participation: 'managed', cost: cost(900) },
      { status: 'active', participation: 'unmanaged', cost: cost(100) },
      { status: 'active', participation: 'unmanaged', cost: cost(100, true) },
      { status: 'active', participation: 'unmanaged', cost: null },
      { status: 'active', participation: 'excludedFromAlerts', cost: cost(900) },
      { status: 'retired', participation: 'unmanaged', cost: cost(900) },
    ]);
    assert.deepEqual(hidden, {
      retired: 1,
      unmanaged: 3,
      excludedFromAlerts: 1,
      costUnknown: 2,
      // 33.33… + 33.33… cents, and twelve times that.
      costs: [{ currency: 'EUR', monthlyMinor: 67, annualMinor: 800 }],
    });
  });
});
