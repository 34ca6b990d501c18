import assert from 'node:assert/strict';
import { byTrouble, licenseDescription, shortProductName } from '../../../../src/app/tree/licenseText';
import type { LicenseEntry } from '../../../../src/app/tree/tenantSnapshot';

const plain: LicenseEntry = {
  licenseId: 't_s',
  skuPartNumber: 'SPE_E3',
  productName: 'Microsoft 365 E3',
  appliesTo: 'User',
  capabilityStatus: 'Enabled',
  isTrial: false,
  nextLifecycleAt: null,
  enabled: 1200,
  inGrace: 0,
  suspended: 0,
  lockedOut: 0,
  entitled: 1200,
  consumed: 1118,
  seats: 1118,
  availableNow: 82,
  availableAfterGrace: 82,
  shortfallNow: 0,
  shortfallSoon: 0,
  active: 1000,
  inactive: 100,
  never: 18,
  family: 'Microsoft 365 and Office 365 suites',
  isCounted: true,
  participation: 'managed',
  managedReason: null,
  findings: [],
};

describe('licenseText', () => {
  it('says what is spare', () => {
    assert.equal(licenseDescription(plain), '1,118/1,200 · 82 spare');
  });

  it('says how many findings there are', () => {
    const findings = [
      { kind: 'inactive', count: 1100 },
      { kind: 'unassigned', count: 1 },
    ];
    assert.equal(licenseDescription({ ...plain, findings }), '1,118/1,200 · 82 spare · 1,101 findings');
    assert.equal(
      licenseDescription({ ...plain, findings: findings.slice(1) }),
      '1,118/1,200 · 82 spare · 1 finding',
    );
  });

  it('says why a license is in no number', () => {
    const hidden = { ...plain, isCounted: false };
    assert.equal(licenseDescription(hidden), 'retired · 1,118/1,200 · 82 spare');
    assert.equal(
      licenseDescription({ ...hidden, participation: 'unmanaged', managedReason: 'Paid by HQ' }),
      'unmanaged: Paid by HQ · 1,118/1,200 · 82 spare',
    );
  });

  it('puts a shortfall of today before one that comes', () => {
    const short = { ...plain, consumed: 1305, availableNow: -105, shortfallNow: 105, shortfallSoon: 20 };
    assert.equal(licenseDescription(short), '1,305/1,200 · short 105');
  });

  it('warns of what will be short when grace ends', () => {
    // 1,000 enabled + 200 in grace, 1,118 consumed: 118 short later.
    const later = { ...plain, enabled: 1000, inGrace: 200, availableAfterGrace: -118, shortfallSoon: 118 };
    assert.equal(licenseDescription(later), '1,118/1,200 · short 118 after grace');
  });

  it('tells suspended units from units that were never there', () => {
    const off = { ...plain, enabled: 0, entitled: 0, consumed: 0, availableNow: 0, availableAfterGrace: 0 };
    assert.equal(licenseDescription({ ...off, suspended: 25 }), '0/0 · suspended');
    assert.equal(licenseDescription({ ...off, lockedOut: 5 }), '0/0 · locked out');
    assert.equal(licenseDescription(off), '0/0 · no units');
  });

  it('does not call a license without a spare unit trouble', () => {
    assert.equal(
      licenseDescription({ ...plain, consumed: 1200, availableNow: 0, availableAfterGrace: 0 }),
      '1,200/1,200 · none spare',
    );
  });

  it('drops a leading Microsoft where a name is left', () => {
    assert.equal(shortProductName('Microsoft Entra ID P1'), 'Entra ID P1');
    assert.equal(shortProductName('Microsoft 365 E3'), 'Microsoft 365 E3');
    assert.equal(shortProductName('Visio Plan 2'), 'Visio Plan 2');
  });

  it('lists trouble first and keeps the order otherwise', () => {
    const named = (productName: string, change: Partial<LicenseEntry>): LicenseEntry => ({
      ...plain,
      productName,
      ...change,
    });
    const order = byTrouble([
      named('A', {}),
      named('B', { inGrace: 5 }),
      named('C', { shortfallNow: 1 }),
      named('D', {}),
      named('E', { shortfallNow: 9 }),
    ]);
    assert.deepEqual(
      order.map((entry) => entry.productName),
      ['C', 'E', 'B', 'A', 'D'],
    );
  });
});
