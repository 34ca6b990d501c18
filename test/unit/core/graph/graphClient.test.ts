import assert from 'node:assert/strict';
import type { ErrorReason } from '../../../../src/core/foundation/errors';
import { isLicenseError, LicenseError } from '../../../../src/core/foundation/errors';
import type { Logger } from '../../../../src/core/foundation/logger';
import { silentLogger } from '../../../../src/core/foundation/logger';
import type { GraphClient, GraphPage } from '../../../../src/core/graph/graphClient';
import { createGraphClient } from '../../../../src/core/graph/graphClient';
import { isExpiredPageToken } from '../../../../src/core/graph/graphErrors';
import type { HttpClient, HttpRequest, HttpResponse } from '../../../../src/core/graph/httpClient';
import { CountingTokens, errorAnswer, jsonAnswer, ScriptedHttp } from './scriptedHttp';

const origin = 'https://graph.fenwick.example';

interface Setup {
  readonly tokens?: CountingTokens;
  readonly logger?: Logger;
  readonly signal?: AbortSignal;
  readonly maxWaitMs?: number;
  readonly baseDelayMs?: number;
}

function clientOf(http: HttpClient, setup: Setup = {}): GraphClient {
  return createGraphClient({
    http,
    tokens: setup.tokens ?? new CountingTokens(),
    graphOrigin: origin,
    logger: setup.logger ?? silentLogger,
    signal: setup.signal ?? new AbortController().signal,
    random: () => 0,
    limits: { baseDelayMs: setup.baseDelayMs ?? 1, maxWaitMs: setup.maxWaitMs ?? 1000 },
  });
}

async function all(pages: AsyncIterable<GraphPage>): Promise<GraphPage[]> {
  const list: GraphPage[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const rejects = (promise: Promise<unknown>, reason: ErrorReason): Promise<void> =>
  assert.rejects(promise, (error) => {
    assert.ok(isLicenseError(error), String(error));
    assert.equal(error.reason, reason);
    return true;
  });

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An HTTP client whose answers come when the test says so. */
class SlowHttp implements HttpClient {
  private readonly waiting: {
    readonly request: HttpRequest;
    readonly resolve: (response: HttpResponse) => void;
    readonly reject: (error: Error) => void;
  }[] = [];

  get urls(): readonly string[] {
    return this.waiting.map(({ request }) => request.url);
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => this.waiting.push({ request, resolve, reject }));
  }

  stream(): Promise<never> {
    return Promise.reject(new Error('Nothing is streamed here.'));
  }

  /** Waits until so many requests were sent. */
  async asked(requests: number): Promise<void> {
    while (this.waiting.length < requests) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  begin(index: number, text: string): void {
    this.waiting[index]?.request.onBeginning?.(text);
  }

  answer(index: number, text: string): void {
    this.waiting[index]?.resolve({ status: 200, headers: {}, text, bytes: text.length });
  }

  fail(index: number, error: Error): void {
    this.waiting[index]?.reject(error);
  }
}

const html = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  text: '<html>Sign in to the Wi-Fi</html>',
};
const network = { fails: new LicenseError('network', 'ECONNRESET') };

describe('pages of a listing', () => {
  it('follow the link as it is, through an empty page, and send the headers each time', async () => {
    const next = `${origin}/v1.0/users?$skiptoken=RFN%20w+/=`;
    const http = new ScriptedHttp(
      jsonAnswer({ '@odata.count': 3, value: [1], '@odata.nextLink': next }),
      jsonAnswer({ value: [], '@odata.nextLink': `${next}2` }),
      jsonAnswer({ value: [2, 3] }),
    );
    const pages = await all(
      clientOf(http).pages('/v1.0/users?$top=1', { headers: { ConsistencyLevel: 'eventual' } }),
    );
    assert.deepEqual(pages, [
      { values: [1], count: 3, deltaLink: null },
      { values: [], count: null, deltaLink: null },
      { values: [2, 3], count: null, deltaLink: null },
    ]);
    assert.deepEqual(
      http.requests.map((request) => request.url),
      [`${origin}/v1.0/users?$top=1`, next, `${next}2`],
    );
    for (const request of http.requests) {
      assert.equal(request.headers?.ConsistencyLevel, 'eventual');
      assert.equal(request.headers?.authorization, 'Bearer token-1');
      assert.match(request.headers?.['client-request-id'] ?? '', /^[0-9a-f-]{36}$/);
    }
  });

  for (const link of [
    'https://graph.evil.example/v1.0/users?$skiptoken=1',
    'http://graph.fenwick.example/v1.0/users?$skiptoken=1',
    'https://graph.fenwick.example:8443/v1.0/users',
    'https://graph.fenwick.example@evil.example/v1.0/users',
    'https://user:secret@graph.fenwick.example/v1.0/users',
    '//evil.example/v1.0/users',
    'javascript:alert(1)',
    'https://',
  ]) {
    it(`never lead to ${link}`, async () => {
      const http = new ScriptedHttp(jsonAnswer({ value: [], '@odata.nextLink': link }));
      await rejects(all(clientOf(http).pages('/v1.0/users')), 'untrustedHost');
      assert.equal(http.requests.length, 1);
    });
  }

  it('are asked for when the page before has begun to come, and one ahead at most', async () => {
    const http = new SlowHttp();
    const listing = clientOf(http).pages('/v1.0/users')[Symbol.asyncIterator]();
    const link = (page: number): string => `${origin}/v1.0/users?$skiptoken=${page}`;
    const first = listing.next();
    await http.asked(1);
    const beginning = (page: number): string => `{"@odata.nextLink":${JSON.stringify(link(page))},"value":[`;
    http.begin(0, beginning(2));
    await http.asked(2);
    assert.equal(http.urls[1], link(2));
    http.begin(1, beginning(3));
    http.answer(0, `${beginning(2)}1]}`);
    assert.deepEqual((await first).value, { values: [1], count: null, deltaLink: null });
    await settled();
    assert.equal(http.urls.length, 2, 'nobody has asked for the second page yet');
    const second = listing.next();
    await http.asked(3);
    assert.equal(http.urls[2], link(3));
    // The rest of the second page never came, and when it was asked for again it said otherwise.
    http.fail(1, new LicenseError('network', 'ECONNRESET'));
    await http.asked(4);
    assert.equal(http.urls[3], link(2));
    http.answer(3, `{"@odata.nextLink":${JSON.stringify(link(4))},"value":[2]}`);
    assert.deepEqual((await second).value, { values: [2], count: null, deltaLink: null });
    await http.asked(5);
    assert.equal(http.urls[4], link(4));
    const last = listing.next();
    http.answer(4, '{"value":[3]}');
    assert.deepEqual((await last).value, { values: [3], count: null, deltaLink: null });
    assert.equal((await listing.next()).done, true);
    assert.equal(http.urls.length, 5);
  });

  it('tell that all has come before the last page is worked on, and no earlier', async () => {
    const http = new SlowHttp();
    let arrived = 0;
    const onArrived = (): void => void (arrived += 1);
    const listing = clientOf(http).pages('/v1.0/users', { onArrived })[Symbol.asyncIterator]();
    const first = listing.next();
    await http.asked(1);
    http.answer(0, `{"@odata.nextLink":"${origin}/v1.0/users?$skiptoken=2","value":[1]}`);
    await first;
    assert.equal(arrived, 0);
    const last = listing.next();
    await http.asked(2);
    http.answer(1, '{"value":[2]}');
    await last;
    assert.equal(arrived, 1);
    assert.equal((await listing.next()).done, true);
    assert.equal(arrived, 1);
  });

  it('do not go where only a text among the values points', async () => {
    const named = { displayName: '","@odata.nextLink":"https://evil.example/"' };
    const http = new SlowHttp();
    const listing = clientOf(http).pages('/v1.0/users')[Symbol.asyncIterator]();
    const first = listing.next();
    await http.asked(1);
    const body = JSON.stringify({ value: [named] });
    http.begin(0, body);
    http.answer(0, body);
    assert.deepEqual((await first).value, { values: [named], count: null, deltaLink: null });
    assert.equal((await listing.next()).done, true);
    assert.equal(http.urls.length, 1);
  });

  it('come in parts where they are large, and count as cut off when the middle of one is no JSON', async () => {
    const values = Array.from({ length: 600 }, (_, index) => ({ id: `${index}`, name: 'n'.repeat(1000) }));
    const body = JSON.stringify({ '@odata.count': 600, value: values, '@odata.deltaLink': `${origin}/d` });
    const parts = await all(
      clientOf(new ScriptedHttp({ status: 200, headers: {}, text: body })).pages('/v1.0/users'),
    );
    assert.ok(parts.length > 2, `${parts.length} parts`);
    assert.deepEqual(
      parts.flatMap((part) => part.values),
      values,
    );
    assert.ok(parts.every((part) => part.count === 600));
    assert.deepEqual([...new Set(parts.map((part) => part.deltaLink))], [null, `${origin}/d`]);
    const broken = { status: 200, headers: {}, text: body.replace('"id":"200"', '"id":200"') };
    await assert.rejects(all(clientOf(new ScriptedHttp(broken)).pages('/v1.0/users')), (error) => {
      assert.ok(isLicenseError(error, 'badResponse'));
      assert.equal(error.details.cutOff, true);
      return true;
    });
  });

  it('that go in a circle are refused', async () => {
    const link = `${origin}/v1.0/users?$skiptoken=a`;
    const page = jsonAnswer({ value: [], '@odata.nextLink': link });
    await rejects(all(clientOf(new ScriptedHttp(page, page)).pages('/v1.0/users')), 'badResponse');
  });

  it('that are no list are refused', async () => {
    await rejects(
      all(clientOf(new ScriptedHttp(jsonAnswer({ value: {} }))).pages('/v1.0/users')),
      'badResponse',
    );
    await rejects(all(clientOf(new ScriptedHttp(jsonAnswer(null))).pages('/v1.0/users')), 'badResponse');
  });

  it('whose token expired say so', async () => {
    const http = new ScriptedHttp(
      jsonAnswer({ value: [1], '@odata.nextLink': `${origin}/v1.0/users?$skiptoken=a` }),
      errorAnswer(400, 'Directory_ExpiredPageToken'),
    );
    await assert.rejects(all(clientOf(http).pages('/v1.0/users')), isExpiredPageToken);
  });
});

describe('a request that fails', () => {
  it('is tried again after 429, 503, a reset connection and a web page', async () => {
    const http = new ScriptedHttp(
      errorAnswer(429, 'TooManyRequests', { 'retry-after': '0.03' }),
      errorAnswer(503, 'serviceNotAvailable'),
      network,
      jsonAnswer({ ok: true }),
    );
    const client = clientOf(http);
    assert.deepEqual(await client.getJson('/v1.0/x'), { ok: true });
    const totals = client.totals();
    assert.equal(totals.requests, 4);
    assert.ok(totals.throttledMs >= 29 && totals.throttledMs < 5000, `${totals.throttledMs} ms`);
    assert.equal(new Set(http.requests.map((request) => request.headers?.['client-request-id'])).size, 4);
  });

  it('is tried five times at most', async () => {
    const http = new ScriptedHttp(...Array.from({ length: 9 }, () => errorAnswer(429, 'TooManyRequests')));
    await rejects(clientOf(http).getJson('/v1.0/x'), 'throttled');
    assert.equal(http.requests.length, 5);
    const broken = new ScriptedHttp(...Array.from({ length: 9 }, () => network));
    await rejects(clientOf(broken).getJson('/v1.0/x'), 'network');
    assert.equal(broken.requests.length, 5);
  });

  it('is tried three times after 500 and never after 501', async () => {
    const failing = new ScriptedHttp(
      ...Array.from({ length: 9 }, () => errorAnswer(500, 'generalException')),
    );
    await rejects(clientOf(failing).getJson('/v1.0/x'), 'serviceError');
    assert.equal(failing.requests.length, 3);
    const missing = new ScriptedHttp(errorAnswer(501, 'NotImplemented'));
    await rejects(clientOf(missing).getJson('/v1.0/x'), 'serviceError');
    assert.equal(missing.requests.length, 1);
  });

  it('is badResponse when it stays a web page or broken JSON', async () => {
    await rejects(clientOf(new ScriptedHttp(html, html, html)).getJson('/v1.0/x'), 'badResponse');
    const broken = { status: 200, headers: {}, text: '{"value":[' };
    await rejects(clientOf(new ScriptedHttp(broken, broken, broken)).getJson('/v1.0/x'), 'badResponse');
  });

  it('is not waited for longer than the limit', async () => {
    const http = new ScriptedHttp(errorAnswer(429, 'TooManyRequests', { 'retry-after': '301' }));
    await assert.rejects(clientOf(http, { maxWaitMs: 300_000 }).getJson('/v1.0/x'), (error) => {
      assert.ok(isLicenseError(error, 'throttled'));
      assert.equal(error.details.retryAfterSeconds, 301);
      return true;
    });
  });

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController();
    const http = new ScriptedHttp(errorAnswer(429, 'TooManyRequests', { 'retry-after': '60' }));
    const reading = clientOf(http, { signal: controller.signal, maxWaitMs: 120_000 }).getJson('/v1.0/x');
    setImmediate(() => controller.abort());
    await rejects(reading, 'cancelled');
  });

  it('is final for a certificate', async () => {
    const http = new ScriptedHttp({ fails: new LicenseError('certificate', 'self-signed') });
    await rejects(clientOf(http).getJson('/v1.0/x'), 'certificate');
  });

  it('gives status, code, ids and path, and keeps token and query out of error and log', async () => {
    const lines: string[] = [];
    const keep = (line: string): void => void lines.push(line);
    const logger = { trace: keep, debug: keep, info: keep, warn: keep, error: keep };
    const http = new ScriptedHttp(errorAnswer(400, 'Request_BadRequest', { 'request-id': 'r-1' }));
    await assert.rejects(clientOf(http, { logger }).getJson('/v1.0/x?$skiptoken=hidden'), (error) => {
      assert.ok(isLicenseError(error, 'serviceError'));
      const { clientRequestId, ...rest } = error.details;
      assert.match(String(clientRequestId), /^[0-9a-f-]{36}$/);
      assert.deepEqual(rest, { status: 400, code: 'Request_BadRequest', requestId: 'r-1', path: '/v1.0/x' });
      assert.doesNotMatch(JSON.stringify(error) + error.message, /hidden|token-1/);
      return true;
    });
    assert.match(lines.join('\n'), /request-id r-1/);
    assert.doesNotMatch(lines.join('\n'), /hidden|token-1/);
  });
});

describe('a refused token', () => {
  const refused = errorAnswer(401, 'InvalidAuthenticationToken');
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1793606400"}}}';
  const challenge = errorAnswer(401, 'InvalidAuthenticationToken', {
    'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
  });

  it('is renewed once, then the person must sign in', async () => {
    const tokens = new CountingTokens();
    const http = new ScriptedHttp(refused, jsonAnswer({ ok: true }));
    assert.deepEqual(await clientOf(http, { tokens }).getJson('/v1.0/x'), { ok: true });
    assert.deepEqual(tokens.calls, [{}, { forceRefresh: true }]);
    assert.equal(http.requests[1]?.headers?.authorization, 'Bearer token-2');
    await rejects(clientOf(new ScriptedHttp(refused, refused)).getJson('/v1.0/x'), 'signInRequired');
  });

  it('is renewed with the claims of a challenge, which the error keeps if that was not enough', async () => {
    const tokens = new CountingTokens();
    const http = new ScriptedHttp(challenge, jsonAnswer({ ok: true }), challenge, challenge);
    const client = clientOf(http, { tokens });
    assert.deepEqual(await client.getJson('/v1.0/x'), { ok: true });
    assert.deepEqual(tokens.calls, [{}, { claims }]);
    await assert.rejects(client.getJson('/v1.0/x'), (error) => {
      return isLicenseError(error, 'signInRequired') && error.details.claims === claims;
    });
  });

  it('is renewed once for requests side by side', async () => {
    const tokens = new CountingTokens();
    const ok = jsonAnswer({ ok: true });
    const client = clientOf(new ScriptedHttp(refused, refused, refused, ok, ok, ok), { tokens });
    await Promise.all(['/v1.0/a', '/v1.0/b', '/v1.0/c'].map((path) => client.getJson(path)));
    assert.deepEqual(tokens.calls, [{}, { forceRefresh: true }]);
  });
});

describe('a 403', () => {
  const premium = errorAnswer(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');

  it('about premium licenses is believed the second time only', async () => {
    const once = new ScriptedHttp(premium, jsonAnswer({ ok: true }));
    assert.deepEqual(await clientOf(once).getJson('/v1.0/x'), { ok: true });
    const twice = new ScriptedHttp(premium, premium);
    await rejects(clientOf(twice).getJson('/v1.0/x'), 'premiumRequired');
    assert.equal(twice.requests.length, 2);
  });

  it('names the permission, and is a matter of the role where the token has the permission', async () => {
    const options = { permissions: ['Reports.Read.All'] };
    await assert.rejects(
      clientOf(new ScriptedHttp(errorAnswer(403, 'S2SUnauthorized'))).getJson('/v1.0/x', options),
      (error) =>
        isLicenseError(error, 'permissionMissing') && error.details.permission === 'Reports.Read.All',
    );
    const tokens = new CountingTokens(['Reports.Read.All', 'User.Read.All']);
    const http = new ScriptedHttp(errorAnswer(403, 'S2SUnauthorized'));
    await rejects(clientOf(http, { tokens }).getJson('/v1.0/x', options), 'roleMissing');
  });
});

describe('a report', () => {
  const link = 'https://reports.office.example/data?sig=secret';
  const found = { status: 302, headers: { location: link } };
  const csv = { status: 200, headers: { 'content-type': 'application/octet-stream' }, text: 'a,b\r\n' };

  it('is downloaded from another host without the token', async () => {
    const http = new ScriptedHttp(found, csv);
    assert.equal(await text(await clientOf(http).report('/v1.0/reports/r')), 'a,b\r\n');
    assert.equal(http.requests[0]?.headers?.authorization, 'Bearer token-1');
    assert.equal(http.requests[1]?.url, link);
    const names = Object.keys(http.requests[1]?.headers ?? {}).map((name) => name.toLowerCase());
    assert.deepEqual(names, ['accept']);
  });

  it('tells that all of it has come when its body has ended, not when somebody stops reading it', async () => {
    let arrived = 0;
    const onArrived = (): void => void (arrived += 1);
    const body = await clientOf(new ScriptedHttp(found, csv)).report('/v1.0/reports/r', { onArrived });
    assert.equal(arrived, 0);
    await text(body);
    assert.equal(arrived, 1);
    const halfRead = await clientOf(new ScriptedHttp(found, csv)).report('/v1.0/reports/r', { onArrived });
    for await (const chunk of halfRead) {
      assert.ok(chunk.byteLength > 0);
      break;
    }
    assert.equal(arrived, 1);
  });

  it('is never downloaded over plain HTTP, except from the loopback', async () => {
    const plain = { status: 302, headers: { location: 'http://reports.office.example/data' } };
    await rejects(clientOf(new ScriptedHttp(plain)).report('/v1.0/reports/r'), 'untrustedHost');
    const local = { status: 302, headers: { location: 'http://127.0.0.1:8080/data' } };
    assert.equal(
      await text(await clientOf(new ScriptedHttp(local, csv)).report('/v1.0/reports/r')),
      'a,b\r\n',
    );
  });

  it('gets a new link when the first is no longer good', async () => {
    const http = new ScriptedHttp(found, { status: 403, text: '<Error>expired</Error>' }, found, csv);
    assert.equal(await text(await clientOf(http).report('/v1.0/reports/r')), 'a,b\r\n');
    assert.equal(http.requests.length, 4);
  });

  it('is tried again when the download is busy or a web page', async () => {
    const http = new ScriptedHttp(found, { status: 503 }, html, network, csv);
    assert.equal(await text(await clientOf(http).report('/v1.0/reports/r')), 'a,b\r\n');
    await rejects(
      clientOf(new ScriptedHttp(found, html, html, html)).report('/v1.0/reports/r'),
      'badResponse',
    );
  });

  it('that is not a link is refused', async () => {
    const json = jsonAnswer({ value: [] });
    await rejects(clientOf(new ScriptedHttp(json, json, json)).report('/v1.0/reports/r'), 'badResponse');
  });

  it('that breaks off says that it was cut', async () => {
    const http = new ScriptedHttp(found);
    http.stream = async () => ({
      status: 200,
      headers: {},
      body: (async function* () {
        yield Buffer.from('a,');
        throw new Error('aborted');
      })(),
    });
    await assert.rejects(
      (async () => text(await clientOf(http).report('/v1.0/reports/r')))(),
      (error) => isLicenseError(error, 'network') && error.details.cutOff === true,
    );
  });
});
