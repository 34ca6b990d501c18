import assert from 'node:assert/strict';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { activeUser, guid, importRows, signIn, user } from '../../../support/storeRows';

describe('the newer facts of the roster', () => {
  let test: TestStore;

  before(async () => {
    test = await createTestStore();
    await importRows(test.store, {
      users: [user(1), user(2), user(3), user(4, { accountEnabled: false })],
      registrationDetails: [
        {
          userId: guid(1),
          isMfaRegistered: true,
          isMfaCapable: false,
          lastUpdatedAt: '2026-02-01T00:00:00Z',
        },
        { userId: guid(2), isMfaRegistered: false, isMfaCapable: false, lastUpdatedAt: null },
        { userId: guid(3), isMfaRegistered: null, isMfaCapable: null, lastUpdatedAt: null },
      ],
      activeUsers: [
        activeUser('user1@contoso.example', {
          teamsLastActivityDate: '2026-02-20',
          exchangeLastActivityDate: '2026-02-27',
        }),
        activeUser('user2@contoso.example', { exchangeLastActivityDate: '2026-02-10' }),
      ],
      applicationSignIns: [signIn(guid(2), 'visio', '2026-02-22T09:00:00Z')],
    });
  });
  after(() => test.dispose());

  it('are unknown for disabled users, of whom the service says nothing', () => {
    assert.deepEqual(
      test.sqlite3(`SELECT userId, isMfaRegistered, isMfaCapable FROM v_users ORDER BY userId`),
      [
        { userId: guid(1), isMfaRegistered: 1, isMfaCapable: 0 },
        { userId: guid(2), isMfaRegistered: 0, isMfaCapable: 0 },
        { userId: guid(3), isMfaRegistered: null, isMfaCapable: null },
        { userId: guid(4), isMfaRegistered: null, isMfaCapable: null },
      ],
    );
  });

  it('name the application that was used last', () => {
    assert.deepEqual(
      test.sqlite3('SELECT userId, lastUsedApplication FROM v_users ORDER BY userId LIMIT 3'),
      [
        { userId: guid(1), lastUsedApplication: 'exchange' },
        { userId: guid(2), lastUsedApplication: 'visio' },
        { userId: guid(3), lastUsedApplication: null },
      ],
    );
  });
});
