import type { Dataset, DatasetOutcome } from '../model/datasets';
import type { ImportResult } from '../model/importRecords';
import { applyDataset } from './applyDatasets';
import type { DataFork, PreparedCommit } from './dataFork';
import { noChanges, type RowChanges } from './datasetDiff';
import { readInputs } from './evaluationInputs';
import {
  oneOutcomePerDataset,
  recordHistory,
  recordImport,
  saveState,
  saveTenant,
  taskResults,
} from './importCommit';
import type { JudgePlace } from './judging';
import type { SqlDatabase } from './sqlDatabase';
import type { StagingArea } from './stagingArea';
import type { ImportEnd, ImportStart } from './store';
import { recordLicenseImports } from './supersession';
import { TenantEvaluation } from './tenantEvaluation';
import { keyOfTenant } from './tenantKey';
import { heldProducts, UsersAhead } from './usersAhead';
import { rememberSavings } from './verifiedSavingRows';

/**
 * The first import of a tenant, applied and judged in a fork of the data while its users still come: they take longest,
 * and what they need is there before them. When the last has come little is left to do. It counts on an end that looks
 * like what is known by then; where the import ends otherwise, and where the data was changed meanwhile, the fork is
 * dropped, and everything is done at the end, as for any other import. The result is the same.
 */
export class ImportAhead {
  private readonly changes = new Map<Dataset, RowChanges>();
  private readonly tenantKey: number;
  private readonly users: UsersAhead;
  private readonly evaluation: TenantEvaluation;
  private readonly provesSavings: boolean;

  private constructor(
    private readonly fork: DataFork,
    private readonly staging: StagingArea,
    private readonly start: ImportStart,
    private readonly expected: ImportEnd,
    place: JudgePlace,
  ) {
    const { db } = fork;
    const { finishedAt, datasets } = expected;
    this.tenantKey = saveTenant(db, start.tenant);
    const { tenantKey } = this;
    this.provesSavings = rememberSavings(db, tenantKey, datasets.filter(isComplete));
    for (const outcome of oneOutcomePerDataset(datasets)) {
      if (isComplete(outcome) && outcome.dataset !== 'users') this.apply(outcome);
      saveState(db, tenantKey, outcome, finishedAt);
    }
    if (this.changes.has('subscribedSkus')) recordLicenseImports(db, tenantKey, start.connectionId);
    // The evaluation asks whether the connection has ever imported with success.
    recordImport(db, start, expected, []);
    const people = peopleStaged(staging);
    const held = heldProducts(db);
    const inputs = readInputs(db, tenantKey, expected.evaluation, dayOf(expected), held);
    this.evaluation = new TenantEvaluation(db, inputs, place, people);
    db.run('DELETE FROM imports WHERE importId = ?', [start.importId]);
    this.users = new UsersAhead(db, tenantKey, people);
  }

  /**
   * Applies what there is by now, all but the users.
   * @param expected how the import will have ended if nothing unforeseen happens: with the users complete
   * @returns null where it can't be done: the file has users of the tenant
   */
  static begin(
    fork: DataFork,
    staging: StagingArea,
    start: ImportStart,
    expected: ImportEnd,
    place: JudgePlace,
  ): ImportAhead | null {
    const tenantKey = keyOfTenant(fork.db, start.tenant.tenantId);
    if (
      tenantKey !== null &&
      fork.db.value('SELECT 1 FROM users WHERE tenantKey = ? LIMIT 1', [tenantKey]) !== null
    ) {
      return null;
    }
    staging.findAssignmentsByUser();
    place.prepare(peopleStaged(staging));
    return change(fork, staging, () => new ImportAhead(fork, staging, start, expected, place));
  }

  /** Of the data that it began with. */
  get version(): string {
    return this.fork.version;
  }

  /**
   * Stores and judges some of the users that have come.
   * @param areAll no more will come
   * @returns whether there may be more to do
   */
  step(areAll: boolean): boolean {
    const newest = this.staging.db.number('SELECT max(userNumber) FROM users');
    if (!this.users.isDue(newest, areAll)) return false;
    return change(this.fork, this.staging, () => {
      if (!this.users.take(this.evaluation)) return false;
      this.users.step(this.evaluation);
      return true;
    });
  }

  /** True when the import has ended as expected, and all its users are stored. */
  holds(end: ImportEnd): boolean {
    const { expected, staging } = this;
    const ended = new Map(oneOutcomePerDataset(end.datasets).map((outcome) => [outcome.dataset, outcome]));
    return (
      end.status === expected.status &&
      dayOf(end) === dayOf(expected) &&
      JSON.stringify(end.evaluation) === JSON.stringify(expected.evaluation) &&
      expected.datasets.every((outcome) => isSame(outcome, ended.get(outcome.dataset))) &&
      this.users.count === staging.db.number('SELECT count(*) FROM users')
    );
  }

  /** The commit of what was done. */
  prepared(end: ImportEnd): PreparedCommit<ImportResult> {
    return { fork: this.fork, work: (db) => this.finish(db, end) };
  }

  /** What is left to do: part of the commit's transaction in the fork, with the staged rows attached as `staged`. */
  private finish(db: SqlDatabase, end: ImportEnd): ImportResult {
    const { tenantKey, evaluation, changes } = this;
    const outcomes = oneOutcomePerDataset(end.datasets);
    for (const outcome of outcomes) {
      if (isComplete(outcome) && outcome.dataset !== 'users' && !changes.has(outcome.dataset)) {
        this.apply(outcome);
      }
      saveState(db, tenantKey, outcome, end.finishedAt);
    }
    changes.set('users', { ...noChanges, added: this.users.count });
    db.run('UPDATE tenants SET lastImportAt = ? WHERE tenantKey = ?', [end.finishedAt, tenantKey]);
    const result = recordImport(db, this.start, end, taskResults(db, tenantKey, end, changes));
    evaluation.finish();
    recordHistory(db, tenantKey, end.finishedAt, this.provesSavings);
    return result;
  }

  /** Drops the fork, unless a commit has taken it over. */
  close(): void {
    this.evaluation.end();
    this.fork.close();
  }

  private apply(outcome: DatasetOutcome): void {
    this.changes.set(outcome.dataset, applyDataset(this.fork.db, this.tenantKey, outcome));
  }
}

/** How many users there will be, about: most users are still to come, and the reports have a row for each. */
function peopleStaged({ db }: StagingArea): number {
  const rows = (table: string): number => db.number(`SELECT count(*) FROM ${table}`);
  return Math.max(rows('users'), rows('activeUsers'), rows('mailboxUsage'));
}

/** A transaction of the fork, with the staged rows attached as `staged`. */
function change<T>({ db }: DataFork, staging: StagingArea, work: () => T): T {
  return db.withAttached('staged', staging.db, () => db.transaction(work));
}

function isComplete({ status }: DatasetOutcome): boolean {
  return status === 'complete';
}

function dayOf({ finishedAt }: ImportEnd): string {
  return finishedAt.slice(0, 10);
}

/** What the next import will need of a dataset makes no difference to this one. */
function isSame(expected: DatasetOutcome, ended: DatasetOutcome | undefined): boolean {
  return ended !== undefined && factsOf(expected) === factsOf(ended);
}

function factsOf(outcome: DatasetOutcome): string {
  const facts = Object.entries(outcome).filter(
    ([name, value]) => name !== 'syncState' && value !== undefined,
  );
  return JSON.stringify(facts.sort(([left], [right]) => (left < right ? -1 : 1)));
}
