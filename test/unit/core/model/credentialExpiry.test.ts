import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/model/connection';
import { credentialExpiries, expiryWarningKey } from '../../../../src/core/model/credentialExpiry';

type Part = Pick<Connection, 'flow' | 'credential' | 'signedInAt' | 'refreshedAt'>;

const withSecret = (expiresAt: string | null): Part => ({
  flow: 'clientCredentials',
  credential: { kind: 'secret', expiresAt, thumbprint: null },
  signedInAt: '2026-01-01T00:00:00.000Z',
});
const at = (iso: string): Date => new Date(iso);
const first = (connection: Part, now: string) => credentialExpiries(connection, at(now))[0];

describe('credentialExpiries', () => {
  it('warns 30, 14 and 3 days ahead, and when the end has come', () => {
    const secret = withSecret('2026-12-31T00:00:00.000Z');
    // 1 December + 30 days = 31 December.
    const expected: [string, number, number | null][] = [
      ['2026-11-30T23:59:59.999Z', 30, null],
      ['2026-12-01T00:00:00.000Z', 30, 30],
      ['2026-12-16T23:59:59.999Z', 14, 30],
      ['2026-12-17T00:00:00.000Z', 14, 14],
      ['2026-12-28T00:00:00.000Z', 3, 3],
      ['2026-12-30T12:00:00.000Z', 0, 3],
      ['2026-12-31T00:00:00.000Z', 0, 0],
      ['2027-01-02T00:00:00.000Z', -2, 0],
    ];
    for (const [now, daysLeft, threshold] of expected) {
      assert.deepEqual(
        first(secret, now),
        { kind: 'secret', expiresAt: '2026-12-31T00:00:00.000Z', daysLeft, threshold },
        now,
      );
    }
  });

  it('counts 90 idle days of a refresh token from its last use', () => {
    const person: Part = {
      flow: 'authorizationCode',
      signedInAt: '2026-01-01T08:00:00.000Z',
      refreshedAt: '2026-03-01T08:00:00.000Z',
    };
    // March has 31 days, April 30: 1 March + 90 days = 30 May.
    assert.equal(first(person, '2026-03-02T00:00:00Z')?.expiresAt, '2026-05-30T08:00:00.000Z');
    assert.equal(first(person, '2026-03-02T00:00:00Z')?.threshold, null);
    assert.equal(first(person, '2026-05-20T00:00:00Z')?.threshold, 14);
    // 1 January + 90 days in a year of 365: 31 January days + 28 + 31 = 90, so 1 April.
    const { refreshedAt: _, ...never } = person;
    assert.equal(first(never, '2026-03-02T00:00:00Z')?.expiresAt, '2026-04-01T08:00:00.000Z');
  });

  it('says nothing without a date, after a sign-out, or of a secret that the flow does not use', () => {
    assert.deepEqual(credentialExpiries(withSecret(null), at('2026-12-31T00:00:00Z')), []);
    assert.deepEqual(credentialExpiries(withSecret('soon'), at('2026-12-31T00:00:00Z')), []);
    assert.deepEqual(
      credentialExpiries({ flow: 'deviceCode', signedInAt: null }, at('2026-12-31T00:00:00Z')),
      [],
    );
    assert.deepEqual(
      credentialExpiries(
        { ...withSecret('2026-12-31T00:00:00Z'), flow: 'deviceCode', signedInAt: null },
        at('2026-12-31T00:00:00Z'),
      ),
      [],
    );
  });

  it('has one key per warning, and a new one for a new credential', () => {
    const key = (connection: Part, now: string): string => {
      const found = first(connection, now);
      assert.ok(found);
      return expiryWarningKey('c1', found);
    };
    const old = withSecret('2026-12-31T00:00:00Z');
    assert.equal(key(old, '2026-12-20T00:00:00Z'), key(old, '2026-12-25T00:00:00Z'));
    assert.notEqual(key(old, '2026-12-20T00:00:00Z'), key(old, '2026-12-29T00:00:00Z'));
    assert.notEqual(
      key(old, '2026-12-20T00:00:00Z'),
      key(withSecret('2026-12-30T00:00:00Z'), '2026-12-20T00:00:00Z'),
    );
  });
});
