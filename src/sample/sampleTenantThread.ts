import { Worker } from 'node:worker_threads';
import type { SampleOptions } from './sampleOptions';
import type { SampleTenant } from './sampleTenant';
import type { WorkerAnswer, WorkerRequest, WorkerResults } from './workerMessages';

/**
 * Starts a sample tenant on a thread of its own, so that neither side waits for the other.
 * @param workerPath the bundled `sampleWorker.js`
 */
export function startSampleTenantThread(
  workerPath: string,
  options: SampleOptions = {},
): Promise<SampleTenant> {
  const worker = new Worker(workerPath, { workerData: options });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let failure: Error | undefined;

  function ask<K extends WorkerRequest['kind']>(
    request: Extract<WorkerRequest, { kind: K }>,
  ): Promise<WorkerResults[K]> {
    if (failure) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve: resolve, reject });
      worker.postMessage({ ...request, id });
    });
  }

  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      failure ??= error;
      reject(failure);
      for (const call of waiting.values()) call.reject(failure);
      waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('The sample tenant has stopped.')));
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'ready') {
        // The tenant must not keep its process alive.
        worker.unref();
        resolve({
          address: answer.address,
          configure: (change) => ask({ kind: 'configure', change }),
          journal: () => ask({ kind: 'journal' }),
          issuedTokens: () => ask({ kind: 'issuedTokens' }),
          approveDeviceCode: (userCode, decision = 'approve') =>
            ask({ kind: 'approveDeviceCode', userCode, decision }),
          close: async () => {
            if (!failure) await ask({ kind: 'close' }).catch(() => undefined);
            await worker.terminate();
          },
        });
        return;
      }
      const call = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.kind === 'failed') call?.reject(new Error(answer.message));
      else call?.resolve(answer.result as never);
    });
  });
}
