import type { LadderPlan } from '../../../../src/core/catalog/planLadder';
import type { SeatEvaluation, Verdict } from '../../../../src/core/model/evaluation';
import type { Finding } from '../../../../src/core/model/finding';
import type { FindingContext, LicenseFacts, UserFacts } from '../../../../src/core/model/findingFacts';
import { FindingRun, type FindingOptions } from '../../../../src/core/model/findings';
import { fraction, type Fraction } from '../../../../src/core/model/fraction';
import { allFresh, today } from './evaluationFixtures';

/** A plan by name; its id follows from the name. */
export const plan = (name: string): LadderPlan => ({
  servicePlanId: `id-${name.toLowerCase()}`,
  servicePlanName: name,
});

/** A license of 10 enabled units without a price; `price` is in minor units per month. */
export function licenseOf(
  skuPartNumber: string,
  changes: Partial<Omit<LicenseFacts, 'price'>> & { price?: Fraction | number } = {},
): LicenseFacts {
  const { price, ...others } = changes;
  return {
    skuId: skuPartNumber.toLowerCase(),
    skuPartNumber,
    appliesTo: 'User',
    units: { enabled: 10, warning: 0, suspended: 0, lockedOut: 0, consumed: 10 },
    buffer: 0,
    limit: 'asPurchased',
    price:
      price === undefined
        ? { price: null, problem: 'noPurchase' }
        : {
            price: { currency: 'EUR', monthly: typeof price === 'number' ? fraction(price) : price },
            problem: null,
          },
    plans: [],
    subscriptions: [],
    purchaseEnds: [],
    ...others,
  };
}

/** An active seat by one direct path. */
export function seatOf(skuId: string, changes: Partial<SeatEvaluation> = {}): SeatEvaluation {
  const verdict: Verdict = changes.verdict ?? 'active';
  return {
    skuId,
    verdict,
    reason: 'usedRecently',
    confidence: 'high',
    lastActivityDate: null,
    paths: 1,
    direct: true,
    groupCount: 0,
    disabledPlans: [],
    ...changes,
  };
}

/** An enabled member of whom nothing else is known. */
export function userOf(
  userId: string,
  seats: readonly SeatEvaluation[],
  changes: Partial<UserFacts> = {},
): UserFacts {
  return {
    userId,
    accountEnabled: true,
    userType: 'Member',
    recipientType: null,
    mailboxBytes: null,
    hasArchive: null,
    signedInLately: null,
    used: 0,
    unused: 0,
    seats,
    errors: [],
    ...changes,
  };
}

/** Runs the findings of a tenant whose sources are all fresh. */
export function findingsOf(
  licenses: readonly LicenseFacts[],
  users: readonly UserFacts[],
  options: FindingOptions = {},
  changes: Partial<FindingContext> = {},
): readonly Finding[] {
  const run = new FindingRun(
    {
      tenantId: 't',
      today,
      noticeDays: 30,
      licenses,
      hiddenSkuIds: new Set(),
      sources: allFresh,
      usersAsOf: today,
      productsAsOf: today,
      ...changes,
    },
    options,
  );
  for (const user of users) run.user(user);
  return run.finish();
}

/** `kind user sku bucket amount` of the findings about users. */
export function userLines(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ userId }) => userId !== null)
    .map(({ kind, userId, skuId, bucket, monthlyMinor }) =>
      [kind, userId, skuId, bucket ?? '-', monthlyMinor ?? 'unpriced'].join(' '),
    )
    .sort();
}

/** Kinds of the findings about licenses and the tenant. */
export function otherKinds(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ userId }) => userId === null)
    .map(({ kind }) => kind)
    .sort();
}
