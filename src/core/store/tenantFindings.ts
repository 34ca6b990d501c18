import { usualNoticeDays } from '../model/term';
import { writeFindings } from './findingRows';
import { writeLicenseResults } from './licenseResults';
import type { PeopleTotals, TallyTask } from './peopleTally';
import { writePositions } from './positionRows';
import { readDatasetStates, sourceStates } from './sourceStates';
import { writeSeatSetSpend, writeSpend } from './spendRows';
import { readTenantConnections } from './supersession';
import type { SqlDatabase } from './sqlDatabase';
import { licenseFacts, readLicenses, type TenantLicense } from './tenantLicenses';
import type { TenantProducts } from './tenantProducts';

/** The licenses of a tenant, and what working out findings and money of its people starts from. */
export interface TenantFindings {
  readonly licenses: readonly TenantLicense[];
  readonly task: TallyTask;
}

/** Reads what findings and money are worked out from, all but the people. @param today `YYYY-MM-DD`, UTC */
export function readTenantFindings(
  db: SqlDatabase,
  tenantKey: number,
  today: string,
  products: TenantProducts,
  noticeDays = usualNoticeDays,
): TenantFindings {
  const tenantId = String(db.value('SELECT tenantId FROM tenants WHERE tenantKey = ?', [tenantKey]));
  const connections = readTenantConnections(db, tenantId);
  const licenses = readLicenses(db, tenantKey, today, connections, products);
  const counted = licenses.filter((license) => license.counted);
  const states = readDatasetStates(db, tenantKey);
  const readOn = (dataset: string): string | null => states.get(dataset)?.completedAt?.slice(0, 10) ?? null;
  const productsAsOf = readOn('subscribedSkus');
  // While products were never read, none is gone.
  const hidden =
    productsAsOf === null
      ? products.keyOf.keys()
      : licenses.filter((license) => !license.counted).map(({ skuId }) => skuId);
  return {
    licenses,
    task: {
      context: {
        tenantId,
        today,
        noticeDays,
        licenses: counted.map((license) => licenseFacts(license, today)),
        hiddenSkuIds: new Set(hidden),
        sources: sourceStates(states, today),
        usersAsOf: readOn('users'),
        productsAsOf,
      },
      licenses: counted.map(({ skuId, skuPartNumber, price, purchases, free }) => ({
        skuId,
        skuPartNumber,
        price: price.price,
        purchases,
        free,
      })),
    },
  };
}

/** Writes findings, money and positions of a tenant, where they came out differently. */
export function writeTenantFindings(
  db: SqlDatabase,
  tenantKey: number,
  { licenses, task }: TenantFindings,
  { findings, seats, spendOfSets, spend }: PeopleTotals,
  products: TenantProducts,
): void {
  writeFindings(db, tenantKey, findings, products.keyOf);
  writePositions(db, tenantKey, licenses, seats);
  writeSeatSetSpend(db, tenantKey, spendOfSets);
  writeSpend(db, tenantKey, spend, licenses, seats);
  writeLicenseResults(db, tenantKey, licenses, findings.freed, task.context.today);
}
