-- Dates, what can be realised, totals, and what is hidden.

-- The term of a subscription: how far its date moved between imports (license-domain rule 9).
CREATE TEMP TABLE termOfSubscription AS
WITH moved AS (
  SELECT h.subscriptionId, h.productKey, h.validFrom,
    julianday(substr(h.nextLifecycleAt, 1, 10)) - julianday(substr(lag(h.nextLifecycleAt)
      OVER (PARTITION BY h.subscriptionId ORDER BY h.validFrom), 1, 10)) AS days
  FROM subscriptionHistory h JOIN tenant USING (tenantKey)
),
newest AS (
  SELECT *, row_number() OVER (PARTITION BY subscriptionId ORDER BY validFrom DESC) AS place FROM moved WHERE days > 0
)
SELECT s.subscriptionId, s.productKey, s.status, s.totalLicenses, s.isTrial, substr(s.createdAt, 1, 10) AS createdOn,
  substr(s.nextLifecycleAt, 1, 10) AS nextOn, m.recurringBilling,
  CASE WHEN n.days BETWEEN 360 AND 370 THEN 'annual' WHEN n.days BETWEEN 1090 AND 1100 THEN 'threeYear'
    WHEN n.days BETWEEN 27 AND 345 AND abs(n.days / 30.4375 - round(n.days / 30.4375)) * 30.4375 <= 3 THEN 'monthly'
    ELSE 'unknown' END AS term
FROM subscriptions s JOIN tenant t USING (tenantKey)
LEFT JOIN newest n ON n.subscriptionId = s.subscriptionId AND n.place = 1
LEFT JOIN subscriptionManagement m ON m.tenantKey = s.tenantKey AND m.subscriptionId = s.subscriptionId;

CREATE TEMP TABLE termOfLicense AS
SELECT l.productKey, CASE count(DISTINCT s.term) WHEN 0 THEN 'unknown' WHEN 1 THEN min(s.term) ELSE 'mixed' END AS term,
  min(CASE WHEN s.status = 'Enabled' AND s.nextOn >= t.today THEN s.nextOn END) AS renewalDate
FROM license l JOIN tenant t LEFT JOIN termOfSubscription s USING (productKey) GROUP BY l.productKey;

-- Dates within the notice: an end and the end of a grace always; a renewal never of a monthly term (or, while no move was
-- seen, of one that began a month before it), and only while units could be given back.
INSERT INTO finding
SELECT 'renewalDue', productKey, NULL, count(*), sum(units), sum(CAST(units * unit + 0.5 + hair AS INTEGER)), currency
FROM (
  SELECT p.productKey, p.currency, p.unit, s.totalLicenses AS units
  FROM termOfSubscription s JOIN countedPosition p USING (productKey) JOIN tenant t
  WHERE s.nextOn BETWEEN t.today AND date(t.today, '+' || t.noticeDays || ' days') AND CASE
    WHEN s.status = 'Warning' THEN 1
    WHEN s.status <> 'Enabled' THEN 0
    WHEN s.isTrial = 1 OR s.recurringBilling = 0 THEN 1
    WHEN s.term = 'monthly' THEN 0
    WHEN s.term = 'unknown' AND julianday(s.nextOn) - julianday(s.createdOn) BETWEEN 25 AND 35 THEN 0
    WHEN s.recurringBilling IS NULL THEN 1
    ELSE p.enabled - p.consumed - p.buffer > 0 END
  UNION ALL
  -- The end of a purchase is a reminder: no unit goes with it.
  SELECT p.productKey, p.currency, 0, 0
  FROM purchases u JOIN tenant t USING (tenantKey) JOIN countedPosition p USING (productKey)
  WHERE u.effectiveDate <= t.today AND u.endingDate BETWEEN t.today AND date(t.today, '+' || t.noticeDays || ' days')
), hair GROUP BY productKey;

-- Freed seats first make up for what is short, then for the buffer; the rest can be given back: at once on monthly terms,
-- else at the renewal.
CREATE TEMP TABLE realisable AS
SELECT productKey, currency, freed, nowUnits, CAST(nowUnits * unit + hair AS INTEGER) AS nowMinor, renewalUnits,
  CAST(renewalUnits * unit + hair AS INTEGER) AS renewalMinor, renewalDate
FROM (
  SELECT *, spared + CASE term WHEN 'monthly' THEN renewalUnits ELSE 0 END AS nowUnits FROM (
    SELECT p.productKey, p.currency, p.unit, e.term, e.renewalDate, coalesce(f.freed, 0) AS freed,
      CASE p.entitlementLimit WHEN 'unlimited' THEN 0 ELSE min(coalesce(f.freed, 0), max(0, p.consumed - p.enabled)) END
        AS spared,
      max(0, min(coalesce(f.freed, 0) + p.enabled - p.consumed - p.buffer, p.enabled)) AS renewalUnits
    FROM countedPosition p JOIN termOfLicense e USING (productKey)
    LEFT JOIN (SELECT productKey, sum(seats) AS freed FROM finding
      WHERE bucket IS NOT NULL AND bucket NOT IN ('unassigned', 'downgrade') GROUP BY productKey) f USING (productKey)
    WHERE p.isCharged AND p.forPeople)), hair
WHERE freed > 0 OR nowUnits > 0 OR renewalUnits > 0;

CREATE TEMP TABLE saved AS
SELECT currency, sum(minor) AS minor FROM finding WHERE bucket IS NOT NULL AND minor IS NOT NULL AND currency IS NOT NULL
GROUP BY currency;

-- Totals leave out what is not for people, what is free, and what has no price, 10,000 units or more and hardly any used.
CREATE TEMP TABLE total AS
SELECT count(*) AS licenses, sum(entitled) AS entitled, sum(consumed) AS consumed, sum(seats) AS seats,
  sum(shortfallNow) AS shortfallNow, sum(shortfallSoon) AS shortfallSoon, sum(unassigned) AS unassigned,
  sum(active) AS active, sum(inactive) AS inactive, sum(never) AS never, sum(new) AS new, sum(unknown) AS unknown,
  (SELECT sum(findings) FROM finding) AS findings
FROM countedPosition
WHERE forPeople AND isCharged AND NOT (unit IS NULL AND entitled >= 10000 AND consumed * 100 < entitled);

CREATE TEMP TABLE hiddenLicense AS
SELECT coalesce(sum(isRetired), 0) AS retired, coalesce(sum(isUnmanaged AND NOT isRetired), 0) AS unmanaged,
  coalesce(sum(isWithoutAlerts AND NOT isUnmanaged AND NOT isRetired), 0) AS excludedFromAlerts,
  coalesce(sum(isUnmanaged AND NOT isRetired AND NOT EXISTS (
    SELECT 1 FROM bought b WHERE b.productKey = license.productKey GROUP BY b.productKey HAVING sum(b.unspread) = 0)), 0)
    AS costUnknown
FROM license;
CREATE TEMP TABLE hiddenCost AS
SELECT b.currency, (2 * sum(b.monthly72) + 72) / 144 AS monthlyMinor, (2 * sum(b.monthly72) + 6) / 12 AS annualMinor
FROM bought b JOIN license l USING (productKey)
WHERE l.isUnmanaged AND NOT l.isRetired AND b.monthly72 IS NOT NULL GROUP BY b.currency;
