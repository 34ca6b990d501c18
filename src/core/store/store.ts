import type { Connection } from '../model/connection';
import type { Dataset, DatasetOutcome, DatasetRows, UserChanges } from '../model/datasets';
import type { Application, EvaluationSettings } from '../model/evaluation';
import type {
  ImportResult,
  ImportStatus,
  ImportTrigger,
  TaskResult,
  TransferTotals,
} from '../model/importRecords';
import type { ServiceActivity } from '../../shared/activityContract';
import type { Event } from '../foundation/emitter';
import type { AccountMarks } from './accountMarks';
import type { LicenseRecords } from './licenseRecords';
import type { Disposable } from '../foundation/disposables';

/** A value of the file. Booleans are 0/1 and null is unknown. */
export type SqlValue = string | number | null | Uint8Array;

/** A row keyed by column name. */
export type SqlRow = Record<string, SqlValue>;

/** Tells readers that a commit happened, in this window or another one. */
export interface StoreChange {
  /** The store's commit counter after the change. */
  readonly generation: number;
  /** Tenants whose data changed; empty when only connections changed or another window wrote. */
  readonly tenantIds: readonly string[];
}

/** What is known of the open file. */
export interface StoreInfo {
  readonly file: string;
  readonly schemaVersion: number;
  readonly generation: number;
  /** True when the file has a newer schema than this version knows. */
  readonly readOnly: boolean;
}

/** What {@link Store.recover} puts in the place of a damaged file. */
export type RecoveryChoice = 'backup' | 'empty';

/** What {@link Store.recover} did. */
export interface Recovery {
  /** The damaged file under its new name; null when the file was not damaged (any more) and nothing was done. */
  readonly damagedFile: string | null;
  /** The backup under its new name; null unless an empty file was chosen and there was a backup. */
  readonly backupFile: string | null;
  readonly info: StoreInfo;
}

/** A tenant as `v_tenants` shows it. */
export interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly defaultDomain: string | null;
  readonly cloud: string;
}

/** A report of `exportCsv` and of views; each equals the view of the file named beside it in `reportViews.ts`. */
export type Report = 'roster' | 'reconciliation' | 'licenses' | 'activity' | 'seats' | 'findings' | 'imports';

/** What a view or an export shows. Unknown columns and reports are refused with `invalidArgument`. */
export interface ViewFilter {
  /** Case-insensitive text that must occur in one of the report's text columns; words are ANDed. */
  readonly text?: string;
  /** Column name → value or list of values (OR); null matches unknown. */
  readonly columns?: Readonly<Record<string, SqlValue | readonly SqlValue[]>>;
  /** Roster only: users who hold a seat of this license (`{tenantId}_{skuId}`); the same as one of `licenseIds`. */
  readonly licenseId?: string;
  /** Roster only: users who hold a seat of one of these licenses. */
  readonly licenseIds?: readonly string[];
  /**
   * Roster only: users whom a license reaches by one of these paths: one of the licenses of this filter, or any
   * where it names none.
   */
  readonly paths?: readonly LicensePath[];
  /** Roster only: users with a seat of one of these verdicts: of a license of this filter, or of any. */
  readonly seatVerdicts?: readonly string[];
  /** Roster only: true for users who hold a seat of any license, false for those who hold none. */
  readonly licensed?: boolean;
  /** Roster only: users with a last use of one of these applications. */
  readonly services?: readonly Application[];
  /** Roster only: users whose account is in one of these states; null matches unknown. */
  readonly status?: readonly (AccountStatus | null)[];
  /** Roster only: users whom a finding of this kind concerns, of one license or of any. */
  readonly finding?: { readonly kind: string; readonly licenseId?: string };
  /** Roster only: these users. */
  readonly userIds?: readonly string[];
  /** Roster only: columns with a value from one to another, both inclusive; unknown is in no range. */
  readonly ranges?: readonly ColumnRange[];
  /** Roster only: users who hold one of these services by a license whose plan for it is on. */
  readonly holds?: readonly Application[];
  /**
   * Roster only: users who hold a service and have no date of a last use, because a source says that there was no use,
   * or because none speaks of them.
   */
  readonly use?: { readonly application: Application; readonly state: 'noUse' | 'unknown' };
}

/** A range of a column of the roster; dates `YYYY-MM-DD`. */
export interface ColumnRange {
  readonly column: string;
  readonly from?: string | number;
  readonly to?: string | number;
}

/**
 * How one license reaches a user: directly, through one or several groups, both, or by an assignment that is in
 * error (`Error`, `ActiveWithError`), which can be so beside another path.
 * @see https://learn.microsoft.com/graph/api/resources/licenseassignmentstate
 */
export type LicensePath = 'direct' | 'group' | 'both' | 'error';

/** State of an account: `deleted` ones are in the recycle bin of the directory. */
export type AccountStatus = 'enabled' | 'disabled' | 'deleted';

/** A value of a facet. */
export interface FacetValue {
  /** Null: unknown, or not set. */
  readonly value: SqlValue;
  /** Rows with this value. */
  readonly count: number;
  /** A name for the value where it is an id; null where there is none. */
  readonly label?: string | null;
}

/** How the rows of a view spread over the values of one column. */
export interface Facet {
  /** A column of the report; of the roster also `licenseId`, `path`, `service`, `status`. */
  readonly column: string;
  /** The most frequent values, at most {@link maxFacetValues}, most frequent first; null is always among them. */
  readonly values: readonly FacetValue[];
  /** How many values there are, null among them. */
  readonly distinct: number;
}

/** Values that {@link Store.facets} gives of one column at most. */
export const maxFacetValues = 200;

/** One sort key; ties are broken by the view's key columns so that the order is total. */
export interface ViewSort {
  readonly column: string;
  readonly descending: boolean;
}

/** A view to open or export. */
export interface ViewSpec {
  readonly report: Report;
  readonly tenantId?: string;
  readonly filter?: ViewFilter;
  readonly sort?: readonly ViewSort[];
  /**
   * Set while names of people are hidden: the text filter, the column filter and the order then take the pseudonyms
   * for the names, and an export writes them. A secret: it is held for the view or the call and kept nowhere.
   */
  readonly pseudonymKey?: string;
}

/** A view whose order is materialized: windows of it cost the same at any offset. */
export interface OpenView {
  readonly viewId: number;
  readonly rowCount: number;
  /** Rows of the same tenant without the filter. */
  readonly totalCount: number;
  readonly generation: number;
  readonly columns: readonly string[];
}

/** What {@link Store.exportCsv} writes. */
export interface CsvExport extends ViewSpec {
  /** Chosen columns in their order; all of the view's when absent. */
  readonly columns?: readonly string[];
  /** Absolute path; written as a temporary file beside it and renamed. */
  readonly file: string;
  readonly byteOrderMark: boolean;
}

/** The start of an import. */
export interface ImportStart {
  readonly importId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly tenant: Tenant;
  readonly trigger: ImportTrigger;
  /** UTC ISO 8601. */
  readonly startedAt: string;
}

/** How an import ended, as its history keeps it. */
export interface ImportEnd {
  readonly status: ImportStatus;
  readonly finishedAt: string;
  readonly tasks: readonly Omit<TaskResult, 'added' | 'changed' | 'removed'>[];
  readonly datasets: readonly DatasetOutcome[];
  readonly transfer: TransferTotals;
  readonly evaluation: EvaluationSettings;
}

/**
 * Takes the rows of one import aside and applies them in one commit. Rows staged are invisible to readers.
 * A session that is neither committed nor discarded leaves nothing behind when the store closes.
 */
export interface ImportSession {
  /** Stages a batch. Resolves when the worker took it, so awaiting gives back-pressure. */
  write<D extends Dataset>(dataset: D, rows: readonly DatasetRows[D][]): Promise<void>;
  /** Stages what became of the users; for an outcome whose `mode` is `merge`. */
  writeUserChanges(changes: UserChanges): Promise<void>;
  /**
   * Says that nothing more comes of a dataset, so that the worker can prepare it while others still come. A commit
   * does it for those of which it was not said.
   */
  seal(dataset: Dataset): Promise<void>;
  /** Forgets what was staged of one dataset (a listing that restarts). */
  restart(dataset: Dataset): Promise<void>;
  /**
   * Says how the import ends if all goes well, once all is complete that judging needs but the users, so that they can
   * be judged while they still come. Makes no difference to what a commit leaves; where it can't be done, and where the
   * import ends otherwise, the commit does everything.
   * @param expected with the outcomes known by now, and the users as complete
   */
  workAhead(expected: ImportEnd): Promise<void>;
  /**
   * Applies every dataset whose outcome is `complete`, evaluates the tenant, records the history, writes the
   * file: all or nothing. The result carries added, changed and removed counts per task. When it rejects, nothing
   * was applied and the session stays: commit again (after `storeNotWritable`, for example), or discard.
   */
  commit(end: ImportEnd): Promise<ImportResult>;
  /** Drops what was staged and records the run (failed or cancelled) in the history; the data stays as it was. */
  discard(end: ImportEnd): Promise<ImportResult>;
}

/**
 * The one SQLite file, behind a worker thread. Opening is lazy: the first call opens. All methods reject with
 * a `LicenseError` (`storeNotWritable`, `storeDamaged`, `storeNewer`, `storeFailed`, `busy`, `cancelled`,
 * `invalidArgument`, `notFound`).
 */
export interface Store extends Disposable, LicenseRecords, AccountMarks {
  /** Opens or creates the file; harmless when it is open. */
  open(): Promise<StoreInfo>;
  /**
   * Sets a damaged file aside as `licenses.damaged-<time>.sqlite` and puts the previous generation or an empty file
   * in its place. Harmless when the file is not damaged. Rejects with `storeDamaged` when the backup is missing or
   * damaged too; then nothing was touched.
   */
  recover(choice: RecoveryChoice): Promise<Recovery>;
  readonly onDidChange: Event<StoreChange>;

  /** Runs one read-only statement with bound parameters. Anything that would write is refused. */
  query(sql: string, params?: readonly SqlValue[] | Readonly<Record<string, SqlValue>>): Promise<SqlRow[]>;

  connections(): Promise<readonly Connection[]>;
  /** Adds or replaces by `connectionId`. A name that another connection has is refused (`invalidArgument`). */
  saveConnection(connection: Connection): Promise<void>;
  /** Removes a connection; without `keepData` also the data of its tenant, unless another connection has that tenant. */
  removeConnection(connectionId: string, keepData: boolean): Promise<void>;

  /** Rejects with `busy` while an import of the same tenant runs, in this window or another one. */
  beginImport(start: ImportStart): Promise<ImportSession>;
  /** Re-evaluates tenants whose stored evaluation is of another day or other settings; true if anything changed. */
  evaluate(settings: EvaluationSettings, today: string): Promise<boolean>;

  openView(spec: ViewSpec, signal?: AbortSignal): Promise<OpenView>;
  /** Rows `[offset, offset + count)` of an open view, all columns of the report's view. */
  viewRows(viewId: number, offset: number, count: number, signal?: AbortSignal): Promise<SqlRow[]>;
  closeView(viewId: number): Promise<void>;
  /**
   * Counts of rows per value, for each of the columns. What the filter asks of a column does not narrow that
   * column's own counts, so that a person sees what else there is to choose. Roster only.
   */
  facets(spec: ViewSpec, columns: readonly string[], signal?: AbortSignal): Promise<Facet[]>;

  /** How people use the eleven services, counted in one go. @param tenantId null for all tenants */
  serviceActivity(tenantId: string | null, signal?: AbortSignal): Promise<ServiceActivity>;

  /** Writes a view as CSV (RFC 4180, CRLF, UTF-8), streamed, guarded against formula injection. */
  exportCsv(
    request: CsvExport,
    options?: { signal?: AbortSignal; onProgress?: (rows: number, total: number) => void },
  ): Promise<{ rows: number }>;
}
