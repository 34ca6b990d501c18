import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { silentLogger, type Logger } from '../../src/core/foundation/logger';
import { createStore } from '../../src/core/store/sqliteStore';
import type { Store } from '../../src/core/store/store';
import { workerBundle } from './workerBundle';

/** The bundle of the store's thread. */
export function storeWorkerBundle(): Promise<string> {
  return workerBundle('src/core/store/storeWorker.ts');
}

/** A store in a temporary folder, with the sqlite3 program as the second opinion. */
export interface TestStore {
  readonly store: Store;
  readonly folder: string;
  readonly file: string;
  /** Another store on the same folder, as another window has one. Disposed with this one. */
  another(): Promise<Store>;
  /** Runs SQL with the sqlite3 program; rows keyed by column. */
  sqlite3(sql: string): Record<string, string | number | null>[];
  /** Closes the stores and removes the folder. */
  dispose(): Promise<void>;
}

/** Opens a store on a new folder, or on a given one. */
export async function createTestStore(
  options: { folder?: string; logger?: Logger; watch?: boolean } = {},
): Promise<TestStore> {
  const workerPath = await storeWorkerBundle();
  const folder = options.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'store-'));
  const open = (): Store =>
    createStore({
      folder,
      workerPath,
      wasmPath: require.resolve('sql.js/dist/sql-wasm.wasm'),
      logger: options.logger ?? silentLogger,
      watch: options.watch ?? false,
    });
  const stores = [open()];
  const file = path.join(folder, 'licenses.sqlite');
  return {
    store: stores[0] as Store,
    folder,
    file,
    another: async () => {
      const store = open();
      stores.push(store);
      return store;
    },
    sqlite3: (sql) => sqlite3(file, sql),
    dispose: async () => {
      await Promise.all(stores.map((store) => store.dispose()));
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Rows that the sqlite3 program reads from a file. */
export function sqlite3(file: string, sql: string): Record<string, string | number | null>[] {
  const output = execFileSync('sqlite3', ['-readonly', '-json', file, sql], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return output.trim() === '' ? [] : (JSON.parse(output) as Record<string, string | number | null>[]);
}

/** What a promise rejects with; fails the test when it resolves. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return assert.fail('It should have been refused.');
}
