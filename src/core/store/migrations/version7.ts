import type { Migration } from './migration';

const seats = ['seats', 'active', 'inactive', 'never', 'new', 'unknown', 'notPerson'] as const;

/*
 * Until a row of the tenant has a seat its users had not been read. Of a license whose units nobody holds no seats is
 * what there were.
 */
const kept = (count: string): string =>
  `CASE WHEN consumed = 0 OR EXISTS (SELECT 1 FROM licenseHistory e
    WHERE e.tenantKey = h.tenantKey AND e.seats > 0 AND e.validFrom <= h.validFrom) THEN ${count} END`;

/** What people hold is known once users have been read. */
const known = (value: string, name: string): string =>
  `CASE WHEN d.completedAt IS NOT NULL THEN ${value} END AS ${name}`;

const ofUsers = (table: string): string =>
  `LEFT JOIN datasetStates d ON d.tenantKey = ${table}.tenantKey AND d.dataset = 'users'`;

const changes = `
CREATE TABLE newLicenseHistory (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  validFrom TEXT NOT NULL,
  validTo TEXT,
  capabilityStatus TEXT,
  enabled INTEGER NOT NULL,
  warning INTEGER NOT NULL,
  suspended INTEGER NOT NULL,
  lockedOut INTEGER NOT NULL,
  consumed INTEGER NOT NULL,
  ${seats.map((count) => `${count} INTEGER,`).join('\n  ')}
  PRIMARY KEY (tenantKey, productKey, validFrom)
) WITHOUT ROWID;
INSERT INTO newLicenseHistory (tenantKey, productKey, validFrom, validTo, capabilityStatus, enabled, warning,
  suspended, lockedOut, consumed, ${seats.join(', ')})
SELECT tenantKey, productKey, validFrom, validTo, capabilityStatus, enabled, warning, suspended, lockedOut, consumed,
  ${seats.map(kept).join(',\n  ')}
FROM licenseHistory h;

DROP VIEW v_license_history;
DROP TABLE licenseHistory;
ALTER TABLE newLicenseHistory RENAME TO licenseHistory;
CREATE VIEW v_license_history AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, h.validFrom AS validFrom, h.validTo AS validTo,
  h.capabilityStatus AS capabilityStatus, h.enabled AS enabled, h.warning AS inGrace, h.suspended AS suspended,
  h.lockedOut AS lockedOut, h.consumed AS consumed, ${seats.map((count) => `h.${count} AS ${count}`).join(', ')}
FROM licenseHistory h
JOIN tenants t ON t.tenantKey = h.tenantKey
JOIN products p ON p.productKey = h.productKey;

DROP VIEW v_spend;
CREATE VIEW v_spend AS
SELECT t.tenantId AS tenantId, s.currency AS currency, s.monthlyMinor AS monthlyMinor, s.annualMinor AS annualMinor,
  ${known('s.assignedMonthlyMinor', 'assignedMonthlyMinor')},
  ${known('s.assignedAnnualMinor', 'assignedAnnualMinor')},
  ${known('coalesce(s.pricedSeats, 0)', 'pricedSeats')},
  ${known('r.totalSeats', 'totalSeats')}, r.lowerBound AS lowerBound
FROM tenantResults r
JOIN tenants t ON t.tenantKey = r.tenantKey
LEFT JOIN spend s ON s.tenantKey = r.tenantKey
${ofUsers('r')};

DROP VIEW v_license_spend;
CREATE VIEW v_license_spend AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, s.currency AS currency, s.boughtMonthlyMinor AS boughtMonthlyMinor,
  s.boughtAnnualMinor AS boughtAnnualMinor, ${known('s.assignedMonthlyMinor', 'assignedMonthlyMinor')},
  ${known('s.seats', 'seats')}, s.incomplete AS incomplete
FROM licenseSpend s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN products p ON p.productKey = s.productKey
${ofUsers('s')};

DROP VIEW v_realisable;
CREATE VIEW v_realisable AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, r.currency AS currency, ${known('r.freed', 'freed')}, r.nowUnits AS nowUnits,
  r.nowMinor AS nowMinor, r.renewalUnits AS renewalUnits, r.renewalMinor AS renewalMinor,
  r.renewalDate AS renewalDate
FROM realisables r
JOIN tenants t ON t.tenantKey = r.tenantKey
JOIN products p ON p.productKey = r.productKey
${ofUsers('r')};
`;

/** What people hold is unknown in the history of licenses and in the spend while users were never read; it was zero. */
export const version7: Migration = {
  version: 7,
  apply(db) {
    db.execute(changes);
  },
};
