import { Buffer } from 'node:buffer';
import type { SampleRequest } from '../net/exchange';
import { badRequest, GraphProblem, unsupportedQuery } from './graphError';

/** Where a listing goes on. */
export interface PagePosition {
  /** Place in the underlying order. */
  readonly at: number;
  /** Pages that were handed out before this one. */
  readonly page: number;
}

/** Writes a skip token; opaque to the client. */
export function skipToken(position: PagePosition): string {
  return Buffer.from(`RFNwdAIAAQ:${position.at}:${position.page}`, 'utf8').toString('base64url');
}

/** Where a request begins. Throws a 400 for a token that is none of ours. */
export function positionOf(request: SampleRequest): PagePosition {
  const token = request.query.get('$skiptoken');
  if (token === null) return { at: 0, page: 0 };
  const match = /^RFNwdAIAAQ:(\d+):(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'));
  if (!match)
    throw new GraphProblem(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.');
  return { at: Number(match[1]), page: Number(match[2]) };
}

/** Page size: `$top`, or the default; too large a value is capped, as Graph does without a word. */
export function pageSizeOf(request: SampleRequest, defaultSize: number, maximum: number): number {
  const text = request.query.get('$top');
  if (text === null) return defaultSize;
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1) {
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${maximum} inclusive.`);
  }
  return Math.min(top, maximum);
}

/** Throws a 400 for a query option that the listing does not take. */
export function checkOptions(request: SampleRequest, supported: readonly string[]): void {
  for (const name of request.query.keys()) {
    if (name.startsWith('$') && !supported.includes(name)) {
      throw unsupportedQuery(`Unsupported Query: the query option '${name}' is not supported.`);
    }
  }
}

/** The link to a position of the listing that a request asks for; it carries the request's own options. */
export function linkTo(origin: string, request: SampleRequest, option: string, token: string): string {
  const options = [...request.query]
    .filter(([name]) => !['$skiptoken', '$deltatoken'].includes(name))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  options.push(`${option}=${token}`);
  return `${origin}${encodeURI(request.path)}?${options.join('&')}`;
}

/** The properties of `$select`, or undefined when there is none. */
export function selectOf(request: SampleRequest): readonly string[] | undefined {
  const text = request.query.get('$select');
  if (text === null || text.trim() === '') return undefined;
  return text.split(',').map((name) => name.trim());
}

/** Keeps only selected properties, and those that always come. */
export function selected(
  value: Readonly<Record<string, unknown>>,
  select: readonly string[] | undefined,
): Record<string, unknown> {
  if (!select) return { ...value };
  const wanted = new Set([...select, 'id']);
  return Object.fromEntries(Object.entries(value).filter(([name]) => wanted.has(name)));
}
