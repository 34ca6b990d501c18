import type * as v from 'valibot';
import { isCancellation, throwIfAborted } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import { ownTurn } from '../foundation/ownTurn';
import { isExpiredPageToken } from '../graph/graphErrors';
import type { GraphClient } from '../graph/graphClient';
import type { ReadingContext, ReadingNotes } from '../graph/listing';
import { newReadingNotes } from '../graph/listing';
import { readConcealedNames } from '../graph/reportSettings';
import { readSubscribedSkus } from '../graph/subscribedSkus';
import type { ImportTask } from '../model/connection';
import type { Dataset, DatasetOutcome, DatasetRows, UserChanges } from '../model/datasets';
import type { ImportProgress } from '../model/importRecords';
import type { ImportSession } from '../store/store';
import type { ImportRequest } from './importRequest';
import { concealedWarning, failureWarning, noDataWarning, skippedRowsWarning } from './importWarnings';
import type { SeatCounts } from './seatProof';
import { type Release, Semaphore } from './semaphore';
import type { StoredTenant } from './storedTenant';
import type { SyncState } from './syncState';
import { usableSync } from './syncState';

/** How often a listing may start again from its first page. */
const maxRestarts = 2;

/** Reads a dataset: rows of it, or for the users what became of them. */
export type ImportReader<D extends Dataset> = (
  context: ReadingContext,
) => AsyncIterable<readonly DatasetRows[D][] | UserChanges>;

/** How the reading of one dataset ended, for the tasks that want it. */
export interface DatasetReport {
  readonly outcome: DatasetOutcome;
  readonly rows: number;
  readonly warnings: readonly string[];
  /** The task has succeeded without it too, where the tenant or the grant does not offer it. */
  readonly isOptional: boolean;
}

/** Batches of one dataset on their way to the store: it may be busy with something else for a moment. */
const mostUnderWay = 4;

/** Readings of what is new run side by side in so many times as many places: most of them end with a short answer. */
const newFactor = 3;

/** What {@link ImportRun.read} may be told beside the reader. */
export interface ReadOptions<D extends Dataset> {
  /**
   * Another way to read when the first was refused: given the error, returns a reader or null. What was staged
   * is forgotten first.
   */
  readonly fallback?: (
    error: unknown,
  ) => { readonly reader: ImportReader<D>; readonly warning: string | null } | null;
  /** Facts that depend on the way that worked; asked for when the dataset is complete. */
  readonly outcome?: () => Pick<DatasetOutcome, 'signInActivity'>;
  readonly isReport?: boolean;
  /** Only what is new is asked for, at least at first. */
  readonly onlyNew?: boolean;
  /** See {@link DatasetReport.isOptional}. */
  readonly isOptional?: boolean;
  /**
   * `first`: a list that may be long, or that another one waits for; `last`: judging doesn't wait for it, so that it
   * begins after the others.
   */
  readonly turn?: 'first' | 'last';
  /** More than one listing is read, so that the end of one is not the end of all. */
  readonly isManifold?: boolean;
}

const ranks = { first: -1, usual: 0, last: 1 };

type EndReading = (
  status: DatasetOutcome['status'],
  reason: string | null,
  asOfDate: string | null,
  concealed: boolean,
  notes?: ReadingNotes,
) => DatasetReport;

/**
 * One import while it runs: reads datasets from Graph into the session, each isolated from the others and each
 * only once, however many tasks want it.
 */
export class ImportRun {
  /** Set when the store refused: then the import as a whole has failed. */
  storeFailure: { readonly error: unknown } | undefined;
  private readonly reports = new Map<Dataset, Promise<DatasetReport>>();
  /** What each dataset's reading ends with if it comes whole. */
  private readonly whole = new Map<Dataset, () => DatasetOutcome>();
  private readonly places: Semaphore;
  private readonly placesForNew: Semaphore;
  private readonly consumedUnits = new Map<string, number>();
  private concealedNames: Promise<boolean | null> | undefined;

  constructor(
    readonly request: ImportRequest,
    private readonly client: GraphClient,
    /** There once it is known whose data this is; what is read before then waits. */
    private readonly session: Promise<ImportSession>,
    private readonly abort: AbortController,
    /** What the file has: a source that had rows and now answers with none has failed. */
    private readonly stored: StoredTenant,
  ) {
    const places = request.maxConcurrency ?? 4;
    this.places = new Semaphore(places);
    this.placesForNew = new Semaphore(places * newFactor);
  }

  /** What the last import of a dataset left for this one; null when this one must read everything. */
  syncOf<T extends SyncState>(dataset: Dataset, schema: v.GenericSchema<unknown, T>): T | null {
    const { request, stored } = this;
    if (request.full === true || (stored.rowCounts[dataset] ?? 0) === 0) return null;
    return usableSync(schema, stored.syncStates[dataset], request.connection, request.now());
  }

  /** Rows of a dataset in the file. */
  storedRows(dataset: Dataset): number {
    return this.stored.rowCounts[dataset] ?? 0;
  }

  /** The service's count of each license; null when it could not be read. Wants the products to be asked for. */
  async consumed(): Promise<SeatCounts | null> {
    const report = await this.reports.get('subscribedSkus');
    return report?.outcome.status === 'complete' ? this.consumedUnits : null;
  }

  /** Reads the products, keeping their counts for {@link consumed}. */
  readProducts(task: ImportTask): Promise<DatasetReport> {
    const counts = this.consumedUnits;
    const reader: ImportReader<'subscribedSkus'> = async function* (context) {
      counts.clear();
      for await (const rows of readSubscribedSkus(context)) {
        for (const row of rows) counts.set(row.skuId, row.consumedUnits);
        yield rows;
      }
    };
    return this.read(task, 'subscribedSkus', reader, { turn: 'first' });
  }

  /** Outcomes of all datasets read, each named once. */
  async outcomes(): Promise<readonly DatasetOutcome[]> {
    return (await Promise.all(this.reports.values())).map((report) => report.outcome);
  }

  /** The readings that have begun. */
  get readings(): ReadonlyMap<Dataset, Promise<DatasetReport>> {
    return this.reports;
  }

  /** The outcome of a dataset that is being read, if all of it comes. */
  wholeOutcome(dataset: Dataset): DatasetOutcome | undefined {
    return this.whole.get(dataset)?.();
  }

  /** Reads a dataset, or waits for the reading that another task began. Never rejects. */
  read<D extends Dataset>(
    task: ImportTask,
    dataset: D,
    reader: ImportReader<D>,
    options: ReadOptions<D> = {},
  ): Promise<DatasetReport> {
    let report = this.reports.get(dataset);
    if (report === undefined) {
      const places = options.onlyNew === true ? this.placesForNew : this.places;
      const rank = ranks[options.turn ?? 'usual'];
      report = places.run((release) => this.readOnce(task, dataset, reader, options, release), rank);
      this.reports.set(dataset, report);
      this.whole.set(dataset, () => ({
        dataset,
        task,
        status: 'complete',
        asOfDate: this.today(),
        concealed: false,
        mode: 'replace',
        ...options.outcome?.(),
        reason: null,
      }));
    }
    return report;
  }

  private async readOnce<D extends Dataset>(
    task: ImportTask,
    dataset: D,
    reader: ImportReader<D>,
    options: ReadOptions<D>,
    release: Release,
  ): Promise<DatasetReport> {
    const started = performance.now();
    const progress = (rows: number, expectedRows: number | null, done: boolean): void =>
      this.report({ task, dataset, rows, expectedRows, done, elapsedMs: performance.now() - started });
    const expected = this.stored.rowCounts[dataset] ?? null;
    let rows = 0;
    const warnings: string[] = [];
    const end: EndReading = (status, reason, asOfDate, concealed, notes) => {
      progress(rows, rows, true);
      const extra =
        status === 'complete' && notes !== undefined
          ? { mode: notes.mode, syncState: notes.syncState, ...options.outcome?.() }
          : undefined;
      return {
        outcome: { dataset, task, status, asOfDate, concealed, ...extra, reason },
        rows,
        warnings,
        isOptional: options.isOptional === true,
      };
    };
    let read = reader;
    try {
      // Lists begin one by one: what each needs to be sent takes a while when it is done for the first time.
      await ownTurn();
      for (let restarts = 0; ;) {
        throwIfAborted(this.abort.signal);
        const notes = newReadingNotes();
        rows = 0;
        progress(0, expected, false);
        try {
          const context = {
            client: this.client,
            cloud: this.request.connection.cloud,
            now: this.request.now,
            notes,
            // The service is free for the next list while the last of this one is worked on.
            ...(options.isManifold === true ? {} : { onArrived: release }),
          };
          // Some batches are taken by the store while the next one is read.
          const staging: Promise<void>[] = [];
          for await (const batch of read(context)) {
            if (staging.length === mostUnderWay) await staging.shift();
            // Rows have just been made, and now they are packed.
            await ownTurn();
            throwIfAborted(this.abort.signal);
            const taken = this.stageBatch(dataset, batch);
            taken.catch(() => undefined);
            staging.push(taken);
            rows += rowsOf(batch);
            progress(rows, notes.expectedRows ?? (notes.onlyNew ? null : expected), false);
          }
          await Promise.all(staging);
          // Not waited for: the commit comes behind it, and fails if it does.
          this.stage((session) => session.seal(dataset)).catch(() => undefined);
        } catch (error) {
          const other = this.storeFailure === undefined ? (options.fallback?.(error) ?? null) : null;
          if (other !== null) {
            read = other.reader;
            if (other.warning !== null) warnings.push(other.warning);
          } else if (restartable(error) && restarts < maxRestarts) {
            restarts += 1;
            this.request.logger.debug(`Reading ${dataset} again from the start (${String(restarts)})`);
          } else throw error;
          await this.stage((session) => session.restart(dataset));
          continue;
        }
        return await this.finish(dataset, rows, notes, warnings, options.isReport === true, end);
      }
    } catch (error) {
      // Where the tenant can't be asked at all, that is what is told, once.
      await this.session.catch(() => undefined);
      if (this.abort.signal.aborted || isCancellation(error)) return end('failed', 'cancelled', null, false);
      const reason = isLicenseError(error) ? error.reason : 'unexpected';
      this.request.logger.error(`Reading ${dataset} failed (${reason})`, error);
      warnings.push(failureWarning(dataset, error));
      if (isLicenseError(error, 'signInRequired')) this.request.onSignInRequired?.(error);
      const unavailable = ['permissionMissing', 'roleMissing', 'premiumRequired'].includes(reason);
      return end(unavailable ? 'unavailable' : 'failed', reason, null, false);
    }
  }

  private async finish(
    dataset: Dataset,
    rows: number,
    notes: ReadingNotes,
    warnings: string[],
    isReport: boolean,
    end: EndReading,
  ): Promise<DatasetReport> {
    warnings.push(...new Set(notes.warnings));
    if (notes.mode === 'unchanged') return end('complete', null, null, false, notes);
    if (rows === 0 && notes.skippedRows > 0 && !notes.onlyNew) {
      throw new LicenseError('badResponse', `None of the ${notes.skippedRows} rows of ${dataset} was valid.`);
    }
    const before = this.storedRows(dataset);
    if (rows === 0 && before > 0 && !notes.onlyNew) {
      warnings.push(noDataWarning(dataset, before));
      return end('failed', 'noData', null, false);
    }
    if (notes.skippedRows > 0) warnings.push(skippedRowsWarning(dataset, notes.skippedRows));
    let concealed = false;
    // The rows tell better than the tenant's setting, which new reports follow days later.
    if (isReport && notes.concealedRows * 2 >= notes.namedRows) {
      const setting = await this.concealedNamesSetting();
      concealed = notes.concealedRows * 2 > notes.namedRows || setting === true;
      if (concealed) warnings.push(concealedWarning(dataset, setting));
    }
    return end('complete', null, isReport ? notes.asOfDate : this.today(), concealed, notes);
  }

  private today(): string {
    return this.request.now().toISOString().slice(0, 10);
  }

  private async stageBatch<D extends Dataset>(
    dataset: D,
    batch: readonly DatasetRows[D][] | UserChanges,
  ): Promise<void> {
    await this.stage((session) =>
      isRows(batch) ? session.write(dataset, batch) : session.writeUserChanges(batch),
    );
  }

  /** Tells the listener; its faults are its own and must not fail an import. */
  private report(progress: ImportProgress): void {
    try {
      this.request.onProgress?.(progress);
    } catch (error) {
      this.request.logger.error('The listener of the import’s progress failed', error);
    }
  }

  /** Asked once in an import; the setting does not exist in national clouds. */
  private concealedNamesSetting(): Promise<boolean | null> {
    const { cloud } = this.request.connection;
    const asked = cloud === 'global' || cloud === 'custom';
    return (this.concealedNames ??= asked ? readConcealedNames(this.client) : Promise.resolve(null));
  }

  /** Runs a call to the store. Its failure ends the whole import. */
  private async stage(call: (session: ImportSession) => Promise<void>): Promise<void> {
    try {
      await call(await this.session);
    } catch (error) {
      if (!this.abort.signal.aborted) {
        this.storeFailure ??= { error };
        this.abort.abort();
      }
      throw error;
    }
  }
}

function isRows<Row>(batch: readonly Row[] | UserChanges): batch is readonly Row[] {
  return Array.isArray(batch);
}

function rowsOf<Row>(batch: readonly Row[] | UserChanges): number {
  if (isRows(batch)) return batch.length;
  const { upserts = [], removedIds = [], signIns = [] } = batch;
  return upserts.length + removedIds.length + signIns.length;
}

/** A page token that ran out, or a report that broke off while it was read: nothing else was retried before. */
function restartable(error: unknown): boolean {
  return isExpiredPageToken(error) || (isLicenseError(error) && error.details.cutOff === true);
}
