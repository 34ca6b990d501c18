import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import { extensionApi, run, withConnection, withTenant } from './support';

interface ImportAnswer {
  readonly importId: string;
  readonly status: string;
  readonly tasks: readonly { task: string; status: string; rows: number; warnings: readonly string[] }[];
}

/** What Graph itself answers, read without any of our readers. */
async function plainUserIds(token: string, graphUrl: string, ca: string): Promise<string[]> {
  const https = await import('node:https');
  const get = (url: string): Promise<{ value: { id: string }[]; '@odata.nextLink'?: string }> =>
    new Promise((resolve, reject) => {
      https
        .get(url, { ca, headers: { authorization: `Bearer ${token}` } }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve(JSON.parse(text) as { value: { id: string }[] }));
        })
        .on('error', reject);
    });
  const ids: string[] = [];
  let next: string | undefined = `${graphUrl}/v1.0/users?$select=id&$top=999`;
  while (next !== undefined) {
    const page: { value: { id: string }[]; '@odata.nextLink'?: string } = await get(next);
    ids.push(...page.value.map((user) => user.id));
    next = page['@odata.nextLink'];
  }
  return ids;
}

async function clientToken(
  loginUrl: string,
  tenantId: string,
  body: Record<string, string>,
  ca: string,
): Promise<string> {
  const https = await import('node:https');
  return new Promise((resolve, reject) => {
    const request = https.request(
      `${loginUrl}/${tenantId}/oauth2/v2.0/token`,
      { method: 'POST', ca, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve((JSON.parse(text) as { access_token: string }).access_token));
      },
    );
    request.on('error', reject);
    request.end(new URLSearchParams(body).toString());
  });
}

describe('The main job by commands', () => {
  const suite = withTenant({ users: 120, seed: 7 });

  it('signs in by device code, imports, answers queries and exports what the file holds', async () => {
    const api = await extensionApi();
    await withConnection(suite.connectionArgument('Main job'), async (connectionId) => {
      const { address } = suite.tenant;
      const signIn = await run<{ account?: string; tenantId: string; scopes: string[] }>('signIn', {
        connectionId,
      });
      assert.equal(signIn.tenantId, address.tenantId);
      assert.ok(signIn.scopes.includes('User.Read.All'));
      assert.ok(!signIn.scopes.some((scope) => scope.includes('ReadWrite')), 'a write scope was asked for');

      const answer = await run<ImportAnswer>('import', { connectionId });
      assert.equal(answer.status, 'succeeded', JSON.stringify(answer.tasks));
      const [recorded] = await api.imports.list(address.tenantId);
      assert.equal(recorded?.['importId'], answer.importId);
      assert.equal(recorded?.['connectionName'], 'Main job');

      const token = await clientToken(
        address.loginUrl,
        address.tenantId,
        {
          grant_type: 'client_credentials',
          client_id: address.confidentialClientId,
          client_secret: address.clientSecret,
          scope: `${address.graphUrl}/.default`,
        },
        address.caCertificate,
      );
      const expected = await plainUserIds(token, address.graphUrl, address.caCertificate);
      const users = await api.query(
        'SELECT userId FROM v_users WHERE tenantId = ? AND deactivatedAt IS NULL ORDER BY userId',
        [address.tenantId],
      );
      assert.deepEqual(
        users.map((user) => user['userId']),
        [...expected].sort(),
      );

      const file = path.join(suite.folder, 'roster.csv');
      const exported = await run<{ file: string; rows: number }>('exportCsv', {
        report: 'roster',
        tenantId: address.tenantId,
        filter: { text: 'contoso' },
        sort: [{ column: 'displayName', descending: true }],
        file,
      });
      const text = await fs.readFile(file, 'utf8');
      const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
      assert.equal(rows.length, exported.rows);
      assert.ok(rows.length > 50);
      const names = rows.map((row) => row['displayName'] ?? '');
      assert.ok(names.length > 1 && names[0] !== names.at(-1));
      assert.ok(text.includes('\r\n'));
      const own = await api.query('SELECT count(*) AS n FROM v_users WHERE tenantId = ?', [address.tenantId]);
      assert.ok(exported.rows <= Number(own[0]?.['n']));
    });
  });

  it('writes a file that the sqlite3 program finds sound', async () => {
    await withConnection(suite.connectionArgument('Sound file'), async (connectionId) => {
      await run('signIn', { connectionId });
      await run('import', { connectionId, tasks: ['licenseInformation'] });
      const { file } = await run<{ file: string }>('revealDataFile', {});
      assert.equal(execFileSync('sqlite3', [file, 'PRAGMA integrity_check']).toString().trim(), 'ok');
      const consumed = execFileSync('sqlite3', [
        file,
        `SELECT count(*) FROM v_position WHERE tenantId = '${suite.tenant.address.tenantId}' AND consumed > 0`,
      ]);
      assert.ok(Number(consumed.toString()) > 5);
    });
  });

  it('signs in as the application with a secret', async () => {
    const { address } = suite.tenant;
    const argument = suite.connectionArgument('As the application', {
      flow: 'clientCredentials',
      clientId: address.confidentialClientId,
      secret: address.clientSecret,
    });
    await withConnection(argument, async (connectionId) => {
      const signIn = await run<{ account?: string; roles: string[] }>('signIn', { connectionId });
      assert.equal(signIn.account, undefined);
      assert.ok(signIn.roles.includes('User.Read.All'));
      const answer = await run<ImportAnswer>('import', { connectionId, tasks: ['licenseInformation'] });
      assert.equal(answer.status, 'succeeded');
    });
  });

  it('lets two imports of one tenant not run at once, and cancels', async () => {
    await withConnection(suite.connectionArgument('Cancelled'), async (connectionId) => {
      await run('signIn', { connectionId });
      await suite.tenant.configure({ faults: { latencyMs: 300 } });
      try {
        const running = run<ImportAnswer>('import', { connectionId });
        await new Promise((resolve) => setTimeout(resolve, 200));
        await assert.rejects(run('import', { connectionId }), { reason: 'busy' });
        await run('cancelImport', { connectionId });
        assert.equal((await running).status, 'cancelled');
      } finally {
        await suite.tenant.configure({ faults: {} });
      }
      const api = await extensionApi();
      const tenants = await api.query('SELECT lastImportAt FROM v_tenants WHERE tenantId = ?', [
        suite.tenant.address.tenantId,
      ]);
      assert.equal(tenants[0]?.['lastImportAt'] ?? null, null);
    });
  });
});
