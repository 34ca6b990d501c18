import assert from 'node:assert/strict';
import { silentLogger } from '../../../../src/core/foundation/logger';
import { createGraphClient } from '../../../../src/core/graph/graphClient';
import { readUserDelta } from '../../../../src/core/graph/userChanges';
import { disagreement } from '../../../../src/core/importing/seatProof';
import { createTestStore } from '../../../support/storeFixture';
import { guid, importEnd, importRows, importStart, tenantId, user } from '../../../support/storeRows';
import { CountingTokens, jsonAnswer, ScriptedHttp } from '../graph/scriptedHttp';

const origin = 'https://graph.example';

describe('changes of users', () => {
  it('count once, as they were said last, over all pages', async () => {
    const http = new ScriptedHttp(
      jsonAnswer({
        value: [{ id: 'A' }, { id: 'b' }, { id: 'c', '@removed': { reason: 'deleted' } }, { no: 'id' }],
        '@odata.nextLink': `${origin}/v1.0/users/delta?$skiptoken=2`,
      }),
      jsonAnswer({
        value: [{ id: 'a', '@removed': { reason: 'changed' } }, { id: 'b' }, { id: 'c' }],
        '@odata.deltaLink': `${origin}/v1.0/users/delta?$deltatoken=next`,
      }),
    );
    const client = createGraphClient({
      http,
      tokens: new CountingTokens(),
      graphOrigin: origin,
      logger: silentLogger,
      signal: new AbortController().signal,
    });
    assert.deepEqual(await readUserDelta(client, `${origin}/v1.0/users/delta?$deltatoken=last`), {
      changes: [
        { userId: 'a', removed: true },
        { userId: 'b', removed: false },
        { userId: 'c', removed: false },
      ],
      deltaLink: `${origin}/v1.0/users/delta?$deltatoken=next`,
    });
  });

  it('are merged into the file: removed, soft-deleted, restored, and newer sign-ins', async () => {
    const test = await createTestStore();
    try {
      const deletedAt = '2026-03-01T00:00:00Z';
      await importRows(test.store, {
        users: [user(1), user(2), { ...user(3), deletedAt }, { ...user(4), deletedAt }, user(5)],
      });
      const session = await test.store.beginImport(importStart({ importId: 'merge' }));
      await session.writeUserChanges({
        upserts: [user(2), user(3), user(6)],
        removedIds: [guid(2), guid(5)],
      });
      await session.writeUserChanges({ removedIds: [guid(6)] });
      await session.writeUserChanges({ upserts: [{ ...user(5), deletedAt }] });
      const time = '2026-03-09T01:00:00Z';
      await session.writeUserChanges({
        signIns: [1, 99].map((n) => ({
          userId: guid(n),
          lastSignInAt: time,
          lastNonInteractiveSignInAt: null,
          lastSuccessfulSignInAt: time,
        })),
      });
      const end = importEnd([]);
      await session.commit({
        ...end,
        datasets: [
          {
            dataset: 'users',
            task: 'applicationRoster',
            status: 'complete',
            asOfDate: '2026-03-10',
            concealed: false,
            signInActivity: 'read',
            reason: null,
            mode: 'merge',
            syncState: 'next',
          },
        ],
      });
      // 2 was removed after it was changed, 3 restored, 4 did not come among the deleted, 5 was deleted, 6 came and went.
      assert.deepEqual(
        test.sqlite3('SELECT userId, deletedAt, lastSuccessfulSignInAt AS at FROM users ORDER BY userId'),
        [
          { userId: guid(1), deletedAt: null, at: time },
          { userId: guid(3), deletedAt: null, at: user(3).lastSuccessfulSignInAt },
          { userId: guid(5), deletedAt, at: user(5).lastSuccessfulSignInAt },
        ],
      );
      assert.deepEqual(
        test.sqlite3(`SELECT rows, syncState FROM datasetStates JOIN tenants USING (tenantKey)
          WHERE dataset = 'users' AND tenantId = '${tenantId}'`),
        [{ rows: 3, syncState: 'next' }],
      );
    } finally {
      await test.dispose();
    }
  });

  it('are believed only while seats and the service’s counts move together', () => {
    const counts = (n: number): ReadonlyMap<string, number> => new Map([['sku', n]]);
    const proof = (then: number, now: number, before: number, after: number): string | null =>
      disagreement({
        consumedThen: counts(then),
        consumedNow: counts(now),
        seatsBefore: counts(before),
        seatsAfter: counts(after),
      });
    assert.equal(proof(10, 10, 10, 10), null);
    assert.equal(proof(12, 13, 10, 11), null);
    assert.equal(proof(10, 9, 10, 10), 'sku');
    assert.equal(proof(10, 10, 10, 9), 'sku');
    assert.equal(
      disagreement({
        consumedThen: new Map(),
        consumedNow: counts(2),
        seatsBefore: new Map(),
        seatsAfter: counts(2),
      }),
      null,
    );
    assert.equal(
      disagreement({
        consumedThen: new Map(),
        consumedNow: counts(2),
        seatsBefore: new Map(),
        seatsAfter: counts(1),
      }),
      'sku',
    );
  });
});
