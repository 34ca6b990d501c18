import * as v from 'valibot';
import { isCancellation } from '../../core/foundation/abort';
import type { Disposable } from '../../core/foundation/disposables';
import { isLicenseError, LicenseError } from '../../core/foundation/errors';
import type { Logger } from '../../core/foundation/logger';
import type {
  EventOf,
  MessageToWebview,
  MethodOf,
  ParamsOf,
  PayloadOf,
  ResultOf,
  RpcContract,
  RpcFailure,
} from '../../shared/rpc';

/** The part of a `vscode.Webview` that the protocol needs. */
export interface MessageChannel {
  postMessage(message: MessageToWebview): PromiseLike<boolean>;
  onDidReceiveMessage(listener: (message: unknown) => unknown): Disposable;
}

/** One request: how its params must look, and what answers it. The signal ends with the call or the page. */
export interface RpcMethod<Params, Result> {
  readonly params: v.GenericSchema<unknown, Params>;
  handle(params: Params, signal: AbortSignal): Promise<Result>;
}

/** All requests of a contract. */
export type RpcMethods<C extends RpcContract> = {
  readonly [M in MethodOf<C>]: RpcMethod<ParamsOf<C, M>, ResultOf<C, M>>;
};

/** What the server needs around it. */
export interface RpcServerOptions {
  readonly logger: Logger;
  /** Makes the sentence for a person. */
  readonly describeError: (error: unknown) => string;
  /** A page has loaded (again): whatever the page before it held can go. */
  readonly onReady?: () => void;
}

const callId = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const messageSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('request'), id: callId, method: v.string(), params: v.unknown() }),
  v.object({ type: v.literal('cancel'), id: callId }),
]);

/**
 * Host side of the protocol. A webview is untrusted: every message and the params of every request are
 * validated, unknown ones are logged and dropped. A page that loads again starts from nothing, so calls of
 * the page before it are aborted.
 */
export class RpcServer<C extends RpcContract> implements Disposable {
  private readonly calls = new Map<number, AbortController>();
  /** Latest payload by event name, for a page that is not ready; a payload is a full snapshot. */
  private readonly queued = new Map<string, unknown>();
  private readonly methods: ReadonlyMap<string, RpcMethod<unknown, unknown>>;
  private readonly subscription: Disposable;
  private ready = false;
  private disposed = false;

  constructor(
    private readonly channel: MessageChannel,
    methods: RpcMethods<C>,
    private readonly options: RpcServerOptions,
  ) {
    // A map, so that a request named `constructor` or `__proto__` does not reach a prototype.
    this.methods = new Map(
      (Object.keys(methods) as MethodOf<C>[]).map((name) => [name, widen(methods[name])]),
    );
    this.subscription = channel.onDidReceiveMessage((message) => this.receive(message));
  }

  /** True while a page is loaded and listens. */
  get isReady(): boolean {
    return this.ready;
  }

  /** Sends an event, or keeps the latest of its name until the page is ready. */
  emit<N extends EventOf<C>>(name: N, payload: PayloadOf<C, N>): void {
    if (this.disposed) return;
    if (this.ready) this.post({ type: 'event', name, payload });
    else this.queued.set(name, payload);
  }

  /** The page is gone (hidden panels lose theirs): aborts its calls and queues events until the next one. */
  suspend(): void {
    this.ready = false;
    for (const call of this.calls.values()) call.abort();
    this.calls.clear();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.suspend();
    this.queued.clear();
    this.subscription.dispose();
  }

  private receive(raw: unknown): void {
    const parsed = v.safeParse(messageSchema, raw);
    if (!parsed.success) {
      this.options.logger.warn('Dropped a message of a webview that is not of the protocol.');
      return;
    }
    const message = parsed.output;
    if (message.type === 'ready') {
      this.suspend();
      this.ready = true;
      this.options.onReady?.();
      for (const [name, payload] of this.queued) this.post({ type: 'event', name, payload });
      this.queued.clear();
    } else if (message.type === 'cancel') {
      this.calls.get(message.id)?.abort();
    } else {
      void this.answer(message.id, message.method, message.params);
    }
  }

  private async answer(id: number, name: string, params: unknown): Promise<void> {
    if (this.calls.has(id)) {
      this.options.logger.warn(`Dropped a request of a webview with an id that is in use.`);
      return;
    }
    const call = new AbortController();
    this.calls.set(id, call);
    let reply: MessageToWebview;
    try {
      reply = { type: 'result', id, result: await this.invoke(name, params, call.signal) };
    } catch (error) {
      if (!isCancellation(error))
        this.options.logger.error(`The request '${name}' of a webview failed.`, error);
      reply = { type: 'error', id, error: this.failure(error) };
    }
    // Only if this call is still the one of its id: the page that asked may have gone meanwhile.
    if (this.calls.get(id) !== call) return;
    this.calls.delete(id);
    if (!call.signal.aborted) this.post(reply);
  }

  private invoke(name: string, params: unknown, signal: AbortSignal): Promise<unknown> {
    const method = this.methods.get(name);
    if (method === undefined) return Promise.reject(invalidRequest(name));
    const parsed = v.safeParse(method.params, params);
    if (!parsed.success) return Promise.reject(invalidRequest(name));
    return method.handle(parsed.output, signal);
  }

  private failure(error: unknown): RpcFailure {
    const other = isCancellation(error) ? 'cancelled' : 'unexpected';
    return {
      reason: isLicenseError(error) ? error.reason : other,
      sentence: this.options.describeError(error),
    };
  }

  private post(message: MessageToWebview): void {
    // Sending to a page that closes at this moment rejects, which is of no interest.
    this.channel.postMessage(message).then(undefined, () => undefined);
  }
}

/** A request that does not exist or has wrong params: a bug of the page, or not our page. */
function invalidRequest(method: string): LicenseError {
  const name = JSON.stringify(method.slice(0, 100));
  return new LicenseError('invalidArgument', `The webview sent a request that is not valid: ${name}.`);
}

/** A method is called only with what its own schema made, so the type of the params can be forgotten. */
function widen<Params, Result>(method: RpcMethod<Params, Result>): RpcMethod<unknown, unknown> {
  return {
    params: method.params,
    handle: (params, signal) => method.handle(params as Params, signal),
  };
}
