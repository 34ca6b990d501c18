import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { ReconciliationPage } from '../../src/app/panels/reconciliationPage';
import { readTenantFacts } from '../../src/app/panels/tenantFacts';
import type { ReconciliationContract } from '../../src/shared/reconciliationContract';
import { earlierSample, makeOracleTenant, oracleTenants, today } from '../oracle/oracleTenants';
import { withSampleTenant } from '../support/sampleTenantFixture';
import type { TestStore } from '../support/storeFixture';
import { launchChromium } from './support/chromium';
import { WebviewPage } from './support/webviewPage';
import { WebviewServer } from './support/webviewServer';

/*
 * Every figure on the screen against the sqlite3 program on the file. That the file's views hold what the rules say is
 * calculated again from the base facts by the tests in `test/oracle`; here it is the way from the views to the screen.
 */

const counted = `SELECT p.* FROM v_position p JOIN v_licenses l USING (licenseId)
  WHERE l.isCounted AND l.notCountedReason IS NULL`;
const currency = `coalesce(currency, 'unpriced')`;

/** Name and value of every figure of the overview, in SQL. */
const overview = `
  SELECT 'licenses' AS name, count(*) AS value FROM (${counted})
  UNION ALL SELECT 'licensesShortNow', sum(shortfallNow > 0) FROM (${counted})
  UNION ALL SELECT 'unitsShortNow', sum(shortfallNow) FROM (${counted})
  UNION ALL SELECT 'unitsShortSoon', sum(shortfallSoon) AS units FROM (${counted}) HAVING units > 0
  UNION ALL SELECT 'licensesShortAfterGrace', sum(shortfallNow + shortfallSoon > 0) FROM (${counted})
  UNION ALL SELECT 'unitsShortAfterGrace', sum(shortfallNow + shortfallSoon) FROM (${counted})
  UNION ALL SELECT 'entitled', sum(entitled) FROM (${counted})
  UNION ALL SELECT 'inGrace', sum(inGrace) AS units FROM (${counted}) HAVING units > 0
  UNION ALL SELECT 'consumed', sum(consumed) FROM (${counted})
  UNION ALL SELECT 'unassigned', sum(unassigned) FROM (${counted})
  UNION ALL SELECT 'active', sum(active) FROM (${counted})
  UNION ALL SELECT 'inactive', sum(inactive) FROM (${counted})
  UNION ALL SELECT 'never', sum(never) FROM (${counted})
  UNION ALL SELECT 'unknown', sum(unknown) FROM (${counted})
  UNION ALL SELECT 'spend.annual.' || currency, annualMinor FROM v_spend
  UNION ALL SELECT 'spend.monthly.' || currency, monthlyMinor FROM v_spend
  UNION ALL SELECT 'spend.assignedAnnual.' || currency, assignedAnnualMinor FROM v_spend
  UNION ALL SELECT 'spend.pricedSeats', sum(pricedSeats) FROM v_spend
  UNION ALL SELECT 'spend.totalSeats', max(totalSeats) FROM v_spend
  UNION ALL SELECT 'savings.now.' || ${currency}, sum(nowMinor) FROM v_realisable GROUP BY 1 HAVING sum(nowUnits) > 0
  UNION ALL SELECT 'savings.renewal.' || coalesce(r.currency, 'unpriced'), sum(renewalMinor)
    FROM v_realisable r JOIN v_licenses USING (licenseId) WHERE term <> 'monthly'
    GROUP BY 1 HAVING sum(renewalUnits) > 0
  UNION ALL SELECT 'savings.now.' || ${currency} || '.units', sum(nowUnits) FROM v_realisable GROUP BY 1
    HAVING sum(nowUnits) > 0
  UNION ALL SELECT 'savings.renewal.' || coalesce(r.currency, 'unpriced') || '.units', sum(renewalUnits)
    FROM v_realisable r JOIN v_licenses USING (licenseId) WHERE term <> 'monthly'
    GROUP BY 1 HAVING sum(renewalUnits) > 0
  UNION ALL SELECT 'savings.renewal.' || coalesce(r.currency, 'unpriced') || '.first', min(renewalDate)
    FROM v_realisable r JOIN v_licenses USING (licenseId) WHERE term <> 'monthly' AND renewalUnits > 0 GROUP BY 1
  UNION ALL SELECT 'savings.verified.' || ${currency} || '.seats', sum(seats) FROM v_verified_savings GROUP BY 1
  UNION ALL SELECT 'savings.verified.' || ${currency} || '.last', substr(max(verifiedAt), 1, 10)
    FROM v_verified_savings GROUP BY 1
  UNION ALL SELECT 'savings.verified.' || ${currency}, sum(monthlyMinor) FROM v_verified_savings GROUP BY 1
  UNION ALL SELECT 'savings.bucket.' || bucket || '.' || ${currency} || '.seats', sum(seats)
    FROM v_findings WHERE bucket IS NOT NULL GROUP BY 1
  UNION ALL SELECT 'savings.bucket.' || bucket || '.' || ${currency} || '.monthly', sum(monthlyMinor)
    FROM v_findings WHERE bucket IS NOT NULL GROUP BY 1
  UNION ALL SELECT 'savings.bucket.' || bucket || '.' || ${currency} || '.annual', 12 * sum(monthlyMinor)
    FROM v_findings WHERE bucket IS NOT NULL GROUP BY 1
  UNION ALL SELECT 'savings.total.' || ${currency} || '.seats', sum(seats)
    FROM v_findings WHERE bucket IS NOT NULL GROUP BY 1
  UNION ALL SELECT 'savings.total.' || ${currency} || '.monthly', sum(monthlyMinor)
    FROM v_findings WHERE bucket IS NOT NULL GROUP BY 1
  UNION ALL SELECT 'savings.total.' || ${currency} || '.annual', 12 * sum(monthlyMinor)
    FROM v_findings WHERE bucket IS NOT NULL GROUP BY 1
  UNION ALL SELECT 'hidden.licenses', retired + unmanaged FROM v_hidden_licenses WHERE retired + unmanaged > 0
  UNION ALL SELECT 'hidden.retired', retired FROM v_hidden_licenses WHERE retired + unmanaged > 0
  UNION ALL SELECT 'hidden.unmanaged', unmanaged FROM v_hidden_licenses WHERE retired + unmanaged > 0
  UNION ALL SELECT 'hidden.excludedFromAlerts', excludedFromAlerts FROM v_hidden_licenses WHERE excludedFromAlerts > 0
  UNION ALL SELECT 'hidden.monthly.' || currency, monthlyMinor FROM v_hidden_costs
  UNION ALL SELECT 'hidden.annual.' || currency, annualMinor FROM v_hidden_costs`;

const line = (dimension: string): string =>
  ['people', 'seats', 'unpricedSeats', 'monthlyMinor', 'annualMinor']
    .map(
      (
        column,
      ) => `SELECT 'spendLine.${dimension}.' || coalesce(value, '') || '.' || currency || '.${column.replace('Minor', '')}'
        AS name, ${column} AS value FROM v_spend_lines WHERE dimension = '${dimension}'`,
    )
    .join(' UNION ALL ');

const byLicense = [
  'active',
  'inactive',
  'never',
  'new',
  'unknown',
  'unassigned',
  'shortfallNow',
  'entitled',
  'consumed',
]
  .map(
    (column) => `SELECT 'license.' || licenseId || '.${column}' AS name, ${column} AS value FROM v_position`,
  )
  .join(' UNION ALL ');

type Value = string | number | null;
type Figures = Record<string, Value>;

describe('figures on the screen of the Reconciliation', function () {
  this.timeout(120_000);
  const [, tenant] = oracleTenants;
  assert(tenant !== undefined);
  const now = withSampleTenant({ ...tenant.sample, today });
  const earlier = withSampleTenant(earlierSample(tenant));
  let file: TestStore;
  let browser: Browser;
  let server: WebviewServer;
  let opened: WebviewPage<ReconciliationContract>;
  let page: Page;

  before(async () => {
    file = await makeOracleTenant(tenant, earlier, now);
    [browser, server] = await Promise.all([launchChromium(), WebviewServer.start()]);
    const nothing = async (): Promise<void> => undefined;
    const host = new ReconciliationPage({
      tenantId: now.tenant.address.tenantId,
      store: file.store,
      tenants: () => readTenantFacts(file.store, null),
      exportCsv: async () => null,
      saveCsv: async () => false,
      exportHtml: nothing,
      runImport: nothing,
      openRoster: nothing,
      openLicense: nothing,
      openUser: nothing,
      openTenant: nothing,
      copy: nothing,
    });
    opened = await WebviewPage.open<ReconciliationContract>(browser, server, {
      page: 'reconciliation',
      methods: host.methods,
    });
    ({ page } = opened);
  });
  after(async () => {
    await opened.close();
    await browser.close();
    await server.stop();
    await file.dispose();
  });

  const onScreen = async (within: string): Promise<Figures> =>
    Object.fromEntries(
      await page.locator(`${within} [data-figure]`).evaluateAll((elements) =>
        elements.map((element): [string, Value] => {
          const value = element.getAttribute('data-value') ?? '';
          const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
          return [
            element.getAttribute('data-figure') ?? '',
            value === '' ? null : isDay ? value : Number(value),
          ];
        }),
      ),
    );
  const inFile = (sql: string): Figures =>
    Object.fromEntries(
      file.sqlite3(sql).map((row): [string, Value] => [String(row['name']), row['value'] ?? null]),
    );

  it('are those of the file on the overview', async () => {
    // The chart has the numbers of its table, and what was before needs the file as it was before.
    const shown = Object.entries(await onScreen('#app')).filter(([name]) => !/^(license|trend)\./.test(name));
    assert(shown.length > 40, `${shown.length} figures`);
    assert.deepEqual(Object.fromEntries(shown), inFile(overview));
  });

  it('are those of the file in the table behind the chart', async () => {
    await page.locator('[data-chart=table]').click();
    const shown = await onScreen('.plain-table[aria-label="Seats and units by license"]');
    const expected = inFile(byLicense);
    assert(Object.keys(shown).length > 50);
    assert.deepEqual(shown, Object.fromEntries(Object.keys(shown).map((name) => [name, expected[name]])));
  });

  for (const dimension of ['department', 'country', 'companyName']) {
    it(`are those of the file in the spend by ${dimension}`, async () => {
      await page.getByRole('tab', { name: 'Spend' }).click();
      await page.locator(`[data-dimension=${dimension}]`).click();
      const shown = Object.entries(await onScreen('tbody')).filter(
        ([name]) => !/\.(perPerson|share)$/.test(name),
      );
      assert(shown.length > 10);
      assert.deepEqual(Object.fromEntries(shown), inFile(line(dimension)));
    });
  }
});
