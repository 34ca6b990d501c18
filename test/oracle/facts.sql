-- Base facts of one tenant, brought into the shape in which the rules speak. Written from docs/activity-verdicts.md,
-- docs/reconciliation.md and docs/data-model.md, not from the code. Reads tables that imports and people fill; never
-- seats, positions, findings or other results. The test puts `parameters` (tenant, day, thresholds) and the files of
-- data (`planApplications`, `planLadder`, `freeProducts`: JSON) before it.

CREATE TEMP TABLE tenant AS
SELECT t.tenantKey, t.tenantId, p.today, p.inactivityDays, p.graceDays, p.noticeDays,
  date(p.today, '-7 days') AS freshFrom
FROM tenants t JOIN parameters p ON p.tenantId = t.tenantId;

-- Products -----------------------------------------------------------------------------------------------------------

-- A name with * at the end, or a whole name; upper and lower case do not matter.
CREATE TEMP TABLE planNamePatterns AS
SELECT e.key AS entry, upper(n.value) AS pattern, 1 AS included
FROM catalog c, json_each(c.document, '$.plans') e, json_each(e.value, '$.names') n WHERE c.name = 'planApplications'
UNION ALL
SELECT e.key, upper(n.value), 0
FROM catalog c, json_each(c.document, '$.plans') e, json_each(e.value, '$.except') n WHERE c.name = 'planApplications';

-- Plans of products: those the tenant's subscription says, else (the subscription is gone) those of Microsoft's list.
CREATE TEMP TABLE listedPlan AS
SELECT key AS number, value AS entry, substr(value, 1, 36) AS servicePlanId,
  substr(value, 38, instr(substr(value, 38), '|') - 1) AS servicePlanName
FROM catalog c, json_each(c.document, '$.plans') WHERE c.name = 'products';
CREATE TEMP TABLE productPlan AS
SELECT productKey, servicePlanId, upper(servicePlanName) AS name FROM servicePlans JOIN tenant USING (tenantKey);
INSERT INTO productPlan
SELECT p.productKey, i.servicePlanId, upper(i.servicePlanName)
FROM products p
JOIN (SELECT substr(e.value, 1, 36) AS skuId,
    replace(substr(e.value, length(rtrim(e.value, '0123456789 ')) + 1), ' ', ',') AS numbers
  FROM catalog c, json_each(c.document, '$.products') e WHERE c.name = 'products') k USING (skuId)
JOIN json_each('[' || k.numbers || ']') n JOIN listedPlan i ON i.number = n.value
WHERE p.productKey NOT IN (SELECT productKey FROM productPlan);
CREATE INDEX productPlanKey ON productPlan (productKey, name);
CREATE TEMP TABLE planName AS SELECT DISTINCT name FROM productPlan;

CREATE TEMP TABLE planServes AS
SELECT DISTINCT n.name, s.value AS subject
FROM planName n
JOIN planNamePatterns p ON p.included = 1 AND n.name GLOB p.pattern
JOIN catalog c ON c.name = 'planApplications'
JOIN json_each(c.document, '$.plans') e ON e.key = p.entry
JOIN json_each(e.value, '$.serves') s
WHERE NOT EXISTS (
  SELECT 1 FROM planNamePatterns x WHERE x.entry = p.entry AND x.included = 0 AND n.name GLOB x.pattern);

-- What each plan of each product of the tenant serves.
CREATE TEMP TABLE productServes AS
SELECT s.productKey, s.servicePlanId, v.subject
FROM productPlan s JOIN planServes v USING (name);

-- The one service that judges the product, if there is one.
CREATE TEMP TABLE judgedAlone AS
SELECT productKey, subject FROM (
  SELECT v.productKey, o.value AS subject, row_number() OVER (PARTITION BY v.productKey ORDER BY o.key) AS place
  FROM catalog c, json_each(c.document, '$.judgedAlone.order') o
  JOIN (SELECT DISTINCT productKey, subject FROM productServes) v ON v.subject = o.value
  WHERE c.name = 'planApplications' AND NOT EXISTS (
    SELECT 1 FROM productServes x, json_each(c.document, '$.judgedAlone.suiteSubjects') u
    WHERE x.productKey = v.productKey AND x.subject = u.value))
WHERE place = 1;

-- Products whose plans nobody knows any more are judged by their part number.
INSERT INTO judgedAlone
SELECT p.productKey, min(json_extract(n.value, '$.application'))
FROM products p JOIN catalog c ON c.name = 'planApplications'
JOIN json_each(c.document, '$.judgedAlone.partNumbers') n ON upper(p.skuPartNumber) GLOB upper(json_extract(n.value, '$.name'))
WHERE NOT EXISTS (SELECT 1 FROM productPlan s WHERE s.productKey = p.productKey)
GROUP BY p.productKey;

CREATE TEMP TABLE notObservable AS
SELECT DISTINCT p.productKey
FROM products p, catalog c, json_each(c.document, '$.notObservable.partNumbers') n
WHERE c.name = 'planApplications' AND upper(p.skuPartNumber) GLOB upper(n.value);

CREATE TEMP TABLE freeProduct AS
SELECT DISTINCT p.productKey
FROM products p, catalog c, json_each(c.document, '$.partNumbers') n
WHERE c.name = 'freeProducts' AND upper(p.skuPartNumber) GLOB upper(n.value);

-- Licenses with what people decided about them. A decision holds to its last day.
CREATE TEMP TABLE license AS
SELECT l.productKey, p.skuId, p.skuPartNumber, l.consumed, l.enabled, l.warning, l.suspended, l.lockedOut,
  l.appliesTo IS NULL OR l.appliesTo = 'User' AS forPeople,
  coalesce(m.entitlementLimit, 'asPurchased') AS entitlementLimit, coalesce(m.buffer, 0) AS buffer,
  coalesce(m.inactivityDays, t.inactivityDays) AS inactivityDays, coalesce(m.graceDays, t.graceDays) AS graceDays,
  m.managed IS 0 AND (m.unmanagedUntil IS NULL OR m.unmanagedUntil >= t.today) AS isUnmanaged,
  coalesce(m.withoutAlerts, 0) = 1 AND (m.alertsUntil IS NULL OR m.alertsUntil >= t.today) AS isWithoutAlerts,
  coalesce(m.lifecycleStatus, 'active') = 'retired' AS isRetired,
  l.productKey IN (SELECT productKey FROM freeProduct) AS isFree
FROM licenses l JOIN tenant t USING (tenantKey) JOIN products p USING (productKey)
LEFT JOIN licenseManagement m ON m.tenantKey = l.tenantKey AND m.productKey = l.productKey;

-- Retired licenses of superseded connections.
UPDATE license SET isRetired = 1
WHERE EXISTS (
    SELECT 1 FROM connections c JOIN tenant t ON t.tenantId = c.tenantId
    WHERE json_extract(c.document, '$.sourceType') = 'saasManagement'
      AND EXISTS (SELECT 1 FROM imports i WHERE i.connectionId = c.connectionId AND i.status = 'succeeded'))
  AND EXISTS (SELECT 1 FROM licenseImports b JOIN tenant USING (tenantKey) JOIN connections c USING (connectionId)
    WHERE b.productKey = license.productKey)
  AND NOT EXISTS (SELECT 1 FROM licenseImports b JOIN tenant USING (tenantKey) JOIN connections c USING (connectionId)
    WHERE b.productKey = license.productKey AND json_extract(c.document, '$.sourceType') = 'saasManagement');

CREATE TEMP TABLE counted AS
SELECT * FROM license WHERE NOT isUnmanaged AND NOT isRetired;

-- Sources ------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE source AS
WITH named (source, dataset) AS (VALUES
  ('activeUserReport', 'activeUsers'), ('emailReport', 'emailActivity'), ('appUsageReport', 'appUsage'),
  ('mailboxReport', 'mailboxUsage'), ('oneDriveReport', 'oneDriveUsage'), ('signIns', 'applicationSignIns'))
SELECT n.source, d.asOfDate,
  CASE WHEN d.asOfDate IS NULL THEN CASE d.reason WHEN 'premiumRequired' THEN 'notLicensed' ELSE 'missing' END
    WHEN d.concealed = 1 THEN 'concealed'
    WHEN d.asOfDate >= t.freshFrom THEN 'fresh'
    WHEN d.reason = 'premiumRequired' THEN 'notLicensed' ELSE 'stale' END AS status
FROM named n JOIN tenant t LEFT JOIN datasetStates d ON d.tenantKey = t.tenantKey AND d.dataset = n.dataset
UNION ALL
SELECT 'signInActivity', d.signInActivityAsOf,
  CASE WHEN d.signInActivityAsOf >= t.freshFrom THEN 'fresh'
    WHEN d.signInActivity = 'premiumRequired' THEN 'notLicensed'
    WHEN d.signInActivityAsOf IS NULL THEN 'missing' ELSE 'stale' END
FROM tenant t LEFT JOIN datasetStates d ON d.tenantKey = t.tenantKey AND d.dataset = 'users';

-- People -------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE person AS
SELECT u.userKey, u.userId, u.upnKey, u.accountEnabled, lower(coalesce(u.userType, '')) = 'guest' AS isGuest,
  u.department, u.country, u.companyName, substr(u.createdAt, 1, 10) AS createdOn, u.deletedAt,
  m.hasArchive, m.storageUsedBytes, lower(m.recipientType) AS recipientType,
  coalesce(lower(m.recipientType) IN ('shared', 'room', 'equipment', 'sharedmailbox', 'roommailbox', 'equipmentmailbox'), 0)
    AS isNoPerson
FROM users u JOIN tenant t USING (tenantKey)
LEFT JOIN mailboxUsage m ON m.tenantKey = u.tenantKey AND m.upnKey = u.upnKey AND m.isDeleted IS NOT 1;
CREATE UNIQUE INDEX personKey ON person (userKey);

-- A seat is held by at least one path in state Active or ActiveWithError; deleted accounts hold none; products for the
-- company have no seats. A plan is off when every holding path has it off.
CREATE TEMP TABLE holdingPath AS
SELECT a.userKey, a.productKey, a.groupKey, s.plans
FROM assignments a JOIN tenant t USING (tenantKey) JOIN person u USING (userKey) JOIN planSets s USING (planSetKey)
LEFT JOIN license l USING (productKey)
WHERE a.state IN ('Active', 'ActiveWithError') AND u.deletedAt IS NULL AND coalesce(l.forPeople, 1);

CREATE TEMP TABLE seat AS
SELECT userKey, productKey, count(*) AS paths, sum(groupKey = 0) AS direct
FROM holdingPath GROUP BY userKey, productKey;
CREATE UNIQUE INDEX seatKey ON seat (userKey, productKey);

CREATE TEMP TABLE planOff AS
SELECT h.userKey, h.productKey, s.servicePlanId
FROM holdingPath h
JOIN seat z ON z.userKey = h.userKey AND z.productKey = h.productKey
JOIN productPlan s ON s.productKey = h.productKey
WHERE h.plans <> '' AND instr(h.plans, s.servicePlanId) > 0
GROUP BY h.userKey, h.productKey, s.servicePlanId HAVING count(*) = min(z.paths);
CREATE UNIQUE INDEX planOffKey ON planOff (userKey, productKey, servicePlanId);
