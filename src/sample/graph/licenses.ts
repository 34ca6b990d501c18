import type { SampleReply } from '../net/exchange';
import { json } from '../net/exchange';
import type { SampleProduct } from '../data/products';
import type { GraphCall } from './graphContext';
import { notFound, unsupportedQuery } from './graphError';
import { selected, selectOf } from './paging';

function servicePlans(product: SampleProduct, appliesTo: 'User' | 'Company'): readonly unknown[] {
  return product.plans.map((plan) => ({
    servicePlanId: plan.id,
    servicePlanName: plan.name,
    provisioningStatus: 'Success',
    appliesTo,
  }));
}

/** `GET /subscribedSkus` and `GET /subscribedSkus/{id}`. @see https://learn.microsoft.com/graph/api/resources/subscribedsku */
export function subscribedSkus(call: GraphCall): SampleReply {
  if (call.request.query.has('$filter')) throw unsupportedQuery('Filter is not supported on subscribedSkus.');
  const { address, subscriptions } = call.state;
  const select = selectOf(call.request);
  const value = subscriptions.subscribedSkus().map((sku) =>
    selected(
      {
        accountId: address.tenantId,
        accountName: address.tenantName,
        appliesTo: sku.appliesTo,
        capabilityStatus: sku.capabilityStatus,
        consumedUnits: sku.consumedUnits,
        id: `${address.tenantId}_${sku.product.skuId}`,
        skuId: sku.product.skuId,
        skuPartNumber: sku.product.skuPartNumber,
        subscriptionIds: sku.subscriptionIds,
        prepaidUnits: {
          enabled: sku.enabled,
          lockedOut: sku.lockedOut,
          suspended: sku.suspended,
          warning: sku.warning,
        },
        servicePlans: servicePlans(sku.product, sku.appliesTo),
      },
      select,
    ),
  );
  const id = call.captured[0];
  if (id !== undefined) {
    const one = value.find((sku) => sku['id'] === id);
    if (!one) throw notFound(id);
    return json(200, one);
  }
  return json(200, {
    '@odata.context': `${address.graphUrl}/${call.version}/$metadata#subscribedSkus`,
    value,
  });
}

/** `GET /directory/subscriptions`. @see https://learn.microsoft.com/graph/api/resources/companysubscription */
export function directorySubscriptions(call: GraphCall): SampleReply {
  const { address, subscriptions } = call.state;
  const select = selectOf(call.request);
  const value = subscriptions.subscriptions().map((row) =>
    selected(
      {
        id: row.id,
        commerceSubscriptionId: row.commerceSubscriptionId,
        createdDateTime: row.createdDateTime,
        isTrial: row.isTrial,
        nextLifecycleDateTime: row.nextLifecycleDateTime,
        ownerId: null,
        ownerTenantId: null,
        ownerType: null,
        skuId: row.product.skuId,
        skuPartNumber: row.product.skuPartNumber,
        status: row.status,
        totalLicenses: row.totalLicenses,
        serviceStatus: servicePlans(row.product, row.appliesTo),
      },
      select,
    ),
  );
  return json(200, {
    '@odata.context': `${address.graphUrl}/${call.version}/$metadata#directory/subscriptions`,
    value,
  });
}

/** `GET /organization`. @see https://learn.microsoft.com/graph/api/resources/organization */
export function organization(call: GraphCall): SampleReply {
  const { address, directory } = call.state;
  const domain = (name: string, isDefault: boolean, isInitial: boolean): unknown => ({
    capabilities: 'Email, OfficeCommunicationsOnline',
    isDefault,
    isInitial,
    name,
    type: 'Managed',
  });
  const value = selected(
    {
      id: address.tenantId,
      displayName: address.tenantName,
      tenantType: 'AAD',
      countryLetterCode: 'BE',
      city: 'Ghent',
      country: null,
      createdDateTime: directory.calendar.time(3950, 36_000),
      onPremisesSyncEnabled: true,
      preferredLanguage: 'en',
      technicalNotificationMails: [address.account],
      verifiedDomains: [
        domain(address.defaultDomain, true, false),
        domain('contoso.onmicrosoft.example', false, true),
      ],
    },
    selectOf(call.request),
  );
  return json(200, {
    '@odata.context': `${address.graphUrl}/${call.version}/$metadata#organization`,
    value: [value],
  });
}
