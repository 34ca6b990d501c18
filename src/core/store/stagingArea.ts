import type { SqlJsStatic } from 'sql.js';
import type { Dataset, SubscribedSkuRow } from '../model/datasets';
import { idKey, joinIds } from './identifiers';
import { plainTables, type PlainDataset, type PlainTableShape } from './plainDatasets';
import { ScratchFile } from './scratchFile';
import { SqlDatabase } from './sqlDatabase';
import { digest, packedColumns, type StagedBatch } from './stagedBatch';

/** Of the rows of an import: enough for some 20,000 users. */
const megabytesInMemory = 96;

const plainNames = Object.keys(plainTables) as readonly PlainDataset[];

/**
 * The rows of one import until its commit, in a database of their own: readers never see them, and they survive
 * a reload of the file. What is too much for the memory waits in a {@link ScratchFile}, which nobody else can open and
 * which ends with the staging area.
 *
 * Rows are appended as they come; what came twice is settled, and what a commit looks up is put in order, once a
 * dataset is complete ({@link seal}), which for most is long before the last list has ended.
 */
export class StagingArea {
  readonly db: SqlDatabase;
  private readonly sealed = new Set<Dataset>();

  /** @param folder for what is too much for the memory */
  constructor(sql: SqlJsStatic, folder: string) {
    this.db = new SqlDatabase(sql, undefined, {
      kept: megabytesInMemory,
      open: () => ScratchFile.create(folder, 'importing'),
    });
    this.db.execute('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192');
    this.db.execute(`
      CREATE TABLE words (wordKey INTEGER PRIMARY KEY, word TEXT NOT NULL);
      CREATE TABLE users (userNumber INTEGER PRIMARY KEY, ${packedColumns.users.slice(1).join(', ')});
      CREATE TABLE assignments (${packedColumns.assignments.join(', ')});
      CREATE TABLE removedUsers (userNumber INTEGER PRIMARY KEY, userId);
      CREATE TABLE userSignIns (userNumber INTEGER PRIMARY KEY, ${packedColumns.userSignIns.slice(1).join(', ')});
      CREATE TABLE subscribedSkus (skuId TEXT PRIMARY KEY, skuPartNumber, appliesTo, capabilityStatus, consumed,
        enabled, warning, suspended, lockedOut, subscriptionIds, servicePlansDigest) WITHOUT ROWID;
      CREATE TABLE servicePlans (skuId, servicePlanId, servicePlanName, appliesTo, provisioningStatus,
        PRIMARY KEY (skuId, servicePlanId)) WITHOUT ROWID;
      ${plainNames.map((name) => createPlain(plainTables[name])).join('')}
    `);
  }

  /** Takes a batch. */
  write(batch: StagedBatch): void {
    this.db.transaction(() => {
      if ('products' in batch) {
        this.writeSkus(batch.products);
        return;
      }
      for (const [table, rows] of batch.tables) {
        if (rows.rows > 0) this.db.runForRows(insertInto(table), rows);
      }
    });
  }

  /** Forgets what was staged of a dataset. */
  restart(dataset: Dataset): void {
    if (this.sealed.delete(dataset)) this.unseal(dataset);
    this.db.execute(`DELETE FROM ${isPlain(dataset) ? arriving(dataset) : dataset}`);
    if (dataset === 'users') {
      this.db.execute('DELETE FROM assignments; DELETE FROM removedUsers; DELETE FROM userSignIns');
    }
    if (dataset === 'subscribedSkus') this.db.execute('DELETE FROM servicePlans');
  }

  /** Settles what came twice of a dataset that is complete. Harmless when it was done before. */
  seal(dataset: Dataset): void {
    if (this.sealed.has(dataset)) return;
    this.sealed.add(dataset);
    this.db.transaction(() => {
      if (dataset === 'users') this.sealUsers();
      else if (isPlain(dataset)) this.db.execute(sealPlain(plainTables[dataset]));
    });
  }

  /** Makes the assignments of single users quick to find, also of those that are still to come. */
  findAssignmentsByUser(): void {
    this.db.execute('CREATE INDEX IF NOT EXISTS assignmentsOfUser ON assignments (userNumber)');
  }

  close(): void {
    this.db.close();
  }

  private unseal(dataset: Dataset): void {
    if (dataset === 'users') {
      this.db.execute('DROP INDEX usersById; DROP INDEX removedById; DROP INDEX signInsById');
    } else if (isPlain(dataset)) {
      this.db.execute(`DROP TABLE ${dataset}; ${createPlain(plainTables[dataset])}`);
    }
  }

  /**
   * The listing may bring a user twice when pages move under it: the later row counts, with its assignments. A user
   * is either there or removed, whichever came last.
   */
  private sealUsers(): void {
    this.db.execute(`
      CREATE INDEX removedById ON removedUsers (userId);
      CREATE INDEX signInsById ON userSignIns (userId);
      DELETE FROM userSignIns WHERE EXISTS (SELECT 1 FROM userSignIns n
        WHERE n.userId = userSignIns.userId AND n.userNumber > userSignIns.userNumber);
    `);
    let gone = this.indexUsers();
    if (this.db.value('SELECT 1 FROM removedUsers LIMIT 1') !== null) {
      gone += this.db.run(`DELETE FROM users WHERE EXISTS (SELECT 1 FROM removedUsers r
        WHERE r.userId = users.userId AND r.userNumber > users.userNumber)`);
    }
    if (gone > 0) {
      this.db.execute('DELETE FROM assignments WHERE userNumber NOT IN (SELECT userNumber FROM users)');
    }
    this.db.execute('DELETE FROM removedUsers WHERE userId IN (SELECT userId FROM users)');
  }

  /** Makes users findable by id, each once. @returns rows that were left out for a later one */
  private indexUsers(): number {
    this.db.execute('CREATE INDEX usersById ON users (userId)');
    // Rare: looking for an older row of each user would cost every import.
    const twice = this.db.value('SELECT userId FROM users GROUP BY userId HAVING count(*) > 1 LIMIT 1');
    if (twice === null) return 0;
    return this.db.run(`DELETE FROM users WHERE EXISTS (SELECT 1 FROM users n
      WHERE n.userId = users.userId AND n.userNumber > users.userNumber)`);
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
}

function isPlain(dataset: Dataset): dataset is PlainDataset {
  return Object.hasOwn(plainTables, dataset);
}

/** Where the rows of a plain dataset wait until it is complete. */
function arriving(dataset: PlainDataset): string {
  return `${dataset}Arriving`;
}

function insertInto(table: keyof typeof packedColumns | PlainDataset): string {
  const name = table in packedColumns ? table : arriving(table as PlainDataset);
  const columns =
    table in packedColumns
      ? packedColumns[table as keyof typeof packedColumns]
      : arrivingColumns(plainTables[table as PlainDataset]);
  return `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

/** The columns that come with a row: all but the one that numbers equal rows. */
function arrivingColumns({ key, columns, numberedBy }: PlainTableShape): readonly string[] {
  return [...key.filter((name) => name !== numberedBy), ...columns];
}

function createArriving(table: PlainTableShape): string {
  return `CREATE TABLE ${table.table}Arriving (${arrivingColumns(table).join(', ')})`;
}

function createPlain(table: PlainTableShape): string {
  return `${createArriving(table)};
    CREATE TABLE ${table.table} (${[...table.key, ...table.columns].join(', ')},
      PRIMARY KEY (${table.key.join(', ')})) WITHOUT ROWID;\n`;
}

/** Rows in the order of their key, so that the table grows at its end and equal keys meet in the order they came. */
function sealPlain(table: PlainTableShape): string {
  const { key, columns, numberedBy } = table;
  const names = [...key, ...columns];
  const others = key.filter((name) => name !== numberedBy);
  const values = names.map((name) =>
    name === numberedBy ? `row_number() OVER (PARTITION BY ${others.join(', ')} ORDER BY rowid) - 1` : name,
  );
  return `INSERT INTO ${table.table} AS kept (${names.join(', ')})
    SELECT ${values.join(', ')} FROM ${table.table}Arriving WHERE true ORDER BY ${[...others, 'rowid'].join(', ')}
    ON CONFLICT (${key.join(', ')}) DO UPDATE
    SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')} WHERE ${table.replaces ?? 'true'};
    DROP TABLE ${table.table}Arriving`;
}
