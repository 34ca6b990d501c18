import type { Application, SkuPlan, SkuServices } from '../model/evaluation';
import data from './planApplications.json';
import { matchesAny } from './namePattern';

/** What a license grants, as far as its use can be observed. */
export interface ServicesOfSku {
  /** In alphabetical order; only the judging one when the license is judged by one service alone. */
  readonly applications: readonly Application[];
  readonly judgedBy: Application | null;
  /** True when the license grants Word, Excel and the like. */
  readonly officeApps: boolean;
  /** False for a license such as Copilot, whose use no source shows. */
  readonly observable: boolean;
}

/** The part of `subscribedSkus` that matters here. */
export interface SkuWithPlans {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly servicePlans: readonly { readonly servicePlanId: string; readonly servicePlanName: string }[];
}

type Subject = Application | 'officeApps';

interface PlanRule {
  readonly serves: readonly Subject[];
  readonly names: readonly string[];
  readonly except?: readonly string[];
}

// The file is part of the program and its words are checked by a test; JSON modules have no literal types.
const planRules = data.plans as readonly PlanRule[];
const judgedOrder = data.judgedAlone.order as readonly Application[];
const suiteSubjects = data.judgedAlone.suiteSubjects as readonly Subject[];
const judgedPartNumbers = data.judgedAlone.partNumbers as readonly {
  name: string;
  application: Application;
}[];

/** The products of a tenant repeat the same plans. */
const knownPlans = new Map<string, readonly Subject[]>();

/** The applications (and the Office apps) that a service plan serves; empty when its use can't be observed. */
export function subjectsOfPlan(servicePlanName: string): readonly Subject[] {
  const name = servicePlanName.trim();
  let known = knownPlans.get(name);
  if (known === undefined) {
    const rule = planRules.find(
      ({ names, except }) => matchesAny(name, names) && (except === undefined || !matchesAny(name, except)),
    );
    known = rule?.serves ?? [];
    // Names come from outside and must not fill the memory.
    if (knownPlans.size >= 10_000) knownPlans.clear();
    knownPlans.set(name, known);
  }
  return known;
}

/**
 * What a license grants, from its part number and the names of its service plans.
 * @see https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 */
export function servicesOfSku(skuPartNumber: string, servicePlanNames: readonly string[]): ServicesOfSku {
  const none: ServicesOfSku = { applications: [], judgedBy: null, officeApps: false, observable: false };
  if (matchesAny(skuPartNumber, data.notObservable.partNumbers)) return none;
  const subjects = new Set(servicePlanNames.flatMap((name) => subjectsOfPlan(name)));
  const judgedBy = judgingApplication(skuPartNumber, servicePlanNames, subjects);
  if (judgedBy !== null) return { applications: [judgedBy], judgedBy, officeApps: false, observable: true };
  const officeApps = subjects.delete('officeApps');
  const applications = ([...subjects] as Application[]).sort();
  return { applications, judgedBy: null, officeApps, observable: officeApps || applications.length > 0 };
}

/** The services of a SKU of the tenant, in the form that `evaluateUser` takes. Plan ids become lower case. */
export function skuServices(sku: SkuWithPlans): SkuServices {
  const services = servicesOfSku(
    sku.skuPartNumber,
    sku.servicePlans.map((plan) => plan.servicePlanName),
  );
  const plans = sku.servicePlans
    .map((plan): SkuPlan => ({
      servicePlanId: plan.servicePlanId.toLowerCase(),
      serves: subjectsOfPlan(plan.servicePlanName),
    }))
    .filter((plan) => plan.serves.length > 0);
  return {
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    applications: services.applications,
    judgedBy: services.judgedBy,
    officeApps: services.officeApps,
    plans,
  };
}

function judgingApplication(
  skuPartNumber: string,
  servicePlanNames: readonly string[],
  subjects: ReadonlySet<Subject>,
): Application | null {
  if (servicePlanNames.length === 0) {
    return judgedPartNumbers.find((rule) => matchesAny(skuPartNumber, [rule.name]))?.application ?? null;
  }
  if (suiteSubjects.some((subject) => subjects.has(subject))) return null;
  return judgedOrder.find((application) => subjects.has(application)) ?? null;
}
