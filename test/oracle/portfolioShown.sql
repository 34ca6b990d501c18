-- Everything on screen of all tenants: name, value, and whether it is whole or a lower bound.

CREATE TEMP TABLE shown AS
SELECT name, value, CASE
  WHEN value IS NULL THEN 0
  WHEN name GLOB 'tenant.*.spend.annual.*' THEN NOT (SELECT spend FROM main.tenantBound WHERE tenantId = substr(name, 8, 36))
  WHEN name GLOB 'spend.annual.*' OR name GLOB 'spend.monthly.*' OR name GLOB 'spend.assignedAnnual.*'
    THEN NOT (SELECT max(spend) FROM main.tenantBound)
  WHEN name GLOB 'hidden.annual.*' OR name GLOB 'hidden.monthly.*' THEN NOT (SELECT max(hidden) FROM main.tenantBound)
  ELSE 1 END AS complete
FROM figure
UNION ALL SELECT name, value, complete FROM gridCell;
