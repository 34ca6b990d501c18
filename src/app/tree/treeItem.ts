import * as vscode from 'vscode';
import type { TreeNode } from './nodes';

/** A tree item with the id of its node. */
export function createItem(
  node: TreeNode,
  label: string,
  state = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const result = new vscode.TreeItem(label, state);
  result.id = node.id;
  return result;
}

/** A two-column table; the values are text, never markup. */
export function appendTable(
  markdown: vscode.MarkdownString,
  rows: readonly (readonly [string, string])[],
): void {
  markdown.appendMarkdown('| | |\n|:--|:--|\n');
  for (const [name, value] of rows) {
    markdown
      .appendMarkdown('| ')
      .appendText(name)
      .appendMarkdown(' | ')
      .appendText(value.replace(/\|/g, '/'))
      .appendMarkdown(' |\n');
  }
}
