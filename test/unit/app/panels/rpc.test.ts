import assert from 'node:assert/strict';
import * as v from 'valibot';
import { RpcServer, type RpcMethods } from '../../../../src/app/panels/rpcServer';
import { Emitter } from '../../../../src/core/foundation/emitter';
import { LicenseError } from '../../../../src/core/foundation/errors';
import { silentLogger } from '../../../../src/core/foundation/logger';
import type { MessageToHost, MessageToWebview } from '../../../../src/shared/rpc';
import { RequestError, RpcClient } from '../../../../webview/common/rpcClient';

type TestContract = {
  requests: {
    double: { params: { readonly value: number }; result: number };
    wait: { params: null; result: string };
    fail: { params: null; result: null };
  };
  events: { changed: { readonly generation: number }; other: string };
};

/** Client and server joined by structured clone, as a webview and its host are. */
function join(): {
  client: RpcClient<TestContract>;
  server: RpcServer<TestContract>;
  sent: MessageToWebview[];
  toHost: Emitter<unknown>;
  waiting: { signal: AbortSignal; finish: (text: string) => void }[];
  handled: unknown[];
  readies: () => number;
} {
  const toHost = new Emitter<unknown>();
  const toPage = new Emitter<unknown>();
  const sent: MessageToWebview[] = [];
  const waiting: { signal: AbortSignal; finish: (text: string) => void }[] = [];
  const handled: unknown[] = [];
  let ready = 0;
  const methods: RpcMethods<TestContract> = {
    double: {
      params: v.object({ value: v.number() }),
      handle: async (params) => {
        handled.push(params);
        return params.value * 2;
      },
    },
    wait: {
      params: v.null(),
      handle: (_, signal) => new Promise((finish) => waiting.push({ signal, finish })),
    },
    fail: {
      params: v.null(),
      handle: () => Promise.reject(new LicenseError('storeDamaged', 'page 3 is torn', { path: '/secret' })),
    },
  };
  const server = new RpcServer<TestContract>(
    {
      postMessage: async (message) => {
        sent.push(message);
        toPage.fire(structuredClone(message));
        return true;
      },
      onDidReceiveMessage: toHost.event,
    },
    methods,
    { logger: silentLogger, describeError: () => 'A sentence.', onReady: () => ready++ },
  );
  const client = new RpcClient<TestContract>({
    send: (message: MessageToHost) => toHost.fire(structuredClone(message)),
    listen: (listener) => toPage.event(listener),
  });
  return { client, server, sent, toHost, waiting, handled, readies: () => ready };
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('messages between a webview and its host', () => {
  it('answer requests by id, also out of order', async () => {
    const { client, waiting } = join();
    client.ready();
    const slow = client.request('wait', null);
    const quick = client.request('double', { value: 21 });
    assert.equal(await quick, 42);
    waiting[0]?.finish('done');
    assert.equal(await slow, 'done');
  });

  it('carry a failure as reason and sentence, and nothing else of it', async () => {
    const { client, sent } = join();
    client.ready();
    await assert.rejects(client.request('fail', null), (error: unknown) => {
      assert(error instanceof RequestError);
      assert.equal(error.reason, 'storeDamaged');
      assert.equal(error.message, 'A sentence.');
      return true;
    });
    assert.equal(JSON.stringify(sent).includes('torn') || JSON.stringify(sent).includes('secret'), false);
  });

  it('cancel a call across the wire', async () => {
    const { client, waiting, sent } = join();
    client.ready();
    const abort = new AbortController();
    const call = client.request('wait', null, abort.signal);
    assert.equal(waiting[0]?.signal.aborted, false);
    abort.abort();
    await assert.rejects(call, { reason: 'cancelled' });
    assert.equal(waiting[0]?.signal.aborted, true);
    waiting[0]?.finish('too late');
    await turn();
    assert.deepEqual(sent, [], 'a cancelled call gets no answer');
    await assert.rejects(client.request('wait', null, abort.signal), { reason: 'cancelled' });
    assert.equal(waiting.length, 1, 'a call that is cancelled already is not made');
  });

  it('keep the latest event of a name until the page is ready', () => {
    const { client, server, sent } = join();
    const received: unknown[] = [];
    client.on('changed', (payload) => received.push(payload));
    client.on('other', (payload) => received.push(payload));
    server.emit('changed', { generation: 1 });
    server.emit('other', 'x');
    server.emit('changed', { generation: 2 });
    assert.deepEqual(sent, []);
    client.ready();
    assert.deepEqual(received, [{ generation: 2 }, 'x']);
    server.emit('changed', { generation: 3 });
    assert.deepEqual(received.at(-1), { generation: 3 });
    server.suspend();
    server.emit('changed', { generation: 4 });
    assert.deepEqual(received.at(-1), { generation: 3 });
    assert.equal(server.isReady, false);
  });

  it('abort what a page asked for when it loads again, and when the panel is closed', async () => {
    const { client, server, waiting, readies } = join();
    client.ready();
    client.request('wait', null).catch(() => undefined);
    client.ready();
    assert.equal(waiting[0]?.signal.aborted, true);
    assert.equal(readies(), 2);
    client.request('wait', null).catch(() => undefined);
    server.dispose();
    assert.equal(waiting[1]?.signal.aborted, true);
    client.request('wait', null).catch(() => undefined);
    await turn();
    assert.equal(waiting.length, 2, 'nothing is handled after the end');
  });

  it('refuse what is not of the contract', async () => {
    const { toHost, sent, handled } = join();
    toHost.fire({ type: 'ready' });
    const requests: [string, unknown][] = [
      ['double', { value: '21' }],
      ['double', null],
      ['nothing', null],
      ['constructor', null],
      ['__proto__', null],
    ];
    requests.forEach(([method, params], id) => toHost.fire({ type: 'request', id, method, params }));
    await turn();
    assert.deepEqual(handled, []);
    assert.deepEqual(
      sent.map((message) => (message.type === 'error' ? [message.id, message.error.reason] : message.type)),
      requests.map((_, id) => [id, 'invalidArgument']),
    );
    for (const junk of [
      null,
      7,
      'ready',
      [],
      {},
      { type: 'eval' },
      { type: 'request', id: 'a' },
      { type: 'cancel' },
    ]) {
      toHost.fire(junk);
    }
    await turn();
    assert.equal(sent.length, requests.length, 'junk gets no answer');
  });

  it('hand a method only the fields of its schema', async () => {
    const { toHost, handled } = join();
    toHost.fire({ type: 'ready' });
    toHost.fire({ type: 'request', id: 1, method: 'double', params: { value: 2, path: '/etc' } });
    await turn();
    assert.deepEqual(handled, [{ value: 2 }]);
  });
});
