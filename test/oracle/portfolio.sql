-- The Reconciliation of all tenants: their figures added up per currency, and side by side on the tab Tenants.

-- The chart has twenty licenses: those that are short, then the largest. Of several that are as large as the last of them,
-- it has some.
CREATE TEMP TABLE charted AS
SELECT name, place, count(*) OVER (PARTITION BY place) + place > 21 AS isTied
FROM (SELECT name, rank() OVER (ORDER BY short DESC, size DESC) AS place FROM main.tenantLicense) WHERE place <= 20;

CREATE TEMP TABLE spendLine AS SELECT * FROM main.tenantLine;
CREATE TEMP TABLE figure AS
SELECT name, CASE WHEN name GLOB '*.first' THEN min(value) WHEN name GLOB '*.last' THEN max(value)
  WHEN count(value) = count(*) THEN sum(value) END AS value
FROM main.tenantFigure
WHERE name NOT GLOB 'license.*' OR EXISTS (SELECT 1 FROM charted c WHERE c.name = substr(tenantFigure.name, 1, length(c.name)))
GROUP BY name
UNION ALL
SELECT 'tenant.' || tenantId || '.' || name, value FROM main.tenantFigure
WHERE name IN ('licensesShortNow', 'licensesShortAfterGrace', 'entitled', 'consumed', 'unassigned', 'inactive', 'never')
  OR name GLOB 'spend.annual.*'
UNION ALL
SELECT 'tenant.' || tenantId || '.savings.monthly.' || substr(name, 15, 3), value FROM main.tenantFigure
WHERE name GLOB 'savings.total.???.monthly'
UNION ALL
SELECT 'tenant.' || tenantId || '.savings.unpricedSeats', value FROM main.tenantFigure
WHERE name = 'savings.total.unpriced.seats' AND value > 0
UNION ALL SELECT 'tenant.' || tenantId || '.findings', findings FROM main.tenantBound;

-- An amount of several tenants is a lower bound as soon as it is one of a single of them, whatever its currency.
CREATE TEMP TABLE gridCell AS
WITH kindCell AS (
  SELECT name, value, complete, CASE WHEN name GLOB '*.per*' THEN substr(name, 1, instr(name, '.per') + 5) END AS money
  FROM main.tenantGrid WHERE name GLOB 'kind.*'
)
SELECT replace(name, 'row.', 'row.' || tenantId || '.') AS name, value, complete FROM main.tenantGrid WHERE name GLOB 'row.*'
UNION ALL
SELECT name, sum(value), CASE WHEN money IS NULL THEN 1
  ELSE (SELECT min(o.complete) FROM kindCell o WHERE o.money = k.money) END
FROM kindCell k WHERE value IS NOT NULL GROUP BY name
UNION ALL
SELECT DISTINCT name, NULL, 0 FROM kindCell k
WHERE value IS NULL AND NOT EXISTS (SELECT 1 FROM kindCell o WHERE o.money = k.money AND o.value IS NOT NULL)
UNION ALL SELECT name, sum(value), 1 FROM main.tenantGrid WHERE name GLOB 'tab.*' GROUP BY name
UNION ALL SELECT 'tab.tenants', count(*), 1 FROM main.tenantBound;
