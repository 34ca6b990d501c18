import type { EvaluationSettings } from '../../core/model/evaluation';
import { usualNoticeDays } from '../../core/model/term';
import { LicenseError } from '../../core/foundation/errors';
import { addDays } from '../../core/model/calendarDate';
import type { LicenseRecords, LicenseSettings } from '../../core/store/licenseRecords';
import type { Store } from '../../core/store/store';
import type { LicenseData, LicenseHead, LicenseMoney } from '../../shared/licenseContract';
import { readPurchases } from '../commands/priceBookRecords';
import { readDowngrades } from './licenseDowngrades';
import { readCompared, readFindings, readServices } from './licenseUse';
import { readHistory, readPaths, readPlans, readSubscriptions, seatCounts } from './licenseDetails';
import { newPurchase, purchaseRow } from './purchaseDraft';
import { positionOf } from '../../core/store/positionCells';
import { SqlCells } from '../../core/store/sqlCells';
import { termsDraftOf } from './termsDraft';

/** What reading a license needs. */
export interface LicenseReading {
  readonly store: Pick<Store, 'query'>;
  readonly settings: (licenseId: string) => Promise<LicenseSettings>;
  readonly downgrades: LicenseRecords['downgrades'];
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Thresholds and notice period of the settings, in days. */
  readonly thresholds: EvaluationSettings;
}

/** Reads everything that the page of a license shows; rejects with `notFound` for one that is not there. */
export async function readLicense(licenseId: string, reading: LicenseReading): Promise<LicenseData> {
  const { store, today } = reading;
  const [row] = await store.query(
    `SELECT l.*, t.displayName AS tenantName, t.lastImportAt, e.evaluatedOn, e.inactivityDays AS usualInactivityDays,
            e.graceDays AS usualGraceDays
       FROM v_licenses l
       JOIN v_tenants t ON t.tenantId = l.tenantId
       LEFT JOIN v_evaluation e ON e.tenantId = l.tenantId
      WHERE l.licenseId = ?`,
    [licenseId],
  );
  if (row === undefined) {
    throw new LicenseError('notFound', 'This license is no longer in the data. Close the page.', {
      licenseId,
    });
  }
  const cells = new SqlCells(row);
  const head = headOf(licenseId, cells);
  const key = { tenantId: head.tenantId, skuId: head.skuId, licenseId };
  const usual = {
    inactivityDays: cells.number('usualInactivityDays') ?? reading.thresholds.inactivityDays,
    graceDays: cells.number('usualGraceDays') ?? reading.thresholds.graceDays,
    noticeDays: reading.thresholds.noticeDays ?? usualNoticeDays,
  };
  const recentFrom = addDays(
    head.evaluatedOn ?? today,
    -(cells.number('inactivityDays') ?? usual.inactivityDays),
  );
  const [positions, spend, settings, purchases, history, subscriptions, plans, paths] = await Promise.all([
    store.query('SELECT * FROM v_position WHERE tenantId = ?1 AND licenseId = ?2', [
      head.tenantId,
      licenseId,
    ]),
    store.query('SELECT * FROM v_license_spend WHERE tenantId = ?1 AND licenseId = ?2', [
      head.tenantId,
      licenseId,
    ]),
    reading.settings(licenseId),
    readPurchases(store, head.tenantId, licenseId),
    readHistory(store, key),
    readSubscriptions(store, key),
    readPlans(store, key),
    readPaths(store, key),
  ]);
  const [compared, services, findings, currencies] = await Promise.all([
    readCompared(store, head.tenantId, head.family, licenseId),
    readServices(store, key, recentFrom),
    readFindings(store, key),
    store.query('SELECT DISTINCT currency FROM v_purchases ORDER BY currency'),
  ]);
  const money = moneyOf(cells, new SqlCells(spend[0]));
  const { tenantId } = head;
  const downgrades = await readDowngrades(
    store,
    reading.downgrades,
    { tenantId, licenseId, currency: money.currency },
    today,
    plans,
    findings,
  );
  const position = positions[0] === undefined ? null : positionOf(new SqlCells(positions[0]));
  return {
    head,
    position,
    history,
    subscriptions,
    purchases: purchases.map((purchase) => purchaseRow(purchase, today)),
    newPurchase: newPurchase(position?.enabled ?? null, purchases, today),
    money,
    terms: termsDraftOf(settings, today),
    usualThresholds: usual,
    plans,
    paths,
    counts: seatCounts(new SqlCells(positions[0])),
    compared,
    services,
    findings,
    downgrades,
    currencies: currencies.map((currency) => String(currency['currency'])),
  };
}

function headOf(licenseId: string, cells: SqlCells): LicenseHead {
  return {
    tenantId: cells.text('tenantId') ?? '',
    tenantName: cells.text('tenantName') ?? cells.text('tenantId') ?? '',
    lastImportAt: cells.text('lastImportAt'),
    evaluatedOn: cells.text('evaluatedOn'),
    licenseId,
    skuId: cells.text('skuId') ?? '',
    skuPartNumber: cells.text('skuPartNumber') ?? '',
    productName: cells.text('productName'),
    givenName: cells.text('givenName'),
    appliesTo: cells.text('appliesTo'),
    capabilityStatus: cells.text('capabilityStatus'),
    isTrial: cells.flag('isTrial'),
    isFree: cells.flag('isFree') === true,
    isCounted: cells.flag('isCounted') !== false,
    lifecycleStatus: cells.text('lifecycleStatus') ?? 'active',
    participation: cells.text('participation') ?? 'managed',
    managedReason: cells.text('managedReason'),
    managedUntil: cells.text('managedUntil'),
    alertsReason: cells.text('alertsReason'),
    alertsUntil: cells.text('alertsUntil'),
    entitlementLimit: cells.text('entitlementLimit') ?? 'asPurchased',
    buffer: cells.count('buffer'),
    family: cells.text('family'),
  };
}

function moneyOf(license: SqlCells, spend: SqlCells): LicenseMoney {
  return {
    currency: license.text('currency'),
    unitMonthlyMinor: license.number('unitMonthlyMinor'),
    boughtMonthlyMinor: license.number('boughtMonthlyMinor'),
    boughtAnnualMinor: license.number('boughtAnnualMinor'),
    assignedMonthlyMinor: spend.number('assignedMonthlyMinor'),
    priceProblem: license.text('priceProblem'),
    purchasedQuantity: license.number('purchasedQuantity'),
  };
}
