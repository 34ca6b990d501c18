// The port in front of VS Code's server.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';

/**
 * Passes everything on to the server, except what only a front of it answers:
 * - `/proxy/PORT/…`: that is what the served workbench makes of an address on the loopback that an extension opens.
 *   Browser and extension host are on the same machine here, so it is answered with the address itself.
 * - `/mint-key`: the server's half of the key by which the workbench encrypts secrets in the browser's storage. Without
 *   it secrets are forgotten when the window is reloaded. The half lasts as long as the front door.
 * @param {number} serverPort @param {number} port @returns {Promise<http.Server>}
 */
export async function openFrontDoor(serverPort, port) {
  const target = { host: '127.0.0.1', port: serverPort };
  const keyHalf = randomBytes(32);
  const front = http.createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/mint-key') {
      response.end(keyHalf);
      return;
    }
    const local = /^\/proxy\/(\d{1,5})(\/.*)?$/.exec(request.url ?? '');
    if (local !== null) {
      response.writeHead(307, { location: `http://localhost:${local[1]}${local[2] ?? '/'}` }).end();
      return;
    }
    const { method, url, headers } = request;
    const inner = http.request({ ...target, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    inner.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => inner.destroy());
    request.pipe(inner);
  });
  front.on('upgrade', (request, socket, head) => {
    const inner = net.connect(target, () => {
      const headers = request.rawHeaders
        .map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`))
        .join('');
      inner.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
      inner.write(head);
      inner.pipe(socket).pipe(inner);
    });
    for (const [one, other] of [
      [inner, socket],
      [socket, inner],
    ]) {
      one?.on('error', () => other?.destroy());
      one?.on('close', () => other?.destroy());
    }
  });
  await new Promise((resolve, reject) => {
    front.once('error', reject);
    front.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  return front;
}
