/*
 * Integer keys inside, ids of Microsoft only once: a tenant of 300,000 users has a million assignments. Times are
 * UTC ISO 8601 text, dates YYYY-MM-DD, booleans 0/1, NULL is unknown. Nothing here needs SQLite newer than 3.25,
 * so that old tools open the file; hence no STRICT tables and no generated columns.
 */
export const version1Tables = `
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL
);

CREATE TABLE connections (
  connectionId TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  tenantId TEXT,
  document TEXT NOT NULL
) WITHOUT ROWID;

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
  signInActivityAsOf TEXT,
  PRIMARY KEY (tenantKey, dataset)
) WITHOUT ROWID;

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
CREATE INDEX importsOfTenant ON imports (tenantId, startedAt);

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

CREATE TABLE products (
  productKey INTEGER PRIMARY KEY,
  skuId TEXT NOT NULL UNIQUE,
  skuPartNumber TEXT,
  productName TEXT
);

CREATE TABLE planSets (
  planSetKey INTEGER PRIMARY KEY,
  plans TEXT NOT NULL UNIQUE
);

CREATE TABLE groupIds (
  groupKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  groupId TEXT NOT NULL,
  UNIQUE (tenantKey, groupId)
);

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
CREATE INDEX usersByName ON users (tenantKey, upnKey);

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
CREATE INDEX seatsOfUser ON seats (userKey);
CREATE INDEX seatsOfProduct ON seats (tenantKey, productKey, userKey);

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
`;
