import { RowPacker } from './packedRows';
import type { SqlDatabase } from './sqlDatabase';
import type { TenantEvaluation } from './tenantEvaluation';
import { userColumns } from './userColumns';

const columns = [...userColumns.map(({ name }) => name), 'assignmentsDigest'];

/** Users stored and judged at once: few enough that what else is asked of the thread waits for a moment only. */
const sliceSize = 500;

/** Keys of the products of which somebody holds a seat by what has been staged. */
export function heldProducts(db: SqlDatabase): readonly number[] {
  const held = 'SELECT word FROM staged.words WHERE wordKey IN (SELECT skuWord FROM staged.assignments)';
  db.run(`INSERT OR IGNORE INTO products (skuId) ${held}`);
  return db
    .rows(`SELECT productKey FROM products WHERE skuId IN (${held})`)
    .map((row) => Number(row.productKey));
}

/** Users are taken in so many parts, about: many enough that little is left when the last have come. */
const parts = 20;

/**
 * Stores the users of a tenant that has none yet, and has them judged, while more are being staged. Those there are at
 * a time are taken in the order of their names, in which the reports lie: the more, the fewer pages of the reports are
 * read for each.
 */
export class UsersAhead {
  /** Numbers of staged users still to be stored, in the order of their names. */
  private waiting: readonly number[] = [];
  private next = 0;
  private lastNumber = 0;
  private lastAssignment = 0;
  private lastKey: number;
  private stored = 0;
  private readonly enough: number;

  /** @param people how many there will be, about */
  constructor(
    private readonly db: SqlDatabase,
    private readonly tenantKey: number,
    people: number,
  ) {
    this.enough = Math.max(sliceSize, Math.ceil(people / parts));
    db.execute(`
      CREATE TEMP TABLE slice (position INTEGER PRIMARY KEY, userNumber INTEGER NOT NULL);
      CREATE TEMP TABLE aheadWords (wordKey INTEGER PRIMARY KEY, productKey INTEGER, groupKey INTEGER,
        planSetKey INTEGER)`);
    this.lastKey = db.number('SELECT max(userKey) FROM main.users');
  }

  /** Users stored and judged. */
  get count(): number {
    return this.stored;
  }

  /**
   * Whether there is something to do: users who wait, or enough that have come since.
   * @param newest number of the user that was staged last
   * @param areAll no more will come
   */
  isDue(newest: number, areAll: boolean): boolean {
    return this.next < this.waiting.length || newest - this.lastNumber >= (areAll ? 1 : this.enough);
  }

  /**
   * Takes the users that have been staged since, unless some of those before are still to be stored.
   * @returns whether there are any to be stored
   * @throws Error when somebody holds a license that the tenant does not have, and of which was not known that it is held
   */
  take(evaluation: TenantEvaluation): boolean {
    if (this.next < this.waiting.length) return true;
    const waiting: number[] = [];
    let last = this.lastNumber;
    this.db.each(
      'SELECT userNumber FROM staged.users WHERE userNumber > ? ORDER BY upnKey',
      [this.lastNumber],
      ([userNumber]) => {
        waiting.push(Number(userNumber));
        last = Math.max(last, Number(userNumber));
      },
    );
    if (waiting.length === 0) return false;
    this.takeWords(evaluation);
    this.lastNumber = last;
    this.waiting = waiting;
    this.next = 0;
    return true;
  }

  /** Stores and judges some of those taken. */
  step(evaluation: TenantEvaluation): void {
    const { db, tenantKey } = this;
    const numbers = this.waiting.slice(this.next, this.next + sliceSize);
    this.next += numbers.length;
    const slice = new RowPacker(2);
    numbers.forEach((userNumber, index) => slice.add([this.lastKey + 1 + index, userNumber]));
    db.execute('DELETE FROM temp.slice');
    db.runForRows('INSERT INTO temp.slice VALUES (?, ?)', slice.packed());
    db.run(
      `INSERT INTO main.users (userKey, tenantKey, ${columns.join(', ')})
       SELECT t.position, ?1, ${columns.map((name) => `s.${name}`).join(', ')}
       FROM temp.slice t CROSS JOIN staged.users s ON s.userNumber = t.userNumber ORDER BY t.position`,
      [tenantKey],
    );
    // The plus keeps the type of the slice's column out of it: staged columns have none, nor has their index.
    db.run(
      `INSERT INTO main.assignments
         (tenantKey, userKey, productKey, groupKey, state, error, planSetKey, lastUpdatedAt)
       SELECT ?1, t.position, sku.productKey, coalesce(grp.groupKey, 0), a.state, a.error, plans.planSetKey,
         a.lastUpdatedAt
       FROM temp.slice t CROSS JOIN staged.assignments a ON a.userNumber = +t.userNumber
       CROSS JOIN temp.aheadWords sku ON sku.wordKey = a.skuWord
       LEFT JOIN temp.aheadWords grp ON grp.wordKey = a.groupWord
       CROSS JOIN temp.aheadWords plans ON plans.wordKey = a.plansWord`,
      [tenantKey],
    );
    const first = this.lastKey + 1;
    this.lastKey += numbers.length;
    this.stored += numbers.length;
    evaluation.judge({ first, last: this.lastKey });
  }

  /** Gives a key to every group and set of plans in the assignments that came last. */
  private takeWords(evaluation: TenantEvaluation): void {
    const { db, tenantKey } = this;
    const came = (column: string): string =>
      `SELECT word FROM staged.words WHERE wordKey IN
       (SELECT ${column} FROM staged.assignments WHERE rowid > ${this.lastAssignment})`;
    if (!db.rows(came('skuWord')).every(({ word }) => evaluation.knows(String(word)))) {
      throw new Error('A license has come that the tenant does not have.');
    }
    db.run(
      `INSERT OR IGNORE INTO groupIds (tenantKey, groupId) SELECT ?1, word FROM (${came('groupWord')})`,
      [tenantKey],
    );
    const newPlans = `${came('plansWord')} AND word NOT IN (SELECT plans FROM planSets)`;
    if (db.value(newPlans) !== null) {
      evaluation.addPlanSets(() => void db.run(`INSERT INTO planSets (plans) ${newPlans}`));
    }
    this.lastAssignment = db.number('SELECT max(rowid) FROM staged.assignments');
    db.execute('DELETE FROM temp.aheadWords');
    db.run(
      `INSERT INTO temp.aheadWords SELECT w.wordKey, p.productKey, g.groupKey, ps.planSetKey FROM staged.words w
       LEFT JOIN products p ON p.skuId = w.word
       LEFT JOIN groupIds g ON g.tenantKey = ?1 AND g.groupId = w.word
       LEFT JOIN planSets ps ON ps.plans = w.word`,
      [tenantKey],
    );
  }
}
