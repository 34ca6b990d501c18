import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { failureOf } from '../support/storeFixture';
import { contentOf, readContent } from './crashStates';
import { startWriter, type WriterProcess } from './writerProcess';

const killed = { code: null, signal: 'SIGKILL' };

/** One data file that is written by process after process, each of them killed. */
class KilledFile {
  /** Saves that the file is known to have. */
  state = 0;
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'crash-'));
  readonly file = path.join(this.folder, 'licenses.sqlite');
  kills = 0;
  /** Kills that came between the beginning of a save and its end, by whether the save is in the file. */
  readonly within = { old: 0, new: 0 };

  constructor(readonly users: number) {}

  start(settings: Readonly<Record<string, number>>): Promise<WriterProcess> {
    return startWriter({
      folder: this.folder,
      settings: { FROM: this.state + 1, USERS: this.users, ...settings },
    });
  }

  /** Checks the file after a process ended: by SQLite itself, and by what the process said it had done. */
  check(writer: WriterProcess): void {
    assert.deepEqual(
      writer.lines.filter((line) => line.startsWith('failed')),
      [],
    );
    const numberOf = (word: string): number =>
      Number(writer.lines.findLast((line) => line.startsWith(`${word} `))?.split(' ')[1] ?? this.state);
    const [begun, done] = [numberOf('begin'), numberOf('done')];
    assert.ok(begun === done || begun === done + 1);
    if (!fs.existsSync(this.file)) {
      assert.equal(done, 0, 'The file is gone.');
      return;
    }
    const { integrity, content } = readContent(this.file);
    assert.equal(integrity, 'ok');
    const states = [...new Set([done, begun])];
    const found = states.find((state) => {
      try {
        assert.deepEqual(content, contentOf(state, this.users));
        return true;
      } catch {
        return false;
      }
    });
    if (found === undefined) assert.deepEqual(content, contentOf(done, this.users));
    if (begun > done) this.within[found === begun ? 'new' : 'old'] += 1;
    this.state = found ?? done;
    const backup = `${this.file}.bak`;
    if (fs.existsSync(backup)) assert.equal(readContent(backup).integrity, 'ok');
    this.ageEmptyLocks();
  }

  /** A lock without an owner is taken over when it is ten seconds old; the test does not wait for that. */
  private ageEmptyLocks(): void {
    for (const name of fs.readdirSync(this.folder)) {
      const file = path.join(this.folder, name);
      if (!name.endsWith('.lock') || fs.statSync(file).size > 0) continue;
      const before = Date.now() / 1000 - 11;
      fs.utimesSync(file, before, before);
    }
  }

  dispose(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A random number generator with a seed (mulberry32), so that a run can be repeated as far as a clock allows. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('a process that is killed', () => {
  const files: KilledFile[] = [];
  const newFile = (users: number): KilledFile => {
    const file = new KilledFile(users);
    files.push(file);
    return file;
  };
  afterEach(() => files.splice(0).forEach((file) => file.dispose()));

  it('at any call to the file system leaves the state before or the new one', async function () {
    this.timeout(400_000);
    // Two chains of processes side by side; each goes through every call of opening the file and of three saves.
    const kill = async (file: KilledFile, calls: readonly number[]): Promise<void> => {
      for (const call of calls) {
        const writer = await file.start({ AT_CALL: call, WRITE_BYTES: 24_576 });
        assert.deepEqual(await writer.ended, killed, writer.lines.join('\n'));
        file.kills += 1;
        file.check(writer);
      }
    };
    const calls = Array.from({ length: 56 }, (_, index) => index + 1);
    const [odd, even] = [newFile(40), newFile(60)];
    await Promise.all([
      kill(
        odd,
        calls.map((call) => call * 2 - 1),
      ),
      kill(
        even,
        calls.map((call) => call * 2),
      ),
    ]);
    assert.equal(odd.kills + even.kills, 112);
    // Most kills hit a save, on either side of its rename.
    assert.ok(odd.within.old + even.within.old > 30, JSON.stringify([odd.within, even.within]));
    assert.ok(odd.within.new + even.within.new > 5, JSON.stringify([odd.within, even.within]));
  });

  it('at a random moment of saves and imports leaves the state before or the new one', async function () {
    this.timeout(400_000);
    const random = randomOf(20260310);
    const kill = async (file: KilledFile, times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        const writer = await file.start({});
        await writer.said('begin');
        await pause(random() * 60);
        writer.process.kill('SIGKILL');
        assert.deepEqual(await writer.ended, killed);
        file.kills += 1;
        file.check(writer);
      }
    };
    const [small, large] = [newFile(40), newFile(3000)];
    await Promise.all([kill(small, 50), kill(large, 40)]);
    assert.equal(small.kills + large.kills, 90);
    // And nothing of all this keeps the next one from working.
    for (const file of [small, large]) {
      const writer = await file.start({ TO: file.state + 3 });
      assert.deepEqual(await writer.ended, { code: 0, signal: null });
      file.check(writer);
      assert.deepEqual(fs.readdirSync(file.folder).sort(), [
        'licenses.generation',
        'licenses.sqlite',
        'licenses.sqlite.bak',
      ]);
    }
  });

  it('is noticed by this test when it leaves a mixture', async () => {
    const file = newFile(40);
    const writer = await file.start({ TO: 2 });
    await writer.ended;
    file.check(writer);
    const { execFileSync } = await import('node:child_process');
    execFileSync('sqlite3', [file.file, "UPDATE users SET displayName = 'state 1' WHERE userKey = 7"]);
    assert.ok((await failureOf(Promise.resolve().then(() => file.check(writer)))) instanceof Error);
  });
});
