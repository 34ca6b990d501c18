import assert from 'node:assert/strict';
import { Semaphore } from '../../../../src/core/importing/semaphore';

describe('a semaphore', () => {
  it('lets no more jobs run than it has places, in the order they came, and goes on after a failure', async () => {
    const places = new Semaphore(2);
    const started: number[] = [];
    const finish: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const job = (number: number) => async (): Promise<void> => {
      started.push(number);
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => (finish[number] = resolve));
      running -= 1;
      if (number === 1) throw new Error('job 1');
    };
    const jobs = [0, 1, 2, 3].map((number) => places.run(job(number)));
    const results = Promise.allSettled(jobs);
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    await turn();
    assert.deepEqual(started, [0, 1]);
    finish[1]?.();
    await turn();
    assert.deepEqual(started, [0, 1, 2]);
    finish[0]?.();
    await turn();
    finish[2]?.();
    finish[3]?.();
    assert.deepEqual(
      (await results).map((result) => result.status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
    assert.equal(most, 2);
  });
});
