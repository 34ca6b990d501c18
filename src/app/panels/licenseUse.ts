import type { Application } from '../../core/model/evaluation';
import type { Store } from '../../core/store/store';
import type { ComparedLicense, LicenseFinding, ServiceUse } from '../../shared/licenseContract';
import { findingKinds } from '../../shared/findingWords';
import { seatCounts, type LicenseKey } from './licenseDetails';
import { SqlCells } from '../../core/store/sqlCells';

type Reader = Pick<Store, 'query'>;

const applications: readonly Application[] = [
  'exchange',
  'teams',
  'oneDrive',
  'outlook',
  'sharePoint',
  'skypeForBusiness',
  'yammer',
  'dynamics365',
  'powerBi',
  'project',
  'visio',
];

/** The licenses of the same family that count, and the license itself; the most seats first. */
export async function readCompared(
  store: Reader,
  tenantId: string,
  family: string | null,
  licenseId: string,
): Promise<ComparedLicense[]> {
  const rows = await store.query(
    `SELECT l.licenseId, l.skuPartNumber, l.productName, l.entitlementLimit, l.unitMonthlyMinor, l.currency,
            p.entitled, p.seats, p.active, p.inactive, p.never, p.new, p.unknown
       FROM v_licenses l JOIN v_position p ON p.tenantId = l.tenantId AND p.licenseId = l.licenseId
      WHERE l.tenantId = ?1 AND (l.licenseId = ?2 OR (l.isCounted = 1 AND l.family IS NOT NULL AND l.family = ?3))
      ORDER BY p.seats DESC, l.skuPartNumber`,
    [tenantId, licenseId, family],
  );
  return rows.map((row) => {
    const cells = new SqlCells(row);
    return {
      licenseId: cells.text('licenseId') ?? '',
      skuPartNumber: cells.text('skuPartNumber') ?? '',
      productName: cells.text('productName'),
      entitled: cells.count('entitled'),
      isUnlimited: cells.text('entitlementLimit') === 'unlimited',
      seats: cells.number('seats'),
      counts: seatCounts(cells),
      unitMonthlyMinor: cells.number('unitMonthlyMinor'),
      currency: cells.text('currency'),
    };
  });
}

/**
 * Which services the people who hold the license use, the most used first; services that nobody used are left out.
 * @param recentFrom `YYYY-MM-DD` from which a use is recent
 */
export async function readServices(
  store: Reader,
  key: LicenseKey,
  recentFrom: string,
): Promise<ServiceUse[]> {
  const columns = applications.map(
    (name) => `sum(u.${name}LastActivityDate >= ?3) AS ${name}Recent,
      sum(u.${name}LastActivityDate < ?3) AS ${name}Earlier, max(u.${name}LastActivityDate) AS ${name}Last`,
  );
  const [row] = await store.query(
    `SELECT ${columns.join(', ')}
       FROM v_seats s JOIN v_users u ON u.tenantId = s.tenantId AND u.userId = s.userId
      WHERE s.tenantId = ?1 AND s.skuId = ?2`,
    [key.tenantId, key.skuId, recentFrom],
  );
  const cells = new SqlCells(row);
  return applications
    .map((application) => ({
      application,
      recent: cells.count(`${application}Recent`),
      earlier: cells.count(`${application}Earlier`),
      lastUse: cells.text(`${application}Last`),
    }))
    .filter(({ lastUse }) => lastUse !== null)
    .sort((left, right) => right.recent - left.recent || right.earlier - left.earlier);
}

/** Findings about the license and its seats, the most urgent kind first. */
export async function readFindings(store: Reader, key: LicenseKey): Promise<LicenseFinding[]> {
  const rows = await store.query(
    `SELECT kind, count(*) AS findings, count(DISTINCT userId) AS people, sum(seats) AS seats,
            CASE WHEN count(monthlyMinor) = count(*) AND count(DISTINCT currency) = 1 THEN sum(monthlyMinor) END
              AS monthlyMinor,
            max(currency) AS currency, max(bucket IS NOT NULL) AS isSaving, max(isAlert) AS isAlert,
            CASE WHEN count(*) = 1 THEN max(evidence) END AS evidence
       FROM v_findings WHERE tenantId = ?1 AND skuId = ?2
      GROUP BY kind, bucket IS NOT NULL, CASE WHEN userId IS NULL THEN findingId END`,
    [key.tenantId, key.skuId],
  );
  const order = (kind: string): number => {
    const index = findingKinds.indexOf(kind);
    return index < 0 ? findingKinds.length : index;
  };
  return rows
    .map((row) => {
      const cells = new SqlCells(row);
      return {
        kind: cells.text('kind') ?? '',
        findings: cells.count('findings'),
        people: cells.count('people'),
        seats: cells.count('seats'),
        monthlyMinor: cells.number('monthlyMinor'),
        currency: cells.text('currency'),
        isSaving: cells.flag('isSaving') === true,
        isAlert: cells.flag('isAlert') === true,
        evidence: cells.text('evidence'),
      };
    })
    .sort((left, right) => order(left.kind) - order(right.kind));
}
