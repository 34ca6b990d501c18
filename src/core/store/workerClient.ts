import { Worker } from 'node:worker_threads';
import { fromErrorRecord, LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import { removeLocksOf } from './fileLock';
import type { StoreChange } from './store';
import type { FromWorker, StoreCalls, ToWorker, WorkerSetup } from './workerProtocol';

/** What {@link WorkerClient} needs. */
export interface WorkerClientOptions {
  readonly workerPath: string;
  readonly setup: WorkerSetup;
  readonly logger: Logger;
  readonly onChange: (change: StoreChange) => void;
}

/** How one call differs from the usual. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number, total: number) => void;
  /** Buffers among the arguments that change hands instead of being copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

interface PendingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress?: (rows: number, total: number) => void;
}

/** Starts the worker at the first call, and anew after it died; matches answers to calls. */
export class WorkerClient {
  private worker: Worker | null = null;
  private readonly pending = new Map<number, PendingCall>();
  private lastId = 0;
  private disposed = false;

  constructor(private readonly options: WorkerClientOptions) {}

  /** @throws whatever the worker's side throws, `cancelled` at once when the signal is aborted */
  call<M extends keyof StoreCalls>(
    method: M,
    args: Parameters<StoreCalls[M]>,
    options: CallOptions = {},
  ): Promise<ReturnType<StoreCalls[M]>> {
    const { signal, onProgress, transfer } = options;
    return new Promise<ReturnType<StoreCalls[M]>>((resolve, reject) => {
      if (this.disposed) {
        reject(new LicenseError('storeFailed', 'The store is closed.'));
        return;
      }
      if (signal?.aborted) {
        reject(new LicenseError('cancelled', 'The operation was cancelled.'));
        return;
      }
      const id = ++this.lastId;
      const onAbort = (): void => {
        this.post({ type: 'cancel', id });
        // An export cleans up behind itself before it answers; anything else is only waited for.
        if (method === 'exportCsv') return;
        this.pending.delete(id);
        reject(new LicenseError('cancelled', 'The operation was cancelled.'));
      };
      const settle = (): void => signal?.removeEventListener('abort', onAbort);
      this.pending.set(id, {
        resolve: (value) => {
          settle();
          resolve(value as ReturnType<StoreCalls[M]>);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
        onProgress,
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        this.post({ type: 'call', id, method, args } as ToWorker, transfer);
      } catch (error) {
        // What can't be cloned (a function among the arguments) never reaches the worker.
        this.pending.delete(id);
        settle();
        reject(new LicenseError('invalidArgument', `The arguments can't be sent: ${String(error)}`));
      }
    });
  }

  /** Lets running calls finish, gives locks back, ends the worker. */
  async dispose(): Promise<void> {
    if (this.disposed) return;
    const { worker } = this;
    if (worker) {
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      await this.call('close', []).catch(() => undefined);
      this.disposed = true;
      await ended;
    }
    this.disposed = true;
  }

  private post(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.worker ??= this.start();
    this.worker.postMessage(message, transfer);
  }

  private start(): Worker {
    const { workerPath, setup } = this.options;
    // No arguments of the host's Node: a loader or a debugger port is not meant for this thread.
    const worker = new Worker(workerPath, { workerData: setup, execArgv: [], name: 'licenses-store' });
    worker.on('message', (message: FromWorker) => this.receive(message));
    let failure: unknown;
    worker.on('error', (error: unknown) => {
      failure = error;
    });
    worker.on('exit', (code) => this.ended(worker, code, failure));
    return worker;
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case 'result':
        this.take(message.id)?.resolve(message.value);
        break;
      case 'error':
        this.take(message.id)?.reject(fromErrorRecord(message.error));
        break;
      case 'progress':
        this.pending.get(message.id)?.onProgress?.(message.rows, message.total);
        break;
      case 'change':
        try {
          this.options.onChange(message.change);
        } catch (error) {
          this.options.logger.error('A listener of the store failed.', error);
        }
        break;
      case 'log':
        this.options.logger[message.level](message.message);
        break;
    }
  }

  private take(id: number): PendingCall | undefined {
    const call = this.pending.get(id);
    this.pending.delete(id);
    return call;
  }

  private ended(worker: Worker, code: number, failure: unknown): void {
    if (this.worker === worker) this.worker = null;
    // Ids are not reused, so what is pending was sent to this worker.
    const lost = [...this.pending.values()];
    this.pending.clear();
    if (failure !== undefined || lost.length > 0) {
      this.options.logger.error('The store worker ended.', failure ?? new Error(`exit code ${code}`));
      removeLocksOf(this.options.setup.folder, this.options.setup.storeId);
    }
    const why = failure instanceof Error ? failure.message : `exit code ${code}`;
    for (const call of lost) {
      call.reject(new LicenseError('storeFailed', `The store worker ended: ${why}`, { why }));
    }
  }
}
