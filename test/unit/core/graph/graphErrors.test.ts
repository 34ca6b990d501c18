import assert from 'node:assert/strict';
import { LicenseError } from '../../../../src/core/foundation/errors';
import {
  forbiddenReason,
  isExpiredPageToken,
  parseClaimsChallenge,
  parseGraphError,
} from '../../../../src/core/graph/graphErrors';

describe('a Graph error body', () => {
  it('gives code, message and request id', () => {
    const body =
      '{"error":{"code":"Request_ResourceNotFound","message":"Resource does not exist.","innerError":' +
      '{"date":"2026-11-02T09:41:07","request-id":"4d0b2f3e","client-request-id":"c1"}}}';
    assert.deepEqual(parseGraphError(body), {
      code: 'Request_ResourceNotFound',
      message: 'Resource does not exist.',
      requestId: '4d0b2f3e',
    });
  });

  it('is understood without innerError, and is null for anything else', () => {
    assert.deepEqual(parseGraphError('{"error":{"code":"UnknownError","message":""}}'), {
      code: 'UnknownError',
      message: '',
      requestId: null,
    });
    for (const body of ['', '<html>502</html>', '{"error":"invalid_grant"}', '[]', 'null']) {
      assert.equal(parseGraphError(body), null, body);
    }
  });
});

describe('a claims challenge', () => {
  it('is decoded from the header that has one, standard or URL-safe', () => {
    const json = '{"access_token":{"nbf":{"essential":true,"value":"1793606400"}}}';
    const header =
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
      'error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzkzNjA2NDAwIn19fQ=="';
    assert.equal(parseClaimsChallenge(header), json);
    const urlSafe = Buffer.from('{"a":"??>>"}').toString('base64url');
    assert.equal(parseClaimsChallenge(`Bearer realm="x", Bearer claims="${urlSafe}"`), '{"a":"??>>"}');
  });

  it('is null for an ordinary 401 and for nonsense', () => {
    assert.equal(parseClaimsChallenge('Bearer realm="", error="invalid_token"'), null);
    assert.equal(parseClaimsChallenge('Bearer claims="bm8ganNvbg=="'), null);
    assert.equal(parseClaimsChallenge(undefined), null);
  });
});

describe('a 403', () => {
  const permissions = ['Reports.Read.All'];

  it('is told by its code first', () => {
    const token = { scopes: ['Reports.Read.All'] };
    const reasonOf = (code: string) => forbiddenReason(code, token, permissions);
    assert.equal(reasonOf('Authentication_RequestFromNonPremiumTenantOrB2CTenant'), 'premiumRequired');
    assert.equal(reasonOf('Authentication_MSGraphPermissionMissing'), 'permissionMissing');
    assert.equal(reasonOf('Authentication_RequestFromUnsupportedUserRole'), 'roleMissing');
  });

  it('means the role when the person’s token has the permission, else the permission', () => {
    assert.equal(
      forbiddenReason('S2SUnauthorized', { scopes: ['reports.read.all'] }, permissions),
      'roleMissing',
    );
    const full = { scopes: ['https://graph.microsoft.com/Reports.Read.All'] };
    assert.equal(forbiddenReason('S2SUnauthorized', full, permissions), 'roleMissing');
    assert.equal(
      forbiddenReason('S2SUnauthorized', { scopes: ['User.Read'] }, permissions),
      'permissionMissing',
    );
    assert.equal(
      forbiddenReason('Authorization_RequestDenied', { scopes: [] }, permissions),
      'permissionMissing',
    );
  });
});

it('an expired page token is recognized by its code', () => {
  const error = (code: string) => new LicenseError('serviceError', 'x', { code });
  assert.equal(isExpiredPageToken(error('Directory_ExpiredPageToken')), true);
  assert.equal(isExpiredPageToken(error('Request_BadRequest')), false);
  assert.equal(isExpiredPageToken(new Error('Directory_ExpiredPageToken')), false);
});
