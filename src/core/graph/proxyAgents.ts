import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { HttpProxy } from './httpClient';
import { openTunnel } from './proxyTunnel';
import type { TunnelOptions } from './proxyTunnel';

type Connected = (error: Error | null, socket: Duplex) => void;

/** Agents whose every connection goes through a proxy, the loopback's too. */
export interface ProxyAgents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/**
 * Makes the agents of a proxy. They are of use only on a thread whose `https` is Node's own: VS Code replaces
 * agents on the extension host's thread.
 * @param idleMs how long an idle connection is kept, milliseconds
 */
export function createProxyAgents(
  proxy: HttpProxy,
  extraCertificates: readonly string[],
  idleMs: number,
): ProxyAgents {
  const secureContext = trustOf(extraCertificates);
  const tunnel: TunnelOptions = { proxy, secureContext };
  const options: https.AgentOptions = { keepAlive: true, timeout: idleMs };
  return {
    httpAgent: new TunneledHttpAgent(options, tunnel),
    httpsAgent: new TunneledHttpsAgent(
      { ...options, ALPNProtocols: ['http/1.1'], ...(secureContext ? { secureContext } : {}) },
      tunnel,
    ),
  };
}

class TunneledHttpAgent extends http.Agent {
  constructor(
    options: http.AgentOptions,
    private readonly tunnel: TunnelOptions,
  ) {
    super(options);
  }

  override createConnection(options: https.RequestOptions, connected?: Connected): undefined {
    handOver(openTunnel(targetOf(options, 80), this.tunnel), connected);
  }
}

class TunneledHttpsAgent extends https.Agent {
  constructor(
    options: https.AgentOptions,
    private readonly tunnel: TunnelOptions,
  ) {
    super(options);
  }

  override createConnection(options: https.RequestOptions, connected?: Connected): undefined {
    const secured = openTunnel(targetOf(options, 443), this.tunnel).then((socket) => {
      const inner: https.RequestOptions & { socket: Socket } = { ...options, socket };
      const outcome = super.createConnection(inner);
      if (!outcome) throw new Error('The TLS connection through the proxy was not made.');
      // TLS over TLS does not end its carrier by itself.
      outcome.once('close', () => socket.destroy());
      return outcome;
    });
    handOver(secured, connected);
  }
}

function targetOf(
  { host, port }: http.RequestOptions,
  usual: number,
): { readonly host: string; readonly port: number } {
  return { host: host ?? '', port: Number(port ?? usual) };
}

function handOver(connecting: Promise<Duplex>, connected: Connected | undefined): void {
  connecting.then(
    (socket) => connected?.(null, socket),
    // Node asks for a socket even beside an error, and never looks at it.
    (error: unknown) => connected?.(error instanceof Error ? error : new Error(String(error)), null as never),
  );
}

type NewerTls = typeof tls & {
  readonly getCACertificates?: (kind: 'default' | 'system') => string[];
};

/**
 * What a thread without VS Code's patches trusts: Node's own roots (with `NODE_EXTRA_CA_CERTS`), the system's
 * where this Node can read them (22.15 and later), and the extra ones. Made once, since parsing them takes time.
 */
function trustOf(extraCertificates: readonly string[]): SecureContext | undefined {
  const own = readRoots('default') ?? tls.rootCertificates;
  const system = readRoots('system') ?? [];
  if (system.length === 0 && extraCertificates.length === 0) return undefined;
  return tls.createSecureContext({ ca: [...new Set([...own, ...system, ...extraCertificates])] });
}

function readRoots(kind: 'default' | 'system'): readonly string[] | undefined {
  try {
    return (tls as NewerTls).getCACertificates?.(kind);
  } catch {
    // A store that can't be read is no reason not to trust the others.
    return undefined;
  }
}
