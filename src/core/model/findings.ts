import { PlanLadder } from '../catalog/planLadder';
import { isFreeProduct } from '../catalog/freeProducts';
import { ContainedSeats } from './containedSeats';
import { noAnswers, type DowngradeAnswers, type PricedProduct } from './downgrade';
import { DowngradeSearch } from './downgradeSearch';
import type { SeatEvaluation } from './evaluation';
import { type Finding, type FindingEvidence, type FindingKind, type SeatBucket } from './finding';
import type { AssignmentError, FindingContext, LicenseFacts, UserFacts } from './findingFacts';
import { roundHalfUp, type Fraction } from './fraction';
import { isPerUser, licenseFindings } from './licenseFindings';
import { SavingAmounts } from './savingAmounts';
import { accountBucket, bucketOfSeat, isForDevices, isSharedMailbox, seatChecks } from './seatFindings';
import { sourceFindings } from './sourceFindings';

/** What findings need besides the facts; all of it can be left out. */
export interface FindingOptions {
  readonly ladder?: PlanLadder;
  /** Products of the price book, for advice to downgrade; without them there is none. */
  readonly candidates?: readonly PricedProduct[];
  readonly answers?: DowngradeAnswers;
  /** Takes the findings as they are found; `finish` then returns none. */
  readonly sink?: FindingSink;
}

/** Takes findings in the order in which they are found. */
export interface FindingSink {
  add(finding: Finding): void;
  /**
   * Sets the amount of a finding that could not be told before all users were looked at, and is called only then.
   * @param index how many were added before it
   */
  settle(index: number, monthlyMinor: number): void;
}

/** A finding whose amount may be set at the end. */
type OpenFinding = { -readonly [Key in keyof Finding]: Finding[Key] };

interface LicenseEntry {
  readonly license: LicenseFacts;
  readonly perUser: boolean;
  readonly forDevices: boolean;
  /** Free of charge: its seats are shown and save nothing. */
  readonly free: boolean;
  readonly price: Fraction | null;
  readonly currency: string | null;
  seats: number;
  errorsWithoutSeat: number;
}

/**
 * Finds everything worth acting on in a tenant: give it every user once, in any order, then call `finish`. A seat
 * stands in one bucket of savings at most. What is not known never makes a saving.
 */
export class FindingRun {
  private readonly entries = new Map<string, LicenseEntry>();
  /** What was found, unless somebody takes it. */
  private readonly found: OpenFinding[] = [];
  private readonly sink: FindingSink | null;
  private count = 0;
  private readonly amounts = new SavingAmounts();
  private readonly contained: ContainedSeats;
  private readonly downgrades: DowngradeSearch;
  private readonly kept: SeatEvaluation[] = [];

  constructor(
    private readonly context: FindingContext,
    options: FindingOptions = {},
  ) {
    const ladder = options.ladder ?? new PlanLadder();
    const perUser = context.licenses.filter(isPerUser);
    this.sink = options.sink ?? null;
    this.contained = new ContainedSeats(ladder, perUser);
    this.downgrades = new DowngradeSearch(ladder, options.candidates ?? [], options.answers ?? noAnswers);
    for (const license of context.licenses) {
      const { price } = license.price;
      this.entries.set(license.skuId, {
        license,
        perUser: isPerUser(license),
        forDevices: isForDevices(license.skuPartNumber),
        free: price === null && isFreeProduct(license.skuPartNumber),
        price: price?.monthly ?? null,
        currency: price?.currency ?? null,
        seats: 0,
        errorsWithoutSeat: 0,
      });
    }
  }

  /** Looks at one user. */
  user(user: UserFacts): void {
    if (user.errors.length > 0) this.errors(user);
    if (user.seats.length === 0) return;
    const account = accountBucket(user);
    const { kept } = this;
    kept.length = 0;
    for (const seat of user.seats) {
      const entry = this.entries.get(seat.skuId);
      if (entry === undefined) {
        if (!this.context.hiddenSkuIds.has(seat.skuId)) this.gone(user, seat);
        continue;
      }
      entry.seats += 1;
      if (!entry.perUser) continue;
      if (seat.paths > 1) {
        this.note('duplicatePath', user, entry, 0, {
          about: 'paths',
          direct: seat.direct,
          groupCount: seat.groupCount,
        });
      }
      const bucket = bucketOfSeat(account, seat, entry.forDevices);
      if (bucket === null) kept.push(seat);
      else this.saving(bucket, user, entry, seatEvidence(user, seat, bucket), entry.price);
    }
    if (kept.length > 0) this.redundant(user);
  }

  /** Everything found. Call it once, after the last user. */
  finish(): readonly Finding[] {
    this.amounts.settle((index, monthlyMinor) => {
      const finding = this.found[index];
      if (finding === undefined) this.sink?.settle(index, monthlyMinor);
      else finding.monthlyMinor = monthlyMinor;
    });
    for (const { license, seats, errorsWithoutSeat } of this.entries.values()) {
      for (const finding of licenseFindings(license, seats, errorsWithoutSeat, this.context))
        this.put(finding);
    }
    for (const finding of sourceFindings(this.context)) this.put(finding);
    return this.found;
  }

  private put(finding: Finding): void {
    this.count += 1;
    if (this.sink === null) this.found.push(finding);
    else this.sink.add(finding);
  }

  /** Seats within larger seats; then seats for which something cheaper would do. */
  private redundant(user: UserFacts): void {
    const { kept } = this;
    let involved: Set<string> | null = null;
    if (kept.length > 1) {
      for (const { seat, inside, containment } of this.contained.among(kept)) {
        const entry = this.entries.get(seat.skuId);
        if (entry === undefined) continue;
        const evidence: FindingEvidence = {
          about: 'containment',
          insideSkuId: inside.skuId,
          insidePartNumber: inside.skuPartNumber,
          missingPlans: containment.missing,
        };
        if (containment.kind === 'contained') {
          // What a redundant seat lies within has to stay as it is.
          involved ??= new Set();
          involved.add(seat.skuId).add(inside.skuId);
          this.saving('contained', user, entry, evidence, entry.price);
        } else {
          const stake = entry.price === null ? null : roundHalfUp(entry.price);
          this.note('contained', user, entry, stake, evidence);
        }
      }
    }
    if (this.downgrades.isEmpty) return;
    // A shared mailbox needs its mailbox alone, unless somebody uses the account as a person.
    const shared = isSharedMailbox(user) && user.signedInLately === false;
    for (const seat of kept) {
      const entry = this.entries.get(seat.skuId);
      if (entry === undefined || involved?.has(seat.skuId) === true) continue;
      const priced = this.downgrades.find(entry.license, seat, user, shared);
      if (priced === null) continue;
      this.saving('downgrade', user, entry, { about: 'downgrade', advice: priced.advice }, priced.saves);
    }
  }

  private saving(
    bucket: SeatBucket,
    user: UserFacts,
    entry: LicenseEntry,
    evidence: FindingEvidence,
    each: Fraction | null,
  ): void {
    const isWhole = each?.denominator === 1n;
    if (!entry.free && each !== null && !isWhole) {
      this.amounts.add(entry.license.skuId, bucket, each, user.userId, this.count);
    }
    this.seat(bucket, user, entry, evidence, {
      monthlyMinor: entry.free ? 0 : isWhole ? Number(each.numerator) : null,
      currency: entry.free || each === null ? null : entry.currency,
      bucket: entry.free ? null : bucket,
    });
  }

  private note(
    kind: FindingKind,
    user: UserFacts,
    entry: LicenseEntry,
    monthlyMinor: number | null,
    evidence: FindingEvidence,
  ): void {
    const currency = monthlyMinor === null ? null : entry.currency;
    this.seat(kind, user, entry, evidence, { monthlyMinor, currency, bucket: null });
  }

  /** A finding about one seat. */
  private seat(
    kind: FindingKind,
    user: UserFacts,
    { license }: LicenseEntry,
    evidence: FindingEvidence,
    worth: Pick<Finding, 'monthlyMinor' | 'currency' | 'bucket'>,
  ): void {
    const { skuId, skuPartNumber } = license;
    const { userId } = user;
    const { monthlyMinor, currency, bucket } = worth;
    // All at once: hundreds of thousands are made, and copying one to add to it takes several times as long.
    this.put({ kind, userId, skuId, skuPartNumber, seats: 1, monthlyMinor, currency, bucket, evidence });
  }

  private gone(user: UserFacts, seat: SeatEvaluation): void {
    this.put({
      kind: 'productGone',
      userId: user.userId,
      skuId: seat.skuId,
      skuPartNumber: null,
      seats: 1,
      monthlyMinor: 0,
      currency: null,
      bucket: null,
      evidence: { about: 'paths', direct: seat.direct, groupCount: seat.groupCount },
    });
  }

  /** One finding per license in error, however many of its paths are. */
  private errors(user: UserFacts): void {
    const bySku = new Map<string, AssignmentError[]>();
    for (const error of user.errors) {
      const known = bySku.get(error.skuId);
      if (known === undefined) bySku.set(error.skuId, [error]);
      else known.push(error);
    }
    for (const [skuId, errors] of bySku) {
      if (this.context.hiddenSkuIds.has(skuId)) continue;
      const entry = this.entries.get(skuId);
      const holdsSeat = user.seats.some((seat) => seat.skuId === skuId);
      if (entry !== undefined && !entry.perUser) continue;
      if (entry !== undefined && !holdsSeat) entry.errorsWithoutSeat += 1;
      this.put({
        kind: 'assignmentError',
        userId: user.userId,
        skuId,
        skuPartNumber: entry?.license.skuPartNumber ?? null,
        seats: Number(holdsSeat),
        monthlyMinor: 0,
        currency: null,
        bucket: null,
        evidence: {
          about: 'assignmentError',
          holdsSeat,
          errors: errors
            .map(({ groupId, error }) => ({ groupId, error }))
            .sort((left, right) => ((left.groupId ?? '') < (right.groupId ?? '') ? -1 : 1)),
        },
      });
    }
  }
}

function seatEvidence(user: UserFacts, seat: SeatEvaluation, bucket: SeatBucket): FindingEvidence {
  return {
    about: 'seat',
    verdict: seat.verdict,
    reason: seat.reason,
    confidence: seat.confidence,
    lastActivityDate: seat.lastActivityDate,
    direct: seat.direct,
    groupCount: seat.groupCount,
    checks: seatChecks(user, bucket),
  };
}
