import assert from 'node:assert/strict';
import { DisposableStore } from '../../../../src/core/foundation/disposables';

describe('a store of disposables', () => {
  it('disposes in reverse order, at once where nothing takes time', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    for (const name of ['a', 'b', 'c']) store.add({ dispose: () => order.push(name) });
    store.dispose();
    assert.deepEqual(order, ['c', 'b', 'a']);
  });

  it('waits for what takes time before it disposes what that works with', async () => {
    const order: string[] = [];
    let finish = (): void => undefined;
    const store = new DisposableStore();
    store.add({ dispose: () => order.push('file') });
    store.add({
      dispose: () =>
        new Promise<void>((resolve) => {
          order.push('import told to stop');
          finish = () => {
            order.push('import stopped');
            resolve();
          };
        }),
    });
    const ended = store.dispose();
    assert.deepEqual(order, ['import told to stop']);
    finish();
    await ended;
    assert.deepEqual(order, ['import told to stop', 'import stopped', 'file']);
  });

  it('disposes each once and all in spite of a failure, and at once what comes later', async () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add({ dispose: () => order.push('a') });
    store.add({
      dispose: () => {
        throw new Error('broken');
      },
    });
    await assert.rejects(async () => await store.dispose(), /broken/);
    await assert.rejects(async () => await store.dispose(), /broken/);
    store.add({ dispose: () => order.push('late') });
    assert.deepEqual(order, ['a', 'late']);
  });
});
