import type { GridState } from '../../src/shared/reconciliationContract';
import { createElement } from '../common/createElement';
import type { TreeNode } from '../grid/treeRows';
import { TreeGrid } from '../grid/treeGrid';
import { findingKey, type FindingNodeValue } from './findingNodes';
import type { NodeColumn, NodeEvents } from './findingColumns';
import { nodeDetails } from './nodeDetails';

/** What the page does for its tree grids. */
export interface NodeGridOptions {
  readonly label: string;
  readonly columns: (events: NodeEvents) => readonly NodeColumn[];
  readonly onOpen: NodeEvents['onOpen'];
  readonly onSort: (column: string) => void;
  readonly onCopy: (text: string, rows: number) => void;
  readonly onError: (error: unknown) => void;
  readonly onViewChanged: () => void;
  readonly announce: (text: string) => void;
}

/** A tree grid of licenses and findings, with the row that has the focus in whole sentences below it. */
export class NodeGrid {
  /** Read aloud by the grid's own cells; this line is for the eye. */
  readonly details = createElement('div', { class: 'row-details' });
  private readonly grid: TreeGrid<FindingNodeValue>;

  constructor(options: NodeGridOptions, restored: GridState | undefined) {
    this.grid = new TreeGrid<FindingNodeValue>(
      {
        label: options.label,
        columns: options.columns({ onToggle: (row) => this.grid.toggle(row), onOpen: options.onOpen }),
        keyOf: findingKey,
        rowClass: ({ value, level }) =>
          `level-${level}${value.type === 'license' && value.row.notCounted !== null ? ' not-counted' : ''}`,
        onOpen: options.onOpen,
        onSort: options.onSort,
        onCopy: options.onCopy,
        onError: options.onError,
        onViewChanged: () => {
          this.explain();
          options.onViewChanged();
        },
        onRowsShown: () => this.explain(),
        announce: options.announce,
      },
      restored,
    );
  }

  get element(): HTMLElement {
    return this.grid.element;
  }

  get state(): GridState {
    return this.grid.state;
  }

  show(roots: readonly TreeNode<FindingNodeValue>[], keepPlace: boolean): void {
    this.grid.setRoots(roots, keepPlace);
    this.explain();
  }

  setSort(sort: Parameters<TreeGrid<FindingNodeValue>['setSort']>[0]): void {
    this.grid.setSort(sort);
  }

  restorePlace(place: GridState): void {
    this.grid.restorePlace(place);
  }

  retry(): void {
    this.grid.retry();
  }

  dispose(): void {
    this.grid.dispose();
  }

  private explain(): void {
    const focused = this.grid.focused;
    const words = focused === undefined ? null : nodeDetails(focused);
    this.details.replaceChildren(
      createElement('p', { text: words?.text ?? '' }),
      createElement('p', { class: 'muted', text: words?.advice ?? '' }),
    );
  }
}
