import type { PlanLadder } from '../catalog/planLadder';
import {
  cheapestDowngrade,
  idleNeed,
  type DowngradeAnswers,
  type PricedAdvice,
  type PricedProduct,
  type UserNeed,
} from './downgrade';
import type { SeatEvaluation } from './evaluation';
import type { LicenseFacts, UserFacts } from './findingFacts';

/** Limits of mailboxes in bytes: within two of them the size makes no difference. */
const mailboxSteps = [2, 50, 100].map((gigabytes) => gigabytes * 1_073_741_824);

/** What is the same for all seats of a license. */
interface Prospect {
  /** Null without a price: then there is nothing to compare. */
  readonly current: PricedProduct | null;
  /** Whether anybody at all could be downgraded: a user of whom everything is known and who uses nothing. */
  readonly possible: boolean;
  /** The same of a shared mailbox. */
  readonly possibleForShared: boolean;
}

/** Looks for downgrades of many seats; users with the same needs are looked up, not worked out again. */
export class DowngradeSearch {
  /** True when there is nothing to downgrade to. */
  readonly isEmpty: boolean;
  private readonly known = new Map<string, PricedAdvice | null>();
  private readonly prospects = new Map<LicenseFacts, Prospect>();

  constructor(
    private readonly ladder: PlanLadder,
    private readonly candidates: readonly PricedProduct[],
    private readonly answers: DowngradeAnswers,
  ) {
    this.isEmpty = candidates.length === 0;
  }

  /** The cheapest downgrade of a seat; null when none is certain. */
  find(license: LicenseFacts, seat: SeatEvaluation, user: UserFacts, shared: boolean): PricedAdvice | null {
    const { current, possible, possibleForShared } = this.prospectOf(license);
    if (current === null) return null;
    // A plan that is off need not be replaced, so the shortcut is for seats with all plans on.
    if (seat.disabledPlans.length === 0 && !(shared ? possibleForShared : possible)) return null;
    // A new account has not had the time to use anything, and of an unknown one nothing is certain.
    const unused = seat.verdict === 'active' || shared ? user.unused : 0;
    const bytes = user.mailboxBytes;
    const size = bytes === null ? '-' : mailboxSteps.filter((step) => bytes > step).length;
    const key = [seat.skuId, user.used, unused, size, user.hasArchive, shared, ...seat.disabledPlans].join(
      ' ',
    );
    let advice = this.known.get(key);
    if (advice === undefined) {
      const need: UserNeed = {
        disabledPlans: seat.disabledPlans,
        used: user.used,
        unused,
        mailboxBytes: user.mailboxBytes,
        hasArchive: user.hasArchive,
        mailboxOnly: shared,
      };
      advice = cheapestDowngrade(current, this.candidates, need, this.ladder, this.answersOf(license));
      this.known.set(key, advice);
    }
    return advice;
  }

  private prospectOf(license: LicenseFacts): Prospect {
    let prospect = this.prospects.get(license);
    if (prospect === undefined) {
      const current = pricedProduct(license);
      prospect = {
        current,
        possible: current !== null && this.isPossible(current, license, false),
        possibleForShared: current !== null && this.isPossible(current, license, true),
      };
      this.prospects.set(license, prospect);
    }
    return prospect;
  }

  private isPossible(current: PricedProduct, license: LicenseFacts, mailboxOnly: boolean): boolean {
    const need: UserNeed = { ...idleNeed, mailboxOnly };
    return cheapestDowngrade(current, this.candidates, need, this.ladder, this.answersOf(license)) !== null;
  }

  private answersOf(license: LicenseFacts): DowngradeAnswers {
    return license.answers ?? this.answers;
  }
}

/** A license in the form in which downgrades compare it; null when it has no price. */
export function pricedProduct(license: LicenseFacts): PricedProduct | null {
  const { price } = license.price;
  if (price === null) return null;
  const { skuId, skuPartNumber, plans } = license;
  return { skuId, skuPartNumber, plans, currency: price.currency, monthly: price.monthly };
}
