import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import * as vscode from 'vscode';
import { extensionApi, failureOf, run, withConnection, withTenant } from './support';

describe('Reconciliation in the extension host', () => {
  const suite = withTenant({ users: 150, seed: 5 });

  /** Titles of the editors with a page of ours. */
  const titles = (page: string): string[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input }) =>
          input instanceof vscode.TabInputWebview && input.viewType.endsWith(`m365Licenses.${page}`),
      )
      .map(({ label }) => label);
  const eventually = async (condition: () => boolean): Promise<void> => {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
        if (!condition()) return;
        subscription.dispose();
        resolve();
      });
    });
  };

  const imported = (test: (tenantId: string) => Promise<void>): Promise<void> =>
    withConnection(suite.connectionArgument('Reconciled'), async (connectionId) => {
      await run('signIn', { connectionId });
      await run('import', { connectionId });
      await test(suite.tenant.address.tenantId);
    });

  it('opens for a tenant under its name, once', () =>
    imported(async (tenantId) => {
      const api = await extensionApi();
      const [tenant] = await api.query('SELECT displayName FROM v_tenants WHERE tenantId = ?', [tenantId]);
      const title = `Reconciliation – ${String(tenant?.['displayName'])}`;
      assert.deepEqual({ ...(await run<object>('openReconciliation', { tenantId })) }, {});
      await eventually(() => titles('reconciliation').includes(title));
      const before = titles('reconciliation').length;
      await run('openReconciliation', { tenantId });
      assert.equal(titles('reconciliation').length, before, 'it is revealed, not opened again');
      assert.equal((await failureOf('openReconciliation', { tenantId: 'nobody' })).reason, 'notFound');
    }));

  it('leads to the users whom a finding concerns', () =>
    imported(async (tenantId) => {
      const api = await extensionApi();
      const [finding] = await api.query(
        'SELECT kind, licenseId FROM v_findings WHERE tenantId = ? AND userId IS NOT NULL LIMIT 1',
        [tenantId],
      );
      const filter = { finding: { kind: finding?.['kind'], licenseId: finding?.['licenseId'] } };
      await run('openRoster', { tenantId, filter });
      await eventually(() => titles('roster').length > 0);
    }));

  it('exports findings as they are in the file', () =>
    imported(async (tenantId) => {
      const api = await extensionApi();
      const file = path.join(suite.folder, 'findings.csv');
      const filter = { columns: { kind: ['inactive', 'neverActive', 'guest'] } };
      const result = await run<{ rows: number }>('exportCsv', { report: 'findings', tenantId, filter, file });
      const rows = parse<Record<string, string>>(await fs.readFile(file), { columns: true });
      const expected = await api.query(
        `SELECT findingId, seats, monthlyMinor FROM v_findings
         WHERE tenantId = ? AND kind IN ('inactive', 'neverActive', 'guest')`,
        [tenantId],
      );
      assert.ok(expected.length > 10, `${expected.length} findings`);
      assert.equal(result.rows, expected.length);
      const cells = (list: readonly Record<string, unknown>[]): string[] =>
        list
          .map((row) => [row['findingId'], row['seats'], row['monthlyMinor'] ?? ''].map(String).join('|'))
          .sort();
      assert.deepEqual(cells(rows), cells(expected));
    }));
});
