import type { RawColumn } from './rawColumn';

/** Finds rows by words in one column: a walk over its bytes, where SQLite would read all of each row for each search. */
export class TextSearch {
  private readonly text: Buffer;
  private readonly ends: Uint32Array;

  constructor(column: RawColumn) {
    column.trim();
    const { buffer, byteOffset, byteLength } = column.text;
    this.text = Buffer.from(buffer, byteOffset, byteLength);
    this.ends = column.ends;
  }

  /** 1 for each row whose text has all of the words, as SQLite's `instr` finds them. */
  matching(words: readonly string[]): Uint8Array {
    const matches = new Uint8Array(this.ends.length).fill(1);
    for (const word of words) {
      const found = this.rowsWith(Buffer.from(word, 'utf8'));
      for (let row = 0; row < matches.length; row += 1)
        matches[row] = (matches[row] ?? 0) & (found[row] ?? 0);
    }
    return matches;
  }

  private rowsWith(word: Buffer): Uint8Array {
    const found = new Uint8Array(this.ends.length);
    let row = 0;
    let at = this.text.indexOf(word);
    while (at >= 0) {
      while ((this.ends[row] ?? 0) <= at) row += 1;
      const end = this.ends[row] ?? 0;
      // What begins in one text and ends in the next is in neither.
      const isWithin = at + word.byteLength <= end;
      if (isWithin) found[row] = 1;
      at = this.text.indexOf(word, isWithin ? end : at + 1);
    }
    return found;
  }
}
