import { createHash } from 'node:crypto';
import type { SqlJsStatic, Statement } from 'sql.js';
import type {
  AssignmentRow,
  Dataset,
  DatasetRows,
  SubscribedSkuRow,
  UserChanges,
  UserRow,
} from '../model/datasets';
import { idKey, joinIds } from './identifiers';
import { plainTables, type PlainDataset, type PlainTable, type PlainTableShape } from './plainDatasets';
import { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';
import { userColumns } from './userColumns';

const plainNames = Object.keys(plainTables) as readonly PlainDataset[];

/**
 * The rows of one import until its commit, in a database of their own: readers never see them, and they survive
 * a reload of the file. Nothing of it is on disk.
 */
export class StagingArea {
  readonly db: SqlDatabase;
  private readonly words = new Map<string, number>();
  private userCount = 0;

  constructor(sql: SqlJsStatic) {
    this.db = new SqlDatabase(sql);
    this.db.execute('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
    this.db.execute(`
      CREATE TABLE words (wordKey INTEGER PRIMARY KEY, word TEXT NOT NULL);
      CREATE TABLE users (userNumber INTEGER PRIMARY KEY, ${userColumns.map(({ name }) => name).join(', ')},
        assignmentsDigest TEXT NOT NULL, UNIQUE (userId));
      CREATE TABLE assignments (userNumber INTEGER NOT NULL, skuWord INTEGER NOT NULL, groupWord INTEGER,
        state TEXT NOT NULL, error TEXT, plansWord INTEGER NOT NULL, lastUpdatedAt TEXT);
      CREATE TABLE removedUsers (userId TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE userSignIns (userId TEXT PRIMARY KEY, lastSignInAt, lastNonInteractiveSignInAt,
        lastSuccessfulSignInAt) WITHOUT ROWID;
      CREATE TABLE subscribedSkus (skuId TEXT PRIMARY KEY, skuPartNumber, appliesTo, capabilityStatus, consumed,
        enabled, warning, suspended, lockedOut, subscriptionIds, servicePlansDigest) WITHOUT ROWID;
      CREATE TABLE servicePlans (skuId, servicePlanId, servicePlanName, appliesTo, provisioningStatus,
        PRIMARY KEY (skuId, servicePlanId)) WITHOUT ROWID;
      ${plainNames.map((name) => createPlain(plainTables[name])).join('')}
    `);
  }

  /** Takes a batch. */
  write<D extends Dataset>(dataset: D, rows: readonly DatasetRows[D][]): void {
    this.db.transaction(() => this.writeBatch({ dataset, rows } as unknown as Batch));
  }

  /** Takes what became of users. A user is either staged or removed, whichever came last. */
  writeUserChanges({ upserts = [], removedIds = [], signIns = [] }: UserChanges): void {
    this.db.transaction(() => {
      this.writeUsers(upserts);
      this.db.withStatement('DELETE FROM removedUsers WHERE userId = ?', (remove) => {
        for (const row of upserts) remove.run([idKey(row.userId)]);
      });
      for (const id of removedIds.map(idKey)) {
        this.forgetUser(id);
        this.db.run('INSERT OR IGNORE INTO removedUsers VALUES (?)', [id]);
      }
      this.db.withStatement('INSERT OR REPLACE INTO userSignIns VALUES (?, ?, ?, ?)', (insert) => {
        for (const row of signIns) {
          insert.run([
            idKey(row.userId),
            row.lastSignInAt,
            row.lastNonInteractiveSignInAt,
            row.lastSuccessfulSignInAt,
          ]);
        }
      });
    });
  }

  /** Forgets what was staged of a dataset. */
  restart(dataset: Dataset): void {
    this.db.execute(`DELETE FROM ${dataset}`);
    if (dataset === 'users') {
      this.db.execute('DELETE FROM assignments; DELETE FROM removedUsers; DELETE FROM userSignIns');
      this.userCount = 0;
    }
    if (dataset === 'subscribedSkus') this.db.execute('DELETE FROM servicePlans');
  }

  /** Rows staged of a dataset, after duplicates were merged. */
  count(dataset: Dataset): number {
    return this.db.number(`SELECT count(*) FROM ${dataset}`);
  }

  close(): void {
    this.db.close();
  }

  private writeBatch(batch: Batch): void {
    switch (batch.dataset) {
      case 'users':
        this.writeUsers(batch.rows);
        break;
      case 'subscribedSkus':
        this.writeSkus(batch.rows);
        break;
      case 'subscriptions':
        this.writePlain(plainTables.subscriptions, batch.rows);
        break;
      case 'groups':
        this.writePlain(plainTables.groups, batch.rows);
        break;
      case 'activations':
        this.writePlain(plainTables.activations, batch.rows);
        break;
      case 'appUsage':
        this.writePlain(plainTables.appUsage, batch.rows);
        break;
      case 'oneDriveUsage':
        this.writePlain(plainTables.oneDriveUsage, batch.rows);
        break;
      case 'mailboxUsage':
        this.writePlain(plainTables.mailboxUsage, batch.rows);
        break;
      case 'activeUsers':
        this.writePlain(plainTables.activeUsers, batch.rows);
        break;
      case 'emailActivity':
        this.writePlain(plainTables.emailActivity, batch.rows);
        break;
      case 'applicationSignIns':
        this.writePlain(plainTables.applicationSignIns, batch.rows);
        break;
      case 'registrationDetails':
        this.writePlain(plainTables.registrationDetails, batch.rows);
        break;
      default:
        batch satisfies never;
    }
  }

  private writePlain<R>(table: PlainTable<R>, rows: readonly R[]): void {
    this.db.withStatement(insertPlain(table), (insert) => {
      for (const row of rows) insert.run(table.values(row));
    });
  }

  private writeUsers(rows: readonly UserRow[]): void {
    const names = userColumns.map(({ name }) => name);
    const insertSql = `INSERT OR IGNORE INTO users (userNumber, ${names.join(', ')}, assignmentsDigest)
      VALUES (${Array.from({ length: names.length + 2 }, () => '?').join(', ')})`;
    this.db.withStatement(insertSql, (insertUser) =>
      this.db.withStatement('INSERT INTO assignments VALUES (?, ?, ?, ?, ?, ?, ?)', (insertPath) => {
        for (const row of rows) {
          const paths = normalizedPaths(row.assignments);
          const values = [...userColumns.map(({ value }) => value(row)), digest(paths)];
          this.stageUser(insertUser, values, idKey(row.userId));
          for (const path of paths) insertPath.run([this.userCount, ...this.pathValues(path)]);
        }
      }),
    );
  }

  /** The listing may bring a user twice when pages move under it: the later row counts, with its assignments. */
  private stageUser(insert: Statement, values: SqlValue[], userId: string): void {
    this.userCount += 1;
    insert.run([this.userCount, ...values]);
    if (this.db.rowsModified() === 1) return;
    this.forgetUser(userId);
    insert.run([this.userCount, ...values]);
  }

  private forgetUser(userId: string): void {
    this.db.run(
      'DELETE FROM assignments WHERE userNumber = (SELECT userNumber FROM users WHERE userId = ?)',
      [userId],
    );
    this.db.run('DELETE FROM users WHERE userId = ?', [userId]);
  }

  private pathValues(path: AssignmentRow): SqlValue[] {
    return [
      this.word(path.skuId),
      path.groupId === null ? null : this.word(path.groupId),
      path.state,
      path.error,
      this.word(joinIds(path.disabledPlans)),
      path.lastUpdatedAt,
    ];
  }

  private writeSkus(rows: readonly SubscribedSkuRow[]): void {
    for (const row of rows) {
      const skuId = idKey(row.skuId);
      const plans = row.servicePlans
        .map((plan) => [
          idKey(plan.servicePlanId),
          plan.servicePlanName,
          plan.appliesTo,
          plan.provisioningStatus,
        ])
        .sort((left, right) => (String(left[0]) < String(right[0]) ? -1 : 1));
      this.db.run('INSERT OR REPLACE INTO subscribedSkus VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
        skuId,
        row.skuPartNumber,
        row.appliesTo,
        row.capabilityStatus,
        row.consumedUnits,
        row.enabled,
        row.warning,
        row.suspended,
        row.lockedOut,
        joinIds(row.subscriptionIds),
        digest(plans),
      ]);
      this.db.run('DELETE FROM servicePlans WHERE skuId = ?', [skuId]);
      for (const plan of plans) {
        this.db.run('INSERT OR REPLACE INTO servicePlans VALUES (?, ?, ?, ?, ?)', [skuId, ...plan]);
      }
    }
  }

  /** Ids and plan sets repeat by the hundred thousand; each is kept once. */
  private word(word: string): number {
    const known = this.words.get(word);
    if (known !== undefined) return known;
    const key = this.words.size + 1;
    this.words.set(word, key);
    this.db.run('INSERT INTO words VALUES (?, ?)', [key, word]);
    return key;
  }
}

/** A dataset's name with rows of its type. */
type Batch = { [D in Dataset]: { readonly dataset: D; readonly rows: readonly DatasetRows[D][] } }[Dataset];

/** Assignments in an order of their own, so that the same set has the same digest, and each path once. */
function normalizedPaths(assignments: readonly AssignmentRow[]): AssignmentRow[] {
  const paths = new Map<string, AssignmentRow>();
  for (const path of assignments) {
    const skuId = idKey(path.skuId);
    const groupId = path.groupId === null ? null : idKey(path.groupId);
    paths.set(`${skuId}/${groupId ?? ''}`, { ...path, skuId, groupId });
  }
  return [...paths].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, path]) => path);
}

function digest(value: readonly unknown[]): string {
  if (value.length === 0) return '';
  return createHash('sha256').update(JSON.stringify(value)).digest('base64').slice(0, 20);
}

function createPlain(table: PlainTableShape): string {
  return `CREATE TABLE ${table.table} (${[...table.key, ...table.columns].join(', ')},
    PRIMARY KEY (${table.key.join(', ')})) WITHOUT ROWID;\n`;
}

function insertPlain(table: PlainTableShape): string {
  const { key, columns, numberedBy } = table;
  const given = [...key.filter((name) => name !== numberedBy), ...columns];
  const names = numberedBy === undefined ? given : [...given, numberedBy];
  const values = given.map((_, index) => `?${index + 1}`);
  if (numberedBy !== undefined) values.push(`(SELECT count(*) FROM ${table.table} WHERE ${key[0]} = ?1)`);
  return `INSERT INTO ${table.table} AS kept (${names.join(', ')}) VALUES (${values.join(', ')})
    ON CONFLICT (${key.join(', ')}) DO UPDATE
    SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')} WHERE ${table.replaces ?? 'true'}`;
}
