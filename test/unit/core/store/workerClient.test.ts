import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isLicenseError } from '../../../../src/core/foundation/errors';
import { silentLogger } from '../../../../src/core/foundation/logger';
import { createStore } from '../../../../src/core/store/sqliteStore';
import type { Store } from '../../../../src/core/store/store';
import { failureOf, storeWorkerBundle } from '../../../support/storeFixture';

describe('the worker of the store', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'store-worker-test-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  const open = (workerPath: string, wasmPath: string): Store =>
    createStore({
      folder: path.join(folder, 'store'),
      workerPath,
      wasmPath,
      logger: silentLogger,
      watch: false,
    });

  it('is not started by making or closing a store', async () => {
    const store = open('/no/such/worker.js', '/no/such.wasm');
    await store.dispose();
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('that can not start fails each call with a reason', async () => {
    const store = open(path.join(folder, 'missing.js'), '/no/such.wasm');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      assert.ok(isLicenseError(await failureOf(store.open()), 'storeFailed'));
    }
    await store.dispose();
  });

  it('without its WebAssembly file says so, and works once it is there', async () => {
    const wasm = path.join(folder, 'sql.wasm');
    const store = open(await storeWorkerBundle(), wasm);
    const error = await failureOf(store.open());
    assert.ok(isLicenseError(error, 'storeFailed'));
    assert.match(error.message, /ENOENT/);
    fs.copyFileSync(require.resolve('sql.js/dist/sql-wasm.wasm'), wasm);
    assert.equal((await store.open()).generation, 1);
    await store.dispose();
  });

  it('that dies fails what was asked of it and is started anew by the next call', async () => {
    const workerPath = path.join(folder, 'worker.js');
    const once = path.join(folder, 'died');
    // Leaves a lock in the name of its store and ends at its first start, and is the real worker afterwards.
    fs.writeFileSync(
      workerPath,
      `const fs = require('node:fs');
       const { workerData } = require('node:worker_threads');
       if (fs.existsSync(${JSON.stringify(once)})) require(${JSON.stringify(await storeWorkerBundle())});
       else {
         fs.writeFileSync(${JSON.stringify(once)}, '');
         fs.mkdirSync(workerData.folder, { recursive: true });
         fs.writeFileSync(workerData.folder + '/licenses.lock', JSON.stringify({
           ownerId: workerData.storeId + '/1', pid: process.pid, host: require('node:os').hostname(),
           since: new Date().toISOString(),
         }));
         process.exit(3);
       }`,
    );
    const store = open(workerPath, require.resolve('sql.js/dist/sql-wasm.wasm'));
    assert.ok(isLicenseError(await failureOf(store.open()), 'storeFailed'));
    assert.equal((await store.open()).generation, 1);
    await store.dispose();
  });

  it('is not reached by arguments that can not be sent', async () => {
    const store = open(await storeWorkerBundle(), require.resolve('sql.js/dist/sql-wasm.wasm'));
    const params = [(() => 1) as unknown as string];
    assert.ok(isLicenseError(await failureOf(store.query('SELECT ?', params)), 'invalidArgument'));
    await store.dispose();
  });
});
