import type { LadderPlan, PlanLadder } from '../catalog/planLadder';
import { subjectsOfPlan } from '../catalog/skuServices';
import { subjectBit } from './evidenceBits';
import { addFractions, compareFractions, type Fraction } from './fraction';

/** A product with a price, which could take the place of another. */
export interface PricedProduct {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly plans: readonly LadderPlan[];
  readonly currency: string;
  /** Exact minor units per month. */
  readonly monthly: Fraction;
}

/** What only a person can answer. What is not answered is assumed to be needed. */
export interface DowngradeAnswers {
  /** Families (`planLadder.json`) and plans, by name, that nobody needs. */
  readonly notNeeded: ReadonlySet<string>;
  /** Whether the users may have frontline licenses. */
  readonly frontline: boolean;
  /** Whether it is certain that no mailbox is on hold. */
  readonly noHolds: boolean;
}

/** Nothing is answered. */
export const noAnswers: DowngradeAnswers = { notNeeded: new Set(), frontline: false, noHolds: false };

/** What is known of the user's needs. */
export interface UserNeed {
  /** Plans of the license that are off for the user, by id. */
  readonly disabledPlans: readonly string[];
  /** Subjects (bits of `subjectBit`) in use, and those that are certainly not. */
  readonly used: number;
  readonly unused: number;
  readonly mailboxBytes: number | null;
  readonly hasArchive: boolean | null;
  /** True for a shared, room or equipment mailbox: it needs its mailbox and nothing else. */
  readonly mailboxOnly: boolean;
}

/** A user of whom everything is known and who uses nothing: what this one can't give up, nobody can. */
export const idleNeed: UserNeed = {
  disabledPlans: [],
  used: 0,
  unused: ~0,
  mailboxBytes: 0,
  hasArchive: false,
  mailboxOnly: false,
};

/** Why a plan has to stay. */
export type NeedReason =
  | 'used'
  /** No fresh source speaks of it. */
  | 'notHeard'
  /** It is not in use and keeps data that would be lost. */
  | 'keepsData'
  | 'mailboxSize'
  | 'archive'
  /** Whether the mailbox is on hold is not known. */
  | 'hold'
  | 'frontline';

/** What a change from one license to cheaper ones means for a user. */
export interface DowngradeAdvice {
  readonly toSkuIds: readonly string[];
  readonly toPartNumbers: readonly string[];
  /** True when nothing stands against it. */
  readonly fits: boolean;
  readonly neededBecause: readonly { readonly plan: string; readonly reason: NeedReason }[];
  /** Plans in use that the cheaper ones have too. */
  readonly kept: readonly string[];
  /** Plans that go, or shrink, and are not needed as far as can be known. */
  readonly wouldLose: readonly string[];
  /** Those of them whose use nothing shows, and of which a person said that nobody needs them. */
  readonly answered: readonly string[];
  /** Plans that would go and whose use nothing shows: assume that they are needed. */
  readonly cannotObserve: readonly string[];
}

/** Advice with the exact amount that it saves per month. */
export interface PricedAdvice {
  readonly advice: DowngradeAdvice;
  readonly saves: Fraction;
}

const gigabyte = 1_073_741_824;

/**
 * Size of a mailbox by plan, in bytes.
 * @see https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits
 */
const mailboxQuota: Readonly<Record<string, number>> = {
  EXCHANGE_S_DESKLESS: 2 * gigabyte,
  EXCHANGE_S_STANDARD: 50 * gigabyte,
  EXCHANGE_S_ENTERPRISE: 100 * gigabyte,
};
const frontlinePlans = new Set(['EXCHANGE_S_DESKLESS', 'SHAREPOINTDESKLESS']);
const withData = subjectBit.exchange | subjectBit.sharePoint | subjectBit.oneDrive;

/**
 * What it would mean to replace a license by one or more cheaper ones: a plan is kept when one of theirs covers
 * it; otherwise it must be certain that it is not needed.
 */
export function downgradeTo(
  current: Pick<PricedProduct, 'plans'>,
  targets: readonly PricedProduct[],
  need: UserNeed,
  ladder: PlanLadder,
  answers: DowngradeAnswers = noAnswers,
): DowngradeAdvice {
  const offered = targets.flatMap((target) => target.plans);
  const neededBecause: { plan: string; reason: NeedReason }[] = [];
  const kept: string[] = [];
  const wouldLose: string[] = [];
  const said: string[] = [];
  const cannotObserve: string[] = [];
  const off = new Set(need.disabledPlans.map((id) => id.toLowerCase()));
  for (const plan of current.plans) {
    const name = plan.servicePlanName;
    if (off.has(plan.servicePlanId.toLowerCase()) || ladder.isIgnored(name)) continue;
    const family = ladder.familyOf(name);
    if (need.mailboxOnly && family?.family !== 'exchange') {
      if (!offered.some((candidate) => ladder.covers(candidate, plan))) wouldLose.push(name);
      continue;
    }
    let subjects = 0;
    for (const subject of subjectsOfPlan(name)) subjects |= subjectBit[subject];
    const covered = offered.some((candidate) => ladder.covers(candidate, plan));
    if (covered && subjects & need.used) kept.push(name);
    if (family?.family === 'exchange') {
      const reason = mailboxReason(offered, plan, need, ladder, answers);
      if (reason === 'smaller') wouldLose.push(name);
      else if (reason !== null) neededBecause.push({ plan: name, reason });
      continue;
    }
    if (covered) continue;
    const smaller = offered.some((candidate) => ladder.covers(plan, candidate));
    const answered = answers.notNeeded.has(name) || (family !== null && answers.notNeeded.has(family.family));
    if (subjects === 0) {
      const keepsWork = smaller && family?.keepsWork === true;
      if (answered || keepsWork) wouldLose.push(name);
      else cannotObserve.push(name);
      if (answered && !keepsWork) said.push(name);
    } else if (subjects & need.used) {
      // The larger plan's own features can't be observed: a person may say that nobody needs them.
      if (smaller && answered) wouldLose.push(name);
      else neededBecause.push({ plan: name, reason: 'used' });
    } else if (subjects & ~need.unused) {
      neededBecause.push({ plan: name, reason: 'notHeard' });
    } else if (subjects & withData && !smaller) {
      neededBecause.push({ plan: name, reason: 'keepsData' });
    } else {
      wouldLose.push(name);
    }
  }
  const frontline = offered.find((plan) => frontlinePlans.has(plan.servicePlanName.toUpperCase()));
  if (frontline !== undefined && !answers.frontline) {
    neededBecause.push({ plan: frontline.servicePlanName, reason: 'frontline' });
  }
  return {
    toSkuIds: targets.map((target) => target.skuId),
    toPartNumbers: targets.map((target) => target.skuPartNumber),
    fits: current.plans.length > 0 && neededBecause.length === 0 && cannotObserve.length === 0,
    neededBecause,
    kept: kept.sort(),
    wouldLose: wouldLose.sort(),
    answered: said.sort(),
    cannotObserve: cannotObserve.sort(),
  };
}

/**
 * The cheapest product, or pair of products, that does all a user needs of a license and costs less. Prices in
 * another currency are not compared. Null when there is none.
 */
export function cheapestDowngrade(
  current: PricedProduct,
  candidates: readonly PricedProduct[],
  need: UserNeed,
  ladder: PlanLadder,
  answers: DowngradeAnswers = noAnswers,
): PricedAdvice | null {
  for (const { targets, monthly } of cheaperSets(current, candidates)) {
    const advice = downgradeTo(current, targets, need, ladder, answers);
    if (!advice.fits) continue;
    const saves = addFractions(current.monthly, { ...monthly, numerator: -monthly.numerator });
    return { advice, saves };
  }
  return null;
}

/** Single products and pairs that cost less, cheapest first; at the same price single ones, then by id. */
function cheaperSets(
  current: PricedProduct,
  candidates: readonly PricedProduct[],
): readonly { readonly targets: readonly PricedProduct[]; readonly monthly: Fraction }[] {
  const others = candidates
    .filter((product) => product.skuId !== current.skuId && product.currency === current.currency)
    .sort((left, right) => (left.skuId < right.skuId ? -1 : 1));
  const sets = others.map((product) => ({ targets: [product], monthly: product.monthly }));
  others.forEach((first, index) => {
    for (const second of others.slice(index + 1)) {
      sets.push({ targets: [first, second], monthly: addFractions(first.monthly, second.monthly) });
    }
  });
  return sets
    .filter((set) => compareFractions(set.monthly, current.monthly) < 0)
    .sort(
      (left, right) =>
        compareFractions(left.monthly, right.monthly) || left.targets.length - right.targets.length,
    );
}

/** Why the mailbox plan has to stay; `smaller` when a smaller one will do, null when it is kept. */
function mailboxReason(
  offered: readonly LadderPlan[],
  plan: LadderPlan,
  need: UserNeed,
  ladder: PlanLadder,
  answers: DowngradeAnswers,
): NeedReason | 'smaller' | null {
  if (offered.some((candidate) => ladder.covers(candidate, plan))) return null;
  const quotas = offered
    .filter((candidate) => ladder.covers(plan, candidate))
    .map((candidate) => mailboxQuota[candidate.servicePlanName.toUpperCase()] ?? 0);
  const quota = Math.max(0, ...quotas);
  if (quota === 0) return need.used & subjectBit.exchange ? 'used' : 'keepsData';
  if (need.mailboxBytes === null || need.mailboxBytes > quota) return 'mailboxSize';
  if (need.hasArchive !== false) return 'archive';
  return answers.noHolds ? 'smaller' : 'hold';
}
