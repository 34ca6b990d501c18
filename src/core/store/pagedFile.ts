import { LicenseError } from '../foundation/errors';
import { errnoOf } from './fileErrors';
import type { ScratchFile } from './scratchFile';

/** Where the pieces of a file go that are too many for the memory. */
export interface Overflow {
  /** Pieces of one megabyte that stay in memory: those made last. */
  readonly kept: number;
  /** Called when there are more; null when they have to stay in memory all the same. */
  readonly open: () => ScratchFile | null;
}

/**
 * The content of a database in memory, in pieces. sql.js keeps a database as one array that it replaces by a larger
 * one, copying all of it, whenever the database grows, and gives it away only as another copy: three times the
 * database at its worst. Here it grows by a piece at a time, and is written to disk from where it lies.
 *
 * What sql.js is given looks like the bytes of a file to it. It asks them for a copy to keep, and uses of that copy
 * `length`, `subarray` and `set`. Should it ever do otherwise, it keeps an array of its own: `isKept` is false then, and
 * the database is read through sql.js's own export.
 *
 * With an {@link Overflow} only the pieces made last stay in memory. A disk that takes no more is no error: from then on
 * everything stays in memory.
 */
export class PagedFile {
  /** null: on disk, at its place. */
  private readonly pieces: (Uint8Array | null)[] = [];
  private size = 0;
  private kept = false;
  /** Pieces before this one went to disk, or had to come back. */
  private moved = 0;
  private scratch: ScratchFile | null = null;
  /** Why something could not be read from disk. */
  private lost: unknown = null;
  private readonly page = new Uint8Array(maxPage);

  /**
   * @param bytes content of the file; not copied, so it must not be used any more
   * @param overflow absent: everything stays in memory
   */
  constructor(
    bytes: Uint8Array,
    private overflow: Overflow | null = null,
  ) {
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

  /**
   * To be called before anything is believed that came from here: what could not be read from disk was zeros.
   * @throws `storeFailed` when that has happened
   */
  check(): void {
    if (this.lost === null) return;
    const errno = errnoOf(this.lost) ?? 'unknown';
    throw new LicenseError('storeFailed', `A temporary file can't be read any more (${errno}).`, { errno });
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
  *content(): Generator<Uint8Array> {
    for (let at = 0; at < this.size; at += pieceSize) {
      const length = Math.min(pieceSize, this.size - at);
      const piece = this.pieces[at / pieceSize] ?? null;
      yield piece === null ? this.fromDisk(at, new Uint8Array(length)) : piece.subarray(0, length);
    }
  }

  /** Gives the disk back. The content is gone then. */
  close(): void {
    this.scratch?.close();
    this.scratch = null;
    this.overflow = null;
    this.pieces.length = 0;
    this.size = 0;
  }

  private read(from: number, to: number): Uint8Array {
    const bytes = to - from;
    const { piece, offset } = placeOf(from);
    if (offset + bytes <= pieceSize) {
      const content = this.piece(piece);
      if (content !== null) return content.subarray(offset, offset + bytes);
      // Whoever reads a page copies it at once.
      return this.fromDisk(from, bytes <= maxPage ? this.page.subarray(0, bytes) : new Uint8Array(bytes));
    }
    const whole = new Uint8Array(bytes);
    for (let next = from; next < to;) {
      const some = this.read(next, Math.min(to, (placeOf(next).piece + 1) * pieceSize));
      whole.set(some, next - from);
      next += some.byteLength;
    }
    return whole;
  }

  private write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.byteLength;) {
      const { piece, offset } = placeOf(at + done);
      const some = bytes.subarray(done, done + pieceSize - offset);
      const content = this.piece(piece) ?? this.toDisk(some, at + done);
      content?.set(some, offset);
      done += some.byteLength;
    }
    this.size = Math.max(this.size, at + bytes.byteLength);
  }

  /** A piece in memory, made when it is new; null for one on disk. */
  private piece(index: number): Uint8Array | null {
    while (this.pieces.length <= index) {
      this.pieces.push(new Uint8Array(pieceSize));
      this.moveOldest();
    }
    return this.pieces[index] ?? null;
  }

  /** Moves the oldest piece in memory to disk when there are too many. */
  private moveOldest(): void {
    if (this.overflow === null || this.pieces.length - this.moved <= this.overflow.kept) return;
    const oldest = this.pieces[this.moved];
    this.scratch ??= this.overflow.open();
    try {
      if (oldest && this.scratch) {
        this.scratch.write(oldest, this.moved * pieceSize);
        this.pieces[this.moved] = null;
        this.moved += 1;
        return;
      }
    } catch {
      // The disk is full, for example. What lies there can still be read.
    }
    this.overflow = null;
  }

  private fromDisk(at: number, bytes: Uint8Array): Uint8Array {
    try {
      if (this.scratch === null) throw new Error('The temporary file is closed.');
      this.scratch.read(bytes, at);
    } catch (error) {
      // Not thrown: what is thrown here unwinds SQLite in the middle of its work, which leaves it in no state at all.
      this.lost ??= error;
      bytes.fill(0);
    }
    return bytes;
  }

  /** Changes a piece that lies on disk. @returns the piece when the disk does not take it: it is in memory again */
  private toDisk(bytes: Uint8Array, at: number): Uint8Array | null {
    try {
      if (this.scratch === null) throw new Error('The temporary file is closed.');
      this.scratch.write(bytes, at);
      return null;
    } catch {
      const { piece } = placeOf(at);
      const content = this.fromDisk(piece * pieceSize, new Uint8Array(pieceSize));
      this.pieces[piece] = content;
      this.overflow = null;
      return content;
    }
  }
}

function placeOf(at: number): { readonly piece: number; readonly offset: number } {
  const piece = Math.floor(at / pieceSize);
  return { piece, offset: at - piece * pieceSize };
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
