import { Pseudonyms } from '../../core/model/pseudonym';
import type { LicenseRecords } from '../../core/store/licenseRecords';
import type { PseudonymKeySource } from './shownStore';

/**
 * What people keep by hand, as screens see it: while names are hidden, the address of a license's administrator is
 * replaced, and one that comes back unchanged from a form leaves the real one in its place.
 */
export function createShownRecords(
  records: LicenseRecords,
  pseudonymKey: PseudonymKeySource,
): LicenseRecords {
  return {
    savePurchases: (purchases, day) => records.savePurchases(purchases, day),
    removePurchase: (purchaseId, day) => records.removePurchase(purchaseId, day),
    downgrades: (licenseId, today) => records.downgrades(licenseId, today),
    saveDowngradeAnswers: (licenseId, answers, day) => records.saveDowngradeAnswers(licenseId, answers, day),
    saveRecurringBilling: (tenantId, subscriptionId, recurringBilling, day) =>
      records.saveRecurringBilling(tenantId, subscriptionId, recurringBilling, day),
    exchangeRates: () => records.exchangeRates(),
    saveExchangeRates: (rates, day) => records.saveExchangeRates(rates, day),
    saveCatalogue: (entries, listDate, day) => records.saveCatalogue(entries, listDate, day),
    licenseSettings: async (licenseId) => {
      const [settings, key] = await Promise.all([records.licenseSettings(licenseId), pseudonymKey()]);
      const { administrator } = settings.terms;
      if (key === null || administrator === null) return settings;
      const shown = new Pseudonyms(key).ofAddress(administrator);
      return { ...settings, terms: { ...settings.terms, administrator: shown } };
    },
    saveLicenseSettings: async (licenseId, changes, day) => {
      const key = await pseudonymKey();
      if (key === null || changes.terms === undefined) {
        return records.saveLicenseSettings(licenseId, changes, day);
      }
      const kept = (await records.licenseSettings(licenseId)).terms.administrator;
      const isUntouched =
        kept !== null && changes.terms.administrator === new Pseudonyms(key).ofAddress(kept);
      const terms = isUntouched ? { ...changes.terms, administrator: kept } : changes.terms;
      return records.saveLicenseSettings(licenseId, { ...changes, terms }, day);
    },
  };
}
