-- Verdicts of users and seats, from docs/activity-verdicts.md. A date in the future counts as today.

-- What a source says of a user: a date, or NULL for a row that shows no use. `subject` NULL: the account as a whole.
CREATE TEMP TABLE sign AS
WITH fresh AS (SELECT source FROM source WHERE status = 'fresh'),
member AS (SELECT p.userKey, p.upnKey, t.tenantKey FROM person p JOIN tenant t WHERE NOT p.isGuest),
reported AS (
  SELECT m.userKey, 'activeUserReport' AS source, 'exchange' AS subject, r.exchangeLastActivityDate AS day
    FROM member m JOIN activeUsers r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
  UNION ALL SELECT m.userKey, 'activeUserReport', 'oneDrive', r.oneDriveLastActivityDate
    FROM member m JOIN activeUsers r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
  UNION ALL SELECT m.userKey, 'activeUserReport', 'sharePoint', r.sharePointLastActivityDate
    FROM member m JOIN activeUsers r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
  UNION ALL SELECT m.userKey, 'activeUserReport', 'skypeForBusiness', r.skypeForBusinessLastActivityDate
    FROM member m JOIN activeUsers r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
  UNION ALL SELECT m.userKey, 'activeUserReport', 'yammer', r.yammerLastActivityDate
    FROM member m JOIN activeUsers r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
  UNION ALL SELECT m.userKey, 'activeUserReport', 'teams', r.teamsLastActivityDate
    FROM member m JOIN activeUsers r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
  UNION ALL SELECT m.userKey, 'emailReport', 'outlook', r.lastActivityDate
    FROM member m JOIN emailActivity r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
  UNION ALL SELECT m.userKey, 'mailboxReport', 'exchange', r.lastActivityDate
    FROM member m JOIN mailboxUsage r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
  UNION ALL SELECT m.userKey, 'oneDriveReport', 'oneDrive', max(r.lastActivityDate)
    FROM member m JOIN oneDriveUsage r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey AND r.isDeleted IS NOT 1
    GROUP BY m.userKey
  UNION ALL SELECT m.userKey, 'appUsageReport', 'officeApps', r.lastActivityDate
    FROM member m JOIN appUsage r ON r.tenantKey = m.tenantKey AND r.upnKey = m.upnKey
)
SELECT userKey, source, subject, min(day, (SELECT today FROM tenant)) AS day
FROM reported WHERE source IN (SELECT source FROM fresh)
UNION ALL
-- Every sign-in in the log is a sign of the account; of those whose application is known also of that.
SELECT p.userKey, 'signIns', a.application, min(substr(max(s.lastSignInAt), 1, 10), (SELECT today FROM tenant))
FROM applicationSignIns s JOIN tenant t USING (tenantKey) JOIN signInApplications a USING (appKey)
JOIN person p ON p.userId = s.userId
WHERE 'signIns' IN (SELECT source FROM fresh)
GROUP BY p.userKey, a.application
UNION ALL
-- The newest successful sign-in; where no success was ever recorded, the newest attempt.
SELECT u.userKey, 'signInActivity', NULL, min((SELECT today FROM tenant), substr(
  CASE WHEN u.lastSuccessfulSignInAt IS NOT NULL THEN u.lastSuccessfulSignInAt
    ELSE max(coalesce(u.lastSignInAt, ''), coalesce(u.lastNonInteractiveSignInAt, '')) END, 1, 10))
FROM users u JOIN tenant t USING (tenantKey)
WHERE 'signInActivity' IN (SELECT source FROM fresh)
  AND coalesce(u.lastSuccessfulSignInAt, u.lastSignInAt, u.lastNonInteractiveSignInAt) IS NOT NULL;
CREATE INDEX signOfUser ON sign (userKey, subject);

CREATE TEMP TABLE lastUse AS
SELECT p.userKey, max(s.day) AS day, max(CASE s.source WHEN 'signInActivity' THEN s.day END) AS signInDay,
  max(CASE WHEN s.source IN ('signInActivity', 'signIns') THEN s.day END) AS anySignInDay
FROM person p LEFT JOIN sign s USING (userKey) GROUP BY p.userKey;
CREATE UNIQUE INDEX lastUseKey ON lastUse (userKey);

-- Which subjects each seat is judged by: those of plans that are on; for a license judged alone that one only.
CREATE TEMP TABLE seatSubject AS
SELECT DISTINCT z.userKey, z.productKey, v.subject
FROM seat z JOIN productServes v USING (productKey)
LEFT JOIN judgedAlone j USING (productKey)
WHERE (j.subject IS NULL OR j.subject = v.subject)
  AND z.productKey NOT IN (SELECT productKey FROM notObservable)
  -- A suite is not asked for what only a log shows that the tenant has no license for.
  AND (j.subject IS NOT NULL OR v.subject NOT IN ('visio', 'project', 'powerBi', 'dynamics365')
    OR NOT EXISTS (SELECT 1 FROM source WHERE source = 'signIns' AND status = 'notLicensed'))
  AND NOT EXISTS (SELECT 1 FROM planOff o
    WHERE o.userKey = z.userKey AND o.productKey = z.productKey AND o.servicePlanId = v.servicePlanId);
INSERT INTO seatSubject
SELECT z.userKey, z.productKey, j.subject FROM seat z JOIN judgedAlone j USING (productKey)
WHERE NOT EXISTS (SELECT 1 FROM productPlan s WHERE s.productKey = z.productKey);
CREATE INDEX seatSubjectKey ON seatSubject (userKey, productKey, subject);

-- The account ------------------------------------------------------------------------------------------------------

-- A source that is needed and did not speak of the user, or none that could speak. Guests are in no report.
CREATE TEMP TABLE reportOf AS
WITH named (subject, source) AS (VALUES
  ('exchange', 'activeUserReport'), ('oneDrive', 'activeUserReport'), ('sharePoint', 'activeUserReport'),
  ('skypeForBusiness', 'activeUserReport'), ('yammer', 'activeUserReport'), ('teams', 'activeUserReport'),
  ('outlook', 'emailReport'))
SELECT * FROM named;

CREATE TEMP TABLE userUnheard AS
SELECT DISTINCT p.userKey
FROM person p
JOIN (SELECT status FROM source WHERE source = 'signInActivity') a
WHERE CASE
  -- Sign-in activity does not come with deleted accounts.
  WHEN p.deletedAt IS NOT NULL THEN 1
  WHEN a.status = 'fresh' THEN 0
  WHEN a.status <> 'notLicensed' THEN 1
  WHEN p.isGuest THEN 1
  ELSE (
    -- A service held whose report has no row for the user; with no service of a report held, nothing could speak.
    SELECT count(*) = 0 OR max(NOT EXISTS (
      SELECT 1 FROM sign s WHERE s.userKey = h.userKey AND s.source = n.source))
    FROM seatSubject h JOIN reportOf n USING (subject) WHERE h.userKey = p.userKey) END;

CREATE TEMP TABLE userVerdict AS
SELECT p.userKey, l.day AS lastActivityDate, CASE
  WHEN l.day >= date(t.today, '-' || t.inactivityDays || ' days') THEN 'active'
  WHEN l.day IS NOT NULL THEN 'inactive'
  WHEN p.isNoPerson THEN 'notPerson'
  WHEN p.userKey IN (SELECT userKey FROM userUnheard) THEN 'unknown'
  WHEN p.createdOn IS NULL THEN 'unknown'
  WHEN p.createdOn > date(t.today, '-' || t.graceDays || ' days') THEN 'new'
  ELSE 'never' END AS verdict
FROM person p JOIN tenant t JOIN lastUse l USING (userKey);

-- The seat ---------------------------------------------------------------------------------------------------------

-- Whether the sign-in log speaks of a seat: it is fresh, and it reaches back (it keeps 30 days) to the threshold or to the
-- creation of the account.
CREATE TEMP TABLE seatLog AS
SELECT z.userKey, z.productKey, s.status = 'fresh' AND (coalesce(l.inactivityDays, t.inactivityDays) <= 30
  OR coalesce(p.createdOn >= date(s.asOfDate, '-30 days'), 0)) AS log
FROM seat z JOIN tenant t JOIN person p USING (userKey) JOIN source s ON s.source = 'signIns'
LEFT JOIN license l USING (productKey);
CREATE UNIQUE INDEX seatLogKey ON seatLog (userKey, productKey);

CREATE TEMP TABLE seatVerdict AS
WITH subjects AS (
  SELECT h.userKey, h.productKey, count(*) AS subjects,
    -- A suite: three or more of mail, Teams, SharePoint, OneDrive, Office apps.
    max(h.subject IN ('exchange', 'outlook')) + max(h.subject = 'teams') + max(h.subject = 'sharePoint')
      + max(h.subject = 'oneDrive') + max(h.subject = 'officeApps') AS suiteParts,
    max((SELECT max(s.day) FROM sign s WHERE s.userKey = h.userKey AND s.subject = h.subject)) AS day,
    min(h.subject IN ('visio', 'project', 'powerBi', 'dynamics365') AND w.log
      OR EXISTS (SELECT 1 FROM sign s WHERE s.userKey = h.userKey AND s.subject = h.subject AND s.source <> 'signIns')
      -- Next to mail or Teams, the report about the Office apps need not have a row, but it must be there.
      OR h.subject = 'officeApps' AND NOT g.isGuest
        AND EXISTS (SELECT 1 FROM source WHERE source = 'appUsageReport' AND status = 'fresh')
        AND EXISTS (SELECT 1 FROM seatSubject n WHERE n.userKey = h.userKey AND n.productKey = h.productKey
          AND n.subject IN ('exchange', 'teams')))
      AS allHeard
  FROM seatSubject h JOIN person g USING (userKey) JOIN seatLog w USING (userKey, productKey)
  GROUP BY h.userKey, h.productKey
),
facts AS (
  SELECT z.userKey, z.productKey, coalesce(b.subjects, 0) AS subjects, b.suiteParts, b.day, b.allHeard,
    j.subject AS alone, p.isNoPerson, p.createdOn, u.signInDay, u.anySignInDay,
    date(t.today, '-' || coalesce(l.inactivityDays, t.inactivityDays) || ' days') AS activeFrom,
    date(t.today, '-' || coalesce(l.graceDays, t.graceDays) || ' days') AS oldUntil,
    EXISTS (SELECT 1 FROM source WHERE source = 'signInActivity' AND status = 'fresh') AS signInsKnown
  FROM seat z JOIN tenant t JOIN person p USING (userKey) JOIN lastUse u USING (userKey)
  LEFT JOIN subjects b USING (userKey, productKey) LEFT JOIN judgedAlone j USING (productKey)
  LEFT JOIN license l USING (productKey)
),
-- Rules 1 to 3 ask the services. Where they leave it open (one was not heard of, or nobody knows how old the account
-- is), sign-ins decide, if they are known: nobody uses a service without signing in.
decided AS (
  SELECT *, CASE
    WHEN day >= activeFrom THEN 'active'
    WHEN isNoPerson AND day IS NULL THEN 'notPerson'
    WHEN subjects = 0 THEN 'unknown'
    WHEN allHeard AND day IS NOT NULL THEN 'inactive'
    WHEN alone IS NOT NULL AND (NOT allHeard OR createdOn IS NULL) THEN 'unknown'
    WHEN allHeard AND createdOn IS NOT NULL THEN CASE WHEN createdOn > oldUntil THEN 'new' ELSE 'never' END
    END AS byServices
  FROM facts
)
SELECT userKey, productKey,
  CASE WHEN byServices IS NOT NULL OR verdict = 'unknown' THEN day
    ELSE nullif(max(coalesce(day, ''), coalesce(anySignInDay, '')), '') END AS lastActivityDate, verdict
FROM (SELECT *, CASE
    WHEN byServices IS NOT NULL THEN byServices
    WHEN NOT signInsKnown THEN 'unknown'
    WHEN coalesce(anySignInDay, '') >= activeFrom THEN CASE
      WHEN suiteParts >= 3 AND NOT allHeard THEN 'active' ELSE 'unknown' END
    WHEN day IS NOT NULL OR anySignInDay IS NOT NULL THEN 'inactive'
    WHEN createdOn IS NULL THEN 'unknown'
    WHEN createdOn > oldUntil THEN 'new'
    ELSE 'never' END AS verdict
  FROM decided);
CREATE UNIQUE INDEX seatVerdictKey ON seatVerdict (userKey, productKey);
