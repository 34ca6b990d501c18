import { LicenseError } from '../foundation/errors';
import { isProxyServer } from '../model/networkNames';

/** A proxy server, read from what a person typed. */
export interface ProxyAddress {
  /** TLS to the proxy itself. */
  readonly secure: boolean;
  /** Name or address, an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
  /** `host:port` for messages and the log. */
  readonly place: string;
}

/**
 * Reads `https://host:port`, `http://host:port` or `IP:port` (which is `http`).
 * @throws `invalidArgument` for anything else
 */
export function parseProxyServer(server: string): ProxyAddress {
  const text = server.trim();
  if (!isProxyServer(text)) {
    throw new LicenseError(
      'invalidArgument',
      'The proxy server must be given as https://host:port, http://host:port or IP:port.',
    );
  }
  const url = new URL(/^https?:\/\//i.test(text) ? text : `http://${text}`);
  const secure = url.protocol === 'https:';
  // A URL leaves out the port that is its scheme's own.
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  return { secure, host: withoutBrackets(url.hostname), port, place: `${url.hostname}:${port}` };
}

/** `[::1]` → `::1`; sockets take the address alone, URLs and `Host` headers take it with brackets. */
function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
