import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { sqlite3 } from '../support/storeFixture';
import { startWriter } from './writerProcess';

const seconds = 20;

describe('two processes that write at once', () => {
  it('lose no change of either', async function () {
    this.timeout((seconds + 60) * 1000);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'crash-two-'));
    try {
      const writers = await Promise.all(
        ['a', 'b'].map((name) =>
          startWriter({ folder, settings: { MODE: 'seconds', SECONDS: seconds, NAME: name } }),
        ),
      );
      for (const writer of writers) assert.deepEqual(await writer.ended, { code: 0, signal: null });
      const said = writers.flatMap((writer) => writer.lines);
      const of = (word: string): string[] =>
        said
          .filter((line) => line.startsWith(`${word} `))
          .map((line) => line.slice(word.length + 1))
          .sort();
      const file = path.join(folder, 'licenses.sqlite');
      const ids = (sql: string): unknown[] => sqlite3(file, sql).map(({ id }) => id);
      assert.deepEqual(ids('SELECT connectionId AS id FROM connections ORDER BY 1'), of('connection'));
      assert.deepEqual(ids('SELECT importId AS id FROM v_imports ORDER BY 1'), of('import'));
      assert.deepEqual(ids('SELECT integrity_check AS id FROM pragma_integrity_check'), ['ok']);
      for (const writer of writers)
        assert.ok(writer.lines.length > 20, `Only ${writer.lines.length} commits.`);
      // Every commit counted once, whichever process made the file.
      const commits = of('connection').length + of('import').length;
      const [store] = sqlite3(file, 'SELECT generation FROM store');
      const made = Number(store?.generation) - commits;
      assert.ok(made === 1 || made === 2, `${made} generations besides the ${commits} commits.`);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
