import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import type { ColumnPlace } from './columns';
import { rowHeight } from './gridRows';
import { scrollLeftFor, scrollTopFor } from './scrollIntoView';

/** Height of the header in CSS pixels; `grid.css` has the same. */
export const headerHeight = 28;

/** Which rows are on screen, and how to get others there. */
export class GridScroll {
  private readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  private readonly unmount: () => void;

  /** @param onChange other rows are on screen */
  constructor(
    private readonly element: HTMLElement,
    private readonly onChange: () => void,
  ) {
    this.virtualizer = new Virtualizer(this.options(0));
    this.unmount = this.virtualizer._didMount();
  }

  /** Indexes of the rows on screen and a few beside them. */
  get indexes(): number[] {
    return this.virtualizer.getVirtualIndexes();
  }

  setCount(count: number): void {
    this.virtualizer.setOptions(this.options(count));
    this.virtualizer._willUpdate();
    this.moved();
  }

  /** The element was scrolled without an event, or its event comes too late. */
  moved(): void {
    this.virtualizer.scrollOffset = this.element.scrollTop;
  }

  showRow(row: number): void {
    const size = this.element.clientHeight - headerHeight;
    this.element.scrollTop = scrollTopFor(row, rowHeight, { scroll: this.element.scrollTop, size });
    // The scroll event comes with the next frame; the rows are needed now.
    this.moved();
  }

  showColumn(column: number, places: readonly ColumnPlace[]): void {
    const { scrollLeft, clientWidth } = this.element;
    this.element.scrollLeft = scrollLeftFor(column, places, { scroll: scrollLeft, size: clientWidth });
  }

  dispose(): void {
    this.unmount();
  }

  private options(count: number): VirtualizerOptions<HTMLElement, HTMLElement> {
    return {
      count,
      getScrollElement: () => this.element,
      estimateSize: () => rowHeight,
      overscan: 8,
      scrollMargin: headerHeight,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: this.onChange,
    };
  }
}
