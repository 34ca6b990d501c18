import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { commitWithRetry } from '../../../../src/core/importing/commitWithRetry';
import type { ImportSession } from '../../../../src/core/store/store';
import { createTestStore, failureOf, type TestStore } from '../../../support/storeFixture';
import { guid, importEnd, importRows, importStart, user } from '../../../support/storeRows';

describe('the commit of an import that finds no room', () => {
  let test: TestStore;
  let session: ImportSession;
  const end = importEnd(['users']);
  // A folder that is not empty in place of the backup makes the last step of a save fail.
  const block = (): void => {
    fs.rmSync(`${test.file}.bak`, { force: true });
    fs.mkdirSync(`${test.file}.bak/in the way`, { recursive: true });
  };
  const unblock = (): void => fs.rmSync(`${test.file}.bak`, { recursive: true, force: true });
  beforeEach(async () => {
    test = await createTestStore();
    await importRows(test.store, { users: [user(1)] });
    session = await test.store.beginImport(importStart());
    await session.write('users', [user(2)]);
    block();
  });
  afterEach(() => test.dispose());

  it('is tried again as often as a person wants', async () => {
    let asked = 0;
    const result = await commitWithRetry(session, end, {
      signal: new AbortController().signal,
      onNotWritable: async (error) => {
        assert.equal(error.reason, 'storeNotWritable');
        asked += 1;
        if (asked === 2) unblock();
        return true;
      },
    });
    assert.equal(asked, 2);
    assert.equal(result.status, 'succeeded');
    assert.deepEqual(test.sqlite3('SELECT userId FROM v_users'), [{ userId: guid(2) }]);
  });

  for (const [name, request] of [
    ['a person gives up', { onNotWritable: async () => false, signal: new AbortController().signal }],
    ['there is nobody to ask', { signal: new AbortController().signal }],
    ['it was cancelled', { onNotWritable: async () => true, signal: AbortSignal.abort() }],
  ] as const) {
    it(`ends and lets the next import in when ${name}`, async () => {
      const error = await failureOf(commitWithRetry(session, end, request));
      assert.ok(isLicenseError(error, 'storeNotWritable'));
      unblock();
      assert.deepEqual(test.sqlite3('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
      await importRows(test.store, { users: [user(3)] });
      assert.deepEqual(test.sqlite3('SELECT userId FROM v_users'), [{ userId: guid(3) }]);
    });
  }

  it('does not wait for an answer once it is cancelled', async () => {
    const controller = new AbortController();
    const work = commitWithRetry(session, end, {
      signal: controller.signal,
      onNotWritable: () => {
        setImmediate(() => controller.abort());
        return new Promise(() => undefined);
      },
    });
    assert.ok(isLicenseError(await failureOf(work), 'storeNotWritable'));
  });
});
