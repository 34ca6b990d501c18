import type { Dataset, DatasetOutcome } from '../model/datasets';
import type { ImportResult, TaskResult } from '../model/importRecords';
import { applyDataset, applyOrder } from './applyDatasets';
import { noChanges, sumChanges, type RowChanges } from './datasetDiff';
import { recordIntervals, withUserHistory } from './history';
import { judgeHere, type JudgePlace } from './judging';
import type { SqlDatabase } from './sqlDatabase';
import type { ImportEnd, ImportStart, Tenant } from './store';
import { evaluateTenant } from './tenantEvaluation';
import { recordResults } from './resultHistory';
import { recordLicenseImports } from './supersession';
import { keyOfTenant } from './tenantKey';
import { recordVerifiedSavings, rememberSavings } from './verifiedSavingRows';

/**
 * Applies what an import brought, judges the tenant and records the run. Runs inside a commit's transaction, with
 * the staged rows attached as `staged`.
 */
export function commitImport(
  db: SqlDatabase,
  start: ImportStart,
  end: ImportEnd,
  place: JudgePlace = judgeHere,
): ImportResult {
  const outcomes = oneOutcomePerDataset(end.datasets);
  const complete = outcomes.filter(({ status }) => status === 'complete');
  const changes = new Map<Dataset, RowChanges>();
  const tenantKey =
    complete.length > 0 ? saveTenant(db, start.tenant) : keyOfTenant(db, start.tenant.tenantId);
  const provesSavings = tenantKey !== null && rememberSavings(db, tenantKey, complete);
  if (tenantKey !== null) {
    withUserHistory(db, tenantKey, end.finishedAt, () => {
      for (const outcome of complete) changes.set(outcome.dataset, applyDataset(db, tenantKey, outcome));
    });
    for (const outcome of outcomes) saveState(db, tenantKey, outcome, end.finishedAt);
    if (complete.length > 0) {
      db.run('UPDATE tenants SET lastImportAt = ? WHERE tenantKey = ?', [end.finishedAt, tenantKey]);
    }
    if (complete.some(({ dataset }) => dataset === 'subscribedSkus')) {
      recordLicenseImports(db, tenantKey, start.connectionId);
    }
  }
  // Recorded before the evaluation, which asks whether a connection has ever imported with success.
  const result = recordImport(db, start, end, taskResults(db, tenantKey, end, changes));
  if (tenantKey !== null) {
    const sameRows = [...changes.values()].every((of) => of.added + of.changed + of.removed === 0);
    evaluateTenant(db, tenantKey, end.evaluation, end.finishedAt.slice(0, 10), place, sameRows);
    recordHistory(db, tenantKey, end.finishedAt, provesSavings);
  }
  return result;
}

/**
 * Records what holds from this import on, after the evaluation.
 * @param at end of the import, UTC ISO 8601
 * @param provesSavings see {@link rememberSavings}
 */
export function recordHistory(db: SqlDatabase, tenantKey: number, at: string, provesSavings: boolean): void {
  if (provesSavings) recordVerifiedSavings(db, tenantKey, at);
  recordIntervals(db, tenantKey, at);
  recordResults(db, tenantKey, at);
}

/** What came of each task: its rows, and what became of those of the file. @param changes of the complete datasets */
export function taskResults(
  db: SqlDatabase,
  tenantKey: number | null,
  end: ImportEnd,
  changes: ReadonlyMap<Dataset, RowChanges>,
): readonly TaskResult[] {
  const complete = oneOutcomePerDataset(end.datasets).filter(({ status }) => status === 'complete');
  return end.tasks.map((task): TaskResult => {
    const ofTask = complete.filter((outcome) => outcome.task === task.task);
    const rows = ofTask.some(({ mode = 'replace' }) => mode !== 'replace')
      ? keptRows(db, tenantKey, ofTask)
      : task.rows;
    return { ...task, rows, ...sumChanges(ofTask.map(({ dataset }) => changes.get(dataset) ?? noChanges)) };
  });
}

/** Rows that datasets have now, where fewer were read than there are. */
function keptRows(db: SqlDatabase, tenantKey: number | null, outcomes: readonly DatasetOutcome[]): number {
  return db.number(
    `SELECT coalesce(sum(rows), 0) FROM datasetStates WHERE tenantKey = ?
     AND dataset IN (${outcomes.map(() => '?').join(', ')})`,
    [tenantKey, ...outcomes.map(({ dataset }) => dataset)],
  );
}

/** Records a run that changed no data. Runs inside a commit's transaction. */
export function recordDiscarded(db: SqlDatabase, start: ImportStart, end: ImportEnd): ImportResult {
  return recordImport(
    db,
    start,
    end,
    end.tasks.map((task) => ({ ...task, ...noChanges })),
  );
}

/** Saves what is known of the tenant. @returns its key */
export function saveTenant(db: SqlDatabase, tenant: Tenant): number {
  db.run(
    `INSERT INTO tenants (tenantId, displayName, defaultDomain, cloud) VALUES (?, ?, ?, ?)
     ON CONFLICT (tenantId) DO UPDATE SET displayName = excluded.displayName,
       defaultDomain = coalesce(excluded.defaultDomain, defaultDomain), cloud = excluded.cloud`,
    [tenant.tenantId.toLowerCase(), tenant.displayName, tenant.defaultDomain, tenant.cloud],
  );
  return db.number('SELECT tenantKey FROM tenants WHERE tenantId = ?', [tenant.tenantId.toLowerCase()]);
}

/** In the order in which they are applied; of two runs at one dataset the complete one counts. */
export function oneOutcomePerDataset(outcomes: readonly DatasetOutcome[]): DatasetOutcome[] {
  return applyOrder.flatMap((dataset) => {
    const ofDataset = outcomes.filter((outcome) => outcome.dataset === dataset);
    return ofDataset.find(({ status }) => status === 'complete') ?? ofDataset.at(-1) ?? [];
  });
}

/** Records how the reading of a dataset ended, with `staged` attached. */
export function saveState(
  db: SqlDatabase,
  tenantKey: number,
  outcome: DatasetOutcome,
  finishedAt: string,
): void {
  const { dataset } = outcome;
  db.run(
    'INSERT OR IGNORE INTO datasetStates (tenantKey, dataset, status, attemptedAt, concealed) VALUES (?, ?, ?, ?, 0)',
    [tenantKey, dataset, outcome.status, finishedAt],
  );
  db.run(
    `UPDATE datasetStates SET status = ?, reason = ?, attemptedAt = ?,
       signInActivity = coalesce(?, signInActivity)
     WHERE tenantKey = ? AND dataset = ?`,
    [outcome.status, outcome.reason, finishedAt, outcome.signInActivity ?? null, tenantKey, dataset],
  );
  if (outcome.status !== 'complete') return;
  const today = finishedAt.slice(0, 10);
  db.run(
    `UPDATE datasetStates SET completedAt = ?,
       ${outcome.mode === 'unchanged' ? 'asOfDate = coalesce(asOfDate, ?), concealed = max(concealed, ?)' : 'asOfDate = ?, concealed = ?'},
       rows = ${rowsOf(outcome)}, syncState = ?,
       signInActivityAsOf = coalesce(?, signInActivityAsOf)
     WHERE tenantKey = ? AND dataset = ?`,
    [
      finishedAt,
      outcome.asOfDate ?? today,
      Number(outcome.concealed),
      outcome.syncState ?? null,
      outcome.signInActivity === 'read' ? today : null,
      tenantKey,
      dataset,
    ],
  );
}

/** SQL for the number of rows that a complete dataset has now. */
function rowsOf({ dataset, mode }: DatasetOutcome): string {
  switch (mode) {
    case 'unchanged':
      return 'rows';
    case 'merge':
      return `(SELECT count(*) FROM main.${dataset} t WHERE t.tenantKey = datasetStates.tenantKey)`;
    default:
      return `(SELECT count(*) FROM staged.${dataset})`;
  }
}

/** Records the run in the history. */
export function recordImport(
  db: SqlDatabase,
  start: ImportStart,
  end: ImportEnd,
  tasks: readonly TaskResult[],
): ImportResult {
  db.run(
    `INSERT INTO imports (importId, tenantId, connectionId, connectionName, trigger, status, startedAt, finishedAt,
       requests, bytes, throttledMs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      start.importId,
      start.tenant.tenantId.toLowerCase(),
      start.connectionId,
      start.connectionName,
      start.trigger,
      end.status,
      start.startedAt,
      end.finishedAt,
      end.transfer.requests,
      end.transfer.bytes,
      end.transfer.throttledMs,
    ],
  );
  const importKey = db.number('SELECT importKey FROM imports WHERE importId = ?', [start.importId]);
  tasks.forEach((task, position) => {
    db.run('INSERT INTO importTasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
      importKey,
      position,
      task.task,
      task.status,
      task.rows,
      task.added,
      task.changed,
      task.removed,
      Math.round(task.durationMs),
      task.warnings.join('\n'),
    ]);
  });
  return { importId: start.importId, status: end.status, tasks };
}
