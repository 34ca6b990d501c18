import * as http from 'node:http';
import * as https from 'node:https';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import * as tls from 'node:tls';
import { createGunzip } from 'node:zlib';
import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { throwIfAborted } from '../foundation/abort';
import { LicenseError } from '../foundation/errors';
import { isLoopbackHost } from '../model/networkNames';
import { BodyBuffer, BodyMemory } from './bodyBuffer';
import type {
  HttpClient,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
  HttpStreamResponse,
} from './httpClient';
import { httpFailure, placeOf, timeoutFailure } from './httpFailure';
import { createProxyAgents } from './proxyAgents';

const defaultTimeoutMs = 60_000;
/** How much of a text is its beginning: enough for what Graph says before the values of a page. Bytes. */
const beginningLength = 4096;
/** What one round through the thread pool unzips at most; the default of 16 KiB makes a page many rounds. Bytes. */
const unzippedChunk = 64 * 1024;
/** How long an idle connection is kept for the next request. Milliseconds. */
const idleMs = 15_000;

/**
 * Makes the HTTP client of one connection, on axios. See {@link HttpClient} for its promises. One with a proxy
 * keeps them only off the extension host's main thread: see `createProxiedHttpClient`.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return new AxiosHttpClient(options);
}

class AxiosHttpClient implements HttpClient {
  private readonly axios: AxiosInstance;
  private readonly memory = new BodyMemory();

  constructor({ extraCertificates = [], proxy }: HttpClientOptions) {
    const ownTrust = extraCertificates.length > 0 && !proxy;
    const agents = proxy
      ? createProxyAgents(proxy, extraCertificates, idleMs)
      : {
          httpAgent: new http.Agent({ keepAlive: true, timeout: idleMs }),
          httpsAgent: new https.Agent({ keepAlive: true, timeout: idleMs }),
        };
    this.axios = axios.create({
      // Not axios's own way through a proxy: the agents do that, or VS Code below this layer.
      proxy: false,
      maxRedirects: 0,
      ...agents,
      transport: transportWith(ownTrust ? trusting(extraCertificates) : () => undefined),
      responseType: 'stream',
      // Axios would take a compressed body that ends too early for whole.
      decompress: false,
      validateStatus: () => true,
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      headers: { common: { 'user-agent': 'm365-license-manager', 'accept-encoding': 'gzip' } },
    });
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { status, headers, body } = await this.stream(request);
    const buffer = new BodyBuffer(this.memory);
    let onBeginning = status === 200 ? request.onBeginning : undefined;
    for await (const chunk of body) {
      buffer.add(chunk);
      if (onBeginning === undefined || buffer.bytes.byteLength < beginningLength) continue;
      onBeginning(buffer.bytes.toString('utf8'));
      onBeginning = undefined;
    }
    const all = buffer.bytes;
    const bytes = all.byteLength;
    if (status === 200 && request.wantsBody === true) {
      return { status, headers, bytes, text: '', body: all, release: () => buffer.release() };
    }
    const text = new TextDecoder().decode(all);
    buffer.release();
    return { status, headers, bytes, text };
  }

  async stream(request: HttpRequest): Promise<HttpStreamResponse> {
    const url = checkedUrl(request.url);
    throwIfAborted(request.signal);
    const watch = new Watch(request);
    try {
      const response: AxiosResponse<Readable> = await this.axios.request({
        method: request.method,
        url: url.href,
        headers: { ...request.headers },
        data: request.body,
        signal: watch.signal,
      });
      return {
        status: response.status,
        headers: plainHeaders(response),
        body: readBody(decompressed(response), watch),
      };
    } catch (error) {
      throw watch.finish(error);
    }
  }
}

/**
 * What axios calls in place of `https.request`. VS Code replaces the agent of a request by its own, and with it
 * the agent's certificates; what is given in the request's own options reaches TLS all the same.
 */
function transportWith(trust: () => tls.SecureContext | undefined): {
  request: (
    options: https.RequestOptions,
    callback: (response: http.IncomingMessage) => void,
  ) => http.ClientRequest;
} {
  return {
    request: (options, callback) =>
      options.protocol === 'http:'
        ? http.request(options, callback)
        : https.request({ ...options, ...contextOf(trust()) }, callback),
  };
}

/** Without a context of our own the option stays unset, which is what lets Node and VS Code add the system's own. */
function contextOf(secureContext: tls.SecureContext | undefined): { secureContext?: tls.SecureContext } {
  return secureContext === undefined ? {} : { secureContext };
}

/** Makes the context at its first use, one for all connections. */
function trusting(extraCertificates: readonly string[]): () => tls.SecureContext {
  let context: tls.SecureContext | undefined;
  return () => (context ??= contextTrusting(extraCertificates));
}

/**
 * Node's own roots and some more. Named as `ca`, each of its 150 roots is parsed anew, which keeps the event loop for
 * longer than anything else of an import; a context without `ca` shares those that Node has parsed, and takes more by
 * the function that Node calls for each of a `ca` (and VS Code for the certificates of the system).
 */
function contextTrusting(extraCertificates: readonly string[]): tls.SecureContext {
  const secureContext = tls.createSecureContext();
  const native = secureContext.context as { readonly addCACert?: (certificate: string) => void };
  if (typeof native.addCACert !== 'function') {
    return tls.createSecureContext({ ca: [...tls.rootCertificates, ...extraCertificates] });
  }
  for (const certificate of extraCertificates) native.addCACert(certificate);
  return secureContext;
}

function checkedUrl(text: string): URL {
  const place = placeOf(text);
  const url = URL.canParse(text) ? new URL(text) : null;
  const secure =
    url !== null &&
    url.username === '' &&
    url.password === '' &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)));
  if (!secure) {
    throw new LicenseError(
      'untrustedHost',
      `Only https is used, and ${place.host} was asked for without it.`,
      place,
    );
  }
  return url;
}

/** Ends a request when the caller cancels it, or when nothing has come for the time that was allowed. */
class Watch {
  private readonly controller = new AbortController();
  private readonly ms: number;
  private timer: NodeJS.Timeout | undefined;
  private timedOut = false;
  private readonly onAbort = (): void => this.controller.abort();

  constructor(private readonly request: HttpRequest) {
    this.ms = request.timeoutMs ?? defaultTimeoutMs;
    request.signal?.addEventListener('abort', this.onAbort, { once: true });
    this.restart();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  restart(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timedOut = true;
      // A body that nobody reads ends here as well, so nothing may be left behind.
      this.stop();
      this.controller.abort();
    }, this.ms);
  }

  pause(): void {
    clearTimeout(this.timer);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.request.signal?.removeEventListener('abort', this.onAbort);
  }

  /** Stops, and says what a failure of the request means. */
  finish(error: unknown): LicenseError {
    this.stop();
    if (this.request.signal?.aborted) return new LicenseError('cancelled', 'The operation was cancelled.');
    if (this.timedOut) return timeoutFailure(this.request.url, this.ms);
    return httpFailure(error, this.request.url);
  }
}

function decompressed({ data, headers, status }: AxiosResponse<Readable>): Readable {
  const encoding = headers['content-encoding'] as unknown;
  const packed = typeof encoding === 'string' && /^(x-)?gzip$/i.test(encoding.trim());
  if (!packed || status === 204 || status === 304) return data;
  // Errors of either end reach whoever reads the result.
  return pipeline(data, createGunzip({ chunkSize: unzippedChunk }), () => undefined);
}

async function* readBody(body: Readable, watch: Watch): AsyncGenerator<Uint8Array, void, undefined> {
  // The connection is cut rather than drained when the reader stops early.
  const onAbort = (): void => void body.destroy(new Error('aborted'));
  watch.signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (watch.signal.aborted) onAbort();
    watch.restart();
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      // A slow reader is not a slow server.
      watch.pause();
      yield chunk;
      watch.restart();
    }
  } catch (error) {
    throw watch.finish(error);
  } finally {
    watch.stop();
    watch.signal.removeEventListener('abort', onAbort);
    body.destroy();
  }
}

function plainHeaders(response: AxiosResponse): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
    else if (Array.isArray(value)) headers[name.toLowerCase()] = value.join(', ');
  }
  return headers;
}
