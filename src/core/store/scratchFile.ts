import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryPathFor } from './atomicFile';

/**
 * A file of this process alone for what would take too much memory. It holds what was imported, so that nobody else may
 * read it, and nothing of it may stay: its name is taken from it as soon as it is open, and its content goes with the
 * process, however that ends. Where a file that is open can't lose its name it is removed when it is closed, or with
 * the temporary files of dead processes.
 */
export class ScratchFile {
  private constructor(
    private readonly handle: number,
    private readonly leftName: string | null,
  ) {}

  /**
   * @param takeName takes the name of a file that is open
   * @returns null where no file can be created; what was to go there has to stay in memory
   */
  static create(folder: string, name: string, takeName = fs.unlinkSync): ScratchFile | null {
    const file = temporaryPathFor(path.join(folder, name));
    let handle: number;
    try {
      handle = fs.openSync(file, 'wx+', 0o600);
    } catch {
      return null;
    }
    try {
      takeName(file);
      return new ScratchFile(handle, null);
    } catch {
      return new ScratchFile(handle, file);
    }
  }

  /** Fills `bytes` from that position. Throws what the file system says, or that the file is shorter. */
  read(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.byteLength;) {
      const some = fs.readSync(this.handle, bytes, done, bytes.byteLength - done, at + done);
      if (some === 0) throw new Error('The temporary file is shorter than what was written to it.');
      done += some;
    }
  }

  /** Throws what the file system says, when the disk is full for example; a part may have been written then. */
  write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.byteLength;) {
      done += fs.writeSync(this.handle, bytes, done, bytes.byteLength - done, at + done);
    }
  }

  close(): void {
    fs.closeSync(this.handle);
    if (this.leftName !== null) fs.rmSync(this.leftName, { force: true });
  }
}
