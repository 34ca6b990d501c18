import { randomUUID } from 'node:crypto';
import { delay, throwIfAborted } from '../foundation/abort';
import { LicenseError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import type { AccessToken } from '../identity/identity';
import { forbiddenReason, graphError, parseGraphError, parseJson } from './graphErrors';
import type { HttpClient } from './httpClient';
import { parseRetryAfter } from './retryPolicy';

/** Collaborators of {@link postJson}. */
export interface GraphPostDeps {
  readonly http: HttpClient;
  readonly token: AccessToken;
  /** Scheme, host and port of the connection's Graph. */
  readonly graphOrigin: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Milliseconds between two tries while the service does not know yet what was just made. */
  readonly replicationDelayMs?: number;
}

/** How a body is sent. */
export interface PostOptions {
  /** Permissions of which any is enough, the least one first. */
  readonly permissions: readonly string[];
  /** True where the request is about something made a moment ago, which a replica may not know yet. */
  readonly afterCreation?: boolean;
}

const triesAfterCreation = 6;

/**
 * Sends a JSON body to Graph and returns the answer's. Nothing is sent twice after an answer that leaves open
 * whether it worked; only what was certainly not done is tried again: too many requests (429), and a replica that
 * does not know a new object yet. The body is never logged.
 *
 * Rejects with `permissionMissing`, `roleMissing`, `signInRequired`, `throttled`, `serviceError`, `badResponse`,
 * and what the HTTP client rejects with.
 * @see https://learn.microsoft.com/graph/errors
 */
export async function postJson(
  deps: GraphPostDeps,
  path: string,
  body: unknown,
  options: PostOptions,
): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    throwIfAborted(deps.signal);
    const facts = { path, clientRequestId: randomUUID(), method: 'POST' };
    const response = await deps.http.send({
      method: 'POST',
      url: deps.graphOrigin + path,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Bearer ${deps.token.token}`,
        'client-request-id': facts.clientRequestId,
      },
      body: JSON.stringify(body),
      signal: deps.signal,
    });
    deps.logger.debug(`POST ${path} ${response.status}, client-request-id ${facts.clientRequestId}`);
    const { status } = response;
    if (status < 300) {
      const value = parseJson(response.text);
      if (value !== undefined) return value;
      throw new LicenseError('badResponse', `POST ${path} was answered with something that is not JSON.`, {
        path,
        status,
      });
    }
    const error = parseGraphError(response.text);
    const unknownYet =
      options.afterCreation === true && (status === 404 || isNotReplicated(status, error?.code));
    if (unknownYet && tries < triesAfterCreation) {
      await delay((deps.replicationDelayMs ?? 2_000) * tries, deps.signal);
      continue;
    }
    const wait = parseRetryAfter(response.headers['retry-after'], deps.now());
    if (status === 429 && wait !== null && wait <= 30_000 && tries < 3) {
      await delay(wait, deps.signal);
      continue;
    }
    const reason =
      status === 401
        ? 'signInRequired'
        : status === 403
          ? forbiddenReason(error?.code ?? '', deps.token, options.permissions)
          : status === 429
            ? 'throttled'
            : error === null
              ? 'badResponse'
              : 'serviceError';
    const permission = { permission: options.permissions[0] ?? null };
    throw graphError(reason, response, error, facts, status === 403 ? permission : {});
  }
}

/** A service principal for an application that this replica has not heard of. */
function isNotReplicated(status: number, code: string | undefined): boolean {
  return status === 400 && (code === 'NoBackingApplicationObject' || code === 'Request_ResourceNotFound');
}
