import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { FileLock, removeLocksOf, systemProbe, type ProcessProbe } from '../../../../src/core/store/fileLock';

describe('FileLock', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'));
    file = path.join(folder, 'licenses.lock');
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  const take = (storeId: string, probe?: ProcessProbe): FileLock => {
    const { lock } = FileLock.tryAcquire(file, storeId, probe);
    assert.ok(lock);
    return lock;
  };
  const foreign = (changes: object): void =>
    fs.writeFileSync(
      file,
      JSON.stringify({
        ownerId: 'other/1',
        pid: process.pid,
        host: os.hostname(),
        since: new Date().toISOString(),
        ...changes,
      }),
    );
  /** The number of a process that has ended. */
  const endedPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

  it('is held by one at a time and says by whom', () => {
    const lock = take('one');
    const { lock: second, owner } = FileLock.tryAcquire(file, 'two');
    assert.equal(second, null);
    assert.equal(owner?.pid, process.pid);
    assert.equal(owner?.ownerId, lock.owner.ownerId);
    lock.release();
    take('two').release();
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('waits for its turn and gives up with the name of the holder', async () => {
    const lock = take('one');
    const refused = await FileLock.acquire(file, 'two', 20).catch((error: unknown) => error);
    assert.ok(isLicenseError(refused, 'busy'));
    assert.equal(refused.details.pid, process.pid);
    const waiting = FileLock.acquire(file, 'two', 5000);
    lock.release();
    (await waiting).release();
  });

  it('is released by its owner only', () => {
    const lock = take('one');
    foreign({});
    assert.equal(lock.isHeld(), false);
    lock.release();
    assert.equal(fs.existsSync(file), true);
  });

  it('is taken from a process of this host that has ended', () => {
    foreign({ pid: endedPid() });
    take('two').release();
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('is taken from an owner who began before this host did', () => {
    foreign({ since: '2001-01-01T00:00:00.000Z' });
    take('two').release();
  });

  it('is not taken from a living process or from another host', () => {
    foreign({});
    assert.equal(FileLock.tryAcquire(file, 'two').lock, null);
    foreign({ host: 'another-host', pid: endedPid() });
    assert.equal(FileLock.tryAcquire(file, 'two').lock, null);
  });

  it('is not taken while another is just writing it, but is when that never ended', () => {
    fs.writeFileSync(file, '');
    assert.equal(FileLock.tryAcquire(file, 'two').lock, null);
    const longAgo = new Date(Date.now() - 60_000);
    fs.utimesSync(file, longAgo, longAgo);
    take('two').release();
  });

  it('of another contender survives a contender that saw the dead owner', () => {
    foreign({ ownerId: 'dead/1', pid: endedPid() });
    let winner: FileLock | null = null;
    // While the slower one still asks about the dead owner, the faster one takes the lock.
    const slow: ProcessProbe = {
      host: os.hostname(),
      isAlive: (owner) => {
        if (owner.ownerId === 'dead/1') winner ??= take('fast');
        return systemProbe.isAlive(owner);
      },
    };
    assert.equal(FileLock.tryAcquire(file, 'slow', slow).lock, null);
    const held = winner as FileLock | null;
    assert.equal(held?.isHeld(), true);
    held?.release();
  });

  it('of a store whose worker died is removed, others stay', () => {
    take('mine');
    const other = path.join(folder, 'import-x.lock');
    FileLock.tryAcquire(other, 'yours');
    removeLocksOf(folder, 'mine');
    assert.deepEqual(fs.readdirSync(folder), ['import-x.lock']);
    removeLocksOf(path.join(folder, 'no such folder'), 'mine');
  });

  it('in a folder that is none is not writable', () => {
    const error = ((): unknown => {
      try {
        return FileLock.tryAcquire(path.join(folder, 'no such folder', 'x.lock'), 'one');
      } catch (cause) {
        return cause;
      }
    })();
    assert.ok(isLicenseError(error, 'storeNotWritable'));
    assert.equal(error.details.errno, 'ENOENT');
  });
});
