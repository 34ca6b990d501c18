import assert from 'node:assert/strict';
import type { HttpClient, HttpRequest } from '../../../../src/core/graph/httpClient';
import type { FromHttpWorker } from '../../../../src/core/graph/httpWorkerMessages';
import { HttpWorkerServer } from '../../../../src/core/graph/httpWorkerServer';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A client whose body never ends, and who says how much of it was taken. */
class EndlessClient implements HttpClient {
  taken = 0;
  left = false;
  signal: AbortSignal | undefined;
  private readonly memory = new Uint8Array(64 * 1024).fill(7);

  send = (): never => assert.fail('only streams here');

  async stream(request: HttpRequest): ReturnType<HttpClient['stream']> {
    this.signal = request.signal;
    return { status: 200, headers: { a: 'b' }, body: this.body() };
  }

  private async *body(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        this.signal?.throwIfAborted();
        this.taken++;
        // Part of memory that is used again, as Node's streams do.
        yield this.memory.subarray(0, 1024);
        await turn();
      }
    } finally {
      this.left = true;
    }
  }
}

describe('httpWorkerServer', () => {
  const request = { method: 'GET', url: 'https://graph.example/x' } as const;
  const start = (): { client: EndlessClient; server: HttpWorkerServer; posted: FromHttpWorker[] } => {
    const client = new EndlessClient();
    const posted: FromHttpWorker[] = [];
    const server = new HttpWorkerServer(client, {
      postMessage: (message, transfer) => posted.push(structuredClone(message, { transfer: [...transfer] })),
    });
    return { client, server, posted };
  };
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 50; i++) await turn();
  };

  it('sends no more than its reader has room for', async () => {
    const { client, server, posted } = start();
    server.receive({ type: 'stream', id: 1, request });
    await settle();
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['head'],
    );
    server.receive({ type: 'room', id: 1, bytes: 2500 });
    await settle();
    // 1024 + 1024 leave room for some of the third; then there is none.
    assert.deepEqual([posted.length, client.taken], [4, 3]);
    server.receive({ type: 'room', id: 1, bytes: 572 });
    await settle();
    assert.deepEqual([posted.length, client.taken], [4, 3], 'the debt is paid first');
    server.receive({ type: 'room', id: 1, bytes: 1 });
    await settle();
    assert.deepEqual([posted.length, client.taken], [5, 4]);
    const chunks = posted.flatMap((message) => (message.type === 'chunk' ? [message.bytes] : []));
    assert.ok(chunks.every((bytes) => bytes.byteLength === 1024 && bytes.every((byte) => byte === 7)));
    server.receive({ type: 'cancel', id: 1 });
    await settle();
    assert.equal(client.left, true);
    assert.deepEqual(posted.at(-1)?.type, 'error');
  });

  it('drops a body that nobody asks for', async () => {
    const { client, server, posted } = start();
    server.receive({ type: 'stream', id: 1, request: { ...request, timeoutMs: 20 } });
    while (posted.length < 2) await turn();
    const last = posted[1];
    assert.ok(last?.type === 'error');
    assert.equal(last.error.reason, 'timeout');
    assert.equal(client.signal?.aborted, true);
    // A request that has ended is not there any more.
    server.receive({ type: 'room', id: 1, bytes: 5000 });
    await settle();
    assert.equal(posted.length, 2);
  });
});
