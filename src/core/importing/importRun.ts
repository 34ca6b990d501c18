import { isCancellation, throwIfAborted } from '../foundation/abort';
import { isLicenseError, LicenseError } from '../foundation/errors';
import { isExpiredPageToken } from '../graph/graphErrors';
import type { GraphClient } from '../graph/graphClient';
import type { DatasetReader, ReadingNotes } from '../graph/listing';
import { newReadingNotes } from '../graph/listing';
import { readConcealedNames } from '../graph/reportSettings';
import type { ImportTask } from '../model/connection';
import type { Dataset, DatasetOutcome } from '../model/datasets';
import type { ImportProgress } from '../model/importRecords';
import type { ImportSession } from '../store/store';
import type { ImportRequest } from './importRequest';
import { concealedWarning, failureWarning, noDataWarning, skippedRowsWarning } from './importWarnings';
import { Semaphore } from './semaphore';
import type { StoredTenant } from './storedTenant';

/** How often a listing may start again from its first page. */
const maxRestarts = 2;

/** How the reading of one dataset ended, for the tasks that want it. */
export interface DatasetReport {
  readonly outcome: DatasetOutcome;
  readonly rows: number;
  readonly warnings: readonly string[];
}

/** What {@link ImportRun.read} may be told beside the reader. */
export interface ReadOptions<D extends Dataset> {
  /**
   * Another way to read when the first was refused: given the error, returns a reader or null. What was staged
   * is forgotten first.
   */
  readonly fallback?: (
    error: unknown,
  ) => { readonly reader: DatasetReader<D>; readonly warning: string } | null;
  /** Facts that depend on the way that worked; asked for when the dataset is complete. */
  readonly outcome?: () => Pick<DatasetOutcome, 'signInActivity'>;
  readonly isReport?: boolean;
}

type EndReading = (
  status: DatasetOutcome['status'],
  reason: string | null,
  asOfDate: string | null,
  concealed: boolean,
) => DatasetReport;

/**
 * One import while it runs: reads datasets from Graph into the session, each isolated from the others and each
 * only once, however many tasks want it.
 */
export class ImportRun {
  /** Set when the store refused: then the import as a whole has failed. */
  storeFailure: { readonly error: unknown } | undefined;
  private readonly reports = new Map<Dataset, Promise<DatasetReport>>();
  private readonly places: Semaphore;
  private concealedNames: Promise<boolean | null> | undefined;

  constructor(
    private readonly request: ImportRequest,
    private readonly client: GraphClient,
    private readonly session: ImportSession,
    private readonly abort: AbortController,
    /** A source that had rows and now answers with none has failed. */
    private readonly previousRows: StoredTenant['rowCounts'],
  ) {
    this.places = new Semaphore(request.maxConcurrency ?? 4);
  }

  /** Outcomes of all datasets read, each named once. */
  async outcomes(): Promise<readonly DatasetOutcome[]> {
    return (await Promise.all(this.reports.values())).map((report) => report.outcome);
  }

  /** Reads a dataset, or waits for the reading that another task began. Never rejects. */
  read<D extends Dataset>(
    task: ImportTask,
    dataset: D,
    reader: DatasetReader<D>,
    options: ReadOptions<D> = {},
  ): Promise<DatasetReport> {
    let report = this.reports.get(dataset);
    if (report === undefined) {
      report = this.places.run(() => this.readOnce(task, dataset, reader, options));
      this.reports.set(dataset, report);
    }
    return report;
  }

  private async readOnce<D extends Dataset>(
    task: ImportTask,
    dataset: D,
    reader: DatasetReader<D>,
    options: ReadOptions<D>,
  ): Promise<DatasetReport> {
    const progress = (rows: number, expectedRows: number | null, done: boolean): void =>
      this.report({ task, dataset, rows, expectedRows, done });
    const expected = this.previousRows[dataset] ?? null;
    let rows = 0;
    const warnings: string[] = [];
    const end: EndReading = (status, reason, asOfDate, concealed) => {
      progress(rows, rows, true);
      const extra = status === 'complete' ? options.outcome?.() : undefined;
      return { outcome: { dataset, task, status, asOfDate, concealed, ...extra, reason }, rows, warnings };
    };
    let read = reader;
    try {
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
          };
          for await (const batch of read(context)) {
            throwIfAborted(this.abort.signal);
            await this.stage(() => this.session.write(dataset, batch));
            rows += batch.length;
            progress(rows, notes.expectedRows ?? expected, false);
          }
        } catch (error) {
          const other = this.storeFailure === undefined ? (options.fallback?.(error) ?? null) : null;
          if (other !== null) {
            read = other.reader;
            warnings.push(other.warning);
          } else if (restartable(error) && restarts < maxRestarts) {
            restarts += 1;
            this.request.logger.debug(`Reading ${dataset} again from the start (${String(restarts)})`);
          } else throw error;
          await this.stage(() => this.session.restart(dataset));
          continue;
        }
        return await this.finish(dataset, rows, notes, warnings, options.isReport === true, end);
      }
    } catch (error) {
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
    warnings.push(...notes.warnings);
    if (rows === 0 && notes.skippedRows > 0) {
      throw new LicenseError('badResponse', `None of the ${notes.skippedRows} rows of ${dataset} was valid.`);
    }
    const before = this.previousRows[dataset] ?? 0;
    if (rows === 0 && before > 0) {
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
    const today = this.request.now().toISOString().slice(0, 10);
    return end('complete', null, isReport ? notes.asOfDate : today, concealed);
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
  private async stage(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (!this.abort.signal.aborted) {
        this.storeFailure ??= { error };
        this.abort.abort();
      }
      throw error;
    }
  }
}

/** A page token that ran out, or a report that broke off while it was read: nothing else was retried before. */
function restartable(error: unknown): boolean {
  return isExpiredPageToken(error) || (isLicenseError(error) && error.details.cutOff === true);
}
