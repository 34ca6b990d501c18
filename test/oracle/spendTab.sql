-- The tab Spend, from lines of one tenant or of several: lines, totals, the mean per person and the share in percent.

CREATE TEMP TABLE spendRow AS
WITH counted AS (
  SELECT 'spendLine.' || dimension || '.' || coalesce(value, '') || '.' || currency AS name, dimension, currency,
    sum(people) AS people, sum(seats) AS seats, sum(unpricedSeats) AS unpricedSeats, sum(monthly) AS monthly,
    sum(annual) AS annual
  FROM spendLine GROUP BY dimension, value, currency
)
SELECT name, people, seats, unpricedSeats, monthly, annual,
  round(100.0 * monthly / nullif(sum(monthly) OVER (PARTITION BY dimension, currency), 0)) AS share
FROM counted
UNION ALL
SELECT 'spendTotal.' || dimension || '.' || currency, sum(people), sum(seats), sum(unpricedSeats), sum(monthly), sum(annual),
  NULL
FROM counted GROUP BY dimension, currency;

INSERT INTO figure
SELECT name || '.people', people FROM spendRow
UNION ALL SELECT name || '.seats', seats FROM spendRow
UNION ALL SELECT name || '.unpricedSeats', unpricedSeats FROM spendRow
UNION ALL SELECT name || '.monthly', monthly FROM spendRow
UNION ALL SELECT name || '.annual', annual FROM spendRow
UNION ALL SELECT name || '.perPerson', CASE WHEN people > 0 THEN CAST(round(1.0 * monthly / people) AS INTEGER) END FROM spendRow
UNION ALL SELECT name || '.share', CAST(coalesce(share, 0) AS INTEGER) FROM spendRow WHERE name GLOB 'spendLine.*';
