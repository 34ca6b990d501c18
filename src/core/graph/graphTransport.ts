import { randomUUID } from 'node:crypto';
import { delay, throwIfAborted } from '../foundation/abort';
import { LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import type { AccessToken, TokenSource } from '../identity/identity';
import type { TransferTotals } from '../model/importRecords';
import { forbiddenReason, graphError, parseClaimsChallenge, parseGraphError } from './graphErrors';
import { GraphTokens } from './graphTokens';
import type { HttpClient, HttpRequest, HttpResponse } from './httpClient';
import { isPassingFailure } from './httpFailure';
import type { RequestRates } from './requestRates';
import type { GraphLimits } from './retryPolicy';
import { parseRetryAfter, waitBeforeRetry } from './retryPolicy';

/** What one try came to: a value, another try at once (with a new token), or a failure that may pass. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'again' }
  | {
      readonly kind: 'retry';
      readonly error: LicenseError;
      /** Tries of the request in all that this failure is worth. */
      readonly maxTries: number;
      /** What the server asked for. */
      readonly retryAfterMs: number | null;
    };

/** What {@link GraphTransport.get} needs to know of a request beside its URL. */
export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Permissions of which any is enough, the least one first; for telling a missing permission from a role. */
  readonly permissions?: readonly string[];
  /** Told anew for each try. */
  readonly onBeginning?: HttpRequest['onBeginning'];
  readonly wantsBody?: HttpRequest['wantsBody'];
  /** Told by listings and reports when all of it has come; it is still being worked on then. */
  readonly onArrived?: (() => void) | undefined;
}

/** A body that is not what was asked for is worth this many tries. */
export const badBodyTries = 3;

/** Collaborators of {@link GraphTransport}. */
export interface GraphTransportDeps {
  readonly http: HttpClient;
  readonly tokens: TokenSource;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly limits: GraphLimits;
  readonly random: () => number;
  readonly now: () => Date;
  /** The service's limits, shared with others; none unless given. */
  readonly rates?: RequestRates;
}

/** Path of a URL for logs and errors: never its query, which can hold page tokens and signatures. */
export function pathOf(url: string): string {
  return new URL(url).pathname;
}

/**
 * Requests to Graph with the policy of this product: a bearer token, five tries with waits that the server
 * decides, one new token after a 401, and errors with a reason.
 * @see https://learn.microsoft.com/graph/throttling
 */
export class GraphTransport {
  private requests = 0;
  private bytes = 0;
  private throttledMs = 0;
  private readonly tokens: GraphTokens;

  constructor(readonly deps: GraphTransportDeps) {
    this.tokens = new GraphTokens(deps.tokens, deps.signal, deps.now);
  }

  totals(): TransferTotals {
    return { requests: this.requests, bytes: this.bytes, throttledMs: Math.round(this.throttledMs) };
  }

  countRequest(): void {
    this.requests += 1;
  }

  countBytes(bytes: number): void {
    this.bytes += bytes;
  }

  /**
   * GET with the token. `accept` turns a 2xx or 3xx answer into the value; undefined from it means that the
   * body is not what was asked for.
   */
  async get<T>(
    url: string,
    options: GetOptions,
    accept: (response: HttpResponse) => T | undefined,
  ): Promise<T> {
    let renewed = false;
    return await this.persist<T>(async (): Promise<Attempt<T>> => {
      const { http, signal, limits, logger, rates } = this.deps;
      const facts = { path: pathOf(url), clientRequestId: randomUUID() };
      const started = performance.now();
      let token: AccessToken;
      let response: HttpResponse;
      try {
        token = await this.tokens.token();
        throwIfAborted(signal);
        this.throttledMs += (await rates?.take(url, signal, limits.maxWaitMs)) ?? 0;
        this.countRequest();
        response = await http.send({
          method: 'GET',
          url,
          headers: {
            accept: 'application/json',
            ...options.headers,
            authorization: `Bearer ${token.token}`,
            'client-request-id': facts.clientRequestId,
          },
          signal,
          timeoutMs: limits.requestTimeoutMs,
          ...(options.onBeginning === undefined ? {} : { onBeginning: options.onBeginning }),
          ...(options.wantsBody === undefined ? {} : { wantsBody: options.wantsBody }),
        });
      } catch (error) {
        return this.failureOf(error);
      }
      this.countBytes(response.bytes);
      logger.debug(
        `GET ${facts.path} ${response.status}, ${response.bytes} bytes, ` +
          `${Math.round(performance.now() - started)} ms, request-id ${response.headers['request-id'] ?? '-'}, ` +
          `client-request-id ${facts.clientRequestId}`,
      );
      if (response.status < 400) {
        const value = accept(response);
        if (value !== undefined) return { kind: 'done', value };
        return {
          kind: 'retry',
          error: graphError('badResponse', response, null, facts),
          maxTries: badBodyTries,
          retryAfterMs: null,
        };
      }
      const claims = parseClaimsChallenge(response.headers['www-authenticate']);
      if (response.status === 401 || (response.status === 403 && claims !== null)) {
        if (renewed) {
          const body = parseGraphError(response.text);
          throw graphError('signInRequired', response, body, facts, claims === null ? {} : { claims });
        }
        renewed = true;
        try {
          await this.tokens.renew(token, claims);
        } catch (error) {
          return this.failureOf(error);
        }
        return { kind: 'again' };
      }
      return this.refusal(url, response, facts, token, options.permissions ?? []);
    });
  }

  /** Runs tries until one succeeds, the failure is final or its tries are used up. Waiting can be cancelled. */
  async persist<T>(attempt: () => Promise<Attempt<T>>): Promise<T> {
    const { limits, logger, random, signal } = this.deps;
    for (let tries = 1; ;) {
      throwIfAborted(signal);
      const outcome = await attempt();
      if (outcome.kind === 'done') return outcome.value;
      if (outcome.kind === 'again') continue;
      const { error, retryAfterMs } = outcome;
      if (tries >= Math.min(outcome.maxTries, limits.maxTries)) throw error;
      if (retryAfterMs !== null && retryAfterMs > limits.maxWaitMs) {
        throw new LicenseError('throttled', error.message, {
          ...error.details,
          retryAfterSeconds: Math.ceil(retryAfterMs / 1000),
        });
      }
      const wait = waitBeforeRetry(tries, retryAfterMs, limits, random);
      logger.debug(`Try ${tries} failed (${error.reason}); the next one in ${wait} ms`);
      const waitingSince = performance.now();
      try {
        await delay(wait, signal);
      } finally {
        if (error.reason === 'throttled' || retryAfterMs !== null) {
          this.throttledMs += performance.now() - waitingSince;
        }
      }
      tries += 1;
    }
  }

  /** A failure below HTTP: a broken or slow connection may pass, everything else is final. */
  failureOf(error: unknown): Attempt<never> {
    if (isPassingFailure(error)) {
      return { kind: 'retry', error, maxTries: this.deps.limits.maxTries, retryAfterMs: null };
    }
    throw error;
  }

  /** A status of 4xx or 5xx that passes by itself; null when it does not. */
  transient(
    response: Pick<HttpResponse, 'status' | 'headers' | 'text'>,
    facts: { path: string; clientRequestId: string },
  ): Attempt<never> | null {
    const { limits, now } = this.deps;
    const { status } = response;
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now());
    const body = parseGraphError(response.text);
    const later = (
      reason: 'throttled' | 'serviceError' | 'badResponse',
      maxTries: number,
    ): Attempt<never> => {
      return { kind: 'retry', error: graphError(reason, response, body, facts), maxTries, retryAfterMs };
    };
    if (status === 429 || status === 507 || status === 509) return later('throttled', limits.maxTries);
    const reason = body === null ? 'badResponse' : 'serviceError';
    if (status === 408 || status === 502 || status === 503 || status === 504)
      return later(reason, limits.maxTries);
    if (status === 500) return later(reason, 3);
    return null;
  }

  private refusal(
    url: string,
    response: HttpResponse,
    facts: { path: string; clientRequestId: string },
    token: AccessToken,
    permissions: readonly string[],
  ): Attempt<never> {
    const passing = this.transient(response, facts);
    if (passing !== null) {
      // What the service asks of one request holds for all of its kind.
      if (passing.kind === 'retry' && passing.retryAfterMs !== null) {
        this.deps.rates?.pause(url, Math.min(passing.retryAfterMs, this.deps.limits.maxWaitMs));
      }
      return passing;
    }
    const body = parseGraphError(response.text);
    if (body === null && response.status !== 501) {
      const error = graphError('badResponse', response, null, facts);
      return { kind: 'retry', error, maxTries: badBodyTries, retryAfterMs: null };
    }
    if (response.status !== 403) throw graphError('serviceError', response, body, facts);
    const reason = forbiddenReason(body?.code ?? '', token, permissions);
    const error = graphError(reason, response, body, facts, { permission: permissions[0] ?? null });
    // Tenants with a premium license see this one now and then.
    if (reason === 'premiumRequired') return { kind: 'retry', error, maxTries: 2, retryAfterMs: null };
    throw error;
  }
}
