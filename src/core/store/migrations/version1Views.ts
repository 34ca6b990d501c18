/*
 * Each `rows_*` view has the columns of its `v_*` view plus the keys by which the product reads windows of it;
 * the `v_*` views are what people and scripts rely on (docs/data-model.md).
 */

const applications = [
  'dynamics365',
  'exchange',
  'teams',
  'oneDrive',
  'outlook',
  'powerBi',
  'project',
  'sharePoint',
  'skypeForBusiness',
  'visio',
  'yammer',
];

/** Columns of the active users report: name of the application, prefix of the date column, name in the license column. */
const activeUserApplications = [
  ['exchange', 'exchange', 'Exchange'],
  ['oneDrive', 'oneDrive', 'OneDrive'],
  ['sharePoint', 'sharePoint', 'SharePoint'],
  ['skypeForBusiness', 'skypeForBusiness', 'SkypeForBusiness'],
  ['teams', 'teams', 'Teams'],
  ['yammer', 'yammer', 'Yammer'],
] as const;

/** `rowKey` of an activity is `userKey * 32 + slot`: one slot per application and source. */
const slotsPerUser = 32;

const activityHead = (slot: string, application: string, date: string, source: string): string => `
  SELECT u.userKey * ${slotsPerUser} + ${slot} AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, ${application} AS application,
    ${date} AS lastActivityDate, '${source}' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey`;

const stateOf = (dataset: string): string =>
  `LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = '${dataset}'`;

const activityBranches = [
  ...activeUserApplications.map(
    ([application, prefix, license], slot) => `
  ${activityHead(String(slot), `'${application}'`, `r.${prefix}LastActivityDate`, 'activeUserReport')}
  JOIN activeUsers r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
    AND (r.${prefix}LastActivityDate IS NOT NULL OR r.has${license}License IS NOT 0)
  ${stateOf('activeUsers')}`,
  ),
  `${activityHead('6', "'outlook'", 'r.lastActivityDate', 'emailReport')}
  JOIN emailActivity r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
  ${stateOf('emailActivity')}`,
  `${activityHead('7', "'exchange'", 'r.lastActivityDate', 'mailboxReport')}
  JOIN mailboxUsage r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
  ${stateOf('mailboxUsage')}`,
  `${activityHead('8', "'oneDrive'", 'max(r.lastActivityDate)', 'oneDriveReport')}
  JOIN oneDriveUsage r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
  ${stateOf('oneDriveUsage')}
  GROUP BY u.userKey`,
  `${activityHead(
    `CASE a.application ${applications.map((name, index) => `WHEN '${name}' THEN ${9 + index}`).join(' ')} ELSE 31 END`,
    'a.application',
    'substr(max(r.lastSignInAt), 1, 10)',
    'signIns',
  )}
  JOIN applicationSignIns r ON r.tenantKey = u.tenantKey AND r.userId = u.userId
  JOIN signInApplications a ON a.appKey = r.appKey AND a.application IN (${applications.map((name) => `'${name}'`).join(', ')})
  ${stateOf('applicationSignIns')}
  GROUP BY u.userKey, a.application`,
];

/**
 * The columns of `v_users`. The product sorts and filters a hundred thousand users by `rows_users`, which therefore
 * reads the users in the order of their table and has no join; who selects from `v_users` gets one.
 */
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
  u.mailMegabytes AS mailMegabytes, u.oneDriveMegabytes AS oneDriveMegabytes`;

export const version1Views = `
CREATE VIEW v_tenants AS
SELECT tenantId, displayName, defaultDomain, cloud, lastImportAt FROM tenants;

CREATE VIEW v_evaluation AS
SELECT tenantId, evaluatedOn FROM tenants WHERE evaluatedOn IS NOT NULL;

CREATE VIEW rows_users AS
SELECT u.userKey AS rowKey, u.tenantKey AS tenantKey, u.searchText AS searchText,
  ${userCells('(SELECT t.tenantId FROM tenants t WHERE t.tenantKey = u.tenantKey)', '(SELECT t.evaluatedOn FROM tenants t WHERE t.tenantKey = u.tenantKey)')}
FROM users u;

CREATE VIEW v_users AS
SELECT ${userCells('t.tenantId', 't.evaluatedOn')}
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey;

CREATE VIEW rows_licenses AS
SELECT l.licenseKey AS rowKey, l.tenantKey AS tenantKey, l.productKey AS productKey,
  t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, p.productName AS productName, l.appliesTo AS appliesTo,
  coalesce(m.lifecycleStatus, 'active') AS lifecycleStatus, coalesce(m.managed, 1) AS managed,
  l.capabilityStatus AS capabilityStatus,
  (SELECT min(s.isTrial) FROM subscriptions s
    WHERE s.tenantKey = l.tenantKey AND s.productKey = l.productKey) AS isTrial,
  'unknown' AS term,
  (SELECT min(s.nextLifecycleAt) FROM subscriptions s
    WHERE s.tenantKey = l.tenantKey AND s.productKey = l.productKey
      AND s.nextLifecycleAt >= coalesce(t.evaluatedOn, '')) AS nextLifecycleAt
FROM licenses l
JOIN tenants t ON t.tenantKey = l.tenantKey
JOIN products p ON p.productKey = l.productKey
LEFT JOIN licenseManagement m ON m.tenantKey = l.tenantKey AND m.productKey = l.productKey;

CREATE VIEW v_licenses AS
SELECT tenantId, licenseId, skuId, skuPartNumber, productName, appliesTo, lifecycleStatus, managed,
  capabilityStatus, isTrial, term, nextLifecycleAt
FROM rows_licenses;

CREATE VIEW v_subscriptions AS
SELECT t.tenantId AS tenantId, s.subscriptionId AS subscriptionId, p.skuId AS skuId, s.status AS status,
  s.totalLicenses AS totalLicenses, s.isTrial AS isTrial, s.createdAt AS createdAt,
  s.nextLifecycleAt AS nextLifecycleAt, 'unknown' AS term
FROM subscriptions s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN products p ON p.productKey = s.productKey;

CREATE VIEW rows_seats AS
SELECT s.seatKey AS rowKey, s.tenantKey AS tenantKey, s.productKey AS productKey,
  t.tenantId AS tenantId, u.userId AS userId, u.userPrincipalName AS userPrincipalName, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, s.paths AS paths, s.direct AS direct, s.groupCount AS groupCount,
  ps.plans AS disabledPlans, s.verdict AS verdict, s.verdictReason AS verdictReason,
  s.lastActivityDate AS lastActivityDate, s.confidence AS confidence
FROM seats s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN users u ON u.userKey = s.userKey
JOIN products p ON p.productKey = s.productKey
JOIN planSets ps ON ps.planSetKey = s.planSetKey;

CREATE VIEW v_seats AS
SELECT tenantId, userId, userPrincipalName, skuId, skuPartNumber, paths, direct, groupCount, disabledPlans,
  verdict, verdictReason, lastActivityDate, confidence
FROM rows_seats;

CREATE VIEW v_assignments AS
SELECT t.tenantId AS tenantId, u.userId AS userId, u.userPrincipalName AS userPrincipalName, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, gi.groupId AS groupId, g.displayName AS groupName, a.state AS state,
  a.error AS error,
  CASE WHEN a.state IN ('Active', 'ActiveWithError') AND u.deletedAt IS NULL THEN 1 ELSE 0 END AS holdsSeat,
  ps.plans AS disabledPlans, a.lastUpdatedAt AS lastUpdatedAt
FROM assignments a
JOIN tenants t ON t.tenantKey = a.tenantKey
JOIN users u ON u.userKey = a.userKey
JOIN products p ON p.productKey = a.productKey
JOIN planSets ps ON ps.planSetKey = a.planSetKey
LEFT JOIN groupIds gi ON gi.groupKey = a.groupKey
LEFT JOIN groups g ON g.tenantKey = a.tenantKey AND g.groupKey = a.groupKey;

CREATE VIEW rows_activity AS
${activityBranches.join('\nUNION ALL\n')};

CREATE VIEW v_activity AS
SELECT tenantId, userId, userPrincipalName, application, lastActivityDate, source, asOfDate FROM rows_activity;

CREATE VIEW rows_position AS
SELECT l.licenseKey AS rowKey, l.tenantKey AS tenantKey, l.productKey AS productKey,
  t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, p.productName AS productName, l.enabled AS enabled, l.warning AS inGrace,
  l.suspended AS suspended, l.lockedOut AS lockedOut, o.entitled AS entitled, l.consumed AS consumed,
  o.seats AS seats, o.availableNow AS availableNow, o.availableAfterGrace AS availableAfterGrace,
  o.shortfallNow AS shortfallNow, o.shortfallSoon AS shortfallSoon, o.unassigned AS unassigned,
  o.active AS active, o.inactive AS inactive, o.never AS never, o.new AS new, o.unknown AS unknown
FROM licenses l
JOIN tenants t ON t.tenantKey = l.tenantKey
JOIN products p ON p.productKey = l.productKey
JOIN positions o ON o.tenantKey = l.tenantKey AND o.productKey = l.productKey;

CREATE VIEW v_position AS
SELECT tenantId, licenseId, skuId, skuPartNumber, enabled, inGrace, suspended, lockedOut, entitled, consumed,
  seats, availableNow, availableAfterGrace, shortfallNow, shortfallSoon, unassigned, active, inactive, never, new,
  unknown
FROM rows_position;

CREATE VIEW rows_imports AS
SELECT importKey AS rowKey, importId, tenantId, connectionId, connectionName, trigger, status, startedAt,
  finishedAt, requests, bytes, throttledMs
FROM imports;

CREATE VIEW v_imports AS
SELECT importId, tenantId, connectionId, connectionName, trigger, status, startedAt, finishedAt, requests, bytes,
  throttledMs
FROM rows_imports;

CREATE VIEW v_import_tasks AS
SELECT i.importId AS importId, t.task AS task, t.status AS status, t.rows AS rows, t.added AS added,
  t.changed AS changed, t.removed AS removed, t.durationMs AS durationMs, t.warnings AS warnings
FROM importTasks t JOIN imports i ON i.importKey = t.importKey;
`;
