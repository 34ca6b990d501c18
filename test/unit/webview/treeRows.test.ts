import assert from 'node:assert/strict';
import { treeCommand } from '../../../webview/grid/treeKeys';
import { TreeRows, type TreeNode } from '../../../webview/grid/treeRows';

const signal = new AbortController().signal;
const asked: [offset: number, count: number][] = [];

/** a, with b and c below; below b 250 rows that are fetched; d without any. */
const roots: readonly TreeNode<string>[] = [
  {
    key: 'a',
    value: 'a',
    children: [
      {
        key: 'b',
        value: 'b',
        children: {
          count: 250,
          fetch: async (offset, count) => {
            asked.push([offset, count]);
            return Array.from({ length: count }, (_, index) => `b${offset + index}`);
          },
        },
      },
      { key: 'c', value: 'c', children: null },
    ],
  },
  { key: 'd', value: 'd', children: null },
];
const tree = (...expanded: string[]): TreeRows<string> =>
  new TreeRows(roots, new Set(expanded), (value) => `key of ${value}`);

describe('rows of a tree', () => {
  it('shows what is open only', async () => {
    assert.equal(tree().rowCount, 2);
    assert.equal(tree('b').rowCount, 2, 'an open row below a closed one is not seen');
    assert.deepEqual(
      (await tree('a').fetch(0, 10, signal)).map((row) => [row.value, row.level, row.expanded, row.parent]),
      [
        ['a', 1, true, null],
        ['b', 2, false, 0],
        ['c', 2, null, 0],
        ['d', 1, null, null],
      ],
    );
  });

  it('fetches of a window what is asked for, and no more', async () => {
    const rows = tree('a', 'b');
    assert.equal(rows.rowCount, 254);
    asked.length = 0;
    const shown = await rows.fetch(100, 5, signal);
    assert.deepEqual(asked, [[98, 5]]);
    assert.deepEqual(shown[0], { key: 'key of b98', value: 'b98', level: 3, expanded: null, parent: 1 });
    assert.deepEqual(
      (await rows.fetch(250, 100, signal)).map((row) => row.value),
      ['b248', 'b249', 'c', 'd'],
    );
    assert.deepEqual(
      (await rows.fetch(0, 3, signal)).map((row) => row.value),
      ['a', 'b', 'b0'],
    );
    assert.deepEqual(await rows.fetch(254, 10, signal), []);
  });
});

describe('keys of a tree', () => {
  const press = (key: string, held: object = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...held,
  });
  const closed = { expanded: false, parent: null };
  const open = { expanded: true, parent: null };
  const leaf = { expanded: null, parent: 3 };

  it('open and close rows in the first column, and move everywhere else', () => {
    assert.equal(treeCommand(press('ArrowRight'), 0, closed), 'expand');
    assert.equal(treeCommand(press('ArrowRight'), 0, open), null);
    assert.equal(treeCommand(press('ArrowRight'), 0, leaf), null);
    assert.equal(treeCommand(press('ArrowRight'), 1, closed), null);
    assert.equal(treeCommand(press('ArrowLeft'), 0, open), 'collapse');
    assert.equal(treeCommand(press('ArrowLeft'), 0, leaf), 'toParent');
    assert.equal(treeCommand(press('ArrowLeft'), 0, closed), null);
    assert.equal(treeCommand(press('ArrowLeft'), 2, open), null);
  });

  it('open and close by plus and minus in any column', () => {
    assert.equal(treeCommand(press('+'), 4, closed), 'expand');
    assert.equal(treeCommand(press('-'), 4, open), 'collapse');
    assert.equal(treeCommand(press('-'), 4, leaf), null);
    assert.equal(treeCommand(press('ArrowRight', { ctrlKey: true }), 0, closed), null);
  });
});
