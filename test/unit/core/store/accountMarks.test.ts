import assert from 'node:assert/strict';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { Store } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  assignment,
  connection,
  guid,
  importRows,
  mailbox,
  otherTenantId,
  tenantId,
  user,
} from '../../../support/storeRows';
import { basic, day, premium, rows } from './licensedTenant';

const fails =
  (reason: string) =>
  (error: unknown): boolean =>
    isLicenseError(error) && error.reason === reason;

const name = (number: number): string => `user${number}@contoso.example`;
const service = { kind: 'serviceAccount', reason: 'Nightly job' } as const;

describe('accounts that are no persons', () => {
  let test: TestStore;
  let store: Store;
  beforeEach(async () => {
    test = await createTestStore();
    store = test.store;
    await importRows(store, rows);
  });
  afterEach(() => test.dispose());

  const list = async (sql: string): Promise<unknown[]> =>
    (await store.query(sql)).map((row) => Object.values(row).join(' '));
  const verdicts = (): Promise<unknown[]> => list('SELECT userId, verdict FROM v_users ORDER BY userId');
  const basicSeats = (): Promise<unknown[]> =>
    list(`SELECT userId, verdict FROM v_seats WHERE skuId = '${basic}' ORDER BY userId`);
  const kinds = (): Promise<unknown[]> =>
    list(`SELECT kind FROM v_findings WHERE skuId = '${basic}' AND userId IS NOT NULL ORDER BY kind`);

  it('are judged as such at once, whatever their use, in the roster, the seats and the findings', async () => {
    assert.deepEqual(await kinds(), ['contained', 'inactive', 'neverActive']);
    const changes = await store.markAccounts(tenantId, { userIds: [guid(2), guid(3)] }, service, day);
    assert.deepEqual(changes, { changed: 2, unknown: 0 });
    // Both signed in on March 9; user 2 last used Exchange on January 27.
    assert.deepEqual(
      await list(
        `SELECT userId, verdict, verdictReason, lastActivityDate, markedAs, markReason, markPattern
         FROM v_users ORDER BY userId`,
      ),
      [
        `${guid(1)} active usedRecently 2026-03-09   `,
        `${guid(2)} notPerson markedNotPerson 2026-03-09 serviceAccount Nightly job `,
        `${guid(3)} notPerson markedNotPerson 2026-03-09 serviceAccount Nightly job `,
      ],
    );
    assert.deepEqual(await basicSeats(), [
      `${guid(1)} active`,
      `${guid(2)} notPerson`,
      `${guid(3)} notPerson`,
    ]);
    assert.deepEqual(await kinds(), ['contained']);
    // By the sqlite3 program: in the file, and not only in the worker's memory.
    assert.deepEqual(test.sqlite3('SELECT upnKey, kind, reason FROM accountMarks'), [
      { upnKey: name(2), kind: 'serviceAccount', reason: 'Nightly job' },
      { upnKey: name(3), kind: 'serviceAccount', reason: 'Nightly job' },
    ]);

    assert.deepEqual(await store.unmarkAccounts(tenantId, { userIds: [guid(2)] }, day), {
      changed: 1,
      unknown: 0,
    });
    assert.deepEqual(await verdicts(), [`${guid(1)} active`, `${guid(2)} active`, `${guid(3)} notPerson`]);
    assert.deepEqual(await kinds(), ['contained', 'inactive']);
  });

  it('stay marked through imports, and when they are gone, until somebody takes the mark away', async () => {
    await store.markAccounts(tenantId, { userPrincipalNames: [` ${name(3).toUpperCase()} `] }, service, day);
    await importRows(store, { ...rows, users: rows.users?.slice(0, 2) ?? [] }, { importId: 'without 3' });
    assert.deepEqual(await verdicts(), [`${guid(1)} active`, `${guid(2)} active`]);
    assert.deepEqual(await list('SELECT userPrincipalName, userId, markedAs FROM v_account_marks'), [
      `${name(3).toUpperCase()}  serviceAccount`,
    ]);
    await importRows(store, rows, { importId: 'with 3 again' });
    assert.equal((await verdicts())[2], `${guid(3)} notPerson`);
    await store.unmarkAccounts(tenantId, { userPrincipalNames: [name(3)] }, day);
    assert.equal((await verdicts())[2], `${guid(3)} active`);
    assert.deepEqual(await list('SELECT * FROM v_account_marks'), []);
  });

  it('are counted by a facet, filtered and exported', async () => {
    await store.markAccounts(tenantId, { userIds: [guid(3)] }, { kind: 'room', reason: null }, day);
    const [facet] = await store.facets({ report: 'roster', tenantId }, ['markedAs']);
    assert.deepEqual(
      facet?.values.map(({ value, count }) => [value, count]),
      [
        [null, 2],
        ['room', 1],
      ],
    );
    const view = await store.openView({ report: 'roster', filter: { columns: { markedAs: ['room'] } } });
    assert.equal(view.rowCount, 1);
    await store.closeView(view.viewId);
  });

  it('of a kind with a shared mailbox need no license that a mailbox report would not spare', async () => {
    const sized = mailbox(name(3), { storageUsedBytes: 1_000, hasArchive: false, recipientType: null });
    const quiet = (rows.users ?? []).map((row) =>
      row.userId === guid(3) ? { ...row, lastSignInAt: '2025-01-01T00:00:00Z' } : row,
    );
    await importRows(store, { ...rows, users: quiet, mailboxUsage: [sized] }, { importId: 'mailbox' });
    const bucket = (): Promise<unknown[]> =>
      list(`SELECT kind FROM v_findings WHERE userId = '${guid(3)}' AND bucket IS NOT NULL`);
    assert.deepEqual(await bucket(), ['neverActive']);
    await store.markAccounts(tenantId, { userIds: [guid(3)] }, service, day);
    assert.deepEqual(await bucket(), []);
    await store.markAccounts(tenantId, { userIds: [guid(3)] }, { kind: 'room', reason: null }, day);
    assert.deepEqual(await bucket(), ['mailboxNeedsNone']);
    // The same from the verdicts that are stored, when only something else changes.
    await store.saveExchangeRates([{ from: 'USD', to: 'EUR', rate: '0.9' }], day);
    assert.deepEqual(await bucket(), ['mailboxNeedsNone']);
  });

  describe('by a pattern', () => {
    const pattern = { field: 'userPrincipalName', pattern: 'USER*', kind: 'other', reason: 'Tests' } as const;

    it('are previewed, marked, and people again when the pattern goes', async () => {
      assert.deepEqual(await store.previewPattern(tenantId, { ...pattern, pattern: '*2' }), {
        users: 1,
        active: 1,
        examples: [{ userId: guid(2), userPrincipalName: name(2) }],
      });
      await store.savePattern(tenantId, pattern, day);
      assert.deepEqual(
        await list('SELECT markedAs, markReason, markPattern, verdict FROM v_users'),
        Array.from({ length: 3 }, () => 'other Tests user* notPerson'),
      );
      // A user who comes later is marked as well.
      const more = [...(rows.users ?? []), user(4), user(5, { userPrincipalName: 'x@contoso.example' })];
      await importRows(store, { ...rows, users: more }, { importId: 'more' });
      assert.deepEqual((await list('SELECT markedAs FROM v_users ORDER BY userId')).slice(3), ['other', '']);
      await store.removePattern(tenantId, { field: 'userPrincipalName', pattern: 'User*' }, day);
      assert.deepEqual(await list('SELECT markedAs FROM v_users WHERE markedAs IS NOT NULL'), []);
    });

    it('are one person among them that was unmarked, and again no person when that is taken back', async () => {
      await store.savePattern(tenantId, pattern, day);
      await store.unmarkAccounts(tenantId, { userIds: [guid(1)] }, day);
      assert.deepEqual(await list('SELECT markedAs, verdict FROM v_users ORDER BY userId'), [
        'person active',
        'other notPerson',
        'other notPerson',
      ]);
      await store.unmarkAccounts(tenantId, { userIds: [guid(1)], leaveToPatterns: true }, day);
      assert.equal((await list('SELECT markedAs FROM v_users ORDER BY userId'))[0], 'other');
    });

    it('of which the oldest decides, after a mark of the account itself', async () => {
      await store.savePattern(tenantId, { ...pattern, pattern: '*1', kind: 'equipment' }, day);
      await store.savePattern(tenantId, pattern, day);
      await store.markAccounts(tenantId, { userIds: [guid(3)] }, { kind: 'room', reason: null }, day);
      assert.deepEqual(await list('SELECT markedAs FROM v_users ORDER BY userId'), [
        'equipment',
        'other',
        'room',
      ]);
    });
  });

  it('come as a list, all or none, with the names that nobody has', async () => {
    const marks = [
      { userPrincipalName: name(2), kind: 'room', reason: 'Floor 2' },
      { userPrincipalName: 'nobody@contoso.example', kind: 'equipment', reason: null },
    ] as const;
    assert.deepEqual(await store.importMarks(tenantId, marks, day), { changed: 2, unknown: 1 });
    await assert.rejects(
      store.importMarks(tenantId, [{ userPrincipalName: '', kind: 'room', reason: null }], day),
      fails('invalidArgument'),
    );
    assert.deepEqual(await list('SELECT userPrincipalName, markedAs FROM v_account_marks'), [
      'nobody@contoso.example equipment',
      `${name(2)} room`,
    ]);
  });

  it('are refused where there is no such user, tenant, pattern or kind', async () => {
    const room = { kind: 'room', reason: null } as const;
    await assert.rejects(store.markAccounts(tenantId, { userIds: [guid(9)] }, room, day), fails('notFound'));
    await assert.rejects(
      store.markAccounts(otherTenantId, { userPrincipalNames: ['a@b'] }, room, day),
      fails('notFound'),
    );
    const all = { field: 'userPrincipalName', pattern: '*@*', kind: 'other', reason: null } as const;
    await assert.rejects(store.savePattern(tenantId, all, day), fails('invalidArgument'));
    await assert.rejects(store.removePattern(tenantId, all, day), fails('notFound'));
    assert.deepEqual(await list('SELECT * FROM v_account_marks'), []);
  });

  it('are forgotten with the data of their tenant', async () => {
    await store.markAccounts(tenantId, { userIds: [guid(3)] }, service, day);
    await store.saveConnection(connection('c1', 'Contoso'));
    await store.removeConnection('c1', false);
    assert.deepEqual(test.sqlite3('SELECT * FROM accountMarks'), []);
  });

  it('hold seats like everybody', async () => {
    await importRows(
      store,
      { ...rows, users: [user(1, { assignments: [assignment(basic), assignment(premium)] })] },
      { importId: 'one' },
    );
    await store.markAccounts(tenantId, { userIds: [guid(1)] }, service, day);
    assert.deepEqual(await list('SELECT skuPartNumber, seats, active FROM v_position ORDER BY 1'), [
      'BASIC 1 0',
      'PREMIUM 1 0',
    ]);
  });
});
