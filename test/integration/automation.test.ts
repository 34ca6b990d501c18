import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/app/extensionApi';
import { extensionApi, failureOf, run, withTenant } from './support';

describe('Automation: what other extensions and keybindings can do', () => {
  const suite = withTenant({ users: 60 });
  let api: ExtensionApi;
  let connectionId: string;
  const connectionsHere = async (): Promise<string[]> =>
    (await api.connections.list()).map((connection) => connection.connectionId);
  const userCount = async (): Promise<number> => {
    const [row] = await api.query('SELECT count(*) AS n FROM v_users WHERE tenantId = ?', [
      suite.tenant.address.tenantId,
    ]);
    return Number(row?.['n']);
  };

  before(async () => {
    api = await extensionApi();
    const { confidentialClientId, clientSecret } = suite.tenant.address;
    ({ connectionId } = await run<{ connectionId: string }>(
      'addConnection',
      suite.connectionArgument('Automation', {
        flow: 'clientCredentials',
        clientId: confidentialClientId,
        secret: clientSecret,
      }),
    ));
    await run('signIn', { connectionId });
    await run('import', { connectionId });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    if ((await connectionsHere()).includes(connectionId)) {
      await run('removeConnection', { connectionId, keepData: false });
    }
  });

  it('tells version and connections, and no secret', async () => {
    const manifest = vscode.extensions.getExtension('license-manager.m365-license-manager')?.packageJSON as {
      version: string;
    };
    assert.equal(api.version, manifest.version);
    const connections = await api.connections.list();
    assert.ok(connections.some(({ name }) => name === 'Automation'));
    assert.ok(!JSON.stringify(connections).includes(suite.tenant.address.clientSecret));
  });

  it('binds the parameters of a query', async () => {
    const hostile = "'; DROP TABLE users; --";
    const [row] = await api.query('SELECT ? AS first, ? AS second', [hostile, 7]);
    assert.deepEqual({ ...row }, { first: hostile, second: 7 });
    assert.ok((await userCount()) >= 60);
  });

  it('writes chosen columns, filtered and in the order asked for', async () => {
    const file = path.join(suite.folder, 'members.csv');
    const { tenantId } = suite.tenant.address;
    const columns = ['userPrincipalName', 'licenses', 'lastActivityDate'];
    const result = await run<{ file: string; rows: number }>('exportCsv', {
      report: 'roster',
      tenantId,
      columns,
      filter: { columns: { userType: 'Member' } },
      sort: [{ column: 'userPrincipalName', descending: true }],
      file,
    });
    const table: string[][] = parse(readFileSync(file));
    const [header, ...rows] = table;
    assert.deepEqual(header, columns);
    assert.deepEqual({ ...result }, { file, rows: rows.length });
    const expected = await api.query(
      "SELECT userPrincipalName, licenses, lastActivityDate FROM v_users WHERE tenantId = ? AND userType = 'Member' " +
        'ORDER BY userPrincipalName COLLATE NOCASE DESC',
      [tenantId],
    );
    assert.ok(rows.length > 10 && rows.length < (await userCount()), `${rows.length} rows`);
    assert.deepEqual(
      rows,
      expected.map((row) => columns.map((column) => String(row[column] ?? ''))),
    );
  });

  it('opens roster and reconciliation as editors, of known tenants only', async () => {
    const { tenantId } = suite.tenant.address;
    assert.deepEqual({ ...(await run<object>('openRoster', { tenantId })) }, {});
    assert.deepEqual({ ...(await run<object>('openReconciliation', { tenantId })) }, {});
    for (const page of ['roster', 'reconciliation']) await editorOf(`m365Licenses.${page}`);
    const unknown = { tenantId: '00000000-0000-0000-0000-000000000000' };
    assert.equal((await failureOf('openRoster', unknown)).reason, 'notFound');
  });

  it('opens the roster by any part of a filter, and the page of a user', async () => {
    const { tenantId } = suite.tenant.address;
    const [someone] = await api.query('SELECT userId FROM v_users WHERE tenantId = ? LIMIT 1', [tenantId]);
    const userId = String(someone?.['userId']);
    for (const filter of [
      { paths: ['group', 'error'], services: ['teams'], status: ['enabled'], licensed: true },
      { finding: { kind: 'inactive' } },
      { userIds: [userId] },
      { columns: { department: [null] } },
    ]) {
      assert.deepEqual({ ...(await run<object>('openRoster', { tenantId, filter })) }, {});
    }
    const wrong = await failureOf('openRoster', { tenantId, filter: { paths: ['sideways'] } });
    assert.equal(wrong.reason, 'invalidArgument');
    assert.deepEqual({ ...(await run<object>('openUser', { tenantId, userId })) }, {});
    await editorOf('m365Licenses.user');
    assert.equal((await failureOf('openUser', { tenantId, userId: 'nobody' })).reason, 'notFound');
    assert.equal((await failureOf('openUser', { tenantId })).reason, 'invalidArgument');
  });

  it('exports exactly the users that a filter names, and the columns asked for', async () => {
    const { tenantId } = suite.tenant.address;
    const file = path.join(suite.folder, 'holders.csv');
    const columns = ['licenses', 'userPrincipalName', 'teamsLastActivityDate'];
    await run('exportCsv', {
      report: 'roster',
      tenantId,
      filter: { licensed: true, services: ['teams'], paths: ['direct', 'both'] },
      columns,
      file,
    });
    const [header, ...rows]: string[][] = parse(readFileSync(file));
    assert.deepEqual(header, columns);
    const expected = await api.query(
      `SELECT u.licenses, u.userPrincipalName, u.teamsLastActivityDate FROM v_users u
       WHERE u.tenantId = ? AND u.teamsLastActivityDate IS NOT NULL AND EXISTS (
         SELECT 1 FROM v_seats s WHERE s.tenantId = u.tenantId AND s.userId = u.userId AND s.direct = 1)
       ORDER BY u.userPrincipalName COLLATE NOCASE, u.userId`,
      [tenantId],
    );
    assert.ok(expected.length > 0);
    assert.deepEqual(
      rows,
      expected.map((row) => columns.map((column) => String(row[column] ?? ''))),
    );
  });

  it('removes a connection and keeps its data when asked to', async () => {
    const before = await userCount();
    await run('removeConnection', { connectionId, keepData: true });
    assert.ok(!(await connectionsHere()).includes(connectionId));
    assert.equal(await userCount(), before);
  });
});

/** Resolves when there is an editor tab with a webview of this type. */
async function editorOf(viewType: string): Promise<void> {
  const isOpen = (): boolean =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
  if (isOpen()) return;
  await new Promise<void>((resolve) => {
    const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (!isOpen()) return;
      subscription.dispose();
      resolve();
    });
  });
}
