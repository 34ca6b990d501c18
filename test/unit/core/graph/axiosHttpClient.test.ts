import assert from 'node:assert/strict';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo, Socket } from 'node:net';
import * as net from 'node:net';
import { gzipSync } from 'node:zlib';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { ErrorReason, LicenseError } from '../../../../src/core/foundation/errors';
import { createHttpClient } from '../../../../src/core/graph/axiosHttpClient';
import type { HttpResponse } from '../../../../src/core/graph/httpClient';
import { createServerCertificate } from '../../../../src/sample/net/certificates';

const certificate = createServerCertificate();
const trusting = createHttpClient({ extraCertificates: [certificate.caCertificate] });

async function failure(promise: Promise<unknown>, reason: ErrorReason): Promise<LicenseError> {
  try {
    await promise;
  } catch (error) {
    if (!isLicenseError(error)) throw error;
    assert.equal(error.reason, reason, `${error.reason}: ${error.message}`);
    return error;
  }
  return assert.fail(`should have failed with ${reason}`);
}

describe('axiosHttpClient', () => {
  const sockets = new Set<Socket>();
  let handler: RequestListener = (_, response) => void response.end();
  let server: https.Server;
  let base: string;

  before(async () => {
    server = https.createServer(
      { key: certificate.key, cert: certificate.certificate },
      (request, response) => {
        handler(request, response);
      },
    );
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `https://localhost:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  const readAll = async (request: IncomingMessage): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  };

  it('sends method, headers and body, and reads the answer', async () => {
    let seen: { method?: string; header?: string; body: string; encoding?: string } = { body: '' };
    handler = (request, response) => {
      void readAll(request).then((body) => {
        seen = {
          method: request.method,
          header: request.headers['content-type'],
          body,
          encoding: request.headers['accept-encoding'],
        };
        response.writeHead(201, { 'X-Thing': 'yes', 'Set-Cookie': ['a=1', 'b=2'] });
        response.end('äöü');
      });
    };
    const answer = await trusting.send({
      method: 'POST',
      url: `${base}/x`,
      headers: { 'content-type': 'application/json' },
      body: '{"a":"ß"}',
    });
    assert.deepEqual([seen.method, seen.header, seen.body], ['POST', 'application/json', '{"a":"ß"}']);
    assert.match(seen.encoding ?? '', /gzip/);
    assert.equal(answer.status, 201);
    assert.equal(answer.text, 'äöü');
    assert.equal(answer.bytes, 6);
    assert.equal(answer.headers['x-thing'], 'yes');
    assert.equal(answer.headers['set-cookie'], 'a=1, b=2');
  });

  it('returns 4xx, 5xx and redirects as they are', async () => {
    handler = (_, response) => void response.writeHead(503, { 'Retry-After': '7' }).end('<html>busy</html>');
    const busy = await trusting.send({ method: 'GET', url: base });
    assert.deepEqual([busy.status, busy.headers['retry-after'], busy.text], [503, '7', '<html>busy</html>']);

    let requests = 0;
    handler = (_, response) => {
      requests++;
      response.writeHead(302, { Location: `${base}/elsewhere` }).end();
    };
    const redirect = await trusting.send({ method: 'GET', url: base });
    assert.deepEqual(
      [redirect.status, redirect.headers['location'], requests],
      [302, `${base}/elsewhere`, 1],
    );
  });

  it('decompresses gzip, whole and as a stream', async () => {
    const text = 'Name;Wert\r\n'.repeat(50_000);
    handler = (_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(text));
    };
    const whole = await trusting.send({ method: 'GET', url: base });
    assert.equal(whole.text, text);
    const { body } = await trusting.stream({ method: 'GET', url: base });
    let bytes = 0;
    let chunks = 0;
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      chunks++;
    }
    assert.equal(bytes, 550_000);
    assert.ok(chunks > 1, 'came in pieces');
  });

  it('reads characters that are split between chunks, and drops a byte order mark', async () => {
    handler = (_, response) => {
      const bytes = Buffer.from('\uFEFF€uro', 'utf8');
      response.write(bytes.subarray(0, 4));
      setImmediate(() => response.end(bytes.subarray(4)));
    };
    assert.equal((await trusting.send({ method: 'GET', url: base })).text, '€uro');
  });

  it('tells how an answer begins before the rest has come, and only of one that succeeded', async () => {
    const rest = 'x'.repeat(10_000);
    let sendRest = (): void => undefined;
    handler = (request, response) => {
      response.writeHead(request.url === '/refused' ? 403 : 200);
      response.write(`begin ${rest}`);
      sendRest = () => void response.end(' end');
      if (request.url === '/refused') sendRest();
    };
    const beginnings: string[] = [];
    const onBeginning = (text: string): void => {
      beginnings.push(text);
      sendRest();
    };
    const answer = await trusting.send({ method: 'GET', url: base, onBeginning });
    assert.equal(answer.text, `begin ${rest} end`);
    assert.equal(beginnings.length, 1);
    assert.ok(answer.text.startsWith(beginnings[0] ?? '?') && (beginnings[0] ?? '').startsWith('begin x'));
    await trusting.send({ method: 'GET', url: `${base}/refused`, onBeginning });
    assert.equal(beginnings.length, 1);
  });

  it('gives a body as it came where that is wanted, and uses its memory again when it is given back', async () => {
    const large = 'é'.repeat(700_000);
    handler = (request, response) => {
      response.statusCode = request.url === '/missing' ? 404 : 200;
      response.end(request.url === '/large' ? large : `body of ${request.url}`);
    };
    const send = (path: string): Promise<HttpResponse> =>
      trusting.send({ method: 'GET', url: `${base}${path}`, wantsBody: true });
    const first = await send('/large');
    assert.equal(first.text, '');
    assert.equal(first.bytes, 1_400_000);
    assert.ok(first.body !== undefined && Buffer.from(large).equals(first.body));
    const second = await send('/second');
    first.release?.();
    const third = await send('/third');
    assert.equal(third.body?.buffer, first.body.buffer);
    assert.notEqual(second.body?.buffer, first.body.buffer);
    assert.equal(Buffer.from(second.body ?? []).toString(), 'body of /second');
    assert.equal(Buffer.from(third.body ?? []).toString(), 'body of /third');
    const missing = await send('/missing');
    assert.deepEqual([missing.text, missing.body], ['body of /missing', undefined]);
  });

  it('keeps connections alive', async () => {
    handler = (_, response) => void response.end('ok');
    const ports = new Set<number | undefined>();
    const listen = (request: IncomingMessage): unknown => ports.add(request.socket.remotePort);
    server.on('request', listen);
    for (let i = 0; i < 3; i++) await trusting.send({ method: 'GET', url: base });
    server.off('request', listen);
    assert.equal(ports.size, 1);
  });

  it('refuses a certificate that the client was not told to trust, and nobody else is made to trust it', async () => {
    handler = (_, response) => void response.end('ok');
    assert.equal((await trusting.send({ method: 'GET', url: base })).status, 200);
    const error = await failure(
      createHttpClient({}).send({ method: 'GET', url: `${base}/p?code=abc` }),
      'certificate',
    );
    assert.equal(error.details['host'], new URL(base).host);
    assert.equal(error.details['path'], '/p');
    assert.equal(typeof error.details['code'], 'string');
    assert.doesNotMatch(JSON.stringify({ ...error.details, m: error.message }), /abc/);
    assert.equal(https.globalAgent.options.ca, undefined);
  });

  it('refuses a certificate of another host name', async () => {
    const { port } = server.address() as AddressInfo;
    // 127.0.0.2 is the same server, and not in its certificate.
    const other = https.createServer({ key: certificate.key, cert: certificate.certificate });
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.2', resolve));
    try {
      const error = await failure(
        trusting.send({ method: 'GET', url: `https://127.0.0.2:${port}/` }),
        'certificate',
      );
      assert.equal(error.details['code'], 'ERR_TLS_CERT_ALTNAME_INVALID');
    } finally {
      other.close();
    }
  });

  it('trusts by the options of the request too, which outlive a replaced agent', async () => {
    // What VS Code does to `https.request`: the caller's agent gives way to its own.
    const mutable = createRequire(__filename)('node:https') as { request: typeof https.request };
    const original = mutable.request;
    let calls = 0;
    mutable.request = ((options: https.RequestOptions, callback: (response: IncomingMessage) => void) => {
      calls++;
      return original({ ...options, agent: new https.Agent() }, callback);
    }) as typeof https.request;
    handler = (_, response) => void response.end('ok');
    try {
      assert.equal((await trusting.send({ method: 'GET', url: base })).text, 'ok');
      assert.equal(calls, 1);
    } finally {
      mutable.request = original;
    }
  });

  it('reports a connection that cannot be made as network', async () => {
    const closed = net.createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await failure(
      trusting.send({
        method: 'GET',
        url: `https://localhost:${port}/a?secret=1`,
        headers: { authorization: 'Bearer T0ken' },
      }),
      'network',
    );
    assert.deepEqual(error.details, { host: `localhost:${port}`, path: '/a', code: 'ECONNREFUSED' });
    assert.equal(error.cause, undefined);
    assert.doesNotMatch(error.message + String(error.stack), /T0ken|secret=1/);

    const unknown = await failure(
      trusting.send({ method: 'GET', url: 'https://no-such-host.invalid/' }),
      'network',
    );
    assert.match(String(unknown.details['code']), /^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it('reports a connection cut before the answer and within the body as network', async () => {
    handler = (request) => request.socket.destroy();
    await failure(trusting.send({ method: 'GET', url: base }), 'network');

    const half = (response: ServerResponse): void => {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('x'.repeat(100), () => setImmediate(() => response.socket?.destroy()));
    };
    handler = (_, response) => half(response);
    await failure(trusting.send({ method: 'GET', url: base }), 'network');

    const { body } = await trusting.stream({ method: 'GET', url: base });
    let bytes = 0;
    await failure(
      (async () => {
        for await (const chunk of body) bytes += chunk.byteLength;
      })(),
      'network',
    );
    assert.equal(bytes, 100);
  });

  it('reports compressed bytes that end too early as network', async () => {
    const packed = gzipSync('y'.repeat(10_000) + Math.PI.toString().repeat(100));
    handler = (_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed.subarray(0, packed.length - 20));
    };
    await failure(trusting.send({ method: 'GET', url: base }), 'network');
  });

  it('times out on missing headers and on a body that stops', async () => {
    handler = () => undefined;
    const error = await failure(
      trusting.send({ method: 'GET', url: `${base}/slow`, timeoutMs: 60 }),
      'timeout',
    );
    assert.equal(error.details['path'], '/slow');

    handler = (_, response) => void response.writeHead(200).write('start');
    await failure(trusting.send({ method: 'GET', url: base, timeoutMs: 60 }), 'timeout');
  });

  it('does not count the time of a slow reader', async () => {
    handler = (_, response) => {
      response.write('a');
      response.end('b'.repeat(300_000));
    };
    const { body } = await trusting.stream({ method: 'GET', url: base, timeoutMs: 80 });
    let bytes = 0;
    for await (const chunk of body) {
      if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 120));
      bytes += chunk.byteLength;
    }
    assert.equal(bytes, 300_001);
  });

  it('can be cancelled before, while waiting and while reading', async () => {
    handler = () => undefined;
    await failure(trusting.send({ method: 'GET', url: base, signal: AbortSignal.abort() }), 'cancelled');

    const waiting = new AbortController();
    handler = () => waiting.abort();
    await failure(trusting.send({ method: 'GET', url: base, signal: waiting.signal }), 'cancelled');

    const reading = new AbortController();
    const closed = new Promise<void>((resolve) => {
      handler = (_, response) => {
        response.on('close', resolve);
        response.writeHead(200).write('start');
      };
    });
    const { body } = await trusting.stream({ method: 'GET', url: base, signal: reading.signal });
    await failure(
      (async () => {
        for await (const chunk of body) {
          assert.equal(Buffer.from(chunk).toString(), 'start');
          reading.abort();
        }
      })(),
      'cancelled',
    );
    await closed;
  });

  it('cuts the connection when the reader stops early', async () => {
    const closed = new Promise<void>((resolve) => {
      handler = (_, response) => {
        response.on('close', resolve);
        response.writeHead(200).write('start');
      };
    });
    const { body } = await trusting.stream({ method: 'GET', url: base });
    for await (const chunk of body) {
      assert.ok(chunk.byteLength > 0);
      break;
    }
    await closed;
  });

  it('uses http on the loopback only', async () => {
    const plain = http.createServer((_, response) => void response.end('plain'));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    try {
      assert.equal((await trusting.send({ method: 'GET', url: `http://127.0.0.1:${port}/` })).text, 'plain');
    } finally {
      plain.closeAllConnections();
      plain.close();
    }
    for (const url of [
      'http://graph.microsoft.com/v1.0/users?token=abc',
      'ftp://localhost/',
      'https://user:pass@localhost/',
      'nonsense',
    ]) {
      const error = await failure(trusting.send({ method: 'GET', url }), 'untrustedHost');
      assert.doesNotMatch(error.message, /abc|pass/);
    }
  });
});
