import assert from 'node:assert/strict';
import { Pseudonyms } from '../../../../src/core/model/pseudonym';

const userId = '00000000-0000-4000-8000-000000000001';
const pseudonyms = new Pseudonyms('key of the test');

describe('pseudonyms', () => {
  it('are the HMAC of the id, as another program calculates it', () => {
    // Python: hmac.new(key, id, sha256), the first eight bytes as a number, ten digits to the base 32, lowest first.
    assert.equal(pseudonyms.of(userId), 'User SF98Z-RMDW3');
    assert.equal(pseudonyms.of('00000000-0000-4000-8000-000000000002'), 'User 0W6TQ-ZVSEY');
    assert.equal(new Pseudonyms('another key').of(userId), 'User VA4ZY-1WMNR');
  });

  it('do not depend on how the id is written', () => {
    const id = 'ABCDEF00-0000-4000-8000-00000000000A';
    assert.equal(pseudonyms.of(id), pseudonyms.of(id.toLowerCase()));
  });

  it('do not collide among 100,000 users', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `user ${index}`);
    assert.equal(new Set(ids.map((id) => pseudonyms.of(id))).size, 100_000);
  });

  it('replace every name of a person and nothing else', () => {
    const row = {
      tenantId: 'tenant',
      userId,
      userPrincipalName: 'ada@contoso.example',
      displayName: 'Ada Lovelace',
      mail: null,
      givenName: 'Ada',
      surname: '',
      jobTitle: 'Analyst',
      groupName: 'Friends of Ada',
      mailMegabytes: 12.5,
    };
    assert.deepEqual(pseudonyms.row(row), {
      ...row,
      userPrincipalName: 'User SF98Z-RMDW3',
      displayName: 'User SF98Z-RMDW3',
      givenName: 'User SF98Z-RMDW3',
    });
    assert.equal(row.displayName, 'Ada Lovelace', 'the row itself stays as it was');
  });

  it('leave the names of tenants and products, and hide a person even where the id is missing', () => {
    assert.deepEqual(pseudonyms.row({ tenantId: 'tenant', displayName: 'Contoso' }), {
      tenantId: 'tenant',
      displayName: 'Contoso',
    });
    assert.deepEqual(
      pseudonyms.row({
        licenseId: 'license',
        givenName: 'Our suite',
        administrator: 'Admin@contoso.example',
      }),
      { licenseId: 'license', givenName: 'Our suite', administrator: 'szvfx-2qy1s@hidden.invalid' },
    );
    assert.deepEqual(pseudonyms.row({ userPrincipalName: 'ada@contoso.example', userId: null, seats: 2 }), {
      userPrincipalName: 'User (hidden)',
      userId: null,
      seats: 2,
    });
  });
});
