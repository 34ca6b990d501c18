import * as fs from 'node:fs';
import * as path from 'node:path';
import { randomBytes } from 'node:crypto';
import { isErrno, waitBriefly } from './fileErrors';

/** Files being written, and locks of dead owners that a process was taking out of the way when it ended itself. */
const temporaryFile = /^\..+\.(\d+)\.[0-9a-f]{12}\.tmp$|\.lock\.(\d+)\.[0-9a-f]{12}\.dead$/;
const renameAttempts = 12;

/** A name beside the target that no other process uses. */
export function temporaryPathFor(file: string): string {
  const name = `.${path.basename(file)}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
  return path.join(path.dirname(file), name);
}

/**
 * Writes a file so that readers and crashes see the old content or the new, never a part: temporary file in the
 * same folder, fsync, rename, fsync of the folder. Throws what the file system says; the temporary file is gone then.
 * @param beforeRename runs when the bytes are safely on disk; what it throws leaves the old file
 */
export function writeAtomically(
  file: string,
  content: string | Iterable<Uint8Array>,
  beforeRename?: () => void,
): void {
  const temporary = temporaryPathFor(file);
  try {
    const handle = fs.openSync(temporary, 'wx', 0o600);
    try {
      const pieces = typeof content === 'string' ? [Buffer.from(content, 'utf8')] : content;
      for (const piece of pieces) writeAll(handle, piece);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    beforeRename?.();
    renameOver(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** Renames, waiting a little while a virus scanner or an indexer on Windows holds one of the two files. */
export function renameOver(from: string, to: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      if (attempt >= renameAttempts || !isErrno(error, 'EPERM', 'EBUSY', 'EACCES') || !fs.existsSync(from)) {
        throw error;
      }
      waitBriefly(10 * attempt);
    }
  }
}

/** Makes a rename durable where folders can be synced (not on Windows). */
export function syncFolder(folder: string): void {
  let handle: number;
  try {
    handle = fs.openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fs.fsyncSync(handle);
  } catch {
    // Some file systems refuse to sync a folder; the rename itself has happened.
  } finally {
    fs.closeSync(handle);
  }
}

/** Gives a file a second name that survives the next rename over the first: a hard link, or a copy where there are none. */
export function keepAs(file: string, backup: string): void {
  const temporary = temporaryPathFor(backup);
  try {
    fs.linkSync(file, temporary);
  } catch {
    fs.copyFileSync(file, temporary, fs.constants.COPYFILE_EXCL);
  }
  try {
    renameOver(temporary, backup);
  } finally {
    // Renaming onto another link of the same file does nothing and leaves both names (POSIX).
    fs.rmSync(temporary, { force: true });
  }
}

/** Removes temporary files whose process is gone or which are more than a day old. */
export function sweepTemporaryFiles(
  folder: string,
  isAlive: (pid: number) => boolean,
  now = Date.now(),
): string[] {
  const removed: string[] = [];
  for (const name of fs.readdirSync(folder)) {
    const match = temporaryFile.exec(name);
    if (match === null) continue;
    const pid = Number(match[1] ?? match[2]);
    const file = path.join(folder, name);
    try {
      const ageMs = now - fs.statSync(file).mtimeMs;
      if (isAlive(pid) && ageMs < 24 * 60 * 60 * 1000) continue;
      fs.rmSync(file, { force: true });
      removed.push(name);
    } catch {
      // Another window was faster, or may do it the next time.
    }
  }
  return removed;
}

function writeAll(handle: number, bytes: Uint8Array): void {
  // One write call takes at most 2 GiB on Linux, and a network file system may take less.
  const slice = 64 * 1024 * 1024;
  for (let offset = 0; offset < bytes.length;) {
    offset += fs.writeSync(handle, bytes, offset, Math.min(slice, bytes.length - offset));
  }
}
