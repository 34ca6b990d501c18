import assert from 'node:assert/strict';
import { ownTurn } from '../../../../src/core/foundation/ownTurn';

describe('a turn of the event loop of one’s own', () => {
  it('is given to one at a time, in the order they asked, also to one who asks again', async () => {
    let round = 0;
    let counting = true;
    const count = (): void => {
      round += 1;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    const turns: (readonly [name: string, round: number])[] = [];
    const worker = async (name: string, times: number): Promise<void> => {
      for (let time = 0; time < times; time++) {
        await ownTurn();
        turns.push([name, round]);
      }
    };
    await Promise.all([worker('a', 3), worker('b', 2), worker('c', 1)]);
    counting = false;
    assert.deepEqual(
      turns.map(([name]) => name),
      ['a', 'b', 'c', 'a', 'b', 'a'],
    );
    assert.equal(new Set(turns.map(([, at]) => at)).size, turns.length, JSON.stringify(turns));
  });
});
