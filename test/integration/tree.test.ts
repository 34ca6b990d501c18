import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/app/extensionApi';
import type { TreeNode } from '../../src/app/tree/nodes';
import { TreeContent } from '../../src/app/tree/treeContent';
import { treeItemOf } from '../../src/app/tree/treeItems';
import { extensionApi, failureOf, run, withConnection, withTenant } from './support';

const quiet = { progressText: () => undefined };

/** The tree over the extension's own data, read through its API. */
class Tree {
  readonly content: TreeContent;

  constructor(api: ExtensionApi) {
    this.content = new TreeContent({
      query: (sql, params) => api.query(sql, params),
      connections: () => api.connections.list(),
    });
  }

  /** The nodes under the one that a path of labels leads to. */
  async under(...path: readonly (string | RegExp)[]): Promise<TreeNode[]> {
    let nodes = await this.content.roots();
    for (const label of path) {
      const node = nodes.find((one) =>
        typeof label === 'string' ? text(one) === label : label.test(text(one)),
      );
      assert.ok(node, `no ${String(label)} among ${nodes.map(text).join(', ')}`);
      nodes = await this.content.children(node);
    }
    return nodes;
  }
}

function text(node: TreeNode): string {
  const { label } = treeItemOf(node, quiet);
  return typeof label === 'string' ? label : (label?.label ?? '');
}

function description(node: TreeNode): string {
  return String(treeItemOf(node, quiet).description ?? '');
}

/** The tabs, once there are some: they are told of a moment after the panel was made. */
async function shown(tabs: () => vscode.Tab[]): Promise<vscode.Tab[]> {
  while (tabs().length === 0) {
    await new Promise<void>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
  return tabs();
}

/** Every license in these nodes and in the groups among them. */
async function licensesIn(content: TreeContent, nodes: readonly TreeNode[]): Promise<TreeNode[]> {
  const all = await Promise.all(
    nodes.map(async (node) => (node.kind === 'license' ? [node] : content.children(node))),
  );
  return all.flat();
}

describe('The tree', () => {
  const suite = withTenant({ users: 100, seed: 5 });

  it('groups many licenses by family, short ones first, with findings and colors', async () => {
    const api = await extensionApi();
    await withConnection(suite.connectionArgument('Tree'), async (connectionId) => {
      const { tenantId } = suite.tenant.address;
      await run('signIn', { connectionId });
      await run('import', { connectionId });
      const tree = new Tree(api);
      const [{ name } = { name: '' }] = (await api.query(
        'SELECT displayName AS name FROM v_tenants WHERE tenantId = ?',
        [tenantId],
      )) as { name: string }[];
      const top = await tree.under(name, 'Licenses');
      const rows = await api.query(
        `SELECT l.productName, l.family, p.shortfallNow,
           (SELECT count(*) FROM v_findings f WHERE f.licenseId = l.licenseId) AS findings
         FROM v_licenses l JOIN v_position p USING (licenseId) WHERE l.tenantId = ?`,
        [tenantId],
      );
      assert.ok(rows.length >= 16, 'the sample tenant has enough licenses for groups');
      const short = rows.filter((row) => Number(row['shortfallNow']) > 0);
      assert.ok(short.length > 0);
      assert.deepEqual(
        top.slice(0, short.length).map((node) => node.kind),
        short.map(() => 'license'),
      );
      assert.match(description(top[0] as TreeNode), /· short \d+ · [\d,]+ findings?$/);

      const families = top.filter((node) => node.kind === 'family');
      const suites = 'Microsoft 365 and Office 365 suites';
      assert.ok(families.some((node) => text(node) === suites));
      for (const node of families) {
        const licenses = await tree.content.children(node);
        const expected = rows.filter(
          (row) => row['family'] === text(node) && Number(row['shortfallNow']) <= 0,
        );
        assert.equal(licenses.length, expected.length, text(node));
        assert.ok(licenses.length > 1);
      }
      assert.equal((await licensesIn(tree.content, top)).length, rows.length);
      assert.equal(await tree.content.short(), short.length);

      const item = treeItemOf(top[0] as TreeNode, quiet);
      assert.equal(item.command?.command, 'm365Licenses.openLicense');
      assert.match(item.accessibilityInformation?.label ?? '', /short \d+, [\d,]+ findings$/);
      assert.ok(item.iconPath instanceof vscode.ThemeIcon);
      assert.equal(item.iconPath.color?.id, 'list.errorForeground');
      assert.equal(item.resourceUri?.query, 'trouble');
      assert.match(item.contextValue ?? '', /\btype=license\b.*\bstate=short\b/);
    });
  });

  it('puts licenses that nobody manages apart, and out of the badge', async () => {
    const api = await extensionApi();
    await withConnection(suite.connectionArgument('Hidden'), async (connectionId) => {
      const { tenantId } = suite.tenant.address;
      await run('signIn', { connectionId });
      await run('import', { connectionId });
      const tree = new Tree(api);
      const [short] = await api.query(
        'SELECT licenseId FROM v_position WHERE tenantId = ? AND shortfallNow > 0',
        [tenantId],
      );
      const before = await tree.content.short();
      await run('setManaged', {
        licenseId: short?.['licenseId'],
        managed: false,
        reason: 'Paid by another company',
      });
      tree.content.forget();
      assert.equal(await tree.content.short(), before - 1);
      const hidden = await tree.under(/Contoso/, 'Licenses', '1 hidden');
      assert.equal(hidden.length, 1);
      assert.match(description(hidden[0] as TreeNode), /^unmanaged: Paid by another company · /);
    });
  });

  it('is filtered by product name and part number, also in groups and in another view of it', async () => {
    const api = await extensionApi();
    await withConnection(suite.connectionArgument('Filter'), async (connectionId) => {
      await run('signIn', { connectionId });
      await run('import', { connectionId });
      const all = await api.query('SELECT skuPartNumber, productName FROM v_licenses');
      const visio = all.filter((row) => /visio/i.test(JSON.stringify(row)));
      assert.ok(visio.length > 0);
      assert.deepEqual(await run('filterTree', { text: 'VISIO' }), {
        matched: visio.length,
        total: all.length,
      });
      assert.deepEqual(await run('clearTreeFilter', {}), { matched: all.length, total: all.length });

      const tree = new Tree(api);
      assert.equal(await tree.content.hasData(), true);
      tree.content.filter = 'spe_e';
      assert.match((await tree.content.message()) ?? '', /^Filtered by “spe_e”: 2 of \d+ licenses\.$/);
      const found = await tree.under(/Contoso/, 'Licenses');
      assert.deepEqual(found.map(text).sort(), ['Microsoft 365 E3', 'Microsoft 365 E5']);
      assert.equal(
        treeItemOf((await tree.content.roots())[0] as TreeNode, quiet).collapsibleState,
        vscode.TreeItemCollapsibleState.Expanded,
      );
      tree.content.filter = 'nothing has this name';
      assert.deepEqual(await tree.content.roots(), []);
      assert.equal(await tree.content.hasData(), true, 'whatever the filter');
      assert.equal((await failureOf('filterTree', { text: 5 })).reason, 'invalidArgument');
    });
  });
});

describe('The Activity page', () => {
  const suite = withTenant({ users: 60, seed: 11 });

  it('opens for a tenant and for the only one there is; an unknown tenant is refused', async () => {
    await extensionApi();
    await withConnection(suite.connectionArgument('Activity'), async (connectionId) => {
      const { tenantId } = suite.tenant.address;
      await run('signIn', { connectionId });
      await run('import', { connectionId });
      const tabs = (): vscode.Tab[] =>
        vscode.window.tabGroups.all
          .flatMap((group) => group.tabs)
          .filter(
            (tab) => tab.input instanceof vscode.TabInputWebview && /activity/.test(tab.input.viewType),
          );
      assert.deepEqual(await run('openActivity', { tenantId }), {});
      await run('openActivity', {});
      const open = await shown(tabs);
      assert.equal(open.length, 1, open.map(({ label }) => label).join(', '));
      await vscode.window.tabGroups.close(open);
      assert.equal((await failureOf('openActivity', { tenantId: 'nobody' })).reason, 'notFound');
    });
  });
});
