import type { Migration } from './migration';

/*
 * History as changes, not as copies: a row of `licenseHistory` and `subscriptionHistory` holds from one import to the
 * next that brought something else; `assignmentChanges` and `userChanges` have a row per change. What did not change
 * has no row. Users are kept by id here, since they outlive their row in `users`.
 */
const tables = `
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
CREATE INDEX assignmentChangesOfUser ON assignmentChanges (historyUserKey);

CREATE TABLE userChanges (
  changeKey INTEGER PRIMARY KEY,
  tenantKey INTEGER NOT NULL,
  historyUserKey INTEGER NOT NULL,
  changedAt TEXT NOT NULL,
  change TEXT NOT NULL
);
CREATE INDEX userChangesOfUser ON userChanges (historyUserKey);
`;

const views = `
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
`;

/** What licenses, subscriptions, assignments and accounts were before. */
export const version3: Migration = {
  version: 3,
  apply(db) {
    db.execute(tables);
    db.execute(views);
  },
};
