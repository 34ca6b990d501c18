import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import type { FixtureResponse } from '../../../support/sampleTenantFixture';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

const bodyOf = (response: FixtureResponse): Record<string, unknown> =>
  JSON.parse(response.text) as Record<string, unknown>;

describe('sample tenant: Entra ID protocol', () => {
  const sample = withSampleTenant();
  const post = (path: string, form: Record<string, string>): Promise<FixtureResponse> =>
    sample.send({
      method: 'POST',
      url: sample.tenant.address.loginUrl + path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
  const startDeviceCode = async (scope?: string): Promise<Record<string, unknown>> => {
    const { clientId, graphUrl } = sample.tenant.address;
    return bodyOf(
      await post('/organizations/oauth2/v2.0/devicecode', {
        client_id: clientId,
        scope: scope ?? `openid offline_access ${graphUrl}/User.Read.All`,
      }),
    );
  };
  const poll = (deviceCode: unknown): Promise<FixtureResponse> =>
    post('/organizations/oauth2/v2.0/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: sample.tenant.address.clientId,
      device_code: String(deviceCode),
    });

  it('answers the error body that Entra ID has, for each kind of mistake', async () => {
    const { clientId, graphUrl, tenantId } = sample.tenant.address;
    const cases: [string, Record<string, string>, number, string, number][] = [
      ['/fabrikam.example/oauth2/v2.0/token', {}, 400, 'invalid_tenant', 90002],
      [
        '/organizations/oauth2/v2.0/token',
        { grant_type: 'refresh_token', client_id: tenantId },
        400,
        'unauthorized_client',
        700016,
      ],
      [
        '/organizations/oauth2/v2.0/devicecode',
        { client_id: clientId, scope: 'https://graph.microsoft.com/User.Read.All' },
        400,
        'invalid_resource',
        500011,
      ],
      [
        '/organizations/oauth2/v2.0/token',
        { grant_type: 'refresh_token', client_id: clientId, refresh_token: 'x', scope: graphUrl },
        400,
        'invalid_grant',
        50173,
      ],
      [
        '/organizations/oauth2/v2.0/token',
        { grant_type: 'refresh_token', client_id: clientId, client_secret: 'x' },
        401,
        'invalid_client',
        700025,
      ],
    ];
    for (const [path, form, status, error, code] of cases) {
      const response = await post(path, form);
      const body = bodyOf(response);
      assert.deepEqual([response.status, body['error']], [status, error], path);
      assert.deepEqual(body['error_codes'], [code]);
      assert.match(String(body['error_description']), new RegExp(`^AADSTS${code}: .*\\r\\nTrace ID: `));
      assert.match(String(body['correlation_id']), /^[0-9a-f-]{36}$/);
      assert.match(String(body['timestamp']), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    }
  });

  it('knows its tenant by GUID, by domain and as any organization, with the issuer of each', async () => {
    const { loginUrl, tenantId, defaultDomain } = sample.tenant.address;
    const issuers = await Promise.all(
      [tenantId, defaultDomain, 'organizations'].map(async (tenant) => {
        const url = `${loginUrl}/${tenant}/v2.0/.well-known/openid-configuration`;
        return bodyOf(await sample.send({ url }))['issuer'];
      }),
    );
    assert.deepEqual(issuers, [
      `${loginUrl}/${tenantId}/v2.0`,
      `${loginUrl}/${tenantId}/v2.0`,
      `${loginUrl}/{tenantid}/v2.0`,
    ]);
  });

  it('lets a person approve a device code on the page', async () => {
    const { pagesUrl } = sample.tenant.address;
    const started = await startDeviceCode();
    assert.equal(started['verification_uri'], `${pagesUrl}/devicelogin`);
    assert.equal(bodyOf(await poll(started['device_code']))['error'], 'authorization_pending');
    const typed = String(started['user_code']).toLowerCase();
    const page = await sample.send({
      url: `${pagesUrl}/devicelogin?code=${typed.slice(0, 4)}-${typed.slice(4)}`,
    });
    assert.match(page.text, /Sample tenant/);
    assert.match(page.text, /admin@contoso\.example/);
    assert.doesNotMatch(page.text, /<script|https?:\/\/(?!localhost)/);
    const form = { code: String(started['user_code']), decision: 'approve' };
    const done = await sample.send({
      method: 'POST',
      url: `${pagesUrl}/devicelogin`,
      body: new URLSearchParams(form).toString(),
    });
    assert.match(done.text, /You are signed in/);
    const token = await poll(started['device_code']);
    assert.equal(token.status, 200);
    assert.equal(bodyOf(await poll(started['device_code']))['error'], 'bad_verification_code');
  });

  it('gives no token over plain http', async () => {
    const url = `${sample.tenant.address.pagesUrl}/organizations/oauth2/v2.0/token`;
    assert.equal((await sample.send({ method: 'POST', url, body: 'grant_type=refresh_token' })).status, 404);
  });

  it('escapes what a person types on the page', async () => {
    const url = `${sample.tenant.address.pagesUrl}/devicelogin?code=${encodeURIComponent('"><b>x')}`;
    assert.doesNotMatch((await sample.send({ url })).text, /<b>x/);
  });

  it('tells a declined device code', async () => {
    const started = await startDeviceCode();
    assert.equal(await sample.tenant.approveDeviceCode(String(started['user_code']), 'decline'), true);
    assert.equal(bodyOf(await poll(started['device_code']))['error'], 'authorization_declined');
    assert.equal(await sample.tenant.approveDeviceCode('NOSUCHCODE'), false);
  });

  it('asks a person before it answers an authorization request, and posts the form if asked to', async () => {
    const { pagesUrl, clientId, graphUrl } = sample.tenant.address;
    const path = '/organizations/oauth2/v2.0/authorize';
    const query = (more: Record<string, string>): string =>
      new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: 'http://localhost:4711/',
        scope: `openid ${graphUrl}/User.Read.All`,
        state: 'a&b',
        ...more,
      }).toString();
    const decide = async (more: Record<string, string>, decision: string): Promise<FixtureResponse> => {
      const page = await sample.send({ url: `${pagesUrl}${path}?${query(more)}` });
      assert.equal(page.status, 200);
      const request = /name="request" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
      const body = new URLSearchParams({ request, decision }).toString();
      return sample.send({ method: 'POST', url: pagesUrl + path, body });
    };
    const cancelled = await decide({}, 'decline');
    const location = new URL(cancelled.headers.location ?? '');
    assert.equal(location.searchParams.get('error'), 'access_denied');
    assert.equal(location.searchParams.get('state'), 'a&b');
    const posted = await decide({ response_mode: 'form_post' }, 'approve');
    assert.match(posted.text, /<form method="POST" name="hiddenform" action="http:\/\/localhost:4711\/">/);
    assert.match(posted.text, /name="code" value="1\./);
    const elsewhere = await sample.send({
      url: `${pagesUrl}${path}?${query({ redirect_uri: 'http://localhost:4711/other' })}`,
    });
    assert.equal(elsewhere.status, 400);
    assert.match(elsewhere.text, /AADSTS50011/);
  });

  it('grants consent once an administrator gave it', async () => {
    const { pagesUrl, clientId } = sample.tenant.address;
    await sample.tenant.configure({ switches: { consentMissing: true } });
    const started = await startDeviceCode();
    await sample.tenant.approveDeviceCode(String(started['user_code']));
    const refused = bodyOf(await poll(started['device_code']));
    assert.deepEqual([refused['error_codes'], refused['suberror']], [[65001], 'consent_required']);
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: 'http://localhost:1/',
      state: 's',
    });
    const url = `${pagesUrl}/organizations/adminconsent?${query.toString()}`;
    const page = await sample.send({ url });
    assert.match(page.text, /Grant consent/);
    const granted = await sample.send({ method: 'POST', url, body: 'decision=approve' });
    assert.match(granted.headers.location ?? '', /admin_consent=True/);
    const again = await startDeviceCode();
    await sample.tenant.approveDeviceCode(String(again['user_code']));
    assert.equal((await poll(again['device_code'])).status, 200);
  });

  it('refuses tokens for tenants it cannot tell, and assertions of an unknown certificate', async () => {
    const { confidentialClientId, clientSecret, graphUrl, tenantId, loginUrl } = sample.tenant.address;
    const base = {
      grant_type: 'client_credentials',
      client_id: confidentialClientId,
      scope: `${graphUrl}/.default`,
    };
    const nowhere = await post('/organizations/oauth2/v2.0/token', { ...base, client_secret: clientSecret });
    assert.deepEqual(bodyOf(nowhere)['error_codes'], [50059]);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({
      iss: confidentialClientId,
      sub: confidentialClientId,
      aud: `${loginUrl}/${tenantId}/oauth2/v2.0/token`,
      exp: Math.floor(Date.now() / 1000) + 300,
    })}`;
    const signature = createSign('sha256').update(text).sign(privateKey).toString('base64url');
    const refused = await post(`/${tenantId}/oauth2/v2.0/token`, {
      ...base,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${text}.${signature}`,
    });
    assert.deepEqual(bodyOf(refused)['error_codes'], [700027]);
  });
});
