import { parentPort, workerData } from 'node:worker_threads';
import type { SampleOptions } from './sampleOptions';
import type { SampleTenant } from './sampleTenant';
import { startSampleTenant } from './sampleTenant';
import type { WorkerAnswer, WorkerRequest } from './workerMessages';

/** Entry of the sample tenant's thread; see `sampleTenantThread.ts` for the other side. */
async function run(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('sampleWorker runs as a worker thread only.');
  const send = (answer: WorkerAnswer): void => port.postMessage(answer);
  const tenant = await startSampleTenant(workerData as SampleOptions);
  port.on('message', (request: WorkerRequest & { id: number }) => {
    answer(tenant, request).then(
      (result) => send({ kind: 'done', id: request.id, result }),
      (error: unknown) => send({ kind: 'failed', id: request.id, message: String(error) }),
    );
  });
  send({ kind: 'ready', address: tenant.address });
}

function answer(tenant: SampleTenant, request: WorkerRequest): Promise<unknown> {
  switch (request.kind) {
    case 'configure':
      return tenant.configure(request.change);
    case 'issuedTokens':
      return tenant.issuedTokens();
    case 'journal':
      return tenant.journal();
    case 'approveDeviceCode':
      return tenant.approveDeviceCode(request.userCode, request.decision);
    case 'close':
      return tenant.close();
  }
}

run().catch((error: unknown) => {
  // Thrown outside of any promise it reaches the main thread as the worker's error event.
  setImmediate(() => {
    throw error;
  });
});
