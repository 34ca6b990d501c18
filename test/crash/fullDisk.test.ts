import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { sqlite3 } from '../support/storeFixture';
import { readContent } from './crashStates';
import { startWriter } from './writerProcess';

describe('a disk that is full', () => {
  it('leaves the file as it was, keeps the import in memory, and the same commit works once there is room', async function () {
    this.timeout(60_000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'crash-full-'));
    try {
      const file = path.join(folder, 'licenses.sqlite');
      const first = await startWriter({ folder, settings: { TO: 2, USERS: 40 } });
      assert.deepEqual(await first.ended, { code: 0, signal: null }, first.lines.join('\n'));
      const before = fs.readFileSync(file);

      // No file of the process may grow beyond this: the system refuses writes as a full disk does.
      const limit = before.length + 100_000;
      const writer = await startWriter({
        folder,
        settings: { MODE: 'room', USERS: 2000 },
        fileSizeLimit: limit,
      });
      const refused = await writer.said('refused');
      const [error, known] = JSON.parse(refused?.slice('refused '.length) ?? 'null') as [
        { reason: string; details: { errno: string; path: string } },
        unknown,
      ];
      assert.equal(error.reason, 'storeNotWritable');
      assert.deepEqual(error.details, { path: file, errno: 'EFBIG' });
      assert.deepEqual(known, [{ users: 40 }]);
      assert.deepEqual(fs.readFileSync(file), before);
      assert.deepEqual(
        fs.readdirSync(folder).filter((name) => name.endsWith('.tmp') || name === 'licenses.lock'),
        [],
      );

      execFileSync('prlimit', ['--pid', String(writer.process.pid), '--fsize=unlimited:']);
      writer.process.stdin?.write('again\n');
      assert.deepEqual(await writer.ended, { code: 0, signal: null }, writer.lines.join('\n'));
      assert.deepEqual(writer.lines.slice(1), ['committed']);
      assert.equal(readContent(file).integrity, 'ok');
      assert.deepEqual(sqlite3(file, 'SELECT count(*) AS users FROM v_users'), [{ users: 2000 }]);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
