import {
  columnTemplate,
  placeColumns,
  withoutWidth,
  withWidth,
  type ColumnPlace,
  type ColumnWidths,
} from './columns';

/** The widths of the columns, and the element that lays them out. */
export class ColumnSizes {
  private widths: ColumnWidths = {};
  private placed: readonly ColumnPlace[] = [];

  constructor(
    private columns: readonly { readonly id: string; readonly width: number }[],
    private readonly element: HTMLElement,
  ) {
    this.layOut();
  }

  /** Where the columns are. */
  get places(): readonly ColumnPlace[] {
    return this.placed;
  }

  /** Widths that a person changed. */
  get changed(): ColumnWidths {
    return this.widths;
  }

  set changed(widths: ColumnWidths) {
    this.widths = widths;
    this.layOut();
  }

  /** Lays out other columns; widths that were changed stay with their columns. */
  setColumns(columns: readonly { readonly id: string; readonly width: number }[]): void {
    this.columns = columns;
    this.layOut();
  }

  /** Width of a column in CSS pixels. */
  of(column: number): number {
    return this.placed[column]?.width ?? 0;
  }

  resize(column: number, width: number): void {
    const id = this.columns[column]?.id;
    if (id !== undefined) this.changed = withWidth(this.widths, id, width);
  }

  reset(column: number): void {
    const id = this.columns[column]?.id;
    if (id !== undefined) this.changed = withoutWidth(this.widths, id);
  }

  private layOut(): void {
    const { places, totalWidth } = placeColumns(this.columns, this.widths);
    this.placed = places;
    this.element.style.setProperty('--grid-columns', columnTemplate(places));
    this.element.style.setProperty('--grid-width', `${totalWidth}px`);
  }
}
