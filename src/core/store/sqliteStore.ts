import { randomBytes } from 'node:crypto';
import { LicenseError } from '../foundation/errors';
import { Emitter } from '../foundation/emitter';
import type { Logger } from '../foundation/logger';
import type { Dataset, DatasetRows } from '../model/datasets';
import type { ImportSession, Store, StoreChange } from './store';
import { WorkerClient } from './workerClient';

/** What {@link createStore} needs. */
export interface StoreOptions {
  /** Folder of `licenses.sqlite`; made when it is missing. */
  readonly folder: string;
  /** The bundled `storeWorker.js`. */
  readonly workerPath: string;
  /** `sql-wasm.wasm` of sql.js. */
  readonly wasmPath: string;
  readonly logger: Logger;
  /** Notice commits of other windows as they happen, not only at the next read. On unless false. */
  readonly watch?: boolean;
}

/** The store of a folder. Nothing is loaded or started before its first call. */
export function createStore(options: StoreOptions): Store {
  const changes = new Emitter<StoreChange>();
  const client = new WorkerClient({
    workerPath: options.workerPath,
    setup: {
      folder: options.folder,
      wasmPath: options.wasmPath,
      storeId: randomBytes(8).toString('hex'),
      watch: options.watch ?? true,
    },
    logger: options.logger,
    onChange: (change) => changes.fire(change),
  });

  const session = (id: number): ImportSession => ({
    write: <D extends Dataset>(dataset: D, rows: readonly DatasetRows[D][]) =>
      client.call('stage', [id, dataset, rows]),
    writeUserChanges: (changes) => client.call('stageUserChanges', [id, changes]),
    restart: (dataset) => client.call('restart', [id, dataset]),
    commit: (end) => client.call('commit', [id, end]),
    discard: (end) => client.call('discard', [id, end]),
  });

  return {
    onDidChange: changes.event,
    open: () => client.call('open', []),
    recover: (choice) => client.call('recover', [choice]),
    query: (sql, params = []) => client.call('query', [sql, params]),
    connections: () => client.call('connections', []),
    saveConnection: (connection) => client.call('saveConnection', [connection]),
    removeConnection: (connectionId, keepData) => client.call('removeConnection', [connectionId, keepData]),
    beginImport: async (start) => session(await client.call('beginImport', [start])),
    evaluate: (settings, today) => client.call('evaluate', [settings, today]),
    openView: (spec, signal) => client.call('openView', [spec], { signal }),
    viewRows: (viewId, offset, count, signal) => {
      if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(count) || offset < 0 || count < 0) {
        return Promise.reject(
          new LicenseError('invalidArgument', 'Offset and count are whole numbers from 0 on.'),
        );
      }
      return client.call('viewRows', [viewId, offset, count], { signal });
    },
    closeView: (viewId) => client.call('closeView', [viewId]),
    facets: (spec, columns, signal) => client.call('facets', [spec, columns], { signal }),
    serviceActivity: (tenantId, signal) => client.call('serviceActivity', [tenantId], { signal }),
    exportCsv: (request, callOptions) => client.call('exportCsv', [request], callOptions),
    async dispose() {
      await client.dispose();
      changes.dispose();
    },
  };
}
