import { Agent } from 'node:https';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import type { SampleOptions } from '../../src/sample/sampleOptions';
import type { SampleTenant } from '../../src/sample/sampleTenant';
import { startSampleTenant } from '../../src/sample/sampleTenant';

/** A sample tenant of a mocha suite. */
export interface SampleTenantFixture {
  /** Running from `before` to `after`. */
  readonly tenant: SampleTenant;
  /** Trusts the tenant's certificate authority, and nobody else's. */
  readonly agent: Agent;
  /** PEM text of that authority. */
  readonly ca: string;
  /** An access token for Graph by client credentials. */
  token(): Promise<string>;
  /** One exchange; redirects are not followed. */
  send(request: FixtureRequest): Promise<FixtureResponse>;
}

/** A request of {@link SampleTenantFixture.send}. */
export interface FixtureRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Its answer, with the body read whole. */
export interface FixtureResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

/**
 * Starts a sample tenant before the tests of the surrounding `describe` and stops it after them. Call it inside
 * `describe`, and use what it returns inside tests and hooks only.
 */
export function withSampleTenant(options: SampleOptions = {}): SampleTenantFixture {
  let tenant: SampleTenant | undefined;
  let agent: Agent | undefined;
  before(async () => {
    tenant = await startSampleTenant(options);
    agent = new Agent({ keepAlive: true, ca: tenant.address.caCertificate });
  });
  after(async () => {
    agent?.destroy();
    await tenant?.close();
  });
  const running = (): SampleTenant => {
    if (!tenant) throw new Error('The sample tenant runs in tests and hooks only.');
    return tenant;
  };
  const send = (request: FixtureRequest): Promise<FixtureResponse> => exchange(request, agent);
  return {
    get tenant() {
      return running();
    },
    get agent() {
      running();
      return agent as Agent;
    },
    get ca() {
      return running().address.caCertificate;
    },
    token: async () => {
      const { address } = running();
      const response = await send({
        method: 'POST',
        url: `${address.loginUrl}/${address.tenantId}/oauth2/v2.0/token`,
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: address.confidentialClientId,
          client_secret: address.clientSecret,
          scope: `${address.graphUrl}/.default`,
        }).toString(),
      });
      return (JSON.parse(response.text) as { access_token: string }).access_token;
    },
    send,
  };
}

/** One HTTPS (or loopback HTTP) exchange over an agent. */
export function exchange(request: FixtureRequest, agent: Agent | undefined): Promise<FixtureResponse> {
  return new Promise((resolve, reject) => {
    const plain = request.url.startsWith('http:');
    const outgoing = (plain ? http : https).request(
      request.url,
      { method: request.method ?? 'GET', headers: request.headers, agent: plain ? undefined : agent },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes,
            text: bytes.toString('utf8'),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}
