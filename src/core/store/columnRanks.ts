import { packedKind } from './packedRows';
import type { RawColumn } from './rawColumn';
import { FoldedTexts, orderTexts } from './textOrder';

/** Places of users in the order of one column. */
export interface RankedColumn {
  /** Rank of each user, by position, from 1 on; 0 is unknown. Values that differ only in the case of A to Z share one. */
  readonly ranks: Uint32Array;
  /** The highest rank. */
  readonly count: number;
}

/**
 * Ranks the values of a column as SQLite orders them with NOCASE: numbers before text, text by its UTF-8 bytes with
 * A to Z as a to z. Pauses, so that something else can be done in between.
 */
export function* rankColumn(column: RawColumn): Generator<void, RankedColumn> {
  const ranks = new Uint32Array(column.rows);
  const numbers = rankNumbers(column, ranks);
  const rows = rowsOf(column, packedKind.text);
  yield* orderTexts(column, rows);
  const texts = new FoldedTexts(column);
  let count = numbers;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    if (at === 0 || texts.compare(rows[at - 1] ?? 0, row, 0) !== 0) count += 1;
    ranks[row] = count;
  }
  return { ranks, count };
}

/** @returns the highest rank */
function rankNumbers(column: RawColumn, ranks: Uint32Array): number {
  const rows = rowsOf(column, packedKind.number);
  if (rows.length === 0) return 0;
  const values = Float64Array.from(rows, (row) => column.numbers[row] ?? 0).sort();
  let count = 0;
  for (const value of values) {
    if (count === 0 || value !== values[count - 1]) values[count++] = value;
  }
  const distinct = values.subarray(0, count);
  for (const row of rows) ranks[row] = 1 + placeOf(distinct, column.numbers[row] ?? 0);
  return count;
}

/** Where a value stands that is among the values. */
function placeOf(values: Float64Array, wanted: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const at = (from + to) >> 1;
    if ((values[at] ?? 0) < wanted) from = at + 1;
    else to = at;
  }
  return from;
}

function rowsOf({ kinds, rows }: RawColumn, kind: number): Uint32Array {
  const found = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row += 1) if (kinds[row] === kind) found[count++] = row;
  return found.subarray(0, count);
}
