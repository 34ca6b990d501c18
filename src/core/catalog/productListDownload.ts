import { LicenseError } from '../foundation/errors';
import type { HttpClient, HttpStreamResponse } from '../graph/httpClient';
import { isLoopbackHost } from '../model/networkNames';
import { maxListBytes } from './productList';

/** Page that Microsoft's list is linked from. */
export const productListPage =
  'https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference';

/** Where that page's link leads; it may move, so a file can be given instead. */
export const productListAddress =
  'https://download.microsoft.com/download/e/3/e/e3e9faf2-f28b-490a-9ada-c6089a1fc5b0/Product%20names%20and%20service%20plan%20identifiers%20for%20licensing.csv';

const maxRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A list as it was downloaded. */
export interface DownloadedList {
  readonly bytes: Uint8Array;
  /** Day on which the server says that it was changed, `YYYY-MM-DD`; null when it does not say. */
  readonly changedOn: string | null;
}

/**
 * Downloads a file without any token, over HTTPS only (or plain on the loopback).
 * @throws `invalidArgument` for an address that is none, `untrustedHost` for one or a redirection that is not HTTPS,
 * `badResponse` for another answer than a file, and the reasons of {@link HttpClient}
 */
export async function downloadProductList(
  http: HttpClient,
  address: string,
  signal: AbortSignal,
): Promise<DownloadedList> {
  let url = allowed(address);
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const response = await http.stream({
      method: 'GET',
      url: url.href,
      headers: { accept: 'text/csv, */*' },
      signal,
    });
    const { location } = response.headers;
    if (redirects.has(response.status) && location !== undefined) {
      await ignoreBody(response);
      url = allowed(location, url);
      continue;
    }
    if (response.status !== 200) {
      await ignoreBody(response);
      throw badResponse(url, response.status, `answered with status ${response.status}`);
    }
    return { bytes: await read(response, url), changedOn: dayOf(response.headers['last-modified']) };
  }
  throw badResponse(url, null, 'redirected too often');
}

function allowed(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base) : null;
  if (url === null) throw new LicenseError('invalidArgument', `“${address}” is no web address.`);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))) return url;
  throw new LicenseError('untrustedHost', 'The list is downloaded over HTTPS only.', { host: url.host });
}

async function read(response: HttpStreamResponse, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxListBytes) throw badResponse(url, response.status, 'sends more than 32 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function ignoreBody(response: HttpStreamResponse): Promise<void> {
  await response.body[Symbol.asyncIterator]()
    .return?.()
    .catch(() => undefined);
}

function dayOf(lastModified: string | undefined): string | null {
  const time = Date.parse(lastModified ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

function badResponse(url: URL, status: number | null, what: string): LicenseError {
  return new LicenseError('badResponse', `The address of the list ${what}.`, { host: url.host, status });
}
