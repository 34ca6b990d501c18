import { randomUUID } from 'node:crypto';
import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';

/** A refusal of Graph, thrown by the endpoints and turned into a reply by the server. */
export class GraphProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** The reply of a problem. @see https://learn.microsoft.com/graph/errors */
export function graphErrorReply(problem: GraphProblem): SampleReply {
  const requestId = randomUUID();
  return json(
    problem.status,
    {
      error: {
        code: problem.code,
        message: problem.message,
        innerError: {
          date: new Date().toISOString().slice(0, 19),
          'request-id': requestId,
          'client-request-id': requestId,
        },
      },
    },
    { 'request-id': requestId, ...problem.headers },
  );
}

export const badRequest = (message: string): GraphProblem =>
  new GraphProblem(400, 'Request_BadRequest', message);

export const unsupportedQuery = (message: string): GraphProblem =>
  new GraphProblem(400, 'Request_UnsupportedQuery', message);

export const notFound = (id: string): GraphProblem =>
  new GraphProblem(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const denied = (): GraphProblem =>
  new GraphProblem(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
