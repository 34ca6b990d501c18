-- Savings that this import proves, and how the headline went since the previous one. The previous import was calculated by
-- the same scripts on the file as it was then; `keep.sql` kept what is needed of it.

-- A saving found for a seat is proved when the seat is gone, whichever path it came by. Of units that nobody held, as many
-- are proved as there are fewer now. A saving is worth what it was worth when it was found.
CREATE TEMP TABLE held AS
SELECT p.userId, x.skuId FROM seat z JOIN person p USING (userKey) JOIN products x USING (productKey);
CREATE UNIQUE INDEX heldKey ON held (userId, skuId);
CREATE TEMP TABLE verified AS
SELECT s.bucket, s.userId, s.skuId, 1 AS seats, s.minor, s.currency
FROM earlierSeatSaving s
WHERE NOT EXISTS (SELECT 1 FROM held h WHERE h.userId = s.userId AND h.skuId = s.skuId)
UNION ALL
SELECT 'unassigned', NULL, skuId, given, CAST(given * unit + hair AS INTEGER), currency
FROM (SELECT s.skuId, s.unit, s.currency, min(s.seats, s.enabled - coalesce(l.enabled, 0)) AS given
  FROM earlierUnassigned s LEFT JOIN license l USING (skuId)), hair
WHERE given > 0;

-- A change needs a value before it: of a currency nothing was paid in, there is none.
CREATE TEMP TABLE trend AS
SELECT 'entitled' AS name, entitled AS value FROM earlierTotal
UNION ALL SELECT 'consumed', consumed FROM earlierTotal
UNION ALL SELECT 'shortfallNow', shortfallNow FROM earlierTotal
UNION ALL SELECT 'shortfallAfterGrace', shortfallNow + shortfallSoon FROM earlierTotal
UNION ALL SELECT 'unassigned', unassigned FROM earlierTotal
UNION ALL SELECT 'inactive', inactive FROM earlierTotal
UNION ALL SELECT 'never', never FROM earlierTotal
UNION ALL SELECT 'spend.' || e.currency, e.monthlyMinor FROM earlierSpend e JOIN spend_ s USING (currency);
