import { dayColumns } from './version4Tables';

/*
 * Views of version 1 with the columns that came since: users with the newest use of each service, licenses with what
 * people decided about them. A license without a row in `licenseResults` was not judged since it came.
 */

const date = (day: string): string => `date(u.${day} * 86400, 'unixepoch')`;

/** A user's registration for multifactor authentication. */
const registered = (column: string): string => `(SELECT r.${column} FROM registrationDetails r
    WHERE r.tenantKey = u.tenantKey AND r.userId = u.userId) AS ${column}`;

/** The application of the newest day; of several the first in the order of the columns. */
const lastUsed = `CASE max(${dayColumns.map(([, column]) => `coalesce(u.${column}, -1)`).join(', ')})
  WHEN -1 THEN NULL ${dayColumns.map(([application, column]) => `WHEN u.${column} THEN '${application}'`).join(' ')} END
  AS lastUsedApplication`;

/** The columns of `v_users`; see version 1 for why `rows_users` has no join. */
const userCells = (tenantId: string, evaluatedOn: string): string => `
  ${tenantId} AS tenantId, u.userId AS userId, u.userPrincipalName AS userPrincipalName,
  u.displayName AS displayName, u.mail AS mail, u.accountEnabled AS accountEnabled, u.userType AS userType,
  CASE WHEN u.userType IS NULL THEN NULL WHEN lower(u.userType) = 'guest' THEN 1 ELSE 0 END AS isGuest,
  CASE u.onPremisesSyncEnabled WHEN 1 THEN 'synced' WHEN 0 THEN 'wasSynced' ELSE 'cloudOnly' END
    AS onPremisesSync,
  u.jobTitle AS jobTitle, u.department AS department, u.companyName AS companyName, u.country AS country,
  u.usageLocation AS usageLocation, u.createdAt AS createdAt, u.deletedAt AS deactivatedAt,
  u.licenses AS licenses, u.lastActivityDate AS lastActivityDate,
  CAST(julianday(${evaluatedOn}) - julianday(u.lastActivityDate) AS INTEGER) AS daysSinceLastActivity,
  u.verdict AS verdict, u.verdictReason AS verdictReason, u.confidence AS confidence,
  u.activations AS activations, u.windows AS windows, u.mac AS mac, u.mobile AS mobile, u.web AS web,
  u.mailMegabytes AS mailMegabytes, u.oneDriveMegabytes AS oneDriveMegabytes,
  u.givenName AS givenName, u.surname AS surname, u.lastSignInAt AS lastSignInAt,
  ${dayColumns.map(([application, column]) => `${date(column)} AS ${application}LastActivityDate`).join(',\n  ')},
  ${registered('isMfaRegistered')}, ${registered('isMfaCapable')}, ${lastUsed}`;

/** The columns of `v_licenses`. */
export const licenseColumns = `tenantId, licenseId, skuId, skuPartNumber, productName, appliesTo, lifecycleStatus, managed,
  capabilityStatus, isTrial, term, nextLifecycleAt, isCounted, participation, managedReason, managedUntil, alertsReason,
  alertsUntil, entitlementLimit, buffer, administrator, note, inactivityDays, graceDays, givenName, isFree,
  unitMonthlyMinor, currency, priceProblem, purchasedQuantity, boughtMonthlyMinor, boughtAnnualMinor, family,
  notCountedReason`;

/*
 * Later versions have the same views with more columns at the end, which is what `more` is; each begins with a comma.
 */

/** The view behind the roster. */
export const rowsUsers = (more = ''): string => `CREATE VIEW rows_users AS
SELECT u.userKey AS rowKey, u.tenantKey AS tenantKey, u.searchText AS searchText,
  u.grantedServices AS grantedServices, u.heardServices AS heardServices,
  ${dayColumns.map(([, column]) => `u.${column} AS ${column}`).join(', ')},
  ${userCells('(SELECT t.tenantId FROM tenants t WHERE t.tenantKey = u.tenantKey)', '(SELECT t.evaluatedOn FROM tenants t WHERE t.tenantKey = u.tenantKey)')}${more}
FROM users u;`;

/** The users, for those who ask with SQL. */
export const vUsers = (more = ''): string => `CREATE VIEW v_users AS
SELECT ${userCells('t.tenantId', 't.evaluatedOn')}${more}
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey;`;

/** The view behind the licenses. */
export const rowsLicenses = (more = ''): string => `CREATE VIEW rows_licenses AS
SELECT l.licenseKey AS rowKey, l.tenantKey AS tenantKey, l.productKey AS productKey,
  t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, coalesce(m.givenName, p.productName) AS productName, l.appliesTo AS appliesTo,
  coalesce(r.lifecycleStatus, m.lifecycleStatus, 'active') AS lifecycleStatus,
  CASE coalesce(r.participation, '') WHEN 'unmanaged' THEN 0 ELSE 1 END AS managed,
  l.capabilityStatus AS capabilityStatus,
  (SELECT min(s.isTrial) FROM subscriptions s
    WHERE s.tenantKey = l.tenantKey AND s.productKey = l.productKey) AS isTrial,
  coalesce(r.term, 'unknown') AS term,
  (SELECT min(s.nextLifecycleAt) FROM subscriptions s
    WHERE s.tenantKey = l.tenantKey AND s.productKey = l.productKey
      AND s.nextLifecycleAt >= coalesce(t.evaluatedOn, '')) AS nextLifecycleAt,
  coalesce(r.isCounted, 1) AS isCounted, coalesce(r.participation, 'managed') AS participation,
  m.unmanagedReason AS managedReason, m.unmanagedUntil AS managedUntil, m.alertsReason AS alertsReason,
  m.alertsUntil AS alertsUntil, coalesce(m.entitlementLimit, 'asPurchased') AS entitlementLimit,
  coalesce(m.buffer, 0) AS buffer, m.administrator AS administrator, m.note AS note,
  m.inactivityDays AS inactivityDays, m.graceDays AS graceDays, m.givenName AS givenName,
  coalesce(r.isFree, 0) AS isFree, r.unitMonthlyMinor AS unitMonthlyMinor, r.currency AS currency,
  r.priceProblem AS priceProblem, r.purchasedQuantity AS purchasedQuantity,
  r.boughtMonthlyMinor AS boughtMonthlyMinor, r.boughtAnnualMinor AS boughtAnnualMinor, p.family AS family,
  r.notCountedReason AS notCountedReason${more}
FROM licenses l
JOIN tenants t ON t.tenantKey = l.tenantKey
JOIN products p ON p.productKey = l.productKey
LEFT JOIN licenseManagement m ON m.tenantKey = l.tenantKey AND m.productKey = l.productKey
LEFT JOIN licenseResults r ON r.tenantKey = l.tenantKey AND r.productKey = l.productKey;`;

export const version4ManagementViews = `
DROP VIEW v_evaluation;
CREATE VIEW v_evaluation AS
SELECT tenantId, evaluatedOn, coalesce(ownInactivityDays, inactivityDays) AS inactivityDays,
  coalesce(ownGraceDays, graceDays) AS graceDays
FROM tenants WHERE evaluatedOn IS NOT NULL;

DROP VIEW rows_users;
${rowsUsers()}
DROP VIEW v_users;
${vUsers()}

CREATE VIEW v_user_activity AS
${dayColumns
  .map(
    ([application, column]) => `SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, '${application}' AS application, ${date(column)} AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.${column} IS NOT NULL`,
  )
  .join('\nUNION ALL\n')};

DROP VIEW rows_licenses;
${rowsLicenses()}

DROP VIEW v_licenses;
CREATE VIEW v_licenses AS
SELECT ${licenseColumns}
FROM rows_licenses;

DROP VIEW v_subscriptions;
CREATE VIEW v_subscriptions AS
SELECT t.tenantId AS tenantId, s.subscriptionId AS subscriptionId, p.skuId AS skuId, s.status AS status,
  s.totalLicenses AS totalLicenses, s.isTrial AS isTrial, s.createdAt AS createdAt,
  s.nextLifecycleAt AS nextLifecycleAt, coalesce(r.term, 'unknown') AS term,
  t.tenantId || '_' || p.skuId AS licenseId, m.recurringBilling AS recurringBilling
FROM subscriptions s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN products p ON p.productKey = s.productKey
LEFT JOIN subscriptionResults r ON r.tenantKey = s.tenantKey AND r.subscriptionId = s.subscriptionId
LEFT JOIN subscriptionManagement m ON m.tenantKey = s.tenantKey AND m.subscriptionId = s.subscriptionId;

DROP VIEW rows_position;
CREATE VIEW rows_position AS
SELECT l.licenseKey AS rowKey, l.tenantKey AS tenantKey, l.productKey AS productKey,
  t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, coalesce(m.givenName, p.productName) AS productName, l.enabled AS enabled,
  l.warning AS inGrace, l.suspended AS suspended, l.lockedOut AS lockedOut, o.entitled AS entitled,
  l.consumed AS consumed, o.seats AS seats, o.availableNow AS availableNow,
  o.availableAfterGrace AS availableAfterGrace, o.shortfallNow AS shortfallNow, o.shortfallSoon AS shortfallSoon,
  o.unassigned AS unassigned, o.active AS active, o.inactive AS inactive, o.never AS never, o.new AS new,
  o.unknown AS unknown
FROM licenses l
JOIN tenants t ON t.tenantKey = l.tenantKey
JOIN products p ON p.productKey = l.productKey
JOIN positions o ON o.tenantKey = l.tenantKey AND o.productKey = l.productKey
LEFT JOIN licenseManagement m ON m.tenantKey = l.tenantKey AND m.productKey = l.productKey;

CREATE VIEW v_purchases AS
SELECT u.purchaseId AS purchaseId, t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId,
  p.skuId AS skuId, p.skuPartNumber AS skuPartNumber, u.quantity AS quantity, u.amountMinor AS amountMinor,
  u.amountPer AS amountPer, u.currency AS currency, u.paymentFrequency AS paymentFrequency,
  u.effectiveDate AS effectiveDate, u.endingDate AS endingDate, u.note AS note,
  CASE WHEN t.evaluatedOn IS NULL THEN NULL
    WHEN u.effectiveDate <= t.evaluatedOn AND (u.endingDate IS NULL OR t.evaluatedOn <= u.endingDate) THEN 1
    ELSE 0 END AS isValid
FROM purchases u
JOIN tenants t ON t.tenantKey = u.tenantKey
JOIN products p ON p.productKey = u.productKey;

CREATE VIEW v_exchange_rates AS
SELECT fromCurrency, toCurrency, rate FROM exchangeRates;

CREATE VIEW v_service_plans AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  s.servicePlanId AS servicePlanId, s.servicePlanName AS servicePlanName,
  coalesce(n.friendlyName, s.servicePlanName) AS friendlyName, s.appliesTo AS appliesTo,
  s.provisioningStatus AS provisioningStatus
FROM servicePlans s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN products p ON p.productKey = s.productKey
LEFT JOIN planNames n ON n.servicePlanId = s.servicePlanId;
`;
