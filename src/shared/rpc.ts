/*
 * The one message protocol between a webview and its host. A contract lists the requests a webview may make
 * and the events its host may send; both sides compile the same contract, so a change breaks both builds.
 *
 * Webview to host: `ready` once its listeners are up, `request` with an id, `cancel` with that id.
 * Host to webview: `result` or `error` for an id, `event` by name. Nothing is sent before `ready`.
 */

/** Shape of a contract. Everything in it must survive structured clone. */
export interface RpcContract {
  readonly requests: Record<string, { readonly params: unknown; readonly result: unknown }>;
  readonly events: Record<string, unknown>;
}

/** Names of the requests of a contract. */
export type MethodOf<C extends RpcContract> = keyof C['requests'] & string;

/** What a request takes. */
export type ParamsOf<C extends RpcContract, M extends MethodOf<C>> = C['requests'][M]['params'];

/** What a request answers. */
export type ResultOf<C extends RpcContract, M extends MethodOf<C>> = C['requests'][M]['result'];

/** Names of the events of a contract. */
export type EventOf<C extends RpcContract> = keyof C['events'] & string;

/** What an event carries: always a full snapshot, because a queued event keeps only the latest of its name. */
export type PayloadOf<C extends RpcContract, N extends EventOf<C>> = C['events'][N];

/** A failure as it crosses to the webview: a word for code, a sentence for a person, nothing else. */
export interface RpcFailure {
  readonly reason: string;
  readonly sentence: string;
}

/** What a webview sends. */
export type MessageToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'request'; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly type: 'cancel'; readonly id: number };

/** What a host sends. */
export type MessageToWebview =
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: RpcFailure }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };
