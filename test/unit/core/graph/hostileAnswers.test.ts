import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { silentLogger } from '../../../../src/core/foundation/logger';
import { createGraphClient } from '../../../../src/core/graph/graphClient';
import type { ReadingContext } from '../../../../src/core/graph/listing';
import { newReadingNotes } from '../../../../src/core/graph/listing';
import { readMailboxUsage } from '../../../../src/core/graph/reports/mailboxUsage';
import { readSignIns } from '../../../../src/core/graph/signIns';
import { readSubscribedSkus } from '../../../../src/core/graph/subscribedSkus';
import { readUserDelta, readUsersById } from '../../../../src/core/graph/userChanges';
import { userProperties } from '../../../../src/core/graph/users';
import { collect } from './sampleGraph';
import type { Answer } from './scriptedHttp';
import { CountingTokens, jsonAnswer, ScriptedHttp } from './scriptedHttp';

const origin = 'https://graph.example';

function contextOf(...answers: Answer[]): ReadingContext {
  const client = createGraphClient({
    http: new ScriptedHttp(...answers),
    tokens: new CountingTokens(),
    graphOrigin: origin,
    logger: silentLogger,
    signal: new AbortController().signal,
    limits: { maxTries: 1, baseDelayMs: 0 },
  });
  return { client, cloud: 'global', now: () => new Date('2026-11-20T00:00:00Z'), notes: newReadingNotes() };
}

/** Runs a reading: it ends with rows or with an error of ours, never with a crash. */
async function rowsOrRefusal<Row>(reading: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  try {
    return await reading();
  } catch (error) {
    assert.ok(isLicenseError(error), String(error));
    return [];
  }
}

/** Anything where Graph documents a property, often of the right name. */
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, '', '0001-01-01T00:00:00Z', '2026-02-31T99:99:99Z', -1, 1e400, '\u0000', '__proto__'),
);
const record = (names: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] }),
    },
    { weight: 1, arbitrary: odd },
  );
const runs = { numRuns: 150, seed: 7 };

describe('hostile answers', () => {
  it('in JSON give valid rows or a refusal', async () => {
    const users = [
      ...userProperties,
      'licenseAssignmentStates',
      'assignedLicenses',
      'signInActivity',
      '@removed',
    ];
    const skus = [
      'skuId',
      'skuPartNumber',
      'consumedUnits',
      'prepaidUnits',
      'servicePlans',
      'subscriptionIds',
    ];
    const signIns = ['userId', 'appId', 'appDisplayName', 'createdDateTime', 'status'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(record(users), { maxLength: 5 }),
        fc.array(record(skus), { maxLength: 5 }),
        fc.array(record(signIns), { maxLength: 5 }),
        async (userValues, skuValues, signInValues) => {
          const page = (value: unknown): Answer =>
            jsonAnswer({ value, '@odata.deltaLink': `${origin}/v1.0/d` });
          const rows = await rowsOrRefusal(() =>
            collect(readUsersById(contextOf(page(userValues)), ['a'], true)),
          );
          for (const row of rows) assert.ok(row.userId !== '' && row.userPrincipalName !== '');
          await rowsOrRefusal(async () => {
            const { client } = contextOf(page(userValues));
            return (await readUserDelta(client, `${origin}/v1.0/users/delta`)).changes;
          });
          const products = await rowsOrRefusal(() => collect(readSubscribedSkus(contextOf(page(skuValues)))));
          for (const row of products) assert.ok(Number.isInteger(row.consumedUnits));
          const events = await rowsOrRefusal(() => collect(readSignIns(contextOf(page(signInValues)))));
          for (const row of events) assert.ok(!Number.isNaN(Date.parse(row.lastSignInAt)));
        },
      ),
      runs,
    );
  });

  it('of any text give a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
        const answer = { status: 200, headers: { 'content-type': 'application/json' }, text };
        const rows = await rowsOrRefusal(() => collect(readSubscribedSkus(contextOf(answer))));
        assert.equal(rows.length, 0);
      }),
      runs,
    );
  });

  it('in CSV give valid rows or a refusal', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '"',
        '""',
        ',',
        '\r\n',
        '\uFEFF',
        '=1+1',
        '2026-13-45',
        'True',
        'a@contoso.example',
        '1e999',
      ),
    );
    const header = fc.constantFrom(
      '\uFEFFReport Refresh Date,User Principal Name,Is Deleted,Last Activity Date,Storage Used (Byte)',
      'User Principal Name',
      'Something Else',
      '',
    );
    await fc.assert(
      fc.asyncProperty(
        header,
        fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 6 }),
        async (head, lines) => {
          const text = [head, ...lines.map((line) => line.join(','))].join('\r\n');
          const answer = { status: 200, headers: { 'content-type': 'application/octet-stream' }, text };
          const rows = await rowsOrRefusal(() => collect(readMailboxUsage(contextOf(answer))));
          for (const row of rows) {
            assert.notEqual(row.userPrincipalName, '');
            assert.match(row.lastActivityDate ?? '2026-11-20', /^\d{4}-\d\d-\d\d$/);
          }
        },
      ),
      runs,
    );
  });
});
