/** Room for a body at first. Bytes. */
const firstRoom = 512 * 1024;

/** What was larger is not kept. Bytes. */
const mostKept = 4 * 1024 * 1024;

/** How many are kept: about as many as requests are under way at once. */
const kept = 12;

/**
 * Memory for bodies that is used again. Pages of a megabyte live just long enough that the garbage collector leaves them
 * to its rare rounds, before which they come to hundreds of megabytes.
 */
export class BodyMemory {
  private readonly free: Buffer[] = [];

  take(): Buffer {
    return this.free.pop() ?? Buffer.allocUnsafeSlow(firstRoom);
  }

  giveBack(memory: Buffer): void {
    if (this.free.length < kept && memory.byteLength <= mostKept) this.free.push(memory);
  }
}

/** A body while it arrives. */
export class BodyBuffer {
  private memory: Buffer;
  private length = 0;

  constructor(private readonly from: BodyMemory) {
    this.memory = from.take();
  }

  /** What has arrived. To be read before more arrives, and before it is released. */
  get bytes(): Buffer {
    return this.memory.subarray(0, this.length);
  }

  add(chunk: Uint8Array): void {
    const length = this.length + chunk.byteLength;
    if (length > this.memory.byteLength) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, this.memory.byteLength * 2));
      larger.set(this.bytes);
      // The larger one is kept in its place.
      this.memory = larger;
    }
    this.memory.set(chunk, this.length);
    this.length = length;
  }

  /** Gives the memory back. Once; nothing of it may be read after that. */
  release(): void {
    this.from.giveBack(this.memory);
  }
}
