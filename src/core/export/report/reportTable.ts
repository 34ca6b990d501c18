import { markup, nothing, type Markup } from './markup';

/** A column of a table; numbers stand to the right. */
export interface TableColumn<Row> {
  readonly title: string;
  readonly isNumber?: boolean;
  /** Text that needs room to be read. */
  readonly isSentence?: boolean;
  readonly cell: (row: Row) => Markup;
  /** The cell of the last line, where the table has one. */
  readonly total?: Markup;
}

/** What a table needs besides its columns and rows. */
export interface TableOptions {
  /** What the table shows, for the region that scrolls and for those who hear it. */
  readonly caption: string;
  /** Label of the last line. */
  readonly totalLabel?: string;
}

/** A table whose first column names the row. It scrolls by itself where it is too wide, also by keyboard. */
export function table<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  options: TableOptions,
): Markup {
  const classOf = (column: TableColumn<Row>): Markup =>
    column.isNumber === true
      ? markup` class="number"`
      : column.isSentence === true
        ? markup` class="sentence"`
        : nothing;
  const head = columns.map((column) => markup`<th scope="col" ${classOf(column)}>${column.title}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map((column, index) =>
      index === 0
        ? markup`<th scope="row" class="name">${column.cell(row)}</th>`
        : markup`<td${classOf(column)}>${column.cell(row)}</td>`,
    );
    return markup`<tr>
      ${cells}
    </tr> `;
  });
  const foot =
    options.totalLabel === undefined
      ? nothing
      : markup`<tfoot>
          <tr>
            ${columns.map((column, index) =>
              index === 0
                ? markup`<th scope="row">${options.totalLabel ?? ''}</th>`
                : markup`<td${classOf(column)}>${column.total ?? nothing}</td>`,
            )}
          </tr>
        </tfoot>`;
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="${options.caption}">
    <table>
      <caption>
        ${options.caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
      ${foot}
    </table>
  </div> `;
}

/** A name from outside, kept from turning the direction of what stands beside it. */
export function name(text: string): Markup {
  return markup`<bdi>${text}</bdi>`;
}
