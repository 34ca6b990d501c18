import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import { Pseudonyms } from '../../../../src/core/model/pseudonym';
import type { SqlRow, ViewSpec } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import { assignment, guid, importRows, sku, tenantId, user } from '../../../support/storeRows';

const pseudonymKey = 'key of the test';
// Calculated by another program, see the test of the pseudonyms.
const first = 'User SF98Z-RMDW3';
const second = 'User 0W6TQ-ZVSEY';
const secretive = /lovelace|hopper|@contoso/i;

describe('views while names are hidden', () => {
  let test: TestStore;
  const named = { givenName: 'Ada', surname: 'Lovelace', jobTitle: 'Countess' };
  before(async () => {
    test = await createTestStore();
    await importRows(test.store, {
      subscribedSkus: [sku(guid(900), 'SPE_E3', { enabled: 5, consumedUnits: 2 })],
      users: [
        user(1, {
          ...named,
          displayName: 'Ada Lovelace',
          userPrincipalName: 'ada@contoso.example',
          mail: 'a.lovelace@contoso.example',
          assignments: [assignment(guid(900))],
        }),
        user(2, {
          displayName: 'Grace Hopper',
          userPrincipalName: 'grace@contoso.example',
          department: 'Navy',
          assignments: [assignment(guid(900))],
        }),
      ],
    });
  });
  after(() => test.dispose());

  async function rowsOf(spec: Omit<ViewSpec, 'pseudonymKey' | 'report'>): Promise<SqlRow[]> {
    const view = await test.store.openView({ report: 'roster', tenantId, ...spec, pseudonymKey });
    const rows = await test.store.viewRows(view.viewId, 0, 10);
    await test.store.closeView(view.viewId);
    return rows;
  }
  const ids = async (spec: Omit<ViewSpec, 'pseudonymKey' | 'report'>): Promise<unknown[]> =>
    (await rowsOf(spec)).map((row) => row['userId']);

  it('sort by the pseudonym where the name would tell the order', async () => {
    // By name Ada comes first; '0W6TQ' comes before 'SF98Z'.
    assert.deepEqual(await ids({}), [guid(2), guid(1)]);
    for (const column of ['displayName', 'userPrincipalName']) {
      assert.deepEqual(await ids({ sort: [{ column, descending: false }] }), [guid(2), guid(1)]);
      assert.deepEqual(await ids({ sort: [{ column, descending: true }] }), [guid(1), guid(2)]);
    }
    // The mail that is unknown stays last, as ever.
    assert.deepEqual(await ids({ sort: [{ column: 'mail', descending: false }] }), [guid(1), guid(2)]);
  });

  it('are searched by pseudonym and by what is no name', async () => {
    for (const text of ['ada', 'lovelace', 'grace@contoso', 'Hopper']) {
      assert.deepEqual(await ids({ filter: { text } }), [], text);
    }
    assert.deepEqual(await ids({ filter: { text: 'sf98z-rmdw3' } }), [guid(1)]);
    assert.deepEqual(await ids({ filter: { text: first } }), [guid(1)]);
    assert.deepEqual(await ids({ filter: { text: 'countess' } }), [guid(1)]);
    assert.deepEqual(await ids({ filter: { columns: { displayName: second } } }), [guid(2)]);
    assert.deepEqual(await ids({ filter: { columns: { displayName: 'Grace Hopper' } } }), []);
    assert.deepEqual(await ids({ filter: { columns: { department: 'Navy' } } }), [guid(2)]);
  });

  it('go on after a commit, which opens the data anew', async () => {
    const view = await test.store.openView({ report: 'roster', tenantId, pseudonymKey });
    await importRows(test.store, {
      users: [user(2, { displayName: 'Grace Hopper', department: 'Navy' })],
    });
    assert.equal((await test.store.viewRows(view.viewId, 0, 10)).length, 1);
    await test.store.closeView(view.viewId);
  });

  it('are written without a name, whichever columns were chosen', async () => {
    await importRows(test.store, {
      subscribedSkus: [sku(guid(900), 'SPE_E3', { enabled: 5, consumedUnits: 2 })],
      users: [user(1, { ...named, displayName: 'Ada Lovelace', assignments: [assignment(guid(900))] })],
    });
    const file = path.join(test.folder, 'hidden.csv');
    const written = async (spec: ViewSpec, columns?: string[]): Promise<Record<string, string>[]> => {
      await test.store.exportCsv({ ...spec, columns, pseudonymKey, file, byteOrderMark: false });
      const text = fs.readFileSync(file, 'utf8');
      assert.doesNotMatch(text, secretive);
      return parse(text, { columns: true });
    };
    assert.deepEqual(await written({ report: 'roster' }, ['displayName', 'jobTitle', 'mail']), [
      { displayName: first, jobTitle: 'Countess', mail: '' },
    ]);
    assert.equal((await written({ report: 'roster' }))[0]?.['userPrincipalName'], first);
    assert.equal((await written({ report: 'seats' }))[0]?.['userPrincipalName'], first);
    for (const report of ['reconciliation', 'licenses', 'activity', 'imports', 'findings'] as const) {
      await written({ report });
    }
    assert.equal(new Pseudonyms(pseudonymKey).of(guid(1)), first);
  });
});
