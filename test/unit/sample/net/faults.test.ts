import assert from 'node:assert/strict';
import * as https from 'node:https';
import type { SampleFaults } from '../../../../src/sample/sampleOptions';
import { graphErrorOf, sampleGraph } from '../../../support/sampleGraph';
import type { FixtureResponse } from '../../../support/sampleTenantFixture';
import { withSampleTenant } from '../../../support/sampleTenantFixture';

describe('sample tenant: faults', () => {
  const sample = withSampleTenant({ users: 400, today: '2026-11-21' });
  const graph = sampleGraph(sample);
  const configure = (faults: SampleFaults): Promise<void> => sample.tenant.configure({ faults });
  const path = '/v1.0/organization';

  afterEach(() => configure({}));

  it('answer in the ways in which Graph is busy', async () => {
    await configure({ throttle: 1 });
    const throttled = await graph.get(path);
    assert.deepEqual([throttled.status, throttled.headers['retry-after']], [429, '0.128']);
    assert.equal(graphErrorOf(throttled).code, 'TooManyRequests');
    await configure({ throttleWithoutRetryAfter: 1 });
    assert.equal((await graph.get(path)).headers['retry-after'], undefined);
    await configure({ unavailable: 1 });
    assert.equal((await graph.get(path)).status, 503);
    await configure({ html: 1 });
    const html = await graph.get(path);
    assert.equal(html.headers['content-type'], 'text/html');
    assert.match(html.text, /^<html>/);
  });

  it('cut the connection in the middle of the body, of pages and of files', async () => {
    const link = await graph.get("/v1.0/reports/getOffice365ActiveUserDetail(period='D7')");
    await configure({ cut: 1 });
    await assert.rejects(graph.get('/v1.0/users?$top=999'), /aborted|socket hang up|ECONNRESET/);
    await assert.rejects(graph.get('/v1.0/subscribedSkus'), /aborted|socket hang up|ECONNRESET/);
    await assert.rejects(
      sample.send({ url: link.headers.location ?? '' }),
      /aborted|socket hang up|ECONNRESET/,
    );
  });

  it('hit only what they are meant for, and stop when they are told to', async () => {
    await configure({ unavailable: 1, only: '/users', atMost: 2 });
    assert.equal((await graph.get(path)).status, 200);
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await graph.get('/v1.0/users')).status);
    assert.deepEqual(statuses, [503, 503, 200, 200]);
  });

  it('come in the same order for the same seed', async () => {
    const run = async (seed: number): Promise<number[]> => {
      await configure({ seed, throttle: 0.3, unavailable: 0.3 });
      const statuses = [];
      for (let n = 0; n < 24; n++) statuses.push((await graph.get(path)).status);
      return statuses;
    };
    const first = await run(11);
    assert.deepEqual(await run(11), first);
    assert.notDeepEqual(await run(12), first);
    assert.deepEqual([...new Set(first)].sort(), [200, 429, 503]);
  });

  it('let tokens expire early', async () => {
    await configure({ expireTokensAfter: 2 });
    const token = await sample.token();
    const url = sample.tenant.address.graphUrl + path;
    const get = (bearer: string): Promise<FixtureResponse> =>
      sample.send({ url, headers: { authorization: `Bearer ${bearer}` } });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await get(token)).status);
    assert.deepEqual(statuses, [200, 200, 401, 401]);
    assert.equal((await get(await sample.token())).status, 200);
  });

  it('challenge a token until the client has answered with the claims', async () => {
    await configure({ claimsChallenge: true });
    const { address } = sample.tenant;
    const url = address.graphUrl + path;
    const token = async (claims?: string): Promise<string> => {
      const form = {
        grant_type: 'client_credentials',
        client_id: address.confidentialClientId,
        client_secret: address.clientSecret,
        scope: `${address.graphUrl}/.default`,
        ...(claims === undefined ? {} : { claims }),
      };
      const response = await sample.send({
        method: 'POST',
        url: `${address.loginUrl}/${address.tenantId}/oauth2/v2.0/token`,
        body: new URLSearchParams(form).toString(),
      });
      return (JSON.parse(response.text) as { access_token: string }).access_token;
    };
    const refused = await sample.send({ url, headers: { authorization: `Bearer ${await token()}` } });
    assert.equal(refused.status, 401);
    const header = refused.headers['www-authenticate'] ?? '';
    assert.match(header, /error="insufficient_claims"/);
    const claims = Buffer.from(/claims="([^"]+)"/.exec(header)?.[1] ?? '', 'base64').toString('utf8');
    const answered = await token(claims);
    const accepted = await sample.send({ url, headers: { authorization: `Bearer ${answered}` } });
    assert.equal(accepted.status, 200);
  });

  it('expire the page token of a listing once', async () => {
    await configure({ expirePageTokens: true });
    const first = JSON.parse((await graph.get('/v1.0/users')).text) as { '@odata.nextLink': string };
    const refused = await graph.get(first['@odata.nextLink']);
    assert.equal(graphErrorOf(refused).code, 'Directory_ExpiredPageToken');
    assert.equal((await graph.all('/v1.0/users')).rows.length, 400);
  });
});

describe('sample tenant: certificates', () => {
  const sample = withSampleTenant({ users: 1 });

  it('are trusted by those who were told to, and by nobody else', async () => {
    const { loginUrl, tenantId } = sample.tenant.address;
    const url = `${loginUrl}/${tenantId}/discovery/v2.0/keys`;
    assert.equal((await sample.send({ url })).status, 200);
    assert.equal((await sample.send({ url: url.replace('localhost', '127.0.0.1') })).status, 200);
    await assert.rejects(
      new Promise((resolve, reject) => {
        https.get(url, resolve).on('error', reject);
      }),
      /unable to verify|self-signed|SELF_SIGNED|UNABLE_TO_VERIFY/,
    );
  });
});
