import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parsePage } from '../../../../src/core/graph/pageText';

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** All values of a page in their order, and in how many parts they came. */
function valuesOf(body: Uint8Array, length: number): { values: unknown[]; parts: number; rest: object } {
  let released = 0;
  const page = parsePage(body, () => (released += 1), length);
  assert.ok(page);
  const { value, ...rest } = page.answer as { value: unknown[] };
  const earlier = [...page.earlier()];
  assert.equal(released, 1);
  return { values: [...earlier.flat(), ...value], parts: earlier.length + 1, rest };
}

const users = Array.from({ length: 40 }, (_, index) => ({
  id: `user-${index}`,
  displayName: `Żaneta Ørsted ${index}`,
  licenses: [{ skuId: 'a' }, { skuId: 'b' }],
}));

describe('a page of a listing', () => {
  it('that is large comes in parts, with what is before and behind its values', () => {
    const body = `{"@odata.context":"c","@odata.count":40,"value":${JSON.stringify(users)},"@odata.nextLink":"n"}`;
    const { values, parts, rest } = valuesOf(utf8(body), 200);
    assert.deepEqual(values, users);
    assert.ok(parts > 10, `${parts} parts`);
    assert.deepEqual(rest, { '@odata.context': 'c', '@odata.count': 40, '@odata.nextLink': 'n' });
  });

  it('that is small comes whole, with a byte order mark too', () => {
    assert.deepEqual(valuesOf(utf8('\ufeff{"value":[1,2]}'), 200), { values: [1, 2], parts: 1, rest: {} });
  });

  it('is not cut where only a text or a value within a value looks like the next one', () => {
    const values = Array.from({ length: 30 }, (_, index) => ({
      id: index,
      note: 'a},{"id":0},{"id":1}],"value":[{"id":2',
      members: [{ id: 'x'.repeat(20) }, { id: 'y' }, { id: 'z' }],
    }));
    for (const length of [10, 40, 90, 333]) {
      assert.deepEqual(valuesOf(utf8(JSON.stringify({ value: values })), length).values, values);
    }
  });

  it('may be written with blanks, with values that begin with different keys, or with another list', () => {
    const mixed = users.map((user, index) => (index % 2 === 0 ? user : { name: user.id, id: index }));
    assert.deepEqual(valuesOf(utf8(JSON.stringify({ value: users }, null, 2)), 100).values, users);
    assert.deepEqual(valuesOf(utf8(JSON.stringify({ value: mixed })), 100).values, mixed);
    const page = parsePage(
      utf8(`{"a\\"value":[{"id":1},{"id":2},{"id":3}],"value":[{"id":4}]}`),
      undefined,
      5,
    );
    assert.deepEqual(page?.answer, { 'a"value': [{ id: 1 }, { id: 2 }, { id: 3 }], value: [{ id: 4 }] });
    assert.deepEqual([...page.earlier()], []);
  });

  it('that was cut off is none', () => {
    const body = JSON.stringify({ value: users });
    assert.equal(parsePage(utf8(body.slice(0, -1)), undefined, 200), undefined);
    assert.equal(parsePage(utf8(body.slice(0, 700)), undefined, 200), undefined);
    assert.equal(parsePage(utf8('<html></html>'), undefined, 200), undefined);
  });

  it('whose middle is no JSON says so when that is reached', () => {
    const body = JSON.stringify({ value: users }).replace('"user-20"', 'user-20');
    const page = parsePage(utf8(body), undefined, 200);
    assert.ok(page);
    assert.throws(() => [...page.earlier()], SyntaxError);
  });

  it('has the values that JSON.parse gives, whatever they are', () => {
    const value = fc.array(fc.jsonValue().map((json) => ({ id: json, list: [{ id: 1 }, { id: json }] })));
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 120 }), (values, length) => {
        const text = JSON.stringify({ head: 1, value: values, tail: 2 });
        const expected = (JSON.parse(text) as { value: unknown[] }).value;
        assert.deepEqual(valuesOf(utf8(text), length), {
          values: expected,
          parts: valuesOf(utf8(text), length).parts,
          rest: { head: 1, tail: 2 },
        });
      }),
    );
  });
});
