/**
 * The content of a database in memory, in pieces. sql.js keeps a database as one array that it replaces by a larger
 * one, copying all of it, whenever the database grows, and gives it away only as another copy: three times the
 * database at its worst. Here it grows by a piece at a time, and is written to disk from where it lies.
 *
 * What sql.js is given looks like the bytes of a file to it. It asks them for a copy to keep, and uses of that copy
 * `length`, `subarray` and `set`. Should it ever do otherwise, it keeps an array of its own: `isKept` is false then, and
 * the database is read through sql.js's own export.
 */
export class PagedFile {
  private readonly pieces: Uint8Array[] = [];
  private size = 0;
  private kept = false;

  /** @param bytes content of the file; not copied, so it must not be used any more */
  constructor(bytes: Uint8Array) {
    for (let at = 0; at < bytes.byteLength; at += pieceSize) {
      const piece = bytes.subarray(at, at + pieceSize);
      this.pieces.push(piece.byteLength === pieceSize ? piece : padded(piece));
    }
    this.size = bytes.byteLength;
  }

  /** True while sql.js works on this content. */
  get isKept(): boolean {
    return this.kept;
  }

  /** What is to be given to sql.js. */
  source(): ArrayLike<number> {
    const source = {
      length: this.size,
      buffer: noBuffer,
      subarray: (from: number, to: number): Uint8Array => this.read(from, to),
      slice: (): object => {
        this.kept = true;
        return {
          length: Number.MAX_SAFE_INTEGER,
          buffer: noBuffer,
          subarray: (from: number, to: number): Uint8Array => {
            // A file that is cut short is copied from its beginning into an array that takes this one's place. SQLite
            // itself never reads more than a page at once.
            if (from === 0 && to > maxPage) this.kept = false;
            return this.read(from, to);
          },
          set: (bytes: Uint8Array, at: number): void => this.write(bytes, at),
        };
      },
    };
    return source;
  }

  /** The content, in order. Valid until the database changes. */
  content(): readonly Uint8Array[] {
    const last = this.size % pieceSize;
    return this.pieces.map((piece, index) =>
      last > 0 && index === this.pieces.length - 1 ? piece.subarray(0, last) : piece,
    );
  }

  private read(from: number, to: number): Uint8Array {
    const piece = Math.floor(from / pieceSize);
    const at = from - piece * pieceSize;
    if (at + to - from <= pieceSize) return this.piece(piece).subarray(at, at + to - from);
    const bytes = new Uint8Array(to - from);
    for (let next = from; next < to;) {
      const index = Math.floor(next / pieceSize);
      const offset = next - index * pieceSize;
      const some = this.piece(index).subarray(offset, Math.min(pieceSize, offset + to - next));
      bytes.set(some, next - from);
      next += some.byteLength;
    }
    return bytes;
  }

  private write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.byteLength;) {
      const index = Math.floor((at + done) / pieceSize);
      const offset = at + done - index * pieceSize;
      const some = bytes.subarray(done, done + pieceSize - offset);
      this.piece(index).set(some, offset);
      done += some.byteLength;
    }
    this.size = Math.max(this.size, at + bytes.byteLength);
  }

  private piece(index: number): Uint8Array {
    while (this.pieces.length <= index) this.pieces.push(new Uint8Array(pieceSize));
    return this.pieces[index] ?? new Uint8Array(pieceSize);
  }
}

/** A multiple of every page size. Bytes. */
const pieceSize = 1024 * 1024;

/** Pages of the file, and of every database that sql.js makes, are no larger. Bytes. */
const maxPage = 4096;

const noBuffer = new ArrayBuffer(0);

function padded(piece: Uint8Array): Uint8Array {
  const whole = new Uint8Array(pieceSize);
  whole.set(piece);
  return whole;
}
