import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ErrorReason } from '../../../../../src/core/foundation/errors';
import { isLicenseError, LicenseError } from '../../../../../src/core/foundation/errors';
import type { ReadingNotes } from '../../../../../src/core/graph/listing';
import { newReadingNotes } from '../../../../../src/core/graph/listing';
import {
  booleanCell,
  countCell,
  dateCell,
  nameCell,
  textCell,
} from '../../../../../src/core/graph/reports/reportCells';
import type { ReportFormat } from '../../../../../src/core/graph/reports/reportCsv';
import { readReportCsv } from '../../../../../src/core/graph/reports/reportCsv';

interface Row {
  readonly name: string;
  readonly title: string | null;
  readonly deleted: boolean | null;
  readonly last: string | null;
  readonly count: number | null;
}

const format: ReportFormat<Row> = {
  name: 'getTestDetail',
  columns: {
    name: 'User Principal Name',
    title: 'Display Name',
    deleted: 'Is Deleted',
    last: 'Last Activity Date',
    count: 'Send Count',
  },
  keys: ['name'],
  cells: { name: nameCell, title: textCell, deleted: booleanCell, last: dateCell, count: countCell },
};

const header =
  'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Last Activity Date,Send Count';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function read(
  text: string | Uint8Array,
  options: { size?: number; notes?: ReadingNotes; format?: ReportFormat<Row> } = {},
): Promise<Row[]> {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  const rows: Row[] = [];
  const body = inPieces(bytes, options.size ?? 7);
  for await (const batch of readReportCsv(
    body,
    options.format ?? format,
    options.notes ?? newReadingNotes(),
  )) {
    rows.push(...batch);
  }
  return rows;
}

const rejectsWith = (promise: Promise<unknown>, reason: ErrorReason): Promise<void> =>
  assert.rejects(promise, (error) => isLicenseError(error, reason));

describe('the CSV of a usage report', () => {
  it('is read through byte order mark, CRLF, quotes and pieces that split characters', async () => {
    const notes = newReadingNotes();
    const text =
      `\uFEFF${header}\r\n` +
      '2026-11-01,ines@fenwick.example,"Okoro, ""Inés""",False,2026-10-30,14\r\n' +
      '2026-11-01,jo@fenwick.example,Jo Łam,True,,\r\n';
    assert.deepEqual(await read(text, { size: 1, notes }), [
      { name: 'ines@fenwick.example', title: 'Okoro, "Inés"', deleted: false, last: '2026-10-30', count: 14 },
      { name: 'jo@fenwick.example', title: 'Jo Łam', deleted: true, last: null, count: null },
    ]);
    assert.equal(notes.asOfDate, '2026-11-01');
    assert.equal(notes.skippedRows, 0);
  });

  it('finds columns by name in any order and ignores those it does not know', async () => {
    const text = 'Send Count,Novelty,user principal name,Is Deleted\n5,?,a@b.example,Yes\n';
    assert.deepEqual(await read(text), [
      { name: 'a@b.example', title: null, deleted: true, last: null, count: 5 },
    ]);
  });

  it('reads every spelling of yes and no, and nothing else as either', async () => {
    const spelled = ['True', 'FALSE', 'Yes', 'no', '1', '0', 'maybe', ''];
    const text = `User Principal Name,Is Deleted\n${spelled.map((word) => `a@b.example,${word}`).join('\n')}`;
    assert.deepEqual(
      (await read(text)).map((row) => row.deleted),
      [true, false, true, false, true, false, null, null],
    );
  });

  it('takes unreadable dates and numbers as unknown', async () => {
    const cells = [
      ['2026-02-30', 'x'],
      ['2026-10-30T07:02:11Z', '-1'],
      ['0001-01-01', '3.0'],
      ['30.10.2026', '99999999999999999999'],
      ['2024-02-29', '0'],
    ];
    const lines = cells.map(([date, count]) => `a@b.example,${date},${count}`);
    const text = ['User Principal Name,Last Activity Date,Send Count', ...lines].join('\n');
    assert.deepEqual(
      (await read(text)).map((row) => [row.last, row.count]),
      [
        [null, null],
        ['2026-10-30', null],
        [null, 3],
        [null, null],
        ['2024-02-29', 0],
      ],
    );
  });

  it('leaves out and counts lines without a name or with another number of cells', async () => {
    const notes = newReadingNotes();
    const text = `${header}\r\n2026-11-01,,x,False,,\r\n2026-11-01,a@b.example,x\r\n2026-11-01,c@d.example,x,False,,1,extra\r\n2026-11-01,e@f.example,,,,\r\n`;
    assert.deepEqual(
      (await read(text, { notes })).map((row) => row.name),
      ['e@f.example'],
    );
    assert.equal(notes.skippedRows, 3);
  });

  it('does not count nameless lines of a report where they are usual', async () => {
    const notes = newReadingNotes();
    await read(`${header}\n2026-11-01,,x,False,,\n`, { notes, format: { ...format, namelessLines: true } });
    assert.equal(notes.skippedRows, 0);
  });

  it('keeps the newest refresh date and counts names that are hashes', async () => {
    const notes = newReadingNotes();
    const text =
      'User Principal Name,Report Refresh Date\n6E55A185B405B6F2A6804BB7897C8AAB,2026-10-30\n' +
      'A1B2C3D4E5F60718293A4B5C6D7E8F90,2026-11-01\n6e55a185b405b6f2a6804bb7897c8aab,2026-10-31\n';
    await read(text, { notes });
    assert.deepEqual([notes.asOfDate, notes.namedRows, notes.concealedRows], ['2026-11-01', 3, 2]);
  });

  it('may be a header alone', async () => {
    assert.deepEqual(await read(`${header}\r\n`), []);
  });

  it('is refused when it is empty, a web page, JSON, or lacks the name', async () => {
    await rejectsWith(read(''), 'badResponse');
    await rejectsWith(read('<!DOCTYPE html>\n<html><body>Sign in, please</body></html>'), 'badResponse');
    await rejectsWith(read('{"error":{"code":"UnknownError"}}'), 'badResponse');
    await rejectsWith(read('Report Refresh Date,Send Count\n2026-11-01,4\n'), 'badResponse');
  });

  it('is refused as cut off when it ends in the middle of a line', async () => {
    await rejectsWith(read(`${header}\r\n2026-11-01,a@b.example,A,False,,1\r\n2026-11-01,c@d.ex`), 'network');
    await rejectsWith(read(`${header}\r\n2026-11-01,a@b.example,"A, B`), 'network');
    // A complete last line without a line end is complete.
    assert.equal((await read(`${header}\r\n2026-11-01,a@b.example,A,False,,1`)).length, 1);
  });

  it('is refused when a line never ends', async () => {
    await rejectsWith(read(`${header}\n"${'x'.repeat(1_100_000)}`, { size: 65_536 }), 'badResponse');
  });

  it('fails with the failure of its body', async () => {
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${header}\r\n2026-11-01,a@b.example,A,False,,1\r\n`);
      throw new LicenseError('network', 'reset', { cutOff: true });
    }
    const reading = async (): Promise<void> => {
      for await (const _ of readReportCsv(breaking(), format, newReadingNotes()));
    };
    await rejectsWith(reading(), 'network');
  });

  it('lets go of its body when the reader stops early', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from(`${header}\r\n`);
        for (;;) yield Buffer.from('2026-11-01,a@b.example,A,False,,1\r\n'.repeat(100));
      } finally {
        closed = true;
      }
    }
    for await (const batch of readReportCsv(endless(), format, newReadingNotes())) {
      assert.equal(batch.length, 1000);
      break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(closed, true);
  });

  it('gives back what was written, whatever the names, line ends and pieces', async () => {
    const name = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text.trim() === text && text !== '');
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, fc.integer({ min: 0, max: 1e9 }))),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 50 }),
        async (entries, lineEnd, size) => {
          const lines = entries.map(([who, count]) => `${quoted(who)},${count}`);
          const text = ['User Principal Name,Send Count', ...lines].join(lineEnd) + lineEnd;
          const rows = await read(text, { size });
          assert.deepEqual(
            rows.map((row) => [row.name, row.count]),
            entries,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never crashes or hangs on bytes of any kind', async () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a', ' ', '\0', '\uFEFF'), maxLength: 120 })
        .map((text) => Buffer.from(`${header}\r\n${text}`, 'utf8') as Uint8Array),
    );
    await fc.assert(
      fc.asyncProperty(anything, fc.integer({ min: 1, max: 40 }), async (bytes, size) => {
        try {
          for (const row of await read(bytes, { size })) assert.ok(row.name.length > 0);
        } catch (error) {
          assert.ok(isLicenseError(error, 'badResponse') || isLicenseError(error, 'network'), String(error));
        }
      }),
      { numRuns: 300 },
    );
  });
});
