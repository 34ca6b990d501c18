import assert from 'node:assert/strict';
import type { AddressInfo, Socket } from 'node:net';
import * as net from 'node:net';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import type { ErrorReason, LicenseError } from '../../../../src/core/foundation/errors';
import { parseProxyServer } from '../../../../src/core/graph/proxyAddress';
import { openTunnel } from '../../../../src/core/graph/proxyTunnel';

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

describe('proxyAddress', () => {
  it('reads the forms that people type', () => {
    const forms: readonly (readonly [string, boolean, string, number, string])[] = [
      ['http://proxy.example:3128', false, 'proxy.example', 3128, 'proxy.example:3128'],
      ['https://proxy.example:8443/', true, 'proxy.example', 8443, 'proxy.example:8443'],
      ['HTTP://Proxy.Example:80', false, 'proxy.example', 80, 'proxy.example:80'],
      ['https://proxy.example:443', true, 'proxy.example', 443, 'proxy.example:443'],
      [' 10.0.0.1:3128 ', false, '10.0.0.1', 3128, '10.0.0.1:3128'],
      ['[::1]:3128', false, '::1', 3128, '[::1]:3128'],
    ];
    for (const [text, secure, host, port, place] of forms) {
      assert.deepEqual(parseProxyServer(text), { secure, host, port, place }, text);
    }
  });

  it('refuses the rest without repeating it, for there may be a password in it', () => {
    for (const text of [
      'proxy.example:3128',
      'http://u:S3cret@proxy.example:3128',
      'socks5://proxy.example:1080',
      'http://proxy.example',
      'http://proxy.example:0',
      '',
    ]) {
      assert.throws(
        () => parseProxyServer(text),
        (error: unknown) => isLicenseError(error, 'invalidArgument') && !error.message.includes('S3cret'),
      );
    }
  });
});

describe('proxyTunnel', () => {
  const sockets: Socket[] = [];
  const servers: net.Server[] = [];
  /** A proxy that does what the test wants with what it hears. */
  const proxy = async (onData: (socket: Socket, text: string) => void): Promise<string> => {
    const server = net.createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data) => onData(socket, data.toString('latin1')));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });
  const target = { host: 'graph.example', port: 443 };
  const secureContext = undefined;

  it('asks for the target by name and port, with credentials in UTF-8', async () => {
    let heard = '';
    const server = await proxy((socket, text) => {
      heard += text;
      if (text.startsWith('CONNECT')) socket.write('HTTP/1.1 200 OK\r\n\r\n');
      else socket.write(`echo ${text}`);
    });
    const socket = await openTunnel(target, {
      proxy: { server, username: 'ü', password: 'a:b' },
      secureContext,
    });
    socket.write('hello');
    const echoed = await new Promise<string>((resolve) =>
      socket.once('data', (data: Buffer) => resolve(data.toString())),
    );
    assert.equal(echoed, 'echo hello');
    const lines = heard.split('\r\n');
    assert.equal(lines[0], 'CONNECT graph.example:443 HTTP/1.1');
    assert.ok(lines.some((line) => /^host: graph\.example:443$/i.test(line)));
    // printf 'ü:a:b' | base64
    assert.ok(lines.some((line) => /^proxy-authorization: Basic w7w6YTpi$/i.test(line)));
    socket.destroy();
  });

  it('puts brackets around an IPv6 target', async () => {
    let heard = '';
    const server = await proxy((socket, text) => {
      heard += text;
      socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n');
    });
    await failure(
      openTunnel({ host: '::1', port: 8443 }, { proxy: { server }, secureContext }),
      'proxyRefused',
    );
    assert.match(heard, /^CONNECT \[::1\]:8443 HTTP\/1\.1\r\n/);
  });

  it('does not wait for ever', async () => {
    const silent = await proxy(() => undefined);
    const limits = { connectMs: 60, answerMs: 60 };
    const error = await failure(
      openTunnel(target, { proxy: { server: silent }, secureContext, limits }),
      'timeout',
    );
    assert.equal(error.details['proxy'], silent);
    const noHandshake = await failure(
      openTunnel(target, { proxy: { server: `https://${silent}` }, secureContext, limits }),
      'proxyUnreachable',
    );
    assert.equal(noHandshake.details['code'], 'ETIMEDOUT');
  });

  it('knows what does not speak as a proxy', async () => {
    const banner = await proxy((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await failure(openTunnel(target, { proxy: { server: banner }, secureContext }), 'proxyUnreachable');
    const mute = await proxy((socket) => socket.end());
    await failure(openTunnel(target, { proxy: { server: mute }, secureContext }), 'proxyUnreachable');
  });

  it('names the schemes that a proxy offers, and nothing of their parameters', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['proxy-authenticate: Basic realm="NTLM, the proxy"\r\n', 'Basic'],
      ['proxy-authenticate: Negotiate\r\nproxy-authenticate: NTLM\r\n', 'Negotiate, NTLM'],
      [
        'proxy-authenticate: Digest realm="a", nonce="b, c", qop="auth", Basic realm="x"\r\n',
        'Digest, Basic',
      ],
      ['', ''],
    ];
    for (const [headers, schemes] of cases) {
      const server = await proxy((socket) =>
        socket.end(`HTTP/1.1 407 Who\r\n${headers}content-length: 0\r\n\r\n`),
      );
      const error = await failure(
        openTunnel(target, { proxy: { server }, secureContext }),
        'proxyAuthenticationRequired',
      );
      assert.equal(error.details['schemes'], schemes);
    }
  });
});
