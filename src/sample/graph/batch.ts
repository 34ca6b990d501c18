import type { SampleReply, SampleRequest } from '../net/exchange';
import { bodyText, json } from '../net/exchange';
import type { GraphCall } from './graphContext';
import { badRequest } from './graphError';

interface BatchItem {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

const largestBatch = 20;

function readItems(text: string): readonly BatchItem[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest('Unable to read JSON request payload.');
  }
  const { requests } = (body ?? {}) as Record<string, unknown>;
  if (!Array.isArray(requests)) throw badRequest("Invalid batch payload format: 'requests' is missing.");
  if (requests.length > largestBatch) {
    throw badRequest(`Number of batch requests cannot exceed ${largestBatch}.`);
  }
  const items = (requests as Record<string, unknown>[]).map((entry) => ({
    id: String(entry['id']),
    method: String(entry['method']).toUpperCase(),
    url: String(entry['url']),
    headers: (entry['headers'] ?? {}) as Record<string, string>,
    body: entry['body'],
    dependsOn: Array.isArray(entry['dependsOn']) ? entry['dependsOn'].map(String) : [],
  }));
  if (new Set(items.map((item) => item.id)).size !== items.length) {
    throw badRequest('Request ids in a batch must be unique.');
  }
  return items;
}

/**
 * `POST /$batch`. Items are answered in the opposite order of the request, because clients must match by id.
 * @see https://learn.microsoft.com/graph/json-batching
 */
export async function runBatch(
  call: GraphCall,
  run: (request: SampleRequest) => Promise<SampleReply>,
): Promise<SampleReply> {
  const answers = new Map<string, Record<string, unknown>>();
  for (const item of readItems(call.request.body)) {
    const failed = item.dependsOn.some((id) => Number(answers.get(id)?.['status'] ?? 424) >= 400);
    answers.set(item.id, failed ? failedDependency(item) : await answerItem(call, item, run));
  }
  return json(200, { responses: [...answers.values()].reverse() });
}

function failedDependency(item: BatchItem): Record<string, unknown> {
  const error = { code: 'FailedDependency', message: 'A request that this one depends on has failed.' };
  return { id: item.id, status: 424, headers: {}, body: { error } };
}

async function answerItem(
  call: GraphCall,
  item: BatchItem,
  run: (request: SampleRequest) => Promise<SampleReply>,
): Promise<Record<string, unknown>> {
  const target = `/${call.version}${item.url.startsWith('/') ? '' : '/'}${item.url}`;
  const url = new URL(target, 'http://localhost');
  const headers = Object.fromEntries(
    Object.entries(item.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const reply = await run({
    origin: 'graph',
    method: item.method,
    path: decodeURIComponent(url.pathname),
    target,
    query: url.searchParams,
    headers,
    body: item.body === undefined ? '' : JSON.stringify(item.body),
  });
  const text = bodyText(reply);
  const isJson = reply.headers?.['content-type']?.includes('json') ?? false;
  return {
    id: item.id,
    status: reply.status,
    headers: reply.headers ?? {},
    ...(text === '' ? {} : { body: isJson ? (JSON.parse(text) as unknown) : text }),
  };
}
