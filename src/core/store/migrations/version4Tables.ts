/** Column of `users` with the day of the newest use (days since 1970-01-01), by application. */
export const dayColumns = [
  ['exchange', 'exchangeDay'],
  ['teams', 'teamsDay'],
  ['oneDrive', 'oneDriveDay'],
  ['outlook', 'outlookDay'],
  ['sharePoint', 'sharePointDay'],
  ['skypeForBusiness', 'skypeForBusinessDay'],
  ['yammer', 'yammerDay'],
  ['dynamics365', 'dynamics365Day'],
  ['powerBi', 'powerBiDay'],
  ['project', 'projectDay'],
  ['visio', 'visioDay'],
] as const;

/*
 * Kept by hand: purchases, licenseManagement, subscriptionManagement, exchangeRates. What imports leave besides data:
 * licenseImports. Worked out: the rest. Money is whole minor units. A finding's evidence and the set of licenses that
 * somebody holds repeat by the thousand, so each is kept once.
 */
export const version4Tables = `
ALTER TABLE tenants ADD COLUMN rulesVersion INTEGER;
ALTER TABLE tenants ADD COLUMN ownInactivityDays INTEGER;
ALTER TABLE tenants ADD COLUMN ownGraceDays INTEGER;
ALTER TABLE products ADD COLUMN family TEXT;
ALTER TABLE users ADD COLUMN seatSetKey INTEGER;
ALTER TABLE users ADD COLUMN observedUse INTEGER;
ALTER TABLE users ADD COLUMN grantedServices INTEGER;
ALTER TABLE users ADD COLUMN heardServices INTEGER;
${dayColumns.map(([, column]) => `ALTER TABLE users ADD COLUMN ${column} INTEGER;`).join('\n')}

CREATE INDEX assignmentsInError ON assignments (tenantKey, userKey) WHERE state IN ('Error', 'ActiveWithError');

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
CREATE INDEX purchasesOfProduct ON purchases (tenantKey, productKey);

ALTER TABLE licenseManagement ADD COLUMN unmanagedReason TEXT;
ALTER TABLE licenseManagement ADD COLUMN unmanagedUntil TEXT;
ALTER TABLE licenseManagement ADD COLUMN withoutAlerts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licenseManagement ADD COLUMN alertsReason TEXT;
ALTER TABLE licenseManagement ADD COLUMN alertsUntil TEXT;
ALTER TABLE licenseManagement ADD COLUMN entitlementLimit TEXT NOT NULL DEFAULT 'asPurchased';
ALTER TABLE licenseManagement ADD COLUMN buffer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licenseManagement ADD COLUMN administrator TEXT;
ALTER TABLE licenseManagement ADD COLUMN note TEXT;
ALTER TABLE licenseManagement ADD COLUMN inactivityDays INTEGER;
ALTER TABLE licenseManagement ADD COLUMN graceDays INTEGER;
ALTER TABLE licenseManagement ADD COLUMN givenName TEXT;

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
CREATE INDEX findingsOfUser ON findings (userKey);
CREATE INDEX findingsOfKind ON findings (tenantKey, kind, productKey);

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
CREATE INDEX verifiedSavingsOfTenant ON verifiedSavings (tenantKey, verifiedAt);

CREATE TABLE tenantHistory (
  tenantKey INTEGER NOT NULL,
  at TEXT NOT NULL,
  licenses INTEGER NOT NULL,
  entitled INTEGER NOT NULL,
  consumed INTEGER NOT NULL,
  seats INTEGER NOT NULL,
  shortfallNow INTEGER NOT NULL,
  shortfallSoon INTEGER NOT NULL,
  unassigned INTEGER NOT NULL,
  active INTEGER NOT NULL,
  inactive INTEGER NOT NULL,
  never INTEGER NOT NULL,
  new INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, at)
) WITHOUT ROWID;

CREATE TABLE spendHistory (
  tenantKey INTEGER NOT NULL,
  at TEXT NOT NULL,
  currency TEXT NOT NULL,
  monthlyMinor INTEGER NOT NULL,
  savingsMonthlyMinor INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, currency, at)
) WITHOUT ROWID;
`;
