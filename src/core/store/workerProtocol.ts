import type { ServiceActivity } from '../../shared/activityContract';
import type { ErrorRecord } from '../foundation/errors';
import type { Connection } from '../model/connection';
import type { AccountPattern, MarkKind } from '../model/accountMarks';
import type { Dataset } from '../model/datasets';
import type { EvaluationSettings } from '../model/evaluation';
import type { ImportResult } from '../model/importRecords';
import type { LicenseDowngrades } from './downgradeQuestionRecords';
import type { MarkChanges, MarkedAccounts, NamedMark, PatternPreview } from './accountMarks';
import type {
  CatalogueEntry,
  EvaluationDay,
  ExchangeRateRecord,
  LicenseDowngradeAnswers,
  LicensePurchase,
  LicenseSettings,
} from './licenseRecords';
import type { QueryParams } from './readOnlyQuery';
import type { StagedBatch } from './stagedBatch';
import type {
  CsvExport,
  Facet,
  ImportEnd,
  ImportStart,
  OpenView,
  Recovery,
  RecoveryChoice,
  SqlRow,
  StoreChange,
  StoreInfo,
  ViewSpec,
} from './store';

/** What the worker can be asked for; the messages of both sides are typed by it. */
export interface StoreCalls {
  open(): StoreInfo;
  recover(choice: RecoveryChoice): Recovery;
  query(sql: string, params: QueryParams): SqlRow[];
  connections(): readonly Connection[];
  saveConnection(connection: Connection): void;
  removeConnection(connectionId: string, keepData: boolean): void;
  beginImport(start: ImportStart): number;
  stage(session: number, batch: StagedBatch): void;
  seal(session: number, dataset: Dataset): void;
  restart(session: number, dataset: Dataset): void;
  workAhead(session: number, expected: ImportEnd): void;
  commit(session: number, end: ImportEnd): ImportResult;
  discard(session: number, end: ImportEnd): ImportResult;
  evaluate(settings: EvaluationSettings, today: string): boolean;
  savePurchases(purchases: readonly LicensePurchase[], day: EvaluationDay): void;
  removePurchase(purchaseId: string, day: EvaluationDay): void;
  licenseSettings(licenseId: string): LicenseSettings;
  saveLicenseSettings(licenseId: string, changes: Partial<LicenseSettings>, day: EvaluationDay): void;
  downgrades(licenseId: string, today: string): LicenseDowngrades;
  saveDowngradeAnswers(licenseId: string, answers: LicenseDowngradeAnswers, day: EvaluationDay): void;
  saveRecurringBilling(
    tenantId: string,
    subscriptionId: string,
    recurringBilling: boolean | null,
    day: EvaluationDay,
  ): void;
  exchangeRates(): readonly ExchangeRateRecord[];
  saveExchangeRates(rates: readonly ExchangeRateRecord[], day: EvaluationDay): void;
  saveCatalogue(entries: readonly CatalogueEntry[], listDate: string, day: EvaluationDay): void;
  markAccounts(
    tenantId: string,
    accounts: MarkedAccounts,
    mark: { readonly kind: MarkKind; readonly reason: string | null },
    day: EvaluationDay,
  ): MarkChanges;
  importMarks(tenantId: string, marks: readonly NamedMark[], day: EvaluationDay): MarkChanges;
  unmarkAccounts(
    tenantId: string,
    accounts: MarkedAccounts & { readonly leaveToPatterns?: boolean },
    day: EvaluationDay,
  ): MarkChanges;
  previewPattern(tenantId: string, pattern: Pick<AccountPattern, 'field' | 'pattern'>): PatternPreview;
  savePattern(tenantId: string, pattern: AccountPattern, day: EvaluationDay): void;
  removePattern(
    tenantId: string,
    pattern: Pick<AccountPattern, 'field' | 'pattern'>,
    day: EvaluationDay,
  ): void;
  openView(spec: ViewSpec): OpenView;
  viewRows(viewId: number, offset: number, count: number): SqlRow[];
  closeView(viewId: number): void;
  facets(spec: ViewSpec, columns: readonly string[]): Facet[];
  serviceActivity(tenantId: string | null): ServiceActivity;
  exportCsv(request: CsvExport): { rows: number };
  /** Finishes what runs, gives locks back and ends the worker. */
  close(): void;
}

/** One call, as it crosses to the worker. */
export type CallMessage = {
  [M in keyof StoreCalls]: {
    readonly type: 'call';
    readonly id: number;
    readonly method: M;
    readonly args: Parameters<StoreCalls[M]>;
  };
}[keyof StoreCalls];

export type ToWorker = CallMessage | { readonly type: 'cancel'; readonly id: number };

export type FromWorker =
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorRecord }
  | { readonly type: 'progress'; readonly id: number; readonly rows: number; readonly total: number }
  | { readonly type: 'change'; readonly change: StoreChange }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly message: string };

/** What the worker is started with. */
export interface WorkerSetup {
  readonly folder: string;
  readonly wasmPath: string;
  readonly storeId: string;
  readonly watch: boolean;
}
