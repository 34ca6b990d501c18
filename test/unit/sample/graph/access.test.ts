import assert from 'node:assert/strict';
import { graphErrorOf, sampleGraph } from '../../../support/sampleGraph';
import type { FixtureResponse } from '../../../support/sampleTenantFixture';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

describe('sample tenant: who may read what', () => {
  const sample = withSampleTenant({ users: 30, today: '2026-11-21', switches: { autoApprove: true } });

  const withPermissions = async (
    ...grantedPermissions: string[]
  ): Promise<ReturnType<typeof sampleGraph>> => {
    await sample.tenant.configure({ switches: { grantedPermissions } });
    return sampleGraph(sample);
  };
  const refusal = async (response: Promise<FixtureResponse>): Promise<[number, string]> => {
    const { status, code } = graphErrorOf(await response);
    return [status, code];
  };

  it('refuses requests without a good token', async () => {
    const url = `${sample.tenant.address.graphUrl}/v1.0/organization`;
    const good = await sample.token();
    const [head = '', body = ''] = good.split('.');
    for (const authorization of ['', 'Bearer nonsense', `Bearer ${head}.${body}.AAAA`]) {
      const response = await sample.send({ url, headers: authorization ? { authorization } : {} });
      assert.equal(response.status, 401);
      assert.equal(graphErrorOf(response).code, 'InvalidAuthenticationToken');
      assert.match(response.headers['www-authenticate'] ?? '', /^Bearer/);
    }
    assert.equal((await sample.send({ url, headers: { authorization: `Bearer ${good}` } })).status, 200);
  });

  it('names what is missing as Microsoft’s services do', async () => {
    const users = await withPermissions('User.Read.All');
    assert.equal((await users.get('/v1.0/users')).status, 200);
    assert.deepEqual(await refusal(users.get('/v1.0/users?$select=id,signInActivity')), [
      403,
      'Authentication_MSGraphPermissionMissing',
    ]);
    assert.deepEqual(await refusal(users.get('/v1.0/subscribedSkus')), [403, 'Authorization_RequestDenied']);
    assert.deepEqual(await refusal(users.get('/v1.0/groups')), [403, 'Authorization_RequestDenied']);
    assert.deepEqual(await refusal(users.get('/v1.0/auditLogs/signIns')), [
      403,
      'Authentication_MSGraphPermissionMissing',
    ]);
    assert.deepEqual(await refusal(users.get('/v1.0/reports/getOffice365ActivationsUserDetail')), [
      403,
      'S2SUnauthorized',
    ]);
    const licenses = await withPermissions('LicenseAssignment.Read.All');
    assert.equal((await licenses.get('/v1.0/subscribedSkus')).status, 200);
    // The least permission for products is not enough for subscriptions.
    assert.deepEqual(await refusal(licenses.get('/v1.0/directory/subscriptions')), [
      403,
      'Authorization_RequestDenied',
    ]);
    assert.deepEqual(await refusal(licenses.get('/v1.0/users')), [403, 'Authorization_RequestDenied']);
  });

  it('keeps reports from a person without the role, though the permission is granted', async () => {
    await sample.tenant.configure({ switches: { grantedPermissions: undefined, missingReportsRole: true } });
    const { loginUrl, graphUrl, clientId } = sample.tenant.address;
    const post = async (path: string, form: Record<string, string>): Promise<Record<string, string>> => {
      const body = new URLSearchParams(form).toString();
      const response = await sample.send({
        method: 'POST',
        url: `${loginUrl}/organizations/oauth2/v2.0/${path}`,
        body,
      });
      return JSON.parse(response.text) as Record<string, string>;
    };
    const scope = `openid ${graphUrl}/.default`;
    const started = await post('devicecode', { client_id: clientId, scope });
    const poll = {
      grant_type: 'device_code',
      client_id: clientId,
      device_code: started['device_code'] ?? '',
    };
    await post('token', poll);
    const { access_token: token } = await post('token', poll);
    const get = (path: string): Promise<FixtureResponse> =>
      sample.send({ url: graphUrl + path, headers: { authorization: `Bearer ${token}` } });
    assert.deepEqual(await refusal(get("/v1.0/reports/getMailboxUsageDetail(period='D7')")), [
      403,
      'S2SUnauthorized',
    ]);
    assert.deepEqual(await refusal(get('/v1.0/auditLogs/signIns')), [
      403,
      'Authentication_RequestFromUnsupportedUserRole',
    ]);
    assert.equal((await get('/v1.0/users')).status, 200);
    await sample.tenant.configure({ switches: { missingReportsRole: false } });
  });

  it('has no sign-in data without a premium license, and everything else', async () => {
    await sample.tenant.configure({ switches: { grantedPermissions: undefined, noPremium: true } });
    const graph = sampleGraph(sample);
    const premium = [403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'];
    assert.deepEqual(await refusal(graph.get('/v1.0/auditLogs/signIns')), premium);
    assert.deepEqual(await refusal(graph.get('/v1.0/users?$select=signInActivity')), premium);
    assert.equal((await graph.get('/v1.0/users?$select=id')).status, 200);
    await sample.tenant.configure({ switches: { noPremium: false } });
  });

  it('stamps answers so that support can find them', async () => {
    const graph = await withPermissions('User.Read.All');
    const id = '7f1d2f0e-3f0c-4a34-9d55-0c6f3e8a4b11';
    const response = await graph.get('/v1.0/users', { 'client-request-id': id });
    assert.equal(response.headers['client-request-id'], id);
    assert.match(String(response.headers['request-id']), /^[0-9a-f-]{36}$/);
  });
});
