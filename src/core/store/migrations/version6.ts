import type { Migration } from './migration';
import { licenseColumns, rowsLicenses, rowsUsers, vUsers } from './version4ManagementViews';

const marks = ', u.markedAs AS markedAs, u.markReason AS markReason, u.markPattern AS markPattern';

/*
 * Kept by hand: accountMarks and accountPatterns (who is no person), downgradeAnswers, a license's notice period.
 * A mark is of a name and not of a user, so that it outlives its user. What marks and patterns make of a user is
 * worked out with the verdicts and stands in `users`.
 */
const changes = `
CREATE TABLE accountMarks (
  tenantKey INTEGER NOT NULL,
  upnKey TEXT NOT NULL,
  userPrincipalName TEXT NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT,
  markedAt TEXT NOT NULL,
  PRIMARY KEY (tenantKey, upnKey)
) WITHOUT ROWID;

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

ALTER TABLE users ADD COLUMN markedAs TEXT;
ALTER TABLE users ADD COLUMN markReason TEXT;
ALTER TABLE users ADD COLUMN markPattern TEXT;
CREATE INDEX markedUsers ON users (tenantKey) WHERE markedAs IS NOT NULL;

CREATE TABLE downgradeAnswers (
  tenantKey INTEGER NOT NULL,
  productKey INTEGER NOT NULL,
  notNeeded TEXT NOT NULL,
  frontline INTEGER NOT NULL,
  noHolds INTEGER NOT NULL,
  PRIMARY KEY (tenantKey, productKey)
) WITHOUT ROWID;

ALTER TABLE licenseManagement ADD COLUMN noticeDays INTEGER;
ALTER TABLE tenants ADD COLUMN noticeDays INTEGER;

DROP VIEW rows_users;
${rowsUsers(marks)}
DROP VIEW v_users;
${vUsers(marks)}
DROP VIEW rows_licenses;
${rowsLicenses(', m.noticeDays AS noticeDays')}
DROP VIEW v_licenses;
CREATE VIEW v_licenses AS
SELECT ${licenseColumns}, noticeDays
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
`;

/** People can say which accounts are no persons, what a downgrade may take away, and how early to speak of dates. */
export const version6: Migration = {
  version: 6,
  apply(db) {
    db.execute(changes);
  },
};
