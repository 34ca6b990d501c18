import type {
  EventOf,
  MessageToHost,
  MessageToWebview,
  MethodOf,
  ParamsOf,
  PayloadOf,
  ResultOf,
  RpcContract,
} from '../../src/shared/rpc';

/** A request that failed at the host. `message` is the sentence for a person. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    /** A reason of the product's errors; `cancelled` when the page itself gave up. */
    readonly reason: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** The reason and sentence of anything thrown in a page. */
export function failureOf(error: unknown): { reason: string; sentence: string } {
  if (error instanceof RequestError) return { reason: error.reason, sentence: error.message };
  return { reason: 'unexpected', sentence: error instanceof Error ? error.message : String(error) };
}

/** How messages leave and arrive; the page gives `acquireVsCodeApi().postMessage` and `window`. */
export interface Wire {
  send(message: MessageToHost): void;
  listen(listener: (message: unknown) => void): void;
}

interface PendingCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Webview side of the protocol. Subscribe to events first, then call {@link RpcClient.ready}. */
export class RpcClient<C extends RpcContract> {
  private readonly pending = new Map<number, PendingCall>();
  private readonly listeners = new Map<string, (payload: never) => void>();
  private nextId = 1;

  constructor(private readonly wire: Wire) {
    wire.listen((message) => this.receive(message));
  }

  /** Sets the listener of an event. */
  on<N extends EventOf<C>>(name: N, listener: (payload: PayloadOf<C, N>) => void): void {
    this.listeners.set(name, listener);
  }

  /** Tells the host that this page listens; the host sends nothing before. */
  ready(): void {
    this.wire.send({ type: 'ready' });
  }

  /** Asks the host. Rejects with {@link RequestError}; aborting the signal tells the host to stop, too. */
  request<M extends MethodOf<C>>(
    method: M,
    params: ParamsOf<C, M>,
    signal?: AbortSignal,
  ): Promise<ResultOf<C, M>> {
    if (signal?.aborted) return Promise.reject(cancelled());
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.pending.delete(id);
        this.wire.send({ type: 'cancel', id });
        reject(cancelled());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const settled = (): void => signal?.removeEventListener('abort', onAbort);
      this.pending.set(id, {
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      this.wire.send({ type: 'request', id, method, params });
    });
  }

  private receive(raw: unknown): void {
    if (!isMessage(raw)) return;
    if (raw.type === 'event') {
      this.listeners.get(raw.name)?.(raw.payload as never);
      return;
    }
    const call = this.pending.get(raw.id);
    // An answer to a call that was cancelled meanwhile.
    if (call === undefined) return;
    this.pending.delete(raw.id);
    if (raw.type === 'result') call.resolve(raw.result);
    else call.reject(new RequestError(raw.error.reason, raw.error.sentence));
  }
}

function cancelled(): RequestError {
  return new RequestError('cancelled', 'Cancelled.');
}

/** Other scripts of the workbench may post to the same window. */
function isMessage(raw: unknown): raw is MessageToWebview {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'type' in raw &&
    (raw.type === 'result' || raw.type === 'error' || raw.type === 'event')
  );
}
