import type { RpcContract } from '../../src/shared/rpc';
import { RpcClient } from './rpcClient';

/** The page's side of its panel: calls, and the state that survives hiding and a window reload. */
export interface HostConnection<C extends RpcContract> {
  readonly rpc: RpcClient<C>;
  /** What was saved, from an earlier version perhaps, so of unknown shape. */
  readonly savedState: unknown;
  saveState(state: object): void;
}

/** Connects to the host; possible once per page. */
export function connectHost<C extends RpcContract>(): HostConnection<C> {
  const api = acquireVsCodeApi();
  const rpc = new RpcClient<C>({
    send: (message) => api.postMessage(message),
    listen: (listener) => window.addEventListener('message', (event) => listener(event.data)),
  });
  let next: object | undefined;
  return {
    rpc,
    savedState: api.getState(),
    // Scrolling changes the state at every frame; one save per frame is enough.
    saveState: (state) => {
      if (next === undefined) requestAnimationFrame(flush);
      next = state;
    },
  };

  function flush(): void {
    api.setState(next);
    next = undefined;
  }
}
