import type { ErrorRecord } from '../foundation/errors';
import type { HttpRequest, HttpResponse } from './httpClient';

/** A request as it crosses to the HTTP thread; cancelling is a message of its own, and functions stay behind. */
export type PlainRequest = Omit<HttpRequest, 'signal' | 'onBeginning'>;

/** What the HTTP thread is asked. Ids are never used twice. */
export type ToHttpWorker =
  | { readonly type: 'send' | 'stream'; readonly id: number; readonly request: PlainRequest }
  /** The reader of a body has room for so many more bytes. Nothing of a body comes before the first of these. */
  | { readonly type: 'room'; readonly id: number; readonly bytes: number }
  | { readonly type: 'cancel'; readonly id: number };

/** What it answers. Each request ends with `response`, `end` or `error`. */
export type FromHttpWorker =
  | { readonly type: 'response'; readonly id: number; readonly response: Omit<HttpResponse, 'release'> }
  | {
      readonly type: 'head';
      readonly id: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: 'chunk'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorRecord };
