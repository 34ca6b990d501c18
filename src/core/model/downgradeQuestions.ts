import type { PlanLadder } from '../catalog/planLadder';
import {
  downgradeTo,
  idleNeed,
  noAnswers,
  type DowngradeAdvice,
  type DowngradeAnswers,
  type PricedProduct,
  type UserNeed,
} from './downgrade';
import { addFractions, compareFractions, roundDown } from './fraction';

/** Something that only a person can say: whether anybody needs plans of a license whose use does not show. */
export interface DowngradeQuestion {
  /** What an answer names: a family of plans, or a plan that is in none. */
  readonly key: string;
  /** The family's name; null for a plan that is in none. */
  readonly familyName: string | null;
  /** Plans of the license that are meant, by name. */
  readonly plans: readonly string[];
}

/** A cheaper license, and what has to be said before anybody could be moved to it. */
export interface DowngradeProspect {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** What it saves per seat and month, whole minor units, rounded down. */
  readonly savesMinor: number;
  /** Keys of questions that are not answered with “nobody needs it”. */
  readonly open: readonly string[];
  /** It is a frontline license and nobody has said that its users may have one. */
  readonly asksFrontline: boolean;
  /** Its mailbox is smaller and nobody has said that no mailbox is on hold. */
  readonly asksHolds: boolean;
  /** Plans that go whatever is answered. */
  readonly wouldLose: readonly string[];
}

/** What can be asked about a license. */
export interface DowngradeQuestions {
  /** Those nearest to an answer first; at most {@link mostProspects}. */
  readonly prospects: readonly DowngradeProspect[];
  readonly questions: readonly DowngradeQuestion[];
  readonly asksFrontline: boolean;
  readonly asksHolds: boolean;
}

/** Cheaper licenses that are asked about; what is beyond them takes so much away that nobody would. */
const mostProspects = 3;

/**
 * What a person would have to say for users of a license to be moved to a cheaper one. Asked is what no source shows;
 * what usage reports show is decided for each user by them.
 */
export function downgradeQuestions(
  current: PricedProduct,
  candidates: readonly PricedProduct[],
  ladder: PlanLadder,
  answers: DowngradeAnswers,
): DowngradeQuestions {
  const keyOf = (plan: string): string => ladder.familyOf(plan)?.family ?? plan;
  const asked = candidates
    .filter(
      (candidate) =>
        candidate.skuId !== current.skuId &&
        candidate.currency === current.currency &&
        compareFractions(candidate.monthly, current.monthly) < 0,
    )
    .map((candidate) => {
      const saves = addFractions(current.monthly, {
        ...candidate.monthly,
        numerator: -candidate.monthly.numerator,
      });
      const bare = downgradeTo(current, [candidate], idleNeed, ladder, noAnswers);
      const plans = [...new Set([...bare.cannotObserve, ...tierOnly(current, candidate, ladder, keyOf)])];
      return { candidate, saves, bare, plans };
    })
    // Where the mailbox or anything else that holds data would go, no answer helps.
    .filter(({ bare }) =>
      bare.neededBecause.every(({ reason }) => reason === 'frontline' || reason === 'hold'),
    )
    .sort(
      (left, right) =>
        new Set(left.plans.map(keyOf)).size - new Set(right.plans.map(keyOf)).size ||
        compareFractions(right.saves, left.saves),
    )
    .slice(0, mostProspects);
  const byKey = new Map<string, Set<string>>();
  for (const { plans } of asked) {
    for (const plan of plans) byKey.set(keyOf(plan), (byKey.get(keyOf(plan)) ?? new Set()).add(plan));
  }
  const says = (advice: DowngradeAdvice, reason: 'frontline' | 'hold'): boolean =>
    advice.neededBecause.some((needed) => needed.reason === reason);
  return {
    prospects: asked.map(({ candidate, saves, bare, plans }) => ({
      skuId: candidate.skuId,
      skuPartNumber: candidate.skuPartNumber,
      savesMinor: roundDown(saves),
      open: [...new Set(plans.map(keyOf))].filter(
        (key) => !answers.notNeeded.has(key) && !allNamed(byKey.get(key), answers),
      ),
      asksFrontline: says(bare, 'frontline') && !answers.frontline,
      asksHolds: says(bare, 'hold') && !answers.noHolds,
      wouldLose: bare.wouldLose,
    })),
    questions: [...byKey]
      .map(([key, plans]) => ({
        key,
        familyName: ladder.familyOf([...plans][0] ?? '')?.name ?? null,
        plans: [...plans].sort(),
      }))
      .sort((left, right) => ((left.familyName ?? left.key) < (right.familyName ?? right.key) ? -1 : 1)),
    asksFrontline: asked.some(({ bare }) => says(bare, 'frontline')),
    asksHolds: asked.some(({ bare }) => says(bare, 'hold')),
  };
}

/** Plans in use of which the cheaper license has a smaller tier: whether that is enough only a person knows. */
function tierOnly(
  current: PricedProduct,
  candidate: PricedProduct,
  ladder: PlanLadder,
  keyOf: (plan: string) => string,
): readonly string[] {
  const busy: UserNeed = { ...idleNeed, used: ~0, unused: 0 };
  const blocking = (answers: DowngradeAnswers): readonly string[] =>
    downgradeTo(current, [candidate], busy, ladder, answers)
      .neededBecause.filter(({ reason }) => reason === 'used')
      .map(({ plan }) => plan);
  const blocked = blocking(noAnswers);
  const left = new Set(blocking({ ...noAnswers, notNeeded: new Set(blocked.map(keyOf)) }));
  return blocked.filter((plan) => !left.has(plan));
}

function allNamed(plans: ReadonlySet<string> | undefined, { notNeeded }: DowngradeAnswers): boolean {
  return plans !== undefined && [...plans].every((plan) => notNeeded.has(plan));
}
