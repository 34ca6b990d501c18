import { LicenseError } from '../foundation/errors';
import { writeCatalogue } from './catalogueRecords';
import { writeDowngradeAnswers } from './downgradeAnswerRecords';
import { readDowngrades, type LicenseDowngrades } from './downgradeQuestionRecords';
import { readRateRecords, writeRates } from './exchangeRateRecords';
import { keyOfLicense } from './licenseKey';
import type {
  CatalogueEntry,
  EvaluationDay,
  ExchangeRateRecord,
  LicenseDowngradeAnswers,
  LicensePurchase,
  LicenseSettings,
} from './licenseRecords';
import { readLicenseSettings, writeLicenseSettings } from './licenseSettingRecords';
import { deletePurchase, writePurchase } from './purchaseRecords';
import type { SqlDatabase } from './sqlDatabase';
import type { StoreFile } from './storeFile';
import { keyOfTenant } from './tenantKey';
import { reworkTenant } from './tenantRework';

/** The worker's side of `LicenseRecords`: each change is one commit, together with what depends on it. */
export class LicenseRecordCalls {
  constructor(private readonly file: StoreFile) {}

  savePurchases(purchases: readonly LicensePurchase[], day: EvaluationDay): Promise<void> {
    return this.change(
      day,
      purchases.map(({ licenseId }) => licenseId),
      (db) => {
        const tenants = new Set<number>();
        for (const purchase of purchases) {
          const key = keyOfLicense(db, purchase.licenseId);
          const owner = db.value('SELECT tenantKey FROM purchases WHERE purchaseId = ?', [
            purchase.purchaseId,
          ]);
          // A purchase that moves to another tenant changes both.
          if (typeof owner === 'number') tenants.add(owner);
          writePurchase(db, key, purchase);
          tenants.add(key.tenantKey);
        }
        return tenants;
      },
    );
  }

  removePurchase(purchaseId: string, day: EvaluationDay): Promise<void> {
    const tenantId = this.file
      .current()
      .value('SELECT tenantId FROM v_purchases WHERE purchaseId = ?', [purchaseId]);
    return this.change(day, [String(tenantId ?? '')], (db) => [deletePurchase(db, purchaseId)]);
  }

  licenseSettings(licenseId: string): LicenseSettings {
    const db = this.file.current();
    return readLicenseSettings(db, keyOfLicense(db, licenseId));
  }

  async saveLicenseSettings(
    licenseId: string,
    changes: Partial<LicenseSettings>,
    day: EvaluationDay,
  ): Promise<void> {
    await this.commit([licenseId], (db) => {
      const key = keyOfLicense(db, licenseId);
      const verdictsChanged = writeLicenseSettings(db, key, changes);
      reworkTenant(db, key.tenantKey, day, verdictsChanged);
    });
  }

  downgrades(licenseId: string, today: string): LicenseDowngrades {
    const db = this.file.current();
    return readDowngrades(db, keyOfLicense(db, licenseId), today);
  }

  saveDowngradeAnswers(
    licenseId: string,
    answers: LicenseDowngradeAnswers,
    day: EvaluationDay,
  ): Promise<void> {
    return this.change(day, [licenseId], (db) => {
      const key = keyOfLicense(db, licenseId);
      writeDowngradeAnswers(db, key, answers);
      return [key.tenantKey];
    });
  }

  saveRecurringBilling(
    tenantId: string,
    subscriptionId: string,
    recurringBilling: boolean | null,
    day: EvaluationDay,
  ): Promise<void> {
    return this.change(day, [tenantId], (db) => {
      const tenantKey = keyOfTenant(db, tenantId);
      const id = subscriptionId.toLowerCase();
      const known = db.value('SELECT 1 FROM subscriptions WHERE tenantKey = ? AND subscriptionId = ?', [
        tenantKey,
        id,
      ]);
      if (tenantKey === null || known === null) {
        throw new LicenseError('notFound', 'There is no such subscription.', { tenantId, subscriptionId });
      }
      db.run('INSERT OR REPLACE INTO subscriptionManagement VALUES (?, ?, ?)', [
        tenantKey,
        id,
        recurringBilling === null ? null : Number(recurringBilling),
      ]);
      return [tenantKey];
    });
  }

  exchangeRates(): readonly ExchangeRateRecord[] {
    return readRateRecords(this.file.current());
  }

  saveExchangeRates(rates: readonly ExchangeRateRecord[], day: EvaluationDay): Promise<void> {
    return this.change(day, tenantIds(this.file.current()), (db) => {
      writeRates(db, rates);
      return allTenants(db);
    });
  }

  async saveCatalogue(
    entries: readonly CatalogueEntry[],
    listDate: string,
    day: EvaluationDay,
  ): Promise<void> {
    await this.commit(tenantIds(this.file.current()), (db) => {
      writeCatalogue(db, entries, listDate);
      // The list tells what products grant that a tenant no longer has: that makes verdicts.
      for (const tenantKey of allTenants(db)) reworkTenant(db, tenantKey, day, true);
    });
  }

  private change(
    day: EvaluationDay,
    about: readonly string[],
    work: (db: SqlDatabase) => Iterable<number>,
  ): Promise<void> {
    return this.commit(about, (db) => {
      for (const tenantKey of work(db)) reworkTenant(db, tenantKey, day);
    });
  }

  /** @param about ids of licenses or tenants, for those who listen to changes */
  private commit(about: readonly string[], work: (db: SqlDatabase) => void): Promise<void> {
    const ids = about.map((id) => id.toLowerCase().split('_')[0] ?? '');
    return this.file.commit(work, { tenantIds: [...new Set(ids)] });
  }
}

function tenantIds(db: SqlDatabase): readonly string[] {
  return db.rows('SELECT tenantId FROM tenants').map((row) => String(row.tenantId));
}

function allTenants(db: SqlDatabase): readonly number[] {
  return db.rows('SELECT tenantKey FROM tenants').map((row) => Number(row.tenantKey));
}
