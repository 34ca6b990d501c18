import { Buffer } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** The listeners of the sample tenant. */
export type SampleOrigin = 'login' | 'graph' | 'download' | 'pages';

/** A request whose body has been read. */
export interface SampleRequest {
  readonly origin: SampleOrigin;
  readonly method: string;
  /** Percent-decoded path. */
  readonly path: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An answer. A body of several pieces is sent piece by piece, at the speed of the reader. */
export interface SampleReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Iterable<string | Uint8Array>;
}

/** Answers a request. */
export type SampleHandler = (request: SampleRequest) => SampleReply | Promise<SampleReply>;

/** A JSON answer. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): SampleReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** A redirect. */
export function redirect(location: string, headers: Readonly<Record<string, string>> = {}): SampleReply {
  return { status: 302, headers: { location, ...headers }, body: '' };
}

const bodyLimit = 4 * 1024 * 1024;

/** Reads a request whole; null when it is larger than Graph would take. */
export async function readRequest(
  origin: SampleOrigin,
  message: IncomingMessage,
): Promise<SampleRequest | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return null;
    chunks.push(chunk);
  }
  const target = message.url ?? '/';
  const url = new URL(target, 'http://localhost');
  return {
    origin,
    method: message.method ?? 'GET',
    path: decode(url.pathname),
    target,
    query: url.searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The body of a reply as one text. */
export function bodyText(reply: SampleReply): string {
  const { body = '' } = reply;
  if (typeof body === 'string') return body;
  const pieces = [...body].map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece));
  return Buffer.concat(pieces).toString('utf8');
}

/** Sends a reply. With `cut` the connection is destroyed in the middle of the body. */
export async function sendReply(
  response: ServerResponse,
  reply: SampleReply,
  headers: Readonly<Record<string, string>>,
  cut: boolean,
): Promise<void> {
  const body = reply.body ?? '';
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries({ ...headers, ...reply.headers }))
    response.setHeader(name, value);
  if (typeof body === 'string') {
    const bytes = Buffer.from(body, 'utf8');
    response.setHeader('content-length', bytes.length);
    if (cut) {
      await write(response, bytes.subarray(0, Math.floor(bytes.length / 2)));
      response.destroy();
      return;
    }
    response.end(bytes);
    return;
  }
  let pieces = 0;
  for (const piece of body) {
    if (response.destroyed) return;
    if (cut && pieces++ === 1) {
      response.destroy();
      return;
    }
    await write(response, typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece);
  }
  if (cut) response.destroy();
  else response.end();
}

function write(response: ServerResponse, bytes: Uint8Array): Promise<void> | undefined {
  if (response.write(bytes)) return undefined;
  return new Promise((resolve) => {
    // A reader that goes away never drains.
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
