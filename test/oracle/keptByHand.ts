import type { PaymentFrequency } from '../../src/core/model/purchases';
import { monthsPaid } from '../../src/core/model/purchases';
import type { EvaluationDay, LicensePurchase, LicenseSettings } from '../../src/core/store/licenseRecords';
import type { Store } from '../../src/core/store/store';
import type { TestStore } from '../support/storeFixture';

/**
 * Enters a price book and decisions, drawn by a seed: several currencies, ended, coming and single payments, units
 * without a price, a license bought in two currencies; unmanaged, retired, without alerts, buffers, limits, thresholds.
 */
export async function keepByHand(
  file: TestStore,
  tenantId: string,
  seed: number,
  context: EvaluationDay,
): Promise<void> {
  const { store } = file;
  const draw = dice(seed);
  const licenses = file.sqlite3(
    `SELECT licenseId, skuPartNumber, consumed FROM v_position WHERE tenantId = '${tenantId}'
      ORDER BY skuPartNumber, skuId`,
  );
  const purchases = licenses.flatMap(({ licenseId, skuPartNumber, consumed }, place) => {
    // Free products and a few others have no price; of one the single payment has no end, so none can be made.
    const list = listPrices[String(skuPartNumber)] ?? 0;
    const mixed = mixedPurchases[String(skuPartNumber)];
    if (mixed !== undefined) {
      return mixed.map((purchase, number): LicensePurchase => ({
        purchaseId: `purchase-${seed}-${place}-${number}`,
        licenseId: String(licenseId),
        amountPer: 'unit',
        paymentFrequency: 'monthly',
        effectiveDate: '2025-04-01',
        endingDate: null,
        note: null,
        ...purchase,
      }));
    }
    if (list === 0 || draw(7) === 0) return [];
    const currency = currencies[draw(currencies.length)] ?? 'EUR';
    return Array.from({ length: 1 + draw(3) }, (_, number): LicensePurchase => {
      const paymentFrequency = frequencies[draw(frequencies.length)] ?? 'monthly';
      const amountPer = draw(3) === 0 ? 'total' : 'unit';
      const quantity = 1 + draw(Math.max(10, Math.round(Number(consumed) * 0.7)));
      const months = monthsPaid[paymentFrequency] ?? 12;
      const amount = (list - draw(Math.ceil(list / 5))) * months + draw(100);
      const year = 2026 - draw(2);
      // Single payments pay for whole months; some purchases have ended, some are to come.
      const single = paymentFrequency === 'once';
      const coming = draw(9) === 0;
      const ended = [null, null, null, '2026-11-19', '2026-12-05', '2027-02-28'][draw(6)] ?? null;
      return {
        purchaseId: `purchase-${seed}-${place}-${number}`,
        licenseId: String(licenseId),
        quantity,
        amountMinor: amountPer === 'unit' ? amount : amount * quantity + draw(7),
        amountPer,
        currency,
        paymentFrequency,
        effectiveDate: coming ? '2026-11-21' : single ? `${year}-12-01` : `${year - 1}-03-${10 + draw(18)}`,
        endingDate: single ? `${year + 2}-11-30` : coming ? null : ended,
        note: null,
      };
    });
  });
  await store.savePurchases(purchases, context);
  const decide = (place: number, changes: Partial<LicenseSettings>): Promise<void> =>
    store.saveLicenseSettings(String(licenses[place % licenses.length]?.licenseId), changes, context);
  const timed = (until: string | null) => ({ reason: 'Another budget', until });
  const first = draw(licenses.length);
  const terms = { limit: 'asPurchased', buffer: 0, administrator: null, note: null } as const;
  await decide(first, { decisions: { unmanaged: timed(null), excludedFromAlerts: null } });
  await decide(first + 1, {
    decisions: { unmanaged: timed('2026-11-20'), excludedFromAlerts: null },
    terms: { ...terms, limit: 'subjectToTrueUp' },
  });
  await decide(first + 3, {
    decisions: { unmanaged: timed('2026-11-19'), excludedFromAlerts: timed(null) },
    terms: { ...terms, limit: 'unlimited' },
    lifecycleStatus: 'inStock',
  });
  await decide(first + 5, { lifecycleStatus: 'retired' });
  await decide(first + 7, { terms: { ...terms, buffer: 10 }, inactivityDays: 60, graceDays: 90 });
  await decide(first + 9, { terms: { ...terms, buffer: 1_000_000 }, inactivityDays: 7, graceDays: 10 });
}

/** Enters rates: one way for most, both ways (which do not agree, as at a counter) for one; none for the rest. */
export async function keepRates(store: Store, context: EvaluationDay): Promise<void> {
  await store.saveExchangeRates(
    [
      { from: 'EUR', to: 'USD', rate: '1.0837' },
      { from: 'EUR', to: 'JPY', rate: '163.25' },
      { from: 'GBP', to: 'EUR', rate: '1.19' },
      { from: 'EUR', to: 'GBP', rate: '0.83' },
    ],
    context,
  );
}

type MixedPurchase = Pick<LicensePurchase, 'quantity' | 'amountMinor' | 'currency'> &
  Partial<LicensePurchase>;

/** Licenses bought in several currencies, or with a payment that no month can be given. */
const mixedPurchases: Readonly<Record<string, readonly MixedPurchase[]>> = {
  // The pound is the main one, and euros have a rate of their own to it.
  SPE_F1: [
    { quantity: 31, amountMinor: 8011, currency: 'GBP', paymentFrequency: 'annually' },
    { quantity: 7, amountMinor: 799, currency: 'EUR' },
  ],
  // Euros for yen, by the inverse of the rate; a yen has no smaller unit.
  MCOEV: [
    { quantity: 20, amountMinor: 811, currency: 'EUR' },
    { quantity: 3, amountMinor: 1303, currency: 'JPY' },
    { quantity: 2, amountMinor: 25_001, currency: 'USD', paymentFrequency: 'biannually' },
  ],
  // As many units in both: the euro is first by its code.
  POWER_BI_PRO: [
    { quantity: 9, amountMinor: 1002, currency: 'USD' },
    { quantity: 9, amountMinor: 947, currency: 'EUR' },
  ],
  // No rate between these two.
  Microsoft_Teams_Premium: [
    { quantity: 11, amountMinor: 1001, currency: 'USD' },
    { quantity: 4, amountMinor: 1555, currency: 'JPY' },
  ],
  // Two units were paid once and for all.
  EMSPREMIUM: [
    { quantity: 5, amountMinor: 1483, currency: 'EUR' },
    { quantity: 2, amountMinor: 90_000, currency: 'EUR', paymentFrequency: 'once' },
  ],
  // Nothing but a single payment without an end.
  PROJECT_P1: [{ quantity: 6, amountMinor: 60_000, currency: 'EUR', paymentFrequency: 'once' }],
};

/** Minor units per unit and month, near what these cost. */
const listPrices: Readonly<Record<string, number>> = {
  AAD_PREMIUM: 600,
  CONTOSO_FIELD_PREVIEW: 500,
  DYN365_ENTERPRISE_SALES: 9500,
  EMSPREMIUM: 1480,
  EXCHANGESTANDARD: 400,
  MCOEV: 800,
  Microsoft_365_Copilot: 2800,
  Microsoft_Teams_Premium: 1000,
  Microsoft_Teams_Rooms_Pro: 4000,
  OFFICE_PROPLUS_DEVICE1: 1200,
  POWER_BI_PRO: 1000,
  PROJECTPROFESSIONAL: 3000,
  PROJECT_P1: 1000,
  SPB: 2000,
  SPE_E3: 3600,
  SPE_E5: 5700,
  SPE_F1: 800,
  VISIOCLIENT: 1500,
};

const currencies = ['EUR', 'EUR', 'USD', 'GBP', 'JPY'];
const frequencies = Object.keys(monthsPaid) as PaymentFrequency[];

/** A small generator with a seed: whole numbers below a limit. */
function dice(seed: number): (limit: number) => number {
  let state = seed * 7919 + 17;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * limit);
  };
}
