import { matchesAny } from './namePattern';
import bundled from './planLadder.json';
import { productCatalog } from './productNames';

/** A service plan as a tenant's product lists it. */
export interface LadderPlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
}

/** A product with its plans; a product whose plans are not known has none. */
export interface LadderProduct {
  readonly skuId: string;
  readonly plans: readonly LadderPlan[];
}

/** A family of plans of one service, smallest first. See the notes in `planLadder.json`. */
export interface PlanFamily {
  readonly family: string;
  readonly name: string;
  readonly ranks: readonly (readonly string[])[];
  readonly keepsWork?: boolean;
  readonly cannotObserve?: boolean;
  readonly judgment?: string;
}

/** The form of `planLadder.json`. */
export interface LadderData {
  readonly families: readonly PlanFamily[];
  readonly covers: readonly {
    readonly plan: string;
    readonly parts: readonly string[];
    readonly judgment?: string;
  }[];
  readonly ignored: readonly { readonly names: readonly string[] }[];
}

/** Pairs that a person added: one plan (by name) or one product (by id) does the work of another. */
export interface AddedPairs {
  readonly plans?: readonly { readonly larger: string; readonly smaller: string }[];
  readonly products?: readonly { readonly largerSkuId: string; readonly smallerSkuId: string }[];
}

/** Whether a product does everything that another one does. */
export interface Containment {
  /** `near`: at most three plans are missing and at least one is covered. */
  readonly kind: 'contained' | 'near' | 'no';
  /** Names of the plans of the smaller product that the larger one does not cover, sorted. */
  readonly missing: readonly string[];
}

const nearLimit = 3;

/** What the plans of a product do: their own ids, and the names of all plans they cover. */
interface Coverage {
  readonly ids: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/**
 * Decides which plan covers which. Coverage follows the ranks of a family, the parts of a plan and the pairs a
 * person added, over any number of steps, so that it is transitive; a circle makes its plans equal. A plan that
 * nobody has heard of covers itself alone.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 */
export class PlanLadder {
  private readonly next = new Map<string, Set<string>>();
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private readonly largerProducts = new Map<string, Set<string>>();
  private readonly familyByPlan = new Map<string, PlanFamily>();
  private readonly ignoredPatterns: readonly string[];
  private readonly ignoredNames = new Map<string, boolean>();
  private readonly whole = new WeakMap<LadderProduct, Coverage>();

  constructor(data: LadderData = bundled, added: AddedPairs = {}) {
    this.ignoredPatterns = data.ignored.flatMap((entry) => entry.names);
    for (const family of data.families) {
      family.ranks.forEach((names, rank) => {
        const below = family.ranks[rank - 1] ?? [];
        for (const name of names) {
          this.familyByPlan.set(name.toUpperCase(), family);
          for (const other of [...names, ...below]) link(this.next, name, other);
        }
      });
    }
    for (const { plan, parts } of data.covers) for (const part of parts) link(this.next, plan, part);
    for (const { larger, smaller } of added.plans ?? []) link(this.next, larger, smaller);
    for (const { largerSkuId, smallerSkuId } of added.products ?? []) {
      link(this.largerProducts, largerSkuId, smallerSkuId);
    }
  }

  /** Whether nobody buys a license for the sake of this plan. */
  isIgnored(servicePlanName: string): boolean {
    let ignored = this.ignoredNames.get(servicePlanName);
    if (ignored === undefined) {
      ignored = matchesAny(servicePlanName, this.ignoredPatterns);
      this.ignoredNames.set(servicePlanName, ignored);
    }
    return ignored;
  }

  /** The family of a plan; null for a plan that is in none. */
  familyOf(servicePlanName: string): PlanFamily | null {
    return this.familyByPlan.get(servicePlanName.toUpperCase()) ?? null;
  }

  /** Whether the first plan does all that the second does. */
  covers(larger: LadderPlan, smaller: LadderPlan): boolean {
    if (larger.servicePlanId.toLowerCase() === smaller.servicePlanId.toLowerCase()) return true;
    const from = larger.servicePlanName.toUpperCase();
    const to = smaller.servicePlanName.toUpperCase();
    return from !== '' && (from === to || this.reachableFrom(from).has(to));
  }

  /**
   * Whether the larger product, less the plans that are off, does everything the smaller one does. All plans of
   * the smaller one count, on or off. A product whose plans are unknown is never contained.
   * @param disabledPlans ids of plans of the larger product that are off for the user
   */
  containment(large: LadderProduct, disabledPlans: readonly string[], small: LadderProduct): Containment {
    if (large.skuId.toLowerCase() === small.skuId.toLowerCase()) return { kind: 'no', missing: [] };
    if (disabledPlans.length === 0 && this.addedByProduct(large.skuId, small.skuId)) {
      return { kind: 'contained', missing: [] };
    }
    const { ids, names: covered } = this.coverageOf(large, disabledPlans);
    const needed = small.plans.filter((plan) => !this.isIgnored(plan.servicePlanName));
    const missing = needed.filter(
      ({ servicePlanId, servicePlanName }) =>
        !ids.has(servicePlanId.toLowerCase()) && !covered.has(servicePlanName.toUpperCase()),
    );
    const names = missing.map((plan) => plan.servicePlanName || plan.servicePlanId).sort();
    if (needed.length > 0 && missing.length === 0) return { kind: 'contained', missing: [] };
    const near = missing.length <= nearLimit && missing.length < needed.length;
    return { kind: near ? 'near' : 'no', missing: names };
  }

  /** What a product does with these plans off: the same as asking {@link covers} of each of the others. */
  private coverageOf(product: LadderProduct, disabledPlans: readonly string[]): Coverage {
    if (disabledPlans.length > 0) {
      const off = new Set(disabledPlans.map((id) => id.toLowerCase()));
      return this.coverageOfPlans(product.plans.filter((plan) => !off.has(plan.servicePlanId.toLowerCase())));
    }
    let known = this.whole.get(product);
    if (known === undefined) {
      known = this.coverageOfPlans(product.plans);
      this.whole.set(product, known);
    }
    return known;
  }

  private coverageOfPlans(plans: readonly LadderPlan[]): Coverage {
    const ids = new Set<string>();
    const names = new Set<string>();
    for (const { servicePlanId, servicePlanName } of plans) {
      ids.add(servicePlanId.toLowerCase());
      const name = servicePlanName.toUpperCase();
      if (name === '' || names.has(name)) continue;
      names.add(name);
      for (const reached of this.reachableFrom(name)) names.add(reached);
    }
    return { ids, names };
  }

  private addedByProduct(larger: string, smaller: string): boolean {
    if (this.largerProducts.size === 0) return false;
    return closure(this.largerProducts, larger.toUpperCase()).has(smaller.toUpperCase());
  }

  private reachableFrom(name: string): ReadonlySet<string> {
    let reached = this.reached.get(name);
    if (reached === undefined) {
      reached = closure(this.next, name);
      this.reached.set(name, reached);
    }
    return reached;
  }
}

/** A product of the bundled catalog in the ladder's form; without plans when the catalog lacks it. */
export function catalogLadderProduct(skuId: string): LadderProduct {
  const { products, plans } = productCatalog();
  const ids = products.get(skuId.toLowerCase())?.servicePlanIds ?? [];
  return {
    skuId,
    plans: ids.map((servicePlanId) => ({
      servicePlanId,
      servicePlanName: plans.get(servicePlanId)?.name ?? '',
    })),
  };
}

/** What is wrong with pairs that a person adds; null when nothing is. Pairs with a problem do no harm. */
export function addedPairProblem(
  ladder: PlanLadder,
  pair: { readonly larger: string; readonly smaller: string },
): 'samePlan' | 'unknownPlan' | 'alreadyCovered' | 'circle' | null {
  const named = (name: string): LadderPlan => ({ servicePlanId: name, servicePlanName: name });
  if (pair.larger.toUpperCase() === pair.smaller.toUpperCase()) return 'samePlan';
  const known = new Set([...productCatalog().plans.values()].map((plan) => plan.name.toUpperCase()));
  if (!known.has(pair.larger.toUpperCase()) || !known.has(pair.smaller.toUpperCase())) return 'unknownPlan';
  if (ladder.covers(named(pair.larger), named(pair.smaller))) return 'alreadyCovered';
  return ladder.covers(named(pair.smaller), named(pair.larger)) ? 'circle' : null;
}

function link(links: Map<string, Set<string>>, from: string, to: string): void {
  const key = from.toUpperCase();
  const targets = links.get(key) ?? new Set<string>();
  targets.add(to.toUpperCase());
  links.set(key, targets);
}

/** Everything that can be reached, over any number of steps. */
function closure(links: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const target of links.get(name) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      waiting.push(target);
    }
  }
  return reached;
}
