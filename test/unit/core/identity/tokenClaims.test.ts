import assert from 'node:assert/strict';
import { checkToken } from '../../../../src/core/identity/operation';
import { readTokenClaims } from '../../../../src/core/identity/tokenClaims';
import { failure } from './signInHarness';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown): string => `${encode({ alg: 'RS256' })}.${encode(claims)}.sig`;
const now = new Date('2026-11-20T10:00:00.000Z');
const home = '11111111-0000-0000-0000-000000000001';
const other = '22222222-0000-0000-0000-000000000002';

describe('claims of an access token', () => {
  it('are tenant, scopes and roles, sorted', () => {
    assert.deepEqual(
      readTokenClaims(jwt({ tid: home, scp: 'User.Read.All AuditLog.Read.All', extra: { a: 1 } })),
      {
        tenantId: home,
        scopes: ['AuditLog.Read.All', 'User.Read.All'],
        roles: [],
      },
    );
    assert.deepEqual(readTokenClaims(jwt({ tid: home, roles: ['B', 'A'] }))?.roles, ['A', 'B']);
    assert.deepEqual(readTokenClaims(jwt({ tid: 7, scp: null, roles: 'no' })), {
      tenantId: null,
      scopes: [],
      roles: [],
    });
  });

  it('are null for a token that is no JWT', () => {
    for (const token of ['', 'opaque', 'a.b', 'a.b.c', `x.${encode('text')}.y`]) {
      assert.equal(readTokenClaims(token), null, token);
    }
  });
});

describe('checkToken', () => {
  const result = (accessToken: string, claims: object = {}) => ({
    accessToken,
    expiresOn: new Date('2026-11-20T11:00:00.000Z'),
    idTokenClaims: claims,
    tenantId: '',
    scopes: ['https://graph.microsoft.com/User.Read.All', 'openid', 'profile'],
  });

  it('takes the tenant of the access token, which is the one that Graph will see', async () => {
    const token = result(jwt({ tid: other, scp: 'A' }), { tid: home });
    assert.equal(checkToken(token, null, now).tenantId, other);
    const error = await failure((async () => checkToken(token, home, now))(), 'wrongTenant');
    assert.deepEqual(error.details, { expected: home, actual: other });
  });

  it('takes the tenant of the id token when the access token cannot be read', async () => {
    const token = result('opaque', { tid: home });
    assert.deepEqual(checkToken(token, home.toUpperCase(), now), {
      token: 'opaque',
      expiresAt: '2026-11-20T11:00:00.000Z',
      tenantId: home,
      scopes: ['User.Read.All'],
      roles: [],
    });
    await failure((async () => checkToken(token, other, now))(), 'wrongTenant');
  });

  it('refuses an answer without a token or without a tenant', async () => {
    await failure((async () => checkToken(null, home, now))(), 'badResponse');
    await failure((async () => checkToken(result(''), home, now))(), 'badResponse');
    await failure((async () => checkToken(result('opaque'), null, now))(), 'badResponse');
  });
});
