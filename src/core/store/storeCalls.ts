import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import type { EvaluationSettings } from '../model/evaluation';
import { usualNoticeDays } from '../model/term';
import type { Logger } from '../foundation/logger';
import { AccountMarkCalls } from './accountMarkCalls';
import { removeConnection, saveConnection } from './connectionChanges';
import { readConnections } from './connectionRecords';
import { exportCsv } from './csvExport';
import { rulesVersion } from './evaluationInputs';
import { CurrentUsers } from './currentUsers';
import { Facets } from './facets';
import { ImportSessions } from './importSessions';
import { OpenViews } from './openViews';
import { runReadOnly } from './readOnlyQuery';
import { ServiceActivities } from './serviceActivity';
import type { StoreChange, StoreInfo } from './store';
import { StoreFile } from './storeFile';
import { recoverFile } from './storeRecovery';
import { JudgeThreads } from './judgeThread';
import { judgeHere, type JudgePlace } from './judging';
import { LicenseRecordCalls } from './licenseRecordCalls';
import { evaluateTenant } from './tenantEvaluation';
import { UserOrders } from './userOrders';
import { UserPreparation } from './userPreparation';
import { UserRowOrders } from './userRowOrders';
import type { CallMessage } from './workerProtocol';

/** What {@link createStoreCalls} needs. */
export interface StoreCallsOptions {
  readonly sql: SqlJsStatic;
  readonly folder: string;
  readonly storeId: string;
  readonly watch: boolean;
  readonly logger: Logger;
  readonly onChange: (change: StoreChange) => void;
  /** What judges the people of large tenants, in a thread of its own; absent: this thread does. */
  readonly judgeProgram?: string;
}

/** Answers calls of the façade. */
export interface WorkerCalls {
  handle(
    call: CallMessage,
    signal: AbortSignal,
    onProgress: (rows: number, total: number) => void,
  ): Promise<unknown>;
}

/** Puts the parts of the store together on the worker's side. */
export function createStoreCalls(options: StoreCallsOptions): WorkerCalls {
  const file = new StoreFile(options);
  const judges = options.judgeProgram === undefined ? judgeHere : new JudgeThreads(options.judgeProgram);
  const sessions = new ImportSessions(options.sql, file, options.storeId, options.logger, judges);
  const users = new CurrentUsers(file);
  const facets = new Facets(file, users);
  const activities = new ServiceActivities(file);
  const records = new LicenseRecordCalls(file);
  const marks = new AccountMarkCalls(file);
  const views = new OpenViews(file, [new UserOrders(file, users), new UserRowOrders(file, users)]);
  const preparation = new UserPreparation(file, users);
  let watcher: fs.FSWatcher | undefined;
  let opening: Promise<StoreInfo> | undefined;

  const open = async (): Promise<StoreInfo> => {
    opening ??= file.open().catch((error: unknown) => {
      // The next call tries again: the folder may be writable by then, the file restored.
      opening = undefined;
      throw error;
    });
    await opening;
    if (options.watch) watcher ??= watchGeneration(file, options.logger);
    return file.info();
  };

  const calls: WorkerCalls = {
    async handle(call, signal, onProgress) {
      if (call.method === 'close') {
        // Whatever is being written is finished first; then nothing of ours is left behind.
        await file.idle();
        watcher?.close();
        preparation.end();
        sessions.close();
        file.close();
        return undefined;
      }
      if (call.method === 'recover') {
        const recovery = await recoverFile(file, ...call.args);
        await open();
        return recovery;
      }
      const info = await open();
      switch (call.method) {
        case 'open':
          return info;
        case 'query':
          return runReadOnly(file.current(), ...call.args);
        case 'connections':
          return readConnections(file.current());
        case 'saveConnection':
          return file.commit((db) => saveConnection(db, ...call.args));
        case 'removeConnection':
          return removeAndShred(file, ...call.args);
        case 'beginImport':
          return sessions.begin(...call.args);
        case 'stage':
          return sessions.write(...call.args);
        case 'seal':
          return sessions.seal(...call.args);
        case 'restart':
          return sessions.restart(...call.args);
        case 'workAhead':
          return sessions.workAhead(...call.args);
        case 'commit':
          return sessions.commit(...call.args);
        case 'discard':
          return sessions.discard(...call.args);
        case 'evaluate':
          return evaluateAll(file, judges, ...call.args);
        case 'savePurchases':
          return records.savePurchases(...call.args);
        case 'removePurchase':
          return records.removePurchase(...call.args);
        case 'licenseSettings':
          return records.licenseSettings(...call.args);
        case 'saveLicenseSettings':
          return records.saveLicenseSettings(...call.args);
        case 'downgrades':
          return records.downgrades(...call.args);
        case 'saveDowngradeAnswers':
          return records.saveDowngradeAnswers(...call.args);
        case 'saveRecurringBilling':
          return records.saveRecurringBilling(...call.args);
        case 'exchangeRates':
          return records.exchangeRates();
        case 'saveExchangeRates':
          return records.saveExchangeRates(...call.args);
        case 'saveCatalogue':
          return records.saveCatalogue(...call.args);
        case 'markAccounts':
          return marks.markAccounts(...call.args);
        case 'importMarks':
          return marks.importMarks(...call.args);
        case 'unmarkAccounts':
          return marks.unmarkAccounts(...call.args);
        case 'previewPattern':
          return marks.previewPattern(...call.args);
        case 'savePattern':
          return marks.savePattern(...call.args);
        case 'removePattern':
          return marks.removePattern(...call.args);
        case 'openView':
          if (call.args[0].report === 'roster') preparation.begin();
          return views.open(...call.args);
        case 'viewRows':
          return views.rows(...call.args);
        case 'closeView':
          return views.close(...call.args);
        case 'facets':
          return facets.count(...call.args, signal);
        case 'serviceActivity':
          return activities.of(...call.args);
        case 'exportCsv':
          return exportCsv(file, views, ...call.args, signal, onProgress);
      }
    },
  };
  return { handle: (...call) => file.believed(() => calls.handle(...call)) };
}

async function removeAndShred(file: StoreFile, connectionId: string, keepData: boolean): Promise<void> {
  // Removed data must not stay in free pages or in the backup.
  await file.commit((db) => removeConnection(db, connectionId, keepData), { shred: !keepData });
}

async function evaluateAll(
  file: StoreFile,
  judges: JudgePlace,
  settings: EvaluationSettings,
  today: string,
): Promise<boolean> {
  const dueSql = `SELECT tenantKey, tenantId FROM tenants WHERE evaluatedOn IS NOT NULL
    AND (evaluatedOn <> ?1 OR inactivityDays IS NOT ?2 OR graceDays IS NOT ?3 OR rulesVersion IS NOT ?4
      OR coalesce(noticeDays, ${usualNoticeDays}) <> ?5)`;
  const noticeDays = settings.noticeDays ?? usualNoticeDays;
  const params = [today, settings.inactivityDays, settings.graceDays, rulesVersion, noticeDays];
  const due = file.current().rows(dueSql, params);
  if (due.length === 0) return false;
  try {
    await file.commit(
      (db) => {
        for (const row of db.rows(dueSql, params)) {
          evaluateTenant(db, Number(row.tenantKey), settings, today, judges);
        }
      },
      { tenantIds: due.map((row) => String(row.tenantId)) },
    );
  } finally {
    judges.end();
  }
  return true;
}

/** Notices commits of other windows. The folder is watched, since a watch of the file ends when it is replaced. */
function watchGeneration(file: StoreFile, logger: Logger): fs.FSWatcher | undefined {
  try {
    const watcher = fs.watch(path.dirname(file.generationFile), { persistent: false }, (_event, name) => {
      if (name === null || name === path.basename(file.generationFile)) file.announceForeignChange();
    });
    watcher.on('error', (error) => logger.warn(`The folder can't be watched any more: ${error.message}`));
    return watcher;
  } catch (error) {
    // Changes of other windows are still noticed by every read.
    logger.warn(`The folder can't be watched: ${String(error)}`);
    return undefined;
  }
}
