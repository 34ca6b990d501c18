import { pricedProduct } from '../model/downgradeSearch';
import type { FindingContext, UserFacts } from '../model/findingFacts';
import { FindingRun } from '../model/findings';
import { isPerUser } from '../model/licenseFindings';
import { unpackObservedUse } from '../model/observedUse';
import type { Purchase } from '../model/purchases';
import { SpendTally, type PersonSpend, type SpendLicense, type TenantSpend } from '../model/spend';
import { licenseCostOn } from '../model/unitPrice';
import { FindingPacker, type PackedFindings } from './packedFindings';
import { countSeat, type SeatCounts } from './positionRows';

/** A user with judged seats, as findings and spend need it. */
export interface Person extends Omit<UserFacts, 'signedInLately' | 'used' | 'unused'> {
  readonly userKey: number;
  /** Made by `packObservedUse`. */
  readonly observedUse: number | null;
  readonly department: string | null;
  readonly country: string | null;
  readonly companyName: string | null;
  /** Key of the set of licenses held; null for none. */
  readonly seatSetKey: number | null;
}

/** A license that counts, with what was paid for it. */
export type TalliedLicense = Omit<SpendLicense, 'cost'> & { readonly purchases: readonly Purchase[] };

/** What a {@link PeopleTally} needs to know of a tenant: plain data, so that another thread can be given it. */
export interface TallyTask {
  readonly context: FindingContext;
  readonly licenses: readonly TalliedLicense[];
}

/** What the people of a tenant come to: plain data too. */
export interface PeopleTotals {
  readonly findings: PackedFindings;
  readonly seats: SeatCounts;
  readonly spendOfSets: ReadonlyMap<number, readonly PersonSpend[]>;
  readonly spend: TenantSpend;
}

/** Works out findings and money: give it every person who holds a seat once, in the order of their keys. */
export class PeopleTally {
  private readonly run: FindingRun;
  private readonly tally: SpendTally;
  private readonly findings = new FindingPacker();
  private readonly spendOfSets = new Map<number, readonly PersonSpend[]>();
  private readonly seats: SeatCounts = new Map();

  constructor({ context, licenses }: TallyTask) {
    this.run = new FindingRun(context, {
      candidates: context.licenses.filter(isPerUser).flatMap((license) => pricedProduct(license) ?? []),
      sink: this.findings,
    });
    this.tally = new SpendTally(
      licenses.map(({ purchases, ...license }) => ({
        ...license,
        cost: licenseCostOn(purchases, context.today),
      })),
    );
  }

  /** Looks at a person. */
  add(person: Person): void {
    if (person.seats.length === 0 && person.errors.length === 0) return;
    for (const { skuId, verdict } of person.seats) countSeat(this.seats, skuId, verdict);
    const spend = this.tally.add(person);
    if (person.seatSetKey !== null) this.spendOfSets.set(person.seatSetKey, spend);
    const { used, unused, signedIn } = unpackObservedUse(person.observedUse);
    const facts: UserFacts = {
      userId: person.userId,
      accountEnabled: person.accountEnabled,
      userType: person.userType,
      recipientType: person.recipientType,
      mailboxBytes: person.mailboxBytes,
      hasArchive: person.hasArchive,
      signedInLately: signedIn,
      used,
      unused,
      seats: person.seats,
      errors: person.errors,
    };
    this.findings.userKey = person.userKey;
    this.run.user(facts);
  }

  /** What all of them come to. Call it once, after the last. */
  finish(): PeopleTotals {
    const { findings, run, seats, spendOfSets, tally } = this;
    run.finish();
    return { findings: findings.packed(), seats, spendOfSets, spend: tally.finish() };
  }
}
