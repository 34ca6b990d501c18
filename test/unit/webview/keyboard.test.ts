import assert from 'node:assert/strict';
import { gridCommand, type CellPosition, type GridCommand } from '../../../webview/grid/keyboard';

const extent = { rowCount: 100, columnCount: 5, pageRows: 20, firstVisibleRow: 40 };

function press(keys: string, row: number, column = 2, over = extent): GridCommand | null {
  const parts = keys.split('+');
  const at: CellPosition = { row, column };
  return gridCommand(
    {
      key: parts.at(-1) ?? '',
      ctrlKey: parts.includes('Ctrl'),
      metaKey: parts.includes('Meta'),
      shiftKey: parts.includes('Shift'),
      altKey: parts.includes('Alt'),
    },
    at,
    over,
  );
}

const to = (row: number, column: number, extend = false): GridCommand => ({
  kind: 'move',
  to: { row, column },
  extend,
});

describe('keyboard of the grid', () => {
  it('moves within the body and stops at its edges', () => {
    assert.deepEqual(press('ArrowDown', 5), to(6, 2));
    assert.deepEqual(press('ArrowDown', 99), to(99, 2));
    assert.deepEqual(press('ArrowLeft', 5, 0), to(5, 0));
    assert.deepEqual(press('ArrowRight', 5, 4), to(5, 4));
    assert.deepEqual(press('PageDown', 5), to(25, 2));
    assert.deepEqual(press('PageDown', 95), to(99, 2));
    assert.deepEqual(press('PageUp', 5), to(0, 2));
    assert.deepEqual(press('Home', 5), to(5, 0));
    assert.deepEqual(press('End', 5), to(5, 4));
    assert.deepEqual(press('Ctrl+Home', 5), to(0, 0));
    assert.deepEqual(press('Meta+End', 5), to(99, 4));
  });

  it('goes to the header from the first row and back to what is seen', () => {
    assert.deepEqual(press('ArrowUp', 0, 3), to(-1, 3));
    assert.deepEqual(press('ArrowDown', -1, 3), to(40, 3));
    assert.equal(press('ArrowDown', -1, 3, { ...extent, rowCount: 0 }), null);
  });

  it('extends the selection with Shift', () => {
    assert.deepEqual(press('Shift+ArrowDown', 5), to(6, 2, true));
    assert.deepEqual(press('Shift+ArrowUp', 0), to(0, 2, true));
    assert.deepEqual(press('Shift+PageDown', 5), to(25, 2, true));
    assert.deepEqual(press('Ctrl+Shift+End', 5), to(99, 4, true));
    assert.deepEqual(press('Shift+ ', 5), { kind: 'extend' });
  });

  it('selects, copies and clears', () => {
    assert.deepEqual(press(' ', 5), { kind: 'toggle' });
    assert.deepEqual(press('Ctrl+a', 5), { kind: 'selectAll' });
    assert.deepEqual(press('Meta+A', 5), { kind: 'selectAll' });
    assert.deepEqual(press('Ctrl+c', 5), { kind: 'copy' });
    assert.deepEqual(press('Escape', 5), { kind: 'clearSelection' });
  });

  it('sorts and resizes from the header', () => {
    assert.deepEqual(press('Enter', -1, 3), { kind: 'sort', column: 3 });
    assert.deepEqual(press(' ', -1, 3), { kind: 'sort', column: 3 });
    assert.deepEqual(press('Shift+ArrowLeft', -1, 3), { kind: 'resize', column: 3, by: -16 });
    assert.deepEqual(press('Shift+ArrowRight', -1, 3), { kind: 'resize', column: 3, by: 16 });
    assert.deepEqual(press('End', -1, 1), to(-1, 4));
  });

  it('leaves alone what belongs to VS Code and the browser', () => {
    for (const keys of ['F2', 'Tab', 'Shift+Tab', 'x', 'Alt+ArrowLeft', 'Ctrl+p', 'Ctrl+Shift+c']) {
      assert.equal(press(keys, 5), null, keys);
    }
    for (const keys of ['F2', 'Tab', 'Ctrl+a', 'Alt+ArrowDown']) assert.equal(press(keys, -1), null, keys);
  });

  it('opens a row by Enter, and only there and alone', () => {
    assert.deepEqual(press('Enter', 5), { kind: 'open' });
    assert.equal(press('Ctrl+Enter', 5), null);
    assert.equal(press('Shift+Enter', 5), null);
    assert.deepEqual(press('Enter', -1), { kind: 'sort', column: 2 });
  });
});
