import { hiddenLicenses } from '../model/lifecycle';
import { licenseFacts, renewalDate, type TenantLicense } from './tenantLicenses';
import { licenseNotCounted } from '../model/licenseFindings';
import { annualMinor } from '../model/money';
import { roundHalfUp, times, type Fraction } from '../model/fraction';
import { isValidOn, monthlyTotal, purchasedQuantity } from '../model/purchases';
import { realisable } from '../model/savings';
import { replaceRows, type ResultTable } from './replaceRows';
import type { SqlDatabase } from './sqlDatabase';
import type { SqlValue } from './store';

const licenseResults: ResultTable = {
  table: 'licenseResults',
  columns: [
    'productKey',
    'lifecycleStatus',
    'participation',
    'isCounted',
    'notCountedReason',
    'term',
    'isFree',
    'unitMonthlyMinor',
    'currency',
    'priceProblem',
    'purchasedQuantity',
    'boughtMonthlyMinor',
    'boughtAnnualMinor',
  ],
};

const subscriptionResults: ResultTable = {
  table: 'subscriptionResults',
  columns: ['subscriptionId', 'term'],
};

const hiddenCosts: ResultTable = {
  table: 'hiddenCosts',
  columns: ['currency', 'monthlyMinor', 'annualMinor'],
};

const realisables: ResultTable = {
  table: 'realisables',
  columns: [
    'productKey',
    'currency',
    'freed',
    'nowUnits',
    'nowMinor',
    'renewalUnits',
    'renewalMinor',
    'renewalDate',
  ],
};

/**
 * Stores how each license stands, what is hidden, and what can be saved when.
 * @param freed seats that findings free, by SKU id
 */
export function writeLicenseResults(
  db: SqlDatabase,
  tenantKey: number,
  licenses: readonly TenantLicense[],
  freed: ReadonlyMap<string, number>,
  today: string,
): void {
  replaceRows(
    db,
    licenseResults,
    tenantKey,
    licenses.map((license) => resultOf(license, today)),
  );
  replaceRows(
    db,
    subscriptionResults,
    tenantKey,
    licenses.flatMap(({ subscriptions }) =>
      subscriptions.map(({ subscriptionId, term }): SqlValue[] => [subscriptionId, term]),
    ),
  );
  const hidden = hiddenLicenses(licenses);
  replaceRows(
    db,
    hiddenCosts,
    tenantKey,
    hidden.costs.map(({ currency, ...cost }) => [currency, cost.monthlyMinor, cost.annualMinor]),
  );
  db.run(
    `INSERT INTO tenantResults (tenantKey, retired, unmanaged, excludedFromAlerts, costUnknown)
     VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (tenantKey) DO UPDATE SET retired = ?2, unmanaged = ?3, excludedFromAlerts = ?4, costUnknown = ?5`,
    [tenantKey, hidden.retired, hidden.unmanaged, hidden.excludedFromAlerts, hidden.costUnknown],
  );
  replaceRows(db, realisables, tenantKey, savingsByLicense(licenses, freed, today));
}

function resultOf(license: TenantLicense, today: string): SqlValue[] {
  const { purchases, price } = license;
  const bought = boughtMonthly(license, today);
  return [
    license.productKey,
    license.status,
    license.participation,
    Number(license.counted),
    licenseNotCounted(licenseFacts(license, today)),
    license.term,
    Number(license.free),
    price.price === null ? null : roundHalfUp(price.price.monthly),
    price.price?.currency ?? null,
    price.problem,
    purchases.length === 0 ? null : purchasedQuantity(purchases, today),
    bought === null ? null : roundHalfUp(bought),
    bought === null ? null : annualMinor(bought),
  ];
}

/** What the units cost that are bought and priced, in the currency of the price. */
function boughtMonthly({ purchases, price }: TenantLicense, today: string): Fraction | null {
  if (price.price === null) return null;
  const priced = purchases.filter(
    (purchase) => isValidOn(purchase, today) && monthlyTotal(purchase) !== null,
  );
  const quantity = priced.reduce((sum, purchase) => sum + purchase.quantity, 0);
  return times(price.price.monthly, quantity);
}

/** Only licenses that are in the totals: what is free or comes by the ten thousand saves nothing. */
function savingsByLicense(
  licenses: readonly TenantLicense[],
  freed: ReadonlyMap<string, number>,
  today: string,
): readonly SqlValue[][] {
  return licenses.flatMap((license) => {
    const { productKey, skuId, units, buffer, limit, term, price } = license;
    if (!license.counted || licenseNotCounted(licenseFacts(license, today)) !== null) return [];
    const date = renewalDate(license.subscriptions, today);
    const saved = realisable(
      { skuId, units, buffer, limit, price: price.price, term, renewalDate: date },
      freed.get(skuId) ?? 0,
    );
    return [
      [
        productKey,
        saved.currency,
        saved.freed,
        saved.nowUnits,
        saved.nowMinor,
        saved.renewalUnits,
        saved.renewalMinor,
        saved.renewalDate,
      ],
    ];
  });
}
