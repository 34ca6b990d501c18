PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL
);
INSERT INTO store VALUES(1,10);
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
, rulesVersion INTEGER, ownInactivityDays INTEGER, ownGraceDays INTEGER, noticeDays INTEGER, inputsDigest TEXT);
INSERT INTO tenants VALUES(1,'7f000001-0000-4000-8000-000000000001','Contoso','contoso.example','global','2026-03-10T08:30:00.000Z','2026-03-10',30,30,1,30,30,30,'x');
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
, family TEXT);
INSERT INTO products VALUES(1,'00000000-0000-4000-8000-000000000050','BASIC','BASIC','Other products');
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
  searchText TEXT, seatSetKey INTEGER, observedUse INTEGER, grantedServices INTEGER, heardServices INTEGER, exchangeDay INTEGER, teamsDay INTEGER, oneDriveDay INTEGER, outlookDay INTEGER, sharePointDay INTEGER, skypeForBusinessDay INTEGER, yammerDay INTEGER, dynamics365Day INTEGER, powerBiDay INTEGER, projectDay INTEGER, visioDay INTEGER, markedAs TEXT, markReason TEXT, markPattern TEXT,
  UNIQUE (tenantKey, userId)
);
INSERT INTO users VALUES(1,1,'00000000-0000-4000-8000-000000000001','user1@contoso.example','user1@contoso.example','User 1',NULL,NULL,NULL,1,'Member',NULL,NULL,NULL,NULL,NULL,NULL,'2020-01-01T00:00:00Z',NULL,'2026-03-05T00:00:00Z',NULL,'2026-03-05T00:00:00Z','2WlDHkfl5XdgN9uEDE0N','4FHM1PMfCXcxt2vg','2026-03-05','active','usedRecently','medium','BASIC',NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('user1@contoso.example\nuser 1\nbasic','\n',char(10)),1,4096,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO users VALUES(2,1,'00000000-0000-4000-8000-000000000002','user2@contoso.example','user2@contoso.example','User 2',NULL,NULL,NULL,1,'Member',NULL,NULL,NULL,NULL,NULL,NULL,'2020-01-01T00:00:00Z',NULL,NULL,NULL,NULL,'','YmM3imJ2hyyjRiuC',NULL,'never','noUseSinceCreation','medium','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('user2@contoso.example\nuser 2','\n',char(10)),NULL,33554432,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
  managed INTEGER NOT NULL DEFAULT 1, unmanagedReason TEXT, unmanagedUntil TEXT, withoutAlerts INTEGER NOT NULL DEFAULT 0, alertsReason TEXT, alertsUntil TEXT, entitlementLimit TEXT NOT NULL DEFAULT 'asPurchased', buffer INTEGER NOT NULL DEFAULT 0, administrator TEXT, note TEXT, inactivityDays INTEGER, graceDays INTEGER, givenName TEXT, noticeDays INTEGER,
  PRIMARY KEY (tenantKey, productKey)
) WITHOUT ROWID;
INSERT INTO licenseManagement VALUES(1,1,'active',1,NULL,NULL,0,NULL,NULL,'asPurchased',1,'sam@contoso.example',NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO positions VALUES(1,1,5,4,4,0,0,3,1,0,0,0,0,1,0);
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
CREATE TABLE registrationDetails (
  tenantKey INTEGER NOT NULL,
  userId TEXT NOT NULL,
  isMfaRegistered INTEGER,
  isMfaCapable INTEGER,
  lastUpdatedAt TEXT,
  PRIMARY KEY (tenantKey, userId)
) WITHOUT ROWID;
CREATE TABLE purchases (
  purchaseId TEXT PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  amountMinor INTEGER NOT NULL,
  amountPer TEXT NOT NULL,
  currency TEXT NOT NULL,
  paymentFrequency TEXT NOT NULL,
  effectiveDate TEXT NOT NULL,
  endingDate TEXT,
  note TEXT
) WITHOUT ROWID;
INSERT INTO purchases VALUES('purchase-1',1,1,5,1250,'unit','EUR','monthly','2026-01-01',NULL,NULL);
CREATE TABLE subscriptionManagement (
  tenantKey INTEGER NOT NULL,
  subscriptionId TEXT NOT NULL,
  recurringBilling INTEGER,
  PRIMARY KEY (tenantKey, subscriptionId)
) WITHOUT ROWID;
CREATE TABLE exchangeRates (
  fromCurrency TEXT NOT NULL,
  toCurrency TEXT NOT NULL,
  rate TEXT NOT NULL,
  PRIMARY KEY (fromCurrency, toCurrency)
) WITHOUT ROWID;
CREATE TABLE catalogueLists (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  listDate TEXT NOT NULL
);
CREATE TABLE catalogueProducts (
  skuId TEXT PRIMARY KEY,
  skuPartNumber TEXT NOT NULL,
  productName TEXT NOT NULL,
  servicePlanIds TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE cataloguePlans (
  servicePlanId TEXT PRIMARY KEY,
  servicePlanName TEXT NOT NULL,
  friendlyName TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE planNames (
  servicePlanId TEXT PRIMARY KEY,
  friendlyName TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE licenseImports (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  connectionId TEXT NOT NULL,
  PRIMARY KEY (tenantKey, productKey, connectionId)
) WITHOUT ROWID;
CREATE TABLE seatSets (
  seatSetKey INTEGER PRIMARY KEY,
  products TEXT NOT NULL UNIQUE
);
INSERT INTO seatSets VALUES(1,'1');
CREATE TABLE seatSetSpend (
  tenantKey INTEGER NOT NULL,
  seatSetKey INTEGER NOT NULL,
  line INTEGER NOT NULL,
  currency TEXT,
  monthlyMinor INTEGER,
  annualMinor INTEGER,
  unpricedSeats INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, seatSetKey, line)
) WITHOUT ROWID;
INSERT INTO seatSetSpend VALUES(1,1,0,'EUR',1250,15000,0);
CREATE TABLE licenseResults (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  lifecycleStatus TEXT NOT NULL,
  participation TEXT NOT NULL,
  isCounted INTEGER NOT NULL,
  notCountedReason TEXT,
  term TEXT NOT NULL,
  isFree INTEGER NOT NULL,
  unitMonthlyMinor INTEGER,
  currency TEXT,
  priceProblem TEXT,
  purchasedQuantity INTEGER,
  boughtMonthlyMinor INTEGER,
  boughtAnnualMinor INTEGER,
  PRIMARY KEY (tenantKey, productKey)
) WITHOUT ROWID;
INSERT INTO licenseResults VALUES(1,1,'active','managed',1,NULL,'unknown',0,1250,'EUR',NULL,5,6250,75000);
CREATE TABLE subscriptionResults (
  tenantKey INTEGER NOT NULL,
  subscriptionId TEXT NOT NULL,
  term TEXT NOT NULL,
  PRIMARY KEY (tenantKey, subscriptionId)
) WITHOUT ROWID;
CREATE TABLE findingEvidence (
  evidenceKey INTEGER PRIMARY KEY,
  evidence TEXT NOT NULL UNIQUE
);
INSERT INTO findingEvidence VALUES(3,'{"about":"source","source":"activeUserReport","status":"missing","asOfDate":null}');
INSERT INTO findingEvidence VALUES(4,'{"about":"source","source":"emailReport","status":"missing","asOfDate":null}');
INSERT INTO findingEvidence VALUES(5,'{"about":"source","source":"appUsageReport","status":"missing","asOfDate":null}');
INSERT INTO findingEvidence VALUES(6,'{"about":"source","source":"mailboxReport","status":"missing","asOfDate":null}');
INSERT INTO findingEvidence VALUES(7,'{"about":"source","source":"oneDriveReport","status":"missing","asOfDate":null}');
INSERT INTO findingEvidence VALUES(8,'{"about":"source","source":"signIns","status":"missing","asOfDate":null}');
INSERT INTO findingEvidence VALUES(9,'{"about":"position","entitled":5,"enabled":5,"inGrace":0,"consumed":1,"buffer":1,"limit":"asPurchased","graceEnds":null}');
CREATE TABLE findings (
  findingKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  kind TEXT NOT NULL,
  userKey INTEGER,
  productKey INTEGER,
  part TEXT,
  seats INTEGER NOT NULL,
  monthlyMinor INTEGER,
  currency TEXT,
  bucket TEXT,
  evidenceKey INTEGER NOT NULL
);
INSERT INTO findings VALUES(3,1,'dataMissing',NULL,NULL,'activeUserReport',0,0,NULL,NULL,3);
INSERT INTO findings VALUES(4,1,'dataMissing',NULL,NULL,'emailReport',0,0,NULL,NULL,4);
INSERT INTO findings VALUES(5,1,'dataMissing',NULL,NULL,'appUsageReport',0,0,NULL,NULL,5);
INSERT INTO findings VALUES(6,1,'dataMissing',NULL,NULL,'mailboxReport',0,0,NULL,NULL,6);
INSERT INTO findings VALUES(7,1,'dataMissing',NULL,NULL,'oneDriveReport',0,0,NULL,NULL,7);
INSERT INTO findings VALUES(8,1,'dataMissing',NULL,NULL,'signIns',0,0,NULL,NULL,8);
INSERT INTO findings VALUES(10,1,'unassigned',NULL,1,NULL,3,3750,'EUR','unassigned',9);
CREATE TABLE tenantResults (
  tenantKey INTEGER PRIMARY KEY,
  findingsDigest TEXT,
  pricedSeats INTEGER NOT NULL DEFAULT 0,
  totalSeats INTEGER NOT NULL DEFAULT 0,
  lowerBound INTEGER NOT NULL DEFAULT 0,
  retired INTEGER NOT NULL DEFAULT 0,
  unmanaged INTEGER NOT NULL DEFAULT 0,
  excludedFromAlerts INTEGER NOT NULL DEFAULT 0,
  costUnknown INTEGER NOT NULL DEFAULT 0
);
INSERT INTO tenantResults VALUES(1,'nUSEDm7TfimsBQeNMgH5E/YJ1F8=',1,1,0,0,0,0,0);
CREATE TABLE spend (
  tenantKey INTEGER NOT NULL,
  currency TEXT NOT NULL,
  monthlyMinor INTEGER NOT NULL,
  annualMinor INTEGER NOT NULL,
  assignedMonthlyMinor INTEGER NOT NULL,
  assignedAnnualMinor INTEGER NOT NULL,
  pricedSeats INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, currency)
) WITHOUT ROWID;
INSERT INTO spend VALUES(1,'EUR',6250,75000,1250,15000,1);
CREATE TABLE spendLines (
  tenantKey INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  line INTEGER NOT NULL,
  value TEXT,
  currency TEXT NOT NULL,
  monthlyMinor INTEGER NOT NULL,
  annualMinor INTEGER NOT NULL,
  people INTEGER NOT NULL,
  seats INTEGER NOT NULL,
  unpricedSeats INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, dimension, line)
) WITHOUT ROWID;
INSERT INTO spendLines VALUES(1,'companyName',0,NULL,'EUR',1250,15000,1,1,0);
INSERT INTO spendLines VALUES(1,'country',0,NULL,'EUR',1250,15000,1,1,0);
INSERT INTO spendLines VALUES(1,'department',0,NULL,'EUR',1250,15000,1,1,0);
CREATE TABLE licenseSpend (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  line INTEGER NOT NULL,
  currency TEXT,
  boughtMonthlyMinor INTEGER,
  boughtAnnualMinor INTEGER,
  assignedMonthlyMinor INTEGER,
  seats INTEGER NOT NULL,
  incomplete INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, productKey, line)
) WITHOUT ROWID;
INSERT INTO licenseSpend VALUES(1,1,0,'EUR',6250,75000,1250,1,0);
CREATE TABLE hiddenCosts (
  tenantKey INTEGER NOT NULL,
  currency TEXT NOT NULL,
  monthlyMinor INTEGER NOT NULL,
  annualMinor INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, currency)
) WITHOUT ROWID;
CREATE TABLE realisables (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  currency TEXT,
  freed INTEGER NOT NULL,
  nowUnits INTEGER NOT NULL,
  nowMinor INTEGER,
  renewalUnits INTEGER NOT NULL,
  renewalMinor INTEGER,
  renewalDate TEXT,
  PRIMARY KEY (tenantKey, productKey)
) WITHOUT ROWID;
INSERT INTO realisables VALUES(1,1,'EUR',0,0,0,3,3750,NULL);
CREATE TABLE verifiedSavings (
  verifiedKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  verifiedAt TEXT NOT NULL,
  kind TEXT NOT NULL,
  bucket TEXT NOT NULL,
  userId TEXT,
  productKey INTEGER NOT NULL,
  seats INTEGER NOT NULL,
  monthlyMinor INTEGER,
  currency TEXT
);
CREATE TABLE spendHistory (
  tenantKey INTEGER NOT NULL,
  at TEXT NOT NULL,
  currency TEXT NOT NULL,
  monthlyMinor INTEGER NOT NULL,
  savingsMonthlyMinor INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, currency, at)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "tenantHistory" (
  tenantKey INTEGER NOT NULL,
  at TEXT NOT NULL,
  licenses INTEGER,
  entitled INTEGER,
  consumed INTEGER,
  seats INTEGER,
  shortfallNow INTEGER,
  shortfallSoon INTEGER,
  unassigned INTEGER,
  active INTEGER,
  inactive INTEGER,
  never INTEGER,
  new INTEGER,
  unknown INTEGER,
  findings INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, at)
) WITHOUT ROWID;
CREATE TABLE accountMarks (
  tenantKey INTEGER NOT NULL,
  upnKey TEXT NOT NULL,
  userPrincipalName TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT,
  markedAt TEXT NOT NULL,
  PRIMARY KEY (tenantKey, upnKey)
) WITHOUT ROWID;
INSERT INTO accountMarks VALUES(1,'gone@contoso.example','Gone@contoso.example','room','Closed','2026-03-10T08:30:00.000Z');
CREATE TABLE accountPatterns (
  patternKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  field TEXT NOT NULL,
  pattern TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT,
  markedAt TEXT NOT NULL,
  UNIQUE (tenantKey, field, pattern)
);
CREATE TABLE downgradeAnswers (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  notNeeded TEXT NOT NULL,
  frontline INTEGER NOT NULL,
  noHolds INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, productKey)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "licenseHistory" (
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
  seats INTEGER,
  active INTEGER,
  inactive INTEGER,
  never INTEGER,
  new INTEGER,
  unknown INTEGER,
  notPerson INTEGER,
  PRIMARY KEY (tenantKey, productKey, validFrom)
) WITHOUT ROWID;
CREATE INDEX importsOfTenant ON imports (tenantId, startedAt);
CREATE INDEX usersByName ON users (tenantKey, upnKey);
CREATE INDEX seatsOfUser ON seats (userKey);
CREATE INDEX seatsOfProduct ON seats (tenantKey, productKey, userKey);
CREATE VIEW v_tenants AS
SELECT tenantId, displayName, defaultDomain, cloud, lastImportAt FROM tenants;
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
CREATE INDEX assignmentsInError ON assignments (tenantKey, userKey) WHERE state IN ('Error', 'ActiveWithError');
CREATE INDEX purchasesOfProduct ON purchases (tenantKey, productKey);
CREATE INDEX findingsOfUser ON findings (userKey);
CREATE INDEX findingsOfKind ON findings (tenantKey, kind, productKey);
CREATE INDEX verifiedSavingsOfTenant ON verifiedSavings (tenantKey, verifiedAt);
CREATE VIEW v_evaluation AS
SELECT tenantId, evaluatedOn, coalesce(ownInactivityDays, inactivityDays) AS inactivityDays,
  coalesce(ownGraceDays, graceDays) AS graceDays
FROM tenants WHERE evaluatedOn IS NOT NULL;
CREATE VIEW v_user_activity AS
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'exchange' AS application, date(u.exchangeDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.exchangeDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'teams' AS application, date(u.teamsDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.teamsDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'oneDrive' AS application, date(u.oneDriveDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.oneDriveDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'outlook' AS application, date(u.outlookDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.outlookDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'sharePoint' AS application, date(u.sharePointDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.sharePointDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'skypeForBusiness' AS application, date(u.skypeForBusinessDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.skypeForBusinessDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'yammer' AS application, date(u.yammerDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.yammerDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'dynamics365' AS application, date(u.dynamics365Day * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.dynamics365Day IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'powerBi' AS application, date(u.powerBiDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.powerBiDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'project' AS application, date(u.projectDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.projectDay IS NOT NULL
UNION ALL
SELECT t.tenantId AS tenantId, u.userId AS userId,
  u.userPrincipalName AS userPrincipalName, 'visio' AS application, date(u.visioDay * 86400, 'unixepoch') AS lastActivityDate
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey WHERE u.visioDay IS NOT NULL;
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
CREATE VIEW rows_findings AS
SELECT f.findingKey AS rowKey, f.tenantKey AS tenantKey, f.userKey AS userKey, f.productKey AS productKey,
  t.tenantId AS tenantId,
  f.kind || ':' || coalesce(t.tenantId || '_' || p.skuId, t.tenantId) || coalesce(':' || coalesce(u.userId, f.part), '')
    AS findingId,
  f.kind AS kind, u.userId AS userId, u.userPrincipalName AS userPrincipalName, u.displayName AS displayName,
  CASE WHEN p.skuId IS NULL THEN NULL ELSE t.tenantId || '_' || p.skuId END AS licenseId, p.skuId AS skuId, p.skuPartNumber AS skuPartNumber,
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
CREATE VIEW v_verified_savings AS
SELECT t.tenantId AS tenantId, s.verifiedAt AS verifiedAt,
  s.kind || ':' || t.tenantId || '_' || p.skuId || coalesce(':' || s.userId, '') AS findingId, s.kind AS kind,
  s.bucket AS bucket, s.userId AS userId, p.skuId AS skuId, p.skuPartNumber AS skuPartNumber, s.seats AS seats,
  s.monthlyMinor AS monthlyMinor, s.currency AS currency
FROM verifiedSavings s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN products p ON p.productKey = s.productKey;
CREATE VIEW v_spend_lines AS
SELECT t.tenantId AS tenantId, s.dimension AS dimension, s.value AS value, s.currency AS currency,
  s.monthlyMinor AS monthlyMinor, s.annualMinor AS annualMinor, s.people AS people, s.seats AS seats,
  s.unpricedSeats AS unpricedSeats
FROM spendLines s JOIN tenants t ON t.tenantKey = s.tenantKey;
CREATE VIEW v_user_spend AS
SELECT t.tenantId AS tenantId, u.userId AS userId, s.currency AS currency, s.monthlyMinor AS monthlyMinor,
  s.unpricedSeats AS unpricedSeats, s.annualMinor AS annualMinor
FROM users u
JOIN tenants t ON t.tenantKey = u.tenantKey
JOIN seatSetSpend s ON s.tenantKey = u.tenantKey AND s.seatSetKey = u.seatSetKey;
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
CREATE VIEW v_tenant_history AS
SELECT t.tenantId AS tenantId, h.at AS at, h.licenses AS licenses, h.entitled AS entitled, h.consumed AS consumed, h.seats AS seats, h.shortfallNow AS shortfallNow, h.shortfallSoon AS shortfallSoon, h.unassigned AS unassigned, h.active AS active, h.inactive AS inactive, h.never AS never, h.new AS new, h.unknown AS unknown,
  h.findings AS findings
FROM tenantHistory h JOIN tenants t ON t.tenantKey = h.tenantKey;
CREATE VIEW rows_position AS
SELECT l.licenseKey AS rowKey, l.tenantKey AS tenantKey, l.productKey AS productKey,
  t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, coalesce(m.givenName, p.productName) AS productName, l.enabled AS enabled,
  l.warning AS inGrace, l.suspended AS suspended, l.lockedOut AS lockedOut, o.entitled AS entitled,
  l.consumed AS consumed, o.availableNow AS availableNow,
  o.availableAfterGrace AS availableAfterGrace, o.shortfallNow AS shortfallNow, o.shortfallSoon AS shortfallSoon,
  o.unassigned AS unassigned, CASE WHEN d.completedAt IS NOT NULL THEN o.seats END AS seats,
  CASE WHEN d.completedAt IS NOT NULL THEN o.active END AS active,
  CASE WHEN d.completedAt IS NOT NULL THEN o.inactive END AS inactive,
  CASE WHEN d.completedAt IS NOT NULL THEN o.never END AS never,
  CASE WHEN d.completedAt IS NOT NULL THEN o.new END AS new,
  CASE WHEN d.completedAt IS NOT NULL THEN o.unknown END AS unknown
FROM licenses l
JOIN tenants t ON t.tenantKey = l.tenantKey
JOIN products p ON p.productKey = l.productKey
JOIN positions o ON o.tenantKey = l.tenantKey AND o.productKey = l.productKey
LEFT JOIN datasetStates d ON d.tenantKey = l.tenantKey AND d.dataset = 'users'
LEFT JOIN licenseManagement m ON m.tenantKey = l.tenantKey AND m.productKey = l.productKey;
CREATE INDEX markedUsers ON users (tenantKey) WHERE markedAs IS NOT NULL;
CREATE VIEW rows_users AS
SELECT u.userKey AS rowKey, u.tenantKey AS tenantKey, u.searchText AS searchText,
  u.grantedServices AS grantedServices, u.heardServices AS heardServices,
  u.exchangeDay AS exchangeDay, u.teamsDay AS teamsDay, u.oneDriveDay AS oneDriveDay, u.outlookDay AS outlookDay, u.sharePointDay AS sharePointDay, u.skypeForBusinessDay AS skypeForBusinessDay, u.yammerDay AS yammerDay, u.dynamics365Day AS dynamics365Day, u.powerBiDay AS powerBiDay, u.projectDay AS projectDay, u.visioDay AS visioDay,
  
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
  u.mailMegabytes AS mailMegabytes, u.oneDriveMegabytes AS oneDriveMegabytes,
  u.givenName AS givenName, u.surname AS surname, u.lastSignInAt AS lastSignInAt,
  date(u.exchangeDay * 86400, 'unixepoch') AS exchangeLastActivityDate,
  date(u.teamsDay * 86400, 'unixepoch') AS teamsLastActivityDate,
  date(u.oneDriveDay * 86400, 'unixepoch') AS oneDriveLastActivityDate,
  date(u.outlookDay * 86400, 'unixepoch') AS outlookLastActivityDate,
  date(u.sharePointDay * 86400, 'unixepoch') AS sharePointLastActivityDate,
  date(u.skypeForBusinessDay * 86400, 'unixepoch') AS skypeForBusinessLastActivityDate,
  date(u.yammerDay * 86400, 'unixepoch') AS yammerLastActivityDate,
  date(u.dynamics365Day * 86400, 'unixepoch') AS dynamics365LastActivityDate,
  date(u.powerBiDay * 86400, 'unixepoch') AS powerBiLastActivityDate,
  date(u.projectDay * 86400, 'unixepoch') AS projectLastActivityDate,
  date(u.visioDay * 86400, 'unixepoch') AS visioLastActivityDate,
  (SELECT r.isMfaRegistered FROM registrationDetails r
    WHERE r.tenantKey = u.tenantKey AND r.userId = u.userId) AS isMfaRegistered, (SELECT r.isMfaCapable FROM registrationDetails r
    WHERE r.tenantKey = u.tenantKey AND r.userId = u.userId) AS isMfaCapable, CASE max(coalesce(u.exchangeDay, -1), coalesce(u.teamsDay, -1), coalesce(u.oneDriveDay, -1), coalesce(u.outlookDay, -1), coalesce(u.sharePointDay, -1), coalesce(u.skypeForBusinessDay, -1), coalesce(u.yammerDay, -1), coalesce(u.dynamics365Day, -1), coalesce(u.powerBiDay, -1), coalesce(u.projectDay, -1), coalesce(u.visioDay, -1))
  WHEN -1 THEN NULL WHEN u.exchangeDay THEN 'exchange' WHEN u.teamsDay THEN 'teams' WHEN u.oneDriveDay THEN 'oneDrive' WHEN u.outlookDay THEN 'outlook' WHEN u.sharePointDay THEN 'sharePoint' WHEN u.skypeForBusinessDay THEN 'skypeForBusiness' WHEN u.yammerDay THEN 'yammer' WHEN u.dynamics365Day THEN 'dynamics365' WHEN u.powerBiDay THEN 'powerBi' WHEN u.projectDay THEN 'project' WHEN u.visioDay THEN 'visio' END
  AS lastUsedApplication, u.markedAs AS markedAs, u.markReason AS markReason, u.markPattern AS markPattern
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
  u.mailMegabytes AS mailMegabytes, u.oneDriveMegabytes AS oneDriveMegabytes,
  u.givenName AS givenName, u.surname AS surname, u.lastSignInAt AS lastSignInAt,
  date(u.exchangeDay * 86400, 'unixepoch') AS exchangeLastActivityDate,
  date(u.teamsDay * 86400, 'unixepoch') AS teamsLastActivityDate,
  date(u.oneDriveDay * 86400, 'unixepoch') AS oneDriveLastActivityDate,
  date(u.outlookDay * 86400, 'unixepoch') AS outlookLastActivityDate,
  date(u.sharePointDay * 86400, 'unixepoch') AS sharePointLastActivityDate,
  date(u.skypeForBusinessDay * 86400, 'unixepoch') AS skypeForBusinessLastActivityDate,
  date(u.yammerDay * 86400, 'unixepoch') AS yammerLastActivityDate,
  date(u.dynamics365Day * 86400, 'unixepoch') AS dynamics365LastActivityDate,
  date(u.powerBiDay * 86400, 'unixepoch') AS powerBiLastActivityDate,
  date(u.projectDay * 86400, 'unixepoch') AS projectLastActivityDate,
  date(u.visioDay * 86400, 'unixepoch') AS visioLastActivityDate,
  (SELECT r.isMfaRegistered FROM registrationDetails r
    WHERE r.tenantKey = u.tenantKey AND r.userId = u.userId) AS isMfaRegistered, (SELECT r.isMfaCapable FROM registrationDetails r
    WHERE r.tenantKey = u.tenantKey AND r.userId = u.userId) AS isMfaCapable, CASE max(coalesce(u.exchangeDay, -1), coalesce(u.teamsDay, -1), coalesce(u.oneDriveDay, -1), coalesce(u.outlookDay, -1), coalesce(u.sharePointDay, -1), coalesce(u.skypeForBusinessDay, -1), coalesce(u.yammerDay, -1), coalesce(u.dynamics365Day, -1), coalesce(u.powerBiDay, -1), coalesce(u.projectDay, -1), coalesce(u.visioDay, -1))
  WHEN -1 THEN NULL WHEN u.exchangeDay THEN 'exchange' WHEN u.teamsDay THEN 'teams' WHEN u.oneDriveDay THEN 'oneDrive' WHEN u.outlookDay THEN 'outlook' WHEN u.sharePointDay THEN 'sharePoint' WHEN u.skypeForBusinessDay THEN 'skypeForBusiness' WHEN u.yammerDay THEN 'yammer' WHEN u.dynamics365Day THEN 'dynamics365' WHEN u.powerBiDay THEN 'powerBi' WHEN u.projectDay THEN 'project' WHEN u.visioDay THEN 'visio' END
  AS lastUsedApplication, u.markedAs AS markedAs, u.markReason AS markReason, u.markPattern AS markPattern
FROM users u JOIN tenants t ON t.tenantKey = u.tenantKey;
CREATE VIEW rows_licenses AS
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
  r.notCountedReason AS notCountedReason, m.noticeDays AS noticeDays
FROM licenses l
JOIN tenants t ON t.tenantKey = l.tenantKey
JOIN products p ON p.productKey = l.productKey
LEFT JOIN licenseManagement m ON m.tenantKey = l.tenantKey AND m.productKey = l.productKey
LEFT JOIN licenseResults r ON r.tenantKey = l.tenantKey AND r.productKey = l.productKey;
CREATE VIEW v_licenses AS
SELECT tenantId, licenseId, skuId, skuPartNumber, productName, appliesTo, lifecycleStatus, managed,
  capabilityStatus, isTrial, term, nextLifecycleAt, isCounted, participation, managedReason, managedUntil, alertsReason,
  alertsUntil, entitlementLimit, buffer, administrator, note, inactivityDays, graceDays, givenName, isFree,
  unitMonthlyMinor, currency, priceProblem, purchasedQuantity, boughtMonthlyMinor, boughtAnnualMinor, family,
  notCountedReason, noticeDays
FROM rows_licenses;
CREATE VIEW v_account_marks AS
SELECT t.tenantId AS tenantId,
  (SELECT u.userId FROM users u WHERE u.tenantKey = m.tenantKey AND u.upnKey = m.upnKey
    ORDER BY u.deletedAt IS NOT NULL LIMIT 1) AS userId,
  m.userPrincipalName AS userPrincipalName, m.kind AS markedAs, m.reason AS markReason, m.markedAt AS markedAt
FROM accountMarks m
JOIN tenants t ON t.tenantKey = m.tenantKey;
CREATE VIEW v_account_patterns AS
SELECT t.tenantId AS tenantId, p.field AS field, p.pattern AS pattern, p.kind AS markedAs, p.reason AS markReason,
  p.markedAt AS markedAt
FROM accountPatterns p
JOIN tenants t ON t.tenantKey = p.tenantKey;
CREATE VIEW v_downgrade_answers AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, a.notNeeded AS notNeeded,
  a.frontline AS frontline, a.noHolds AS noHolds
FROM downgradeAnswers a
JOIN tenants t ON t.tenantKey = a.tenantKey
JOIN products p ON p.productKey = a.productKey;
CREATE VIEW v_license_history AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, h.validFrom AS validFrom, h.validTo AS validTo,
  h.capabilityStatus AS capabilityStatus, h.enabled AS enabled, h.warning AS inGrace, h.suspended AS suspended,
  h.lockedOut AS lockedOut, h.consumed AS consumed, h.seats AS seats, h.active AS active, h.inactive AS inactive, h.never AS never, h.new AS new, h.unknown AS unknown, h.notPerson AS notPerson
FROM licenseHistory h
JOIN tenants t ON t.tenantKey = h.tenantKey
JOIN products p ON p.productKey = h.productKey;
CREATE VIEW v_spend AS
SELECT t.tenantId AS tenantId, s.currency AS currency, s.monthlyMinor AS monthlyMinor, s.annualMinor AS annualMinor,
  CASE WHEN d.completedAt IS NOT NULL THEN s.assignedMonthlyMinor END AS assignedMonthlyMinor,
  CASE WHEN d.completedAt IS NOT NULL THEN s.assignedAnnualMinor END AS assignedAnnualMinor,
  CASE WHEN d.completedAt IS NOT NULL THEN coalesce(s.pricedSeats, 0) END AS pricedSeats,
  CASE WHEN d.completedAt IS NOT NULL THEN r.totalSeats END AS totalSeats, r.lowerBound AS lowerBound
FROM tenantResults r
JOIN tenants t ON t.tenantKey = r.tenantKey
LEFT JOIN spend s ON s.tenantKey = r.tenantKey
LEFT JOIN datasetStates d ON d.tenantKey = r.tenantKey AND d.dataset = 'users';
CREATE VIEW v_license_spend AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, s.currency AS currency, s.boughtMonthlyMinor AS boughtMonthlyMinor,
  s.boughtAnnualMinor AS boughtAnnualMinor, CASE WHEN d.completedAt IS NOT NULL THEN s.assignedMonthlyMinor END AS assignedMonthlyMinor,
  CASE WHEN d.completedAt IS NOT NULL THEN s.seats END AS seats, s.incomplete AS incomplete
FROM licenseSpend s
JOIN tenants t ON t.tenantKey = s.tenantKey
JOIN products p ON p.productKey = s.productKey
LEFT JOIN datasetStates d ON d.tenantKey = s.tenantKey AND d.dataset = 'users';
CREATE VIEW v_realisable AS
SELECT t.tenantId AS tenantId, t.tenantId || '_' || p.skuId AS licenseId, p.skuId AS skuId,
  p.skuPartNumber AS skuPartNumber, r.currency AS currency, CASE WHEN d.completedAt IS NOT NULL THEN r.freed END AS freed, r.nowUnits AS nowUnits,
  r.nowMinor AS nowMinor, r.renewalUnits AS renewalUnits, r.renewalMinor AS renewalMinor,
  r.renewalDate AS renewalDate
FROM realisables r
JOIN tenants t ON t.tenantKey = r.tenantKey
JOIN products p ON p.productKey = r.productKey
LEFT JOIN datasetStates d ON d.tenantKey = r.tenantKey AND d.dataset = 'users';
COMMIT;
PRAGMA user_version = 8;
PRAGMA application_id = 1295201845;
