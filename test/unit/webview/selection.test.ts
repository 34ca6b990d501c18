import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  clampSelection,
  extendTo,
  isSelected,
  noSelection,
  selectAll,
  selectedCount,
  selectionByKeys,
  selectOnly,
  toggle,
} from '../../../webview/grid/selection';

describe('selection', () => {
  it('keeps all of 300,000 rows as one range', () => {
    const selection = selectAll(300_000);
    assert.deepEqual(selection.ranges, [{ first: 0, last: 299_999 }]);
    assert.equal(selectedCount(selection), 300_000);
    assert.deepEqual(selectAll(0), noSelection);
  });

  it('joins rows that touch and splits a range in the middle', () => {
    const three = toggle(toggle(selectOnly(4), 6), 5);
    assert.deepEqual(three.ranges, [{ first: 4, last: 6 }]);
    const split = toggle(three, 5);
    assert.deepEqual(split.ranges, [
      { first: 4, last: 4 },
      { first: 6, last: 6 },
    ]);
    assert.deepEqual(toggle(toggle(split, 4), 6).ranges, []);
  });

  it('extends from the anchor in both directions', () => {
    const down = extendTo(selectOnly(10), 12, 10);
    assert.deepEqual(down.ranges, [{ first: 10, last: 12 }]);
    assert.deepEqual(extendTo(down, 8, 12).ranges, [{ first: 8, last: 10 }]);
    assert.deepEqual(extendTo(noSelection, 3, 5).ranges, [{ first: 3, last: 5 }]);
  });

  it('drops what is beyond the end', () => {
    const selection = toggle(extendTo(selectOnly(2), 9, 2), 20);
    assert.deepEqual(clampSelection(selection, 6), { ranges: [{ first: 2, last: 5 }], anchor: null });
  });

  it('finds rows again by key, or admits that it cannot', () => {
    const rows: [number, string][] = [
      [7, 'anna'],
      [8, 'bert'],
      [9, 'carl'],
    ];
    assert.deepEqual(selectionByKeys(new Set(['bert', 'carl']), rows)?.ranges, [{ first: 8, last: 9 }]);
    assert.equal(selectionByKeys(new Set(['bert', 'dora']), rows), null);
  });

  it('toggling any rows equals a set of rows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), (rows) => {
        const set = new Set<number>();
        let selection = noSelection;
        for (const row of rows) {
          selection = toggle(selection, row);
          if (!set.delete(row)) set.add(row);
        }
        for (let row = 0; row <= 31; row++) assert.equal(isSelected(selection, row), set.has(row));
        assert.equal(selectedCount(selection), set.size);
      }),
    );
  });
});
