import assert from 'node:assert/strict';
import { adminConsentUrl } from '../../../../src/core/identity/adminConsent';
import { grantOf } from '../../../../src/core/identity/permissionCover';
import type { Connection } from '../../../../src/core/model/connection';

const own: Parameters<typeof adminConsentUrl>[0] = {
  tenant: 'contoso.onmicrosoft.com',
  tenantId: null,
  cloud: 'usGovL4',
  endpoints: null,
  clientId: '11111111-2222-4333-8444-555555555555',
  flow: 'authorizationCode',
  redirectUri: null,
  tasks: ['licenseInformation'],
};

describe('admin consent link', () => {
  it('names delegated permissions in full, for the Graph of the cloud', () => {
    assert.equal(
      adminConsentUrl(own),
      'https://login.microsoftonline.us/contoso.onmicrosoft.com/v2.0/adminconsent?client_id=11111111-2222-4333-8444-555555555555' +
        '&scope=https%3A%2F%2Fgraph.microsoft.us%2FOrganization.Read.All&redirect_uri=http%3A%2F%2Flocalhost',
    );
  });

  it('asks for what is registered, where an application signs in as itself', () => {
    assert.equal(
      adminConsentUrl({ ...own, flow: 'clientCredentials', cloud: 'china', tenantId: 't-1' }),
      'https://login.partner.microsoftonline.cn/t-1/adminconsent?client_id=11111111-2222-4333-8444-555555555555',
    );
  });

  it('leaves the tenant open only where the connection does, and not to personal accounts', () => {
    const { pathname } = new URL(adminConsentUrl({ ...own, tenant: null }));
    assert.equal(pathname, '/organizations/v2.0/adminconsent');
  });

  it('comes back to Microsoft’s page for the multi-tenant app, and asks for no more than it has', () => {
    const preset: Partial<Connection> = {
      clientId: '5BB1A5A2-0d97-4335-9448-119f7b27aff9',
      cloud: 'global',
      tasks: ['applicationRoster', 'licenseDifferentiation'],
    };
    const { searchParams } = new URL(adminConsentUrl({ ...own, ...preset }));
    assert.equal(
      searchParams.get('scope'),
      'https://graph.microsoft.com/Directory.Read.All https://graph.microsoft.com/Reports.Read.All',
    );
    assert.equal(
      searchParams.get('redirect_uri'),
      'https://login.microsoftonline.com/common/oauth2/nativeclient',
    );
  });
});

describe('permissions that include others', () => {
  it('are preferred least first', () => {
    assert.equal(grantOf(['User.Read.All'], ['Directory.Read.All', 'User.Read.All']).by, 'User.Read.All');
    assert.equal(grantOf(['User.Read.All'], ['Directory.Read.All']).by, 'Directory.Read.All');
    assert.equal(grantOf(['GroupMember.Read.All'], ['Group.ReadWrite.All']).by, 'Group.ReadWrite.All');
  });

  it('are read from full and short names of scopes, in any case', () => {
    assert.equal(
      grantOf(['Reports.Read.All'], ['https://graph.microsoft.com/reports.read.all']).by,
      'Reports.Read.All',
    );
  });

  it('include nothing that they do not', () => {
    for (const [wanted, held] of [
      ['AuditLog.Read.All', 'Directory.ReadWrite.All'],
      ['Reports.Read.All', 'Directory.ReadWrite.All'],
      ['ReportSettings.Read.All', 'Reports.Read.All'],
      ['User.Read.All', 'User.ReadBasic.All'],
      ['Directory.Read.All', 'User.Read.All'],
      ['LicenseAssignment.Read.All', 'User.Read.All'],
    ] as const) {
      assert.equal(grantOf([wanted], [held]).by, null, `${held} does not include ${wanted}`);
    }
  });
});
