import type { EvaluationDay, LicensePurchase } from '../../../../src/core/store/licenseRecords';
import {
  activeUser,
  assignment,
  email,
  guid,
  sku,
  subscription,
  tenantId,
  user,
  type ImportRows,
} from '../../../support/storeRows';

export const basic = guid(1001);
export const premium = guid(1002);
export const license = (skuId: string, tenant = tenantId): string => `${tenant}_${skuId}`;
export const day: EvaluationDay = { settings: { inactivityDays: 30, graceDays: 30 }, today: '2026-03-10' };

export const purchase = (purchaseId: string, changes: Partial<LicensePurchase> = {}): LicensePurchase => ({
  purchaseId,
  licenseId: license(basic),
  quantity: 10,
  amountMinor: 500,
  amountPer: 'unit',
  currency: 'EUR',
  paymentFrequency: 'monthly',
  effectiveDate: '2026-01-01',
  endingDate: null,
  note: null,
  ...changes,
});

/*
 * Three people hold basic: 1 uses it, 2 last did 42 days ago, 3 never did. 1 holds premium too.
 * Basic: 10 units of which 3 are used; premium: no unit, one seat.
 */
export const exchangePlans = [
  {
    servicePlanId: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
    servicePlanName: 'EXCHANGE_S_ENTERPRISE',
    appliesTo: 'User',
    provisioningStatus: 'Success',
  },
];
export const rows: ImportRows = {
  users: [
    user(1, { department: 'Sales', assignments: [assignment(basic), assignment(premium)] }),
    user(2, { department: 'IT', assignments: [assignment(basic)] }),
    user(3, { assignments: [assignment(basic)] }),
  ].map((row) => ({ ...row, lastSignInAt: '2026-03-09T00:00:00Z' })),
  subscribedSkus: [
    sku(basic, 'BASIC', { enabled: 10, consumedUnits: 3, servicePlans: exchangePlans }),
    sku(premium, 'PREMIUM', { enabled: 0, consumedUnits: 1, servicePlans: exchangePlans }),
  ],
  subscriptions: [
    subscription(guid(501), basic, { totalLicenses: 10, nextLifecycleAt: '2026-03-25T00:00:00Z' }),
  ],
  activeUsers: [1, 2, 3].map((number) =>
    activeUser(`user${number}@contoso.example`, {
      hasExchangeLicense: true,
      exchangeLastActivityDate: [null, '2026-03-08', '2026-01-27', null][number] ?? null,
    }),
  ),
  emailActivity: [1, 2, 3].map((number) => email(`user${number}@contoso.example`)),
};
