-- Keeps what the calculation over several tenants needs of one of them.

CREATE TABLE IF NOT EXISTS main.tenantFigure (tenantId, name, value);
CREATE TABLE IF NOT EXISTS main.tenantGrid (tenantId, name, value, complete);
CREATE TABLE IF NOT EXISTS main.tenantLine (dimension, value, currency, people, seats, unpricedSeats, monthly, annual);
CREATE TABLE IF NOT EXISTS main.tenantBound (tenantId, spend, hidden, findings);
CREATE TABLE IF NOT EXISTS main.tenantLicense (name, short, size);
INSERT INTO main.tenantFigure SELECT tenantId, name, value FROM figure, tenant WHERE name NOT GLOB 'spend[LT]*';
INSERT INTO main.tenantGrid SELECT tenantId, name, value, complete FROM gridCell, tenant;
INSERT INTO main.tenantLine SELECT * FROM spendLine;
INSERT INTO main.tenantBound
SELECT t.tenantId, b.spend, b.hidden, (SELECT findings FROM total) FROM tenant t JOIN bound b;
INSERT INTO main.tenantLicense SELECT 'license.' || licenseId || '.', shortfallNow > 0, max(entitled, consumed) FROM shownPosition;
