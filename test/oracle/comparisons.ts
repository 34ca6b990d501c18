/** A figure of the product (a query on its views) and the same from the oracle's tables; rows compare as text. */
export interface Comparison {
  readonly title: string;
  readonly product: string;
  readonly oracle: string;
  /** Rows there must be where everything was entered, so that nothing passes by being empty. */
  readonly atLeast: number;
}

const positionCells = `entitled, consumed, availableNow, availableAfterGrace, shortfallNow, shortfallSoon, unassigned,
  seats, active, inactive, never, new, unknown`;
const historyCells = `licenses, entitled, consumed, seats, shortfallNow, shortfallSoon, unassigned, active, inactive,
  never, new, unknown, findings`;
const spendCells =
  'currency, monthlyMinor, annualMinor, assignedMonthlyMinor, assignedAnnualMinor, pricedSeats, totalSeats';

/** Everything on the Reconciliation screen comes from these views. */
export const comparisons: readonly Comparison[] = [
  {
    title: 'verdict and last activity of every user',
    product: 'SELECT userId, verdict, lastActivityDate FROM v_users',
    oracle: 'SELECT userId, verdict, lastActivityDate FROM userVerdict JOIN person USING (userKey)',
    atLeast: 300,
  },
  {
    title: 'verdict, last activity and paths of every seat',
    product: 'SELECT userId, skuId, verdict, lastActivityDate, paths, direct FROM v_seats',
    oracle: `SELECT userId, skuId, verdict, lastActivityDate, paths, direct > 0 FROM seatVerdict
      JOIN seat USING (userKey, productKey) JOIN person USING (userKey) JOIN products USING (productKey)`,
    atLeast: 400,
  },
  {
    title: 'confidence of the verdict of every user',
    product: 'SELECT userId, confidence FROM v_users',
    oracle: `SELECT userId, c.confidence FROM confidence c JOIN person USING (userKey) WHERE productKey IS NULL`,
    atLeast: 300,
  },
  {
    title: 'confidence of the verdict of every seat',
    product: 'SELECT userId, skuId, confidence FROM v_seats',
    oracle: `SELECT userId, skuId, c.confidence FROM confidence c JOIN person USING (userKey)
      JOIN products USING (productKey)`,
    atLeast: 400,
  },
  {
    title: 'totals after the import before',
    product: `SELECT ${historyCells} FROM v_tenant_history
      WHERE at < (SELECT lastImportAt FROM v_tenants) ORDER BY at DESC LIMIT 1`,
    oracle: `SELECT ${historyCells} FROM earlierTotal`,
    atLeast: 1,
  },
  {
    title: 'spend and savings after the import before',
    product: `SELECT currency, monthlyMinor, savingsMonthlyMinor FROM v_spend_history
      WHERE at = (SELECT max(at) FROM v_spend_history WHERE at < (SELECT lastImportAt FROM v_tenants))`,
    oracle: 'SELECT currency, monthlyMinor, savingsMinor FROM earlierSpend',
    atLeast: 2,
  },
  {
    title: 'savings that the import proved',
    product: 'SELECT bucket, userId, skuId, seats, monthlyMinor, currency FROM v_verified_savings',
    oracle: 'SELECT bucket, userId, skuId, seats, minor, currency FROM verified',
    atLeast: 0,
  },
  {
    title: 'position of every license',
    product: `SELECT skuId, ${positionCells} FROM v_position`,
    oracle: `SELECT skuId, ${positionCells} FROM position`,
    atLeast: 15,
  },
  {
    title: 'which licenses count, their terms, prices and what was bought',
    product: `SELECT skuId, isCounted, participation, lifecycleStatus = 'retired', term, unitMonthlyMinor, currency,
      boughtMonthlyMinor, boughtAnnualMinor FROM v_licenses`,
    oracle: `SELECT skuId, NOT isUnmanaged AND NOT isRetired,
      CASE WHEN isUnmanaged THEN 'unmanaged' WHEN isWithoutAlerts THEN 'excludedFromAlerts' ELSE 'managed' END,
      isRetired, term, CAST(unit + 0.5 + hair AS INTEGER), currency,
      CAST(monthly + 0.5 + hair AS INTEGER), CAST(monthly * 12 + 0.5 + hair AS INTEGER)
      FROM license JOIN hair JOIN termOfLicense USING (productKey) LEFT JOIN price USING (productKey)`,
    atLeast: 15,
  },
  {
    title: 'spend bought and assigned, and its coverage',
    product: `SELECT ${spendCells}, lowerBound FROM v_spend`,
    oracle: `SELECT ${spendCells}, lowerBound FROM spend_ UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, 0, (SELECT count(*) FROM chargedSeat), 1 WHERE NOT EXISTS (SELECT 1 FROM spend_)`,
    atLeast: 2,
  },
  {
    title: 'spend of each department, country and company',
    product: `SELECT dimension, value, currency, monthlyMinor, annualMinor, people, seats, unpricedSeats FROM v_spend_lines`,
    oracle: `SELECT dimension, l.value, m.currency, m.minor, a.minor, people, seats, unpricedSeats
      FROM line l JOIN lineRounded m USING (dimension) JOIN lineRounded a USING (dimension)
      WHERE m.value IS l.value AND a.value IS l.value AND a.currency = m.currency AND m.factor = 1 AND a.factor = 12`,
    atLeast: 20,
  },
  {
    title: 'cost of each person',
    product: 'SELECT userId, currency, monthlyMinor, annualMinor, unpricedSeats FROM v_user_spend',
    oracle: `SELECT userId, s.currency, CAST(sum(s.unit) + 0.5 + hair AS INTEGER),
      CAST(sum(s.unit) * 12 + 0.5 + hair AS INTEGER),
      (SELECT count(*) FROM chargedSeat x WHERE x.userKey = s.userKey AND x.currency IS NULL)
      FROM chargedSeat s JOIN hair JOIN person USING (userKey)
      WHERE s.currency IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM chargedSeat x WHERE x.userKey = s.userKey AND x.currency IS NOT NULL)
      GROUP BY s.userKey, s.currency`,
    atLeast: 150,
  },
  {
    title: 'findings, their seats and money by kind, license and bucket',
    product: `SELECT kind, bucket, skuId, count(*), sum(seats), sum(monthlyMinor) FROM v_findings GROUP BY kind, bucket, skuId`,
    oracle: `SELECT kind, bucket, skuId, sum(findings), sum(seats), sum(minor) FROM finding
      LEFT JOIN products USING (productKey) GROUP BY kind, bucket, skuId`,
    atLeast: 30,
  },
  {
    title: 'which seat stands in which bucket',
    product: `SELECT kind, userId, skuId FROM v_findings WHERE userId IS NOT NULL
      AND kind IN ('disabledAccount', 'guest', 'mailboxNeedsNone', 'neverActive', 'inactive', 'contained')
      AND (bucket IS NOT NULL OR kind <> 'contained')`,
    oracle: `SELECT kind, userId, skuId FROM judgedSeat JOIN person USING (userKey) JOIN products USING (productKey)
      WHERE kind IS NOT NULL`,
    atLeast: 50,
  },
  {
    title: 'no amount of a finding is further than a cent from its exact worth',
    product: `SELECT count(*) FROM v_findings WHERE bucket IS NOT NULL AND kind <> 'downgrade' AND monthlyMinor IS NOT NULL`,
    oracle: `SELECT count(*) FROM v_findings f JOIN products USING (skuId) JOIN price USING (productKey)
      WHERE bucket IS NOT NULL AND kind <> 'downgrade' AND abs(monthlyMinor - seats * unit) <= 1`,
    atLeast: 1,
  },
  {
    title: 'savings of each bucket and currency',
    product: `SELECT bucket, currency, sum(seats), sum(monthlyMinor) FROM v_findings WHERE bucket IS NOT NULL
      GROUP BY bucket, currency`,
    oracle: `SELECT bucket, currency, sum(seats), sum(minor) FROM finding WHERE bucket IS NOT NULL GROUP BY bucket, currency`,
    atLeast: 6,
  },
  {
    title: 'what can be realised now and at the renewal',
    product: `SELECT skuId, currency, freed, nowUnits, nowMinor, renewalUnits, renewalMinor, renewalDate FROM v_realisable
      WHERE freed > 0 OR nowUnits > 0 OR renewalUnits > 0`,
    oracle: `SELECT skuId, currency, freed, nowUnits, nowMinor, renewalUnits, renewalMinor, renewalDate FROM realisable
      JOIN products USING (productKey)`,
    atLeast: 8,
  },
  {
    title: 'totals over the licenses that count',
    product: `SELECT ${historyCells} FROM v_tenant_history ORDER BY at DESC LIMIT 1`,
    oracle: `SELECT ${historyCells} FROM total`,
    atLeast: 1,
  },
  {
    title: 'spend and savings of the last import',
    // A currency in which nothing changed has no row of this import.
    product: `SELECT currency, monthlyMinor, savingsMonthlyMinor FROM v_spend_history h
      WHERE at = (SELECT max(at) FROM v_spend_history WHERE currency = h.currency)`,
    oracle: `SELECT currency, monthlyMinor, coalesce(minor, 0) FROM spend_ LEFT JOIN saved USING (currency)`,
    atLeast: 2,
  },
  {
    title: 'what is hidden',
    product: 'SELECT retired, unmanaged, excludedFromAlerts, costUnknown FROM v_hidden_licenses',
    oracle: 'SELECT retired, unmanaged, excludedFromAlerts, costUnknown FROM hiddenLicense',
    atLeast: 1,
  },
  {
    title: 'what hidden licenses cost',
    product: 'SELECT currency, monthlyMinor, annualMinor FROM v_hidden_costs',
    oracle: 'SELECT currency, monthlyMinor, annualMinor FROM hiddenCost',
    atLeast: 0,
  },
];
