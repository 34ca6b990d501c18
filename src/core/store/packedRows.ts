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

/** Texts whose length is asked for at once: among so many there is often none with a letter of several bytes. */
const askedAtOnce = 16;

/** Packs rows of one table. */
export class RowPacker {
  private kinds: Uint8Array;
  private numbers: Float64Array;
  private values = 0;
  private readonly texts: string[] = [];
  /** Which of the values each text is. */
  private readonly textAt: number[] = [];

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
      this.texts.push(value);
      this.textAt.push(this.values);
    } else if (value !== null) {
      this.kinds[this.values] = packedKind.number;
      this.numbers[this.values] = value;
    }
    // Where nothing was written, both are zero: a null.
    this.values += 1;
  }

  packed(): PackedRows {
    const { texts, values, width } = this;
    const joined = texts.join('');
    const joinedBytes = Buffer.byteLength(joined, 'utf8');
    // Where each character is one byte, lengths in characters are lengths in bytes.
    const textBytes = joinedBytes === joined.length ? joinedBytes : this.countBytes();
    const buffer = new ArrayBuffer(values * 9 + textBytes);
    const numbers = new Float64Array(buffer, 0, values);
    const kinds = new Uint8Array(buffer, values * 8, values);
    const text = new Uint8Array(buffer, values * 9, textBytes);
    numbers.set(this.numbers.subarray(0, values));
    kinds.set(this.kinds.subarray(0, values));
    if (textBytes === joinedBytes) encoder.encodeInto(joined, text);
    // Halves of characters at the end of one text and the beginning of the next one would become a whole.
    else writeApart(texts, text);
    return { width, rows: values / width, kinds, numbers, text };
  }

  /** Notes how many bytes each text has. @returns how many that is in all */
  private countBytes(): number {
    const { texts, textAt, numbers } = this;
    let bytes = 0;
    for (let start = 0; start < texts.length; start += askedAtOnce) {
      const some = texts.slice(start, start + askedAtOnce);
      const joined = some.join('');
      if (Buffer.byteLength(joined, 'utf8') === joined.length) {
        bytes += joined.length;
        continue;
      }
      some.forEach((text, index) => {
        const length = Buffer.byteLength(text, 'utf8');
        numbers[textAt[start + index] ?? 0] = length;
        bytes += length;
      });
    }
    return bytes;
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

function writeApart(texts: readonly string[], { buffer, byteOffset, byteLength }: Uint8Array): void {
  const target = Buffer.from(buffer, byteOffset, byteLength);
  let at = 0;
  for (const text of texts) at += target.write(text, at, 'utf8');
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
