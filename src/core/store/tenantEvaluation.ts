import type { AppliedMark } from '../model/accountMarks';
import type { EvaluationSettings } from '../model/evaluation';
import { usualNoticeDays } from '../model/term';
import { writeAppliedMarks } from './accountMarkRecords';
import { readInputs, rulesVersion, type EvaluationInputs } from './evaluationInputs';
import { judgeHere, type JudgePlace, type Judging } from './judging';
import type { SqlDatabase } from './sqlDatabase';
import { writeTenantFindings } from './tenantFindings';
import { resultColumns, seatColumns, type JudgedRows } from './tenantJudge';
import { allUsers, eachEvidence, type UserKeyRange } from './userEvidenceQuery';

/** Users judged before their results are written: few enough to be forgotten as cheaply as they were made. */
const chunkSize = 250;

/**
 * Judges all users and seats of a tenant by the rules of `core/model`, works out findings and money, and stores the
 * results, dated. Only what came out differently is written. Runs inside a commit's transaction.
 * @param settings what applies where neither a connection nor a license has thresholds of its own
 * @param today `YYYY-MM-DD`, UTC
 * @param place where people are judged
 * @param sameRows no row that was imported has changed since the last evaluation: nothing is done if nothing else has
 */
export function evaluateTenant(
  db: SqlDatabase,
  tenantKey: number,
  settings: EvaluationSettings,
  today: string,
  place: JudgePlace = judgeHere,
  sameRows = false,
): void {
  const inputs = readInputs(db, tenantKey, settings, today);
  if (
    sameRows &&
    inputs.digest === db.value('SELECT inputsDigest FROM tenants WHERE tenantKey = ?', [tenantKey])
  ) {
    return;
  }
  const people = db.number('SELECT count(*) FROM users WHERE tenantKey = ?', [tenantKey]);
  const evaluation = new TenantEvaluation(db, inputs, place, people);
  try {
    evaluation.judge(allUsers(db, tenantKey));
    evaluation.finish();
  } finally {
    evaluation.end();
  }
}

/** An evaluation in parts: everybody once, then what follows from all of them; see {@link evaluateTenant}. */
export class TenantEvaluation {
  private readonly judging: Judging;
  private readonly writer: ResultWriter;

  /** @param people how many there will be, about */
  constructor(
    private readonly db: SqlDatabase,
    private readonly inputs: EvaluationInputs,
    place: JudgePlace,
    people: number,
  ) {
    const { tenantKey, products, findings, facts } = inputs;
    this.writer = new ResultWriter(db);
    this.judging = place.begin(
      {
        tenantKey,
        ...facts,
        judgedSkus: products.judged,
        productKeys: products.keyOf,
        partNumbers: products.partNumbers,
        planSets: keysByText(db, 'SELECT plans, planSetKey FROM planSets'),
        seatSets: keysByText(db, 'SELECT products, seatSetKey FROM seatSets'),
        tally: findings.task,
      },
      people,
    );
  }

  /** Whether a product was known when it began: what is held of others can't be judged. */
  knows(skuId: string): boolean {
    return this.inputs.products.keyOf.has(skuId);
  }

  /** Judges users, whose results may come with those of the next. */
  judge(users: UserKeyRange): void {
    let chunk: string[] = [];
    const give = (): void => {
      if (chunk.length > 0) this.write(this.judging.give(`[${chunk.join(',')}]`));
      chunk = [];
    };
    eachEvidence(this.db, this.inputs.tenantKey, users, (row) => {
      if (chunk.push(row) === chunkSize) give();
    });
    give();
  }

  /** Adds sets of disabled plans to the file, which must not have them. @param add SQL that inserts them */
  addPlanSets(add: () => void): void {
    // Whoever judges gives numbers to such sets too.
    this.write(this.judging.drain());
    const last = this.db.number('SELECT max(planSetKey) FROM planSets');
    add();
    this.judging.addPlanSets(
      keysByText(this.db, 'SELECT plans, planSetKey FROM planSets WHERE planSetKey > ?', [last]),
    );
  }

  /** Stores what all of them come to. Call it once, after the last. */
  finish(): void {
    const { db, writer } = this;
    const { tenantKey, settings, applying, today, products, findings, digest } = this.inputs;
    const { judged, totals } = this.judging.finish();
    this.write(judged);
    writeAppliedMarks(db, tenantKey, writer.marked);
    writeTenantFindings(db, tenantKey, findings, totals, products);
    db.run(
      `UPDATE tenants SET evaluatedOn = ?, inactivityDays = ?, graceDays = ?, ownInactivityDays = ?, ownGraceDays = ?,
         rulesVersion = ?, noticeDays = ?, inputsDigest = ? WHERE tenantKey = ?`,
      [
        today,
        settings.inactivityDays,
        settings.graceDays,
        applying.inactivityDays,
        applying.graceDays,
        rulesVersion,
        settings.noticeDays ?? usualNoticeDays,
        digest,
        tenantKey,
      ],
    );
  }

  /** Gives back what judging needed. */
  end(): void {
    this.judging.end();
  }

  private write(judged: readonly JudgedRows[]): void {
    for (const rows of judged) this.writer.write(rows);
  }
}

/** Writes results of users that differ from what is stored. */
class ResultWriter {
  /** Everybody of whom somebody said something. */
  readonly marked = new Map<number, AppliedMark>();

  constructor(private readonly db: SqlDatabase) {}

  /** Writes the results of some people together: statement by statement for each user took twice as long. */
  write({ users, judgedBefore, seats, planSets, seatSets, marked }: JudgedRows): void {
    const { db } = this;
    for (const [key, plans] of planSets)
      db.run('INSERT INTO planSets (planSetKey, plans) VALUES (?, ?)', [key, plans]);
    for (const [key, held] of seatSets)
      db.run('INSERT INTO seatSets (seatSetKey, products) VALUES (?, ?)', [key, held]);
    for (const [userKey, mark] of marked) this.marked.set(userKey, mark);
    db.runForRows(
      `UPDATE users SET ${resultColumns.map((column) => `${column} = ?`).join(', ')} WHERE userKey = ?`,
      users,
    );
    db.runForRows('DELETE FROM seats WHERE userKey = ?', judgedBefore);
    db.runForRows(
      `INSERT INTO seats (${seatColumns.join(', ')}) VALUES (${seatColumns.map(() => '?').join(', ')})`,
      seats,
    );
  }
}

function keysByText(
  db: SqlDatabase,
  sql: string,
  params: readonly number[] = [],
): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  db.each(sql, [...params], ([text, key]) => keys.set(String(text), Number(key)));
  return keys;
}
