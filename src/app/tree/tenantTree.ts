import * as vscode from 'vscode';
import { DisposableStore } from '../../core/foundation/disposables';
import { isLicenseError } from '../../core/foundation/errors';
import type { Logger } from '../../core/foundation/logger';
import type { Store } from '../../core/store/store';
import { describeError } from '../host/messages';
import type { ImportJobs } from '../jobs/importJobs';
import { readImportHistory } from './importHistory';
import { byTrouble } from './licenseText';
import {
  ConnectionNode,
  ImportNode,
  LastImportNode,
  LicenseNode,
  LicensesNode,
  ProblemNode,
  TenantNode,
} from './nodes';
import type { TreeNode } from './nodes';
import { readTenantSnapshot } from './tenantSnapshot';
import type { TenantSnapshot } from './tenantSnapshot';
import { treeItemOf } from './treeItems';

/** The sidebar tree: tenants, under each its connections, its licenses and its last import. */
export class TenantTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<TreeNode | undefined>());
  private readonly view: vscode.TreeView<TreeNode>;
  private snapshot: Promise<TenantSnapshot> | undefined;

  private readonly becameVisible = this.disposables.add(new vscode.EventEmitter<void>());

  readonly onDidChangeTreeData = this.changed.event;
  /** Fires whenever the view comes into sight. */
  readonly onDidBecomeVisible = this.becameVisible.event;

  constructor(
    private readonly store: Store,
    private readonly jobs: ImportJobs,
    private readonly logger: Logger,
  ) {
    this.view = this.disposables.add(
      vscode.window.createTreeView<TreeNode>('m365Licenses.tenants', {
        treeDataProvider: this,
        showCollapseAll: true,
      }),
    );
    this.disposables.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.becameVisible.fire();
      }),
    );
    this.disposables.add(store.onDidChange(() => this.refresh()));
    this.disposables.add(jobs.onDidChange(() => this.changed.fire(undefined)));
  }

  /** Reads everything again. */
  refresh(): void {
    this.snapshot = undefined;
    this.changed.fire(undefined);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItemOf(node, this.jobs);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return 'parent' in node ? node.parent : undefined;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.roots();
    switch (node.kind) {
      case 'tenant':
        return [
          ...node.tenant.connections.map((connection) => new ConnectionNode(connection, node)),
          new LicensesNode(node),
          new LastImportNode(node.tenant.lastImport, node),
        ];
      case 'licenses':
        return byTrouble(node.parent.tenant.licenses).map((license) => new LicenseNode(license, node));
      case 'lastImport':
        return (await readImportHistory(this.store, node.parent.tenant.tenantId)).map(
          (entry) => new ImportNode(entry, node),
        );
      case 'connection':
      case 'license':
      case 'import':
      case 'problem':
        return [];
    }
  }

  private async roots(): Promise<TreeNode[]> {
    try {
      this.snapshot ??= readTenantSnapshot(this.store);
      const { tenants, unattached } = await this.snapshot;
      this.showBadge(tenants.flatMap((tenant) => tenant.licenses).filter((l) => l.shortfallNow > 0).length);
      return [
        ...tenants.map((tenant) => new TenantNode(tenant)),
        ...unattached.map((connection) => new ConnectionNode(connection, undefined)),
      ];
    } catch (error) {
      this.snapshot = undefined;
      this.logger.error('The tree could not be read.', error);
      return [new ProblemNode(describeError(error), isLicenseError(error, 'storeDamaged'))];
    }
  }

  private showBadge(short: number): void {
    this.view.badge =
      short === 0
        ? undefined
        : {
            value: short,
            tooltip: short === 1 ? '1 license is short of units' : `${short} licenses are short of units`,
          };
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
