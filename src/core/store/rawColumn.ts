import { packedKind } from './packedRows';
import type { SqlValue } from './store';

/**
 * Values of one column, as they lie in SQLite: a hundred thousand of them are read without a JavaScript value each.
 * Texts follow each other in UTF-8.
 */
export class RawColumn {
  /** How many values there are; the arrays may have room for more. */
  rows = 0;
  /** A {@link packedKind} for each value. */
  kinds: Uint8Array;
  /** Where each text ends in {@link text}; it begins where the one before ends. */
  ends: Uint32Array;
  private bytes = new Uint8Array(1024);
  private used = 0;
  private known: Float64Array | undefined;

  /** @param capacity how many values to expect */
  constructor(capacity = 1024) {
    this.kinds = new Uint8Array(capacity);
    this.ends = new Uint32Array(capacity);
  }

  /** The number of each value that is one. */
  get numbers(): Float64Array {
    this.known ??= new Float64Array(this.kinds.length);
    return this.known;
  }

  /** All texts, one after the other. */
  get text(): Uint8Array {
    return this.bytes.subarray(0, this.used);
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
    if (this.rows === this.kinds.length) this.growRows();
    this.ends[this.rows] = this.used;
    this.rows += 1;
  }

  addNumber(value: number): void {
    this.addNull();
    this.numbers[this.rows - 1] = value;
    this.kinds[this.rows - 1] = packedKind.number;
  }

  /** Copies a text from where it lies. */
  addText(memory: Uint8Array, from: number, length: number): void {
    if (this.used + length > this.bytes.byteLength) this.growText(this.used + length);
    // Most texts are so short that copying them here takes less than asking for it.
    if (length > 64) this.bytes.set(memory.subarray(from, from + length), this.used);
    else for (let at = 0; at < length; at += 1) this.bytes[this.used + at] = memory[from + at] ?? 0;
    this.used += length;
    this.addNull();
    this.kinds[this.rows - 1] = packedKind.text;
  }

  /** Gives back what was reserved for more. */
  trim(): void {
    if (this.used < this.bytes.byteLength) this.bytes = this.bytes.slice(0, this.used);
    if (this.rows < this.ends.length) this.ends = this.ends.slice(0, this.rows);
  }

  private growText(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, Math.ceil(this.bytes.byteLength * 1.6)));
    larger.set(this.text);
    this.bytes = larger;
  }

  private growRows(): void {
    const capacity = Math.ceil(this.rows * 1.6) + 16;
    const [kinds, ends] = [new Uint8Array(capacity), new Uint32Array(capacity)];
    kinds.set(this.kinds);
    ends.set(this.ends);
    this.kinds = kinds;
    this.ends = ends;
    if (this.known === undefined) return;
    const numbers = new Float64Array(capacity);
    numbers.set(this.known);
    this.known = numbers;
  }
}
