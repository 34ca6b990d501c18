import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
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
import { taskEnd } from './taskEnd';
import { checkToken, couldNotRun, fallbackTenant, readTenant } from './tenantCheck';
import { workAhead } from './workAhead';

const runners: Readonly<Record<ImportTask, (run: ImportRun) => Promise<readonly DatasetReport[]>>> = {
  applicationRoster: runApplicationRoster,
  applicationAccess: runApplicationAccess,
  licenseInformation: runLicenseInformation,
  licenseDifferentiation: runLicenseDifferentiation,
};

/** How long a cancelled import waits for its requests to end before it gives up on them. Milliseconds. */
const patience = 500;

type TaskEnd = ImportEnd['tasks'][number];

type MakeEnd = (
  status: ImportStatus,
  ended: readonly TaskEnd[],
  datasets: ImportEnd['datasets'],
) => ImportEnd;

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
  // Each request listens, and many run at once.
  setMaxListeners(0, abort.signal);
  const onAbort = (): void => abort.abort();
  if (request.signal.aborted) onAbort();
  request.signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await importTasksOf(request, tasks, abort);
  } finally {
    request.signal.removeEventListener('abort', onAbort);
    // What a list that failed had asked for ahead.
    onAbort();
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
  const tenantId = tenantOf(request);
  const stored = await readStoredTenant(request.store, tenantId);
  const refusal = await refusalOfToken(request, tenantId);
  // Who the tenant is, and whether an import of it may run, is asked while the lists begin to come. Nothing is handed
  // to the store before both are known.
  const opened = openSession(request, client, tenantId, stored, startedAt, refusal);
  const session = opened.then(
    (known) => {
      if (known.failure !== undefined) abort.abort();
      return known.session;
    },
    (error: unknown) => {
      abort.abort();
      throw error;
    },
  );
  session.catch(() => undefined);
  const ended = new Map<ImportTask, TaskEnd>();
  const run = new ImportRun(request, client, session, abort, stored);
  const end: MakeEnd = (status, all, datasets) => ({
    status,
    finishedAt: request.now().toISOString(),
    tasks: all,
    datasets,
    transfer: client.totals(),
    evaluation: request.evaluation,
  });
  if (refusal === undefined) {
    const reading = readTasks(run, tasks, ended);
    void workAhead(run, session, abort.signal, (status, datasets) => end(status, [], datasets));
    await finishedOrAborted(reading, abort.signal);
  }
  const known = await opened;
  if (known.failure !== undefined) {
    const status = request.signal.aborted ? 'cancelled' : 'failed';
    const { error } = known.failure;
    const warnings = (task: ImportTask): string[] =>
      status === 'cancelled' ? [] : [failureWarning(datasetsOfTask[task][0] ?? 'users', error)];
    return known.session.discard(
      end(
        status,
        tasks.map((task) => ({ task, status, rows: 0, durationMs: 0, warnings: warnings(task) })),
        [],
      ),
    );
  }
  return applyRun(request, run, known.session, tasks, ended, end);
}

function tenantOf({ connection }: ImportRequest): string {
  if (connection.tenantId !== null) return connection.tenantId.toLowerCase();
  throw new LicenseError('signInRequired', `“${connection.name}” has never been signed in.`);
}

/** What kept the tenant from being asked. */
interface Failure {
  readonly error: unknown;
}

/** Whether the token opens the tenant: what kept it from being had, if anything. Rejects when nothing can be imported. */
async function refusalOfToken(request: ImportRequest, tenantId: string): Promise<Failure | undefined> {
  try {
    await checkToken(request, tenantId);
    return undefined;
  } catch (error) {
    return passingFailure(request, error);
  }
}

/** A failure that the import's history tells of; rejects with one after which there is no import. */
function passingFailure(request: ImportRequest, error: unknown): Failure {
  const cancelled = request.signal.aborted || isCancellation(error);
  if (couldNotRun(error) && !cancelled) throw error;
  if (!cancelled) request.logger.error('The tenant could not be reached', error);
  return { error };
}

interface OpenSession {
  readonly session: ImportSession;
  readonly failure: Failure | undefined;
}

/** Asks whose data the import brings, and begins it. Rejects when it can't run at all. */
async function openSession(
  request: ImportRequest,
  client: GraphClient,
  tenantId: string,
  stored: StoredTenant,
  startedAt: string,
  refusal: Failure | undefined,
): Promise<OpenSession> {
  const { connection } = request;
  let failure = refusal;
  let tenant: Tenant | undefined;
  if (failure === undefined) {
    try {
      tenant = await readTenant(request, tenantId, client, stored.tenant);
    } catch (error) {
      failure = passingFailure(request, error);
    }
  }
  const session = await request.store.beginImport({
    importId: request.importId ?? randomUUID(),
    connectionId: connection.connectionId,
    connectionName: connection.name,
    tenant: tenant ?? fallbackTenant(connection, tenantId, stored.tenant),
    trigger: request.trigger,
    startedAt,
  });
  return { session, failure };
}

/** Reads what the tasks want; never rejects. */
async function readTasks(
  run: ImportRun,
  tasks: readonly ImportTask[],
  ended: Map<ImportTask, TaskEnd>,
): Promise<void> {
  await Promise.all(
    tasks.map(async (task) => {
      const started = performance.now();
      const reports = await runners[task](run);
      ended.set(task, taskEnd(task, reports, Math.round(performance.now() - started)));
    }),
  );
}

/** Applies what was read, or says in the history why not. */
async function applyRun(
  request: ImportRequest,
  run: ImportRun,
  session: ImportSession,
  tasks: readonly ImportTask[],
  ended: ReadonlyMap<ImportTask, TaskEnd>,
  end: MakeEnd,
): Promise<ImportResult> {
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
