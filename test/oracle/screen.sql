-- Figures of the Reconciliation screen by the names that its elements carry (data-figure), as they are stored.

CREATE TEMP TABLE shownPosition AS
SELECT p.*, t.tenantId || '_' || p.skuId AS licenseId FROM countedPosition p JOIN tenant t
WHERE forPeople AND isCharged AND NOT (unit IS NULL AND entitled >= 10000 AND consumed * 100 < entitled);

CREATE TEMP TABLE figure AS
WITH cells (name, value) AS (
  SELECT 'licenses', count(*) FROM shownPosition
  UNION ALL SELECT 'licensesShortNow', sum(shortfallNow > 0) FROM shownPosition
  UNION ALL SELECT 'unitsShortNow', sum(shortfallNow) FROM shownPosition
  UNION ALL SELECT 'licensesShortAfterGrace', sum(shortfallNow + shortfallSoon > 0) FROM shownPosition
  UNION ALL SELECT 'unitsShortAfterGrace', sum(shortfallNow + shortfallSoon) FROM shownPosition
  UNION ALL SELECT 'entitled', sum(entitled) FROM shownPosition
  UNION ALL SELECT 'unitsShortSoon', sum(shortfallSoon) FROM shownPosition HAVING sum(shortfallSoon) > 0
  UNION ALL SELECT 'inGrace', sum(warning) FROM shownPosition HAVING sum(warning) > 0
  UNION ALL SELECT 'consumed', sum(consumed) FROM shownPosition
  UNION ALL SELECT 'unassigned', sum(unassigned) FROM shownPosition
  UNION ALL SELECT 'active', sum(active) FROM shownPosition
  UNION ALL SELECT 'inactive', sum(inactive) FROM shownPosition
  UNION ALL SELECT 'never', sum(never) FROM shownPosition
  UNION ALL SELECT 'unknown', sum(unknown) FROM shownPosition
  UNION ALL SELECT 'spend.annual.' || currency, annualMinor FROM spend_
  UNION ALL SELECT 'spend.monthly.' || currency, monthlyMinor FROM spend_
  UNION ALL SELECT 'spend.assignedAnnual.' || currency, assignedAnnualMinor FROM spend_
  UNION ALL SELECT 'spend.pricedSeats', count(currency) FROM chargedSeat
  UNION ALL SELECT 'spend.totalSeats', count(*) FROM chargedSeat
  UNION ALL SELECT 'savings.now.' || coalesce(currency, 'unpriced'), sum(nowMinor) FROM realisable
    WHERE nowUnits > 0 GROUP BY currency
  UNION ALL SELECT 'savings.now.' || coalesce(currency, 'unpriced') || '.units', sum(nowUnits) FROM realisable
    WHERE nowUnits > 0 GROUP BY currency
  -- What a monthly term gives back at once is not given back a second time.
  UNION ALL SELECT 'savings.renewal.' || coalesce(currency, 'unpriced'), sum(renewalMinor)
    FROM realisable JOIN termOfLicense USING (productKey) WHERE term <> 'monthly' AND renewalUnits > 0 GROUP BY currency
  UNION ALL SELECT 'savings.renewal.' || coalesce(currency, 'unpriced') || '.units', sum(renewalUnits)
    FROM realisable JOIN termOfLicense USING (productKey) WHERE term <> 'monthly' AND renewalUnits > 0 GROUP BY currency
  UNION ALL SELECT 'savings.verified.' || coalesce(currency, 'unpriced'), sum(minor) FROM verified GROUP BY currency
  UNION ALL SELECT 'savings.renewal.' || coalesce(currency, 'unpriced') || '.first', min(renewalDate)
    FROM realisable JOIN termOfLicense USING (productKey, renewalDate)
    WHERE term <> 'monthly' AND renewalUnits > 0 GROUP BY currency HAVING min(renewalDate) IS NOT NULL
  UNION ALL SELECT 'savings.verified.' || coalesce(currency, 'unpriced') || '.seats', sum(seats) FROM verified GROUP BY currency
  UNION ALL SELECT 'savings.verified.' || coalesce(currency, 'unpriced') || '.last', today
    FROM verified JOIN tenant GROUP BY currency
  UNION ALL SELECT 'trend.' || name, value FROM trend
  UNION ALL SELECT 'savings.bucket.' || bucket || '.' || coalesce(currency, 'unpriced') || '.' || part, CASE part
      WHEN 'seats' THEN sum(seats) WHEN 'monthly' THEN sum(minor) ELSE sum(minor) * 12 END
    FROM finding JOIN part WHERE bucket IS NOT NULL GROUP BY bucket, currency, part
  UNION ALL SELECT 'savings.total.' || coalesce(currency, 'unpriced') || '.' || part, CASE part
      WHEN 'seats' THEN sum(seats) WHEN 'monthly' THEN sum(minor) ELSE sum(minor) * 12 END
    FROM finding JOIN part WHERE bucket IS NOT NULL GROUP BY currency, part
  UNION ALL SELECT 'hidden.licenses', retired + unmanaged FROM hiddenLicense WHERE retired + unmanaged > 0
  UNION ALL SELECT 'hidden.retired', retired FROM hiddenLicense WHERE retired + unmanaged > 0
  UNION ALL SELECT 'hidden.unmanaged', unmanaged FROM hiddenLicense WHERE retired + unmanaged > 0
  UNION ALL SELECT 'hidden.excludedFromAlerts', excludedFromAlerts FROM hiddenLicense WHERE excludedFromAlerts > 0
  UNION ALL SELECT 'hidden.annual.' || currency, annualMinor FROM hiddenCost
  UNION ALL SELECT 'hidden.monthly.' || currency, monthlyMinor FROM hiddenCost
  UNION ALL SELECT 'license.' || licenseId || '.availableNow', availableNow FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.active', active FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.inactive', inactive FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.never', never FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.new', new FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.unknown', unknown FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.unassigned', unassigned FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.shortfallNow', shortfallNow FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.entitled', entitled FROM shownPosition
  UNION ALL SELECT 'license.' || licenseId || '.consumed', consumed FROM shownPosition
),
part (part) AS (VALUES ('seats'), ('monthly'), ('annual'))
SELECT name, value FROM cells;


-- Lines of spend, as rows: of several tenants they are added up before shares are taken.
CREATE TEMP TABLE spendLine AS
SELECT l.dimension, l.value, m.currency, l.people, l.seats, l.unpricedSeats, m.minor AS monthly, a.minor AS annual
FROM line l JOIN lineRounded m ON m.dimension = l.dimension AND m.value IS l.value AND m.factor = 1
JOIN lineRounded a ON a.dimension = l.dimension AND a.value IS l.value AND a.currency = m.currency AND a.factor = 12;
