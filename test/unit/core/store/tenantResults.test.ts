import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Store } from '../../../../src/core/store/store';
import { createTestStore, type TestStore } from '../../../support/storeFixture';
import {
  connection,
  guid,
  importRows,
  otherTenantId,
  tenantId,
  type ImportRows,
  type TestImport,
} from '../../../support/storeRows';
import { basic, day, license, purchase, rows } from './licensedTenant';

describe('results of a tenant', () => {
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
  describe('after an import that changed nothing', () => {
    /** Makes a stored verdict wrong, as no import does: an evaluation mends it. */
    const spoil = (): void =>
      void execFileSync('sqlite3', [
        test.file,
        `UPDATE users SET verdict = 'spoiled', evaluationDigest = 'other' WHERE userId = '${guid(1)}'`,
      ]);
    const verdict = async (): Promise<unknown> =>
      (await list(`SELECT verdict FROM v_users WHERE userId = '${guid(1)}'`))[0];
    beforeEach(spoil);

    it('are not worked out again', async () => {
      await importRows(store, rows);
      assert.equal(await verdict(), 'spoiled');
    });

    it('are, when a row of any dataset is another', async () => {
      await importRows(store, { activeUsers: (rows.activeUsers ?? []).slice(1) });
      assert.equal(await verdict(), 'active');
    });

    it('are, on another day, with other settings, and when a source is of another date', async () => {
      const others: TestImport[] = [
        { finishedAt: '2026-03-11T08:30:00.000Z' },
        { end: { evaluation: { inactivityDays: 29, graceDays: 30 } } },
        { outcomes: { activeUsers: { asOfDate: '2026-02-01' } } },
      ];
      for (const other of others) {
        await importRows(store, rows, other);
        assert.equal(await verdict(), 'active', JSON.stringify(other));
        await importRows(store, rows);
        spoil();
      }
    });

    it('are, after somebody entered a price', async () => {
      await store.savePurchases([purchase('a')], day);
      await importRows(store, rows);
      assert.equal(await verdict(), 'active');
    });
  });

  describe('connections', () => {
    it('a SaaS Management connection retires what only others imported, until it is removed', async () => {
      await store.saveConnection(connection('connection-1', 'Beacon'));
      await store.saveConnection(connection('saas', 'SaaS', { sourceType: 'saasManagement' }));
      await store.savePurchases([purchase('a')], day);
      const states = (): Promise<unknown[]> =>
        list('SELECT skuPartNumber, lifecycleStatus, isCounted FROM v_licenses ORDER BY 1');
      assert.deepEqual(await states(), ['BASIC active 1', 'PREMIUM active 1']);
      // Its first import brings activity alone, so that it has no licenses of its own yet.
      await importAs('saas', { activeUsers: rows.activeUsers ?? [] });
      assert.deepEqual(await states(), ['BASIC retired 0', 'PREMIUM retired 0']);
      assert.deepEqual(await list('SELECT retired FROM v_hidden_licenses'), ['2']);
      assert.deepEqual(await list('SELECT currency, totalSeats FROM v_spend'), [' 0']);
      assert.deepEqual(await list("SELECT kind FROM v_findings WHERE kind <> 'dataMissing'"), []);

      await importAs(
        'saas',
        { subscribedSkus: (rows.subscribedSkus ?? []).slice(0, 1) },
        '2026-03-10T10:00:00.000Z',
      );
      assert.deepEqual(await states(), ['BASIC active 1']);
      await importAs(
        'connection-1',
        { subscribedSkus: rows.subscribedSkus ?? [] },
        '2026-03-10T11:00:00.000Z',
      );
      assert.deepEqual(await states(), ['BASIC active 1', 'PREMIUM retired 0']);

      await store.removeConnection('saas', true);
      assert.deepEqual(await states(), ['BASIC active 1', 'PREMIUM active 1']);
      assert.deepEqual(await list('SELECT monthlyMinor FROM v_spend'), ['5000']);
    });

    it('a failed import retires nothing', async () => {
      await store.saveConnection(connection('connection-1', 'Beacon'));
      await store.saveConnection(connection('saas', 'SaaS', { sourceType: 'saasManagement' }));
      await importAs('saas', { activeUsers: rows.activeUsers ?? [] }, undefined, 'partial');
      assert.deepEqual(await list('SELECT DISTINCT lifecycleStatus FROM v_licenses'), ['active']);
    });

    it('thresholds of a connection go before the settings, of two the longer ones', async () => {
      const inactive = (): Promise<unknown[]> =>
        list("SELECT count(*) FROM v_seats WHERE verdict = 'inactive'");
      const saved = (id: string, inactivityDays: number | null): Promise<void> =>
        store.saveConnection(
          connection(id, id, {
            thresholds: inactivityDays === null ? null : { inactivityDays, graceDays: 30 },
          }),
        );
      assert.deepEqual(await inactive(), ['1']);
      await saved('c1', 60);
      assert.deepEqual(await inactive(), ['0']);
      assert.deepEqual(await list('SELECT inactivityDays, graceDays FROM v_evaluation'), ['60 30']);
      await saved('c2', 10);
      assert.deepEqual(await inactive(), ['0']);
      await saved('c1', null);
      assert.deepEqual(await inactive(), ['1']);
      assert.deepEqual(await list('SELECT inactivityDays FROM v_evaluation'), ['10']);
      await store.removeConnection('c2', true);
      assert.deepEqual(await list('SELECT inactivityDays FROM v_evaluation'), ['30']);
      await store.saveConnection(
        connection('c1', 'c1', { thresholds: { inactivityDays: null, graceDays: 90 } }),
      );
      assert.deepEqual(await list('SELECT inactivityDays, graceDays FROM v_evaluation'), ['30 90']);
      await store.saveConnection(
        connection('c3', 'c3', { thresholds: { inactivityDays: 45, graceDays: null } }),
      );
      assert.deepEqual(await list('SELECT inactivityDays, graceDays FROM v_evaluation'), ['45 90']);
      // The same day and the same settings: there is nothing to do.
      assert.equal(await store.evaluate(day.settings, day.today), false);
    });

    it('removing the last one of a tenant with its data leaves nothing of it', async () => {
      await store.saveConnection(connection('c1', 'Only'));
      await store.savePurchases([purchase('a')], day);
      await store.saveLicenseSettings(license(basic), { name: 'Ours' }, day);
      await store.saveRecurringBilling(tenantId, guid(501), true, day);
      await importRows(store, rows, { tenantId: otherTenantId });
      await importRows(
        store,
        { ...rows, users: [], subscribedSkus: [] },
        { finishedAt: '2026-03-10T12:00:00.000Z' },
      );
      await store.removeConnection('c1', false);
      const tables = test
        .sqlite3(
          "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'tenantKey' WHERE m.type = 'table'",
        )
        .map((row) => String(row.name));
      assert.ok(tables.length > 30);
      const [other] = test.sqlite3(`SELECT tenantKey FROM tenants WHERE tenantId = '${otherTenantId}'`);
      for (const table of tables) {
        const left = test.sqlite3(
          `SELECT count(*) AS n FROM ${table} WHERE tenantKey <> ${other?.tenantKey ?? 0}`,
        );
        assert.deepEqual(left, [{ n: 0 }], table);
      }
      assert.deepEqual(
        test.sqlite3(
          'SELECT count(*) AS n FROM findingEvidence WHERE evidenceKey NOT IN (SELECT evidenceKey FROM findings)',
        ),
        [{ n: 0 }],
      );
      assert.ok((await list('SELECT * FROM v_findings')).length > 0);
    });
  });

  it('history has a row per import whose numbers changed', async () => {
    await importRows(store, rows, { finishedAt: '2026-03-10T09:00:00.000Z' });
    assert.deepEqual(
      await list(
        'SELECT at, licenses, entitled, consumed, seats, shortfallNow, unassigned, active, inactive, never, findings FROM v_tenant_history',
      ),
      [
        // Two licenses; premium is short of one. Findings: six of basic, two of premium, four sources missing.
        '2026-03-10T08:30:00.000Z 2 10 4 4 1 7 2 1 1 12',
      ],
    );
    await store.savePurchases([purchase('a')], day);
    assert.deepEqual(await list('SELECT * FROM v_spend_history'), []);
    await importRows(store, rows, { finishedAt: '2026-03-10T10:00:00.000Z' });
    await importRows(store, rows, { finishedAt: '2026-03-10T11:00:00.000Z' });
    // 7 spare, one inactive, one never: 9 × 5.00.
    assert.deepEqual(
      await list('SELECT at, currency, monthlyMinor, savingsMonthlyMinor FROM v_spend_history'),
      ['2026-03-10T10:00:00.000Z EUR 5000 4500'],
    );
    assert.equal((await list('SELECT * FROM v_tenant_history')).length, 2);
    await store.removePurchase('a', day);
    await importRows(store, rows, { finishedAt: '2026-03-10T12:00:00.000Z' });
    assert.deepEqual(
      (
        await list('SELECT at, currency, monthlyMinor, savingsMonthlyMinor FROM v_spend_history ORDER BY at')
      ).slice(1),
      ['2026-03-10T12:00:00.000Z EUR 0 0'],
    );
  });

  it('history and position know nothing of seats while users were never read, nor of units without licenses', async () => {
    const history = async (tenant: string): Promise<unknown[]> =>
      (
        await store.query(
          `SELECT at, licenses, entitled, consumed, seats, unassigned, active, inactive, never, new, unknown
           FROM v_tenant_history WHERE tenantId = ? ORDER BY at`,
          [tenant],
        )
      ).map(({ at: _, ...counts }) => Object.values(counts));
    await importRows(
      store,
      { subscribedSkus: rows.subscribedSkus ?? [] },
      { tenantId: otherTenantId, finishedAt: '2026-03-10T09:00:00.000Z' },
    );
    const nothing = [null, null, null, null, null];
    assert.deepEqual(await history(otherTenantId), [[2, 10, 4, null, 7, ...nothing]]);
    assert.deepEqual(
      (
        await store.query(
          'SELECT DISTINCT seats, active, inactive, never, new, unknown FROM v_position WHERE tenantId = ?',
          [otherTenantId],
        )
      ).map(Object.values),
      [[null, ...nothing]],
    );
    await importRows(
      store,
      { users: rows.users ?? [] },
      { tenantId: otherTenantId, finishedAt: '2026-03-10T10:00:00.000Z' },
    );
    const [, second] = (await history(otherTenantId)) as (number | null)[][];
    assert.deepEqual(second?.slice(0, 5), [2, 10, 4, 4, 7]);
    // Four seats, each with a verdict, whatever that is without a report.
    assert.equal(
      second?.slice(5).reduce<number>((sum, count) => sum + (count ?? Number.NaN), 0),
      4,
    );

    const third = guid(77);
    await importRows(store, { users: rows.users ?? [] }, { tenantId: third });
    assert.deepEqual(await history(third), [[null, null, null, null, null, ...nothing]]);
  });

  it('says nothing of products or seats that were never read', async () => {
    await importRows(store, { users: rows.users ?? [] }, { tenantId: otherTenantId });
    const found = (): Promise<unknown[]> =>
      list(`SELECT DISTINCT kind FROM v_findings WHERE tenantId = '${otherTenantId}' ORDER BY 1`);
    assert.deepEqual(await found(), ['dataMissing']);
    await importRows(store, { subscribedSkus: [] }, { tenantId: otherTenantId });
    assert.deepEqual(await found(), ['dataMissing', 'productGone']);
    const third = guid(77);
    await importRows(store, { subscribedSkus: rows.subscribedSkus ?? [] }, { tenantId: third });
    assert.deepEqual(
      await list(`SELECT DISTINCT kind FROM v_findings WHERE tenantId = '${third}' ORDER BY 1`),
      ['dataMissing', 'priceMissing', 'shortfall', 'unassigned'],
    );
  });

  async function importAs(
    connectionId: string,
    imported: ImportRows,
    finishedAt = '2026-03-10T09:00:00.000Z',
    status: 'succeeded' | 'partial' = 'succeeded',
  ): Promise<void> {
    await importRows(store, imported, { finishedAt, connectionId, end: { status } });
  }
});
