import type { AppliedMark } from '../model/accountMarks';
import type { EvaluationContext, EvaluationSettings } from '../model/evaluation';
import { usualNoticeDays } from '../model/term';
import { readMarks, writeAppliedMarks } from './accountMarkRecords';
import { judgeHere, type JudgePlace } from './judging';
import { readDatasetStates, sourceStates, type DatasetState } from './sourceStates';
import type { SqlDatabase } from './sqlDatabase';
import { readTenantFindings, writeTenantFindings } from './tenantFindings';
import { resultColumns, seatColumns, type JudgedRows, type KnownCells } from './tenantJudge';
import { nameProducts, readProducts } from './tenantProducts';
import { ownSettings, tenantSettings } from './thresholds';
import { eachEvidence } from './userEvidenceQuery';

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
  nameProducts(db);
  const states = readDatasetStates(db, tenantKey);
  const sources = sourceStates(states, today);
  const products = readProducts(db, tenantKey);
  const applying = tenantSettings(db, tenantKey, settings);
  const context: EvaluationContext = {
    today,
    settings: applying,
    sources,
    skus: products.services,
    ownSettings: ownSettings(db, tenantKey, applying),
  };
  const known: KnownCells = {
    activations: isKnown(states.get('activations')),
    platforms: sources.get('appUsageReport')?.status === 'fresh',
    mailbox: isKnown(states.get('mailboxUsage')),
    oneDrive: isKnown(states.get('oneDriveUsage')),
  };
  const findings = readTenantFindings(db, tenantKey, today, products, settings.noticeDays);
  const people = db.number('SELECT count(*) FROM users WHERE tenantKey = ?', [tenantKey]);
  const judging = place.begin(
    {
      tenantKey,
      context,
      known,
      judgedSkus: products.judged,
      productKeys: products.keyOf,
      partNumbers: products.partNumbers,
      planSets: keysByText(db, 'SELECT plans, planSetKey FROM planSets'),
      seatSets: keysByText(db, 'SELECT products, seatSetKey FROM seatSets'),
      marks: readMarks(db, tenantKey),
      tally: findings.task,
    },
    people,
  );
  const writer = new ResultWriter(db);
  let chunk: string[] = [];
  const give = (): void => {
    for (const rows of judging.give(`[${chunk.join(',')}]`)) writer.write(rows);
    chunk = [];
  };
  eachEvidence(db, tenantKey, (row) => {
    if (chunk.push(row) === chunkSize) give();
  });
  give();
  const { judged, totals } = judging.finish();
  for (const rows of judged) writer.write(rows);
  writeAppliedMarks(db, tenantKey, writer.marked);
  writeTenantFindings(db, tenantKey, findings, totals, products);
  db.run(
    `UPDATE tenants SET evaluatedOn = ?, inactivityDays = ?, graceDays = ?, ownInactivityDays = ?, ownGraceDays = ?,
       rulesVersion = ?, noticeDays = ? WHERE tenantKey = ?`,
    [
      today,
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

function keysByText(db: SqlDatabase, sql: string): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  db.each(sql, [], ([text, key]) => keys.set(String(text), Number(key)));
  return keys;
}

/** The rows kept are of users and not of hashes, whatever their age. */
function isKnown(state: DatasetState | undefined): boolean {
  return state !== undefined && state.asOfDate !== null && !state.concealed;
}
