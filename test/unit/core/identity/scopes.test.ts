import assert from 'node:assert/strict';
import { delegatedPermissions, permissionNeeds } from '../../../../src/core/identity/scopes';
import { importTasks } from '../../../../src/core/model/connection';
import type { Cloud, ImportTask } from '../../../../src/core/model/connection';

const ask = (tasks: readonly ImportTask[], cloud: Cloud = 'global', clientId = 'own'): string[] =>
  delegatedPermissions({ clientId, cloud, tasks });

describe('permissions to ask for', () => {
  it('are the least that each task needs', () => {
    assert.deepEqual(ask(['applicationRoster']), [
      'AuditLog.Read.All',
      'LicenseAssignment.Read.All',
      'ReportSettings.Read.All',
      'Reports.Read.All',
      'User.Read.All',
    ]);
    assert.deepEqual(ask(['applicationAccess']), [
      'AuditLog.Read.All',
      'ReportSettings.Read.All',
      'Reports.Read.All',
    ]);
    assert.deepEqual(ask(['licenseInformation']), ['LicenseAssignment.Read.All', 'Organization.Read.All']);
    assert.deepEqual(ask(['licenseDifferentiation']), ['GroupMember.Read.All', 'User.Read.All']);
    assert.deepEqual(ask([]), []);
  });

  it('never allow writing', () => {
    const all = importTasks.flatMap((task) => permissionNeeds[task].flatMap(({ anyOf }) => anyOf));
    assert.ok(all.length > 10);
    for (const permission of all) assert.match(permission, /^[A-Za-z]+\.Read\.All$/);
  });

  it('avoid what national clouds are not known to have', () => {
    for (const cloud of ['usGovL4', 'usGovL5', 'china'] as const) {
      assert.deepEqual(ask(['licenseInformation'], cloud), ['Organization.Read.All']);
    }
    assert.deepEqual(ask(['licenseInformation'], 'custom'), [
      'LicenseAssignment.Read.All',
      'Organization.Read.All',
    ]);
  });

  it('are those of the registration for the multitenant application', () => {
    const clientId = '5BB1A5A2-0D97-4335-9448-119F7B27AFF9';
    assert.deepEqual(ask(importTasks, 'global', clientId), ['Directory.Read.All', 'Reports.Read.All']);
  });
});
