import { forgetOldResults } from './resultHistory';
import type { SqlDatabase } from './sqlDatabase';

/** History is kept for three years and a little, so that three renewals of a year can be seen. Days. */
const keptDays = 1130;

const unitColumns = ['capabilityStatus', 'enabled', 'warning', 'suspended', 'lockedOut', 'consumed'];
/** Counts of seats are known once users have been read. */
const seatColumns = ['seats', 'active', 'inactive', 'never', 'new', 'unknown', 'notPerson'];

const subscriptionColumns = ['productKey', 'status', 'totalLicenses', 'isTrial', 'nextLifecycleAt'];

/** A table of intervals, and the query of what holds now. */
interface Intervals {
  readonly table: string;
  readonly key: string;
  readonly columns: readonly string[];
  /** Rows with the key and the columns; `?1` is the tenant's key. */
  readonly now: string;
}

const intervals: readonly Intervals[] = [
  {
    table: 'licenseHistory',
    key: 'productKey',
    columns: [...unitColumns, ...seatColumns],
    now: `SELECT l.productKey, ${unitColumns.join(', ')},
        ${seatColumns.map((name) => `CASE WHEN d.completedAt IS NOT NULL THEN o.${name} END AS ${name}`).join(', ')}
      FROM licenses l JOIN positions o ON o.tenantKey = l.tenantKey AND o.productKey = l.productKey
      LEFT JOIN datasetStates d ON d.tenantKey = l.tenantKey AND d.dataset = 'users' WHERE l.tenantKey = ?1`,
  },
  {
    table: 'subscriptionHistory',
    key: 'subscriptionId',
    columns: subscriptionColumns,
    now: `SELECT subscriptionId, ${subscriptionColumns.join(', ')} FROM main.subscriptions WHERE tenantKey = ?1`,
  },
];

/**
 * Records what holds of licenses and subscriptions from this import on: a row where it differs from before, nothing
 * where it does not. Runs inside a commit's transaction, after the evaluation.
 * @param at end of the import, UTC ISO 8601
 */
export function recordIntervals(db: SqlDatabase, tenantKey: number, at: string): void {
  for (const { table, key, columns, now } of intervals) {
    const same = [key, ...columns].map((name) => `n.${name} IS h.${name}`).join(' AND ');
    db.run(
      `UPDATE ${table} AS h SET validTo = ?2 WHERE h.tenantKey = ?1 AND h.validTo IS NULL
       AND NOT EXISTS (SELECT 1 FROM (${now}) n WHERE ${same})`,
      [tenantKey, at],
    );
    db.run(
      `INSERT OR REPLACE INTO ${table} (tenantKey, ${key}, validFrom, ${columns.join(', ')})
       SELECT ?1, n.${key}, ?2, ${columns.map((name) => `n.${name}`).join(', ')} FROM (${now}) n
       WHERE NOT EXISTS (SELECT 1 FROM ${table} h
         WHERE h.tenantKey = ?1 AND h.${key} = n.${key} AND h.validTo IS NULL)`,
      [tenantKey, at],
    );
  }
  forgetOld(db, tenantKey, at);
}

function forgetOld(db: SqlDatabase, tenantKey: number, at: string): void {
  const before = new Date(Date.parse(at) - keptDays * 24 * 60 * 60 * 1000).toISOString();
  for (const { table } of intervals) {
    db.run(`DELETE FROM ${table} WHERE tenantKey = ? AND validTo < ?`, [tenantKey, before]);
  }
  forgetOldResults(db, tenantKey, before);
  const forgotten = ['assignmentChanges', 'userChanges'].map((table) =>
    db.run(`DELETE FROM ${table} WHERE tenantKey = ? AND changedAt < ?`, [tenantKey, before]),
  );
  if (forgotten.every((rows) => rows === 0)) return;
  db.run(
    `DELETE FROM historyUsers WHERE tenantKey = ?
     AND historyUserKey NOT IN (SELECT historyUserKey FROM assignmentChanges)
     AND historyUserKey NOT IN (SELECT historyUserKey FROM userChanges)`,
    [tenantKey],
  );
}

const noteUser = (row: 'OLD' | 'NEW'): string => `
  INSERT INTO historyUsers (tenantKey, userId, userPrincipalName)
  VALUES (${row}.tenantKey, ${row}.userId, ${row}.userPrincipalName)
  ON CONFLICT (tenantKey, userId) DO UPDATE SET userPrincipalName = excluded.userPrincipalName;`;

const keyOf = (row: 'OLD' | 'NEW'): string =>
  `(SELECT historyUserKey FROM historyUsers WHERE tenantKey = ${row}.tenantKey AND userId = ${row}.userId)`;

const noteChange = (row: 'OLD' | 'NEW', change: string): string => `${noteUser(row)}
  INSERT INTO userChanges (tenantKey, historyUserKey, changedAt, change)
  SELECT ${row}.tenantKey, ${keyOf(row)}, at, ${change} FROM temp.historyMoment;`;

/**
 * Notes changes of accounts and of their assignments while `apply` changes them. The first import of a tenant is what
 * it begins with, and no change.
 */
export function withUserHistory<T>(db: SqlDatabase, tenantKey: number, at: string, apply: () => T): T {
  const isFirst = db.value('SELECT 1 FROM main.users WHERE tenantKey = ? LIMIT 1', [tenantKey]) === null;
  if (isFirst) return apply();
  db.execute('CREATE TEMP TABLE historyMoment (at TEXT NOT NULL)');
  db.run('INSERT INTO temp.historyMoment VALUES (?)', [at]);
  db.execute(`
    CREATE TEMP TRIGGER userAdded AFTER INSERT ON main.users BEGIN ${noteChange('NEW', "'added'")} END;
    CREATE TEMP TRIGGER userRemoved AFTER DELETE ON main.users BEGIN ${noteChange('OLD', "'removed'")}
      INSERT INTO assignmentChanges
        (tenantKey, historyUserKey, productKey, groupKey, changedAt, change, state, planSetKey)
      SELECT a.tenantKey, ${keyOf('OLD')}, a.productKey, a.groupKey, m.at, 'removed', a.state, a.planSetKey
      FROM main.assignments a, temp.historyMoment m
      WHERE a.tenantKey = OLD.tenantKey AND a.userKey = OLD.userKey;
    END;
    CREATE TEMP TRIGGER userSwitched AFTER UPDATE OF accountEnabled ON main.users
    WHEN OLD.accountEnabled <> NEW.accountEnabled BEGIN
      ${noteChange('NEW', "CASE NEW.accountEnabled WHEN 1 THEN 'enabled' ELSE 'disabled' END")}
    END;
    CREATE TEMP TRIGGER userDeleted AFTER UPDATE OF deletedAt ON main.users
    WHEN (OLD.deletedAt IS NULL) <> (NEW.deletedAt IS NULL) BEGIN
      ${noteChange('NEW', "CASE WHEN NEW.deletedAt IS NULL THEN 'restored' ELSE 'deleted' END")}
    END;`);
  try {
    return apply();
  } finally {
    db.execute(`DROP TRIGGER temp.userAdded; DROP TRIGGER temp.userRemoved; DROP TRIGGER temp.userSwitched;
      DROP TRIGGER temp.userDeleted; DROP TABLE temp.historyMoment`);
  }
}

/**
 * Notes which paths of users are others after `replace` than before.
 * @param users query of the `userKey`s that `replace` may touch
 */
export function withAssignmentHistory(
  db: SqlDatabase,
  tenantKey: number,
  users: string,
  replace: () => void,
): void {
  // Without a moment to note it is the first import of the tenant.
  const isNoted =
    db.value("SELECT 1 FROM sqlite_temp_master WHERE name = 'historyMoment'") !== null &&
    db.value(`SELECT 1 FROM (${users}) LIMIT 1`) !== null;
  if (!isNoted) {
    replace();
    return;
  }
  const paths = `SELECT userKey, productKey, groupKey, state, planSetKey FROM main.assignments
    WHERE tenantKey = ?1 AND userKey IN (${users})`;
  db.execute(`CREATE TEMP TABLE pathsBefore (userKey INTEGER, productKey INTEGER, groupKey INTEGER, state TEXT,
    planSetKey INTEGER, PRIMARY KEY (userKey, productKey, groupKey)) WITHOUT ROWID`);
  db.run(`INSERT INTO temp.pathsBefore ${paths}`, [tenantKey]);
  replace();
  const samePath = 'n.userKey = b.userKey AND n.productKey = b.productKey AND n.groupKey = b.groupKey';
  db.execute(`CREATE TEMP TABLE pathChanges (userKey INTEGER, productKey INTEGER, groupKey INTEGER, change TEXT,
    state TEXT, planSetKey INTEGER)`);
  db.run(
    `INSERT INTO temp.pathChanges
     SELECT n.userKey, n.productKey, n.groupKey, CASE WHEN b.userKey IS NULL THEN 'added' ELSE 'changed' END,
       n.state, n.planSetKey
     FROM (${paths}) n LEFT JOIN temp.pathsBefore b ON ${samePath}
     WHERE b.userKey IS NULL OR b.state <> n.state OR b.planSetKey <> n.planSetKey`,
    [tenantKey],
  );
  db.run(
    `INSERT INTO temp.pathChanges
     SELECT b.userKey, b.productKey, b.groupKey, 'removed', b.state, b.planSetKey FROM temp.pathsBefore b
     WHERE NOT EXISTS (SELECT 1 FROM main.assignments n WHERE n.tenantKey = ?1 AND ${samePath})`,
    [tenantKey],
  );
  db.execute(`INSERT INTO historyUsers (tenantKey, userId, userPrincipalName)
      SELECT tenantKey, userId, userPrincipalName FROM main.users
      WHERE userKey IN (SELECT userKey FROM temp.pathChanges)
      ON CONFLICT (tenantKey, userId) DO UPDATE SET userPrincipalName = excluded.userPrincipalName;
    INSERT INTO assignmentChanges
      (tenantKey, historyUserKey, productKey, groupKey, changedAt, change, state, planSetKey)
    SELECT u.tenantKey, h.historyUserKey, c.productKey, c.groupKey, m.at, c.change, c.state, c.planSetKey
    FROM temp.pathChanges c
    JOIN temp.historyMoment m
    JOIN main.users u ON u.userKey = c.userKey
    JOIN historyUsers h ON h.tenantKey = u.tenantKey AND h.userId = u.userId
    ORDER BY c.userKey, c.productKey, c.groupKey, c.change;
    DROP TABLE temp.pathsBefore; DROP TABLE temp.pathChanges`);
}
