import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import * as v from 'valibot';
import { delay } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import type { HttpClient, HttpResponse } from '../graph/httpClient';
import { isPassingFailure, placeOf } from '../graph/httpFailure';
import { isLoopbackHost } from '../model/networkNames';
import { parseEntraError } from './entraErrors';
import type { EntraErrorBody } from './entraErrors';
import type { SignInTimings } from './signInTimings';

/** How the last exchange of a client ended; MSAL does not tell. */
export type ExchangeEnd =
  | { readonly kind: 'none' }
  | { readonly kind: 'success' }
  | {
      readonly kind: 'refused';
      readonly body: EntraErrorBody;
      readonly status: number;
      readonly host: string;
    }
  /** Not JSON, or not the JSON that belongs there: a gateway, a captive portal, a proxy. */
  | { readonly kind: 'unreadable'; readonly error: LicenseError }
  | { readonly kind: 'failed'; readonly error: LicenseError };

/** OpenID metadata by URL, so that a custom cloud is not asked for it at every token. */
export type MetadataCache = Map<string, { readonly readAt: number; readonly body: JsonObject }>;

type JsonObject = Readonly<Record<string, unknown>>;

/** What {@link MsalNetworkClient} needs. */
export interface MsalNetworkDeps {
  readonly http: HttpClient;
  readonly signal: AbortSignal | undefined;
  readonly metadata: MetadataCache;
  readonly now: () => Date;
  readonly timings: SignInTimings;
  readonly logger: Logger;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: JsonObject;
}

const metadataLifeMs = 24 * 60 * 60 * 1000;
/** A token endpoint that asks for a longer wait than this gets no second try from us. Milliseconds. */
const longestWaitMs = 30_000;
/** Passing failures in a row that a device-code sign-in outlives. */
const pollFailures = 5;
const retries = 2;

const deviceCodeSchema = v.object({
  user_code: v.pipe(v.string(), v.nonEmpty()),
  device_code: v.pipe(v.string(), v.nonEmpty()),
  verification_uri: v.pipe(v.string(), v.check(isPageUrl)),
  expires_in: v.optional(v.fallback(v.pipe(v.number(), v.minValue(0)), 900), 900),
  interval: v.optional(v.fallback(v.pipe(v.number(), v.minValue(0)), 5), 5),
  message: v.optional(v.fallback(v.string(), ''), ''),
});

const pending: JsonObject = { error: 'authorization_pending' };

/**
 * MSAL's way to the network, over the connection's HTTP client; one instance per operation. It gives MSAL only
 * JSON objects, remembers how the last exchange ended, and outlives what passes by itself: 429 and 5xx, and
 * while polling for a device code also `slow_down` and broken connections, all of which MSAL takes for final.
 */
export class MsalNetworkClient implements INetworkModule {
  private end: ExchangeEnd = { kind: 'none' };
  /** What `slow_down` added to the time between two polls (RFC 8628, 3.5). */
  private extraPollMs = 0;
  private failedPolls = 0;

  constructor(private readonly deps: MsalNetworkDeps) {}

  get last(): ExchangeEnd {
    return this.end;
  }

  async sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const { metadata, now } = this.deps;
    const known = metadata.get(url);
    if (known && now().getTime() - known.readAt < metadataLifeMs) {
      return asResponse<T>({ status: 200, headers: {}, body: known.body });
    }
    const answer = await this.exchange('GET', url, options);
    if (this.end.kind === 'success') metadata.set(url, { readAt: now().getTime(), body: answer.body });
    return asResponse<T>(answer);
  }

  async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const grant = new URLSearchParams(options?.body).get('grant_type');
    switch (grant) {
      case null:
        return asResponse<T>(this.checkedDeviceCode(url, await this.exchange('POST', url, options)));
      case 'device_code':
      case 'urn:ietf:params:oauth:grant-type:device_code':
        return asResponse<T>(await this.poll(url, options));
      case 'refresh_token':
      case 'client_credentials':
        return asResponse<T>(await this.persistently(url, options));
      default:
        return asResponse<T>(await this.exchange('POST', url, options));
    }
  }

  private async exchange(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions | undefined,
  ): Promise<Answer> {
    const { http, signal, logger } = this.deps;
    const { host, path } = placeOf(url);
    let response: HttpResponse;
    try {
      response = await http.send({
        method,
        url,
        ...(options?.headers ? { headers: options.headers } : {}),
        ...(options?.body === undefined ? {} : { body: options.body }),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      const failure = isLicenseError(error)
        ? error
        : new LicenseError('unexpected', 'The request failed.', { host, path });
      this.end = { kind: 'failed', error: failure };
      throw failure;
    }
    const { status } = response;
    const parsed = parseObject(response.text);
    const refusal = parseEntraError(parsed);
    if (parsed === null || (status >= 400 && refusal === null)) {
      const contentType = response.headers['content-type'] ?? '';
      const reason = status === 429 ? 'throttled' : status >= 500 ? 'serviceError' : 'badResponse';
      const error = new LicenseError(
        // An HTML page comes from something in between, whatever its status.
        parsed === null && /html/i.test(contentType) ? 'badResponse' : reason,
        `${host}${path} answered ${status} with something else than Entra ID does (${contentType || 'no type'}).`,
        { host, path, status, contentType },
      );
      this.end = { kind: 'unreadable', error };
      logger.debug(`${method} ${path}: ${status}, not readable (${contentType})`);
      return { status, headers: response.headers, body: { error: 'unreadable_answer' } };
    }
    this.end = refusal === null ? { kind: 'success' } : { kind: 'refused', body: refusal, status, host };
    logger.debug(
      `${method} ${path}: ${status}` +
        (refusal === null
          ? ''
          : `, ${refusal.error}, AADSTS ${refusal.error_codes.join(' ')}, correlation-id ${refusal.correlation_id}`),
    );
    return { status, headers: response.headers, body: parsed };
  }

  /** What a person is shown comes from here, so it is looked at before MSAL believes it. */
  private checkedDeviceCode(url: string, answer: Answer): Answer {
    if (this.end.kind !== 'success') return answer;
    const checked = v.safeParse(deviceCodeSchema, answer.body);
    if (checked.success) return { ...answer, body: checked.output };
    const { host, path } = placeOf(url);
    this.end = {
      kind: 'unreadable',
      error: new LicenseError('badResponse', `${host}${path} answered without a usable device code.`, {
        host,
        path,
        status: answer.status,
      }),
    };
    return { ...answer, body: { error: 'unreadable_answer' } };
  }

  private async poll(url: string, options: NetworkRequestOptions | undefined): Promise<Answer> {
    if (this.extraPollMs > 0) await delay(this.extraPollMs, this.deps.signal);
    let answer: Answer | null = null;
    let failure: unknown;
    try {
      answer = await this.exchange('POST', url, options);
    } catch (error) {
      failure = error;
    }
    const passing = answer === null ? isPassingFailure(failure) : isPassingStatus(answer.status);
    if (passing && ++this.failedPolls < pollFailures) {
      this.end = { kind: 'none' };
      await delay(this.deps.timings.retryMs, this.deps.signal);
      return { status: 400, headers: {}, body: pending };
    }
    if (answer === null) throw failure;
    if (passing) return withoutRetryAfter(answer);
    this.failedPolls = 0;
    const slowDown = answer.body['error'] === 'slow_down';
    if (!slowDown && answer.body['error'] !== pending['error']) return answer;
    // Still waiting is no way to end.
    this.end = { kind: 'none' };
    if (slowDown) this.extraPollMs += this.deps.timings.slowDownMs;
    return { ...answer, body: pending };
  }

  private async persistently(url: string, options: NetworkRequestOptions | undefined): Promise<Answer> {
    for (let tries = 0; ; tries++) {
      const answer = await this.exchange('POST', url, options);
      const wait = waitOf(answer, this.deps.timings.retryMs * 2 ** tries);
      if (!isPassingStatus(answer.status) || tries === retries || wait > longestWaitMs) return answer;
      await delay(wait, this.deps.signal);
    }
  }
}

function asResponse<T>({ status, headers, body }: Answer): NetworkResponse<T> {
  return { status, headers, body: body as T };
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

function isPassingStatus(status: number): boolean {
  return status === 429 || status >= 500;
}

function waitOf({ headers }: Answer, usual: number): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : usual;
}

function withoutRetryAfter(answer: Answer): Answer {
  return { ...answer, headers: {} };
}

/** Only a web page is opened for a person: https, or http on the loopback. */
function isPageUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}
