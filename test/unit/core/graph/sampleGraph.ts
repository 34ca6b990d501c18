import { createHttpClient } from '../../../../src/core/graph/axiosHttpClient';
import type { GraphClient } from '../../../../src/core/graph/graphClient';
import { createGraphClient } from '../../../../src/core/graph/graphClient';
import type { HttpClient } from '../../../../src/core/graph/httpClient';
import type { ReadingContext } from '../../../../src/core/graph/listing';
import { newReadingNotes } from '../../../../src/core/graph/listing';
import { silentLogger } from '../../../../src/core/foundation/logger';
import type { AccessToken, TokenOptions, TokenSource } from '../../../../src/core/identity/identity';
import type { SampleAddress } from '../../../../src/sample/sampleOptions';
import type { SampleTenantFixture } from '../../../support/sampleTenantFixture';

/** Short waits, so that a fault costs milliseconds. */
export const quickLimits = { baseDelayMs: 2 };

/** The product's own HTTP client, trusting the sample tenant. */
export function sampleHttp({ ca }: SampleTenantFixture): HttpClient {
  return createHttpClient({ extraCertificates: [ca] });
}

/** Tokens of the sample tenant: as the application itself, or of its account by device code. */
export class SampleTokens implements TokenSource {
  readonly calls: TokenOptions[] = [];
  private current: AccessToken | undefined;

  constructor(
    private readonly sample: SampleTenantFixture,
    private readonly who: 'application' | 'account' = 'application',
  ) {}

  async getToken({ signal: _, ...options }: TokenOptions = {}): Promise<AccessToken> {
    this.calls.push(options);
    if (this.current === undefined || options.forceRefresh === true || options.claims !== undefined) {
      const { address } = this.sample.tenant;
      this.current = await (this.who === 'application'
        ? this.asApplication(address, options.claims)
        : this.asAccount(address));
    }
    return this.current;
  }

  private async asApplication(address: SampleAddress, claims = ''): Promise<AccessToken> {
    return this.post(address, 'token', {
      grant_type: 'client_credentials',
      client_id: address.confidentialClientId,
      client_secret: address.clientSecret,
      scope: `${address.graphUrl}/.default`,
      claims,
    }).then((answer) => this.toToken(answer));
  }

  private async asAccount(address: SampleAddress): Promise<AccessToken> {
    const client = { client_id: address.clientId };
    const scope = `${address.graphUrl}/.default`;
    const code = await this.post(address, 'devicecode', { ...client, scope });
    await this.sample.tenant.approveDeviceCode(String(code.user_code));
    const form = { ...client, grant_type: 'device_code', device_code: String(code.device_code) };
    return this.toToken(await this.post(address, 'token', form));
  }

  private async post(
    address: SampleAddress,
    endpoint: string,
    form: Record<string, string>,
  ): Promise<Record<string, unknown>> {
    const url = `${address.loginUrl}/${address.tenantId}/oauth2/v2.0/${endpoint}`;
    const answer = await this.sample.send({
      method: 'POST',
      url,
      body: new URLSearchParams(form).toString(),
    });
    if (answer.status !== 200) throw new Error(answer.text);
    return JSON.parse(answer.text) as Record<string, unknown>;
  }

  private toToken(answer: Record<string, unknown>): AccessToken {
    const token = String(answer.access_token);
    const body = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      exp: number;
      tid: string;
      scp?: string;
      roles?: string[];
    };
    return {
      token,
      expiresAt: new Date(body.exp * 1000).toISOString(),
      tenantId: body.tid,
      scopes: body.scp?.split(' ') ?? [],
      roles: body.roles ?? [],
    };
  }
}

/** A Graph client of the sample tenant. */
export function sampleClient(
  sample: SampleTenantFixture,
  tokens: TokenSource = new SampleTokens(sample),
): GraphClient {
  return createGraphClient({
    http: sampleHttp(sample),
    tokens,
    graphOrigin: sample.tenant.address.graphUrl,
    logger: silentLogger,
    signal: new AbortController().signal,
    limits: quickLimits,
  });
}

/** What a reader needs, against the sample tenant. */
export function sampleContext(sample: SampleTenantFixture, client = sampleClient(sample)): ReadingContext {
  return { client, cloud: 'custom', now: () => new Date(), notes: newReadingNotes() };
}

/** Reads everything a reader gives. */
export async function collect<Row>(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** A listing of the sample tenant as plain JSON, read without any of the product's code. */
export async function rawListing(
  sample: SampleTenantFixture,
  path: string,
): Promise<Record<string, unknown>[]> {
  const headers = { authorization: `Bearer ${await sample.token()}`, ConsistencyLevel: 'eventual' };
  const values: Record<string, unknown>[] = [];
  for (let url: string | undefined = sample.tenant.address.graphUrl + path; url !== undefined;) {
    const answer = await sample.send({ url, headers });
    if (answer.status !== 200) throw new Error(`${url}: ${answer.text}`);
    const page = JSON.parse(answer.text) as {
      value: Record<string, unknown>[];
      '@odata.nextLink'?: string;
    };
    values.push(...page.value);
    url = page['@odata.nextLink'];
  }
  return values;
}

/** A usage report of the sample tenant as cells by header, read and split without any of the product's code. */
export async function rawReport(
  sample: SampleTenantFixture,
  call: string,
): Promise<Record<string, string>[]> {
  const link = await sample.send({
    url: `${sample.tenant.address.graphUrl}/v1.0/reports/${call}`,
    headers: { authorization: `Bearer ${await sample.token()}` },
  });
  const file = await sample.send({ url: String(link.headers.location) });
  const [header = [], ...lines] = splitCsv(file.text.replace(/^\uFEFF/, ''));
  return lines.map((cells) => Object.fromEntries(header.map((name, n) => [name, cells[n] ?? ''])));
}

/** RFC 4180, character by character. */
export function splitCsv(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let n = 0; n < text.length; n++) {
    const character = text[n] ?? '';
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[n + 1] === '"') cell += text[++n] ?? '';
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') {
      lines.push([...cells, cell]);
      cells = [];
      cell = '';
    } else if (character !== '\r') cell += character;
  }
  if (cell !== '' || cells.length > 0) lines.push([...cells, cell]);
  return lines;
}
