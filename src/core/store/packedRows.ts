/** A value that a staged row can hold. */
export type PackedValue = string | number | null;

/**
 * Rows of one table, as they cross to the store's worker: a buffer that changes hands instead of being copied value by
 * value. Cloning rows as objects took more time than reading them.
 */
export interface PackedRows {
  /** Values of a row. */
  readonly width: number;
  readonly rows: number;
  /** A {@link packedKind} for each value, row by row. */
  readonly kinds: Uint8Array;
  /** The number, or how many bytes of `text` the value has. */
  readonly numbers: Float64Array;
  /** All texts, one after the other, in UTF-8. */
  readonly text: Uint8Array;
}

/** What a packed value is. */
export const packedKind = { null: 0, number: 1, text: 2 } as const;

const encoder = new TextEncoder();

/** Rows for which there is room at first, where nobody knows how many come. */
const roomAtFirst = 64;

/** Values whose texts are measured at once: among so few there is often no letter of several bytes. */
const askedAtOnce = 16;

/** Packs rows of one table. */
export class RowPacker {
  private kinds: Uint8Array;
  private numbers: Float64Array;
  private values = 0;
  /** All texts, one after the other. */
  private text = '';

  /** @param rows how many to expect */
  constructor(
    private readonly width: number,
    rows = roomAtFirst,
  ) {
    const room = width * Math.max(1, rows);
    this.kinds = new Uint8Array(room);
    this.numbers = new Float64Array(room);
  }

  /** Adds a row. Its values must be as many as the table has columns. */
  add(values: readonly PackedValue[]): void {
    for (const value of values) this.put(value);
  }

  /** Adds the next value of a row. */
  put(value: PackedValue): void {
    if (this.values === this.kinds.length) this.grow();
    if (typeof value === 'string') {
      this.kinds[this.values] = packedKind.text;
      this.numbers[this.values] = value.length;
      this.text += value;
    } else if (value !== null) {
      this.kinds[this.values] = packedKind.number;
      this.numbers[this.values] = value;
    }
    // Where nothing was written, both are zero: a null.
    this.values += 1;
  }

  packed(): PackedRows {
    const { text: joined, values, width } = this;
    const joinedBytes = Buffer.byteLength(joined, 'utf8');
    // Where each character is one byte, lengths in characters are lengths in bytes.
    const lengths =
      joinedBytes === joined.length
        ? { numbers: this.numbers.subarray(0, values), bytes: joinedBytes }
        : this.lengthsInBytes();
    const buffer = new ArrayBuffer(values * 9 + lengths.bytes);
    const numbers = new Float64Array(buffer, 0, values);
    const kinds = new Uint8Array(buffer, values * 8, values);
    const text = new Uint8Array(buffer, values * 9, lengths.bytes);
    numbers.set(lengths.numbers);
    kinds.set(this.kinds.subarray(0, values));
    if (lengths.bytes === joinedBytes) encoder.encodeInto(joined, text);
    // Halves of characters at the end of one text and the beginning of the next one would become a whole.
    else this.writeApart(text);
    return { width, rows: values / width, kinds, numbers, text };
  }

  /** The numbers, with the bytes of each text instead of its characters; and the bytes of all. */
  private lengthsInBytes(): { readonly numbers: Float64Array; readonly bytes: number } {
    const { kinds, values, text } = this;
    const numbers = this.numbers.slice(0, values);
    let bytes = 0;
    let at = 0;
    for (let start = 0; start < values; start += askedAtOnce) {
      const end = Math.min(start + askedAtOnce, values);
      let length = 0;
      for (let index = start; index < end; index += 1) {
        if (kinds[index] === packedKind.text) length += numbers[index] ?? 0;
      }
      if (Buffer.byteLength(text.slice(at, at + length), 'utf8') === length) {
        bytes += length;
        at += length;
        continue;
      }
      for (let index = start; index < end; index += 1) {
        if (kinds[index] !== packedKind.text) continue;
        const next = at + (numbers[index] ?? 0);
        const own = Buffer.byteLength(text.slice(at, next), 'utf8');
        numbers[index] = own;
        bytes += own;
        at = next;
      }
    }
    return { numbers, bytes };
  }

  private writeApart({ buffer, byteOffset, byteLength }: Uint8Array): void {
    const target = Buffer.from(buffer, byteOffset, byteLength);
    let from = 0;
    let at = 0;
    for (let index = 0; index < this.values; index += 1) {
      if (this.kinds[index] !== packedKind.text) continue;
      const next = from + (this.numbers[index] ?? 0);
      at += target.write(this.text.slice(from, next), at, 'utf8');
      from = next;
    }
  }

  private grow(): void {
    const kinds = new Uint8Array(this.kinds.length * 2);
    const numbers = new Float64Array(kinds.length);
    kinds.set(this.kinds);
    numbers.set(this.numbers);
    this.kinds = kinds;
    this.numbers = numbers;
  }
}

/** The buffers of packed rows, to be handed over. */
export function buffersOf(packed: PackedRows): ArrayBuffer[] {
  const { kinds, numbers, text } = packed;
  return [...new Set([kinds, numbers, text].map(({ buffer }) => buffer as ArrayBuffer))];
}

/** The rows again, for where they can't be taken as they are. */
export function* unpacked({ width, rows, kinds, numbers, text }: PackedRows): Generator<PackedValue[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let at = 0;
  for (let row = 0; row < rows; row += 1) {
    const values: PackedValue[] = [];
    for (let index = row * width; index < (row + 1) * width; index += 1) {
      const number = numbers[index] ?? 0;
      if (kinds[index] === packedKind.null) values.push(null);
      else if (kinds[index] === packedKind.number) values.push(number);
      else {
        values.push(decoder.decode(text.subarray(at, at + number)));
        at += number;
      }
    }
    yield values;
  }
}
