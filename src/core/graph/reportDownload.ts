import { randomUUID } from 'node:crypto';
import { abortable } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import { graphError } from './graphErrors';
import type { ReportFile, ReportOptions } from './graphClient';
import type { Attempt, GraphTransport } from './graphTransport';
import { badBodyTries, pathOf } from './graphTransport';
import type { HttpStreamResponse } from './httpClient';

type Answer =
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'text'; readonly text: string; readonly etag: string | null }
  | { readonly kind: 'notModified' };

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** How often a link that is no longer good is replaced by a new one. */
const maxLinks = 3;

/** Small bodies of refusals are read up to this many bytes. */
const maxRefusalBytes = 64 * 1024;

/**
 * Downloads a usage report. Graph answers with a link that needs no token; the link is followed by hand so
 * that the token never leaves for another host.
 * @see https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail
 */
export async function downloadReport(
  transport: GraphTransport,
  url: string,
  { ifNoneMatch, ...options }: ReportOptions,
): Promise<ReportFile> {
  const headers = {
    ...options.headers,
    ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
  };
  for (let links = 1; ; links++) {
    const answer = await transport.get<Answer>(url, { ...options, headers }, (response) => {
      if (response.status === 304 && ifNoneMatch !== undefined) return { kind: 'notModified' };
      const location = response.headers.location;
      if (redirects.has(response.status) && location !== undefined) return { kind: 'link', link: location };
      const type = response.headers['content-type'] ?? '';
      return response.status === 200 && !/html|json/i.test(type)
        ? { kind: 'text', text: response.text, etag: response.headers.etag ?? null }
        : undefined;
    });
    if (answer.kind === 'notModified') return reportFile(noBody(), ifNoneMatch ?? null, true);
    if (answer.kind === 'text') return reportFile(wholeText(answer.text), answer.etag);
    const response = await follow(transport, new URL(answer.link, url).href, pathOf(url), ifNoneMatch);
    if (response?.status === 304) return reportFile(noBody(), ifNoneMatch ?? null, true);
    if (response !== null)
      return reportFile(guardedBody(transport, response, options.onArrived), response.headers.etag ?? null);
    if (links >= maxLinks) {
      throw new LicenseError(
        'serviceError',
        `The download link of ${pathOf(url)} was refused ${links} times`,
        {
          path: pathOf(url),
        },
      );
    }
  }
}

function reportFile(body: AsyncIterable<Uint8Array>, etag: string | null, notModified = false): ReportFile {
  return { etag, notModified, [Symbol.asyncIterator]: () => body[Symbol.asyncIterator]() };
}

async function* noBody(): AsyncGenerator<Uint8Array> {
  // Nothing.
}

/** Opens the download; null when the link is no longer good. */
async function follow(
  transport: GraphTransport,
  link: string,
  reportPath: string,
  ifNoneMatch: string | undefined,
): Promise<HttpStreamResponse | null> {
  const { http, limits, logger, signal } = transport.deps;
  let url = allowedLink(link, reportPath);
  let hops = 0;
  return await transport.persist<HttpStreamResponse | null>(async () => {
    const started = performance.now();
    let response: HttpStreamResponse;
    try {
      transport.countRequest();
      // No Authorization header here: the link carries its own right.
      response = await http.stream({
        method: 'GET',
        url: url.href,
        headers: { accept: '*/*', ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }) },
        signal,
        timeoutMs: limits.requestTimeoutMs,
      });
    } catch (error) {
      return transport.failureOf(error);
    }
    logger.debug(
      `GET ${url.host} (download of ${reportPath}) ${response.status}, ${Math.round(performance.now() - started)} ms`,
    );
    const html = /html/i.test(response.headers['content-type'] ?? '');
    if (response.status === 200 && !html) return { kind: 'done', value: response };
    if (response.status === 304 && ifNoneMatch !== undefined) {
      await refusalText(response);
      return { kind: 'done', value: response };
    }
    const text = await refusalText(response);
    transport.countBytes(Buffer.byteLength(text));
    if (redirects.has(response.status) && response.headers.location !== undefined && hops < 3) {
      hops += 1;
      url = allowedLink(new URL(response.headers.location, url).href, reportPath);
      return { kind: 'again' };
    }
    const facts = { path: reportPath, clientRequestId: randomUUID() };
    const passing = transport.transient({ ...response, text }, facts);
    if (passing !== null) return passing;
    if (!html && [400, 401, 403, 404, 410].includes(response.status)) return { kind: 'done', value: null };
    return {
      kind: 'retry',
      error: graphError('badResponse', response, null, facts),
      maxTries: badBodyTries,
      retryAfterMs: null,
    } satisfies Attempt<never>;
  });
}

/** A download may be on any host, but only over HTTPS, or plain on the loopback. */
function allowedLink(link: string, reportPath: string): URL {
  const url = URL.canParse(link) ? new URL(link) : null;
  const loopback = url !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) {
    throw new LicenseError('untrustedHost', `${reportPath} redirected to a link that is not HTTPS`, {
      path: reportPath,
      host: url?.host ?? null,
    });
  }
  return url;
}

async function* wholeText(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}

async function refusalText(response: HttpStreamResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= maxRefusalBytes) break;
    }
  } catch {
    // The status says enough.
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body with a limit for silence; a connection that breaks is a `network` error with `cutOff` in its details. */
async function* guardedBody(
  transport: GraphTransport,
  response: HttpStreamResponse,
  onArrived: (() => void) | undefined,
): AsyncGenerator<Uint8Array> {
  const { limits, signal } = transport.deps;
  const iterator = response.body[Symbol.asyncIterator]();
  let finished = false;
  try {
    for (;;) {
      const next = await nextChunk(iterator, limits.idleTimeoutMs, signal);
      if (next.done === true) {
        finished = true;
        onArrived?.();
        return;
      }
      transport.countBytes(next.value.byteLength);
      yield next.value;
    }
  } catch (error) {
    if (signal.aborted) throw new LicenseError('cancelled', 'The operation was cancelled.');
    if (isLicenseError(error) && error.reason !== 'network') throw error;
    // Only the text of the cause: client libraries hang whole requests on their errors.
    throw new LicenseError('network', 'The download of a report was cut off.', {
      cutOff: true,
      cause: error instanceof Error ? error.message : String(error),
    });
  } finally {
    // Not awaited: a body that hangs would keep a cancelled import from ending.
    if (!finished) void iterator.return?.().catch(() => undefined);
  }
}

async function nextChunk(
  iterator: AsyncIterator<Uint8Array>,
  idleMs: number,
  signal: AbortSignal,
): Promise<IteratorResult<Uint8Array>> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new LicenseError('timeout', 'A report stopped arriving.', { idleMs, cutOff: true })),
      idleMs,
    );
  });
  try {
    return await abortable(Promise.race([iterator.next(), silence]), signal);
  } finally {
    clearTimeout(timer);
  }
}
