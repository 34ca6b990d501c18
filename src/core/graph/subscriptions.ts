import * as v from 'valibot';
import type { SubscriptionRow } from '../model/datasets';
import {
  optionalBoolean,
  optionalCount,
  optionalId,
  optionalText,
  optionalTime,
  requiredId,
} from './graphValues';
import type { ReadingContext } from './listing';
import { readListing } from './listing';

const permissions: readonly string[] = ['Organization.Read.All', 'Directory.Read.All'];

const subscription = v.object({
  id: requiredId,
  commerceSubscriptionId: optionalId,
  skuId: requiredId,
  skuPartNumber: optionalText,
  status: optionalText,
  totalLicenses: optionalCount,
  isTrial: optionalBoolean,
  createdDateTime: optionalTime,
  nextLifecycleDateTime: optionalTime,
});

/**
 * Reads the commercial subscriptions of the tenant; several may belong to one product.
 * @see https://learn.microsoft.com/graph/api/directory-list-subscriptions
 */
export function readSubscriptions(context: ReadingContext): AsyncIterable<readonly SubscriptionRow[]> {
  return readListing(context, '/v1.0/directory/subscriptions', { permissions }, toRow);
}

function toRow(value: unknown): SubscriptionRow | null {
  const parsed = v.safeParse(subscription, value);
  if (!parsed.success) return null;
  const { id, createdDateTime, nextLifecycleDateTime, ...rest } = parsed.output;
  return { ...rest, subscriptionId: id, createdAt: createdDateTime, nextLifecycleAt: nextLifecycleDateTime };
}
