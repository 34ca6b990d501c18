/** A value that a staged row can hold. */
export type PackedValue = string | number | null;

/**
 * Rows of one table, as they cross to the store's worker: three buffers that change hands instead of being copied
 * value by value. Cloning rows as objects took more time than reading them.
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

/** Packs rows of one table. */
export class RowPacker {
  private readonly kinds: number[] = [];
  private readonly numbers: number[] = [];
  private readonly texts: string[] = [];

  constructor(private readonly width: number) {}

  /** Adds a row. Its values must be as many as the table has columns. */
  add(values: readonly PackedValue[]): void {
    for (const value of values) {
      if (value === null) {
        this.kinds.push(packedKind.null);
        this.numbers.push(0);
      } else if (typeof value === 'number') {
        this.kinds.push(packedKind.number);
        this.numbers.push(value);
      } else {
        this.kinds.push(packedKind.text);
        this.numbers.push(value.length);
        this.texts.push(value);
      }
    }
  }

  packed(): PackedRows {
    const { kinds, texts, width } = this;
    const numbers = Float64Array.from(this.numbers);
    const joined = texts.join('');
    const text = encoder.encode(joined);
    // Where each character is one byte, lengths in characters are lengths in bytes.
    if (text.byteLength !== joined.length) {
      let next = 0;
      kinds.forEach((kind, index) => {
        if (kind !== packedKind.text) return;
        numbers[index] = Buffer.byteLength(texts[next] ?? '', 'utf8');
        next += 1;
      });
    }
    return { width, rows: kinds.length / width, kinds: Uint8Array.from(kinds), numbers, text };
  }
}

/** The buffers of packed rows, to be handed over. */
export function buffersOf(packed: PackedRows): ArrayBuffer[] {
  return [packed.kinds, packed.numbers, packed.text].map(({ buffer }) => buffer as ArrayBuffer);
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
