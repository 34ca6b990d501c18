import assert from 'node:assert/strict';
import { countShort, groupLicenses } from '../../../../src/app/tree/licenseGroups';
import { filterMessage, filterSnapshot, filterWords } from '../../../../src/app/tree/treeFilter';
import type { LicenseEntry, TenantEntry } from '../../../../src/app/tree/tenantSnapshot';

function license(name: string, family: string, change: Partial<LicenseEntry> = {}): LicenseEntry {
  return {
    licenseId: `t_${name}`,
    skuPartNumber: name.toUpperCase().replaceAll(' ', '_'),
    productName: name,
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    isTrial: false,
    nextLifecycleAt: null,
    enabled: 10,
    inGrace: 0,
    suspended: 0,
    lockedOut: 0,
    entitled: 10,
    consumed: 8,
    seats: 8,
    availableNow: 2,
    availableAfterGrace: 2,
    shortfallNow: 0,
    shortfallSoon: 0,
    active: 8,
    inactive: 0,
    never: 0,
    family,
    isCounted: true,
    participation: 'managed',
    managedReason: null,
    findings: [],
    ...change,
  };
}

const short = { consumed: 12, availableNow: -2, availableAfterGrace: -2, shortfallNow: 2 };
const many = (count: number, family: string): LicenseEntry[] =>
  Array.from({ length: count }, (_, index) => license(`${family} ${index + 1}`, family));
const names = (licenses: readonly LicenseEntry[]): string[] => licenses.map(({ productName }) => productName);

describe('groups of licenses', () => {
  it('leaves a list that is read at a glance alone', () => {
    const fifteen = many(15, 'Suites');
    assert.deepEqual(groupLicenses(fifteen), { single: fifteen, families: [], alone: [], hidden: [] });
  });

  it('groups more of them by family, with what is short on top and what is alone below', () => {
    const groups = groupLicenses([
      ...many(9, 'Windows'),
      ...many(5, 'Dynamics 365'),
      license('Visio Plan 2', 'Visio'),
      license('E3', 'Windows', short),
    ]);
    assert.deepEqual(names(groups.single), ['E3']);
    assert.deepEqual(
      groups.families.map(({ family, licenses }) => [family, licenses.length]),
      [
        ['Dynamics 365', 5],
        ['Windows', 9],
      ],
    );
    assert.deepEqual(names(groups.alone), ['Visio Plan 2']);
  });

  it('hides what counts in no number, and does not group because of it', () => {
    const hidden = [
      license('Old', 'Suites', { isCounted: false }),
      license('Not ours', 'Suites', { isCounted: false, participation: 'unmanaged' }),
    ];
    const groups = groupLicenses([...many(14, 'Suites'), ...hidden]);
    assert.equal(groups.single.length, 14);
    assert.deepEqual(names(groups.hidden), ['Old', 'Not ours']);
  });

  it('counts as short what counts and may cause an alert', () => {
    assert.equal(
      countShort([
        license('A', 'x', short),
        license('B', 'x', { ...short, isCounted: false }),
        license('C', 'x', { ...short, participation: 'excludedFromAlerts' }),
        license('D', 'x'),
      ]),
      1,
    );
  });
});

describe('filter of the tree', () => {
  const tenant = (displayName: string, licenses: readonly LicenseEntry[]): TenantEntry => ({
    tenantId: displayName,
    displayName,
    defaultDomain: `${displayName.toLowerCase()}.example`,
    cloud: 'global',
    lastImportAt: null,
    connections: [],
    licenses,
    lastImport: null,
  });
  const snapshot = {
    tenants: [
      tenant('Contoso', [license('Visio Plan 2', 'Visio'), license('Microsoft 365 E3', 'Suites')]),
      tenant('Fabrikam', [
        license('Office 365 E3', 'Suites', { skuPartNumber: 'ENTERPRISEPACK' }),
        license('Visio Plan 1', 'Visio', { isCounted: false }),
      ]),
    ],
    unattached: [],
  };
  const left = (text: string): [string, string[]][] =>
    filterSnapshot(snapshot, filterWords(text)).tenants.map((one) => [one.displayName, names(one.licenses)]);

  it('finds product names, hidden ones too, and part numbers', () => {
    assert.deepEqual(left('visio'), [
      ['Contoso', ['Visio Plan 2']],
      ['Fabrikam', ['Visio Plan 1']],
    ]);
    assert.deepEqual(left('EnterprisePack'), [['Fabrikam', ['Office 365 E3']]]);
  });

  it('wants every word', () => {
    assert.deepEqual(left('  365   e3 '), [
      ['Contoso', ['Microsoft 365 E3']],
      ['Fabrikam', ['Office 365 E3']],
    ]);
    assert.deepEqual(left('365 visio'), []);
  });

  it('keeps all of a tenant that has the words in its own name', () => {
    assert.deepEqual(left('fabrikam.example'), [['Fabrikam', ['Office 365 E3', 'Visio Plan 1']]]);
  });

  it('says what is filtered and what is left', () => {
    const message = (text: string): string =>
      filterMessage(text, filterSnapshot(snapshot, filterWords(text)));
    assert.equal(message(' visio '), 'Filtered by “visio”: 2 of 4 licenses.');
    assert.equal(message('dynamics'), 'Filtered by “dynamics”: no license matches.');
  });
});
