/*
 * Entry of the worker thread that owns the data file (a bundle of its own). SQL, file access and evaluation happen
 * here, so that the extension host's thread stays free. The thread that judges large tenants starts here too.
 */
import * as fs from 'node:fs';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import * as v from 'valibot';
import { isLicenseError, toErrorRecord } from '../foundation/errors';
import { silentLogger, type Logger } from '../foundation/logger';
import { serveAsJudge } from './judgeThread';
import { loadSqlite } from './nativeSqlite';
import { asStoreError } from './sqlDatabase';
import { createStoreCalls, type WorkerCalls } from './storeCalls';
import type { FromWorker, ToWorker, WorkerSetup } from './workerProtocol';

const workerSetup = v.object({
  folder: v.string(),
  wasmPath: v.string(),
  storeId: v.string(),
  watch: v.boolean(),
});

function serve(port: MessagePort, setup: WorkerSetup): void {
  const post = (message: FromWorker): void => port.postMessage(message);
  const logger: Logger = {
    ...silentLogger,
    info: (message) => post({ type: 'log', level: 'info', message }),
    warn: (message) => post({ type: 'log', level: 'warn', message }),
  };
  const cancellations = new Map<number, AbortController>();
  let loading: Promise<WorkerCalls> | undefined;

  const load = async (): Promise<WorkerCalls> => {
    // Bytes, because emscripten would fetch a path its own way.
    const sql = await loadSqlite(new Uint8Array(fs.readFileSync(setup.wasmPath)));
    return createStoreCalls({
      sql,
      folder: setup.folder,
      storeId: setup.storeId,
      watch: setup.watch,
      logger,
      onChange: (change) => post({ type: 'change', change }),
      judgeProgram: __filename,
    });
  };

  const answer = async (message: Extract<ToWorker, { type: 'call' }>): Promise<void> => {
    const { id } = message;
    const controller = new AbortController();
    cancellations.set(id, controller);
    try {
      loading ??= load().catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      const calls = await loading;
      const value = await calls.handle(message, controller.signal, (rows, total) =>
        post({ type: 'progress', id, rows, total }),
      );
      post({ type: 'result', id, value });
    } catch (error) {
      post({
        type: 'error',
        id,
        error: toErrorRecord(isLicenseError(error) ? error : asStoreError(error, message.method)),
      });
    } finally {
      cancellations.delete(id);
    }
    // The answer to a close must be on its way before the port closes, which ends the thread.
    if (message.method === 'close') port.close();
  };

  port.on('message', (message: ToWorker) => {
    if (message.type === 'cancel') cancellations.get(message.id)?.abort();
    else void answer(message);
  });
}

if (parentPort && !serveAsJudge(workerData)) serve(parentPort, v.parse(workerSetup, workerData));
