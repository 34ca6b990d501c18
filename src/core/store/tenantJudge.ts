import { hash } from 'node:crypto';
import { MarkRules, type AccountMark, type AccountPattern, type AppliedMark } from '../model/accountMarks';
import type { EvaluationContext, SeatEvaluation, UserEvaluation } from '../model/evaluation';
import { observedUse, packObservedUse, signedInLately } from '../model/observedUse';
import { grantedServices, heardServices } from '../model/serviceUse';
import { evaluateUser } from '../model/userEvaluation';
import { ActivityDays, activityDayColumns } from './activityDays';
import { splitIds } from './identifiers';
import { NumberedTexts } from './numberedTexts';
import { RowPacker, type PackedRows, type PackedValue } from './packedRows';
import { PeopleTally, type PeopleTotals, type Person, type TallyTask } from './peopleTally';
import { evidenceOf, type EvaluationInput, type EvidenceKeys } from './userEvidence';

const bytesPerMegabyte = 1_048_576;

/** Which cells of the roster can be trusted on the day of the evaluation. */
export interface KnownCells {
  readonly activations: boolean;
  readonly platforms: boolean;
  readonly mailbox: boolean;
  readonly oneDrive: boolean;
}

/** What judging the people of a tenant needs besides them: plain data, so that another thread can be given it. */
export interface JudgeTask {
  readonly tenantKey: number;
  readonly context: EvaluationContext;
  readonly known: KnownCells;
  /** Products whose seats are judged, by key. */
  readonly judgedSkus: ReadonlyMap<number, string>;
  readonly productKeys: ReadonlyMap<string, number>;
  readonly partNumbers: ReadonlyMap<string, string>;
  /** Sets of disabled plans that the file has, with their keys; sets of licenses likewise. */
  readonly planSets: ReadonlyMap<string, number>;
  readonly seatSets: ReadonlyMap<string, number>;
  /** What people said of accounts. */
  readonly marks: { readonly accounts: readonly AccountMark[]; readonly patterns: readonly AccountPattern[] };
  readonly tally: TallyTask;
}

/** What is to be written of some judged people. */
export interface JudgedRows {
  /** Values of {@link resultColumns} and the key of the user, where they differ from what is stored. */
  readonly users: PackedRows;
  /** Keys of those of them who were judged before. */
  readonly judgedBefore: PackedRows;
  /** Values of {@link seatColumns}. */
  readonly seats: PackedRows;
  readonly planSets: readonly (readonly [key: number, text: string])[];
  readonly seatSets: readonly (readonly [key: number, text: string])[];
  readonly marked: readonly (readonly [userKey: number, mark: AppliedMark])[];
}

/** Columns of `users` that hold results, in the order in which they are written. */
export const resultColumns: readonly string[] = [
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

/** Columns of `seats`, in the order in which they are written. */
export const seatColumns: readonly string[] = [
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

/** Judges people by the rules of `core/model`, and adds up what they come to. Knows neither a database nor a clock. */
export class TenantJudge {
  private readonly keys: EvidenceKeys & { readonly planSets: Map<number, readonly string[]> };
  private readonly planSets: NumberedTexts;
  private readonly seatSets: NumberedTexts;
  private readonly activityDays = new ActivityDays();
  private readonly tally: PeopleTally;

  constructor(private readonly task: JudgeTask) {
    this.keys = {
      judgedSkus: task.judgedSkus,
      planSets: new Map([...task.planSets].map(([plans, key]) => [key, splitIds(plans)])),
      marks: new MarkRules(task.marks.accounts, task.marks.patterns),
    };
    this.planSets = new NumberedTexts(task.planSets);
    this.seatSets = new NumberedTexts(task.seatSets);
    this.tally = new PeopleTally(task.tally);
  }

  /** Judges some people. @param rows a JSON array of rows of evidence, in the order of the users' keys */
  judge(rows: string): JudgedRows {
    const people = JSON.parse(rows) as unknown[][];
    const users = new RowPacker(resultColumns.length + 1, people.length);
    const judgedBefore = new RowPacker(1);
    const seats = new RowPacker(seatColumns.length, people.length);
    const marked: [number, AppliedMark][] = [];
    for (const row of people) {
      const input = evidenceOf(row, this.keys);
      if (input.mark !== null) marked.push([input.userKey, input.mark]);
      this.judgeOne(input, users, judgedBefore, seats);
    }
    return {
      users: users.packed(),
      judgedBefore: judgedBefore.packed(),
      seats: seats.packed(),
      planSets: this.planSets.takeAdded(),
      seatSets: this.seatSets.takeAdded(),
      marked,
    };
  }

  /** Takes in sets of disabled plans that the file has got since, by text. */
  addPlanSets(sets: ReadonlyMap<string, number>): void {
    for (const [plans, key] of sets) {
      this.keys.planSets.set(key, splitIds(plans));
      this.planSets.add(plans, key);
    }
  }

  /** What all of them come to. Call it once, after the last. */
  finish(): PeopleTotals {
    return this.tally.finish();
  }

  private judgeOne(
    input: EvaluationInput,
    users: RowPacker,
    judgedBefore: RowPacker,
    seats: RowPacker,
  ): void {
    const evaluation = evaluateUser(input.evidence, this.task.context);
    const observed = this.observedUseOf(input);
    const productKeys = evaluation.seats.map(({ skuId }) => this.task.productKeys.get(skuId) ?? 0);
    const seatSetKey = productKeys.length === 0 ? null : this.seatSets.keyOf(productKeys.join(' '));
    this.tally.add(personOf(input, evaluation, observed, seatSetKey));
    const cells = this.cellsOf(input, evaluation, observed, seatSetKey);
    const ofSeats = evaluation.seats.map((seat, index) => this.seatCells(seat, productKeys[index] ?? 0));
    const digest = hash('sha1', JSON.stringify([cells, ofSeats]), 'base64').slice(0, 16);
    if (digest === input.evaluationDigest) return;
    users.put(digest);
    users.add(cells);
    users.put(input.userKey);
    if (input.evaluationDigest !== null) judgedBefore.put(input.userKey);
    for (const seat of ofSeats) {
      seats.put(this.task.tenantKey);
      seats.put(input.userKey);
      seats.add(seat);
    }
  }

  private observedUseOf({ evidence }: EvaluationInput): number | null {
    const { context } = this.task;
    return packObservedUse(observedUse(evidence, context), signedInLately(evidence, context));
  }

  private seatCells(seat: SeatEvaluation, productKey: number): PackedValue[] {
    return [
      productKey,
      seat.paths,
      Number(seat.direct),
      seat.groupCount,
      this.planSets.keyOf(seat.disabledPlans.join('; ')),
      seat.verdict,
      seat.reason,
      seat.lastActivityDate,
      seat.confidence,
    ];
  }

  private cellsOf(
    input: EvaluationInput,
    evaluation: UserEvaluation,
    observed: number | null,
    seatSetKey: number | null,
  ): PackedValue[] {
    const { evidence } = input;
    const { context } = this.task;
    const cells = this.userCells(input, evaluation);
    cells.push(
      seatSetKey,
      observed,
      grantedServices(evaluation.seats, context),
      heardServices(evidence, context),
    );
    for (const day of this.activityDays.of(evidence.signals)) cells.push(day);
    return cells;
  }

  private userCells(input: EvaluationInput, evaluation: UserEvaluation): PackedValue[] {
    const { known, partNumbers } = this.task;
    const licenses = evaluation.seats
      .map(({ skuId }) => partNumbers.get(skuId) ?? skuId)
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
}

function personOf(
  input: EvaluationInput,
  { seats }: UserEvaluation,
  observed: number | null,
  seatSetKey: number | null,
): Person {
  const { evidence } = input;
  return {
    userKey: input.userKey,
    userId: input.userId,
    accountEnabled: evidence.accountEnabled,
    userType: evidence.userType,
    recipientType: evidence.recipientType,
    mailboxBytes: input.mailboxBytes,
    hasArchive: input.hasArchive,
    observedUse: observed,
    department: input.department,
    country: input.country,
    companyName: input.companyName,
    seatSetKey,
    seats,
    errors: input.errors,
  };
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
