-- The tabs Licenses and Findings: every license with its findings by kind, and the kinds of all licenses. What is not
-- managed or retired is in neither. `finding` has a sum per kind, license and bucket.

-- What a license costs, in each currency it was bought in: rounded so that the licenses of a currency add up to its total,
-- at a tie the first by id gets the cent.
CREATE TEMP TABLE boughtRounded AS
WITH part AS (
  SELECT c.productKey, b.currency, f.factor, b.monthly72 * f.factor / 72 AS down, b.monthly72 * f.factor % 72 AS lost
  FROM bought b JOIN counted c USING (productKey) JOIN (SELECT 1 AS factor UNION ALL SELECT 12) f
  WHERE b.monthly72 IS NOT NULL
)
SELECT p.productKey, p.currency, p.factor,
  p.down + (row_number() OVER (PARTITION BY p.currency, p.factor ORDER BY p.lost DESC, x.skuId)
    <= CASE p.factor WHEN 1 THEN s.monthlyMinor ELSE s.annualMinor END
      - sum(p.down) OVER (PARTITION BY p.currency, p.factor)) AS minor
FROM part p JOIN spend_ s USING (currency) JOIN products x USING (productKey);

-- Whose every unit has a price.
CREATE TEMP TABLE wholePrice AS
SELECT productKey FROM price WHERE productKey NOT IN (SELECT productKey FROM bought WHERE unspread > 0);

CREATE TEMP TABLE kindOfLicense AS
SELECT kind, productKey, sum(findings) AS findings, sum(seats) AS seats,
  sum(CASE WHEN minor IS NULL THEN seats ELSE 0 END) AS unpriced
FROM finding GROUP BY kind, productKey;

CREATE TEMP TABLE gridCell AS
WITH named AS (
  SELECT 'row.' || skuPartNumber AS name, * FROM position WHERE NOT isUnmanaged AND NOT isRetired
),
money AS (
  SELECT 'row.' || skuPartNumber || CASE factor WHEN 1 THEN '.perMonth' ELSE '.perYear' END AS name, r.currency, r.minor,
    w.productKey IS NOT NULL AS complete
  FROM boughtRounded r JOIN products USING (productKey) LEFT JOIN wholePrice w USING (productKey)
  UNION ALL
  SELECT name || period, NULL, NULL, 0 FROM named JOIN (SELECT '.perMonth' AS period UNION ALL SELECT '.perYear')
  WHERE productKey NOT IN (SELECT productKey FROM boughtRounded) AND NOT (isFree AND forPeople)
),
found AS (
  SELECT coalesce('row.' || x.skuPartNumber || '.', 'tenant.') || k.kind AS name, 'kind.' || k.kind AS kindName, k.*
  FROM kindOfLicense k LEFT JOIN products x USING (productKey)
),
foundMoney AS (
  SELECT f.name, f.kindName, m.currency, sum(m.minor) AS minor
  FROM found f JOIN finding m ON m.kind = f.kind AND m.productKey IS f.productKey
  WHERE m.minor IS NOT NULL AND m.currency IS NOT NULL GROUP BY f.name, f.kindName, m.currency
)
SELECT name || '.seats' AS name, seats AS value, 1 AS complete FROM named
UNION ALL SELECT name || '.entitled', entitled, 1 FROM named
UNION ALL SELECT name || '.consumed', consumed, 1 FROM named
UNION ALL SELECT name || '.availableNow', availableNow, 1 FROM named
UNION ALL SELECT name || '.availableAfterGrace', availableAfterGrace, 1 FROM named
UNION ALL SELECT name || '.unassigned', unassigned, 1 FROM named
UNION ALL SELECT name || '.active', active, 1 FROM named
UNION ALL SELECT name || '.inactive', inactive, 1 FROM named
UNION ALL SELECT name || '.never', never, 1 FROM named
UNION ALL SELECT name || '.new', new, 1 FROM named
UNION ALL SELECT name || '.unknown', unknown, 1 FROM named
UNION ALL SELECT name || '.inGrace', warning, 1 FROM named
UNION ALL SELECT name || '.suspended', suspended, 1 FROM named
UNION ALL SELECT name || '.shortNow', shortfallNow, 1 FROM named WHERE shortfallNow > 0
UNION ALL SELECT name || '.shortSoon', shortfallSoon, 1 FROM named WHERE shortfallSoon > 0
UNION ALL SELECT n.name || '.findings', sum(k.findings), 1 FROM named n JOIN kindOfLicense k USING (productKey) GROUP BY n.name
UNION ALL SELECT name || coalesce('.' || currency, ''), minor, complete FROM money
-- A product that is gone has findings and no row.
UNION ALL SELECT f.name || '.findings', findings, 1 FROM found f JOIN named USING (productKey)
UNION ALL SELECT f.name || '.seats', f.seats, 1 FROM found f JOIN named USING (productKey)
UNION ALL
SELECT m.name || period || '.' || m.currency, minor * factor, f.unpriced = 0
FROM foundMoney m JOIN found f USING (name) JOIN named n USING (productKey)
JOIN (SELECT '.perMonth' AS period, 1 AS factor UNION ALL SELECT '.perYear', 12) WHERE minor > 0
UNION ALL
SELECT f.name || period, NULL, 0 FROM found f JOIN named USING (productKey)
JOIN (SELECT '.perMonth' AS period UNION ALL SELECT '.perYear')
WHERE f.unpriced > 0 AND f.name NOT IN (SELECT name FROM foundMoney)
UNION ALL SELECT kindName || '.findings', sum(findings), 1 FROM found GROUP BY kindName
UNION ALL SELECT kindName || '.seats', sum(seats), 1 FROM found GROUP BY kindName
UNION ALL SELECT kindName || '.licenses', count(DISTINCT productKey), 1 FROM found GROUP BY kindName HAVING count(productKey) > 0
UNION ALL
SELECT kindName || period || '.' || currency, sum(minor) * factor,
  NOT EXISTS (SELECT 1 FROM found f WHERE f.kindName = m.kindName AND f.unpriced > 0)
FROM foundMoney m JOIN (SELECT '.perMonth' AS period, 1 AS factor UNION ALL SELECT '.perYear', 12)
GROUP BY kindName, currency, period HAVING sum(minor) > 0
UNION ALL
SELECT DISTINCT kindName || period, NULL, 0 FROM found f JOIN (SELECT '.perMonth' AS period UNION ALL SELECT '.perYear')
WHERE unpriced > 0 AND kindName NOT IN (SELECT kindName FROM foundMoney)
UNION ALL SELECT 'tab.licenses', count(*), 1 FROM named
UNION ALL SELECT 'tab.findings', sum(findings), 1 FROM kindOfLicense;
