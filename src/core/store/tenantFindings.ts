import type { SeatEvaluation } from '../model/evaluation';
import type { Finding } from '../model/finding';
import type { AssignmentError, FindingContext, UserFacts } from '../model/findingFacts';
import { FindingRun } from '../model/findings';
import { pricedProduct } from '../model/downgradeSearch';
import { isPerUser } from '../model/licenseFindings';
import { unpackObservedUse } from '../model/observedUse';
import { usualNoticeDays } from '../model/term';
import { SpendTally, type PersonSpend } from '../model/spend';
import { writeFindings } from './findingRows';
import { writeLicenseResults } from './licenseResults';
import { countSeat, writePositions, type SeatCounts } from './positionRows';
import { readDatasetStates, sourceStates } from './sourceStates';
import { writeSeatSetSpend, writeSpend } from './spendRows';
import { readTenantConnections } from './supersession';
import type { SqlDatabase } from './sqlDatabase';
import { licenseFacts, readLicenses, type TenantLicense } from './tenantLicenses';
import type { TenantProducts } from './tenantProducts';

/** A user with judged seats, as findings and spend need it. */
export interface Person {
  readonly userKey: number;
  readonly userId: string;
  readonly accountEnabled: boolean | null;
  readonly userType: string | null;
  readonly recipientType: string | null;
  readonly mailboxBytes: number | null;
  readonly hasArchive: boolean | null;
  /** Made by `packObservedUse`. */
  readonly observedUse: number | null;
  readonly department: string | null;
  readonly country: string | null;
  readonly companyName: string | null;
  /** Key of the set of licenses held; null for none. */
  readonly seatSetKey: number | null;
  readonly seats: readonly SeatEvaluation[];
}

/**
 * Works out findings, money and positions of a tenant: give it every person who holds a seat once, in the order of
 * their keys, then call `finish`, which writes what differs. It does not matter whether the seats were judged just
 * now or come from the file.
 */
export class TenantFindings {
  private readonly licenses: readonly TenantLicense[];
  private readonly context: FindingContext;
  private readonly run: FindingRun;
  private readonly tally: SpendTally;
  private readonly errors: ReadonlyMap<number, readonly AssignmentError[]>;
  private readonly userKeys = new Map<string, number>();
  private readonly spendOfSets = new Map<number, readonly PersonSpend[]>();
  private readonly seats: SeatCounts = new Map();

  constructor(
    private readonly db: SqlDatabase,
    private readonly tenantKey: number,
    private readonly today: string,
    private readonly products: TenantProducts,
    noticeDays = usualNoticeDays,
  ) {
    const tenantId = String(db.value('SELECT tenantId FROM tenants WHERE tenantKey = ?', [tenantKey]));
    const connections = readTenantConnections(db, tenantId);
    this.licenses = readLicenses(db, tenantKey, today, connections, products);
    const counted = this.licenses.filter((license) => license.counted);
    const facts = counted.map((license) => licenseFacts(license, today));
    const states = readDatasetStates(db, tenantKey);
    const readOn = (dataset: string): string | null => states.get(dataset)?.completedAt?.slice(0, 10) ?? null;
    const productsAsOf = readOn('subscribedSkus');
    // While products were never read, none is gone.
    const hidden =
      productsAsOf === null
        ? products.keyOf.keys()
        : this.licenses.filter((license) => !license.counted).map(({ skuId }) => skuId);
    this.context = {
      tenantId,
      today,
      noticeDays,
      licenses: facts,
      hiddenSkuIds: new Set(hidden),
      sources: sourceStates(states, today),
      usersAsOf: readOn('users'),
      productsAsOf,
    };
    this.run = new FindingRun(this.context, {
      candidates: facts.filter(isPerUser).flatMap((license) => pricedProduct(license) ?? []),
    });
    this.tally = new SpendTally(
      counted.map(({ skuId, skuPartNumber, price, cost, free }) => ({
        skuId,
        skuPartNumber,
        price: price.price,
        cost,
        free,
      })),
    );
    this.errors = readErrors(db, tenantKey, products);
  }

  /** Looks at a person. */
  add(person: Person): void {
    const errors = this.errors.get(person.userKey) ?? noErrors;
    if (person.seats.length === 0 && errors.length === 0) return;
    this.userKeys.set(person.userId, person.userKey);
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
      errors,
    };
    this.run.user(facts);
  }

  /** Writes everything that came out differently. @returns all findings */
  finish(): readonly Finding[] {
    const { db, tenantKey, licenses } = this;
    const findings = this.run.finish();
    writeFindings(db, tenantKey, findings, { users: this.userKeys, products: this.products.keyOf });
    writePositions(db, tenantKey, licenses, this.seats);
    writeSeatSetSpend(db, tenantKey, this.spendOfSets);
    writeSpend(db, tenantKey, this.tally.finish(), licenses, this.seats);
    writeLicenseResults(db, tenantKey, licenses, findings, this.today);
    return findings;
  }
}

const noErrors: readonly AssignmentError[] = [];

/** Assignments in error of living users, by user; those to products that are not for users are left out. */
function readErrors(
  db: SqlDatabase,
  tenantKey: number,
  products: TenantProducts,
): ReadonlyMap<number, readonly AssignmentError[]> {
  const byUser = new Map<number, AssignmentError[]>();
  db.each(
    `SELECT a.userKey, a.productKey, g.groupId, a.state, a.error FROM assignments a
     JOIN users u ON u.userKey = a.userKey AND u.deletedAt IS NULL
     LEFT JOIN groupIds g ON g.groupKey = a.groupKey
     WHERE a.tenantKey = ? AND a.state IN ('Error', 'ActiveWithError')`,
    [tenantKey],
    ([userKey, productKey, groupId, state, error]) => {
      const skuId = products.judged.get(Number(productKey));
      if (skuId === undefined) return;
      const ofUser = byUser.get(Number(userKey)) ?? [];
      ofUser.push({
        skuId,
        groupId: typeof groupId === 'string' ? groupId : null,
        state: String(state),
        error: typeof error === 'string' ? error : null,
      });
      byUser.set(Number(userKey), ofUser);
    },
  );
  return byUser;
}
