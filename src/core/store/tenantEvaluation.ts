import type { AppliedMark } from '../model/accountMarks';
import type { EvaluationContext, EvaluationSettings } from '../model/evaluation';
import { usualNoticeDays } from '../model/term';
import { readMarks, writeAppliedMarks } from './accountMarkRecords';
import { judgeHere, type JudgePlace, type Judging } from './judging';
import { readDatasetStates, sourceStates, type DatasetState } from './sourceStates';
import type { SqlDatabase } from './sqlDatabase';
import { readTenantFindings, writeTenantFindings, type TenantFindings } from './tenantFindings';
import { resultColumns, seatColumns, type JudgedRows } from './tenantJudge';
import { nameProducts, readProducts, type TenantProducts } from './tenantProducts';
import { ownSettings, tenantSettings } from './thresholds';
import { allUsers, eachEvidence, type UserKeyRange } from './userEvidenceQuery';

/** Which rules made the stored results; a file with those of other rules is evaluated anew. */
export const rulesVersion = 1;

/** Users judged before their results are written: few enough to be forgotten as cheaply as they were made. */
const chunkSize = 250;

/**
 * Judges all users and seats of a tenant by the rules of `core/model`, works out findings and money, and stores the
 * results, dated. Only what came out differently is written. Runs inside a commit's transaction.
 * @param settings what applies where neither a connection nor a license has thresholds of its own
 * @param today `YYYY-MM-DD`, UTC
 * @param place where people are judged
 */
export function evaluateTenant(
  db: SqlDatabase,
  tenantKey: number,
  settings: EvaluationSettings,
  today: string,
  place: JudgePlace = judgeHere,
): void {
  const people = db.number('SELECT count(*) FROM users WHERE tenantKey = ?', [tenantKey]);
  const evaluation = new TenantEvaluation(db, tenantKey, settings, today, place, people);
  try {
    evaluation.judge(allUsers(db, tenantKey));
    evaluation.finish();
  } finally {
    evaluation.end();
  }
}

/** An evaluation in parts: everybody once, then what follows from all of them; see {@link evaluateTenant}. */
export class TenantEvaluation {
  readonly products: TenantProducts;
  private readonly applying: EvaluationSettings;
  private readonly findings: TenantFindings;
  private readonly judging: Judging;
  private readonly writer: ResultWriter;

  /**
   * Reads all that it needs but the users.
   * @param people how many there will be, about
   * @param held see {@link readProducts}
   */
  constructor(
    private readonly db: SqlDatabase,
    private readonly tenantKey: number,
    private readonly settings: EvaluationSettings,
    private readonly today: string,
    place: JudgePlace,
    people: number,
    held: readonly number[] = [],
  ) {
    nameProducts(db);
    const states = readDatasetStates(db, tenantKey);
    this.products = readProducts(db, tenantKey, held);
    this.applying = tenantSettings(db, tenantKey, settings);
    this.findings = readTenantFindings(db, tenantKey, today, this.products, settings.noticeDays);
    const context: EvaluationContext = {
      today,
      settings: this.applying,
      sources: sourceStates(states, today),
      skus: this.products.services,
      ownSettings: ownSettings(db, tenantKey, this.applying),
    };
    this.writer = new ResultWriter(db);
    this.judging = place.begin(
      {
        tenantKey,
        context,
        known: {
          activations: isKnown(states.get('activations')),
          platforms: context.sources.get('appUsageReport')?.status === 'fresh',
          mailbox: isKnown(states.get('mailboxUsage')),
          oneDrive: isKnown(states.get('oneDriveUsage')),
        },
        judgedSkus: this.products.judged,
        productKeys: this.products.keyOf,
        partNumbers: this.products.partNumbers,
        planSets: keysByText(db, 'SELECT plans, planSetKey FROM planSets'),
        seatSets: keysByText(db, 'SELECT products, seatSetKey FROM seatSets'),
        marks: readMarks(db, tenantKey),
        tally: this.findings.task,
      },
      people,
    );
  }

  /** Judges users, whose results may come with those of the next. */
  judge(users: UserKeyRange): void {
    let chunk: string[] = [];
    const give = (): void => {
      if (chunk.length > 0) this.write(this.judging.give(`[${chunk.join(',')}]`));
      chunk = [];
    };
    eachEvidence(this.db, this.tenantKey, users, (row) => {
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
    const { db, tenantKey, settings, applying, writer } = this;
    const { judged, totals } = this.judging.finish();
    this.write(judged);
    writeAppliedMarks(db, tenantKey, writer.marked);
    writeTenantFindings(db, tenantKey, this.findings, totals, this.products);
    db.run(
      `UPDATE tenants SET evaluatedOn = ?, inactivityDays = ?, graceDays = ?, ownInactivityDays = ?, ownGraceDays = ?,
         rulesVersion = ?, noticeDays = ? WHERE tenantKey = ?`,
      [
        this.today,
        settings.inactivityDays,
        settings.graceDays,
        applying.inactivityDays,
        applying.graceDays,
        rulesVersion,
        settings.noticeDays ?? usualNoticeDays,
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

/** The rows kept are of users and not of hashes, whatever their age. */
function isKnown(state: DatasetState | undefined): boolean {
  return state !== undefined && state.asOfDate !== null && !state.concealed;
}
