-- Position, prices and spend, from the rules and the worked example of docs/reconciliation.md.
--
-- Money is exact where it is a sum of purchases: every frequency divides 72 months, so purchases are whole numbers of
-- 72ths of a minor unit per month. Shares of it (seats × price of a unit) are floating point; `hair` is what they may
-- be off, far less than any share of a cent that the price books here can make.

CREATE TEMP TABLE hair AS SELECT 1e-6 AS hair;

-- Position -----------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE seatCount AS
SELECT z.productKey, count(*) AS seats, sum(v.verdict = 'active') AS active, sum(v.verdict = 'inactive') AS inactive,
  sum(v.verdict = 'never') AS never, sum(v.verdict = 'new') AS new, sum(v.verdict = 'unknown') AS unknown
FROM seat z JOIN seatVerdict v USING (userKey, productKey) GROUP BY z.productKey;

CREATE TEMP TABLE position AS
SELECT l.*, l.enabled + l.warning AS entitled, l.enabled + l.warning - l.consumed AS availableNow,
  l.enabled - l.consumed AS availableAfterGrace,
  CASE l.entitlementLimit WHEN 'unlimited' THEN 0 ELSE max(0, l.consumed - l.enabled - l.warning) END AS shortfallNow,
  CASE l.entitlementLimit WHEN 'unlimited' THEN 0
    ELSE max(0, l.consumed - l.enabled) - max(0, l.consumed - l.enabled - l.warning) END AS shortfallSoon,
  max(0, l.enabled - l.consumed - l.buffer) AS unassigned,
  coalesce(c.seats, 0) AS seats, coalesce(c.active, 0) AS active, coalesce(c.inactive, 0) AS inactive,
  coalesce(c.never, 0) AS never, coalesce(c.new, 0) AS new, coalesce(c.unknown, 0) AS unknown
FROM license l LEFT JOIN seatCount c USING (productKey);

-- Prices -------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE validPurchase AS
SELECT p.productKey, p.quantity, p.currency,
  p.amountMinor * CASE p.amountPer WHEN 'unit' THEN p.quantity ELSE 1 END * 72 / CASE p.paymentFrequency
    WHEN 'monthly' THEN 1 WHEN 'quarterly' THEN 3 WHEN 'semiAnnually' THEN 6 WHEN 'annually' THEN 12
    WHEN 'every18Months' THEN 18 WHEN 'biannually' THEN 24 WHEN 'triennially' THEN 36
    -- A single payment is spread over the months of its purchase (whole ones here); without an end it gives no price.
    WHEN 'once' THEN (strftime('%Y', p.endingDate, '+1 day') - strftime('%Y', p.effectiveDate)) * 12
      + strftime('%m', p.endingDate, '+1 day') - strftime('%m', p.effectiveDate)
  END AS monthly72
FROM purchases p JOIN tenant t USING (tenantKey)
WHERE p.effectiveDate <= t.today AND (p.endingDate IS NULL OR t.today <= p.endingDate);

-- Bought per license and currency; `unspread` are payments that no month can be given.
CREATE TEMP TABLE bought AS
SELECT productKey, currency, sum(quantity) AS quantity, sum(monthly72) AS monthly72, sum(monthly72 IS NULL) AS unspread
FROM validPurchase GROUP BY productKey, currency;

-- What one minor unit of a currency is worth in minor units of another. Rates are between whole units (a yen has no
-- smaller one, a dinar a thousand), and serve both ways unless the way back was given too.
CREATE TEMP TABLE minorUnits AS
SELECT currency, CASE currency WHEN 'JPY' THEN 1 WHEN 'KWD' THEN 1000 ELSE 100 END AS ofWhole
FROM (SELECT DISTINCT currency FROM purchases);
CREATE TEMP TABLE worth AS
WITH given (fromCurrency, toCurrency, rate) AS (
  SELECT fromCurrency, toCurrency, CAST(rate AS REAL) FROM exchangeRates
  UNION ALL
  SELECT toCurrency, fromCurrency, 1 / CAST(rate AS REAL) FROM exchangeRates r
  WHERE NOT EXISTS (SELECT 1 FROM exchangeRates b WHERE b.fromCurrency = r.toCurrency AND b.toCurrency = r.fromCurrency)
)
SELECT g.fromCurrency, g.toCurrency, g.rate * t.ofWhole / f.ofWhole AS rate
FROM given g JOIN minorUnits f ON f.currency = g.fromCurrency JOIN minorUnits t ON t.currency = g.toCurrency
UNION ALL SELECT currency, currency, 1 FROM minorUnits;

-- The price of a unit, of payments that can be spread, in the currency of most units (at a tie, the first by code): none
-- where a payment in another currency has no rate to it.
CREATE TEMP TABLE price AS
WITH main AS (
  SELECT productKey, currency, row_number() OVER (PARTITION BY productKey ORDER BY units DESC, currency) AS place
  FROM (SELECT productKey, currency, sum(quantity) AS units FROM validPurchase WHERE monthly72 IS NOT NULL
    GROUP BY productKey, currency)
)
SELECT v.productKey, m.currency, sum(v.monthly72 * w.rate) / 72.0 AS monthly,
  sum(v.monthly72 * w.rate) / 72.0 / sum(v.quantity) AS unit
FROM validPurchase v JOIN main m ON m.productKey = v.productKey AND m.place = 1
LEFT JOIN worth w ON w.fromCurrency = v.currency AND w.toCurrency = m.currency
WHERE v.monthly72 IS NOT NULL
GROUP BY v.productKey, m.currency HAVING count(*) = count(w.rate);

-- Free products without a price are in no total and no coverage.
CREATE TEMP TABLE charged AS
SELECT c.*, p.currency, p.unit
FROM counted c LEFT JOIN price p USING (productKey)
WHERE NOT c.isFree OR p.unit IS NOT NULL;

-- Spend --------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE chargedSeat AS
SELECT z.userKey, z.productKey, c.currency, c.unit, u.department, u.country, u.companyName
FROM seat z JOIN charged c USING (productKey) JOIN person u USING (userKey) WHERE c.forPeople;
CREATE INDEX chargedSeatOfUser ON chargedSeat (userKey);

CREATE TEMP TABLE assigned AS
SELECT currency, sum(seats) AS seats, sum(seats * unit) AS monthly FROM (
  SELECT currency, productKey, count(*) AS seats, max(unit) AS unit FROM chargedSeat WHERE currency IS NOT NULL
  GROUP BY currency, productKey) GROUP BY currency;

CREATE TEMP TABLE boughtTotal AS
SELECT b.currency, sum(b.monthly72) AS monthly72
FROM bought b JOIN counted c USING (productKey) WHERE b.monthly72 IS NOT NULL GROUP BY b.currency;

CREATE TEMP TABLE spend_ AS
SELECT b.currency, (2 * b.monthly72 + 72) / 144 AS monthlyMinor, (2 * b.monthly72 + 6) / 12 AS annualMinor,
  CAST(coalesce(a.monthly, 0) + 0.5 + hair AS INTEGER) AS assignedMonthlyMinor,
  CAST(coalesce(a.monthly, 0) * 12 + 0.5 + hair AS INTEGER) AS assignedAnnualMinor,
  coalesce(a.seats, 0) AS pricedSeats,
  (SELECT count(*) FROM chargedSeat) AS totalSeats,
  EXISTS (SELECT 1 FROM chargedSeat WHERE currency IS NULL)
    OR EXISTS (SELECT 1 FROM charged WHERE currency IS NULL AND enabled + warning + consumed > 0)
    OR EXISTS (SELECT 1 FROM bought JOIN counted USING (productKey) WHERE unspread > 0)
    AS lowerBound
FROM boughtTotal b JOIN hair LEFT JOIN assigned a USING (currency);

-- Lines of people. A line's amounts add up to the whole: each is rounded down, and the cents left over go one each to
-- those that lost most, at a tie to the first in order (by name, what is not set last).
CREATE TEMP TABLE lineSeat AS
SELECT 'department' AS dimension, nullif(trim(department), '') AS value, userKey, currency, unit FROM chargedSeat
UNION ALL SELECT 'country', nullif(trim(country), ''), userKey, currency, unit FROM chargedSeat
UNION ALL SELECT 'companyName', nullif(trim(companyName), ''), userKey, currency, unit FROM chargedSeat;
CREATE TEMP TABLE line AS
SELECT dimension, value, count(*) AS seats, count(DISTINCT userKey) AS people, sum(currency IS NULL) AS unpricedSeats
FROM lineSeat GROUP BY dimension, value;
CREATE TEMP TABLE lineAmount AS
SELECT l.dimension, l.value, a.currency, coalesce(sum(s.unit), 0) AS monthly
FROM line l JOIN assigned a LEFT JOIN lineSeat s ON s.dimension = l.dimension AND s.value IS l.value AND s.currency = a.currency
GROUP BY l.dimension, l.value, a.currency;
CREATE TEMP TABLE lineShare AS
SELECT dimension, value, currency, factor, CAST(monthly * factor + hair AS INTEGER) AS down,
  monthly * factor - CAST(monthly * factor + hair AS INTEGER) AS lost
FROM lineAmount JOIN hair JOIN (SELECT 1 AS factor UNION ALL SELECT 12);
CREATE TEMP TABLE lineRounded AS
SELECT s.dimension, s.value, s.currency, s.factor,
  s.down + (row_number() OVER (PARTITION BY s.dimension, s.currency, s.factor
      ORDER BY round(s.lost, 5) DESC, s.value IS NULL, s.value)
    <= CAST(a.monthly * s.factor + 0.5 + hair AS INTEGER)
      - sum(s.down) OVER (PARTITION BY s.dimension, s.currency, s.factor)) AS minor
FROM lineShare s JOIN assigned a USING (currency) JOIN hair;
