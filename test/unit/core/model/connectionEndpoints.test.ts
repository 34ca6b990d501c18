import assert from 'node:assert/strict';
import {
  defaultRedirectUri,
  endpointProblem,
  isLoopbackRedirect,
  projectEndpoints,
  redirectCloudProblem,
  type EndpointBasis,
} from '../../../../src/core/model/connectionEndpoints';
import { multiTenantApp } from '../../../../src/core/model/multiTenantApp';

const preset = '5bb1a5a2-0d97-4335-9448-119f7b27aff9';
const own = '11111111-2222-3333-4444-555555555555';
const tenantId = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';

const base: EndpointBasis = {
  cloud: 'global',
  endpoints: null,
  tenant: null,
  tenantId: null,
  clientId: preset,
  flow: 'authorizationCode',
};

describe('projectEndpoints', () => {
  it('gives what the documents give for the multi-tenant app', () => {
    assert.deepEqual(projectEndpoints(base, preset), {
      tokenEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      authorizationEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
      redirectUri: 'https://login.microsoftonline.com/common/oauth2/nativeclient',
    });
    assert.equal(multiTenantApp.clientId, preset);
  });

  it('names the tenant, the cloud and this machine for an app of one’s own', () => {
    const connection: EndpointBasis = { ...base, cloud: 'china', tenant: 'contoso.cn', clientId: own };
    assert.deepEqual(projectEndpoints(connection, preset), {
      tokenEndpoint: 'https://login.partner.microsoftonline.cn/contoso.cn/oauth2/v2.0/token',
      authorizationEndpoint: 'https://login.partner.microsoftonline.cn/contoso.cn/oauth2/v2.0/authorize',
      redirectUri: 'http://localhost',
    });
  });

  it('does not use common for device codes, which Entra ID refuses there', () => {
    assert.equal(
      projectEndpoints({ ...base, flow: 'deviceCode' }, preset).tokenEndpoint,
      'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
    );
  });

  it('has nothing to show for a custom cloud without a usable address', () => {
    const custom: EndpointBasis = { ...base, cloud: 'custom' };
    assert.equal(projectEndpoints(custom, preset).tokenEndpoint, '');
    assert.equal(
      projectEndpoints({ ...custom, endpoints: { login: 'no url', graph: '' } }, preset).tokenEndpoint,
      '',
    );
    const endpoints = { login: 'https://login.example:8443', graph: 'https://graph.example' };
    assert.equal(
      projectEndpoints({ ...custom, endpoints }, preset).authorizationEndpoint,
      'https://login.example:8443/common/oauth2/v2.0/authorize',
    );
  });

  it('takes the client ID that replaces the preset for the multi-tenant app, in any case', () => {
    assert.equal(
      defaultRedirectUri({ ...base, clientId: own }, own.toUpperCase()),
      multiTenantApp.redirectUri,
    );
    assert.equal(defaultRedirectUri(base, own), 'http://localhost');
    assert.equal(
      defaultRedirectUri({ ...base, cloud: 'usGovL4' }, preset),
      'https://login.microsoftonline.us/common/oauth2/nativeclient',
    );
  });
});

describe('endpointProblem', () => {
  const token = (text: string, changes: Partial<EndpointBasis> = {}) =>
    endpointProblem('tokenEndpoint', text, { ...base, ...changes });
  const at = (tenant: string, host = 'login.microsoftonline.com') =>
    `https://${host}/${tenant}/oauth2/v2.0/token`;

  it('takes the projection and other spellings of the same', () => {
    assert.equal(token(at('common')), null);
    assert.equal(token(at('organizations')), null);
    assert.equal(token(`  ${at('common')} `), null);
    assert.equal(token('https://LOGIN.microsoftonline.com:443/Common/oauth2/v2.0/token'), null);
    assert.equal(token(at(tenantId), { tenant: 'contoso.com', tenantId }), null);
    assert.equal(token(at('Contoso.com'), { tenant: 'contoso.com', tenantId }), null);
  });

  it('refuses what is no https address or has another path', () => {
    assert.deepEqual(token('token'), { reason: 'invalidUrl', found: 'token' });
    assert.deepEqual(token(''), { reason: 'invalidUrl', found: '' });
    assert.deepEqual(token(at('common').replace('https', 'http')), { reason: 'notHttps', found: 'http' });
    for (const path of [
      '/common/oauth2/token',
      '/common/oauth2/v2.0/authorize',
      '/oauth2/v2.0/token',
      '/common/oauth2/v2x0/token',
      '/',
    ]) {
      assert.equal(token(`https://login.microsoftonline.com${path}`)?.reason, 'wrongPath', path);
    }
    assert.equal(token(`${at('common')}?x=1`)?.reason, 'wrongPath');
    assert.equal(
      token('https://u:p@login.microsoftonline.com/common/oauth2/v2.0/token')?.reason,
      'wrongPath',
    );
    assert.equal(endpointProblem('authorizationEndpoint', at('common'), base)?.reason, 'wrongPath');
  });

  it('names the cloud that an endpoint belongs to, and offers it', () => {
    assert.deepEqual(token(at('common', 'login.microsoftonline.us')), {
      reason: 'otherCloud',
      found: 'usGovL4',
      fix: { cloud: 'usGovL4' },
    });
    // Both US Government clouds have one sign-in service.
    assert.equal(token(at('common', 'login.microsoftonline.us'), { cloud: 'usGovL5' }), null);
    assert.equal(token(at('common', 'login.partner.microsoftonline.cn'))?.found, 'china');
  });

  it('refuses a host that only looks like one of Microsoft', () => {
    for (const host of [
      'login.microsoftonline.com.evil.example',
      'evil.example',
      'login.microsoftonline.com:8443',
    ]) {
      assert.deepEqual(token(at('common', host)), { reason: 'otherHost', found: host }, host);
    }
  });

  it('offers a new sign-in service to a custom cloud', () => {
    const endpoints = { login: 'https://login.example', graph: 'https://graph.example' };
    assert.equal(token(at('common', 'login.example'), { cloud: 'custom', endpoints }), null);
    assert.deepEqual(token(at('common', 'other.example:8443'), { cloud: 'custom', endpoints }), {
      reason: 'otherHost',
      found: 'other.example:8443',
      fix: { login: 'https://other.example:8443' },
    });
    assert.deepEqual(token(at('common'), { cloud: 'custom', endpoints })?.fix, { cloud: 'global' });
  });

  it('names another tenant, and offers it', () => {
    assert.deepEqual(token(at('fabrikam.com'), { tenant: 'contoso.com' }), {
      reason: 'otherTenant',
      found: 'fabrikam.com',
      fix: { tenant: 'fabrikam.com' },
    });
    assert.deepEqual(token(at(tenantId.toUpperCase())), {
      reason: 'otherTenant',
      found: tenantId.toUpperCase(),
      fix: { tenant: tenantId },
    });
    assert.deepEqual(token(at('consumers')), { reason: 'otherTenant', found: 'consumers' });
  });

  it('does not leave the tenant open where the connection names one', () => {
    assert.deepEqual(token(at('common'), { tenant: 'contoso.com' }), {
      reason: 'tenantOpen',
      found: 'common',
      fix: { tenant: null },
    });
    assert.deepEqual(token(at('organizations'), { flow: 'clientCredentials' }), {
      reason: 'tenantOpen',
      found: 'organizations',
    });
  });
});

describe('redirect URIs', () => {
  it('tells Microsoft’s page of another cloud', () => {
    const us = 'https://login.microsoftonline.us/common/oauth2/nativeclient';
    assert.deepEqual(redirectCloudProblem(us, base), { reason: 'otherCloud', found: 'usGovL4' });
    assert.equal(redirectCloudProblem(us, { ...base, cloud: 'usGovL5' }), null);
    assert.equal(redirectCloudProblem(multiTenantApp.redirectUri, base), null);
    assert.equal(redirectCloudProblem('https://app.example/common/oauth2/nativeclient', base), null);
    assert.equal(redirectCloudProblem('http://localhost', base), null);
  });

  it('knows which one the browser can come back to', () => {
    assert.ok(isLoopbackRedirect('http://localhost'));
    assert.ok(isLoopbackRedirect('http://127.0.0.1:4000/x'));
    assert.ok(!isLoopbackRedirect(multiTenantApp.redirectUri));
    assert.ok(!isLoopbackRedirect('http://localhost.evil.example'));
    assert.ok(!isLoopbackRedirect('x'));
  });
});
