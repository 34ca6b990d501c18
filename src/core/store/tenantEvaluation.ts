import { hash } from 'node:crypto';
import type { AppliedMark } from '../model/accountMarks';
import type { EvaluationContext, EvaluationSettings, UserEvaluation } from '../model/evaluation';
import { observedUse, packObservedUse, signedInLately } from '../model/observedUse';
import { grantedServices, heardServices } from '../model/serviceUse';
import { usualNoticeDays } from '../model/term';
import { evaluateUser } from '../model/userEvaluation';
import { readMarkRules, writeAppliedMarks } from './accountMarkRecords';
import { ActivityDays, activityDayColumns } from './activityDays';
import { RowPacker, type PackedValue } from './packedRows';
import { SeatSets } from './seatSets';
import { readDatasetStates, sourceStates, type DatasetState } from './sourceStates';
import type { SqlDatabase } from './sqlDatabase';
import { TenantFindings } from './tenantFindings';
import { nameProducts, readProducts, type TenantProducts } from './tenantProducts';
import { ownSettings, tenantSettings } from './thresholds';
import { readEvidence, type EvaluationInput } from './userEvidenceQuery';

/** Which rules made the stored results; a file with those of other rules is evaluated anew. */
export const rulesVersion = 1;

const bytesPerMegabyte = 1_048_576;
/** Users judged before their results are written: few enough to be forgotten as cheaply as they were made. */
const chunkSize = 250;

/** Which cells of the roster can be trusted on the day of the evaluation. */
interface KnownCells {
  readonly activations: boolean;
  readonly platforms: boolean;
  readonly mailbox: boolean;
  readonly oneDrive: boolean;
}

/** A user with the result, and what findings need of the evidence. */
interface Judged {
  readonly input: EvaluationInput;
  readonly evaluation: UserEvaluation;
  readonly observedUse: number;
  /** Bits of `subjectBit`; see `model/serviceUse.ts`. */
  readonly granted: number;
  readonly heard: number;
}

/**
 * Judges all users and seats of a tenant by the rules of `core/model`, works out findings and money, and stores the
 * results, dated. Only what came out differently is written. Runs inside a commit's transaction.
 * @param settings what applies where neither a connection nor a license has thresholds of its own
 * @param today `YYYY-MM-DD`, UTC
 */
export function evaluateTenant(
  db: SqlDatabase,
  tenantKey: number,
  settings: EvaluationSettings,
  today: string,
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
  const findings = new TenantFindings(db, tenantKey, today, products, settings.noticeDays);
  const writer = new EvaluationWriter(db, tenantKey, products, findings);
  let chunk: Judged[] = [];
  const marked = new Map<number, AppliedMark>();
  for (const input of readEvidence(db, tenantKey, products.judged, readMarkRules(db, tenantKey))) {
    const { evidence, mark } = input;
    if (mark !== null) marked.set(input.userKey, mark);
    const evaluation = evaluateUser(evidence, context);
    chunk.push({
      input,
      evaluation,
      observedUse: packObservedUse(observedUse(evidence, context), signedInLately(evidence, context)),
      granted: grantedServices(evaluation.seats, context),
      heard: heardServices(evidence, context),
    });
    if (chunk.length < chunkSize) continue;
    writer.write(chunk, known);
    chunk = [];
  }
  writer.write(chunk, known);
  writeAppliedMarks(db, tenantKey, marked);
  findings.finish();
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

/** Columns of `users` that hold results, in the order in which they are written. */
const resultColumns: readonly string[] = [
  'evaluationDigest',
  'lastActivityDate',
  'verdict',
  'verdictReason',
  'confidence',
  'licenses',
  'activations',
  'windows',
  'mac',
  'mobile',
  'web',
  'mailMegabytes',
  'oneDriveMegabytes',
  'searchText',
  'seatSetKey',
  'observedUse',
  'grantedServices',
  'heardServices',
  ...activityDayColumns,
];

const seatColumns: readonly string[] = [
  'tenantKey',
  'userKey',
  'productKey',
  'paths',
  'direct',
  'groupCount',
  'planSetKey',
  'verdict',
  'verdictReason',
  'lastActivityDate',
  'confidence',
];

/** Writes results of users that differ from what is stored, and hands all of them on to the findings. */
class EvaluationWriter {
  private readonly planSets = new Map<string, number>();
  private readonly seatSets: SeatSets;
  private readonly activityDays = new ActivityDays();

  constructor(
    private readonly db: SqlDatabase,
    private readonly tenantKey: number,
    private readonly products: TenantProducts,
    private readonly findings: TenantFindings,
  ) {
    this.seatSets = new SeatSets(db);
  }

  /** Writes the results of a chunk together: statement by statement for each user took twice as long. */
  write(chunk: readonly Judged[], known: KnownCells): void {
    const users = new RowPacker(resultColumns.length + 1);
    const judgedBefore = new RowPacker(1);
    const newSeats = new RowPacker(seatColumns.length);
    for (const { input, evaluation, observedUse, granted, heard } of chunk) {
      const productKeys = evaluation.seats.map(({ skuId }) => this.products.keyOf.get(skuId) ?? 0);
      const seatSetKey = this.seatSets.keyOf(productKeys);
      this.findings.add({
        userKey: input.userKey,
        userId: input.userId,
        accountEnabled: input.evidence.accountEnabled,
        userType: input.evidence.userType,
        recipientType: input.evidence.recipientType,
        mailboxBytes: input.mailboxBytes,
        hasArchive: input.hasArchive,
        observedUse,
        department: input.department,
        country: input.country,
        companyName: input.companyName,
        seatSetKey,
        seats: evaluation.seats,
      });
      const cells = [
        ...this.userCells(input, evaluation, known),
        seatSetKey,
        observedUse,
        granted,
        heard,
        ...this.activityDays.of(input.evidence.signals),
      ];
      const seats = evaluation.seats.map((seat, index): PackedValue[] => [
        productKeys[index] ?? 0,
        seat.paths,
        Number(seat.direct),
        seat.groupCount,
        this.planSet(seat.disabledPlans),
        seat.verdict,
        seat.reason,
        seat.lastActivityDate,
        seat.confidence,
      ]);
      const digest = hash('sha1', JSON.stringify([cells, seats]), 'base64').slice(0, 16);
      if (digest === input.evaluationDigest) continue;
      users.add([digest, ...cells, input.userKey]);
      if (input.evaluationDigest !== null) judgedBefore.add([input.userKey]);
      for (const seat of seats) newSeats.add([this.tenantKey, input.userKey, ...seat]);
    }
    this.db.runForRows(
      `UPDATE users SET ${resultColumns.map((column) => `${column} = ?`).join(', ')} WHERE userKey = ?`,
      users.packed(),
    );
    this.db.runForRows('DELETE FROM seats WHERE userKey = ?', judgedBefore.packed());
    this.db.runForRows(
      `INSERT INTO seats (${seatColumns.join(', ')}) VALUES (${seatColumns.map(() => '?').join(', ')})`,
      newSeats.packed(),
    );
  }

  private userCells(input: EvaluationInput, evaluation: UserEvaluation, known: KnownCells): PackedValue[] {
    const licenses = evaluation.seats
      .map(({ skuId }) => this.products.partNumbers.get(skuId) ?? skuId)
      .sort()
      .join('; ');
    const [windows = null, mac = null, mobile = null, web = null] = known.platforms ? input.platforms : [];
    return [
      evaluation.lastActivityDate,
      evaluation.verdict,
      evaluation.reason,
      evaluation.confidence,
      licenses,
      known.activations ? (input.activations ?? '') : null,
      windows,
      mac,
      mobile,
      web,
      known.mailbox ? megabytes(input.mailboxBytes) : null,
      known.oneDrive ? megabytes(input.oneDriveBytes) : null,
      searchText([...input.searchWords, licenses]),
    ];
  }

  private planSet(plans: readonly string[]): number {
    const joined = plans.join('; ');
    let key = this.planSets.get(joined);
    if (key === undefined) {
      this.db.run('INSERT OR IGNORE INTO planSets (plans) VALUES (?)', [joined]);
      key = this.db.number('SELECT planSetKey FROM planSets WHERE plans = ?', [joined]);
      this.planSets.set(joined, key);
    }
    return key;
  }
}

/** Bytes in MiB with one decimal, as the roster shows them; null stays unknown. */
export function megabytes(bytes: number | null): number | null {
  return bytes === null ? null : Math.round((bytes * 10) / bytesPerMegabyte) / 10;
}

/** What the text filter of the roster searches: lower case of every letter, not only of ASCII. */
function searchText(words: readonly (string | null)[]): string {
  return words
    .filter((word) => word !== null && word !== '')
    .join('\n')
    .toLowerCase();
}

/** The rows kept are of users and not of hashes, whatever their age. */
function isKnown(state: DatasetState | undefined): boolean {
  return state !== undefined && state.asOfDate !== null && !state.concealed;
}
