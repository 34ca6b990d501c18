import type { CodedColumn } from './facetIndex';
import type { SqlValue } from './store';

/** Places of users in the order of one column. */
export interface RankedColumn {
  /** Rank of each user, by position, from 1 on; 0 is unknown. Values that differ only in the case of A to Z share one. */
  readonly ranks: Uint32Array;
  /** The highest rank. */
  readonly count: number;
}

/**
 * Ranks the values of a column as SQLite orders them with NOCASE: numbers before text, text by its UTF-8 bytes with
 * A to Z as a to z.
 */
export function rankColumn(column: CodedColumn | undefined): RankedColumn {
  if (column === undefined) return { ranks: new Uint32Array(0), count: 0 };
  const { codes, values } = column;
  const keys = values.map(orderKey);
  const known = [...keys.keys()].filter((code) => keys[code] !== null);
  const byBytes = keys.some((key) => typeof key === 'string' && /[\ud800-\udfff]/.test(key));
  known.sort((a, b) => compare(keys[a] ?? '', keys[b] ?? '', byBytes));
  const rankOf = new Uint32Array(values.length);
  let count = 0;
  let before: string | number | null = null;
  for (const code of known) {
    const key = keys[code] ?? null;
    if (count === 0 || key !== before) count += 1;
    rankOf[code] = count;
    before = key;
  }
  const ranks = new Uint32Array(codes.length);
  for (let position = 0; position < codes.length; position += 1) {
    ranks[position] = rankOf[codes[position] ?? 0] ?? 0;
  }
  return { ranks, count };
}

function orderKey(value: SqlValue): string | number | null {
  if (value === null || typeof value === 'number') return value;
  return String(value).replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function compare(left: string | number, right: string | number, byBytes: boolean): number {
  if (typeof left === 'number') return typeof right === 'number' ? left - right : -1;
  if (typeof right === 'number') return 1;
  // Pairs of surrogates have another place in UTF-16 than in UTF-8.
  if (byBytes) return Buffer.compare(Buffer.from(left), Buffer.from(right));
  return left < right ? -1 : left > right ? 1 : 0;
}
