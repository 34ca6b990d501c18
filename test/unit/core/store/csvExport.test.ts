import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { createTestStore, failureOf, type TestStore } from '../../../support/storeFixture';
import { guid, importRows, tenantId, user } from '../../../support/storeRows';

const reason = (expected: string) => (error: unknown) => isLicenseError(error) && error.reason === expected;

describe('exportCsv', () => {
  let test: TestStore;
  let file: string;
  before(async () => {
    test = await createTestStore();
    await importRows(test.store, {
      users: [
        user(1, { displayName: 'Quote " and, comma', jobTitle: 'two\nlines' }),
        user(2, { displayName: '=cmd|calc', jobTitle: '-5' }),
        user(3, { displayName: 'Größe', jobTitle: '@home', country: 'carriage\rreturn' }),
        ...Array.from({ length: 4500 }, (_, index) => user(index + 10)),
      ],
    });
  });
  after(() => test.dispose());
  beforeEach(() => {
    file = path.join(test.folder, 'out.csv');
    fs.rmSync(file, { force: true, recursive: true });
  });

  it('writes the rows of the view, in its order, as another reader reads them', async () => {
    const sort = [{ column: 'userId', descending: true }];
    const progress: [number, number][] = [];
    const result = await test.store.exportCsv(
      { report: 'roster', tenantId, sort, file, byteOrderMark: false },
      { onProgress: (rows, total) => progress.push([rows, total]) },
    );
    assert.deepEqual(result, { rows: 4503 });
    assert.deepEqual(progress.at(-1), [4503, 4503]);
    assert.ok(progress.length > 1);

    const rows: Record<string, string>[] = parse(fs.readFileSync(file), { columns: true });
    const expected = test.sqlite3('SELECT * FROM v_users ORDER BY userId DESC').map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => {
          const text = value === null ? '' : String(value);
          return [column, column === 'displayName' && text.startsWith('=') ? `'${text}` : text];
        }),
      ),
    );
    const guarded = expected.map((row) => (row.jobTitle === '@home' ? { ...row, jobTitle: "'@home" } : row));
    assert.deepEqual(rows, guarded);
  });

  it('writes bytes as RFC 4180 has them', async () => {
    await test.store.exportCsv({
      report: 'roster',
      filter: { columns: { userId: [guid(1), guid(2), guid(3)] } },
      sort: [{ column: 'userId', descending: false }],
      columns: ['jobTitle', 'displayName', 'country', 'mail'],
      file,
      byteOrderMark: true,
    });
    assert.equal(
      fs.readFileSync(file, 'utf8'),
      '\uFEFFjobTitle,displayName,country,mail\r\n' +
        '"two\nlines","Quote "" and, comma",,\r\n' +
        "-5,'=cmd|calc,,\r\n" +
        '\'@home,Größe,"carriage\rreturn",\r\n',
    );
  });

  it('writes the header alone when there are no rows', async () => {
    const filter = { text: 'nobody has this' };
    const result = await test.store.exportCsv({
      report: 'imports',
      filter,
      columns: ['importId', 'status'],
      file,
      byteOrderMark: false,
    });
    assert.deepEqual(result, { rows: 0 });
    assert.equal(fs.readFileSync(file, 'utf8'), 'importId,status\r\n');
  });

  it('stops when it is cancelled and leaves what was there', async () => {
    fs.writeFileSync(file, 'the last export');
    const controller = new AbortController();
    await assert.rejects(
      test.store.exportCsv(
        { report: 'roster', file, byteOrderMark: false },
        { signal: controller.signal, onProgress: () => controller.abort() },
      ),
      reason('cancelled'),
    );
    assert.equal(fs.readFileSync(file, 'utf8'), 'the last export');
    assert.deepEqual(
      fs.readdirSync(test.folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('says which file can not be written, and why', async () => {
    const missing = path.join(test.folder, 'no such folder', 'out.csv');
    const error = await failureOf(
      test.store.exportCsv({ report: 'roster', file: missing, byteOrderMark: false }),
    );
    assert.ok(isLicenseError(error, 'fileNotWritable'));
    assert.equal(error.details.path, missing);
    assert.equal(error.details.errno, 'ENOENT');
    fs.mkdirSync(path.join(file, 'in the way'), { recursive: true });
    await assert.rejects(
      test.store.exportCsv({ report: 'roster', file, byteOrderMark: false }),
      reason('fileNotWritable'),
    );
    assert.deepEqual(
      fs.readdirSync(test.folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('refuses columns that do not exist or come twice, and relative paths', async () => {
    for (const columns of [['searchText'], ['mail', 'mail'], []]) {
      await assert.rejects(
        test.store.exportCsv({ report: 'roster', columns, file, byteOrderMark: false }),
        reason('invalidArgument'),
      );
    }
    await assert.rejects(
      test.store.exportCsv({ report: 'roster', file: 'out.csv', byteOrderMark: false }),
      reason('invalidArgument'),
    );
  });

  it('has the rows of one generation even when a commit comes in between', async () => {
    const own = await createTestStore();
    try {
      const people = (displayName: string): ReturnType<typeof user>[] =>
        Array.from({ length: 5000 }, (_, index) => user(index, { displayName }));
      await importRows(own.store, { users: people('before') });
      let second: Promise<unknown> | undefined;
      await own.store.exportCsv(
        { report: 'roster', columns: ['displayName'], file, byteOrderMark: false },
        {
          onProgress: () => {
            second ??= importRows(own.store, { users: people('after') });
          },
        },
      );
      await second;
      const names = new Set(fs.readFileSync(file, 'utf8').trim().split('\r\n').slice(1));
      assert.equal(names.size, 1);
    } finally {
      await own.dispose();
    }
  });
});
