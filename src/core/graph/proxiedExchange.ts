import type { LicenseError } from '../foundation/errors';
import type { HttpResponse } from './httpClient';
import type { ToHttpWorker } from './httpWorkerMessages';

/** Status and headers of a response whose body is still to come. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** One request of the main thread to the HTTP thread, from its start to the last byte read. */
export class ProxiedExchange {
  /** The whole response of a `send`. */
  readonly response: Promise<HttpResponse>;
  /** The beginning of the response of a `stream`. */
  readonly head: Promise<ResponseHead>;

  private resolveResponse: (response: HttpResponse) => void = () => undefined;
  private resolveHead: (head: ResponseHead) => void = () => undefined;
  private reject: (error: LicenseError) => void = () => undefined;
  private readonly chunks: Uint8Array[] = [];
  private over = false;
  private failure: LicenseError | undefined;
  private wake: () => void = () => undefined;

  /** @param onOver called once, when the HTTP thread has nothing more to say or nobody listens any longer */
  constructor(
    private readonly id: number,
    private readonly post: (message: ToHttpWorker) => void,
    private readonly onOver: () => void,
  ) {
    const failed = new Promise<never>((_, reject) => (this.reject = reject));
    this.response = Promise.race([
      failed,
      new Promise<HttpResponse>((done) => (this.resolveResponse = done)),
    ]);
    this.head = Promise.race([failed, new Promise<ResponseHead>((done) => (this.resolveHead = done))]);
    // Only one of the two is ever asked for.
    this.response.catch(() => undefined);
    this.head.catch(() => undefined);
  }

  answer(response: HttpResponse): void {
    this.resolveResponse(response);
    this.end();
  }

  begin({ status, headers }: ResponseHead): void {
    this.resolveHead({ status, headers });
  }

  add(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.wake();
  }

  /** The HTTP thread has said its last. A failure comes after the chunks before it. */
  end(failure?: LicenseError): void {
    if (this.over) return;
    this.over = true;
    this.failure = failure;
    if (failure) this.reject(failure);
    this.onOver();
    this.wake();
  }

  /** Ends it from this side, at once. */
  fail(failure: LicenseError): void {
    if (this.over) return;
    this.chunks.length = 0;
    this.post({ type: 'cancel', id: this.id });
    this.end(failure);
  }

  /**
   * The body. No more than the window is ever on its way: the thread goes on as chunks are taken.
   * @param window bytes
   */
  async *read(window: number): AsyncGenerator<Uint8Array, void, undefined> {
    const { id } = this;
    try {
      if (!this.over) this.post({ type: 'room', id, bytes: window });
      for (;;) {
        const chunk = this.chunks.shift();
        if (chunk) {
          yield chunk;
          if (!this.over) this.post({ type: 'room', id, bytes: chunk.byteLength });
        } else if (this.over) {
          if (this.failure) throw this.failure;
          return;
        } else {
          await new Promise<void>((resolve) => (this.wake = resolve));
        }
      }
    } finally {
      this.leave();
    }
  }

  /** The reader stopped early: what is still to come is not wanted. */
  private leave(): void {
    this.chunks.length = 0;
    if (this.over) return;
    this.post({ type: 'cancel', id: this.id });
    this.end();
  }
}
