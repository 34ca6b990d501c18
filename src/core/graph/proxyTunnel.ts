import * as http from 'node:http';
import * as net from 'node:net';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import type { SecureContext } from 'node:tls';
import { LicenseError } from '../foundation/errors';
import type { HttpProxy } from './httpClient';
import { isCertificateCode } from './httpFailure';
import { parseProxyServer } from './proxyAddress';
import type { ProxyAddress } from './proxyAddress';

/** What {@link openTunnel} needs. */
export interface TunnelOptions {
  readonly proxy: HttpProxy;
  /** What is trusted for the TLS to a proxy given as `https://`. */
  readonly secureContext: SecureContext | undefined;
  readonly limits?: TunnelLimits;
}

/** How long a tunnel may take to come about. Milliseconds. */
export interface TunnelLimits {
  /** Until the proxy has taken the connection. */
  readonly connectMs: number;
  /** Until it has answered, which includes its own way to the target. */
  readonly answerMs: number;
}

const defaultLimits: TunnelLimits = { connectMs: 15_000, answerMs: 60_000 };

/**
 * Opens a way through a proxy by CONNECT. The name of the target is resolved by the proxy and nobody else.
 * @throws `proxyUnreachable`, `proxyAuthenticationRequired`, `proxyRefused`, `timeout`, or `certificate` for the
 * proxy's own certificate; what the proxy says in its answer's body is never read
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */
export async function openTunnel(
  target: { readonly host: string; readonly port: number },
  { proxy, secureContext, limits = defaultLimits }: TunnelOptions,
): Promise<Socket> {
  const address = parseProxyServer(proxy.server);
  const host = net.isIPv6(target.host) ? `[${target.host}]` : target.host;
  const authority = `${host}:${target.port}`;
  const socket = await connectTo(address, secureContext, limits.connectMs);
  try {
    const answer = await ask(socket, address, authority, proxy, limits.answerMs);
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return socket;
    throw refusal(status, answer.headers['proxy-authenticate'], address, authority, proxy);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function connectTo(
  address: ProxyAddress,
  secureContext: SecureContext | undefined,
  connectMs: number,
): Promise<Socket> {
  const { host, port, secure } = address;
  const socket = secure
    ? tls.connect({
        host,
        port,
        secureContext,
        // A name for the handshake can't be an address (RFC 6066, 3).
        ...(net.isIP(host) === 0 ? { servername: host } : {}),
        ALPNProtocols: ['http/1.1'],
      })
    : net.connect({ host, port });
  socket.setNoDelay(true);
  return new Promise((resolve, reject) => {
    const ready = secure ? 'secureConnect' : 'connect';
    const timer = setTimeout(() => fail(unreachable(address, 'ETIMEDOUT')), connectMs);
    const settle = (): void => {
      clearTimeout(timer);
      socket.off(ready, onReady);
      socket.off('error', onError);
      socket.off('close', onClose);
    };
    const fail = (error: LicenseError): void => {
      settle();
      // A late error of a socket that nobody waits for must not end the thread.
      socket.on('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const onReady = (): void => {
      settle();
      resolve(socket);
    };
    const onError = (error: NodeJS.ErrnoException): void => {
      const code = error.code ?? 'UNKNOWN';
      fail(isCertificateCode(code) ? untrusted(address, code) : unreachable(address, code));
    };
    const onClose = (): void => fail(unreachable(address, 'ECONNRESET'));
    socket.once(ready, onReady);
    socket.once('error', onError);
    socket.once('close', onClose);
  });
}

function ask(
  socket: Socket,
  address: ProxyAddress,
  authority: string,
  proxy: HttpProxy,
  answerMs: number,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      method: 'CONNECT',
      path: authority,
      createConnection: () => socket,
      setHost: false,
      headers: {
        host: authority,
        'user-agent': 'm365-license-manager',
        // Some proxies end the tunnel after its first answer without them.
        connection: 'keep-alive',
        'proxy-connection': 'keep-alive',
        ...authorization(proxy),
      },
    });
    const timer = setTimeout(() => {
      reject(
        new LicenseError('timeout', `The proxy ${address.place} did not answer in ${answerMs} ms.`, {
          host: authority,
          proxy: address.place,
          timeoutMs: answerMs,
        }),
      );
      request.destroy();
    }, answerMs);
    request.once('connect', (response, _, head) => {
      clearTimeout(timer);
      if (head.byteLength > 0) socket.unshift(head);
      resolve(response);
    });
    // Not only once: destroying a request that has failed makes it fail again.
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(unreachable(address, error.code ?? 'UNKNOWN'));
    });
    request.end();
  });
}

/** Sent with the first request: a proxy that wants a name and password would only ask for them. */
function authorization({ username, password }: HttpProxy): { 'proxy-authorization'?: string } {
  if (username === undefined || username === '') return {};
  const credentials = Buffer.from(`${username}:${password ?? ''}`, 'utf8').toString('base64');
  return { 'proxy-authorization': `Basic ${credentials}` };
}

function refusal(
  status: number,
  challenge: readonly string[] | string | undefined,
  { place }: ProxyAddress,
  authority: string,
  { username }: HttpProxy,
): LicenseError {
  const facts = { host: authority, proxy: place, status };
  if (status !== 407) {
    return new LicenseError('proxyRefused', `The proxy ${place} answered ${status} for ${authority}.`, facts);
  }
  const schemes = schemesOf(challenge);
  return new LicenseError(
    'proxyAuthenticationRequired',
    `The proxy ${place} wants a user name and password (${schemes || 'no scheme'}).`,
    { ...facts, schemes, credentialsSent: username !== undefined && username !== '' },
  );
}

/** Names of the schemes that a proxy offers, such as `Basic, NTLM`; their parameters are left out. */
function schemesOf(challenge: readonly string[] | string | undefined): string {
  const text = typeof challenge === 'string' ? challenge : (challenge ?? []).join(', ');
  const names = text
    .replace(/"(?:\\.|[^"\\])*"/g, '""')
    .split(',')
    .map((part) => /^\s*([A-Za-z][\w-]*)(?=\s|$)(?!\s*=)/.exec(part)?.[1] ?? '');
  return [...new Set(names.filter((name) => name !== ''))].join(', ');
}

function unreachable({ place }: ProxyAddress, code: string): LicenseError {
  return new LicenseError('proxyUnreachable', `No usable connection to the proxy ${place} (${code}).`, {
    proxy: place,
    code,
  });
}

function untrusted({ place }: ProxyAddress, code: string): LicenseError {
  return new LicenseError('certificate', `The certificate of the proxy ${place} is not trusted (${code}).`, {
    host: place,
    proxy: place,
    code,
  });
}
