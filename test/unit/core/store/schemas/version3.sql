PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL
);
INSERT INTO store VALUES(1,4);
CREATE TABLE connections (
  connectionId TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  tenantId TEXT,
  document TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO connections VALUES('c1','Contoso','7f000001-0000-4000-8000-000000000001','{"connectionId":"c1","name":"Contoso","sourceType":"microsoft365","tenant":null,"tenantId":"7f000001-0000-4000-8000-000000000001","cloud":"global","endpoints":null,"clientId":"00000000-0000-4000-8000-000000000800","flow":"deviceCode","redirectUri":null,"proxy":null,"tasks":["applicationRoster"],"caCertificatePath":null,"readOnly":false,"createdAt":"2026-01-01T00:00:00.000Z","account":null,"signedInAt":null}');
CREATE TABLE tenants (
  tenantKey INTEGER PRIMARY KEY,
  tenantId TEXT NOT NULL UNIQUE,
  displayName TEXT NOT NULL,
  defaultDomain TEXT,
  cloud TEXT NOT NULL,
  lastImportAt TEXT,
  evaluatedOn TEXT,
  inactivityDays INTEGER,
  graceDays INTEGER
);
INSERT INTO tenants VALUES(1,'7f000001-0000-4000-8000-000000000001','Contoso','contoso.example','global','2026-03-10T08:30:00.000Z','2026-03-10',30,30);
CREATE TABLE datasetStates (
  tenantKey INTEGER NOT NULL,
  dataset TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  attemptedAt TEXT NOT NULL,
  completedAt TEXT,
  asOfDate TEXT,
  concealed INTEGER NOT NULL,
  rows INTEGER,
  signInActivity TEXT,
  signInActivityAsOf TEXT, syncState TEXT,
  PRIMARY KEY (tenantKey, dataset)
) WITHOUT ROWID;
INSERT INTO datasetStates VALUES(1,'subscribedSkus','complete',NULL,'2026-03-10T08:30:00.000Z','2026-03-10T08:30:00.000Z','2026-03-10',0,1,NULL,NULL,NULL);
INSERT INTO datasetStates VALUES(1,'users','complete',NULL,'2026-03-10T08:30:00.000Z','2026-03-10T08:30:00.000Z','2026-03-10',0,2,'read','2026-03-10',NULL);
CREATE TABLE imports (
  importKey INTEGER PRIMARY KEY,
  importId TEXT NOT NULL UNIQUE,
  tenantId TEXT NOT NULL,
  connectionId TEXT NOT NULL,
  connectionName TEXT NOT NULL,
  trigger TEXT NOT NULL,
  status TEXT NOT NULL,
  startedAt TEXT NOT NULL,
  finishedAt TEXT NOT NULL,
  requests INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  throttledMs INTEGER NOT NULL
);
INSERT INTO imports VALUES(1,'import-1','7f000001-0000-4000-8000-000000000001','connection-1','Contoso','user','succeeded','2026-03-10T08:00:00.000Z','2026-03-10T08:30:00.000Z',3,4000,0);
CREATE TABLE importTasks (
  importKey INTEGER NOT NULL,
  position INTEGER NOT NULL,
  task TEXT NOT NULL,
  status TEXT NOT NULL,
  rows INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  durationMs INTEGER NOT NULL,
  warnings TEXT NOT NULL,
  PRIMARY KEY (importKey, position)
) WITHOUT ROWID;
INSERT INTO importTasks VALUES(1,0,'applicationRoster','succeeded',1,3,0,0,20,'');
CREATE TABLE products (
  productKey INTEGER PRIMARY KEY,
  skuId TEXT NOT NULL UNIQUE,
  skuPartNumber TEXT,
  productName TEXT
);
INSERT INTO products VALUES(1,'00000000-0000-4000-8000-000000000050','BASIC','BASIC');
CREATE TABLE planSets (
  planSetKey INTEGER PRIMARY KEY,
  plans TEXT NOT NULL UNIQUE
);
INSERT INTO planSets VALUES(1,'00000000-0000-4000-8000-000000000041');
CREATE TABLE groupIds (
  groupKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  groupId TEXT NOT NULL,
  UNIQUE (tenantKey, groupId)
);
INSERT INTO groupIds VALUES(1,1,'00000000-0000-4000-8000-000000000060');
CREATE TABLE groups (
  tenantKey INTEGER NOT NULL,
  groupKey INTEGER NOT NULL,
  displayName TEXT,
  groupTypes TEXT,
  securityEnabled INTEGER,
  mailEnabled INTEGER,
  onPremisesSyncEnabled INTEGER,
  PRIMARY KEY (tenantKey, groupKey)
) WITHOUT ROWID;
CREATE TABLE users (
  userKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  userId TEXT NOT NULL,
  userPrincipalName TEXT NOT NULL,
  upnKey TEXT NOT NULL,
  displayName TEXT,
  givenName TEXT,
  surname TEXT,
  mail TEXT,
  accountEnabled INTEGER,
  userType TEXT,
  onPremisesSyncEnabled INTEGER,
  jobTitle TEXT,
  department TEXT,
  companyName TEXT,
  country TEXT,
  usageLocation TEXT,
  createdAt TEXT,
  deletedAt TEXT,
  lastSignInAt TEXT,
  lastNonInteractiveSignInAt TEXT,
  lastSuccessfulSignInAt TEXT,
  assignmentsDigest TEXT,
  evaluationDigest TEXT,
  lastActivityDate TEXT,
  verdict TEXT,
  verdictReason TEXT,
  confidence TEXT,
  licenses TEXT,
  activations TEXT,
  windows INTEGER,
  mac INTEGER,
  mobile INTEGER,
  web INTEGER,
  mailMegabytes REAL,
  oneDriveMegabytes REAL,
  searchText TEXT,
  UNIQUE (tenantKey, userId)
);
INSERT INTO users VALUES(1,1,'00000000-0000-4000-8000-000000000001','user1@contoso.example','user1@contoso.example','User 1',NULL,NULL,NULL,1,'Member',NULL,NULL,NULL,NULL,NULL,NULL,'2020-01-01T00:00:00Z',NULL,'2026-03-05T00:00:00Z',NULL,'2026-03-05T00:00:00Z','2WlDHkfl5XdgN9uEDE0N','W5UUdapDl7Rzvcdn','2026-03-05','active','usedRecently','medium','BASIC',NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('user1@contoso.example\nuser 1\nbasic','\n',char(10)));
INSERT INTO users VALUES(2,1,'00000000-0000-4000-8000-000000000002','user2@contoso.example','user2@contoso.example','User 2',NULL,NULL,NULL,1,'Member',NULL,NULL,NULL,NULL,NULL,NULL,'2020-01-01T00:00:00Z',NULL,NULL,NULL,NULL,'','ewy8h+kplGrbtPrQ',NULL,'never','noUseSinceCreation','medium','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('user2@contoso.example\nuser 2','\n',char(10)));
CREATE TABLE assignments (
  tenantKey INTEGER NOT NULL,
  userKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  groupKey INTEGER NOT NULL,
  state TEXT NOT NULL,
  error TEXT,
  planSetKey INTEGER NOT NULL,
  lastUpdatedAt TEXT,
  PRIMARY KEY (tenantKey, userKey, productKey, groupKey)
) WITHOUT ROWID;
INSERT INTO assignments VALUES(1,1,1,1,'Active',NULL,1,'2025-01-02T03:04:05Z');
CREATE TABLE licenses (
  licenseKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  appliesTo TEXT,
  capabilityStatus TEXT,
  consumed INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  warning INTEGER NOT NULL,
  suspended INTEGER NOT NULL,
  lockedOut INTEGER NOT NULL,
  subscriptionIds TEXT NOT NULL,
  servicePlansDigest TEXT NOT NULL,
  UNIQUE (tenantKey, productKey)
);
INSERT INTO licenses VALUES(1,1,1,'User','Enabled',1,5,0,0,0,'','');
CREATE TABLE servicePlans (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  servicePlanId TEXT NOT NULL,
  servicePlanName TEXT NOT NULL,
  appliesTo TEXT,
  provisioningStatus TEXT,
  PRIMARY KEY (tenantKey, productKey, servicePlanId)
) WITHOUT ROWID;
CREATE TABLE licenseManagement (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  lifecycleStatus TEXT NOT NULL DEFAULT 'active',
  managed INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (tenantKey, productKey)
) WITHOUT ROWID;
CREATE TABLE subscriptions (
  tenantKey INTEGER NOT NULL,
  subscriptionId TEXT NOT NULL,
  productKey INTEGER NOT NULL,
  commerceSubscriptionId TEXT,
  status TEXT,
  totalLicenses INTEGER,
  isTrial INTEGER,
  createdAt TEXT,
  nextLifecycleAt TEXT,
  PRIMARY KEY (tenantKey, subscriptionId)
) WITHOUT ROWID;
CREATE TABLE activations (
  tenantKey INTEGER NOT NULL,
  upnKey TEXT NOT NULL,
  productType TEXT NOT NULL,
  lastActivatedDate TEXT,
  windows INTEGER,
  mac INTEGER,
  windows10Mobile INTEGER,
  ios INTEGER,
  android INTEGER,
  sharedComputer INTEGER,
  PRIMARY KEY (tenantKey, upnKey, productType)
) WITHOUT ROWID;
CREATE TABLE appUsage (
  tenantKey INTEGER NOT NULL,
  upnKey TEXT NOT NULL,
  lastActivationDate TEXT,
  lastActivityDate TEXT,
  windows INTEGER,
  mac INTEGER,
  mobile INTEGER,
  web INTEGER,
  apps TEXT,
  PRIMARY KEY (tenantKey, upnKey)
) WITHOUT ROWID;
CREATE TABLE oneDriveUsage (
  tenantKey INTEGER NOT NULL,
  upnKey TEXT NOT NULL,
  siteNumber INTEGER NOT NULL,
  siteId TEXT,
  isDeleted INTEGER,
  lastActivityDate TEXT,
  fileCount INTEGER,
  activeFileCount INTEGER,
  storageUsedBytes INTEGER,
  storageAllocatedBytes INTEGER,
  PRIMARY KEY (tenantKey, upnKey, siteNumber)
) WITHOUT ROWID;
CREATE TABLE mailboxUsage (
  tenantKey INTEGER NOT NULL,
  upnKey TEXT NOT NULL,
  displayName TEXT,
  isDeleted INTEGER,
  createdDate TEXT,
  lastActivityDate TEXT,
  itemCount INTEGER,
  storageUsedBytes INTEGER,
  hasArchive INTEGER,
  recipientType TEXT,
  PRIMARY KEY (tenantKey, upnKey)
) WITHOUT ROWID;
CREATE TABLE activeUsers (
  tenantKey INTEGER NOT NULL,
  upnKey TEXT NOT NULL,
  isDeleted INTEGER,
  exchangeLastActivityDate TEXT,
  oneDriveLastActivityDate TEXT,
  sharePointLastActivityDate TEXT,
  skypeForBusinessLastActivityDate TEXT,
  yammerLastActivityDate TEXT,
  teamsLastActivityDate TEXT,
  hasExchangeLicense INTEGER,
  hasOneDriveLicense INTEGER,
  hasSharePointLicense INTEGER,
  hasSkypeForBusinessLicense INTEGER,
  hasYammerLicense INTEGER,
  hasTeamsLicense INTEGER,
  PRIMARY KEY (tenantKey, upnKey)
) WITHOUT ROWID;
CREATE TABLE emailActivity (
  tenantKey INTEGER NOT NULL,
  upnKey TEXT NOT NULL,
  isDeleted INTEGER,
  lastActivityDate TEXT,
  sendCount INTEGER,
  receiveCount INTEGER,
  readCount INTEGER,
  PRIMARY KEY (tenantKey, upnKey)
) WITHOUT ROWID;
CREATE TABLE signInApplications (
  appKey INTEGER PRIMARY KEY,
  appId TEXT NOT NULL UNIQUE,
  appDisplayName TEXT,
  application TEXT
);
CREATE TABLE applicationSignIns (
  tenantKey INTEGER NOT NULL,
  userId TEXT NOT NULL,
  appKey INTEGER NOT NULL,
  lastSignInAt TEXT NOT NULL,
  PRIMARY KEY (tenantKey, userId, appKey)
) WITHOUT ROWID;
CREATE TABLE seats (
  seatKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  userKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  paths INTEGER NOT NULL,
  direct INTEGER NOT NULL,
  groupCount INTEGER NOT NULL,
  planSetKey INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  verdictReason TEXT NOT NULL,
  lastActivityDate TEXT,
  confidence TEXT
);
INSERT INTO seats VALUES(1,1,1,1,1,0,1,1,'unknown','notObservable',NULL,NULL);
CREATE TABLE positions (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  entitled INTEGER NOT NULL,
  availableNow INTEGER NOT NULL,
  availableAfterGrace INTEGER NOT NULL,
  shortfallNow INTEGER NOT NULL,
  shortfallSoon INTEGER NOT NULL,
  unassigned INTEGER NOT NULL,
  seats INTEGER NOT NULL,
  active INTEGER NOT NULL,
  inactive INTEGER NOT NULL,
  never INTEGER NOT NULL,
  new INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  notPerson INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, productKey)
) WITHOUT ROWID;
INSERT INTO positions VALUES(1,1,5,4,4,0,0,4,1,0,0,0,0,1,0);
CREATE TABLE licenseHistory (
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
  seats INTEGER NOT NULL,
  active INTEGER NOT NULL,
  inactive INTEGER NOT NULL,
  never INTEGER NOT NULL,
  new INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  notPerson INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, productKey, validFrom)
) WITHOUT ROWID;
CREATE TABLE subscriptionHistory (
  tenantKey INTEGER NOT NULL,
  subscriptionId TEXT NOT NULL,
  validFrom TEXT NOT NULL,
  validTo TEXT,
  productKey INTEGER NOT NULL,
  status TEXT,
  totalLicenses INTEGER,
  isTrial INTEGER,
  nextLifecycleAt TEXT,
  PRIMARY KEY (tenantKey, subscriptionId, validFrom)
) WITHOUT ROWID;
CREATE TABLE historyUsers (
  historyUserKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  userId TEXT NOT NULL,
  userPrincipalName TEXT NOT NULL,
  UNIQUE (tenantKey, userId)
);
CREATE TABLE assignmentChanges (
  changeKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  historyUserKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  groupKey INTEGER NOT NULL,
  changedAt TEXT NOT NULL,
  change TEXT NOT NULL,
  state TEXT NOT NULL,
  planSetKey INTEGER NOT NULL
);
CREATE TABLE userChanges (
  changeKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  historyUserKey INTEGER NOT NULL,
  changedAt TEXT NOT NULL,
  change TEXT NOT NULL
);
CREATE INDEX importsOfTenant ON imports (tenantId, startedAt);
CREATE INDEX usersByName ON users (tenantKey, upnKey);
CREATE INDEX seatsOfUser ON seats (userKey);
CREATE INDEX seatsOfProduct ON seats (tenantKey, productKey, userKey);
CREATE VIEW v_tenants AS
SELECT tenantId, displayName, defaultDomain, cloud, lastImportAt FROM tenants;
CREATE VIEW v_evaluation AS
SELECT tenantId, evaluatedOn FROM tenants WHERE evaluatedOn IS NOT NULL;
CREATE VIEW rows_users AS
SELECT u.userKey AS rowKey, u.tenantKey AS tenantKey, u.searchText AS searchText,
  
  (SELECT t.tenantId FROM tenants t WHERE t.tenantKey = u.tenantKey) AS tenantId, u.userId AS userId, u.userPrincipalName AS userPrincipalName,
  u.displayName AS displayName, u.mail AS mail, u.accountEnabled AS accountEnabled, u.userType AS userType,
  CASE WHEN u.userType IS NULL THEN NULL WHEN lower(u.userType) = 'guest' THEN 1 ELSE 0 END AS isGuest,
  CASE u.onPremisesSyncEnabled WHEN 1 THEN 'synced' WHEN 0 THEN 'wasSynced' ELSE 'cloudOnly' END
    AS onPremisesSync,
  u.jobTitle AS jobTitle, u.department AS department, u.companyName AS companyName, u.country AS country,
  u.usageLocation AS usageLocation, u.createdAt AS createdAt, u.deletedAt AS deactivatedAt,
  u.licenses AS licenses, u.lastActivityDate AS lastActivityDate,
  CAST(julianday((SELECT t.evaluatedOn FROM tenants t WHERE t.tenantKey = u.tenantKey)) - julianday(u.lastActivityDate) AS INTEGER) AS daysSinceLastActivity,
  u.verdict AS verdict, u.verdictReason AS verdictReason, u.confidence AS confidence,
  u.activations AS activations, u.windows AS windows, u.mac AS mac, u.mobile AS mobile, u.web AS web,
  u.mailMegabytes AS mailMegabytes, u.oneDriveMegabytes AS oneDriveMegabytes
FROM users u;
CREATE VIEW v_users AS
SELECT 
  t.tenantId AS tenantId, u.userId AS userId, u.userPrincipalName AS userPrincipalName,
  u.displayName AS displayName, u.mail AS mail, u.accountEnabled AS accountEnabled, u.userType AS userType,
  CASE WHEN u.userType IS NULL THEN NULL WHEN lower(u.userType) = 'guest' THEN 1 ELSE 0 END AS isGuest,
  CASE u.onPremisesSyncEnabled WHEN 1 THEN 'synced' WHEN 0 THEN 'wasSynced' ELSE 'cloudOnly' END
    AS onPremisesSync,
  u.jobTitle AS jobTitle, u.department AS department, u.companyName AS companyName, u.country AS country,
  u.usageLocation AS usageLocation, u.createdAt AS createdAt, u.deletedAt AS deactivatedAt,
  u.licenses AS licenses, u.lastActivityDate AS lastActivityDate,
  CAST(julianday(t.evaluatedOn) - julianday(u.lastActivityDate) AS INTEGER) AS daysSinceLastActivity,
  u.verdict AS verdict, u.verdictReason AS verdictReason, u.confidence AS confidence,
  u.activations AS activations, u.windows AS windows, u.mac AS mac, u.mobile AS mobile, u.web AS web,
  u.mailMegabytes AS mailMegabytes, u.oneDriveMegabytes AS oneDriveMegabytes
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

  
  SELECT u.userKey * 32 + 0 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'exchange' AS application,
    r.exchangeLastActivityDate AS lastActivityDate, 'activeUserReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN activeUsers r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
    AND (r.exchangeLastActivityDate IS NOT NULL OR r.hasExchangeLicense IS NOT 0)
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'activeUsers'
UNION ALL

  
  SELECT u.userKey * 32 + 1 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'oneDrive' AS application,
    r.oneDriveLastActivityDate AS lastActivityDate, 'activeUserReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN activeUsers r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
    AND (r.oneDriveLastActivityDate IS NOT NULL OR r.hasOneDriveLicense IS NOT 0)
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'activeUsers'
UNION ALL

  
  SELECT u.userKey * 32 + 2 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'sharePoint' AS application,
    r.sharePointLastActivityDate AS lastActivityDate, 'activeUserReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN activeUsers r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
    AND (r.sharePointLastActivityDate IS NOT NULL OR r.hasSharePointLicense IS NOT 0)
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'activeUsers'
UNION ALL

  
  SELECT u.userKey * 32 + 3 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'skypeForBusiness' AS application,
    r.skypeForBusinessLastActivityDate AS lastActivityDate, 'activeUserReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN activeUsers r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
    AND (r.skypeForBusinessLastActivityDate IS NOT NULL OR r.hasSkypeForBusinessLicense IS NOT 0)
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'activeUsers'
UNION ALL

  
  SELECT u.userKey * 32 + 4 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'teams' AS application,
    r.teamsLastActivityDate AS lastActivityDate, 'activeUserReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN activeUsers r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
    AND (r.teamsLastActivityDate IS NOT NULL OR r.hasTeamsLicense IS NOT 0)
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'activeUsers'
UNION ALL

  
  SELECT u.userKey * 32 + 5 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'yammer' AS application,
    r.yammerLastActivityDate AS lastActivityDate, 'activeUserReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN activeUsers r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
    AND (r.yammerLastActivityDate IS NOT NULL OR r.hasYammerLicense IS NOT 0)
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'activeUsers'
UNION ALL

  SELECT u.userKey * 32 + 6 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'outlook' AS application,
    r.lastActivityDate AS lastActivityDate, 'emailReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN emailActivity r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'emailActivity'
UNION ALL

  SELECT u.userKey * 32 + 7 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'exchange' AS application,
    r.lastActivityDate AS lastActivityDate, 'mailboxReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN mailboxUsage r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'mailboxUsage'
UNION ALL

  SELECT u.userKey * 32 + 8 AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, 'oneDrive' AS application,
    max(r.lastActivityDate) AS lastActivityDate, 'oneDriveReport' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN oneDriveUsage r ON r.tenantKey = u.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'oneDriveUsage'
  GROUP BY u.userKey
UNION ALL

  SELECT u.userKey * 32 + CASE a.application WHEN 'dynamics365' THEN 9 WHEN 'exchange' THEN 10 WHEN 'teams' THEN 11 WHEN 'oneDrive' THEN 12 WHEN 'outlook' THEN 13 WHEN 'powerBi' THEN 14 WHEN 'project' THEN 15 WHEN 'sharePoint' THEN 16 WHEN 'skypeForBusiness' THEN 17 WHEN 'visio' THEN 18 WHEN 'yammer' THEN 19 ELSE 31 END AS rowKey, u.userKey AS userKey, t.tenantId AS tenantId,
    u.userId AS userId, u.userPrincipalName AS userPrincipalName, a.application AS application,
    substr(max(r.lastSignInAt), 1, 10) AS lastActivityDate, 'signIns' AS source, d.asOfDate AS asOfDate
  FROM users u
  JOIN tenants t ON t.tenantKey = u.tenantKey
  JOIN applicationSignIns r ON r.tenantKey = u.tenantKey AND r.userId = u.userId
  JOIN signInApplications a ON a.appKey = r.appKey AND a.application IN ('dynamics365', 'exchange', 'teams', 'oneDrive', 'outlook', 'powerBi', 'project', 'sharePoint', 'skypeForBusiness', 'visio', 'yammer')
  LEFT JOIN datasetStates d ON d.tenantKey = u.tenantKey AND d.dataset = 'applicationSignIns'
  GROUP BY u.userKey, a.application;
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
CREATE INDEX assignmentChangesOfUser ON assignmentChanges (historyUserKey);
CREATE INDEX userChangesOfUser ON userChanges (historyUserKey);
CREATE VIEW v_license_history AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, h.validFrom AS validFrom, h.validTo AS validTo,
  h.capabilityStatus AS capabilityStatus, h.enabled AS enabled, h.warning AS inGrace, h.suspended AS suspended,
  h.lockedOut AS lockedOut, h.consumed AS consumed, h.seats AS seats, h.active AS active, h.inactive AS inactive,
  h.never AS never, h.new AS new, h.unknown AS unknown, h.notPerson AS notPerson
FROM licenseHistory h
JOIN tenants t ON t.tenantKey = h.tenantKey
JOIN products p ON p.productKey = h.productKey;
CREATE VIEW v_subscription_history AS
SELECT t.tenantId AS tenantId, h.subscriptionId AS subscriptionId, p.skuId AS skuId, h.validFrom AS validFrom,
  h.validTo AS validTo, h.status AS status, h.totalLicenses AS totalLicenses, h.isTrial AS isTrial,
  h.nextLifecycleAt AS nextLifecycleAt
FROM subscriptionHistory h
JOIN tenants t ON t.tenantKey = h.tenantKey
JOIN products p ON p.productKey = h.productKey;
CREATE VIEW v_assignment_history AS
SELECT t.tenantId AS tenantId, u.userId AS userId, u.userPrincipalName AS userPrincipalName, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, g.groupId AS groupId, c.changedAt AS changedAt, c.change AS change,
  c.state AS state, s.plans AS disabledPlans
FROM assignmentChanges c
JOIN tenants t ON t.tenantKey = c.tenantKey
JOIN historyUsers u ON u.historyUserKey = c.historyUserKey
JOIN products p ON p.productKey = c.productKey
JOIN planSets s ON s.planSetKey = c.planSetKey
LEFT JOIN groupIds g ON g.groupKey = c.groupKey;
CREATE VIEW v_user_history AS
SELECT t.tenantId AS tenantId, u.userId AS userId, u.userPrincipalName AS userPrincipalName,
  c.changedAt AS changedAt, c.change AS change
FROM userChanges c
JOIN tenants t ON t.tenantKey = c.tenantKey
JOIN historyUsers u ON u.historyUserKey = c.historyUserKey;
COMMIT;
PRAGMA user_version = 3;
PRAGMA application_id = 1295201845;
