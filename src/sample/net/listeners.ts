import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ServerCertificate } from './certificates';
import type { SampleHandler, SampleOrigin } from './exchange';
import { readRequest, sendReply } from './exchange';
import type { FaultInjector } from './faults';
import type { Journal } from './journal';

/** A listening server. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** What all listeners share. */
export interface ListenerContext {
  readonly certificate: ServerCertificate;
  readonly faults: FaultInjector;
  readonly journal: Journal;
  /** The only remote address that may connect, but for the pages for people; undefined for all. */
  readonly acceptFrom?: string;
}

/** Starts a server on a free port of 127.0.0.1: TLS for what programs use, plain for the pages people see. */
export async function listen(
  origin: SampleOrigin,
  context: ListenerContext,
  handler: SampleHandler,
): Promise<Listener> {
  const onRequest: http.RequestListener = (message, response) => {
    answer(origin, context, handler, message, response).catch(() => response.destroy());
  };
  const server =
    origin === 'pages'
      ? http.createServer(onRequest)
      : https.createServer(
          {
            key: context.certificate.key,
            cert: context.certificate.certificate,
            // A page of users is about half a megabyte: it should not stop and wait on its way.
            highWaterMark: 1024 * 1024,
          },
          onRequest,
        );
  server.keepAliveTimeout = 60_000;
  const { acceptFrom, journal } = context;
  if (acceptFrom !== undefined && origin !== 'pages') {
    // Before the handshake: the listeners of a TLS server come after those of its connections.
    server.prependListener('connection', (socket: Socket) => {
      const { remoteAddress = '' } = socket;
      if (remoteAddress === acceptFrom) return;
      journal.add({
        origin,
        method: '',
        path: '',
        status: 0,
        authorized: false,
        leak: false,
        cutFrom: remoteAddress,
      });
      socket.destroy();
    });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function answer(
  origin: SampleOrigin,
  context: ListenerContext,
  handler: SampleHandler,
  message: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const request = await readRequest(origin, message);
  if (!request) {
    response.writeHead(413).end();
    return;
  }
  const { faults, journal } = context;
  if (faults.latencyMs > 0) await pause(faults.latencyMs);
  const decision = origin === 'graph' || origin === 'download' ? faults.decide(request) : {};
  if (decision.delayMs) await pause(decision.delayMs);
  const reply = decision.reply ?? (await handler(request));
  const authorized = request.headers.authorization !== undefined;
  journal.add({
    origin,
    method: request.method,
    path: request.path,
    status: reply.status,
    authorized,
    leak: authorized && origin === 'download',
  });
  await sendReply(
    response,
    reply,
    commonHeaders(request.headers['client-request-id']),
    decision.cut === true,
  );
}

function commonHeaders(clientRequestId: string | string[] | undefined): Record<string, string> {
  const requestId = randomUUID();
  return {
    'request-id': requestId,
    'client-request-id': typeof clientRequestId === 'string' ? clientRequestId : requestId,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
}
