import { createHash, timingSafeEqual } from 'node:crypto';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { LicenseError } from '../foundation/errors';
import { finishPage, pageHeaders } from './finishPage';

/** Where the browser comes back to after a sign-in. */
export interface LoopbackListener {
  /** What to send as `redirect_uri`. */
  readonly redirectUri: string;
  /** Parameters of the answer: `code`, or `error` and `error_description`. Waits for ever; never rejects. */
  readonly answer: Promise<URLSearchParams>;
  /** Stops listening. After an answer the browser gets a moment to fetch the last page. */
  close(): void;
}

/** Options of {@link listenOnLoopback}. */
export interface LoopbackOptions {
  /** The answer must carry this `state`; others are refused and the wait goes on. */
  readonly state: string;
  /** A registered loopback redirect URI whose host, path and port are kept; `http://localhost` unless told. */
  readonly redirectUri?: string;
  readonly onRefused?: (why: string) => void;
}

/** How long the browser has to fetch the last page. Milliseconds. */
const lastPageMs = 2_000;

/**
 * Listens on 127.0.0.1 for the redirect of one sign-in. Entra ID ignores the port of `http://localhost`, so any
 * free one will do. The answer comes as a query (`response_mode=query`): a page of https that posts a form to
 * plain http, which is what `form_post` needs, is nothing browsers promise to allow without a warning. What a
 * query leaves in the address bar is taken out at once by a redirect, and the code in it is of no use without
 * the PKCE verifier.
 * @see https://learn.microsoft.com/entra/identity-platform/reply-url
 */
export async function listenOnLoopback(options: LoopbackOptions): Promise<LoopbackListener> {
  const wanted = new URL(options.redirectUri ?? 'http://localhost');
  const server = http.createServer();
  const preferred = Number(wanted.port);
  // Entra ID does not compare ports, so a taken one is no obstacle.
  if (preferred === 0 || !(await listen(server, preferred))) {
    if (!(await listen(server, 0))) {
      throw new LicenseError('signInFailed', 'No port of this machine could be opened for the sign-in.');
    }
  }
  const { port } = server.address() as AddressInfo;
  const host = `${wanted.hostname}:${port}`;
  const donePath = `${wanted.pathname.replace(/\/$/, '')}/done`;
  const failedPath = `${wanted.pathname.replace(/\/$/, '')}/failed`;

  let answered = false;
  let lastPageSent = false;
  let closing: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(closing);
    server.close();
    server.closeAllConnections();
  };
  let deliver: (parameters: URLSearchParams) => void = () => undefined;
  const answer = new Promise<URLSearchParams>((resolve) => (deliver = resolve));

  server.on('request', (request, response) => {
    const send = (status: number, page: Parameters<typeof finishPage>[0]): void => {
      response.writeHead(status, { ...pageHeaders, connection: 'close' }).end(finishPage(page));
    };
    const refuse = (status: number, why: string): void => {
      options.onRefused?.(why);
      send(status, 'unknown');
    };
    // A page elsewhere that lets its name point to this machine is told by the name it asks for.
    if (request.headers.host !== host) return refuse(400, 'another host name');
    if (request.method !== 'GET') return refuse(405, 'not a GET');
    const url = new URL(request.url ?? '/', `http://${host}`);
    if (answered && (url.pathname === donePath || url.pathname === failedPath)) {
      response.on('close', () => {
        lastPageSent = true;
        if (closing) stop();
      });
      return send(200, url.pathname === donePath ? 'done' : 'failed');
    }
    if (url.pathname !== wanted.pathname) return send(404, 'unknown');
    if (answered) return refuse(400, 'a second answer');
    const { searchParams } = url;
    if (!isSame(searchParams.get('state') ?? '', options.state)) return refuse(400, 'another state');
    if (!searchParams.has('code') && !searchParams.has('error')) return refuse(400, 'neither code nor error');
    answered = true;
    response.writeHead(303, {
      location: searchParams.has('error') ? failedPath : donePath,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    response.end(() => deliver(searchParams));
  });

  return {
    redirectUri: `http://${host}${wanted.pathname === '/' ? '' : wanted.pathname}`,
    answer,
    close: () => {
      if (!answered || lastPageSent) return stop();
      closing ??= setTimeout(stop, lastPageMs).unref();
    },
  };
}

/** False when the port is taken. */
function listen(server: http.Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const onError = (): void => resolve(false);
    server.once('error', onError);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

/** Compares without telling by the time it takes where the difference is. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
