import assert from 'node:assert/strict';
import { activityTable } from '../../../../src/core/export/activityTable';
import type { ActivityData, ServiceCounts, SourceFacts } from '../../../../src/shared/activityContract';
import { rosterServices, type RosterService } from '../../../../src/shared/rosterFilter';

const tenantId = 'tenant';
const none = [0, 0, 0, 0, 0, 0, 0, 0];

function service(
  name: RosterService,
  licensed: readonly number[],
  everyone: readonly number[],
  sources: readonly SourceFacts[],
): ServiceCounts {
  return {
    service: name,
    sources,
    holders: licensed.reduce((sum, count) => sum + count, 0),
    counts: { licensed, everyone },
  };
}

const report: SourceFacts = { tenantId, source: 'activeUserReport', status: 'fresh', asOfDate: '2026-11-18' };
const log: SourceFacts = { tenantId, source: 'signIns', status: 'missing', asOfDate: null };
const data: ActivityData = {
  tenants: [{ tenantId, displayName: 'Contoso', lastImportAt: null, evaluatedOn: '2026-11-21' }],
  evaluatedOn: '2026-11-21',
  people: 20,
  services: [
    service('teams', [4, 3, 2, 1, 0, 0, 5, 0], [4, 3, 2, 1, 0, 2, 5, 0], [report, log]),
    service('visio', [0, 0, 0, 0, 0, 0, 0, 6], [0, 0, 0, 0, 0, 0, 0, 6], [log]),
  ],
  departments: [
    {
      department: '=Sales',
      people: 9,
      services: rosterServices.map((name) => ({
        holders: name === 'teams' ? 7 : 0,
        counts: { licensed: name === 'teams' ? [1, 2, 0, 0, 0, 0, 4, 0] : none, everyone: none },
      })),
    },
  ],
  moreDepartments: 0,
  licenses: [
    {
      tenantId,
      licenseId: `${tenantId}_e3`,
      name: 'Microsoft 365 E3',
      skuPartNumber: 'SPE_E3',
      seats: 15,
      services: rosterServices.map((name) => ({
        granted: name === 'teams',
        counts: name === 'teams' ? [4, 3, 2, 1, 0, 0, 5, 0] : none,
      })),
    },
  ],
};
const what = { services: ['teams', 'visio'], scope: 'licensed', period: 'p30' } as const;

describe('CSV of the Activity page', () => {
  it('has a row per service; what is unknown is empty', () => {
    const [header, teams, visio] = activityTable(data, { table: 'services', ...what });
    assert.deepEqual(header?.slice(0, 11), [
      'service',
      'sources',
      'asOfDate',
      'holders',
      'activeDays7',
      'activeDays30',
      'activeDays90',
      'activeDays180',
      'activeAtAnyTime',
      'lowerBounds',
      'withoutLicense',
    ]);
    assert.deepEqual(teams, [
      ...['Teams', 'Active users report; Sign-in log', '2026-11-18'],
      ...[15, 4, 7, 10, 10, 10],
      '',
      2,
      ...[4, 3, 2, 1, 0, 0, 5, 0],
    ]);
    assert.deepEqual(visio?.slice(2, 11), [null, 6, null, null, null, null, null, '', null]);
    assert.equal(header?.length, teams?.length);
  });

  it('has a row per department, and one per license', () => {
    assert.deepEqual(activityTable(data, { table: 'departments', ...what }), [
      ['department', 'people', 'teamsHolders', 'teamsActive', 'visioHolders', 'visioActive'],
      ['=Sales', 9, 7, 3, 0, null],
    ]);
    assert.deepEqual(activityTable(data, { table: 'licenses', ...what }), [
      ['tenantId', 'skuPartNumber', 'productName', 'seats', 'teamsActive', 'visioActive'],
      [tenantId, 'SPE_E3', 'Microsoft 365 E3', 15, 7, null],
    ]);
  });

  it('leaves out services that are not on screen', () => {
    const rows = activityTable(data, { table: 'services', ...what, services: ['visio'] });
    assert.deepEqual(
      rows.map((row) => row[0]),
      ['service', 'Visio'],
    );
  });
});
