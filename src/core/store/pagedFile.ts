import { LicenseError } from '../foundation/errors';
import { errnoOf } from './fileErrors';
import type { ScratchFile } from './scratchFile';

/** Where the pieces of a file go that are too many for the memory. */
export interface Overflow {
  /** Pieces of one megabyte that stay in memory: of all that are added, those added last. */
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
  /** Pieces that belong to the file that this one is a fork of: copied before they are changed. */
  private readonly shared = new Set<number>();
  /** The oldest piece that may go to disk. */
  private oldest = 0;
  private scratch: ScratchFile | null = null;
  /** Why something could not be read from disk. */
  private lost: unknown = null;
  /** What was read from disk last: a page, or several where pages are read one after the other. */
  private readonly aheadBuffer = new Uint8Array(aheadSize);
  private ahead: Uint8Array = noBytes;
  private aheadAt = 0;
  private readAt = 0;

  /**
   * @param bytes content of the file; not copied, so it must not be used any more
   * @param overflow for what is added to it; absent: everything stays in memory
   */
  constructor(
    bytes: Uint8Array,
    private overflow: Overflow | null = null,
  ) {
    for (let at = 0; at < bytes.byteLength; at += pieceSize) {
      const piece = bytes.subarray(at, at + pieceSize);
      this.pieces.push(piece.byteLength === pieceSize ? piece : padded(piece));
    }
    // Pieces of one array: none can be given back before the others.
    this.oldest = this.pieces.length;
    this.size = bytes.byteLength;
  }

  /**
   * A file with the same content that can be changed without changing this one: what neither changes is there once.
   * This one must not change any more while the other is used.
   * @param overflow for what is added to it
   * @returns null where that can't be: sql.js works on an array of its own, or a part is on disk
   */
  fork(overflow: Overflow | null): PagedFile | null {
    if (!this.kept || this.scratch !== null) return null;
    const fork = new PagedFile(noBytes, overflow);
    this.pieces.forEach((piece, index) => {
      fork.pieces.push(piece);
      fork.shared.add(index);
    });
    fork.oldest = fork.pieces.length;
    fork.size = this.size;
    return fork;
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

  /** The content, in order: each part is valid until the next is asked for, and until the database changes. */
  *content(): Generator<Uint8Array> {
    let read: Uint8Array | null = null;
    for (let at = 0; at < this.size; at += pieceSize) {
      const piece = this.pieces[at / pieceSize] ?? this.fromDisk(at, (read ??= new Uint8Array(pieceSize)));
      this.check();
      yield piece.subarray(0, Math.min(pieceSize, this.size - at));
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
      return bytes <= maxPage ? this.pageFromDisk(from, to) : this.fromDisk(from, new Uint8Array(bytes));
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
      const content = this.ownPiece(piece) ?? this.toDisk(some, at + done);
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

  /** {@link piece}, to be changed. */
  private ownPiece(index: number): Uint8Array | null {
    const content = this.piece(index);
    if (content === null || !this.shared.delete(index)) return content;
    const own = content.slice();
    this.pieces[index] = own;
    return own;
  }

  /** Moves the oldest piece in memory to disk when there are too many. */
  private moveOldest(): void {
    if (this.overflow === null || this.pieces.length - this.oldest <= this.overflow.kept) return;
    const oldest = this.pieces[this.oldest];
    this.scratch ??= this.overflow.open();
    try {
      if (oldest && this.scratch) {
        this.scratch.write(oldest, this.oldest * pieceSize);
        this.pieces[this.oldest] = null;
        this.oldest += 1;
        return;
      }
    } catch {
      // The disk is full, for example. What lies there can still be read.
    }
    this.overflow = null;
  }

  /** A page that lies on disk: whoever reads it copies it at once. */
  private pageFromDisk(from: number, to: number): Uint8Array {
    const aheadEnd = this.aheadAt + this.ahead.byteLength;
    if (from < this.aheadAt || to > aheadEnd) {
      // Tables that grew side by side lie between each other: forward and near is as good as the next page.
      const isForward = from > this.readAt && from - this.readAt <= aheadSize;
      const end = isForward ? Math.min(from + aheadSize, (placeOf(from).piece + 1) * pieceSize) : to;
      this.ahead = this.fromDisk(from, this.aheadBuffer.subarray(0, end - from));
      this.aheadAt = from;
    }
    this.readAt = from;
    return this.ahead.subarray(from - this.aheadAt, to - this.aheadAt);
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
      this.ahead = noBytes;
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

/** Read at once where pages are read one after the other. Bytes. */
const aheadSize = 64 * 1024;

const noBuffer = new ArrayBuffer(0);
const noBytes = new Uint8Array(0);

function padded(piece: Uint8Array): Uint8Array {
  const whole = new Uint8Array(pieceSize);
  whole.set(piece);
  return whole;
}
