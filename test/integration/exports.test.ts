import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import * as vscode from 'vscode';
import { productCatalog } from '../../src/core/catalog/productNames';
import { extensionApi, failureOf, run, withConnection, withTenant } from './support';

type Row = Record<string, string>;

const pseudonym = /^User [0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/;

describe('Exports, pseudonyms and product names', () => {
  const suite = withTenant({ users: 150, seed: 11 });
  const fileIn = (name: string): string => path.join(suite.folder, name);

  /** Imports the tenant of the suite for the time of a test. */
  async function withData(test: (tenantId: string) => Promise<void>): Promise<void> {
    await extensionApi();
    await withConnection(suite.connectionArgument('Exports'), async (connectionId) => {
      await run('signIn', { connectionId });
      const { status } = await run<{ status: string }>('import', { connectionId });
      assert.equal(status, 'succeeded');
      await test(suite.tenant.address.tenantId);
    });
  }

  async function csv(report: string, more: object = {}): Promise<Row[]> {
    const file = fileIn(`${report}.csv`);
    const answer = await run<{ file: string; rows: number }>('exportCsv', { report, file, ...more });
    const rows: Row[] = parse(await fs.readFile(file), { columns: true, bom: true });
    assert.deepEqual(answer, { file, rows: rows.length });
    return rows;
  }

  it('writes every report as CSV, with the columns and rows of its view', async () => {
    await withData(async (tenantId) => {
      const api = await extensionApi();
      const views = {
        roster: 'v_users',
        reconciliation: 'v_position',
        licenses: 'v_licenses',
        activity: 'v_activity',
        seats: 'v_seats',
        findings: 'v_findings',
        imports: 'v_imports',
      };
      for (const [report, view] of Object.entries(views)) {
        const rows = await csv(report, { tenantId });
        const expected = await api.query(`SELECT * FROM ${view} WHERE tenantId = ?`, [tenantId]);
        assert.ok(expected.length > 0, view);
        assert.equal(rows.length, expected.length, report);
        assert.deepEqual(Object.keys(rows[0] ?? {}).sort(), Object.keys(expected[0] ?? {}).sort(), report);
      }
      const findings = await csv('findings', {
        tenantId,
        columns: ['kind', 'userPrincipalName', 'seats', 'evidence'],
        filter: { columns: { kind: 'disabledAccount' } },
      });
      const [count] = await api.query("SELECT count(*) AS n FROM v_findings WHERE kind = 'disabledAccount'");
      assert.equal(findings.length, count?.['n']);
      assert.ok(
        findings.every((row) => (JSON.parse(row['evidence'] ?? '') as { about: string }).about === 'seat'),
      );
    });
  });

  it('writes the report for the person who pays as one file that loads nothing', async () => {
    await withData(async (tenantId) => {
      const api = await extensionApi();
      const file = fileIn('report.html');
      assert.deepEqual(await run('exportHtml', { tenantId, file }), { file });
      const html = await fs.readFile(file, 'utf8');
      const [tenant] = await api.query('SELECT displayName FROM v_tenants WHERE tenantId = ?', [tenantId]);
      assert.ok(html.includes(String(tenant?.['displayName'])));
      assert.doesNotMatch(html, /<script|https?:|undefined|NaN/);
      const [seats] = await api.query("SELECT count(*) AS n FROM v_findings WHERE kind = 'disabledAccount'");
      assert.ok(html.includes(`${String(seats?.['n'])} findings`));
      assert.equal((await failureOf('exportHtml', { tenantId: 'no tenant', file })).reason, 'notFound');
      assert.equal(
        (await failureOf('exportHtml', { tenantId, file: 'report.html' })).reason,
        'invalidArgument',
      );
    });
  });

  it('replaces names by stable pseudonyms everywhere while that is on', async () => {
    await withData(async (tenantId) => {
      const api = await extensionApi();
      const people = await api.query('SELECT userId, userPrincipalName, displayName, mail FROM v_users');
      const names = people.flatMap((row) => [row['userPrincipalName'], row['displayName'], row['mail']]);
      const real = new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''));
      const hasRealName = (text: string): string | undefined => [...real].find((name) => text.includes(name));
      assert.ok(real.size > 250);

      assert.deepEqual(await run('togglePseudonyms', { on: true }), { on: true });
      try {
        assert.equal(
          vscode.workspace.getConfiguration('m365Licenses').inspect('privacy.pseudonyms')?.globalValue,
          true,
        );
        const first = await csv('roster', { tenantId });
        const again = await csv('roster', { tenantId });
        assert.deepEqual(again, first);
        assert.equal(new Set(first.map((row) => row['userPrincipalName'])).size, people.length);
        const byId = new Map(first.map((row) => [row['userId'], row['userPrincipalName']]));
        for (const row of first) {
          assert.match(row['userPrincipalName'] ?? '', pseudonym);
          assert.equal(row['displayName'], row['userPrincipalName']);
        }
        for (const report of ['seats', 'activity', 'findings']) {
          for (const row of await csv(report, { tenantId })) {
            if (row['userId'] !== '')
              assert.equal(row['userPrincipalName'], byId.get(row['userId'] ?? ''), report);
          }
          assert.equal(hasRealName(await fs.readFile(fileIn(`${report}.csv`), 'utf8')), undefined, report);
        }
        const [someone] = people;
        const found = await csv('roster', { tenantId, filter: String(someone?.['displayName']) });
        assert.equal(found.length, 0, 'a name finds nobody');
        const shown = byId.get(String(someone?.['userId']));
        const byPseudonym = await csv('roster', { tenantId, filter: { text: shown } });
        assert.deepEqual(
          byPseudonym.map((row) => row['userId']),
          [someone?.['userId']],
        );

        const file = fileIn('hidden.html');
        await run('exportHtml', { tenantId, file });
        const html = await fs.readFile(file, 'utf8');
        assert.equal(hasRealName(html), undefined);
        assert.match(html, /replaced by pseudonyms/);
      } finally {
        assert.deepEqual(await run('togglePseudonyms', {}), { on: false });
      }
      const rows = await csv('roster', { tenantId });
      assert.deepEqual(
        new Set(rows.map((row) => row['userPrincipalName'])),
        new Set(people.map((row) => row['userPrincipalName'])),
      );
    });
  });

  it('takes over a newer list of product names, and refuses another file', async () => {
    await withData(async (tenantId) => {
      const api = await extensionApi();
      const { products, plans } = productCatalog();
      const e3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
      const isListed = (id: unknown): boolean => products.has(String(id));
      const licenses = await api.query('SELECT skuId FROM v_licenses WHERE tenantId = ?', [tenantId]);
      const unknown = licenses.map((row) => row['skuId']).find((skuId) => !isListed(skuId));
      assert.ok(typeof unknown === 'string', 'the sample tenant has a product that the list lacks');
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const listWith = (e3Name: string): string =>
        [
          'Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names',
          ...[...products.values()].flatMap(({ skuId, skuPartNumber, name, servicePlanIds }) =>
            servicePlanIds.map((planId) =>
              [
                quoted(skuId === e3 ? e3Name : name),
                quoted(skuPartNumber),
                skuId,
                quoted(plans.get(planId)?.name ?? 'PLAN'),
                planId,
                quoted(plans.get(planId)?.friendlyName ?? 'Plan'),
              ].join(','),
            ),
          ),
        ].join('\r\n');
      const more = `"Field Preview, at last",PREVIEW,${unknown},PLAN,${unknown},Plan`;
      const nameOf = async (skuId: string): Promise<unknown> =>
        (await api.query('SELECT productName FROM v_licenses WHERE skuId = ?', [skuId]))[0]?.['productName'];

      const file = fileIn('list.csv');
      await fs.writeFile(file, `\ufeff${listWith('Microsoft 365 E3 (as of now)')}\r\n${more}`);
      const answer = await run<{ products: number; added: unknown[]; renamed: unknown[] }>(
        'updateCatalogue',
        {
          file,
        },
      );
      assert.equal(answer.products, products.size + 1);
      assert.deepEqual(answer.added, [{ skuId: unknown, name: 'Field Preview, at last' }]);
      assert.deepEqual(answer.renamed, [
        { skuId: e3, from: 'Microsoft 365 E3', to: 'Microsoft 365 E3 (as of now)' },
      ]);
      assert.equal(await nameOf(e3), 'Microsoft 365 E3 (as of now)');
      assert.equal(await nameOf(unknown), 'Field Preview, at last');

      await fs.writeFile(fileIn('short.csv'), listWith('x').split('\r\n').slice(0, 40).join('\r\n'));
      for (const [argument, reason] of [
        [{ file: fileIn('short.csv') }, 'invalidArgument'],
        [{ file: fileIn('no such file.csv') }, 'notFound'],
        [{ file: 'list.csv' }, 'invalidArgument'],
        [{ url: 'http://example.com/list.csv' }, 'untrustedHost'],
      ] as const) {
        assert.equal((await failureOf('updateCatalogue', argument)).reason, reason, JSON.stringify(argument));
      }
      assert.equal(await nameOf(e3), 'Microsoft 365 E3 (as of now)', 'a refused list changes nothing');
      // For the tests that come after this one.
      await fs.writeFile(file, listWith('Microsoft 365 E3'));
      await run('updateCatalogue', { file });
      assert.equal(await nameOf(e3), 'Microsoft 365 E3');
      assert.notEqual(await nameOf(unknown), 'Field Preview, at last');
    });
  });
});
