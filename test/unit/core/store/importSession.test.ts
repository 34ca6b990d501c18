import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { StoreChange } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activation,
  appUsage,
  assignment,
  connection,
  guid,
  importEnd,
  importRows,
  importStart,
  mailbox,
  otherTenantId,
  sku,
  tenantId,
  user,
} from '../../../support/storeRows';

const product = guid(1000);
const reason = (expected: string) => (error: unknown) => isLicenseError(error) && error.reason === expected;

describe('an import session', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await createTestStore();
  });
  afterEach(() => test.dispose());

  it('counts what was added, changed and removed, assignments included', async () => {
    const first = await importRows(test.store, {
      users: [user(1, { assignments: [assignment(product)] }), user(2), user(3), user(4)],
    });
    assert.deepEqual(counts(first), { added: 4, changed: 0, removed: 0 });

    const same = await importRows(test.store, {
      users: [user(4), user(3), user(2), user(1, { assignments: [assignment(product)] })],
    });
    assert.deepEqual(counts(same), { added: 0, changed: 0, removed: 0 });

    // 1 loses its license, 2 gets another title, 3 is gone, 4 stays, 5 is new.
    const second = await importRows(test.store, {
      users: [user(1), user(2, { jobTitle: 'Chief' }), user(4), user(5)],
    });
    assert.deepEqual(counts(second), { added: 1, changed: 2, removed: 1 });
    assert.deepEqual(test.sqlite3('SELECT userId, jobTitle, licenses FROM v_users ORDER BY userId'), [
      { userId: guid(1), jobTitle: null, licenses: '' },
      { userId: guid(2), jobTitle: 'Chief', licenses: '' },
      { userId: guid(4), jobTitle: null, licenses: '' },
      { userId: guid(5), jobTitle: null, licenses: '' },
    ]);
    assert.deepEqual(test.sqlite3('SELECT * FROM v_seats'), []);
  });

  it('gives a user the assignments of the last row when a listing brings the user twice', async () => {
    await importRows(test.store, {
      users: [
        user(1, { assignments: [assignment(guid(1001)), assignment(guid(1002))] }),
        user(2, { assignments: [assignment(guid(1001))] }),
        user(1, { displayName: 'Later', assignments: [assignment(guid(1003))] }),
      ],
    });
    assert.deepEqual(test.sqlite3('SELECT userId, skuId FROM v_assignments ORDER BY userId, skuId'), [
      { userId: guid(1), skuId: guid(1003) },
      { userId: guid(2), skuId: guid(1001) },
    ]);
    assert.deepEqual(test.sqlite3(`SELECT displayName FROM v_users WHERE userId = '${guid(1)}'`), [
      { displayName: 'Later' },
    ]);
  });

  it('shows nothing of what is staged, and forgets a dataset that restarts', async () => {
    const session = await test.store.beginImport(importStart());
    await session.write('users', [user(1), user(2)]);
    assert.deepEqual(await test.store.query('SELECT * FROM v_users'), []);
    await session.restart('users');
    await session.write('users', [user(3)]);
    await session.commit(importEnd(['users']));
    assert.deepEqual(await test.store.query('SELECT userId FROM v_users'), [{ userId: guid(3) }]);
  });

  it('leaves data and dates as they were when it is discarded, and keeps the run in the history', async () => {
    await importRows(test.store, { users: [user(1)] }, { importId: 'good' });
    const session = await test.store.beginImport({ ...importStart(), importId: 'bad' });
    await session.write('users', [user(2)]);
    const result = await session.discard(
      importEnd(['users'], {
        finishedAt: '2026-03-11T08:00:00.000Z',
        end: {
          status: 'cancelled',
          tasks: [
            {
              task: 'applicationRoster',
              status: 'cancelled',
              rows: 1,
              durationMs: 5,
              warnings: ['Stopped.'],
            },
          ],
        },
      }),
    );
    assert.equal(result.status, 'cancelled');
    assert.deepEqual(test.sqlite3('SELECT userId FROM v_users'), [{ userId: guid(1) }]);
    assert.deepEqual(test.sqlite3('SELECT lastImportAt FROM v_tenants'), [
      { lastImportAt: '2026-03-10T08:30:00.000Z' },
    ]);
    assert.deepEqual(test.sqlite3('SELECT evaluatedOn FROM v_evaluation'), [{ evaluatedOn: '2026-03-10' }]);
    assert.deepEqual(test.sqlite3('SELECT importId, status FROM v_imports ORDER BY importId'), [
      { importId: 'bad', status: 'cancelled' },
      { importId: 'good', status: 'succeeded' },
    ]);
    assert.deepEqual(
      test.sqlite3("SELECT rows, added, removed, warnings FROM v_import_tasks WHERE importId = 'bad'"),
      [{ rows: 1, added: 0, removed: 0, warnings: 'Stopped.' }],
    );
  });

  it('keeps the rows of a dataset that failed while others are replaced', async () => {
    await importRows(test.store, {
      users: [user(1)],
      mailboxUsage: [mailbox('user1@contoso.example', { storageUsedBytes: 3 * 1_048_576 })],
    });
    const session = await test.store.beginImport(importStart());
    await session.write('users', [user(1), user(2)]);
    await session.write('mailboxUsage', [mailbox('user2@contoso.example')]);
    await session.commit(
      importEnd(['users'], {
        finishedAt: '2026-03-12T08:00:00.000Z',
        outcomes: { mailboxUsage: { status: 'failed', reason: 'serviceError', asOfDate: null } },
        end: { status: 'partial' },
      }),
    );
    assert.deepEqual(test.sqlite3('SELECT userId, mailMegabytes FROM v_users ORDER BY userId'), [
      { userId: guid(1), mailMegabytes: 3 },
      { userId: guid(2), mailMegabytes: null },
    ]);
    assert.deepEqual(
      test.sqlite3("SELECT status, reason, asOfDate FROM datasetStates WHERE dataset = 'mailboxUsage'"),
      [{ status: 'failed', reason: 'serviceError', asOfDate: '2026-03-10' }],
    );
  });

  it('with nothing complete changes nothing but the history', async () => {
    const session = await test.store.beginImport(importStart());
    await session.commit(
      importEnd([], {
        outcomes: { users: { status: 'failed', reason: 'permissionMissing' } },
        end: { status: 'failed' },
      }),
    );
    assert.deepEqual(test.sqlite3('SELECT * FROM v_tenants'), []);
    assert.deepEqual(test.sqlite3('SELECT status FROM v_imports'), [{ status: 'failed' }]);
  });

  it('is refused while another import of the same tenant runs, in this window or another', async () => {
    const other = await test.another();
    const session = await test.store.beginImport(importStart());
    await assert.rejects(test.store.beginImport(importStart()), reason('busy'));
    await assert.rejects(other.beginImport(importStart()), reason('busy'));
    const elsewhere = await other.beginImport(importStart({ tenantId: otherTenantId }));
    await elsewhere.commit(importEnd(['users']));
    await session.commit(importEnd(['users']));
    const next = await other.beginImport(importStart());
    await next.discard(importEnd([]));
    await assert.rejects(session.write('users', [user(1)]), reason('notFound'));
  });

  it('keeps what is staged while another window writes the file', async () => {
    const other = await test.another();
    const session = await test.store.beginImport(importStart());
    await session.write('users', [user(1)]);
    await other.saveConnection(connection('c1', 'First'));
    await session.write('users', [user(2)]);
    // The read makes this window load the other one's file.
    assert.equal((await test.store.connections()).length, 1);
    await session.commit(importEnd(['users']));
    assert.deepEqual(test.sqlite3('SELECT count(*) AS n FROM v_users'), [{ n: 2 }]);
    assert.deepEqual(test.sqlite3('SELECT name FROM connections'), [{ name: 'First' }]);
  });

  it('keeps tenants apart', async () => {
    const rows = { users: [user(1)], subscribedSkus: [sku(product, 'A', { enabled: 1 })] };
    await importRows(test.store, rows);
    await importRows(test.store, rows, { tenantId: otherTenantId });
    await importRows(test.store, { users: [] }, { tenantId: otherTenantId });
    assert.deepEqual(test.sqlite3('SELECT tenantId, userId FROM v_users'), [{ tenantId, userId: guid(1) }]);
    assert.deepEqual(test.sqlite3('SELECT tenantId FROM v_position ORDER BY tenantId'), [
      { tenantId },
      { tenantId: otherTenantId },
    ]);
  });

  it('tells listeners which tenant changed and counts generations', async () => {
    const changes: StoreChange[] = [];
    test.store.onDidChange((change) => changes.push(change));
    const { generation } = await test.store.open();
    await importRows(test.store, { users: [user(1)] });
    assert.deepEqual(changes, [{ generation: generation + 1, tenantIds: [tenantId] }]);
    assert.equal((await test.store.open()).generation, generation + 1);
  });

  it('keeps sign-in dates that could not be read again, and clears those that were', async () => {
    const signedIn = user(1, { lastSignInAt: '2026-03-09T00:00:00Z' });
    await importRows(test.store, { users: [signedIn] });
    const unread = { users: { signInActivity: 'permissionMissing' as const } };
    const refused = await importRows(test.store, { users: [user(1)] }, { outcomes: unread });
    assert.deepEqual(counts(refused), { added: 0, changed: 0, removed: 0 });
    assert.deepEqual(test.sqlite3('SELECT lastActivityDate FROM v_users'), [
      { lastActivityDate: '2026-03-09' },
    ]);
    await importRows(test.store, { users: [user(1)] });
    assert.deepEqual(test.sqlite3('SELECT lastActivityDate FROM v_users'), [{ lastActivityDate: null }]);
  });

  it('shows cells of reports as unknown when names are concealed, the report is missing or app usage is old', async () => {
    const upn = 'user1@contoso.example';
    const cells = 'SELECT activations, windows, web, mailMegabytes FROM v_users';
    await importRows(test.store, { users: [user(1)] });
    assert.deepEqual(test.sqlite3(cells), [
      { activations: null, windows: null, web: null, mailMegabytes: null },
    ]);
    const reports = {
      users: [user(1)],
      activations: [activation(upn, 'APPS', { mac: 1 })],
      appUsage: [appUsage(upn, { windows: true })],
      mailboxUsage: [mailbox(upn, { storageUsedBytes: 524_288 })],
    };
    await importRows(test.store, reports);
    assert.deepEqual(test.sqlite3(cells), [{ activations: 'APPS', windows: 1, web: 0, mailMegabytes: 0.5 }]);
    await importRows(test.store, reports, {
      outcomes: { activations: { concealed: true }, mailboxUsage: { concealed: true } },
    });
    assert.deepEqual(test.sqlite3(cells), [{ activations: null, windows: 1, web: 0, mailMegabytes: null }]);
    // Eight days on the app usage of 10 March speaks no more; what is stored in a mailbox still does.
    await importRows(test.store, reports);
    await test.store.evaluate({ inactivityDays: 30, graceDays: 30 }, '2026-03-18');
    assert.deepEqual(test.sqlite3(cells), [
      { activations: 'APPS', windows: null, web: null, mailMegabytes: 0.5 },
    ]);
  });
});

describe('evaluate', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await createTestStore();
  });
  afterEach(() => test.dispose());

  it('judges again when the date or a setting changed, and only then', async () => {
    await importRows(test.store, {
      users: [
        user(1, { lastSignInAt: '2026-02-20T00:00:00Z', lastSuccessfulSignInAt: '2026-02-20T00:00:00Z' }),
      ],
    });
    const settings = { inactivityDays: 30, graceDays: 30 };
    const sql = 'SELECT verdict, daysSinceLastActivity FROM v_users';
    // 20 February to 10 March 2026: 8 + 10 days.
    assert.deepEqual(test.sqlite3(sql), [{ verdict: 'active', daysSinceLastActivity: 18 }]);
    assert.equal(await test.store.evaluate(settings, '2026-03-10'), false);
    assert.equal(await test.store.evaluate({ ...settings, inactivityDays: 17 }, '2026-03-10'), true);
    assert.deepEqual(test.sqlite3(sql), [{ verdict: 'inactive', daysSinceLastActivity: 18 }]);
    assert.equal(await test.store.evaluate({ ...settings, inactivityDays: 19 }, '2026-03-11'), true);
    assert.deepEqual(test.sqlite3(sql), [{ verdict: 'active', daysSinceLastActivity: 19 }]);
    assert.deepEqual(test.sqlite3('SELECT evaluatedOn FROM v_evaluation'), [{ evaluatedOn: '2026-03-11' }]);
    assert.equal(await test.store.evaluate({ ...settings, inactivityDays: 19 }, '2026-03-11'), false);
  });

  it('does nothing without data', async () => {
    assert.equal(await test.store.evaluate({ inactivityDays: 30, graceDays: 30 }, '2026-03-10'), false);
  });
});

function counts(result: {
  tasks: readonly { added: number; changed: number; removed: number }[];
}): Record<string, number> {
  const [task] = result.tasks;
  assert.ok(task);
  return { added: task.added, changed: task.changed, removed: task.removed };
}
