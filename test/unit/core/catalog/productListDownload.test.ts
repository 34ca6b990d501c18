import assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { downloadProductList } from '../../../../src/core/catalog/productListDownload';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { createHttpClient } from '../../../../src/core/graph/axiosHttpClient';
import { failureOf } from '../../../support/storeFixture';

describe('download of the product list', () => {
  let server: http.Server;
  let origin: string;
  const headersSeen: http.IncomingHttpHeaders[] = [];
  const signal = new AbortController().signal;
  const client = createHttpClient({});

  before(async () => {
    server = http.createServer((request, response) => {
      headersSeen.push(request.headers);
      if (request.url === '/list.csv') {
        response.setHeader('last-modified', 'Tue, 03 Nov 2026 23:30:00 GMT');
        response.end('Größe,SKU');
      } else if (request.url === '/moved') response.writeHead(302, { location: '/list.csv' }).end();
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else if (request.url === '/elsewhere') {
        response.writeHead(302, { location: 'http://example.com/list.csv' }).end();
      } else if (request.url === '/plain') response.end('no date');
      else response.writeHead(404).end('<html>not here</html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('brings the bytes and the day of their last change, also where the address has moved', async () => {
    for (const path of ['/list.csv', '/moved']) {
      const { bytes, changedOn } = await downloadProductList(client, `${origin}${path}`, signal);
      assert.equal(Buffer.from(bytes).toString('utf8'), 'Größe,SKU');
      assert.equal(changedOn, '2026-11-03');
    }
    assert.equal((await downloadProductList(client, `${origin}/plain`, signal)).changedOn, null);
    for (const headers of headersSeen) assert.equal(headers.authorization, undefined);
  });

  it('refuses what is no file', async () => {
    for (const path of ['/gone', '/loop']) {
      const error = await failureOf(downloadProductList(client, `${origin}${path}`, signal));
      assert(isLicenseError(error, 'badResponse'), path);
    }
  });

  it('leaves HTTPS nowhere but on this machine', async () => {
    for (const address of [`${origin}/elsewhere`, 'http://example.com/list.csv', 'file:///etc/passwd']) {
      const error = await failureOf(downloadProductList(client, address, signal));
      assert(isLicenseError(error, 'untrustedHost'), address);
    }
    assert(
      isLicenseError(await failureOf(downloadProductList(client, 'no address', signal)), 'invalidArgument'),
    );
  });
});
