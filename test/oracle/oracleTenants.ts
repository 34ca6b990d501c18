import assert from 'node:assert/strict';
import { runImport } from '../../src/core/importing/runImport';
import type { PaymentFrequency } from '../../src/core/model/purchases';
import { monthsPaid } from '../../src/core/model/purchases';
import type { LicensePurchase, LicenseSettings } from '../../src/core/store/licenseRecords';
import type { SampleOptions } from '../../src/sample/sampleOptions';
import type { SampleTenantFixture } from '../support/sampleTenantFixture';
import type { TestStore } from '../support/storeFixture';
import { createTestStore } from '../support/storeFixture';
import { sampleRequest } from '../unit/core/importing/importRequests';

/** Day of the evaluation. */
export const today = '2026-11-20';
/** Thresholds of every tenant; some licenses have their own. */
export const thresholds = { inactivityDays: 30, graceDays: 30 };

/** A tenant whose every figure is calculated twice. */
export interface OracleTenant {
  readonly name: string;
  readonly sample: SampleOptions;
  /** Whether somebody entered prices and decided about licenses. */
  readonly kept: boolean;
  /** Days since an import before this one, by which terms can be observed; null: none. */
  readonly importedBefore: number | null;
}

/** The default sample tenant, with nothing entered and with everything, and three of 20,000 users. */
export const oracleTenants: readonly OracleTenant[] = [
  { name: 'the sample tenant as it comes', sample: {}, kept: false, importedBefore: null },
  { name: 'the sample tenant with prices', sample: {}, kept: true, importedBefore: 365 },
  {
    name: '20,000 users, monthly terms',
    sample: { users: 20_000, seed: 11 },
    kept: true,
    importedBefore: 31,
  },
  {
    name: '20,000 users, names concealed',
    sample: { users: 20_000, seed: 12, switches: { concealedNames: true } },
    kept: true,
    importedBefore: null,
  },
  {
    name: '20,000 users, no premium license',
    sample: { users: 20_000, seed: 13, switches: { noPremium: true } },
    kept: true,
    importedBefore: 365,
  },
];

/** Imports a tenant into a new file, and enters what people keep by hand. The caller disposes of the file. */
export async function makeOracleTenant(
  tenant: OracleTenant,
  before: SampleTenantFixture,
  now: SampleTenantFixture,
): Promise<TestStore> {
  const file = await createTestStore();
  const importOn = async (sample: SampleTenantFixture, day: string): Promise<void> => {
    const result = await runImport(
      sampleRequest(sample, file.store, {
        evaluation: thresholds,
        now: () => new Date(`${day}T10:00:00Z`),
      }),
    );
    assert.ok(['succeeded', 'partial'].includes(result.status), JSON.stringify(result));
  };
  // Entered between two imports, so that the second one finds it, as in life.
  const first = tenant.importedBefore === null ? today : dayBefore(tenant.importedBefore);
  await importOn(tenant.importedBefore === null ? now : before, first);
  if (tenant.kept) await keepByHand(file, tenant.sample.seed ?? 1, first);
  await importOn(now, today);
  return file;
}

/** The day so many days before {@link today}. */
export function dayBefore(days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Enters a price book and decisions, drawn by a seed: several currencies, ended, coming and single payments, units
 * without a price, a license bought in two currencies; unmanaged, retired, without alerts, buffers, limits, thresholds.
 */
async function keepByHand(file: TestStore, seed: number, day: string): Promise<void> {
  const { store } = file;
  const context = { settings: thresholds, today: day };
  const draw = dice(seed);
  const licenses = file.sqlite3(
    'SELECT licenseId, skuPartNumber, consumed FROM v_position ORDER BY skuPartNumber, skuId',
  );
  const purchases = licenses.flatMap(({ licenseId, skuPartNumber, consumed }, place) => {
    // Free products and a few others have no price; of one the single payment has no end, so none can be made.
    const list = listPrices[String(skuPartNumber)] ?? 0;
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
        purchaseId: `purchase-${place}-${number}`,
        licenseId: String(licenseId),
        quantity,
        amountMinor: amountPer === 'unit' ? amount : amount * quantity + draw(7),
        amountPer,
        currency: place === 5 && number === 1 ? 'GBP' : currency,
        paymentFrequency,
        effectiveDate: coming ? '2026-11-21' : single ? `${year}-12-01` : `${year - 1}-03-${10 + draw(18)}`,
        endingDate: single ? (place === 8 ? null : `${year + 2}-11-30`) : coming ? null : ended,
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
