import type { SortOrder } from '../../src/shared/viewRows';

/** A column of the grid. */
export interface ColumnDefinition<R> {
  /** Name of the column in the view, also its identity in saved widths. */
  readonly id: string;
  readonly title: string;
  /** Longer name for the header's tooltip, where the title is terse. */
  readonly description?: string;
  /** Width until a person changes it, in CSS pixels. */
  readonly width: number;
  readonly align: 'start' | 'center' | 'end';
  /** False where the rows cannot be sorted by it. */
  readonly sortable?: boolean;
  /** What is on screen. */
  readonly text: (row: R) => string;
  /** What a copy holds: the stored value, dates as ISO 8601. */
  readonly copy: (row: R) => string;
  /** Fills a cell that is more than text. Gets an empty cell; its text must equal what a person reads. */
  readonly render?: (cell: HTMLElement, row: R) => void;
  /** Explains the value; shown as a tooltip. */
  readonly tooltip?: (row: R) => string | null;
}

/** Narrowest column, in CSS pixels. */
export const minimumWidth = 48;

const maximumWidth = 1000;

/** Widths by column id that differ from the definition. */
export type ColumnWidths = Readonly<Record<string, number>>;

/** Where a column is, in CSS pixels from the left. */
export interface ColumnPlace {
  readonly left: number;
  readonly width: number;
}

/** Places all columns side by side. */
export function placeColumns(
  columns: readonly Pick<ColumnDefinition<never>, 'id' | 'width'>[],
  widths: ColumnWidths,
): { places: readonly ColumnPlace[]; totalWidth: number } {
  let left = 0;
  const places = columns.map((column) => {
    const place = { left, width: widthOf(column, widths) };
    left += place.width;
    return place;
  });
  return { places, totalWidth: left };
}

/** Value for `grid-template-columns`; the last track fills what is left of a wide window. */
export function columnTemplate(places: readonly ColumnPlace[]): string {
  return `${places.map((place) => `${place.width}px`).join(' ')} minmax(0, 1fr)`;
}

/** Widths after one column became `width` wide, within bounds. */
export function withWidth(widths: ColumnWidths, id: string, width: number): ColumnWidths {
  return { ...widths, [id]: clampWidth(width) };
}

/** Widths after one column got its own width back. */
export function withoutWidth(widths: ColumnWidths, id: string): ColumnWidths {
  return Object.fromEntries(Object.entries(widths).filter(([key]) => key !== id));
}

/** The width of a column as it is now. */
export function widthOf(
  column: { readonly id: string; readonly width: number },
  widths: ColumnWidths,
): number {
  const width = widths[column.id];
  return width === undefined || !Number.isFinite(width) ? column.width : clampWidth(width);
}

/** The order after a click on a column's header: ascending first, then the other way round. */
export function nextSort<C extends string>(current: SortOrder<C>, column: C): SortOrder<C> {
  return { column, descending: current.column === column && !current.descending };
}

/** Rows as tab-separated text, one line each, for a spreadsheet. */
export function toTabSeparated<R>(rows: readonly R[], columns: readonly ColumnDefinition<R>[]): string {
  return rows.map((row) => columns.map((column) => safeCell(column.copy(row))).join('\t')).join('\r\n');
}

/** The titles of the columns as a first line for such a table. */
export function headerLine(columns: readonly { readonly title: string }[]): string {
  return columns.map(({ title }) => safeCell(title)).join('\t');
}

/** Without what would break the table, and without what a spreadsheet would run as a formula. */
function safeCell(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, ' ');
  return /^[=+\-@]/.test(flat) && !/^[+-]?\d+(\.\d+)?$/.test(flat) ? `'${flat}` : flat;
}

function clampWidth(width: number): number {
  return Math.round(Math.max(minimumWidth, Math.min(width, maximumWidth)));
}
