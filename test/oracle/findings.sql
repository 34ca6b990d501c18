-- Findings and savings, from docs/reconciliation.md (rules and worked example) and the ladder file.

-- The ladder ---------------------------------------------------------------------------------------------------------

-- A larger plan does the work of a smaller one of its family, and of the parts the file names; and so on.
CREATE TEMP TABLE rank AS
SELECT f.key AS family, r.key AS place, upper(n.value) AS name
FROM catalog c, json_each(c.document, '$.families') f, json_each(f.value, '$.ranks') r, json_each(r.value) n
WHERE c.name = 'planLadder';
CREATE TEMP TABLE coversPlan AS
WITH RECURSIVE step (larger, smaller) AS (
  SELECT a.name, b.name FROM rank a JOIN rank b ON b.family = a.family AND b.place <= a.place
  UNION
  SELECT upper(json_extract(e.value, '$.plan')), upper(p.value)
  FROM catalog c, json_each(c.document, '$.covers') e, json_each(e.value, '$.parts') p WHERE c.name = 'planLadder'
),
closure (larger, smaller) AS (
  SELECT larger, smaller FROM step
  UNION
  SELECT k.larger, s.smaller FROM closure k JOIN step s ON s.larger = k.smaller
)
SELECT larger, smaller FROM closure
UNION SELECT name, name FROM planName;
CREATE INDEX coversPlanKey ON coversPlan (smaller, larger);
CREATE TEMP TABLE ignoredPlan AS
SELECT DISTINCT p.name FROM planName p, catalog c, json_each(c.document, '$.ignored') e, json_each(e.value, '$.names') n
WHERE c.name = 'planLadder' AND p.name GLOB upper(n.value);

-- Seats in buckets ---------------------------------------------------------------------------------------------------

CREATE TEMP TABLE judgedSeat AS
SELECT z.userKey, z.productKey, z.paths, v.verdict, c.unit, c.currency, l.isFree AND c.unit IS NULL AS isFree,
  CASE
    WHEN p.accountEnabled = 0 THEN 'disabledAccount'
    WHEN p.isGuest THEN 'guest'
    -- A shared, room or equipment mailbox needs none unless it is large or has an archive, or somebody signs in.
    WHEN p.isNoPerson AND upper(l.skuPartNumber) NOT GLOB '*ROOMS*' AND p.hasArchive = 0
      AND p.storageUsedBytes <= 50 * 1073741824
      AND EXISTS (SELECT 1 FROM source WHERE source = 'signInActivity' AND status = 'fresh')
      AND coalesce(u.anySignInDay, '') < date(t.today, '-' || t.inactivityDays || ' days') THEN 'mailboxNeedsNone'
    WHEN v.verdict = 'never' THEN 'neverActive'
    WHEN v.verdict = 'inactive' THEN 'inactive' END AS kind
FROM seat z JOIN tenant t JOIN counted l USING (productKey) JOIN person p USING (userKey)
JOIN seatVerdict v USING (userKey, productKey) JOIN lastUse u USING (userKey)
LEFT JOIN charged c USING (productKey)
WHERE l.forPeople;
CREATE INDEX judgedSeatOfUser ON judgedSeat (userKey, kind);

-- Of seats that stay: one within another, with the plans that are off for the user subtracted.
CREATE TEMP TABLE within AS
WITH pair AS (
  SELECT s.userKey, s.productKey, l.productKey AS larger
  FROM judgedSeat s JOIN judgedSeat l ON l.userKey = s.userKey AND l.productKey <> s.productKey AND l.kind IS NULL
  WHERE s.kind IS NULL
),
needed AS (
  SELECT r.userKey, r.productKey, r.larger, n.name, EXISTS (
    SELECT 1 FROM coversPlan k JOIN productPlan g ON g.productKey = r.larger AND g.name = k.larger
    WHERE k.smaller = n.name AND NOT EXISTS (SELECT 1 FROM planOff o
      WHERE o.userKey = r.userKey AND o.productKey = r.larger AND o.servicePlanId = g.servicePlanId)) AS isCovered
  FROM pair r JOIN productPlan n ON n.productKey = r.productKey
  WHERE n.name NOT IN (SELECT name FROM ignoredPlan)
    AND NOT EXISTS (SELECT 1 FROM planOff o
      WHERE o.userKey = r.userKey AND o.productKey = r.productKey AND o.servicePlanId = n.servicePlanId)
)
SELECT userKey, productKey, larger, count(*) AS plans, sum(NOT isCovered) AS missing
FROM needed GROUP BY userKey, productKey, larger;
CREATE INDEX withinKey ON within (userKey, productKey);

UPDATE judgedSeat SET kind = 'contained'
WHERE kind IS NULL AND EXISTS (SELECT 1 FROM within w
  WHERE w.userKey = judgedSeat.userKey AND w.productKey = judgedSeat.productKey AND w.missing = 0);

-- Money: all seats of a license in a bucket are worth their exact price together, rounded down.
CREATE TEMP TABLE finding AS
SELECT kind, productKey, CASE WHEN isFree THEN NULL ELSE kind END AS bucket, count(*) AS findings, count(*) AS seats,
  CASE WHEN isFree THEN 0 ELSE CAST(count(*) * unit + (SELECT hair FROM hair) AS INTEGER) END AS minor,
  currency
FROM judgedSeat WHERE kind IS NOT NULL GROUP BY kind, productKey;

-- Almost within another: something is covered, at most three plans are not. Nothing is saved; at stake is a seat's price.
CREATE TEMP TABLE near AS
SELECT w.userKey, w.productKey, CAST(max(s.unit) + 0.5 + (SELECT hair FROM hair) AS INTEGER) AS minor,
  max(s.currency) AS currency
FROM within w JOIN judgedSeat s USING (userKey, productKey)
WHERE s.kind IS NULL AND w.missing BETWEEN 1 AND 3 AND w.missing < w.plans
GROUP BY w.userKey, w.productKey;

-- Units ----------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE countedPosition AS
SELECT p.*, c.currency, c.unit, c.productKey IS NOT NULL AS isCharged
FROM position p LEFT JOIN charged c USING (productKey)
WHERE NOT p.isUnmanaged AND NOT p.isRetired;

INSERT INTO finding
SELECT 'shortfall', productKey, NULL, 1, shortfallNow, CAST(shortfallNow * unit + 0.5 + hair AS INTEGER), currency
FROM countedPosition, hair WHERE shortfallNow > 0 AND forPeople
UNION ALL
SELECT 'shortfallAfterGrace', productKey, NULL, 1, shortfallSoon, CAST(shortfallSoon * unit + 0.5 + hair AS INTEGER), currency
FROM countedPosition, hair WHERE shortfallSoon > 0 AND forPeople
UNION ALL
SELECT 'unassigned', productKey, 'unassigned', 1, unassigned, CAST(unassigned * unit + hair AS INTEGER), currency
FROM countedPosition, hair WHERE unassigned > 0 AND forPeople AND isCharged
UNION ALL
SELECT 'countMismatch', productKey, NULL, 1, abs(consumed - seats), 0, NULL
FROM countedPosition WHERE consumed <> seats AND forPeople
UNION ALL
SELECT 'priceMissing', productKey, NULL, 1, seats, NULL, NULL
-- Whatever makes a total a lower bound is named, also when nobody holds what is there.
FROM countedPosition WHERE unit IS NULL AND isCharged AND forPeople AND seats + entitled > 0;

-- Paths ----------------------------------------------------------------------------------------------------------------

INSERT INTO finding
SELECT 'duplicatePath', productKey, NULL, count(*), count(*), 0, NULL FROM judgedSeat WHERE paths > 1 GROUP BY productKey
UNION ALL
SELECT 'productGone', z.productKey, NULL, count(*), count(*), 0, NULL
FROM seat z WHERE z.productKey NOT IN (SELECT productKey FROM license) GROUP BY z.productKey
UNION ALL
SELECT 'assignmentError', productKey, NULL, count(*), sum(holds), 0, NULL FROM (
  SELECT a.userKey, a.productKey,
    EXISTS (SELECT 1 FROM seat z WHERE z.userKey = a.userKey AND z.productKey = a.productKey) AS holds
  FROM assignments a JOIN tenant USING (tenantKey) JOIN person p USING (userKey) LEFT JOIN license l USING (productKey)
  WHERE a.state IN ('Error', 'ActiveWithError') AND p.deletedAt IS NULL
    AND (l.productKey IS NULL OR l.forPeople AND NOT l.isUnmanaged AND NOT l.isRetired)
  GROUP BY a.userKey, a.productKey) GROUP BY productKey
UNION ALL
SELECT 'contained', productKey, NULL, count(*), count(*), sum(minor), max(currency) FROM near GROUP BY productKey;

-- Data -----------------------------------------------------------------------------------------------------------------

INSERT INTO finding
SELECT CASE status WHEN 'stale' THEN 'dataStale' ELSE 'dataMissing' END, NULL, NULL, count(*), 0, 0, NULL
FROM source WHERE status <> 'fresh' GROUP BY 1;
