import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { csvCell } from '../../../../src/core/export/csvCell';
import { csvText } from '../../../../src/core/export/csvText';

describe('csvCell', () => {
  for (const [value, expected] of [
    [null, ''],
    ['', ''],
    ['plain', 'plain'],
    [0, '0'],
    [-12.5, '-12.5'],
    [1e21, '1e+21'],
    [true, '1'],
    [false, '0'],
    ['=1+1', "'=1+1"],
    ['+1+1', "'+1+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['-5', '-5'],
    ['+49', '+49'],
    ['-5.25', '-5.25'],
    ['-', "'-"],
    ['+', "'+"],
    ['-5%', "'-5%"],
    ['-1e5', "'-1e5"],
    ['+49 30 1234', "'+49 30 1234"],
    ['-5\n=1', "'-5\n=1"],
    ['a=b', 'a=b'],
    [' =1', ' =1'],
    ["'=1", "'=1"],
  ] as const) {
    it(`${JSON.stringify(value)} becomes ${JSON.stringify(expected)}`, () => {
      assert.equal(csvCell(value), expected);
    });
  }
});

describe('csvText', () => {
  it('ends every row with CRLF and quotes what must be', () => {
    assert.equal(
      csvText([
        ['a,b', 'c"d', 'e\nf', 'g\rh', 'plain', null],
        [1, null, '', ' s ', '=x', 'y'],
      ]),
      '"a,b","c""d","e\nf","g\rh",plain,\r\n1,,, s ,\'=x,y\r\n',
    );
  });

  it('is read back by another reader as the guarded cells, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\r\n', '"', '""', ',', '\n', '\r'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 8 }), (rows) => {
        const read: string[][] = parse(csvText(rows), { record_delimiter: '\r\n' });
        assert.deepEqual(
          read,
          rows.map((row) => row.map((cell) => csvCell(cell))),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('is what another writer makes of the guarded cells', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' })), { maxLength: 8 }),
        (rows) => {
          const other = stringify(
            rows.map((row) => row.map((cell) => csvCell(cell))),
            { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
          );
          assert.equal(csvText(rows), other);
        },
      ),
      { numRuns: 300 },
    );
  });
});
