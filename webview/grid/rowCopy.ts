import { headerLine, toTabSeparated, type ColumnDefinition } from './columns';
import type { GridOptions } from './gridOptions';
import type { RowWindow } from './rowWindow';
import type { Selection } from './selection';

/** Copies rows as tab-separated text; those that are not in memory are fetched first. */
export class RowCopy<R> {
  private readonly running = new Set<AbortController>();

  constructor(
    private readonly window: RowWindow<R>,
    private readonly options: Pick<GridOptions<R>, 'onCopy' | 'onError'>,
  ) {}

  async copy(
    ranges: Selection['ranges'],
    columns: readonly ColumnDefinition<R>[],
    withHeaders: boolean,
  ): Promise<void> {
    const run = new AbortController();
    this.running.add(run);
    try {
      const rows = await this.window.rowsOf(ranges, run.signal);
      const text = toTabSeparated(rows, columns);
      this.options.onCopy(withHeaders ? `${headerLine(columns)}\r\n${text}` : text, rows.length);
    } catch (error) {
      if (!run.signal.aborted) this.options.onError(error);
    } finally {
      this.running.delete(run);
    }
  }

  dispose(): void {
    for (const run of this.running) run.abort();
  }
}

/** Whether text is marked, which copying then means instead of rows. */
export function hasTextSelection(): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed;
}
