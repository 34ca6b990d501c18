import type { RowSource } from './rowWindow';

/** Rows below a row that are fetched when they are seen. */
export interface WindowOfRows<T> {
  readonly count: number;
  fetch(offset: number, count: number, signal: AbortSignal): Promise<readonly T[]>;
}

/** A row of a tree, and what is below it. */
export interface TreeNode<T> {
  /** Identity across changes of the data; unique in the tree. */
  readonly key: string;
  readonly value: T;
  /** Null: nothing is below. */
  readonly children: readonly TreeNode<T>[] | WindowOfRows<T> | null;
}

/** A row as the grid shows it. */
export interface TreeRow<T> {
  readonly key: string;
  readonly value: T;
  /** 1 for the roots. */
  readonly level: number;
  /** Null where nothing is below. */
  readonly expanded: boolean | null;
  /** Index of the row above it in the tree; null for a root. */
  readonly parent: number | null;
}

type Segment<T> =
  | { readonly start: number; readonly count: 1; readonly row: TreeRow<T> }
  | {
      readonly start: number;
      readonly count: number;
      readonly window: WindowOfRows<T>;
      readonly level: number;
      readonly parent: number;
    };

/**
 * A tree as a list of rows: what is open lies below its row. Rows below the last level may be windows of thousands;
 * only those on screen are fetched.
 */
export class TreeRows<T> implements RowSource<TreeRow<T>> {
  private readonly segments: Segment<T>[] = [];
  readonly rowCount: number;

  /** @param keyOf identity of a row of a window */
  constructor(
    roots: readonly TreeNode<T>[],
    expanded: ReadonlySet<string>,
    private readonly keyOf: (value: T) => string,
  ) {
    let next = 0;
    const add = (nodes: readonly TreeNode<T>[], level: number, parent: number | null): void => {
      for (const node of nodes) {
        const isOpen = node.children === null ? null : expanded.has(node.key);
        const at = next++;
        this.segments.push({
          start: at,
          count: 1,
          row: { key: node.key, value: node.value, level, expanded: isOpen, parent },
        });
        if (isOpen !== true || node.children === null) continue;
        if (isList(node.children)) add(node.children, level + 1, at);
        else if (node.children.count > 0) {
          const window = node.children;
          this.segments.push({ start: next, count: window.count, window, level: level + 1, parent: at });
          next += window.count;
        }
      }
    };
    add(roots, 1, null);
    this.rowCount = next;
  }

  async fetch(offset: number, count: number, signal: AbortSignal): Promise<readonly TreeRow<T>[]> {
    if (offset >= this.rowCount) return [];
    const end = Math.min(offset + count, this.rowCount);
    const parts: Promise<TreeRow<T>[]>[] = [];
    for (let index = this.segmentAt(offset); index < this.segments.length; index++) {
      const segment = this.segments[index];
      if (segment === undefined || segment.start >= end) break;
      parts.push(
        'row' in segment ? Promise.resolve([segment.row]) : this.windowRows(segment, offset, end, signal),
      );
    }
    return (await Promise.all(parts)).flat();
  }

  private async windowRows(
    segment: Extract<Segment<T>, { window: unknown }>,
    offset: number,
    end: number,
    signal: AbortSignal,
  ): Promise<TreeRow<T>[]> {
    const from = Math.max(offset, segment.start);
    const to = Math.min(end, segment.start + segment.count);
    const values = await segment.window.fetch(from - segment.start, to - from, signal);
    return values.map((value) => ({
      key: this.keyOf(value),
      value,
      level: segment.level,
      expanded: null,
      parent: segment.parent,
    }));
  }

  /** The last segment that starts at or before a row. */
  private segmentAt(row: number): number {
    let [low, high] = [0, this.segments.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.segments[middle]?.start ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function isList<T>(children: readonly TreeNode<T>[] | WindowOfRows<T>): children is readonly TreeNode<T>[] {
  return Array.isArray(children);
}
