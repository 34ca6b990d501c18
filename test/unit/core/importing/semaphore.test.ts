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

  it('gives places by rank to those who come together, and later to those who wait', async () => {
    const places = new Semaphore(2);
    const started: string[] = [];
    const jobs = [
      ['last', 1],
      ['usual', 0],
      ['usual too', 0],
      ['first', -1],
    ] as const;
    await Promise.all(
      jobs.map(([name, rank]) =>
        places.run(async () => {
          started.push(name);
          await new Promise((resolve) => setImmediate(resolve));
        }, rank),
      ),
    );
    assert.deepEqual(started, ['first', 'usual', 'usual too', 'last']);
  });

  it('takes a place back once, though the job that gave it goes on', async () => {
    const places = new Semaphore(1);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const job =
      (number: number, early: boolean) =>
      async (release: () => void): Promise<void> => {
        started.push(number);
        if (early) {
          release();
          release();
        }
        await new Promise<void>((resolve) => (ends[number] = resolve));
      };
    const jobs = [places.run(job(0, true)), places.run(job(1, false)), places.run(job(2, false))];
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    await turn();
    assert.deepEqual(started, [0, 1]);
    ends[0]?.();
    await turn();
    assert.deepEqual(started, [0, 1], 'the place was given back before');
    ends[1]?.();
    await turn();
    ends[2]?.();
    await Promise.all(jobs);
    assert.deepEqual(started, [0, 1, 2]);
  });
});
