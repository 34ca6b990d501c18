import { toErrorRecord } from '../foundation/errors';
import type { HttpClient } from './httpClient';
import { timeoutFailure } from './httpFailure';
import type { FromHttpWorker, PlainRequest, ToHttpWorker } from './httpWorkerMessages';

/** The HTTP thread's end of its port. */
export interface HttpWorkerPort {
  postMessage(message: FromHttpWorker, transfer: readonly ArrayBuffer[]): void;
}

/** A body that nobody asks for is dropped after the request's own time-out, or this. Milliseconds. */
const unreadMs = 60_000;

/** Serves the requests of the main thread with a client of this one. */
export class HttpWorkerServer {
  private readonly exchanges = new Map<number, Exchange>();

  constructor(
    private readonly client: HttpClient,
    private readonly port: HttpWorkerPort,
  ) {}

  receive(message: ToHttpWorker): void {
    switch (message.type) {
      case 'send':
      case 'stream':
        void this.serve(message.type, message.id, message.request);
        break;
      case 'room':
        this.exchanges.get(message.id)?.add(message.bytes);
        break;
      case 'cancel':
        this.exchanges.get(message.id)?.cancel();
        break;
    }
  }

  private async serve(type: 'send' | 'stream', id: number, request: PlainRequest): Promise<void> {
    const exchange = new Exchange();
    this.exchanges.set(id, exchange);
    try {
      if (type === 'send') {
        const { release, body, ...rest } = await this.client.send({ ...request, signal: exchange.signal });
        // A copy, as of the chunks below.
        const bytes = body === undefined ? undefined : new Uint8Array(body);
        release?.();
        if (bytes === undefined) this.post({ type: 'response', id, response: rest });
        else this.post({ type: 'response', id, response: { ...rest, body: bytes } }, [bytes.buffer]);
      } else {
        await this.stream(id, request, exchange);
      }
    } catch (error) {
      this.post({ type: 'error', id, error: toErrorRecord(error) });
    } finally {
      this.exchanges.delete(id);
    }
  }

  private async stream(id: number, request: PlainRequest, exchange: Exchange): Promise<void> {
    const { status, headers, body } = await this.client.stream({ ...request, signal: exchange.signal });
    this.post({ type: 'head', id, status, headers });
    const patience = request.timeoutMs ?? unreadMs;
    if (!(await exchange.isWanted(patience))) throw timeoutFailure(request.url, patience);
    for await (const chunk of body) {
      // A copy: the chunk may lie in memory that others share, and only whole memory can be given away.
      const bytes = new Uint8Array(chunk);
      this.post({ type: 'chunk', id, bytes }, [bytes.buffer]);
      // Of the chunk: what has been given away has no length any more.
      await exchange.take(chunk.byteLength);
    }
    this.post({ type: 'end', id });
  }

  private post(message: FromHttpWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer);
  }
}

/** One request that is being served: how to cancel it, and how much its reader can take. */
class Exchange {
  private readonly controller = new AbortController();
  private room = 0;
  private wake: () => void = () => undefined;

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  cancel(): void {
    this.controller.abort();
    this.wake();
  }

  add(bytes: number): void {
    this.room += bytes;
    this.wake();
  }

  /** Whether the reader asked for the body in time; true as well when the request was cancelled meanwhile. */
  async isWanted(ms: number): Promise<boolean> {
    if (this.isFree()) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
    await Promise.race([this.change(), late]);
    clearTimeout(timer);
    if (this.isFree()) return true;
    this.controller.abort();
    return false;
  }

  /** Takes room for bytes that have been sent, and waits until there is some left. */
  async take(bytes: number): Promise<void> {
    this.room -= bytes;
    while (!this.isFree()) await this.change();
  }

  private isFree(): boolean {
    return this.room > 0 || this.signal.aborted;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }
}
