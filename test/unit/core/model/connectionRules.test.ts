import assert from 'node:assert/strict';
import {
  connectionProblems,
  isConnectionName,
  type ConnectionDraft,
} from '../../../../src/core/model/connectionRules';
import { multiTenantApp } from '../../../../src/core/model/multiTenantApp';

const good: ConnectionDraft = {
  name: 'Fenwick production',
  sourceType: 'microsoft365',
  tenant: 'fenwick.onmicrosoft.com',
  cloud: 'global',
  endpoints: null,
  clientId: multiTenantApp.clientId,
  flow: 'authorizationCode',
  redirectUri: multiTenantApp.redirectUri,
  proxy: null,
  tasks: ['applicationRoster'],
  caCertificatePath: null,
};

function problems(changes: Partial<ConnectionDraft>, others: { connectionId: string; name: string }[] = []) {
  return connectionProblems({ ...good, ...changes }, others).map(
    ({ field, reason }) => `${field}: ${reason}`,
  );
}

describe('connectionProblems', () => {
  it('finds nothing wrong with the preset application', () => {
    assert.deepEqual(problems({}), []);
  });

  it('keeps the rule of names', () => {
    for (const name of ['a', '7', 'A_b 9', 'Müller Werke', '東京 1', 'a  b']) {
      assert.ok(isConnectionName(name), name);
    }
    for (const name of ['_a', ' a', 'a ', 'a-b', 'a.b', 'a/b', 'a\tb', 'a\nb', '', 'x'.repeat(129)]) {
      assert.ok(!isConnectionName(name), JSON.stringify(name));
    }
    assert.deepEqual(problems({ name: '  ' }), ['name: required']);
    assert.deepEqual(problems({ name: 'a-b' }), ['name: invalidName']);
  });

  it('does not let two connections have one name, but one keep its own', () => {
    const others = [{ connectionId: 'c1', name: 'FENWICK Production' }];
    assert.deepEqual(problems({}, others), ['name: nameTaken']);
    assert.deepEqual(problems({ connectionId: 'c2' }, others), ['name: nameTaken']);
    assert.deepEqual(problems({ connectionId: 'c1' }, others), []);
  });

  it('does not create the deprecated source type', () => {
    assert.deepEqual(problems({ sourceType: 'office365Deprecated' }), ['sourceType: deprecatedSource']);
    assert.deepEqual(problems({ sourceType: 'saasManagement' }), []);
  });

  it('takes a GUID or a domain for a tenant, or none where a person signs in', () => {
    for (const tenant of [null, '5D0F7A52-8c1b-4f0a-9f5e-2b6f5a1c0e11', 'contoso.com', 'a.b-c.co.uk']) {
      assert.deepEqual(problems({ tenant }), [], String(tenant));
    }
    for (const tenant of [
      '',
      'common',
      'contoso',
      'contoso.com/',
      '-a.com',
      'a..com',
      'a b.com',
      '10.0.0.1',
    ]) {
      assert.deepEqual(problems({ tenant }), ['tenant: invalidTenant'], tenant);
    }
  });

  it('wants a tenant and a secret for client credentials', () => {
    const own = { flow: 'clientCredentials', clientId: '11111111-2222-3333-4444-555555555555' } as const;
    assert.deepEqual(problems({ ...own, tenant: null }), [
      'tenant: tenantRequired',
      'secret: secretRequired',
    ]);
    assert.deepEqual(problems({ ...own, secret: '' }), ['secret: secretRequired']);
    assert.deepEqual(problems({ ...own, secret: 'given' }), []);
    assert.deepEqual(problems({ flow: 'deviceCode' }), []);
  });

  it('takes a certificate in place of the secret', () => {
    const own = {
      flow: 'clientCredentials',
      clientId: '11111111-2222-3333-4444-555555555555',
      credentialKind: 'certificate',
    } as const;
    assert.deepEqual(problems({ ...own, secret: 'given' }), ['certificate: certificateRequired']);
    assert.deepEqual(problems({ ...own, hasCertificate: true }), []);
    assert.deepEqual(problems({ ...own, flow: 'deviceCode' }), []);
  });

  it('does not let the multi-tenant app sign in as itself', () => {
    const flow = 'clientCredentials';
    assert.deepEqual(problems({ flow, secret: 's' }), ['flow: presetFlow']);
    const presetClientId = '11111111-2222-3333-4444-555555555555';
    assert.deepEqual(problems({ flow, secret: 's', presetClientId }), []);
    assert.deepEqual(problems({ flow, secret: 's', presetClientId, clientId: presetClientId }), [
      'flow: presetFlow',
    ]);
  });

  it('wants a GUID for the application', () => {
    assert.deepEqual(problems({ clientId: ' ' }), ['clientId: required']);
    assert.deepEqual(problems({ clientId: 'my app' }), ['clientId: invalidGuid']);
    assert.deepEqual(problems({ clientId: `{${multiTenantApp.clientId}}` }), ['clientId: invalidGuid']);
  });

  it('takes endpoints for the custom cloud only, and only over https or on the loopback', () => {
    const endpoints = (login: string, graph = 'https://graph.example') => ({ login, graph });
    const custom = (login: string) => problems({ cloud: 'custom', endpoints: endpoints(login) });
    assert.deepEqual(problems({ cloud: 'custom' }), ['endpoints: endpointsRequired']);
    assert.deepEqual(problems({ endpoints: endpoints('https://login.example') }), [
      'endpoints: endpointsNotAllowed',
    ]);
    for (const login of [
      'https://login.example',
      'https://Login.Example:8443',
      'https://login.example:443',
      'https://localhost:8443',
      'http://localhost:8080',
      'http://127.0.0.1:8080',
      'http://[::1]:8080',
    ]) {
      assert.deepEqual(custom(login), [], login);
    }
    for (const login of [
      'login.example',
      'http://login.example',
      'http://127.0.0.1.evil.example',
      'http://localhost.evil.example:80',
      'ftp://login.example',
      'https://login.example/',
      'https://login.example/common',
      'https://user:word@login.example',
      'https://login.example?x=1',
      'https://login.example#x',
      'javascript:alert(1)',
    ]) {
      assert.deepEqual(custom(login), ['endpoints: invalidEndpoint'], login);
    }
  });

  it('takes a certificate authority for the custom cloud only', () => {
    assert.deepEqual(problems({ caCertificatePath: '/etc/ca.pem' }), [
      'caCertificatePath: certificateNotAllowed',
    ]);
  });

  it('takes the three forms of a proxy and no other', () => {
    const proxy = (server: string) => problems({ proxy: { server } });
    for (const server of [
      'https://proxy.example:8080',
      'http://proxy.example:3128',
      'http://proxy:3128',
      'http://10.1.2.3:8080',
      '10.1.2.3:8080',
      '[fd00::1]:8080',
    ]) {
      assert.deepEqual(proxy(server), [], server);
    }
    for (const server of [
      '',
      'proxy.example:8080',
      'https://proxy.example',
      '10.1.2.3',
      '10.1.2.3:0',
      '10.1.2.3:65536',
      '10.1.2.300:8080',
      'socks5://proxy.example:1080',
      'http://user:word@proxy.example:8080',
      'http://proxy.example:8080/path',
      'http://pro xy:8080',
    ]) {
      assert.deepEqual(proxy(server), ['proxy: invalidProxy'], server);
    }
    const server = '10.1.2.3:8080';
    assert.deepEqual(problems({ proxy: { server, username: 'u', password: 'p' } }), []);
    assert.deepEqual(problems({ proxy: { server, password: 'p' } }), ['proxy: proxyPasswordWithoutUsername']);
  });

  it('takes redirect URIs over https or to the loopback', () => {
    for (const redirectUri of [null, 'http://localhost', 'http://localhost:4000/callback']) {
      assert.deepEqual(problems({ redirectUri }), [], String(redirectUri));
    }
    for (const redirectUri of ['', 'http://example.com/', 'https://example.com/#x', 'myapp://auth']) {
      assert.deepEqual(problems({ redirectUri }), ['redirectUri: invalidRedirectUri'], redirectUri);
    }
  });

  it('wants at least one task', () => {
    assert.deepEqual(problems({ tasks: [] }), ['tasks: noTasks']);
  });

  it('names all problems, in the order of the fields', () => {
    assert.deepEqual(problems({ name: '', tenant: 'x', clientId: '', tasks: [] }), [
      'name: required',
      'tenant: invalidTenant',
      'clientId: required',
      'tasks: noTasks',
    ]);
  });
});
