import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { describeError } from '../../src/app/host/messages';
import { LicenseError } from '../../src/core/foundation/errors';
import type { ReconciliationContract } from '../../src/shared/reconciliationContract';
import { launchChromium } from './support/chromium';
import { positionRows } from './support/memoryPositions';
import { tenantId } from './support/memoryUsers';
import { ReconciliationHost } from './support/reconciliationHost';
import { themes, type ThemeName } from './support/themes';
import { WebviewPage, type OpenPageOptions } from './support/webviewPage';
import { WebviewServer } from './support/webviewServer';

describe('Reconciliation in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: WebviewServer;
  let open: WebviewPage<ReconciliationContract>[] = [];

  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), WebviewServer.start()]);
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  afterEach(async () => {
    const pages = open;
    open = [];
    for (const page of pages) await page.close();
  });

  async function show(
    host: ReconciliationHost,
    options: Partial<OpenPageOptions<ReconciliationContract>> = {},
  ): Promise<WebviewPage<ReconciliationContract>> {
    const page = await WebviewPage.open<ReconciliationContract>(browser, server, {
      page: 'reconciliation',
      methods: host.page.methods,
      ...options,
    });
    open.push(page);
    return page;
  }

  const cells = (page: Page, selector: string): Promise<string[]> =>
    page
      .locator(selector)
      .evaluateAll((elements) =>
        elements.map((element) => (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
      );

  it('shows the figures, worked out by hand from the rows', async () => {
    const { page } = await show(new ReconciliationHost());
    // Seven licenses count: E5, E3, Exchange, Visio, Project, Copilot, X9. Free ones and one for the company do not.
    // Copilot's use is unknown, so sums over seats are minima. E3 has 30 of its units in grace: 171 of 150 later.
    assert.deepEqual(await cells(page, '.figure'), [
      'Entitled 415 30 in grace',
      'Consumed 380 of 7 licenses',
      'Short now 12 in 1 license',
      'Short after grace 33 21 more than now',
      'Unassigned 38 held by nobody',
      'Active seats ≥ 259 used lately',
      'Inactive seats ≥ 57 not used lately',
      'Never active seats ≥ 40 never used',
    ]);
    assert.deepEqual(await cells(page, 'tfoot tr > *'), [
      'Total of 7 licenses per-user licenses; free ones are left out',
      '415',
      '30',
      '15',
      '380',
      '−12 short +47 spare',
      '−33 short +38 spare',
      '≥ 259',
      '≥ 57',
      '≥ 40',
      '≥ 8',
      '≥ 8',
    ]);
  });

  it('shows a license as a true signed number, with unknown use as unknown', async () => {
    const { page } = await show(new ReconciliationHost());
    const row = (name: string): string => `tbody tr:has(th:has-text("${name}")) > *`;
    assert.deepEqual(await cells(page, row('Microsoft 365 E5')), [
      'Microsoft 365 E5 SPE_E5',
      ...['120', '0', '0', '132', '−12 short', '−12 short', '101', '14', '9', '3', '5'],
    ]);
    assert.deepEqual((await cells(page, row('Microsoft 365 E3'))).slice(5, 7), ['+9 spare', '−21 short']);
    assert.deepEqual((await cells(page, row('Copilot'))).slice(7, 9), ['– unknown', '– unknown']);
    assert.deepEqual(
      (await cells(page, row('FLOW_FREE')))[0],
      'Microsoft Power Automate Free FLOW_FREE · not counted: free',
    );
  });

  it('sorts by the store, worst first to begin with, and exports that order', async () => {
    const host = new ReconciliationHost();
    const { page } = await show(host);
    assert.equal((await cells(page, 'tbody th'))[0], 'Microsoft 365 E5 SPE_E5');
    await page.focus('button[data-column=inactive]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('th[aria-sort=ascending] button[data-column=inactive]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('th[aria-sort=descending] button[data-column=inactive]');
    assert.equal(
      await page.evaluate(() => (document.activeElement as HTMLElement).dataset['column']),
      'inactive',
    );
    assert.equal((await cells(page, 'tbody th'))[0], 'Microsoft 365 E3 SPE_E3');
    await page.getByText('Export CSV').click();
    await page.waitForFunction(
      () => document.querySelector('[role=status]')?.textContent === '10 licenses exported.',
    );
    assert.deepEqual(host.exported, [
      { report: 'reconciliation', tenantId, sort: [{ column: 'inactive', descending: true }] },
    ]);
    assert.equal(host.views.openCount, 0, 'no view stays open');
  });

  it('leads from a license to the people who hold it, from the chart and from the table', async () => {
    const host = new ReconciliationHost();
    const { page } = await show(host);
    await page.focus('.chart-name >> text=Visio Plan 2');
    assert.match(
      (await page.textContent('.chart-details')) ?? '',
      /^Visio Plan 2: 25 of 25 units consumed; none spare; 6 active, 11 inactive, 8 never active\.$/,
    );
    await page.keyboard.press('Enter');
    await page.locator('table').getByText('CONTOSO_UNNAMED_X9').click();
    assert.deepEqual(host.openedRosters, [
      [tenantId, `${tenantId}_VISIOCLIENT`],
      [tenantId, `${tenantId}_CONTOSO_UNNAMED_X9`],
    ]);
  });

  it('draws bars to scale, without what would squash them', async () => {
    const { page } = await show(new ReconciliationHost(), { width: 1400 });
    assert.deepEqual(await cells(page, '.chart-tick'), ['0', '50', '100', '150', '200']);
    const e5 = page.locator('.chart-row', { hasText: 'Microsoft 365 E5' });
    const width = async (selector: string): Promise<number> =>
      (await e5.locator(selector).boundingBox())?.width ?? Number.NaN;
    const track = await width('.chart-track');
    assert(Math.abs((await width('.segment-active')) / track - 101 / 200) < 0.01);
    assert(Math.abs((await width('.segment-short')) / track - 12 / 200) < 0.01);
    assert.match((await page.textContent('.note')) ?? '', /Windows Store for Business \(free\)/);
    assert.equal(await page.locator('.chart-row', { hasText: 'Windows Store' }).count(), 0);
  });

  it('names the tenants where there are several', async () => {
    const other = '99999999-2222-4333-8444-555555555555';
    const rows = positionRows().slice(0, 2);
    const facts = { lastImportAt: '2026-11-20T10:00:00Z', evaluatedOn: '2026-11-20' };
    const host = new ReconciliationHost(
      [...rows, ...rows.map((row) => ({ ...row, tenantId: other }))],
      [
        { tenantId, displayName: 'Contoso', ...facts },
        { tenantId: other, displayName: 'Fabrikam', ...facts },
      ],
    );
    const { page } = await show(host);
    assert.equal(await page.textContent('h1'), 'All tenants (2)');
    assert.deepEqual(new Set(await cells(page, 'tbody td:nth-child(2)')), new Set(['Contoso', 'Fabrikam']));
    assert.equal((await cells(page, 'tfoot tr > *')).length, (await cells(page, 'thead th')).length);
  });

  it('updates in place when the data changes, and keeps its scroll position across a reload', async () => {
    const host = new ReconciliationHost();
    const opened = await show(host);
    const { page } = opened;
    await page.evaluate(() => document.querySelector('#app')?.scrollTo({ top: 300 }));
    host.views.rows = host.views.rows.filter((row) => row['skuPartNumber'] !== 'VISIOCLIENT');
    opened.host.emit('dataChanged', { generation: 2 });
    await page.waitForFunction(
      () => document.querySelector('[role=status]')?.textContent === 'Data updated.',
    );
    assert.equal(await page.locator('tbody tr').count(), 9);
    assert.equal(await page.evaluate(() => document.querySelector('#app')?.scrollTop), 300);
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"scrollTop":300'));
    await page.reload();
    await page.waitForSelector('#app:not(.loading)');
    assert.equal(await page.evaluate(() => document.querySelector('#app')?.scrollTop), 300);
  });

  it('says that nothing was imported, or what failed', async () => {
    const host = new ReconciliationHost([]);
    const failure = new LicenseError('storeFailed', 'The worker stopped.');
    const { page } = await show(host);
    await page.getByRole('heading', { name: 'No licenses yet' }).waitFor();
    await page.getByText('Import Now').click();
    assert.equal(host.imports, 1);
    host.views.failure = failure;
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText(describeError(failure)).waitFor();
    host.views.failure = undefined;
    host.views.rows = positionRows();
    await page.getByText('Retry').click();
    await page.locator('table').waitFor();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has no serious accessibility findings (${theme})`, async () => {
      const opened = await show(new ReconciliationHost(), { theme });
      assert.deepEqual(await opened.accessibilityFindings(), []);
      const empty = await show(new ReconciliationHost([]), { theme });
      assert.deepEqual(await empty.accessibilityFindings(), []);
    });
  }

  it('fits a narrow panel: only the table is wider, and the page around it stays put', async () => {
    const { page } = await show(new ReconciliationHost(), { width: 500, forcedColors: true });
    await page.evaluate(() => document.querySelector('#app')?.scrollTo({ left: 300 }));
    for (const selector of ['.figures', '.chart', 'h1', 'tbody th']) {
      const box = await page.locator(selector).first().boundingBox();
      assert(box !== null && box.x >= 0 && box.x + box.width <= 500, `${selector} ${JSON.stringify(box)}`);
    }
  });
});
