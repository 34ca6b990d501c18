import { LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import type { TokenSource } from '../identity/identity';
import type { TransferTotals } from '../model/importRecords';
import { parseJson } from './graphErrors';
import { propertiesOf } from './graphValues';
import { parsePage, type PartedPage } from './pageText';
import type { GetOptions } from './graphTransport';
import { GraphTransport, pathOf } from './graphTransport';
import type { HttpClient } from './httpClient';
import { downloadReport } from './reportDownload';
import type { RequestRates } from './requestRates';
import type { GraphLimits } from './retryPolicy';
import { defaultGraphLimits } from './retryPolicy';

/** A page of a listing, or a part of a large one. It may hold no rows although more pages follow. */
export interface GraphPage {
  readonly values: readonly unknown[];
  /** `@odata.count`, which only the first page of an advanced query carries. */
  readonly count: number | null;
  /** `@odata.deltaLink`, which only the last page of a delta query carries. */
  readonly deltaLink: string | null;
}

/** A report as it came: its body can be read once. */
export interface ReportFile extends AsyncIterable<Uint8Array> {
  /** Names this edition of the file; null when the service gave none. */
  readonly etag: string | null;
  /** True when the service still has the edition that was named in `If-None-Match`; then there is no body. */
  readonly notModified: boolean;
}

/**
 * Reads of Microsoft Graph for one run of one connection. Paths are relative to the cloud's Graph origin and
 * start with the version: `/v1.0/users`. All methods reject with a `LicenseError`: `signInRequired`,
 * `permissionMissing`, `roleMissing`, `premiumRequired`, `throttled`, `serviceError`, `badResponse`,
 * `network`, `timeout`, `certificate`, `untrustedHost`, `cancelled`; details hold `status`, `code`,
 * `requestId`, `clientRequestId` and `path`.
 */
export interface GraphClient {
  /** Reads one JSON document. */
  getJson(path: string, options?: GetOptions): Promise<unknown>;
  /**
   * Reads a listing page by page, from a path or from a link that this Graph gave, following `@odata.nextLink` as it is; headers are sent with every page. The page after the one given is asked for already.
   * When the page token has expired the error satisfies `isExpiredPageToken`: start the listing again.
   * @see https://learn.microsoft.com/graph/paging
   */
  pages(path: string, options?: GetOptions): AsyncIterable<GraphPage>;
  /**
   * Opens the CSV of a usage report; the body can be read once. A body that breaks off rejects with `network` or
   * `timeout` and `cutOff` in its details: ask for the report again. With `ifNoneMatch` it may be `notModified`.
   */
  report(path: string, options?: ReportOptions): Promise<ReportFile>;
  /** What went over the network so far. */
  totals(): TransferTotals;
}

/** How a report is asked for. */
export interface ReportOptions extends GetOptions {
  /** ETag of the edition that is known already. */
  readonly ifNoneMatch?: string;
}

/** Collaborators of {@link createGraphClient}. */
export interface GraphClientDeps {
  readonly http: HttpClient;
  readonly tokens: TokenSource;
  /** Scheme, host and port of the connection's Graph. */
  readonly graphOrigin: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly random?: () => number;
  readonly now?: () => Date;
  readonly limits?: Partial<GraphLimits>;
  /** Microsoft's limits, shared with the other clients of the tenant; none unless given. */
  readonly rates?: RequestRates;
}

/** What an answer to a listing says; null when it is none. By hand: a schema walks through all of its values. */
function pageOf(
  answer: unknown,
): (Omit<GraphPage, 'deltaLink'> & { readonly nextLink?: string; readonly deltaLink?: string }) | null {
  const body = propertiesOf(answer);
  const values = body?.value;
  const nextLink = body?.['@odata.nextLink'];
  if (body === null || !Array.isArray(values)) return null;
  if (nextLink !== undefined && typeof nextLink !== 'string') return null;
  const count = body['@odata.count'];
  const deltaLink = body['@odata.deltaLink'];
  return {
    values: values as readonly unknown[],
    count: typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null,
    ...(nextLink === undefined ? {} : { nextLink }),
    ...(typeof deltaLink === 'string' ? { deltaLink } : {}),
  };
}

/** A page that was asked for. */
interface ComingPage {
  readonly url: string;
  readonly answer: Promise<PartedPage>;
  /** Has the listener told where the listing goes on, as its beginning says: at once, or when that has come. */
  readonly onLink: (listener: (link: string) => void) => void;
}

type FollowedLink =
  { readonly link: string; readonly page: ComingPage } | { readonly link: string; readonly error: unknown };

/** The parts of a page. One that turns out to be no JSON was cut off, so that the listing is worth another try. */
function* wellFormed(
  parts: Iterable<readonly unknown[]>,
  url: string,
): Generator<readonly unknown[], void, undefined> {
  try {
    yield* parts;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const path = pathOf(url);
    throw new LicenseError('badResponse', `A page of ${path} is no JSON.`, { path, cutOff: true });
  }
}

/** The link to the next page in what there is of a page; only a page that is whole tells for sure. */
function nextLinkIn(text: string): string | null {
  const found = /"@odata\.nextLink"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  const link = found === undefined ? null : parseJson(found);
  return typeof link === 'string' && link !== '' ? link : null;
}

/** Makes a client. It works on one page at a time per listing, while the next one comes; how many listings run is up to the caller. */
export function createGraphClient(deps: GraphClientDeps): GraphClient {
  const transport = new GraphTransport({
    http: deps.http,
    tokens: deps.tokens,
    logger: deps.logger,
    signal: deps.signal,
    limits: { ...defaultGraphLimits, ...deps.limits },
    random: deps.random ?? Math.random,
    now: deps.now ?? (() => new Date()),
    rates: deps.rates,
  });
  const origin = new URL(deps.graphOrigin).origin;

  /** The token goes to the connection's own Graph and nowhere else, whatever a response says. */
  const trusted = (link: string, from: string): string => {
    const url = URL.canParse(link, from) ? new URL(link, from) : null;
    if (url === null || url.origin !== origin || url.username !== '' || url.password !== '') {
      throw new LicenseError('untrustedHost', 'Graph sent a link to the next page on another host.', {
        path: pathOf(from),
        host: url?.host ?? null,
      });
    }
    // As it came: page tokens are opaque.
    return URL.canParse(link) ? link : url.href;
  };

  const json = (url: string, options: GetOptions): Promise<unknown> =>
    transport.get(url, options, (response) => (response.status < 300 ? parseJson(response.text) : undefined));

  const parted = (url: string, options: GetOptions): Promise<PartedPage> =>
    transport.get(url, options, ({ status, text, body = Buffer.from(text, 'utf8'), release }) =>
      status < 300 ? parsePage(body, release) : undefined,
    );

  /** Asks for a page. Its listener is told where the listing goes on as soon as that has come. */
  const ask = (url: string, options: GetOptions): ComingPage => {
    let link: string | null = null;
    let listener: (link: string) => void = () => undefined;
    const onBeginning = (text: string): void => {
      link = nextLinkIn(text);
      if (link !== null) listener(link);
    };
    const answer = parted(url, { ...options, onBeginning, wantsBody: true });
    // Told when its turn has come.
    answer.catch(() => undefined);
    const onLink: ComingPage['onLink'] = (tell) => {
      listener = tell;
      if (link !== null) tell(link);
    };
    return { url, answer, onLink };
  };

  async function* pages(path: string, options: GetOptions = {}): AsyncGenerator<GraphPage> {
    const seen = new Set<string>();
    /** Asks for the page behind a link, or says why it can't be. */
    const follow = (link: string, from: string): FollowedLink => {
      try {
        const url = trusted(link, from);
        if (seen.has(url)) {
          throw new LicenseError('badResponse', `The pages of ${pathOf(url)} go in a circle.`, {
            path: pathOf(url),
          });
        }
        seen.add(url);
        return { link, page: ask(url, options) };
      } catch (error) {
        return { link, error };
      }
    };
    const start = path.startsWith('/') ? origin + path : trusted(path, origin);
    seen.add(start);
    for (let coming = ask(start, options); ;) {
      const { url } = coming;
      // The next page is asked for while the rest of this one comes, and comes while this one is being worked on.
      const ahead: FollowedLink[] = [];
      coming.onLink((link) => {
        if (ahead.length === 0) ahead.push(follow(link, url));
      });
      const { answer, earlier } = await coming.answer;
      const page = pageOf(answer);
      if (page === null) {
        throw new LicenseError('badResponse', `GET ${pathOf(url)} did not answer with a list.`, {
          path: pathOf(url),
        });
      }
      const { values, count, deltaLink, nextLink: link } = page;
      const ended: GraphPage = {
        values,
        count,
        deltaLink: deltaLink === undefined ? null : trusted(deltaLink, url),
      };
      const isLast = link === undefined || link === '';
      if (isLast) options.onArrived?.();
      const next = isLast ? null : ahead[0]?.link === link ? ahead[0] : follow(link, url);
      for (const earlierValues of wellFormed(earlier(), url)) {
        yield { values: earlierValues, count, deltaLink: null };
      }
      yield ended;
      if (next === null) return;
      if ('error' in next) throw next.error;
      coming = next.page;
    }
  }

  return {
    getJson: (path, options = {}) => json(origin + path, options),
    pages,
    report: (path, options = {}) => downloadReport(transport, origin + path, options),
    totals: () => transport.totals(),
  };
}
