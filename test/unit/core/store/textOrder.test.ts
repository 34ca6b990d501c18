import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { rankColumn } from '../../../../src/core/store/columnRanks';
import { RawColumn } from '../../../../src/core/store/rawColumn';
import type { SqlValue } from '../../../../src/core/store/store';
import { TextSearch } from '../../../../src/core/store/textSearch';
import { finish } from '../../../../src/core/store/userIndex';

function columnOf(values: readonly SqlValue[]): RawColumn {
  const column = new RawColumn(1);
  for (const value of values) column.add(value);
  return column;
}

const ranksOf = (values: readonly SqlValue[]): number[] => {
  const { ranks } = finish(rankColumn(columnOf(values)));
  return [...ranks.subarray(0, values.length)];
};

/** Texts that begin alike, differ by case, and have letters of every length in UTF-8. */
const texts = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', 'Z', '_', '[', 'é', 'É', '\uFFFD', '🐘', '\0'),
  maxLength: 6,
});
const value = fc.oneof(
  { weight: 8, arbitrary: texts },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
);

describe('ranks of a column', () => {
  it('put numbers before texts, texts by their bytes with A to Z as a to z, and the unknown at 0', () => {
    assert.deepEqual(
      ranksOf(['b', null, 'B', 2, 'a', -1.5, 'ab', 'a\0', 2, 'é', '_', '']),
      [8, 0, 8, 2, 5, 1, 7, 6, 2, 9, 4, 3],
    );
  });

  it('are those that sorting and comparing the values one by one gives', () => {
    const folded = (one: string): Buffer =>
      Buffer.from(one.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
    const compare = (left: SqlValue, right: SqlValue): number => {
      if (typeof left === 'number' || typeof right === 'number') {
        return typeof left !== typeof right
          ? typeof left === 'number'
            ? -1
            : 1
          : Number(left) - Number(right);
      }
      return Buffer.compare(folded(String(left)), folded(String(right)));
    };
    fc.assert(
      fc.property(fc.array(value, { maxLength: 120 }), (values) => {
        const known = values.filter((one) => one !== null).sort(compare);
        const distinct = known.filter((one, at) => at === 0 || compare(known[at - 1] ?? null, one) !== 0);
        const expected = values.map((one) =>
          one === null ? 0 : 1 + distinct.findIndex((other) => compare(other, one) === 0),
        );
        assert.deepEqual(ranksOf(values), expected);
      }),
    );
  });
});

describe('the search of texts', () => {
  it('finds no word that begins in one text and ends in the next', () => {
    const search = new TextSearch(columnOf(['ab', 'cd', null, '', 'bc', 'xbcx']));
    assert.deepEqual([...search.matching(['bc'])], [0, 0, 0, 0, 1, 1]);
    assert.deepEqual([...search.matching(['dbc'])], [0, 0, 0, 0, 0, 0]);
  });

  it('finds the texts that have each of the words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(texts), { maxLength: 40 }),
        fc.array(
          texts.filter((word) => word !== ''),
          { maxLength: 3 },
        ),
        (rows, words) => {
          const found = new TextSearch(columnOf(rows)).matching(words);
          assert.deepEqual(
            [...found],
            rows.map((row) => (words.every((word) => row?.includes(word) === true) ? 1 : 0)),
          );
        },
      ),
    );
  });
});
