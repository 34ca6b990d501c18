/*
 * Checks of what people type for hosts and ids. They judge the spelling; whether it exists shows when it is used.
 */

const guidRule = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const labelRule = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

/** Whether a text is a GUID, as ids of Microsoft are written. */
export function isGuid(text: string): boolean {
  return guidRule.test(text);
}

/** Whether a text has the form of a domain name with at least two labels. */
export function isDomainName(text: string): boolean {
  const labels = text.split('.');
  const top = labels.at(-1) ?? '';
  return (
    text.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => labelRule.test(label)) &&
    /^([a-z]{2,}|xn--[a-z0-9-]+)$/i.test(top)
  );
}

/** Whether a text may name a tenant: its GUID or one of its verified domains. */
export function isTenantName(text: string): boolean {
  return isGuid(text) || isDomainName(text);
}

/** Whether a host is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether a text is an origin (scheme, host and port, nothing else) over https, or over http to the loopback. */
export function isSecureOrigin(text: string): boolean {
  const url = parseUrl(text);
  return url !== null && isSecure(url) && url.origin === withoutDefaultPort(text).toLowerCase();
}

/** Whether a text may be a redirect URI: https, or http to the loopback, without a fragment. */
export function isRedirectUri(text: string): boolean {
  const url = parseUrl(text);
  return url !== null && isSecure(url) && url.username === '' && url.password === '' && !text.includes('#');
}

/** Whether a text is `https://host:port`, `http://host:port` or `IP:port`; user and password are fields of their own. */
export function isProxyServer(text: string): boolean {
  const match = /^(https?:\/\/)?(\[[0-9a-f:.]+\]|[^\s/:@[\]?#\\]+):(\d{1,5})\/?$/i.exec(text);
  if (match === null) return false;
  const [, scheme, host = '', port] = match;
  const number = Number(port);
  if (number < 1 || number > 65_535) return false;
  const url = parseUrl(`${scheme ?? 'http://'}${host}:${port}`);
  if (url === null) return false;
  // Without a scheme only an address is taken: a bare name would be too easy to mistake for one.
  return scheme !== undefined || isIpAddress(host);
}

function isIpAddress(host: string): boolean {
  if (host.startsWith('[')) return true;
  const parts = host.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

function withoutDefaultPort(text: string): string {
  return text.replace(/^(https:\/\/[^/]*):443$/i, '$1').replace(/^(http:\/\/[^/]*):80$/i, '$1');
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
