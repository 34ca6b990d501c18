import type { Dataset, DatasetOutcome } from '../model/datasets';
import { applyDiff, noChanges, sumChanges, type DiffSpec, type RowChanges } from './datasetDiff';
import { plainTables, type PlainTableShape } from './plainDatasets';
import { withAssignmentHistory } from './history';
import type { SqlDatabase } from './sqlDatabase';
import { userColumns } from './userColumns';

/**
 * Makes a dataset of the file equal to what was staged (attached as `staged`). Runs inside the commit's
 * transaction. @returns changes of the dataset's own rows: users, products, report rows …
 */
export function applyDataset(db: SqlDatabase, tenantKey: number, outcome: DatasetOutcome): RowChanges {
  if (outcome.mode === 'unchanged') return noChanges;
  const merge = outcome.mode === 'merge';
  switch (outcome.dataset) {
    case 'users':
      return applyUsers(db, tenantKey, outcome.signInActivity === 'read', merge);
    case 'subscribedSkus':
      return applySkus(db, tenantKey);
    default:
      return applyPlain(db, tenantKey, plainTables[outcome.dataset], merge);
  }
}

function applyPlain(db: SqlDatabase, tenantKey: number, table: PlainTableShape, merge: boolean): RowChanges {
  if (merge) for (const sql of table.mergeFirst ?? []) db.run(sql, [tenantKey]);
  for (const sql of table.dictionaries ?? []) db.run(sql, sql.includes('?1') ? [tenantKey] : []);
  const same = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, `s.${name}`]));
  const spec: DiffSpec = {
    table: table.table,
    key: table.fileKey ?? same(table.key),
    columns: table.fileColumns ?? same(table.columns),
    source: `staged.${table.table} s ${table.join ?? ''}`,
    ...(merge ? { removes: 'false' } : {}),
  };
  return applyDiff(db, spec, tenantKey);
}

function applySkus(db: SqlDatabase, tenantKey: number): RowChanges {
  db.run(`INSERT INTO products (skuId, skuPartNumber)
    SELECT skuId, skuPartNumber FROM staged.subscribedSkus WHERE true
    ON CONFLICT (skuId) DO UPDATE SET skuPartNumber = excluded.skuPartNumber
      WHERE skuPartNumber IS NOT excluded.skuPartNumber`);
  const same = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, `s.${name}`]));
  const changes = applyDiff(
    db,
    {
      table: 'licenses',
      key: { productKey: 'p.productKey' },
      columns: same([
        'appliesTo',
        'capabilityStatus',
        'consumed',
        'enabled',
        'warning',
        'suspended',
        'lockedOut',
        'subscriptionIds',
        'servicePlansDigest',
      ]),
      source: 'staged.subscribedSkus s JOIN products p ON p.skuId = s.skuId',
    },
    tenantKey,
  );
  applyDiff(
    db,
    {
      table: 'servicePlans',
      key: { productKey: 'p.productKey', servicePlanId: 's.servicePlanId' },
      columns: same(['servicePlanName', 'appliesTo', 'provisioningStatus']),
      source: 'staged.servicePlans s JOIN products p ON p.skuId = s.skuId',
    },
    tenantKey,
  );
  return changes;
}

/**
 * Users and their assignments. A user's assignments are compared by their digest, so that an import in which
 * nothing changed reads one column per user instead of a million paths; and a user whose assignments changed
 * counts as changed.
 */
function applyUsers(db: SqlDatabase, tenantKey: number, withSignIns: boolean, merge: boolean): RowChanges {
  db.execute(`
    DROP TABLE IF EXISTS temp.touchedUsers;
    CREATE TEMP TABLE touchedUsers (userKey INTEGER PRIMARY KEY, userNumber INTEGER NOT NULL);
  `);
  db.run(
    `INSERT INTO touchedUsers SELECT u.userKey, s.userNumber
     FROM staged.users s JOIN main.users u ON u.tenantKey = ?1 AND u.userId = s.userId
     WHERE u.assignmentsDigest IS NOT s.assignmentsDigest`,
    [tenantKey],
  );
  const columns = [
    ...userColumns.filter(({ name, isSignIn }) => name !== 'userId' && (withSignIns || !isSignIn)),
    { name: 'assignmentsDigest' },
  ].map(({ name }) => name);
  const changes = applyDiff(
    db,
    {
      table: 'users',
      key: { userId: 's.userId' },
      columns: Object.fromEntries(columns.map((name) => [name, `s.${name}`])),
      source: 'staged.users s',
      afterRemoval: () => removeOrphans(db, tenantKey),
      add: () => addUsers(db, tenantKey, columns),
      // Soft-deleted users always come whole: one that did not come was restored or is gone for good.
      ...(merge
        ? { removes: 'f.deletedAt IS NOT NULL OR f.userId IN (SELECT userId FROM staged.removedUsers)' }
        : {}),
    },
    tenantKey,
  );
  replaceAssignments(db, tenantKey);
  db.execute('DROP TABLE temp.touchedUsers');
  return merge && withSignIns ? sumChanges([changes, applySignIns(db, tenantKey)]) : changes;
}

/**
 * Adds the users that the file does not have, in the order of their names: the reports lie in that order, so that
 * judging one user after the other finds the rows of all reports side by side. @returns how many
 */
function addUsers(db: SqlDatabase, tenantKey: number, columns: readonly string[]): number {
  db.execute(`
    DROP TABLE IF EXISTS temp.addedUsers;
    CREATE TEMP TABLE addedUsers (position INTEGER PRIMARY KEY, userNumber INTEGER NOT NULL);
  `);
  const last = db.number('SELECT max(userKey) FROM main.users');
  db.run(
    `INSERT INTO addedUsers (userNumber) SELECT s.userNumber FROM staged.users s
     WHERE NOT EXISTS (SELECT 1 FROM main.users u WHERE u.tenantKey = ?1 AND u.userId = s.userId) ORDER BY s.upnKey`,
    [tenantKey],
  );
  const added = db.run(
    `INSERT INTO main.users (userKey, tenantKey, userId, ${columns.join(', ')})
     SELECT ?2 + a.position, ?1, s.userId, ${columns.map((name) => `s.${name}`).join(', ')}
     FROM addedUsers a CROSS JOIN staged.users s ON s.userNumber = a.userNumber ORDER BY a.position`,
    [tenantKey, last],
  );
  db.run('INSERT OR REPLACE INTO touchedUsers SELECT ?1 + position, userNumber FROM addedUsers', [last]);
  db.execute('DROP TABLE temp.addedUsers');
  return added;
}

/** Sign-in dates of living users that are otherwise as they were. */
function applySignIns(db: SqlDatabase, tenantKey: number): RowChanges {
  const names = userColumns.filter(({ isSignIn }) => isSignIn).map(({ name }) => name);
  return applyDiff(
    db,
    {
      table: 'users',
      key: { userId: 's.userId' },
      columns: Object.fromEntries(names.map((name) => [name, `s.${name}`])),
      source: `(SELECT n.* FROM staged.userSignIns n
        JOIN main.users u ON u.tenantKey = ?1 AND u.userId = n.userId AND u.deletedAt IS NULL
        WHERE n.userId NOT IN (SELECT userId FROM staged.users)) s`,
      removes: 'false',
    },
    tenantKey,
  );
}

function replaceAssignments(db: SqlDatabase, tenantKey: number): void {
  db.execute(`
    DROP TABLE IF EXISTS temp.wordKeys;
    CREATE TEMP TABLE wordKeys (wordKey INTEGER PRIMARY KEY, productKey INTEGER, groupKey INTEGER, planSetKey INTEGER);
  `);
  db.run(`INSERT OR IGNORE INTO products (skuId)
    SELECT word FROM staged.words WHERE wordKey IN (SELECT skuWord FROM staged.assignments)`);
  db.run(
    `INSERT OR IGNORE INTO groupIds (tenantKey, groupId)
     SELECT ?1, word FROM staged.words WHERE wordKey IN (SELECT groupWord FROM staged.assignments)`,
    [tenantKey],
  );
  db.run(`INSERT OR IGNORE INTO planSets (plans)
    SELECT word FROM staged.words WHERE wordKey IN (SELECT plansWord FROM staged.assignments)`);
  db.run(
    `INSERT INTO wordKeys SELECT w.wordKey, p.productKey, g.groupKey, ps.planSetKey FROM staged.words w
     LEFT JOIN products p ON p.skuId = w.word
     LEFT JOIN groupIds g ON g.tenantKey = ?1 AND g.groupId = w.word
     LEFT JOIN planSets ps ON ps.plans = w.word`,
    [tenantKey],
  );
  withAssignmentHistory(db, tenantKey, 'SELECT userKey FROM temp.touchedUsers', () =>
    replaceTouched(db, tenantKey),
  );
  db.execute('DROP TABLE temp.wordKeys');
}

function replaceTouched(db: SqlDatabase, tenantKey: number): void {
  db.run('DELETE FROM assignments WHERE tenantKey = ?1 AND userKey IN (SELECT userKey FROM touchedUsers)', [
    tenantKey,
  ]);
  db.execute(`
    DROP TABLE IF EXISTS temp.touchedNumbers;
    CREATE TEMP TABLE touchedNumbers (userNumber INTEGER PRIMARY KEY, userKey INTEGER NOT NULL);
    INSERT INTO touchedNumbers SELECT userNumber, userKey FROM touchedUsers ORDER BY userNumber;
  `);
  db.run(
    `INSERT OR REPLACE INTO assignments
       (tenantKey, userKey, productKey, groupKey, state, error, planSetKey, lastUpdatedAt)
     SELECT ?1, t.userKey, sku.productKey, coalesce(grp.groupKey, 0), a.state, a.error, plans.planSetKey, a.lastUpdatedAt
     FROM staged.assignments a
     JOIN touchedNumbers t ON t.userNumber = a.userNumber
     JOIN wordKeys sku ON sku.wordKey = a.skuWord
     LEFT JOIN wordKeys grp ON grp.wordKey = a.groupWord
     JOIN wordKeys plans ON plans.wordKey = a.plansWord
     ORDER BY t.userKey`,
    [tenantKey],
  );
  db.execute('DROP TABLE temp.touchedNumbers');
}

function removeOrphans(db: SqlDatabase, tenantKey: number): void {
  for (const table of ['assignments', 'seats']) {
    db.run(
      `DELETE FROM ${table} WHERE tenantKey = ?1
       AND userKey NOT IN (SELECT userKey FROM main.users WHERE tenantKey = ?1)`,
      [tenantKey],
    );
  }
}

/** Datasets in the order in which they are applied: products before the users that hold them. */
export const applyOrder: readonly Dataset[] = [
  'subscribedSkus',
  'subscriptions',
  'groups',
  'users',
  'activations',
  'appUsage',
  'oneDriveUsage',
  'mailboxUsage',
  'activeUsers',
  'emailActivity',
  'applicationSignIns',
  'registrationDetails',
];
