import { randomBytes } from 'node:crypto';
import { LicenseError } from '../foundation/errors';
import { Emitter } from '../foundation/emitter';
import type { Logger } from '../foundation/logger';
import { BatchWriter, transferOf, type StagedBatch } from './stagedBatch';
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

  const session = (id: number): ImportSession => {
    const writer = new BatchWriter();
    const stage = (batch: StagedBatch): Promise<void> =>
      client.call('stage', [id, batch], { transfer: transferOf(batch) });
    return {
      write: async (dataset, rows) => stage(writer.rows(dataset, rows)),
      writeUserChanges: async (changes) => stage(writer.userChanges(changes)),
      seal: (dataset) => client.call('seal', [id, dataset]),
      restart: (dataset) => client.call('restart', [id, dataset]),
      workAhead: (expected) => client.call('workAhead', [id, expected]),
      commit: (end) => client.call('commit', [id, end]),
      discard: (end) => client.call('discard', [id, end]),
    };
  };

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
    savePurchases: (purchases, day) => client.call('savePurchases', [purchases, day]),
    removePurchase: (purchaseId, day) => client.call('removePurchase', [purchaseId, day]),
    licenseSettings: (licenseId) => client.call('licenseSettings', [licenseId]),
    saveLicenseSettings: (licenseId, changes, day) =>
      client.call('saveLicenseSettings', [licenseId, changes, day]),
    downgrades: (licenseId, today) => client.call('downgrades', [licenseId, today]),
    saveDowngradeAnswers: (licenseId, answers, day) =>
      client.call('saveDowngradeAnswers', [licenseId, answers, day]),
    saveRecurringBilling: (tenantId, subscriptionId, recurringBilling, day) =>
      client.call('saveRecurringBilling', [tenantId, subscriptionId, recurringBilling, day]),
    exchangeRates: () => client.call('exchangeRates', []),
    saveExchangeRates: (rates, day) => client.call('saveExchangeRates', [rates, day]),
    saveCatalogue: (entries, listDate, day) => client.call('saveCatalogue', [entries, listDate, day]),
    markAccounts: (tenantId, accounts, mark, day) =>
      client.call('markAccounts', [tenantId, accounts, mark, day]),
    importMarks: (tenantId, marks, day) => client.call('importMarks', [tenantId, marks, day]),
    unmarkAccounts: (tenantId, accounts, day) => client.call('unmarkAccounts', [tenantId, accounts, day]),
    previewPattern: (tenantId, pattern) => client.call('previewPattern', [tenantId, pattern]),
    savePattern: (tenantId, pattern, day) => client.call('savePattern', [tenantId, pattern, day]),
    removePattern: (tenantId, pattern, day) => client.call('removePattern', [tenantId, pattern, day]),
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
