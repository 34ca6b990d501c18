import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { describeError } from '../../src/app/host/messages';
import { LicenseError } from '../../src/core/foundation/errors';
import type { ReconciliationContract } from '../../src/shared/reconciliationContract';
import { contosoFigures } from '../support/contosoFigures';
import { tenantId } from './support/memoryUsers';
import { ReconciliationHost } from './support/reconciliationHost';
import { texts } from './support/shownTexts';
import { themes, type ThemeName } from './support/themes';
import type { OpenPageOptions, WebviewPage } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';

describe('Reconciliation in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  async function show(
    host: ReconciliationHost,
    options: Partial<OpenPageOptions<ReconciliationContract>> = {},
  ): Promise<WebviewPage<ReconciliationContract>> {
    return openPage<ReconciliationContract>({
      page: 'reconciliation',
      methods: host.page.methods,
      ...options,
    });
  }

  /** All figures on screen by name, as they are stored. */
  const figures = async (page: Page): Promise<Record<string, number | string | null>> =>
    Object.fromEntries(
      await page.locator('[data-figure]').evaluateAll((elements) =>
        elements.map((element): [string, number | string | null] => {
          const value = element.getAttribute('data-value') ?? '';
          const isDay = /^\d+-\d+-\d+$/.test(value);
          return [
            element.getAttribute('data-figure') ?? '',
            value === '' ? null : isDay ? value : Number(value),
          ];
        }),
      ),
    );

  const licenseFigures = (part: string, entitled: number, consumed: number): Record<string, number> => ({
    [`license.${tenantId}_${part}.entitled`]: entitled,
    [`license.${tenantId}_${part}.consumed`]: consumed,
    [`license.${tenantId}_${part}.availableNow`]: entitled - consumed,
  });

  it('shows every figure, worked out by hand from the rows', async () => {
    const { page } = await show(await ReconciliationHost.create());
    assert.deepEqual(await figures(page), {
      'hidden.licenses': 2,
      'hidden.retired': 1,
      'hidden.unmanaged': 1,
      'hidden.excludedFromAlerts': 1,
      'hidden.annual.EUR': 144_000,
      'hidden.monthly.EUR': 12_000,
      // Seven licenses count: E5, E3, Exchange, Visio, Project, Copilot, X9. Free ones, one for the company, a retired
      // and an unmanaged one do not.
      licenses: 7,
      licensesShortNow: 1,
      unitsShortNow: 12,
      // E5 stays short, and E3 loses 30 units: 171 - 150.
      licensesShortAfterGrace: 2,
      unitsShortAfterGrace: 33,
      unitsShortSoon: 33 - 12,
      entitled: 415,
      inGrace: 30,
      consumed: 380,
      unassigned: 38,
      inactive: 57,
      never: 40,
      active: 259,
      unknown: 8,
      // The import of a week before.
      'trend.entitled': 415,
      'trend.consumed': 371,
      'trend.shortfallNow': 10,
      'trend.shortfallAfterGrace': 10 + 21,
      'trend.unassigned': 38,
      'trend.spend.EUR': 1_107_999,
      // The six licenses of the chart: entitled less consumed.
      ...licenseFigures('CONTOSO_UNNAMED_X9', 10, 3),
      ...licenseFigures('EXCHANGESTANDARD', 60, 41),
      ...licenseFigures('Microsoft_365_Copilot', 20, 8),
      ...licenseFigures('SPE_E3', 180, 171),
      ...licenseFigures('SPE_E5', 120, 132),
      ...licenseFigures('VISIOCLIENT', 25, 25),
      'spend.annual.EUR': 14_495_990,
      'spend.monthly.EUR': 1_207_999,
      'spend.assignedAnnual.EUR': 14_039_990,
      'spend.annual.USD': 288_000,
      'spend.monthly.USD': 24_000,
      'spend.assignedAnnual.USD': 196_800,
      'spend.pricedSeats': 344,
      'spend.totalSeats': 369,
      'savings.now.EUR': 52_396,
      'savings.now.EUR.units': 14 + 1,
      'savings.now.USD': 7600,
      'savings.now.USD.units': 19,
      // The 19 units of the monthly term are not given back a second time.
      'savings.renewal.EUR': 11_400,
      'savings.renewal.EUR.units': 2,
      'savings.renewal.EUR.first': '2026-12-01',
      'savings.renewal.unpriced': null,
      'savings.renewal.unpriced.units': 1,
      'savings.renewal.unpriced.first': '2027-01-31',
      'savings.verified.EUR': 3493,
      'savings.verified.EUR.seats': 1,
      'savings.verified.EUR.last': '2026-11-21',
      'savings.verified.USD': 400,
      'savings.verified.USD.seats': 1,
      'savings.verified.USD.last': '2026-11-21',
      'savings.verified.unpriced': null,
      'savings.verified.unpriced.seats': 1,
      'savings.verified.unpriced.last': '2026-11-21',
      'savings.bucket.disabledAccount.unpriced.seats': 1,
      'savings.bucket.disabledAccount.unpriced.monthly': null,
      'savings.bucket.disabledAccount.unpriced.annual': null,
      'savings.bucket.neverActive.EUR.seats': 1,
      'savings.bucket.neverActive.EUR.monthly': 3494,
      'savings.bucket.neverActive.EUR.annual': 41_928,
      // 14 × 34.93
      'savings.bucket.inactive.EUR.seats': 14,
      'savings.bucket.inactive.EUR.monthly': 48_902,
      'savings.bucket.inactive.EUR.annual': 586_824,
      'savings.bucket.unassigned.USD.seats': 19,
      'savings.bucket.unassigned.USD.monthly': 7600,
      'savings.bucket.unassigned.USD.annual': 91_200,
      'savings.total.EUR.seats': 15,
      'savings.total.EUR.monthly': 52_396,
      'savings.total.EUR.annual': 628_752,
      'savings.total.USD.seats': 19,
      'savings.total.USD.monthly': 7600,
      'savings.total.USD.annual': 91_200,
      'savings.total.unpriced.seats': 1,
      'savings.total.unpriced.monthly': null,
      'savings.total.unpriced.annual': null,
    });
  });

  it('says what is a lower bound, what changed, and that an estimate is no refund', async () => {
    const { page } = await show(await ReconciliationHost.create());
    const all = await texts(page, '.figure');
    assert.equal(all[0], 'Licenses short now 1 12 units missing 2 units more than at the previous import');
    assert.equal(all[2], 'Entitled 415 of 7 licenses, 30 in grace as at the previous import');
    assert.equal(all[5], 'Inactive seats ≥ 57 not used lately');
    assert.equal(all[6], 'Never used seats ≥ 40 ≥ 259 active, ≥ 8 unknown');
    assert.match(all[7] ?? '', /^Annual spend, EUR ≥ €144,959\.90 .*€1,000\.00 a month more than at/);
    assert.equal(
      await page.locator('.sparkline').count(),
      6,
      'five complete figures and one currency with a past',
    );
    const text = await page.innerText('#app');
    assert.match(text, /344 of 369 seats have a price\. .*lower bound\. Currencies are never added up\./);
    assert.match(text, /An estimate is not a refund: only verified savings are a result\./);
    assert.match(text, /2 licenses hidden, in no number: 1 retired, 1 not managed; ≥ €1,440\.00 a year/);
    assert.match(
      await page.innerText('.as-of'),
      /^Imported Nov 2\d, 2026, .* · Activity as of Nov 21, 2026$/,
    );
  });

  it('says how old the numbers are, and when that is too old', async () => {
    const rows = contosoFigures();
    const host = await ReconciliationHost.create({
      ...rows,
      v_evaluation: [{ tenantId, evaluatedOn: '2026-12-03' }],
    });
    const { page } = await show(host);
    assert.equal(await page.innerText('.age'), 'The data is 12 days old. Import again.');
  });

  it('says unknown where nothing is priced, never zero', async () => {
    const rows = contosoFigures();
    const nothing = [
      {
        tenantId,
        currency: null,
        monthlyMinor: null,
        annualMinor: null,
        assignedMonthlyMinor: null,
        assignedAnnualMinor: null,
        pricedSeats: 0,
        totalSeats: 369,
        lowerBound: 1,
      },
    ];
    const host = await ReconciliationHost.create({ ...rows, v_spend: nothing, v_license_spend: [] });
    const { page } = await show(host);
    assert.match(await page.innerText('#panel'), /Annual spend: unknown\. No license has a price yet/);
    await page.getByRole('tab', { name: 'Spend' }).click();
    host.tables.replace('v_spend_lines', []);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('No seat has a price yet, so the spend is unknown.').waitFor();
  });

  it('shows hidden licenses on request, dimmed and counted in nothing', async () => {
    const host = await ReconciliationHost.create();
    const { page } = await show(host);
    const before = await figures(page);
    await page.getByLabel('Show them, counted in nothing').check();
    await page.getByText('Replaced Product (retired').waitFor();
    assert.deepEqual(await figures(page), before);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'show-hidden', 'the focus stays');
    await page.getByRole('tab', { name: /^Licenses/ }).click();
    const parked = page.locator('.grid-row.not-counted', { hasText: 'Parked Product' });
    assert.match(await parked.innerText(), /not counted: not managed/);
  });

  it('goes from tab to tab by arrow keys', async () => {
    const { page } = await show(await ReconciliationHost.create());
    const selected = (): Promise<string> => page.innerText('[role=tab][aria-selected=true]');
    await page.focus('[role=tab][aria-selected=true]');
    await page.keyboard.press('ArrowRight');
    assert.match(await selected(), /^Licenses/);
    await page.keyboard.press('End');
    assert.equal(await selected(), 'Spend');
    await page.keyboard.press('ArrowRight');
    assert.equal(await selected(), 'Overview');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Overview');
    assert.equal(await page.getAttribute('#panel', 'aria-labelledby'), 'panel-tab-overview');
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"tab":"spend"'));
    await page.reload();
    await page.waitForSelector('#app:not(.loading)');
    assert.equal(await selected(), 'Spend');
  });

  it('draws bars to scale, and has a table with their numbers', async () => {
    const { page } = await show(await ReconciliationHost.create(), { width: 1400 });
    assert.deepEqual(await texts(page, '.chart-tick'), ['0', '50', '100', '150', '200']);
    const e5 = page.locator('.chart-row', { hasText: 'Microsoft 365 E5' });
    const width = async (selector: string): Promise<number> =>
      (await e5.locator(selector).boundingBox())?.width ?? Number.NaN;
    const track = await width('.chart-track');
    // The stroke around a part is a pixel on each side at most.
    assert(Math.abs((await width('.segment-active')) - (track * 101) / 200) < 3);
    assert(Math.abs((await width('.segment-short')) - (track * 12) / 200) < 5);
    assert.match(
      (await page.textContent('.chart + .note, .chart .note')) ?? '',
      /Windows Store for Business \(free\)/,
    );
    await page.focus('.chart-name >> text=Visio Plan 2');
    assert.equal(
      await page.textContent('.chart-details'),
      'Visio Plan 2: 25 of 25 units consumed; none spare; 6 active, 11 inactive, 8 never active.',
    );
    await page.locator('[data-chart=table]').click();
    const shown = await figures(page);
    const visio = `license.${tenantId}_VISIOCLIENT`;
    assert.deepEqual(
      ['active', 'inactive', 'never', 'unassigned', 'shortfallNow'].map((name) => shown[`${visio}.${name}`]),
      [6, 11, 8, 0, 0],
    );
    assert.equal(shown[`license.${tenantId}_Microsoft_365_Copilot.active`], null);
  });

  it('shows spend by department, country and company, with a line for not set', async () => {
    const { page } = await show(await ReconciliationHost.create());
    await page.getByRole('tab', { name: 'Spend' }).click();
    const shown = await figures(page);
    assert.equal(shown['spendLine.department.IT.EUR.monthly'], 700_000);
    assert.equal(shown['spendLine.department..USD.annual'], 76_800);
    // 4,699.99 over 75 people is 62.6665…
    assert.equal(shown['spendLine.department..EUR.perPerson'], 6267);
    assert.equal(shown['spendTotal.department.EUR.annual'], 14_039_990);
    await page.getByRole('button', { name: 'Country' }).click();
    assert.deepEqual(await texts(page, 'tbody th'), ['Germany', 'Germany', 'Not set', 'Not set']);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Country');
  });

  it('sets the tenants side by side and leads into one', async () => {
    const other = '99999999-2222-4333-8444-555555555555';
    const rows = contosoFigures();
    const copies = Object.fromEntries(
      Object.entries(rows).map(([view, own]) => [
        view,
        [
          ...own,
          ...own.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([column, value]) => [
                column,
                typeof value === 'string'
                  ? value.replaceAll(tenantId, other).replace('Contoso', 'Fabrikam')
                  : value,
              ]),
            ),
          ),
        ],
      ]),
    );
    const host = await ReconciliationHost.create(copies, null);
    const { page } = await show(host);
    assert.equal(await page.textContent('h1'), 'All tenants (2)');
    const shown = await figures(page);
    assert.equal(shown['entitled'], 830);
    assert.equal(shown['spend.annual.USD'], 576_000);
    assert.equal(shown['spend.totalSeats'], 738, 'a tenant with two currencies counts its seats once');
    await page.getByRole('tab', { name: /^Tenants/ }).click();
    const table = await figures(page);
    assert.equal(table[`tenant.${other}.licensesShortNow`], 1);
    assert.equal(table[`tenant.${other}.spend.annual.EUR`], 14_495_990);
    assert.equal(table[`tenant.${tenantId}.savings.monthly.EUR`], 52_396);
    assert.equal(table[`tenant.${tenantId}.savings.unpricedSeats`], 1);
    await page.getByRole('button', { name: 'Fabrikam' }).click();
    assert.deepEqual(host.left, [['tenant', other]]);
  });

  it('updates in place when the data changes, and keeps its place across a reload', async () => {
    const host = await ReconciliationHost.create();
    const opened = await show(host, { height: 500 });
    const { page } = opened;
    await page.evaluate(() => document.querySelector('#panel')?.scrollTo({ top: 300 }));
    host.tables.replace(
      'v_position',
      (contosoFigures()['v_position'] ?? []).filter((row) => row['skuPartNumber'] !== 'VISIOCLIENT'),
    );
    opened.host.emit('dataChanged', { generation: 2 });
    await page.waitForFunction(
      () => document.querySelector('[role=status]')?.textContent === 'Data updated.',
    );
    assert.equal((await figures(page))['licenses'], 6);
    assert.equal(await page.evaluate(() => document.querySelector('#panel')?.scrollTop), 300);
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"overview":300'));
    await page.reload();
    await page.waitForSelector('#app:not(.loading)');
    assert.equal(await page.evaluate(() => document.querySelector('#panel')?.scrollTop), 300);
  });

  it('says that nothing was imported, or what failed', async () => {
    const host = await ReconciliationHost.create({});
    const failure = new LicenseError('storeFailed', 'The worker stopped.');
    const { page } = await show(host);
    await page.getByRole('heading', { name: 'No licenses yet' }).waitFor();
    await page.getByText('Import Now').click();
    assert.equal(host.imports, 1);
    host.tables.failure = failure;
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText(describeError(failure)).waitFor();
    host.tables.failure = undefined;
    for (const [view, rows] of Object.entries(contosoFigures())) host.tables.replace(view, rows);
    await page.getByText('Retry').click();
    await page.getByText('Licenses short now').waitFor();
    await page.getByRole('button', { name: 'Export Report' }).click();
    assert.deepEqual(host.left, [['html']]);
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has no serious accessibility findings (${theme})`, async () => {
      const opened = await show(await ReconciliationHost.create(), { theme });
      assert.deepEqual(await opened.accessibilityFindings(), []);
      await opened.page.locator('[data-chart=table]').click();
      assert.deepEqual(await opened.accessibilityFindings(), []);
      for (const tab of [/^Licenses/, /^Findings/, 'Spend']) {
        await opened.page.getByRole('tab', { name: tab }).click();
        assert.deepEqual(await opened.accessibilityFindings(), [], String(tab));
      }
      const empty = await show(await ReconciliationHost.create({}), { theme });
      assert.deepEqual(await empty.accessibilityFindings(), []);
    });
  }

  it('fits a narrow panel', async () => {
    const { page } = await show(await ReconciliationHost.create(), { width: 500, forcedColors: true });
    for (const selector of ['.figures', '.chart', 'h1', '.tabs', '.savings-cards', '.hidden-line']) {
      const box = await page.locator(selector).first().boundingBox();
      assert(box !== null && box.x >= 0 && box.x + box.width <= 500, `${selector} ${JSON.stringify(box)}`);
    }
  });
});
