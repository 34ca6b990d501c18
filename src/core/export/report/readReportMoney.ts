import { numberOf, numberOrNull, textOf, textOrNull } from '../../store/sqlCells';
import type { ReportLicenseSpend, ReportRealisable, ReportUnpriced } from './reportData';
import type { Reader } from './reportReader';

/** What each license costs, dearest first. */
export function readLicenseSpend(reader: Reader): Promise<ReportLicenseSpend[]> {
  return reader.each(
    `SELECT s.tenantId, l.productName, s.currency, s.boughtMonthlyMinor, s.boughtAnnualMinor,
       s.assignedMonthlyMinor
     FROM v_license_spend s JOIN v_licenses l ON l.licenseId = s.licenseId
     WHERE l.isCounted = 1 AND s.currency IS NOT NULL AND (?1 IS NULL OR s.tenantId = ?1)
     ORDER BY s.currency, s.boughtAnnualMinor DESC, l.productName`,
    (row) => ({
      tenantId: textOf(row['tenantId']),
      productName: textOf(row['productName']),
      currency: textOf(row['currency']),
      boughtMonthlyMinor: numberOrNull(row['boughtMonthlyMinor']),
      boughtAnnualMinor: numberOrNull(row['boughtAnnualMinor']),
      assignedMonthlyMinor: numberOrNull(row['assignedMonthlyMinor']),
    }),
  );
}

/**
 * What can be saved now and at renewal, most first. The file repeats the units of a monthly term at their renewal;
 * what can be given back now is not listed a second time.
 */
export function readRealisable(reader: Reader): Promise<ReportRealisable[]> {
  return reader.each(
    `SELECT * FROM (
       SELECT r.tenantId, coalesce(l.productName, r.skuPartNumber) AS productName, r.currency, r.freed, r.nowUnits,
         r.nowMinor, CASE WHEN l.term = 'monthly' THEN 0 ELSE r.renewalUnits END AS renewalUnits, r.renewalMinor,
         r.renewalDate
       FROM v_realisable r LEFT JOIN v_licenses l ON l.licenseId = r.licenseId
       WHERE ?1 IS NULL OR r.tenantId = ?1)
     WHERE nowUnits > 0 OR renewalUnits > 0
     ORDER BY currency IS NULL, currency,
       iif(nowUnits > 0, coalesce(nowMinor, 0), 0) + iif(renewalUnits > 0, coalesce(renewalMinor, 0), 0) DESC,
       productName`,
    (row) => ({
      tenantId: textOf(row['tenantId']),
      productName: textOf(row['productName']),
      currency: textOrNull(row['currency']),
      freed: numberOrNull(row['freed']),
      nowUnits: numberOf(row['nowUnits']),
      nowMinor: numberOrNull(row['nowMinor']),
      renewalUnits: numberOf(row['renewalUnits']),
      renewalMinor: numberOrNull(row['renewalMinor']),
      renewalDate: textOrNull(row['renewalDate']),
    }),
  );
}

/** Licenses that should have a price and have none. */
export function readUnpriced(reader: Reader): Promise<ReportUnpriced[]> {
  return reader.each(
    `SELECT l.tenantId, l.productName, l.priceProblem, p.seats
     FROM v_licenses l JOIN v_position p ON p.licenseId = l.licenseId
     WHERE l.isCounted = 1 AND l.notCountedReason IS NULL AND l.unitMonthlyMinor IS NULL
       AND (?1 IS NULL OR l.tenantId = ?1)
     ORDER BY p.seats DESC, l.productName`,
    (row) => ({
      tenantId: textOf(row['tenantId']),
      productName: textOf(row['productName']),
      seats: numberOrNull(row['seats']),
      problem: textOrNull(row['priceProblem']),
    }),
  );
}
