import { Worker } from 'node:worker_threads';
import { throwIfAborted } from '../foundation/abort';
import type { Disposable } from '../foundation/disposables';
import { fromErrorRecord, LicenseError } from '../foundation/errors';
import type {
  HttpClient,
  HttpClientOptions,
  HttpProxy,
  HttpRequest,
  HttpResponse,
  HttpStreamResponse,
} from './httpClient';
import type { FromHttpWorker, ToHttpWorker } from './httpWorkerMessages';
import { ProxiedExchange } from './proxiedExchange';

/** Where and for how long the thread of a client runs. */
export interface ProxiedHttpClientHost {
  /** The bundled `httpWorker.js`. */
  readonly workerPath: string;
  /** The thread ends when nothing was asked of it for so long. Milliseconds; a minute unless told. */
  readonly idleMs?: number;
}

/** Bytes of a body that may be on their way to a reader that has not taken them yet. */
const windowBytes = 512 * 1024;
const defaultIdleMs = 60_000;

/**
 * Makes the HTTP client of a connection with a proxy of its own: everything goes through it by CONNECT, and
 * nothing around it. It works on a thread of its own, which starts with the first request, ends when idle, and
 * starts again when needed. See {@link HttpClient} for its promises.
 */
export function createProxiedHttpClient(
  options: HttpClientOptions & { readonly proxy: HttpProxy },
  host: ProxiedHttpClientHost,
): HttpClient & Disposable {
  return new ProxiedHttpClient(options, host);
}

class ProxiedHttpClient implements HttpClient, Disposable {
  private worker: Worker | null = null;
  private readonly exchanges = new Map<number, ProxiedExchange>();
  private lastId = 0;
  private idle: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(
    private readonly options: HttpClientOptions,
    private readonly host: ProxiedHttpClientHost,
  ) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    return this.start('send', request).response;
  }

  async stream(request: HttpRequest): Promise<HttpStreamResponse> {
    const exchange = this.start('stream', request);
    const { status, headers } = await exchange.head;
    return { status, headers, body: exchange.read(windowBytes) };
  }

  /** Cancels what runs and ends the thread. */
  async dispose(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.idle);
    for (const exchange of [...this.exchanges.values()]) exchange.fail(cancelled());
    await this.stop();
  }

  private start(type: 'send' | 'stream', request: HttpRequest): ProxiedExchange {
    const { signal, onBeginning: _, ...plain } = request;
    throwIfAborted(signal);
    if (this.disposed) throw cancelled();
    const id = ++this.lastId;
    const post = (message: ToHttpWorker): void => this.worker?.postMessage(message);
    const onAbort = (): void => exchange.fail(cancelled());
    const exchange = new ProxiedExchange(id, post, () => {
      signal?.removeEventListener('abort', onAbort);
      this.exchanges.delete(id);
      if (this.exchanges.size === 0) this.rest();
    });
    this.exchanges.set(id, exchange);
    signal?.addEventListener('abort', onAbort, { once: true });
    clearTimeout(this.idle);
    this.worker ??= this.startWorker();
    this.worker.ref();
    post({ type, id, request: plain });
    return exchange;
  }

  /** With nothing to do the thread keeps no program running, and ends after a while. */
  private rest(): void {
    this.worker?.unref();
    if (this.disposed) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => void this.stop(), this.host.idleMs ?? defaultIdleMs);
    this.idle.unref();
  }

  private async stop(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private startWorker(): Worker {
    // No arguments of the host's Node: a loader or a debugger port is not meant for this thread.
    const worker = new Worker(this.host.workerPath, {
      workerData: this.options,
      execArgv: [],
      name: 'licenses-http',
    });
    let why = '';
    worker.on('message', (message: FromHttpWorker) => this.receive(message));
    worker.on('error', (error: unknown) => {
      why = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', (code) => {
      // One that was told to end has no exchanges: those that there are belong to its successor.
      if (this.worker !== worker) return;
      this.worker = null;
      const failure = `The HTTP thread ended: ${why || `exit code ${code}`}`;
      for (const exchange of [...this.exchanges.values()]) {
        exchange.fail(new LicenseError('unexpected', failure));
      }
    });
    return worker;
  }

  private receive(message: FromHttpWorker): void {
    // What was cancelled is no longer there, and may still get an answer.
    const exchange = this.exchanges.get(message.id);
    switch (message.type) {
      case 'response':
        exchange?.answer(message.response);
        break;
      case 'head':
        exchange?.begin(message);
        break;
      case 'chunk':
        exchange?.add(message.bytes);
        break;
      case 'end':
        exchange?.end();
        break;
      case 'error':
        exchange?.end(fromErrorRecord(message.error));
        break;
    }
  }
}

function cancelled(): LicenseError {
  return new LicenseError('cancelled', 'The operation was cancelled.');
}
