import type { FixtureResponse, SampleTenantFixture } from './sampleTenantFixture';

/** Graph of a sample tenant, as a test calls it: with a token of its own, JSON in and out. */
export interface SampleGraph {
  get(path: string, headers?: Record<string, string>): Promise<FixtureResponse>;
  send(method: string, path: string, body?: unknown): Promise<FixtureResponse>;
  /** The parsed body of a GET. */
  json<T>(path: string, headers?: Record<string, string>): Promise<T>;
  /** All rows of a listing and the size of each page, following next links. */
  all<T>(path: string, headers?: Record<string, string>): Promise<{ rows: T[]; pages: number[] }>;
}

/** One page of a listing. */
export interface GraphPage<T> {
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
  readonly '@odata.count'?: number;
  readonly value: readonly T[];
}

/** Calls Graph with a token by client credentials, taken at the first call. */
export function sampleGraph(sample: SampleTenantFixture): SampleGraph {
  let token: Promise<string> | undefined;
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<FixtureResponse> => {
    token ??= sample.token();
    return sample.send({
      method,
      url: path.startsWith('https:') ? path : sample.tenant.address.graphUrl + path,
      headers: {
        authorization: `Bearer ${await token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  };
  const get = (path: string, headers?: Record<string, string>): Promise<FixtureResponse> =>
    send('GET', path, undefined, headers);
  const json = async <T>(path: string, headers?: Record<string, string>): Promise<T> => {
    const response = await get(path, headers);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${response.text}`);
    return JSON.parse(response.text) as T;
  };
  return {
    get,
    send,
    json,
    all: async <T>(path: string, headers?: Record<string, string>) => {
      const rows: T[] = [];
      const pages: number[] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const page: GraphPage<T> = await json<GraphPage<T>>(next, headers);
        rows.push(...page.value);
        pages.push(page.value.length);
        next = page['@odata.nextLink'];
      }
      return { rows, pages };
    },
  };
}

/** Code and message of a Graph error body. */
export function graphErrorOf(response: FixtureResponse): { status: number; code: string; message: string } {
  const { error } = JSON.parse(response.text) as { error: { code: string; message: string } };
  return { status: response.status, code: error.code, message: error.message };
}
