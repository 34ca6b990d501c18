-- Keeps what the calculation of the next import needs to know of this one.

DROP TABLE IF EXISTS main.earlierTotal;
DROP TABLE IF EXISTS main.earlierSpend;
DROP TABLE IF EXISTS main.earlierSeatSaving;
DROP TABLE IF EXISTS main.earlierUnassigned;
CREATE TABLE main.earlierTotal AS SELECT * FROM total;
CREATE TABLE main.earlierSpend AS
SELECT currency, monthlyMinor, coalesce(minor, 0) AS savingsMinor FROM spend_ LEFT JOIN saved USING (currency);

-- All seats of a license in a bucket are worth their exact price together, rounded down; the cents left over go one each to
-- the first by the user's id.
CREATE TABLE main.earlierSeatSaving AS
SELECT s.kind AS bucket, p.userId, x.skuId, s.currency,
  CAST(s.unit + hair AS INTEGER) + (row_number() OVER (PARTITION BY s.kind, s.productKey ORDER BY p.userId)
    <= CAST(count(*) OVER (PARTITION BY s.kind, s.productKey) * s.unit + hair AS INTEGER)
      - count(*) OVER (PARTITION BY s.kind, s.productKey) * CAST(s.unit + hair AS INTEGER)) AS minor
FROM judgedSeat s JOIN person p USING (userKey) JOIN products x USING (productKey) JOIN hair
WHERE s.kind IS NOT NULL AND NOT s.isFree;
CREATE INDEX main.earlierSeatSavingKey ON earlierSeatSaving (userId, skuId);
CREATE TABLE main.earlierUnassigned AS
SELECT p.skuId, f.seats, p.enabled, p.unit, p.currency
FROM finding f JOIN countedPosition p USING (productKey) WHERE f.bucket = 'unassigned';
