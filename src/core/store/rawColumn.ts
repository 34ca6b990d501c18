import { packedKind } from './packedRows';
import type { SqlValue } from './store';

/**
 * Values of one column, as they lie in SQLite: a hundred thousand of them are read without a JavaScript value each.
 * Texts follow each other in UTF-8.
 */
export class RawColumn {
  /** How many values there are. */
  rows = 0;
  /** A {@link packedKind} for each value. */
  readonly kinds: Uint8Array;
  /** Where each text ends in {@link text}; it begins where the one before ends. */
  readonly ends: Uint32Array;
  private bytes = new Uint8Array(1024);
  private used = 0;
  private known: Float64Array | undefined;

  /** @param capacity how many values there can be at most */
  constructor(private readonly capacity: number) {
    this.kinds = new Uint8Array(capacity);
    this.ends = new Uint32Array(capacity);
  }

  /** The number of each value that is one. */
  get numbers(): Float64Array {
    this.known ??= new Float64Array(this.capacity);
    return this.known;
  }

  /** All texts, one after the other. */
  get text(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  /** Where a text begins. */
  start(row: number): number {
    return row === 0 ? 0 : (this.ends[row - 1] ?? 0);
  }

  add(value: SqlValue): void {
    if (value === null) this.addNull();
    else if (typeof value === 'number') this.addNumber(value);
    else {
      const text = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      this.addText(text, 0, text.byteLength);
    }
  }

  addNull(): void {
    this.ends[this.rows] = this.used;
    this.rows += 1;
  }

  addNumber(value: number): void {
    this.numbers[this.rows] = value;
    this.kinds[this.rows] = packedKind.number;
    this.addNull();
  }

  /** Copies a text from where it lies. */
  addText(memory: Uint8Array, from: number, length: number): void {
    if (this.used + length > this.bytes.byteLength) this.grow(this.used + length);
    // Most texts are so short that copying them here takes less than asking for it.
    if (length > 64) this.bytes.set(memory.subarray(from, from + length), this.used);
    else for (let at = 0; at < length; at += 1) this.bytes[this.used + at] = memory[from + at] ?? 0;
    this.used += length;
    this.kinds[this.rows] = packedKind.text;
    this.addNull();
  }

  /** Gives back what was reserved for more. */
  trim(): void {
    if (this.used < this.bytes.byteLength) this.bytes = this.bytes.slice(0, this.used);
  }

  private grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, Math.ceil(this.bytes.byteLength * 1.6)));
    larger.set(this.text);
    this.bytes = larger;
  }
}
