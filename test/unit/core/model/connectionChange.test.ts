import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/model/connection';
import {
  changedConnection,
  moveBetween,
  newConnection,
  type ConnectionFields,
} from '../../../../src/core/model/connectionChange';
import { convertedConnection, refuseDeprecated } from '../../../../src/core/model/deprecatedSource';

const tenantId = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';
const own = '11111111-2222-3333-4444-555555555555';
const fields: ConnectionFields = {
  name: 'Contoso',
  sourceType: 'microsoft365',
  tenant: null,
  cloud: 'global',
  endpoints: null,
  clientId: own,
  flow: 'clientCredentials',
  redirectUri: null,
  proxy: { server: 'http://proxy:3128', username: 'kim' },
  tasks: ['licenseInformation'],
  caCertificatePath: null,
  readOnly: false,
};
const signedIn: Connection = {
  ...fields,
  connectionId: 'c1',
  tenantId,
  createdAt: '2026-01-01T00:00:00.000Z',
  account: own,
  signedInAt: '2026-02-01T00:00:00.000Z',
  refreshedAt: '2026-02-02T00:00:00.000Z',
  scopes: [],
  roles: ['Reports.Read.All'],
  credential: { kind: 'secret', expiresAt: null, thumbprint: null },
};
const move = (changes: Partial<ConnectionFields>) => {
  const { tokens, credential, proxyPassword } = moveBetween(signedIn, { ...fields, ...changes });
  return [tokens && 'tokens', credential && 'credential', proxyPassword && 'proxyPassword'].filter(Boolean);
};

describe('what a change of a connection leaves behind', () => {
  it('is nothing while app, tenant, cloud, flow and proxy stay', () => {
    assert.deepEqual(move({}), []);
    assert.deepEqual(move({ name: 'Other', tasks: [], readOnly: true, clientId: own.toUpperCase() }), []);
    // The same tenant by its name, which was taken from the account before.
    assert.deepEqual(move({ tenant: tenantId.toUpperCase() }), []);
  });

  it('is everything that another address must not be sent', () => {
    const endpoints = { login: 'https://evil.example', graph: 'https://graph.example' };
    assert.deepEqual(move({ cloud: 'custom', endpoints }), ['tokens', 'credential']);
    assert.deepEqual(move({ clientId: '22222222-2222-3333-4444-555555555555' }), ['tokens', 'credential']);
    assert.deepEqual(
      moveBetween(
        { ...signedIn, cloud: 'custom', endpoints },
        { ...fields, cloud: 'custom', endpoints: { ...endpoints, graph: 'https://other.example' } },
      ),
      { tokens: true, credential: true, proxyPassword: false },
    );
    assert.deepEqual(move({ proxy: { server: 'http://evil:3128', username: 'kim' } }), ['proxyPassword']);
    assert.deepEqual(move({ proxy: { server: 'http://proxy:3128', username: 'lee' } }), ['proxyPassword']);
    assert.deepEqual(move({ proxy: null }), ['proxyPassword']);
  });

  it('is the sign-in, not the secret, with another tenant; both with a flow of people', () => {
    assert.deepEqual(move({ tenant: 'fabrikam.com' }), ['tokens']);
    assert.deepEqual(move({ flow: 'deviceCode' }), ['tokens', 'credential']);
  });

  it('takes who was signed in out of the connection', () => {
    const moved = changedConnection(
      signedIn,
      { ...fields, tenant: 'fabrikam.com' },
      signedIn.credential ?? null,
    );
    assert.deepEqual(
      [moved.account, moved.signedInAt, moved.tenantId, moved.roles, moved.refreshedAt],
      [null, null, null, undefined, undefined],
    );
    const kept = changedConnection(signedIn, { ...fields, name: 'New' }, null);
    assert.equal(kept.signedInAt, signedIn.signedInAt);
    assert.equal(kept.createdAt, signedIn.createdAt);
  });

  it('knows the tenant of a new connection only by its ID', () => {
    const make = (tenant: string | null) =>
      newConnection({ ...fields, tenant }, null, 'c2', '2026-01-01T00:00:00.000Z').tenantId;
    assert.equal(make(tenantId.toUpperCase()), tenantId);
    assert.equal(make('contoso.com'), null);
  });
});

describe('the deprecated source type', () => {
  const preset = '5bb1a5a2-0d97-4335-9448-119f7b27aff9';
  const old: Connection = {
    ...signedIn,
    sourceType: 'office365Deprecated',
    clientId: '',
    flow: 'authorizationCode',
  };

  it('is not run', () => {
    assert.throws(() => refuseDeprecated(old), { reason: 'invalidArgument' });
    refuseDeprecated(signedIn);
  });

  it('becomes Microsoft 365 with the multi-tenant app, the same connection and tenant', () => {
    const converted = convertedConnection(old, preset);
    assert.equal(converted.sourceType, 'microsoft365');
    assert.equal(converted.connectionId, 'c1');
    assert.equal(converted.tenantId, tenantId);
    assert.equal(converted.clientId, preset);
    assert.equal(converted.redirectUri, 'https://login.microsoftonline.com/common/oauth2/nativeclient');
    assert.equal(converted.signedInAt, null);
  });

  it('keeps an app of one’s own', () => {
    const converted = convertedConnection({ ...old, clientId: own, flow: 'clientCredentials' }, preset);
    assert.equal(converted.clientId, own);
    assert.equal(converted.flow, 'clientCredentials');
    assert.equal(
      convertedConnection({ ...old, flow: 'clientCredentials' }, preset).flow,
      'authorizationCode',
    );
  });
});
