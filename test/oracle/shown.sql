-- Everything on screen of one tenant: name, value, and whether it is whole or a lower bound.

CREATE TEMP TABLE bound AS
SELECT NOT EXISTS (SELECT 1 FROM spend_) OR EXISTS (SELECT 1 FROM spend_ WHERE lowerBound) AS spend,
  (SELECT costUnknown > 0 FROM hiddenLicense) AS hidden;
CREATE TEMP TABLE shown AS
SELECT name, value, CASE
  WHEN value IS NULL THEN 0
  WHEN name GLOB 'spend.annual.*' OR name GLOB 'spend.monthly.*' OR name GLOB 'spend.assignedAnnual.*' THEN NOT spend
  WHEN name GLOB 'hidden.annual.*' OR name GLOB 'hidden.monthly.*' THEN NOT hidden
  ELSE 1 END AS complete
FROM figure, bound
UNION ALL SELECT name, value, complete FROM gridCell;
