-- How sure a verdict is, from docs/activity-verdicts.md: high when two independent sources agree, medium when one does or a
-- recent sign-in contradicts that there is no use, low with nothing but non-interactive sign-ins, or when a sign-in stands
-- in for services. Two reports about one mailbox are one observation, and so are the two sources of sign-ins.

-- What was seen by whom: `source` and `thing` are independent where they differ. Every sign-in in the log is one of the
-- account. The newest success is use, an attempt after it is not; it is weak where it was not interactive.
CREATE TEMP TABLE observation AS
WITH attempt AS (
  SELECT u.userKey, u.lastSignInAt AS i, u.lastNonInteractiveSignInAt AS b, u.lastSuccessfulSignInAt AS s
  FROM users u JOIN tenant USING (tenantKey)
  WHERE EXISTS (SELECT 1 FROM source WHERE source = 'signInActivity' AND status = 'fresh')
),
success AS (
  SELECT userKey, 0 AS isWeak, CASE WHEN s IS NULL OR i <= s THEN i WHEN s IS NOT b THEN s END AS at FROM attempt
  UNION ALL
  SELECT userKey, 1, CASE WHEN s IS NULL OR b <= s THEN b ELSE CASE WHEN b IS NOT NULL THEN s END END FROM attempt
)
SELECT userKey, subject,
  CASE WHEN source IN ('emailReport', 'mailboxReport') THEN 'mail' WHEN source = 'signIns' THEN 'signIn' ELSE source END AS source,
  CASE WHEN source = 'signIns' THEN 'account' WHEN subject IN ('exchange', 'outlook') THEN 'mailbox' ELSE subject END AS thing,
  day, 0 AS isWeak
FROM sign WHERE source <> 'signInActivity'
  -- The active users report lists all its services: one that it says is not held, and is not used, says nothing.
  AND NOT (source = 'activeUserReport' AND day IS NULL AND EXISTS (
    SELECT 1 FROM users u JOIN tenant t USING (tenantKey)
    JOIN activeUsers r ON r.tenantKey = t.tenantKey AND r.upnKey = u.upnKey AND r.isDeleted IS NOT 1
    WHERE u.userKey = sign.userKey AND CASE sign.subject WHEN 'exchange' THEN r.hasExchangeLicense
      WHEN 'oneDrive' THEN r.hasOneDriveLicense WHEN 'sharePoint' THEN r.hasSharePointLicense
      WHEN 'skypeForBusiness' THEN r.hasSkypeForBusinessLicense WHEN 'yammer' THEN r.hasYammerLicense
      WHEN 'teams' THEN r.hasTeamsLicense END IS 0))
UNION ALL SELECT userKey, NULL, 'signIn', 'account', day, 0 FROM sign WHERE source = 'signIns' AND subject IS NOT NULL
UNION ALL SELECT userKey, NULL, 'signIn', 'account', min(substr(at, 1, 10), today), isWeak FROM success, tenant WHERE at IS NOT NULL;
CREATE INDEX observationOfUser ON observation (userKey, subject);

-- Verdicts of accounts and of seats with what speaks of them: of a seat its services, and the account unless one service
-- alone decides.
CREATE TEMP TABLE judged AS
SELECT v.userKey, NULL AS productKey, v.verdict, date(t.today, '-' || t.inactivityDays || ' days') AS activeFrom,
  0 AS isAlone, 0 AS bySignIn
FROM userVerdict v JOIN tenant t
UNION ALL
SELECT v.userKey, v.productKey, v.verdict, date(t.today, '-' || coalesce(l.inactivityDays, t.inactivityDays) || ' days'),
  v.productKey IN (SELECT productKey FROM judgedAlone),
  v.verdict = 'active' AND NOT EXISTS (SELECT 1 FROM seatSubject h JOIN sign s USING (userKey, subject)
    WHERE h.userKey = v.userKey AND h.productKey = v.productKey
      AND s.day >= date(t.today, '-' || coalesce(l.inactivityDays, t.inactivityDays) || ' days'))
FROM seatVerdict v JOIN tenant t LEFT JOIN license l USING (productKey);

CREATE TEMP TABLE confidence AS
WITH heard AS (
  SELECT j.userKey, j.productKey, j.verdict, o.source, o.thing, o.day, o.isWeak, coalesce(o.day >= j.activeFrom, 0) AS isRecent
  FROM judged j JOIN observation o USING (userKey) WHERE j.productKey IS NULL
  UNION ALL
  SELECT j.userKey, j.productKey, j.verdict, o.source, o.thing, o.day, o.isWeak, coalesce(o.day >= j.activeFrom, 0)
  FROM judged j JOIN seatSubject h USING (userKey, productKey) JOIN observation o USING (userKey, subject)
  UNION ALL
  SELECT j.userKey, j.productKey, j.verdict, o.source, o.thing, o.day, o.isWeak, coalesce(o.day >= j.activeFrom, 0)
  FROM judged j JOIN observation o USING (userKey)
  WHERE j.productKey IS NOT NULL AND NOT j.isAlone AND o.thing = 'account' AND o.subject IS NULL
),
counted AS (
  SELECT userKey, productKey, max(isRecent AND thing = 'account') AS signsIn,
    count(DISTINCT CASE WHEN isRecent THEN source END) AS usedSources, count(DISTINCT CASE WHEN isRecent THEN thing END) AS usedThings,
    max(isRecent AND NOT isWeak) AS isUsedStrong,
    -- Where an account signs in, its sign-ins do not agree that there is no use.
    count(DISTINCT CASE WHEN NOT isRecent AND source <> 'signIn' THEN source END) AS quietSources,
    count(DISTINCT CASE WHEN NOT isRecent AND source <> 'signIn' THEN thing END) AS quietThings,
    max(thing = 'account') AS hasSignIns, max(NOT isRecent AND NOT isWeak) AS isQuietStrong
  FROM heard GROUP BY userKey, productKey
)
SELECT j.userKey, j.productKey, CASE
  WHEN j.verdict IN ('unknown', 'notPerson') THEN NULL
  WHEN j.bySignIn THEN 'low'
  WHEN j.verdict = 'active' THEN CASE WHEN NOT c.isUsedStrong THEN 'low' WHEN c.usedSources > 1 AND c.usedThings > 1 THEN 'high'
    ELSE 'medium' END
  WHEN c.signsIn THEN 'medium'
  WHEN c.hasSignIns AND NOT c.isQuietStrong THEN 'low'
  -- Sign-ins that are known and are none lately, or none at all, are an observation.
  WHEN coalesce(c.quietSources, 0) + k.known > 1 AND coalesce(c.quietThings, 0) + k.known > 1 AND NOT j.isAlone THEN 'high'
  ELSE 'medium' END AS confidence
FROM judged j LEFT JOIN counted c ON c.userKey = j.userKey AND c.productKey IS j.productKey
JOIN (SELECT EXISTS (SELECT 1 FROM source WHERE source = 'signInActivity' AND status = 'fresh') AS known) k;
