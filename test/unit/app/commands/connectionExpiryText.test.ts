import assert from 'node:assert/strict';
import { expiryHint, expirySentence } from '../../../../src/app/commands/connectionExpiryText';
import { credentialExpiries } from '../../../../src/core/model/credentialExpiry';

function textsOf(expiresAt: string, now: string): [string, string | null] {
  const [expiry] = credentialExpiries(
    {
      flow: 'clientCredentials',
      credential: { kind: 'secret', expiresAt, thumbprint: null },
      signedInAt: null,
    },
    new Date(now),
  );
  assert.ok(expiry);
  return [expirySentence(expiry), expiryHint(expiry)];
}

describe('words for the end of a credential', () => {
  const end = '2026-12-31T00:00:00Z';

  it('say the day and how far away it is', () => {
    assert.deepEqual(textsOf(end, '2026-10-01T00:00:00Z'), [
      'Client secret expires 2026-12-31 (in 91 days)',
      null,
    ]);
    assert.deepEqual(textsOf(end, '2026-12-29T00:00:00Z'), [
      'Client secret expires 2026-12-31 (in 2 days)',
      'secret expires in 2 days',
    ]);
    assert.equal(textsOf(end, '2026-12-29T12:00:00Z')[1], 'secret expires in 1 day');
    assert.equal(textsOf(end, '2026-12-30T12:00:00Z')[1], 'secret expires within a day');
    assert.deepEqual(textsOf(end, '2026-12-31T06:00:00Z'), [
      'Client secret expired 2026-12-31 (today)',
      'secret expired',
    ]);
    assert.equal(textsOf(end, '2027-01-01T06:00:00Z')[0], 'Client secret expired 2026-12-31 (yesterday)');
    assert.equal(textsOf(end, '2027-01-10T00:00:00Z')[0], 'Client secret expired 2026-12-31 (10 days ago)');
  });

  it('say of a refresh token that using it is enough', () => {
    const [expiry] = credentialExpiries(
      { flow: 'deviceCode', signedInAt: '2026-01-01T00:00:00Z', refreshedAt: '2026-10-02T00:00:00Z' },
      new Date('2026-12-30T00:00:00Z'),
    );
    assert.ok(expiry);
    // 2 October + 29 days of October + 30 of November + 31 of December = 90 days: 31 December.
    assert.equal(expirySentence(expiry), 'Refresh token expires, unless used, 2026-12-31 (in 1 day)');
    assert.equal(expiryHint(expiry), 'sign-in expires in 1 day');
  });
});
