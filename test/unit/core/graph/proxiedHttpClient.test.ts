import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo, Server, Socket } from 'node:net';
import * as net from 'node:net';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { ErrorReason, LicenseError } from '../../../../src/core/foundation/errors';
import type { HttpProxy } from '../../../../src/core/graph/httpClient';
import { createProxiedHttpClient } from '../../../../src/core/graph/proxiedHttpClient';
import { createServerCertificate } from '../../../../src/sample/net/certificates';
import { httpWorkerBundle } from '../../../support/httpWorkerBundle';
import { startProxy } from '../../../support/proxyFixture';
import type { ProxyOptions, RunningProxy } from '../../../support/proxyFixture';

type Client = ReturnType<typeof createProxiedHttpClient>;

/** Only the proxy knows where this is. */
const name = 'graph.contoso.example';
const certificate = createServerCertificate([name]);

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

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('proxiedHttpClient', () => {
  let handler: RequestListener = (_, response) => void response.end('ok');
  const remotes: string[] = [];
  const sockets = new Set<Socket>();
  const clients: Client[] = [];
  let target: https.Server;
  let plain: http.Server;
  let port: number;
  let plainPort: number;
  let workerPath: string;
  let open: RunningProxy;
  let guarded: RunningProxy;
  const credentials = { username: 'ana', password: 'pr0xy:pässword' };

  before(async () => {
    workerPath = await httpWorkerBundle();
    open = await startProxy({ hostNames: [name] });
    guarded = await startProxy({ hostNames: [name], credentials });
    const listener: RequestListener = (request, response) => {
      remotes.push(request.socket.remoteAddress ?? '');
      handler(request, response);
    };
    target = https.createServer({ key: certificate.key, cert: certificate.certificate }, listener);
    plain = http.createServer(listener);
    for (const server of [target, plain]) {
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
    }
    port = await listen(target);
    plainPort = await listen(plain);
  });

  beforeEach(() => {
    handler = (_, response) => void response.end('ok');
    remotes.length = 0;
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
  });

  after(async () => {
    await Promise.all([open?.stop(), guarded?.stop()]);
    for (const socket of sockets) socket.destroy();
    target?.close();
    plain?.close();
  });

  /** A proxy of the test's own, so that its log has nothing of others. */
  const withLog = async (
    options: ProxyOptions,
    run: (proxy: RunningProxy) => Promise<void>,
  ): Promise<void> => {
    const proxy = await startProxy({ hostNames: [name], ...options });
    try {
      await run(proxy);
    } finally {
      await proxy.stop();
    }
  };
  const through = (
    proxy: HttpProxy,
    extraCertificates: readonly string[] = [certificate.caCertificate],
    idleMs?: number,
  ): Client => {
    const client = createProxiedHttpClient({ proxy, extraCertificates }, { workerPath, idleMs });
    clients.push(client);
    return client;
  };
  const get = (url = `https://${name}:${port}/v1.0/users`): { method: 'GET'; url: string } => ({
    method: 'GET',
    url,
  });

  it('reaches a name that only the proxy knows, and comes from the proxy', async () => {
    handler = (request, response) => {
      response.writeHead(201, { 'X-Seen': `${request.method} ${request.url} ${request.headers.host}` });
      response.end('äöü');
    };
    await withLog({}, async (proxy) => {
      const client = through({ server: `http://${proxy.place}` });
      const answer = await client.send(get());
      assert.deepEqual([answer.status, answer.text, answer.bytes], [201, 'äöü', 6]);
      assert.equal(answer.headers['x-seen'], `GET /v1.0/users ${name}:${port}`);
      assert.deepEqual(remotes, [proxy.outgoingAddress]);
      await client.dispose();
      assert.deepEqual(await proxy.logOf(1), [
        { method: 'CONNECT', target: `${name}:${port}`, status: 200, username: null },
      ]);
    });
  });

  it('takes an address and a port without a scheme', async () => {
    assert.equal((await through({ server: open.place }).send(get())).text, 'ok');
    const error = await failure(through({ server: 'proxy:3128' }).send(get()), 'invalidArgument');
    assert.match(error.message, /IP:port/);
  });

  it('goes through it to this machine as well, with TLS and without', async () => {
    await withLog({}, async (proxy) => {
      const client = through({ server: `http://${proxy.place}` });
      await client.send(get(`https://localhost:${port}/`));
      await client.send(get(`https://127.0.0.1:${port}/`));
      await client.send(get(`http://127.0.0.1:${plainPort}/`));
      assert.deepEqual(remotes, Array(3).fill(proxy.outgoingAddress));
      await client.dispose();
      const targets = (await proxy.logOf(3)).map(({ target: to }) => to);
      assert.deepEqual(
        targets.sort(),
        [`127.0.0.1:${plainPort}`, `127.0.0.1:${port}`, `localhost:${port}`].sort(),
      );
    });
  });

  it('keeps its tunnels', async () => {
    await withLog({}, async (proxy) => {
      const client = through({ server: `http://${proxy.place}` });
      for (let i = 0; i < 4; i++) await client.send(get());
      await client.dispose();
      assert.equal((await proxy.logOf(1)).length, 1);
      assert.equal(remotes.length, 4);
    });
  });

  it('speaks TLS to a proxy given as https, and trusts the same authorities there', async () => {
    const server = `https://${open.securePlace}`;
    const client = through({ server }, [certificate.caCertificate, open.ca]);
    assert.equal((await client.send(get())).text, 'ok');
    assert.equal((await client.send(get(`http://127.0.0.1:${plainPort}/`))).text, 'ok');
    assert.deepEqual(remotes, [open.outgoingAddress, open.outgoingAddress]);
    const error = await failure(through({ server }).send(get()), 'certificate');
    assert.equal(error.details['host'], open.securePlace);
    assert.equal(error.details['proxy'], open.securePlace);
  });

  it('is not touched by what replaces agents on this thread', async () => {
    const mutable = createRequire(__filename)('node:https') as { request: typeof https.request };
    const original = mutable.request;
    let calls = 0;
    mutable.request = ((options: https.RequestOptions) => {
      calls++;
      return original({ ...options, agent: new https.Agent() });
    }) as typeof https.request;
    try {
      assert.equal((await through({ server: `http://${open.place}` }).send(get())).text, 'ok');
      assert.deepEqual([calls, remotes], [0, [open.outgoingAddress]]);
    } finally {
      mutable.request = original;
    }
  });

  it('tells the certificate of the target from that of the proxy', async () => {
    const error = await failure(
      through({ server: `https://${open.securePlace}` }, [open.ca]).send(get()),
      'certificate',
    );
    assert.equal(error.details['host'], `${name}:${port}`);
    assert.equal(error.details['proxy'], undefined);
    const other = createServerCertificate(['other.example']);
    const wrongName = https.createServer({ key: other.key, cert: other.certificate });
    const wrongPort = await listen(wrongName);
    try {
      const mismatch = await failure(
        through({ server: `http://${open.place}` }, [other.caCertificate]).send(
          get(`https://${name}:${wrongPort}/`),
        ),
        'certificate',
      );
      assert.equal(mismatch.details['code'], 'ERR_TLS_CERT_ALTNAME_INVALID');
    } finally {
      wrongName.close();
    }
  });

  it('gives its credentials', async () => {
    await withLog({ credentials }, async (proxy) => {
      const client = through({ server: `http://${proxy.place}`, ...credentials });
      assert.equal((await client.send(get())).text, 'ok');
      const secure = through({ server: `https://${proxy.securePlace}`, ...credentials }, [
        certificate.caCertificate,
        proxy.ca,
      ]);
      assert.equal((await secure.send(get())).text, 'ok');
      assert.deepEqual(remotes, [proxy.outgoingAddress, proxy.outgoingAddress]);
      await client.dispose();
      await secure.dispose();
      const entry = { method: 'CONNECT', target: `${name}:${port}`, status: 200, username: 'ana' };
      assert.deepEqual(await proxy.logOf(2), [entry, entry]);
    });
  });

  it('says that the proxy wants credentials, or others, and sends nothing to the target', async () => {
    const server = `http://${guarded.place}`;
    const none = await failure(through({ server }).send(get()), 'proxyAuthenticationRequired');
    assert.deepEqual(none.details, {
      host: `${name}:${port}`,
      path: '/v1.0/users',
      proxy: guarded.place,
      status: 407,
      schemes: 'Basic',
      credentialsSent: false,
    });
    const wrong = await failure(
      through({ server, username: 'ana', password: 'Wr0ng-secret' }).send({
        ...get(`https://${name}:${port}/v1.0/users?code=abc`),
        headers: { authorization: 'Bearer T0ken' },
      }),
      'proxyAuthenticationRequired',
    );
    assert.equal(wrong.details['credentialsSent'], true);
    const text = JSON.stringify([wrong.message, wrong.details, wrong.stack, String(wrong.cause)]);
    const encoded = Buffer.from('ana:Wr0ng-secret').toString('base64');
    for (const secret of ['Wr0ng-secret', encoded, 'T0ken', 'abc']) assert.ok(!text.includes(secret), secret);
    assert.deepEqual(remotes, []);
  });

  it('says that the proxy could not connect', async () => {
    const client = through({ server: `http://${open.place}` });
    const closed = net.createServer();
    const closedPort = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    const url = `https://${name}:${closedPort}/`;
    const error = await failure(client.send(get(url)), 'proxyRefused');
    assert.deepEqual(error.details, {
      host: `${name}:${closedPort}`,
      path: '/',
      proxy: open.place,
      status: 503,
    });
  });

  it('says that the proxy is not there, and does not go without it', async () => {
    const closed = net.createServer();
    const closedPort = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    const gone = await failure(
      through({ server: `http://127.0.0.1:${closedPort}` }).send(get(`https://localhost:${port}/`)),
      'proxyUnreachable',
    );
    assert.equal(gone.details['proxy'], `127.0.0.1:${closedPort}`);
    assert.equal(gone.details['code'], 'ECONNREFUSED');
    // TLS where there is none, and the other way round.
    await failure(through({ server: `https://${open.place}` }).send(get()), 'proxyUnreachable');
    await failure(through({ server: `http://${open.securePlace}` }).send(get()), 'proxyUnreachable');
    assert.deepEqual(remotes, []);
  });

  it('takes nothing that a refusing proxy says for an answer of the target', async () => {
    const body = JSON.stringify({ value: [{ id: 'forged' }] });
    for (const [status, headers, reason] of [
      [403, {}, 'proxyRefused'],
      [302, { location: 'https://login.example/' }, 'proxyRefused'],
      [407, { 'proxy-authenticate': ['Negotiate', 'NTLM'] }, 'proxyAuthenticationRequired'],
    ] as const) {
      const lines = Object.entries(headers).flatMap(([key, value]) =>
        [value].flat().map((one) => `${key}: ${one}`),
      );
      const proxy = net.createServer((socket) => {
        socket.once('data', () =>
          socket.end(
            [`HTTP/1.1 ${status} No`, `content-length: ${body.length}`, ...lines, '', body].join('\r\n'),
          ),
        );
        socket.on('error', () => undefined);
      });
      const proxyPort = await listen(proxy);
      try {
        const error = await failure(through({ server: `http://127.0.0.1:${proxyPort}` }).send(get()), reason);
        assert.equal(error.details['status'], status);
        if (status === 407) assert.equal(error.details['schemes'], 'Negotiate, NTLM');
        assert.doesNotMatch(JSON.stringify(error.details) + error.message, /forged/);
      } finally {
        proxy.close();
      }
    }
  });

  it('brings large bodies whole, and gives way to a slow reader', async () => {
    const size = 12 * 1024 * 1024;
    const content = Buffer.alloc(size, 'abcdefghijklmnopqrstuvwxyz-');
    handler = (_, response) => void response.end(content);
    const client = through({ server: `http://${open.place}` });
    await client.send({ ...get(), method: 'DELETE' });
    const { body, status } = await client.stream({ ...get(), timeoutMs: 1000 });
    assert.equal(status, 200);
    const parts: Uint8Array[] = [];
    for await (const chunk of body) {
      if (parts.length === 0) await new Promise((resolve) => setTimeout(resolve, 1200));
      parts.push(chunk);
    }
    assert.ok(parts.length > 10);
    assert.ok(Buffer.concat(parts).equals(content));
  });

  it('reports a body cut short, and one that stops, after what came before', async () => {
    const client = through({ server: `http://${open.place}` });
    let cut: () => void = () => undefined;
    const collect = async (timeoutMs?: number): Promise<void> => {
      let bytes = 0;
      const { body } = await client.stream({ ...get(), timeoutMs });
      try {
        for await (const chunk of body) {
          bytes += chunk.byteLength;
          cut();
        }
      } finally {
        assert.equal(bytes, 100);
      }
    };
    handler = (_, response) => {
      cut = () => response.socket?.destroy();
      response.writeHead(200, { 'Content-Length': '1000' }).write('x'.repeat(100));
    };
    await failure(collect(), 'network');
    cut = () => undefined;
    handler = (_, response) => void response.write('x'.repeat(100));
    await failure(collect(500), 'timeout');
    handler = () => undefined;
    const late = await failure(client.send({ ...get(), timeoutMs: 80 }), 'timeout');
    assert.equal(late.details['host'], `${name}:${port}`);
  });

  it('can be cancelled before, while waiting and while reading, and the target notices', async () => {
    const client = through({ server: `http://${open.place}` });
    await failure(client.send({ ...get(), signal: AbortSignal.abort() }), 'cancelled');

    const waiting = new AbortController();
    handler = () => waiting.abort();
    await failure(client.send({ ...get(), signal: waiting.signal }), 'cancelled');

    for (const end of ['abort', 'leave'] as const) {
      const reading = new AbortController();
      const closed = new Promise<void>((resolve) => {
        handler = (_, response) => {
          response.on('close', resolve);
          response.writeHead(200).write('start');
        };
      });
      const { body } = await client.stream({ ...get(), signal: reading.signal });
      const read = async (): Promise<void> => {
        for await (const chunk of body) {
          assert.equal(Buffer.from(chunk).toString(), 'start');
          if (end === 'leave') return;
          reading.abort();
        }
      };
      if (end === 'abort') await failure(read(), 'cancelled');
      else await read();
      await closed;
    }
    assert.equal(
      (await client.send({ ...get(), signal: AbortSignal.timeout(0) }).catch(() => 0)) === 0,
      true,
    );
  });

  it('ends its thread when idle, starts it anew when needed, and cancels what runs when disposed', async () => {
    const client = through({ server: `http://${open.place}` }, [certificate.caCertificate], 10);
    assert.equal((await client.send(get())).text, 'ok');
    // Its tunnel ends with the thread.
    while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal((await client.send(get())).text, 'ok');
    const asked = new Promise<void>((resolve) => (handler = () => resolve()));
    const running = client.send(get());
    await asked;
    await Promise.all([failure(running, 'cancelled'), client.dispose()]);
    await failure(client.send(get()), 'cancelled');
  });

  it('survives the loss of its thread', async () => {
    const client = createProxiedHttpClient(
      { proxy: { server: `http://${open.place}` } },
      { workerPath: `${workerPath}.missing` },
    );
    for (let i = 0; i < 2; i++) {
      const error = await failure(client.send(get()), 'unexpected');
      assert.match(error.message, /HTTP thread/);
    }
    await client.dispose();
  });
});
