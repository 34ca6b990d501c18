import type { CloudServices } from '../../core/cloudServices';
import { isLicenseError, LicenseError } from '../../core/foundation/errors';
import { Emitter } from '../../core/foundation/emitter';
import type { Disposable } from '../../core/foundation/disposables';
import type { Logger } from '../../core/foundation/logger';
import type { Connection, ImportTask } from '../../core/model/connection';
import { refuseDeprecated } from '../../core/model/deprecatedSource';
import type { EvaluationSettings } from '../../core/model/evaluation';
import type { ImportProgress, ImportResult, ImportTrigger } from '../../core/model/importRecords';
import type { Store } from '../../core/store/store';
import { progressText } from './progressText';

/** What {@link ImportJobs} needs. */
export interface ImportJobsDeps {
  readonly store: Store;
  readonly cloudServices: () => Promise<CloudServices>;
  readonly evaluationSettings: () => EvaluationSettings;
  /** Parts of an import read side by side; 4 unless told. */
  readonly maxConcurrency?: () => number;
  readonly logger: Logger;
}

/** How an import is to run. */
export interface ImportJobOptions {
  readonly tasks?: readonly ImportTask[];
  readonly trigger: ImportTrigger;
  /** Reads everything, though Microsoft could tell what changed. */
  readonly full?: boolean;
  /** Aborted when the person cancels; {@link ImportJobs.cancel} works as well. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /**
   * The import ran, but in the middle of it Microsoft asked for a person: what is missing comes with the next import
   * after a sign-in. The connection is marked "sign-in needed" either way; nothing is opened here.
   */
  readonly onSignInRequired?: (error: LicenseError) => void;
  /** Asks a person whether to try again when the file can't be written; nobody is asked when absent. */
  readonly onNotWritable?: (error: LicenseError) => Promise<boolean>;
}

interface Job {
  readonly connection: Connection;
  readonly controller: AbortController;
  readonly progress: Map<string, ImportProgress>;
  done: Promise<unknown>;
}

/** Milliseconds between two redraws of the tree for progress. */
const redrawEvery = 250;

/** Runs imports, at most one per connection and per tenant in this window. */
export class ImportJobs implements Disposable {
  private readonly jobs = new Map<string, Job>();
  private readonly changed = new Emitter<void>();
  private redraw: ReturnType<typeof setTimeout> | undefined;

  /** Fires when a job starts, ends or has news, not more often than a person can read. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly deps: ImportJobsDeps) {}

  /** Runs one import to its end. Throws `busy`, and whatever kept it from running at all. */
  async run(connection: Connection, options: ImportJobOptions): Promise<ImportResult> {
    refuseDeprecated(connection);
    this.refuseSecond(connection);
    const controller = new AbortController();
    const job: Job = { connection, controller, progress: new Map(), done: Promise.resolve() };
    const stop = (): void => controller.abort();
    options.signal?.addEventListener('abort', stop, { once: true });
    if (options.signal?.aborted) controller.abort();
    this.jobs.set(connection.connectionId, job);
    this.changed.fire();
    const running = this.execute(job, options);
    job.done = running.catch(() => undefined);
    try {
      return await running;
    } finally {
      options.signal?.removeEventListener('abort', stop);
      this.jobs.delete(connection.connectionId);
      this.changed.fire();
    }
  }

  private refuseSecond(connection: Connection): void {
    for (const { connection: other } of this.jobs.values()) {
      const same = other.connectionId === connection.connectionId;
      if (same || (other.tenantId !== null && other.tenantId === connection.tenantId)) {
        throw new LicenseError(
          'busy',
          same
            ? `An import of “${connection.name}” is already running. Wait for it or cancel it first.`
            : `“${other.name}” is importing the same tenant. Wait for it or cancel it first.`,
          { connectionId: other.connectionId },
        );
      }
    }
  }

  private async execute(job: Job, options: ImportJobOptions): Promise<ImportResult> {
    const { connection, controller } = job;
    this.deps.logger.info(`import ${connection.name}: started (${options.trigger})`);
    let required: LicenseError | undefined;
    try {
      const services = await this.deps.cloudServices();
      const result = await services.runImport({
        connection,
        tasks: options.tasks ?? connection.tasks,
        trigger: options.trigger,
        evaluation: this.deps.evaluationSettings(),
        maxConcurrency: this.deps.maxConcurrency?.() ?? 4,
        full: options.full ?? false,
        signal: controller.signal,
        ...(options.onNotWritable === undefined ? {} : { onNotWritable: options.onNotWritable }),
        onProgress: (progress) => {
          job.progress.set(`${progress.task}/${progress.dataset}`, progress);
          options.onProgress?.(progress);
          this.scheduleRedraw();
        },
        onSignInRequired: (error) => {
          // One challenge to answer is worth more than many errors without.
          if (required?.details.claims === undefined) required = error;
        },
      });
      this.deps.logger.info(`import ${connection.name}: ${result.status}`);
      if (required === undefined) await this.noteRefresh(connection);
      else {
        await this.markSignInNeeded(connection);
        options.onSignInRequired?.(required);
      }
      return result;
    } catch (error) {
      if (isLicenseError(error, 'signInRequired')) {
        await this.markSignInNeeded(connection);
        throw new LicenseError(error.reason, error.message, {
          ...error.details,
          connectionId: connection.connectionId,
        });
      }
      throw error;
    }
  }

  /** What the tree shows as "sign-in needed". Whoever signed in meanwhile is not signed out again. */
  private async markSignInNeeded({ connectionId, signedInAt }: Connection): Promise<void> {
    const connections = await this.deps.store.connections();
    const current = connections.find((connection) => connection.connectionId === connectionId);
    if (current !== undefined && current.signedInAt === signedInAt) {
      await this.deps.store.saveConnection({ ...current, signedInAt: null });
    }
  }

  /** Keeps the day of the last token, from which the refresh token's idle limit counts; once a day is enough. */
  private async noteRefresh(connection: Connection): Promise<void> {
    const now = new Date().toISOString();
    if (connection.refreshedAt?.slice(0, 10) === now.slice(0, 10)) return;
    const current = (await this.deps.store.connections()).find(
      (c) => c.connectionId === connection.connectionId,
    );
    if (current !== undefined) await this.deps.store.saveConnection({ ...current, refreshedAt: now });
  }

  private scheduleRedraw(): void {
    this.redraw ??= setTimeout(() => {
      this.redraw = undefined;
      this.changed.fire();
    }, redrawEvery);
  }

  /** Asks a running import to stop and waits until it has; does nothing when none runs. */
  async cancel(connectionId: string): Promise<void> {
    const job = this.jobs.get(connectionId);
    job?.controller.abort();
    await job?.done;
  }

  /** What a running import does now, in a few words; undefined when none runs. */
  progressText(connectionId: string): string | undefined {
    const job = this.jobs.get(connectionId);
    if (job === undefined) return undefined;
    return job.controller.signal.aborted ? 'Cancelling…' : progressText([...job.progress.values()]);
  }

  /** Stops what runs; resolves when it has stopped, so that the store can be closed after it. */
  async dispose(): Promise<void> {
    if (this.redraw !== undefined) clearTimeout(this.redraw);
    const jobs = [...this.jobs.values()];
    for (const job of jobs) job.controller.abort();
    this.changed.dispose();
    await Promise.all(jobs.map((job) => job.done));
  }
}
