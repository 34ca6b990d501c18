import * as vscode from 'vscode';
import { DisposableStore } from '../../core/foundation/disposables';
import { isLicenseError } from '../../core/foundation/errors';
import type { Logger } from '../../core/foundation/logger';
import type { Store } from '../../core/store/store';
import { describeError } from '../host/messages';
import type { ImportJobs } from '../jobs/importJobs';
import { LicenseDecorations } from './licenseDecorations';
import { ProblemNode } from './nodes';
import type { TreeNode } from './nodes';
import { TreeContent } from './treeContent';
import { treeItemOf } from './treeItems';

/** Context key that is true while the tree is filtered. */
const filterContext = 'm365Licenses.treeFiltered';

/**
 * Context key for commands that need imported data: `yes` or `no`. Not set until the file has been read, which is not
 * done for its sake: whoever asks for a command before that is offered it.
 */
const dataContext = 'm365Licenses.hasData';

/** The sidebar tree: tenants, under each its connections, its licenses and its last import. */
export class TenantTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<TreeNode | undefined>());
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly content: TreeContent;
  private shownHasData: boolean | undefined;

  private readonly becameVisible = this.disposables.add(new vscode.EventEmitter<void>());

  readonly onDidChangeTreeData = this.changed.event;
  /** Fires whenever the view comes into sight. */
  readonly onDidBecomeVisible = this.becameVisible.event;

  constructor(
    store: Store,
    private readonly jobs: ImportJobs,
    private readonly logger: Logger,
  ) {
    this.content = new TreeContent(store);
    this.disposables.add(vscode.window.registerFileDecorationProvider(new LicenseDecorations()));
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
    this.disposables.add(
      store.onDidChange(() => {
        this.refresh();
        this.refreshHidden();
      }),
    );
    this.disposables.add(jobs.onDidChange(() => this.changed.fire(undefined)));
  }

  /** Reads everything again. */
  refresh(): void {
    this.content.forget();
    this.changed.fire(undefined);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItemOf(node, this.jobs);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return 'parent' in node ? node.parent : undefined;
  }

  /** What is filtered by; empty for nothing. */
  get filter(): string {
    return this.content.filter;
  }

  /** Shows only what has these words in its name. @returns how many licenses that leaves, of how many */
  async setFilter(text: string): Promise<{ readonly matched: number; readonly total: number }> {
    this.content.filter = text;
    await vscode.commands.executeCommand('setContext', filterContext, this.content.filter !== '');
    this.changed.fire(undefined);
    await this.showState();
    return this.content.count();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return node === undefined ? this.roots() : this.content.children(node);
  }

  private async roots(): Promise<TreeNode[]> {
    try {
      const roots = await this.content.roots();
      await this.showState();
      return roots;
    } catch (error) {
      this.logger.error('The tree could not be read.', error);
      return [new ProblemNode(describeError(error), isLicenseError(error, 'storeDamaged'))];
    }
  }

  /** What stands around the tree: the number of licenses short, that a filter is on, and that there is data. */
  private async showState(): Promise<void> {
    await this.showHasData(await this.content.hasData());
    this.showBadge(await this.content.short());
    this.view.message = await this.content.message();
  }

  /** A view that is not on screen asks for nothing, yet its badge is. */
  private refreshHidden(): void {
    if (this.view.visible) return;
    this.showState().catch((error: unknown) =>
      this.logger.warn(`The badge is out of date: ${String(error)}`),
    );
  }

  private async showHasData(hasData: boolean): Promise<void> {
    if (hasData === this.shownHasData) return;
    this.shownHasData = hasData;
    await vscode.commands.executeCommand('setContext', dataContext, hasData ? 'yes' : 'no');
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
