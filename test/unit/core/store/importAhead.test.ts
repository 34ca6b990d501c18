import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { Dataset, UserRow } from '../../../../src/core/model/datasets';
import type { ImportSession } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  activation,
  activeUser,
  assignment,
  connection,
  email,
  group,
  guid,
  importEnd,
  importRows,
  importStart,
  mailbox,
  oneDrive,
  otherTenantId,
  signIn,
  tenantId,
  user,
  type ImportRows,
} from '../../../support/storeRows';
import { basic, day, license, premium, purchase, rows } from './licensedTenant';

/** Of which nobody in the licensed tenant knows. */
const foreign = guid(1003);
const name = (number: number): string => `user${number}@contoso.example`;
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Uses or not, licenses by hand and by groups, plans off in several ways, errors, a deleted account now and then. */
function person(number: number): UserRow {
  const plans = [[], [guid(8001)], [guid(8002), guid(8001)], [guid(8000 + (number % 97))]][number % 4] ?? [];
  return user(number, {
    accountEnabled: number % 10 !== 0,
    department: ['Sales', 'IT', null][number % 3] ?? null,
    deletedAt: number % 50 === 0 ? '2026-03-01T00:00:00Z' : null,
    lastSignInAt: number % 4 === 0 ? '2026-03-09T00:00:00Z' : null,
    assignments: [
      assignment(basic, { disabledPlans: plans }),
      ...(number % 3 === 0 ? [assignment(premium, { groupId: guid(7000 + (number % 5)) })] : []),
      ...(number % 31 === 0
        ? [assignment(basic, { groupId: guid(7009), state: 'Error', error: 'CountViolation' })]
        : []),
    ],
  });
}

/** A tenant with everything that is known of so many people. */
function tenantOf(people: number): ImportRows & { readonly users: readonly UserRow[] } {
  const all = numbers(1, people);
  return {
    ...rows,
    users: all.map(person),
    groups: numbers(7000, 7004).map((number) => group(guid(number), `Group ${number}`)),
    activeUsers: all.map((number) =>
      activeUser(name(number), {
        hasExchangeLicense: true,
        exchangeLastActivityDate: ['2026-03-08', '2026-01-27', null][number % 7] ?? null,
      }),
    ),
    emailActivity: all.filter((number) => number % 2 === 0).map((number) => email(name(number))),
    activations: all
      .filter((number) => number % 5 === 0)
      .map((number) => activation(name(number), 'MICROSOFT 365 APPS FOR ENTERPRISE')),
    mailboxUsage: all.map((number) => mailbox(name(number))),
    oneDriveUsage: all.map((number) => oneDrive(name(number))),
    applicationSignIns: all
      .filter((number) => number % 9 === 0)
      .map((number) => signIn(guid(number), 'teams', '2026-03-05T00:00:00Z')),
    registrationDetails: all.map((number) => ({
      userId: guid(number),
      isMfaRegistered: number % 2 === 0,
      isMfaCapable: null,
      lastUpdatedAt: null,
    })),
  };
}

const late: readonly Dataset[] = ['users', 'registrationDetails', 'groups'];

describe('an import that is applied while its users still come', () => {
  let ahead: TestStore;
  let usual: TestStore;
  beforeEach(async () => {
    ahead = await createTestStore();
    usual = await createTestStore();
  });
  afterEach(async () => {
    await ahead.dispose();
    await usual.dispose();
  });

  /** Stages all that comes before, and says that the users may be judged as they come. */
  async function begin(tenant: ImportRows, importId = 'import'): Promise<ImportSession> {
    const session = await ahead.store.beginImport(importStart({ importId }));
    const datasets = Object.keys(tenant) as Dataset[];
    const early = datasets.filter((dataset) => !late.includes(dataset));
    for (const dataset of early) await session.write(dataset, tenant[dataset] as never);
    await session.workAhead(importEnd([...early, 'users']));
    return session;
  }

  /** Time for the thread to do what it does between calls. */
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

  async function stageUsers(
    session: ImportSession,
    users: readonly UserRow[],
    pageSize: number,
  ): Promise<void> {
    for (let from = 0; from < users.length; from += pageSize) {
      await session.write('users', users.slice(from, from + pageSize));
      await pause();
    }
  }

  async function commit(session: ImportSession, tenant: ImportRows): Promise<void> {
    for (const dataset of ['registrationDetails', 'groups'] as const) {
      await session.write(dataset, tenant[dataset] ?? []);
    }
    await session.commit(importEnd(Object.keys(tenant) as Dataset[]));
  }

  /** Everything that the documented views of a file say, in no order. */
  function views(file: TestStore): Record<string, string[]> {
    const names = file
      .sqlite3("SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'v\\_%' ESCAPE '\\'")
      .map((row) => String(row.name));
    assert.ok(names.length > 20);
    return Object.fromEntries(
      names.map((view) => [
        view,
        file
          .sqlite3(`SELECT * FROM ${view}`)
          .map((row) => JSON.stringify(row))
          .sort(),
      ]),
    );
  }

  /** The users of each page have keys after those of the page before only when they were stored as they came. */
  const wasAhead = (): boolean => {
    const byKey = ahead.sqlite3('SELECT upnKey FROM users ORDER BY userKey').map((row) => String(row.upnKey));
    return byKey.join() !== [...byKey].sort().join();
  };

  const importUsually = (tenant: ImportRows): Promise<unknown> =>
    importRows(usual.store, tenant, { importId: 'import' });

  it('leaves what any other import leaves, beside another tenant', async () => {
    const tenant = tenantOf(700);
    for (const { store } of [ahead, usual]) {
      await importRows(store, tenantOf(40), { tenantId: otherTenantId, importId: 'other' });
      await store.savePurchases([purchase('p1', { licenseId: license(premium, otherTenantId) })], day);
    }
    const session = await begin(tenant);
    await stageUsers(session, tenant.users, 150);
    await commit(session, tenant);
    await importUsually(tenant);
    assert.ok(wasAhead());
    assert.deepEqual(ahead.sqlite3('PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
    assert.deepEqual(views(ahead), views(usual));
    // 700 people but for 14 deleted ones hold basic; 233 of them premium, but for 4 deleted ones.
    assert.equal(ahead.sqlite3(`SELECT * FROM v_seats WHERE tenantId = '${tenantId}'`).length, 686 + 229);
    // The next import finds nothing to change.
    const again = await importRows(ahead.store, tenant);
    assert.ok(again.tasks.every(({ added, changed, removed }) => added + changed + removed === 0));
  });

  it('leaves the same where so many people come that a thread of its own judges', async () => {
    const tenant = tenantOf(4600);
    const session = await begin(tenant);
    await stageUsers(session, tenant.users, 1000);
    await commit(session, tenant);
    await importUsually(tenant);
    assert.ok(wasAhead());
    assert.deepEqual(views(ahead), views(usual));
  });

  it('is seen by nobody before it is committed, and leaves nothing when it is dropped', async () => {
    const tenant = tenantOf(300);
    const session = await begin(tenant);
    await stageUsers(session, tenant.users, 100);
    assert.deepEqual(await ahead.store.query('SELECT * FROM v_tenants'), []);
    await session.discard(importEnd([], { end: { status: 'cancelled' } }));
    assert.deepEqual(await ahead.store.query('SELECT * FROM v_users'), []);
    await importRows(ahead.store, tenant, { importId: 'import-2' });
    assert.equal((await ahead.store.query('SELECT * FROM v_users')).length, 300);
  });

  it('loses nothing of what is saved meanwhile', async () => {
    const tenant = tenantOf(300);
    const session = await begin(tenant);
    await stageUsers(session, tenant.users.slice(0, 200), 100);
    await ahead.store.saveConnection(connection('connection-1', 'Contoso'));
    await stageUsers(session, tenant.users.slice(200), 50);
    await commit(session, tenant);
    await usual.store.saveConnection(connection('connection-1', 'Contoso'));
    await importUsually(tenant);
    assert.equal((await ahead.store.connections()).length, 1);
    assert.deepEqual(views(ahead), views(usual));
  });

  it('loses nothing of what another window commits meanwhile', async () => {
    const tenant = tenantOf(300);
    const other = await ahead.another();
    const session = await begin(tenant);
    await stageUsers(session, tenant.users.slice(0, 200), 100);
    await importRows(other, tenantOf(20), { tenantId: otherTenantId, importId: 'other' });
    await stageUsers(session, tenant.users.slice(200), 50);
    await commit(session, tenant);
    await importRows(usual.store, tenantOf(20), { tenantId: otherTenantId, importId: 'other' });
    await importUsually(tenant);
    assert.deepEqual(views(ahead), views(usual));
  });

  it('takes the last of what comes twice, and what comes anew after a restart', async () => {
    const tenant = tenantOf(200);
    const moved = { ...person(7), jobTitle: 'Chief', assignments: [assignment(premium)] };
    const session = await begin(tenant);
    await stageUsers(session, tenantOf(90).users, 50);
    await session.restart('users');
    await stageUsers(session, [...tenant.users, moved], 50);
    await commit(session, tenant);
    await importUsually({
      ...tenant,
      users: tenant.users.map((row) => (row.userId === moved.userId ? moved : row)),
    });
    assert.deepEqual(views(ahead), views(usual));
  });

  it('knows licenses that are held though the tenant has them no more', async () => {
    const tenant = tenantOf(300);
    const users = tenant.users.map((row, index) =>
      index === 3 || index === 260 ? { ...row, assignments: [assignment(foreign)] } : row,
    );
    const session = await begin({ ...tenant, users });
    await stageUsers(session, users, 100);
    await commit(session, { ...tenant, users });
    await importUsually({ ...tenant, users });
    assert.deepEqual(views(ahead), views(usual));
    assert.equal(ahead.sqlite3(`SELECT * FROM v_assignments WHERE skuId = '${foreign}'`).length, 2);
  });

  it('can be committed again after the file could not be written', async () => {
    const tenant = tenantOf(300);
    const session = await begin(tenant);
    await stageUsers(session, tenant.users, 100);
    const inTheWay = `${ahead.file}.bak`;
    fs.rmSync(inTheWay, { force: true });
    fs.mkdirSync(path.join(inTheWay, 'something'), { recursive: true });
    await assert.rejects(commit(session, tenant), (error) => isLicenseError(error, 'storeNotWritable'));
    assert.deepEqual(await ahead.store.query('SELECT * FROM v_users'), []);
    fs.rmSync(inTheWay, { recursive: true });
    await session.commit(importEnd(Object.keys(tenant) as Dataset[]));
    await importUsually(tenant);
    assert.deepEqual(views(ahead), views(usual));
  });

  it('brings no users when they do not come whole', async () => {
    const tenant = tenantOf(300);
    const session = await begin(tenant);
    await stageUsers(session, tenant.users.slice(0, 200), 100);
    const outcomes = { users: { status: 'failed', reason: 'network' } } as const;
    const rest = (Object.keys(tenant) as Dataset[]).filter((dataset) => !late.includes(dataset));
    await session.commit(importEnd(rest, { outcomes, end: { status: 'partial' } }));
    assert.deepEqual(ahead.sqlite3('SELECT * FROM v_users'), []);
    assert.equal(ahead.sqlite3('SELECT * FROM v_licenses').length, 2);
  });

  it('is not tried where the tenant has users', async () => {
    const tenant = tenantOf(300);
    await importRows(ahead.store, tenantOf(100), { importId: 'first' });
    await importRows(usual.store, tenantOf(100), { importId: 'first' });
    const session = await begin(tenant);
    await stageUsers(session, tenant.users, 100);
    await commit(session, tenant);
    await importUsually(tenant);
    assert.deepEqual(views(ahead), views(usual));
  });
});
