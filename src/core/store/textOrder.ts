import type { RawColumn } from './rawColumn';

/** Below this many texts comparing them one by one is quicker than splitting them. */
const few = 12;
/** After so many looks at a text the order pauses. */
const looksPerStep = 200_000;

/**
 * Puts rows in the order of their texts as SQLite's NOCASE has it: by the bytes of UTF-8 with A to Z as a to z. Texts are
 * split into less, same and greater by one byte after the other, so that what many of them begin with is looked at once
 * per text and not once per comparison.
 * @param rows rows of the column that have a text; ordered in place
 */
export function* orderTexts(column: RawColumn, rows: Uint32Array): Generator<void, void> {
  const texts = new FoldedTexts(column);
  const open: { from: number; to: number; depth: number }[] = [{ from: 0, to: rows.length, depth: 0 }];
  let looks = 0;
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { from, to, depth } = part;
    if (to - from <= few) {
      orderFew(texts, rows, from, to, depth);
      continue;
    }
    looks += to - from;
    if (looks > looksPerStep) {
      looks = 0;
      yield;
    }
    const pivot = middle(
      texts.byteAt(rows[from] ?? 0, depth),
      texts.byteAt(rows[(from + to) >> 1] ?? 0, depth),
      texts.byteAt(rows[to - 1] ?? 0, depth),
    );
    const { less, greater } = split(texts, rows, part, pivot);
    open.push({ from, to: less, depth }, { from: greater, to, depth });
    // Texts that end here are the same.
    if (pivot !== 0) open.push({ from: less, to: greater, depth: depth + 1 });
  }
}

/** Texts by byte, with A to Z as a to z. */
export class FoldedTexts {
  private readonly text: Uint8Array;
  private readonly ends: Uint32Array;

  constructor(column: RawColumn) {
    this.text = column.text;
    this.ends = column.ends;
  }

  /** A byte of a text plus one; 0 behind its end. */
  byteAt(row: number, depth: number): number {
    const at = (row === 0 ? 0 : (this.ends[row - 1] ?? 0)) + depth;
    if (at >= (this.ends[row] ?? 0)) return 0;
    const byte = this.text[at] ?? 0;
    return byte >= 65 && byte <= 90 ? byte + 33 : byte + 1;
  }

  /** Negative, zero or positive, by what follows the first `depth` bytes. */
  compare(left: number, right: number, depth: number): number {
    for (let at = depth; ; at += 1) {
      const byte = this.byteAt(left, at);
      const difference = byte - this.byteAt(right, at);
      if (difference !== 0 || byte === 0) return difference;
    }
  }
}

/** Moves the rows of a part: first those whose byte is less than the pivot, then the same, then greater. */
function split(
  texts: FoldedTexts,
  rows: Uint32Array,
  { from, to, depth }: { from: number; to: number; depth: number },
  pivot: number,
): { less: number; greater: number } {
  let less = from;
  let greater = to;
  for (let at = from; at < greater;) {
    const row = rows[at] ?? 0;
    const byte = texts.byteAt(row, depth);
    if (byte < pivot) {
      rows[at] = rows[less] ?? 0;
      rows[less] = row;
      less += 1;
      at += 1;
    } else if (byte > pivot) {
      greater -= 1;
      rows[at] = rows[greater] ?? 0;
      rows[greater] = row;
    } else at += 1;
  }
  return { less, greater };
}

function orderFew(texts: FoldedTexts, rows: Uint32Array, from: number, to: number, depth: number): void {
  for (let next = from + 1; next < to; next += 1) {
    const row = rows[next] ?? 0;
    let at = next;
    for (; at > from && texts.compare(rows[at - 1] ?? 0, row, depth) > 0; at -= 1)
      rows[at] = rows[at - 1] ?? 0;
    rows[at] = row;
  }
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
