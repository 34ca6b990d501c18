import { randomUUID } from 'node:crypto';
import { isCancellation } from '../foundation/abort';
import { LicenseError } from '../foundation/errors';
import type { GraphClient } from '../graph/graphClient';
import { createGraphClient } from '../graph/graphClient';
import type { ImportTask } from '../model/connection';
import { importTasks } from '../model/connection';
import { datasetsOfTask } from '../model/datasets';
import type { ImportResult, ImportStatus } from '../model/importRecords';
import type { ImportEnd, ImportSession, Tenant } from '../store/store';
import { runApplicationAccess } from './applicationAccessTask';
import { runApplicationRoster } from './applicationRosterTask';
import { commitWithRetry } from './commitWithRetry';
import type { ImportRequest } from './importRequest';
import type { DatasetReport } from './importRun';
import { ImportRun } from './importRun';
import { failureWarning } from './importWarnings';
import { runLicenseDifferentiation } from './licenseDifferentiationTask';
import { runLicenseInformation } from './licenseInformationTask';
import type { StoredTenant } from './storedTenant';
import { readStoredTenant } from './storedTenant';
import { checkTenant, couldNotRun, fallbackTenant } from './tenantCheck';

const runners: Readonly<Record<ImportTask, (run: ImportRun) => Promise<readonly DatasetReport[]>>> = {
  applicationRoster: runApplicationRoster,
  applicationAccess: runApplicationAccess,
  licenseInformation: runLicenseInformation,
  licenseDifferentiation: runLicenseDifferentiation,
};

/** How long a cancelled import waits for its requests to end before it gives up on them. Milliseconds. */
const patience = 500;

type TaskEnd = ImportEnd['tasks'][number];

/**
 * Imports the chosen tasks of a connection: reads side by side, stages, and applies everything that came whole
 * in one commit. A task that fails leaves its old data and the other tasks alone.
 *
 * Rejects, with nothing recorded, when it could not run: `signInRequired` and the other refusals of a sign-in,
 * `wrongTenant`, `invalidArgument`; and with the store's errors when the store refused. An import that ran
 * returns its result, `failed` and `cancelled` ones too.
 */
export async function runImport(request: ImportRequest): Promise<ImportResult> {
  const tasks = importTasks.filter((task) => request.tasks.includes(task));
  if (tasks.length === 0) throw new LicenseError('invalidArgument', 'No task to import was chosen.');
  // Aborted by the caller, or by the run itself when the store refuses.
  const abort = new AbortController();
  const onAbort = (): void => abort.abort();
  if (request.signal.aborted) onAbort();
  request.signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await importTasksOf(request, tasks, abort);
  } finally {
    request.signal.removeEventListener('abort', onAbort);
  }
}

async function importTasksOf(
  request: ImportRequest,
  tasks: readonly ImportTask[],
  abort: AbortController,
): Promise<ImportResult> {
  const startedAt = request.now().toISOString();
  const client = createGraphClient({
    http: request.http,
    tokens: request.tokens,
    graphOrigin: request.graphOrigin,
    logger: request.logger,
    signal: abort.signal,
    now: request.now,
    limits: request.limits,
    rates: request.rates,
    random: request.random,
  });
  const { tenant, failure, stored } = await identify(request, client);
  const session = await request.store.beginImport({
    importId: request.importId ?? randomUUID(),
    connectionId: request.connection.connectionId,
    connectionName: request.connection.name,
    tenant,
    trigger: request.trigger,
    startedAt,
  });
  const end = (
    status: ImportStatus,
    ended: readonly TaskEnd[],
    datasets: ImportEnd['datasets'],
  ): ImportEnd => ({
    status,
    finishedAt: request.now().toISOString(),
    tasks: ended,
    datasets,
    transfer: client.totals(),
    evaluation: request.evaluation,
  });
  if (failure !== undefined) {
    const status = request.signal.aborted ? 'cancelled' : 'failed';
    const warnings = (task: ImportTask): string[] =>
      status === 'cancelled' ? [] : [failureWarning(datasetsOfTask[task][0] ?? 'users', failure.error)];
    return session.discard(
      end(
        status,
        tasks.map((task) => ({ task, status, rows: 0, durationMs: 0, warnings: warnings(task) })),
        [],
      ),
    );
  }
  const run = new ImportRun(request, client, session, abort, stored);
  return readAndStore(request, run, session, abort.signal, tasks, end);
}

interface Start {
  readonly tenant: Tenant;
  readonly stored: StoredTenant;
  /** What kept the tenant from being asked. */
  readonly failure?: { readonly error: unknown };
}

/** Whose data the import will bring. Rejects when it can't run at all. */
async function identify(request: ImportRequest, client: GraphClient): Promise<Start> {
  const { connection } = request;
  const tenantId = connection.tenantId?.toLowerCase();
  if (tenantId === undefined) {
    throw new LicenseError('signInRequired', `“${connection.name}” has never been signed in.`);
  }
  const stored = await readStoredTenant(request.store, tenantId);
  try {
    return { tenant: await checkTenant(request, tenantId, client, stored.tenant), stored };
  } catch (error) {
    const cancelled = request.signal.aborted || isCancellation(error);
    if (couldNotRun(error) && !cancelled) throw error;
    if (!cancelled) request.logger.error('The tenant could not be reached', error);
    return { tenant: fallbackTenant(connection, tenantId, stored.tenant), stored, failure: { error } };
  }
}

async function readAndStore(
  request: ImportRequest,
  run: ImportRun,
  session: ImportSession,
  signal: AbortSignal,
  tasks: readonly ImportTask[],
  end: (status: ImportStatus, ended: readonly TaskEnd[], datasets: ImportEnd['datasets']) => ImportEnd,
): Promise<ImportResult> {
  const ended = new Map<ImportTask, TaskEnd>();
  const work = Promise.all(
    tasks.map(async (task) => {
      const started = performance.now();
      const reports = await runners[task](run);
      ended.set(task, taskEnd(task, reports, Math.round(performance.now() - started)));
    }),
  );
  await finishedOrAborted(work, signal);
  if (run.storeFailure !== undefined && !request.signal.aborted) {
    const all = tasks.map((task) => ended.get(task) ?? emptyEnd(task, 'failed'));
    // The first failure is the one worth telling.
    await session.discard(end('failed', all, [])).catch(() => undefined);
    throw run.storeFailure.error;
  }
  if (request.signal.aborted) {
    const all = tasks.map((task) => ({
      ...(ended.get(task) ?? emptyEnd(task, 'cancelled')),
      status: 'cancelled' as const,
    }));
    return session.discard(end('cancelled', all, []));
  }
  const all = tasks.map((task) => ended.get(task) ?? emptyEnd(task, 'failed'));
  const datasets = await run.outcomes();
  if (!datasets.some((outcome) => outcome.status === 'complete')) {
    return session.discard(end('failed', all, datasets));
  }
  const status = all.every((task) => task.status === 'succeeded') ? 'succeeded' : 'partial';
  return commitWithRetry(session, end(status, all, datasets), request);
}

function taskEnd(task: ImportTask, reports: readonly DatasetReport[], durationMs: number): TaskEnd {
  const complete = reports.filter((report) => report.outcome.status === 'complete').length;
  const missed = reports.filter(
    ({ outcome, isOptional }) =>
      outcome.status !== 'complete' && !(isOptional && outcome.status === 'unavailable'),
  ).length;
  return {
    task,
    status: missed === 0 ? 'succeeded' : complete > 0 ? 'partial' : 'failed',
    rows: reports.reduce((sum, report) => sum + (report.outcome.status === 'complete' ? report.rows : 0), 0),
    durationMs,
    warnings: reports.flatMap((report) => report.warnings),
  };
}

function emptyEnd(task: ImportTask, status: ImportStatus): TaskEnd {
  return { task, status, rows: 0, durationMs: 0, warnings: [] };
}

/** Waits for the work; after an abort only a little longer, so that nothing that hangs can hold the import. */
async function finishedOrAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const aborted = new Promise<void>((resolve) => {
    onAbort = () => {
      timer = setTimeout(resolve, patience);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
