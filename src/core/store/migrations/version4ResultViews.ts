/*
 * Findings, money and history. The id of a finding is made of what it is about (`core/model/finding.ts`), so that it
 * is the same at every import without being stored.
 */

const license = (tenant: string, product: string): string =>
  `CASE WHEN ${product}.skuId IS NULL THEN NULL ELSE ${tenant}.tenantId || '_' || ${product}.skuId END`;

export const version4ResultViews = `
CREATE VIEW rows_findings AS
SELECT f.findingKey AS rowKey, f.tenantKey AS tenantKey, f.userKey AS userKey, f.productKey AS productKey,
  t.tenantId AS tenantId,
  f.kind || ':' || coalesce(t.tenantId || '_' || p.skuId, t.tenantId) || coalesce(':' || coalesce(u.userId, f.part), '')
    AS findingId,
  f.kind AS kind, u.userId AS userId, u.userPrincipalName AS userPrincipalName, u.displayName AS displayName,
  ${license('t', 'p')} AS licenseId, p.skuId AS skuId, p.skuPartNumber AS skuPartNumber,
  coalesce(m.givenName, p.productName) AS productName, f.seats AS seats, f.monthlyMinor AS monthlyMinor,
  f.currency AS currency, f.bucket AS bucket,
  CASE WHEN f.kind IN ('shortfall', 'shortfallAfterGrace', 'renewalDue')
    AND coalesce(r.participation, 'managed') = 'managed' THEN 1 ELSE 0 END AS isAlert,
  e.evidence AS evidence
FROM findings f
JOIN tenants t ON t.tenantKey = f.tenantKey
JOIN findingEvidence e ON e.evidenceKey = f.evidenceKey
LEFT JOIN users u ON u.userKey = f.userKey
LEFT JOIN products p ON p.productKey = f.productKey
LEFT JOIN licenseManagement m ON m.tenantKey = f.tenantKey AND m.productKey = f.productKey
LEFT JOIN licenseResults r ON r.tenantKey = f.tenantKey AND r.productKey = f.productKey;

CREATE VIEW v_findings AS
SELECT tenantId, findingId, kind, userId, userPrincipalName, displayName, licenseId, skuId, skuPartNumber,
  productName, seats, monthlyMinor, currency, bucket, isAlert, evidence
FROM rows_findings;

CREATE VIEW v_realisable AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, r.currency AS currency, r.freed AS freed, r.nowUnits AS nowUnits,
  r.nowMinor AS nowMinor, r.renewalUnits AS renewalUnits, r.renewalMinor AS renewalMinor,
  r.renewalDate AS renewalDate
FROM realisables r
JOIN tenants t ON t.tenantKey = r.tenantKey
JOIN products p ON p.productKey = r.productKey;

CREATE VIEW v_verified_savings AS
SELECT t.tenantId AS tenantId, s.verifiedAt AS verifiedAt,
  s.kind || ':' || t.tenantId || '_' || p.skuId || coalesce(':' || s.userId, '') AS findingId, s.kind AS kind,
  s.bucket AS bucket, s.userId AS userId, p.skuId AS skuId, p.skuPartNumber AS skuPartNumber, s.seats AS seats,
  s.monthlyMinor AS monthlyMinor, s.currency AS currency
FROM verifiedSavings s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN products p ON p.productKey = s.productKey;

CREATE VIEW v_spend AS
SELECT t.tenantId AS tenantId, s.currency AS currency, s.monthlyMinor AS monthlyMinor, s.annualMinor AS annualMinor,
  s.assignedMonthlyMinor AS assignedMonthlyMinor, s.assignedAnnualMinor AS assignedAnnualMinor,
  coalesce(s.pricedSeats, 0) AS pricedSeats, r.totalSeats AS totalSeats, r.lowerBound AS lowerBound
FROM tenantResults r
JOIN tenants t ON t.tenantKey = r.tenantKey
LEFT JOIN spend s ON s.tenantKey = r.tenantKey;

CREATE VIEW v_spend_lines AS
SELECT t.tenantId AS tenantId, s.dimension AS dimension, s.value AS value, s.currency AS currency,
  s.monthlyMinor AS monthlyMinor, s.annualMinor AS annualMinor, s.people AS people, s.seats AS seats,
  s.unpricedSeats AS unpricedSeats
FROM spendLines s JOIN tenants t ON t.tenantKey = s.tenantKey;

CREATE VIEW v_license_spend AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, s.currency AS currency, s.boughtMonthlyMinor AS boughtMonthlyMinor,
  s.boughtAnnualMinor AS boughtAnnualMinor, s.assignedMonthlyMinor AS assignedMonthlyMinor, s.seats AS seats,
  s.incomplete AS incomplete
FROM licenseSpend s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN products p ON p.productKey = s.productKey;

CREATE VIEW v_user_spend AS
SELECT t.tenantId AS tenantId, u.userId AS userId, s.currency AS currency, s.monthlyMinor AS monthlyMinor,
  s.unpricedSeats AS unpricedSeats, s.annualMinor AS annualMinor
FROM users u
JOIN tenants t ON t.tenantKey = u.tenantKey
JOIN seatSetSpend s ON s.tenantKey = u.tenantKey AND s.seatSetKey = u.seatSetKey;

CREATE VIEW v_tenant_history AS
SELECT t.tenantId AS tenantId, h.at AS at, h.licenses AS licenses, h.entitled AS entitled, h.consumed AS consumed,
  h.seats AS seats, h.shortfallNow AS shortfallNow, h.shortfallSoon AS shortfallSoon, h.unassigned AS unassigned,
  h.active AS active, h.inactive AS inactive, h.never AS never, h.new AS new, h.unknown AS unknown,
  h.findings AS findings
FROM tenantHistory h JOIN tenants t ON t.tenantKey = h.tenantKey;

CREATE VIEW v_spend_history AS
SELECT t.tenantId AS tenantId, h.at AS at, h.currency AS currency, h.monthlyMinor AS monthlyMinor,
  h.savingsMonthlyMinor AS savingsMonthlyMinor
FROM spendHistory h JOIN tenants t ON t.tenantKey = h.tenantKey;

CREATE VIEW v_hidden_licenses AS
SELECT t.tenantId AS tenantId, r.retired AS retired, r.unmanaged AS unmanaged,
  r.excludedFromAlerts AS excludedFromAlerts, r.costUnknown AS costUnknown
FROM tenantResults r JOIN tenants t ON t.tenantKey = r.tenantKey;

CREATE VIEW v_hidden_costs AS
SELECT t.tenantId AS tenantId, c.currency AS currency, c.monthlyMinor AS monthlyMinor, c.annualMinor AS annualMinor
FROM hiddenCosts c JOIN tenants t ON t.tenantKey = c.tenantKey;
`;
