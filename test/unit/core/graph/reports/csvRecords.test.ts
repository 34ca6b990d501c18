import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvError, CsvRecords } from '../../../../../src/core/graph/reports/csvRecords';

/** Feeds a text in pieces. */
function recordsOf(text: string, size: number, maxLength = 10_000): string[][] {
  const reader = new CsvRecords(maxLength);
  const records: string[][] = [];
  for (let at = 0; at < text.length; at += size) records.push(...reader.push(text.slice(at, at + size)));
  return [...records, ...reader.end()];
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'é', '漢', '@', '.', '-', '7'), maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', "'"), maxLength: 6 }),
);
/** As a writer of CSV would write it: quotes where they are needed, and now and then where they are not. */
const written = (text: string, always: boolean): string =>
  always || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

describe('records of a CSV text', () => {
  it('are what another reader finds, in pieces of any size', () => {
    const lines = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 5 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        (rows, lineEnd, isEnded, size) => {
          const text =
            `head,line${lineEnd}` +
            rows.map((row) => row.map(([value, always]) => written(value, always)).join(',')).join(lineEnd) +
            (isEnded ? lineEnd : '');
          const expected = parse(text, {
            relax_column_count: true,
            relax_quotes: true,
            skip_empty_lines: true,
            record_delimiter: lineEnd,
          });
          assert.deepEqual(recordsOf(text, size), expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('have no byte order mark and no empty lines, and end as the first line does', () => {
    assert.deepEqual(recordsOf('\uFEFFa,b\r\n\r\nc,d\r\n', 1), [
      ['a', 'b'],
      ['c', 'd'],
    ]);
    assert.deepEqual(recordsOf('a,b\rc,d\r', 1), [
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('take a quote that quotes nothing as text', () => {
    assert.deepEqual(recordsOf('a 2" disk,b\n"c"d,e\n', 2), [
      ['a 2" disk', 'b'],
      ['"c"d', 'e'],
    ]);
  });

  it('are refused when one is too long or a quote stays open', () => {
    const problem = (text: string): unknown => {
      try {
        return recordsOf(text, 7, 20);
      } catch (error) {
        return error instanceof CsvError ? error.problem : error;
      }
    };
    assert.equal(problem(`a,b\n${'x'.repeat(30)}\n`), 'recordTooLong');
    assert.equal(problem(`a,b\n"${'x'.repeat(30)}`), 'recordTooLong');
    assert.equal(problem('a,b\n"x'), 'openQuote');
    assert.deepEqual(problem(`a,b\n${'x'.repeat(18)},y\n`), [
      ['a', 'b'],
      ['x'.repeat(18), 'y'],
    ]);
  });
});
