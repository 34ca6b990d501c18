import assert from 'node:assert/strict';
import { Sequencer } from '../../../../src/core/identity/sequencer';

describe('Sequencer', () => {
  it('runs tasks of one key in order, also after one that failed, and others at once', async () => {
    const sequencer = new Sequencer();
    const events: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const first = sequencer.run('a', async () => {
      events.push('a1 begins');
      await gate;
      events.push('a1 ends');
      throw new Error('a1');
    });
    const second = sequencer.run('a', async () => {
      events.push('a2');
      return 2;
    });
    assert.equal(await sequencer.run('b', async () => 'b'), 'b');
    assert.deepEqual(events, ['a1 begins']);
    release();
    await assert.rejects(first, /a1/);
    assert.equal(await second, 2);
    assert.deepEqual(events, ['a1 begins', 'a1 ends', 'a2']);
    assert.equal(await sequencer.run('a', async () => 3), 3);
  });
});
