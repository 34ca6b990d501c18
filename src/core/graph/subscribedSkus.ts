import * as v from 'valibot';
import type { ServicePlanRow, SubscribedSkuRow } from '../model/datasets';
import { idList, optionalCount, optionalText, requiredId, requiredText } from './graphValues';
import type { ReadingContext } from './listing';
import { readListing } from './listing';

const permissions: readonly string[] = [
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'Directory.Read.All',
];

const count = v.pipe(v.number(), v.integer());

/** A count that older editions of the API leave out, where leaving out means none. */
const laterCount = v.pipe(
  v.optional(optionalCount, null),
  v.transform((value) => value ?? 0),
);

const subscribedSku = v.object({
  skuId: requiredId,
  skuPartNumber: requiredText,
  appliesTo: optionalText,
  capabilityStatus: optionalText,
  consumedUnits: count,
  // Without it there is no position to compute, so a row that lacks it is left out and reported.
  prepaidUnits: v.object({
    enabled: count,
    warning: laterCount,
    suspended: laterCount,
    lockedOut: laterCount,
  }),
  subscriptionIds: idList,
  servicePlans: v.fallback(v.array(v.unknown()), []),
});

const servicePlan = v.object({
  servicePlanId: requiredId,
  servicePlanName: v.fallback(v.string(), ''),
  appliesTo: optionalText,
  provisioningStatus: optionalText,
});

/**
 * Reads the products that the tenant has, with the units of each state.
 * @see https://learn.microsoft.com/graph/api/subscribedsku-list
 */
export function readSubscribedSkus(context: ReadingContext): AsyncIterable<readonly SubscribedSkuRow[]> {
  return readListing(context, '/v1.0/subscribedSkus', { permissions }, toRow);
}

function toRow(value: unknown): SubscribedSkuRow | null {
  const parsed = v.safeParse(subscribedSku, value);
  if (!parsed.success) return null;
  const { prepaidUnits, servicePlans, ...sku } = parsed.output;
  return { ...sku, ...prepaidUnits, servicePlans: plansOf(servicePlans) };
}

function plansOf(values: readonly unknown[]): readonly ServicePlanRow[] {
  const plans = new Map<string, ServicePlanRow>();
  for (const value of values) {
    const parsed = v.safeParse(servicePlan, value);
    if (parsed.success) plans.set(parsed.output.servicePlanId, parsed.output);
  }
  return [...plans.values()];
}
