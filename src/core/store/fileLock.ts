import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { delay } from '../foundation/abort';
import { LicenseError } from '../foundation/errors';
import { isErrno } from './fileErrors';
import { storeNotWritable } from './storeErrors';

/** Who holds a lock file. */
export interface LockOwner {
  /** Unique per holder; locks of one store begin with the store's id. */
  readonly ownerId: string;
  readonly pid: number;
  readonly host: string;
  /** UTC ISO 8601. */
  readonly since: string;
}

const lockRecord = v.object({ ownerId: v.string(), pid: v.number(), host: v.string(), since: v.string() });
const heartbeatMs = 2000;
/** A lock without readable content is being written, or its owner died in the middle of that. */
const unreadableGraceMs = 10_000;

/** What can be known of the process behind a lock; replaced in tests. */
export interface ProcessProbe {
  readonly host: string;
  /** True unless the process is provably gone. */
  isAlive(owner: LockOwner): boolean;
}

/** Asks the operating system. A process of another host, or one that can't be asked about, counts as alive. */
export const systemProbe: ProcessProbe = {
  host: os.hostname(),
  isAlive(owner) {
    if (owner.host !== os.hostname()) return true;
    // Nothing that began before this host started is still running, whatever has its number now.
    const bootedAt = Date.now() - os.uptime() * 1000;
    if (Date.parse(owner.since) < bootedAt - 60_000) return false;
    return isProcessAlive(owner.pid);
  },
};

/** True unless this host has no process with that number. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isErrno(error, 'ESRCH');
  }
}

/** A lock that is held. */
export class FileLock {
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(
    readonly file: string,
    readonly owner: LockOwner,
  ) {
    this.heartbeat = setInterval(() => this.touch(), heartbeatMs);
    this.heartbeat.unref();
  }

  /**
   * Takes the lock if it is free or its owner is provably gone.
   * @returns null and the owner (if readable) when someone holds it
   * @throws `storeNotWritable` when the folder can't be written
   */
  static tryAcquire(
    file: string,
    storeId: string,
    probe: ProcessProbe = systemProbe,
  ): { lock: FileLock | null; owner: LockOwner | null } {
    const owner: LockOwner = {
      ownerId: `${storeId}/${randomBytes(6).toString('hex')}`,
      pid: process.pid,
      host: probe.host,
      since: new Date().toISOString(),
    };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (createExclusively(file, owner)) return { lock: new FileLock(file, owner), owner };
      const holder = readOwner(file);
      if (holder === 'gone') continue;
      if (holder === 'unreadable') {
        if (!isOlderThan(file, unreadableGraceMs)) return { lock: null, owner: null };
      } else if (probe.isAlive(holder)) {
        return { lock: null, owner: holder };
      }
      setAside(file, holder === 'unreadable' ? null : holder.ownerId);
    }
    return { lock: null, owner: null };
  }

  /** {@link tryAcquire}, again and again until `timeoutMs` have passed; then `busy`. */
  static async acquire(
    file: string,
    storeId: string,
    timeoutMs: number,
    probe: ProcessProbe = systemProbe,
  ): Promise<FileLock> {
    const giveUpAt = Date.now() + timeoutMs;
    for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
      const { lock, owner } = FileLock.tryAcquire(file, storeId, probe);
      if (lock) return lock;
      if (Date.now() >= giveUpAt) {
        throw new LicenseError('busy', 'Another window is writing the data file and has not finished.', {
          file,
          pid: owner?.pid ?? null,
          host: owner?.host ?? null,
          since: owner?.since ?? null,
        });
      }
      await delay(pause);
    }
  }

  /** True while the lock file is ours. Ask before anything that must not happen twice. */
  isHeld(): boolean {
    const holder = readOwner(this.file);
    return typeof holder === 'object' && holder.ownerId === this.owner.ownerId;
  }

  /** Removes the lock file if it is still ours. */
  release(): void {
    clearInterval(this.heartbeat);
    if (this.isHeld()) fs.rmSync(this.file, { force: true });
  }

  private touch(): void {
    try {
      const now = new Date();
      if (this.isHeld()) fs.utimesSync(this.file, now, now);
    } catch {
      // The heartbeat only tells people how long a lock has been silent.
    }
  }
}

/** Removes the locks that a store left when its worker died; its own process lives on, so nobody else would. */
export function removeLocksOf(folder: string, storeId: string): void {
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names.filter((candidate) => candidate.endsWith('.lock'))) {
    const file = path.join(folder, name);
    const holder = readOwner(file);
    if (typeof holder === 'object' && holder.ownerId.startsWith(`${storeId}/`))
      fs.rmSync(file, { force: true });
  }
}

function createExclusively(file: string, owner: LockOwner): boolean {
  try {
    fs.writeFileSync(file, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    // Windows answers EPERM while a file that was just removed is still closing.
    if (isErrno(error, 'EEXIST') || (isErrno(error, 'EPERM') && fs.existsSync(file))) return false;
    throw storeNotWritable(file, error);
  }
}

function readOwner(file: string): LockOwner | 'gone' | 'unreadable' {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    return isErrno(error, 'ENOENT', 'ENOTDIR') ? 'gone' : 'unreadable';
  }
  try {
    const parsed = v.safeParse(lockRecord, JSON.parse(text));
    return parsed.success ? parsed.output : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function isOlderThan(file: string, ageMs: number): boolean {
  try {
    return Date.now() - fs.statSync(file).mtimeMs > ageMs;
  } catch {
    return false;
  }
}

/**
 * Takes a dead owner's lock out of the way. Two contenders can both see the dead owner, and the slower one would
 * move the faster one's new lock: so look at what was moved, and put it back if it is another's. What is left of
 * the race is caught by the check of lock and file before the rename of a commit.
 */
function setAside(file: string, deadOwnerId: string | null): void {
  const aside = `${file}.${process.pid}.${randomBytes(6).toString('hex')}.dead`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readOwner(aside);
  const isTheDeadOne =
    moved === 'gone' || (moved === 'unreadable' ? deadOwnerId === null : moved.ownerId === deadOwnerId);
  if (!isTheDeadOne) {
    try {
      fs.linkSync(aside, file);
    } catch {
      // Someone took the lock meanwhile; the owner we moved notices before it writes.
    }
  }
  fs.rmSync(aside, { force: true });
}
