import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import {
  columnTemplate,
  headerLine,
  nextSort,
  placeColumns,
  toTabSeparated,
  widthOf,
  withoutWidth,
  withWidth,
  type ColumnDefinition,
} from '../../../webview/grid/columns';
import { scrollLeftFor, scrollTopFor } from '../../../webview/grid/scrollIntoView';

const columns = [
  { id: 'a', width: 100 },
  { id: 'b', width: 60 },
  { id: 'c', width: 200 },
];

describe('columns of the grid', () => {
  it('are named in a first line, without what a spreadsheet would run', () => {
    assert.equal(headerLine([{ title: 'Name' }, { title: '=1+1' }, { title: 'A\tB' }]), "Name\t'=1+1\tA B");
  });

  it('stand side by side, changed widths included', () => {
    const { places, totalWidth } = placeColumns(columns, { b: 90 });
    assert.deepEqual(places, [
      { left: 0, width: 100 },
      { left: 100, width: 90 },
      { left: 190, width: 200 },
    ]);
    assert.equal(totalWidth, 390);
    assert.equal(columnTemplate(places), '100px 90px 200px minmax(0, 1fr)');
  });

  it('have bounds, also for widths that were saved', () => {
    assert.deepEqual(withWidth({}, 'a', 3.2), { a: 48 });
    assert.deepEqual(withWidth({ b: 70 }, 'a', 99_999), { b: 70, a: 1000 });
    assert.equal(widthOf({ id: 'a', width: 100 }, { a: -5 }), 48);
    assert.equal(widthOf({ id: 'a', width: 100 }, { a: Number.NaN }), 100);
    assert.deepEqual(withoutWidth({ a: 50, b: 60 }, 'a'), { b: 60 });
  });

  it('sort ascending first, then turn around', () => {
    const first = nextSort({ column: 'a', descending: true }, 'b');
    assert.deepEqual(first, { column: 'b', descending: false });
    assert.deepEqual(nextSort(first, 'b'), { column: 'b', descending: true });
    assert.deepEqual(nextSort({ column: 'b', descending: true }, 'b'), { column: 'b', descending: false });
  });
});

describe('copied rows', () => {
  const definition = (id: 'name' | 'value'): ColumnDefinition<Record<'name' | 'value', string>> => ({
    id,
    title: id,
    width: 100,
    align: 'start',
    text: () => 'on screen',
    copy: (row) => row[id],
  });
  const copy = (rows: Record<'name' | 'value', string>[]): string =>
    toTabSeparated(rows, [definition('name'), definition('value')]);

  it('hold the stored values, one line each', () => {
    const text = copy([
      { name: 'Anna', value: '2026-11-18' },
      { name: '', value: '-12.5' },
    ]);
    assert.equal(text, 'Anna\t2026-11-18\r\n\t-12.5');
  });

  it('stay a table whatever is in a name, and run no formula', () => {
    const text = copy([
      { name: 'a\tb\r\nc', value: '=1+1' },
      { name: '@home', value: '+49 170' },
    ]);
    assert.deepEqual(parse(text, { delimiter: '\t', relax_quotes: true }), [
      ['a b c', "'=1+1"],
      ["'@home", "'+49 170"],
    ]);
  });
});

describe('scrolling into view', () => {
  it('moves rows as little as needed', () => {
    const seen = { scroll: 240, size: 100 };
    assert.equal(scrollTopFor(9, 24, seen), 216, 'above');
    assert.equal(scrollTopFor(10, 24, seen), 240, 'first seen');
    assert.equal(scrollTopFor(13, 24, seen), 240, '312..336 ends before 340');
    assert.equal(scrollTopFor(14, 24, seen), 260, '336..360 must end at 360');
  });

  it('never leaves a column under the first one, which is always seen', () => {
    const { places } = placeColumns(columns, {});
    const seen = { scroll: 0, size: 180 };
    assert.equal(scrollLeftFor(0, places, { ...seen, scroll: 50 }), 50);
    assert.equal(scrollLeftFor(1, places, { ...seen, scroll: 50 }), 0, 'b begins where a ends');
    assert.equal(scrollLeftFor(1, places, seen), 0);
    assert.equal(scrollLeftFor(2, places, seen), 60, 'wider than the view: its beginning is shown');
    assert.equal(scrollLeftFor(2, places, { scroll: 0, size: 320 }), 40, '360 must end at 320 + 40');
  });
});
