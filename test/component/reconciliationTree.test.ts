import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ReconciliationContract } from '../../src/shared/reconciliationContract';
import { tenantId } from './support/memoryUsers';
import { ReconciliationHost } from './support/reconciliationHost';
import type { WebviewPage } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';

describe('Licenses and findings of the Reconciliation in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();
  let opened: WebviewPage<ReconciliationContract> | undefined;

  const e3 = `${tenantId}_SPE_E3`;

  async function show(host: ReconciliationHost, state: object = {}): Promise<Page> {
    opened = await openPage<ReconciliationContract>({
      page: 'reconciliation',
      methods: host.page.methods,
      state: { tab: 'licenses', ...state },
      width: 1500,
    });
    return opened.page;
  }

  /** Texts of the cells of the row with the focus, and how it stands in the tree. */
  const focusedRow = (page: Page): Promise<{ name: string; level: string | null; expanded: string | null }> =>
    page.evaluate(() => {
      const row = document.activeElement?.closest('[role=row]');
      const name = row?.querySelector<HTMLElement>('[role=gridcell]')?.innerText ?? '';
      return {
        name: name.replace(/\s+/g, ' ').trim(),
        level: row?.ariaLevel ?? null,
        expanded: row?.ariaExpanded ?? null,
      };
    });
  const rowText = async (page: Page, name: string): Promise<string[]> =>
    page
      .locator('.grid-body [role=row]', { hasText: name })
      .first()
      .locator('[role=gridcell]')
      .evaluateAll((cells) =>
        cells.map((cell) => (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
      );

  it('opens a license to its findings and to the people concerned, by keyboard alone', async () => {
    const host = await ReconciliationHost.create();
    const page = await show(host, { sort: { column: 'entitled', descending: true } });
    await page.locator('.grid-body [role=row]', { hasText: 'Microsoft 365 E3' }).waitFor();
    // Tab: refresh, report, CSV, tab list, header, body.
    for (let press = 0; press < 6; press++) await page.keyboard.press('Tab');
    await page.keyboard.press('Control+Home');
    for (let press = 0; press < 10; press++) {
      if ((await focusedRow(page)).name.startsWith('Microsoft 365 E3')) break;
      await page.keyboard.press('ArrowDown');
    }
    assert.deepEqual(await focusedRow(page), { name: 'Microsoft 365 E3', level: '1', expanded: 'false' });
    assert.equal(await page.getAttribute('.grid', 'role'), 'treegrid');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await focusedRow(page), { name: 'Microsoft 365 E3', level: '1', expanded: 'true' });
    await page.keyboard.press('ArrowDown');
    assert.deepEqual(await focusedRow(page), {
      name: 'Act now: Short when the grace period ends (1)',
      level: '2',
      expanded: 'false',
    });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal((await focusedRow(page)).name, 'Look at it: Not used lately (14)');
    assert.equal(
      (await page.innerText('.row-details')).replace(/\n+/g, '\n'),
      'Not used lately, Microsoft 365 E3: 14 seats or units, €489.02 a month, €5,868.24 a year.\n' +
        'Ask whether the license is still needed (leave, seasonal work); if not, take it away. ' +
        'Enter shows the users concerned.',
    );
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.locator('.level-3').first().waitFor();
    assert.deepEqual(await focusedRow(page), { name: 'User01', level: '3', expanded: null });
    assert.deepEqual((await rowText(page, 'User01')).slice(0, 5), [
      'User01',
      'Last used on Aug 1, 2026, high confidence.',
      '1',
      '€34.93',
      '€419.16',
    ]);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowLeft');
    assert.equal((await focusedRow(page)).name, 'Look at it: Not used lately (14)');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    assert.deepEqual(await focusedRow(page), { name: 'Microsoft 365 E3', level: '1', expanded: 'true' });
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowLeft');
    assert.equal((await focusedRow(page)).expanded, 'false');
    assert.deepEqual(host.left, [
      ['roster', tenantId, { finding: { kind: 'inactive', licenseId: e3 } }],
      ['user', tenantId, 'user01'],
      ['license', tenantId, e3],
    ]);
  });

  it('leads from the units in use to the people who hold them', async () => {
    const host = await ReconciliationHost.create();
    const page = await show(host);
    await page
      .locator('.grid-body [role=row]', { hasText: 'Microsoft 365 E5' })
      .getByText('132')
      .last()
      .click();
    assert.deepEqual(host.left, [['roster', tenantId, { licenseId: `${tenantId}_SPE_E5` }]]);
  });

  it('shows true signed numbers, unknown use as unknown, and money as it is bought', async () => {
    const page = await show(await ReconciliationHost.create());
    await page.locator('.grid-body [role=row]', { hasText: 'Microsoft 365 E5' }).waitFor();
    assert.deepEqual(await rowText(page, 'Microsoft 365 E5'), [
      'Microsoft 365 E5',
      '12 short now · excluded from alerts · 2 findings',
      ...['132', '€6,840.00', '€82,080.00', '120', '132', '−12 short', '−12 short', '0'],
      ...['101', '14', '9', '3', '5', '0', '0', 'SPE_E5'],
    ]);
    assert.deepEqual((await rowText(page, 'Microsoft Copilot')).slice(2, 5), [
      'unknown',
      'unknown',
      'unknown',
    ]);
    assert.deepEqual((await rowText(page, 'Power Automate Free')).slice(1, 5), [
      'not counted: free',
      '88',
      'free',
      'free',
    ]);
  });

  it('sorts by the store, worst first to begin with, and exports that order without hidden ones', async () => {
    const host = await ReconciliationHost.create();
    const page = await show(host);
    await page.locator('.grid-body [role=row]').first().waitFor();
    assert.equal(await page.locator('[role=columnheader][aria-sort=ascending]').innerText(), 'Available');
    await page.locator('[role=columnheader]', { hasText: 'Inactive' }).click();
    await page.locator('[role=columnheader][aria-sort=ascending]', { hasText: 'Inactive' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role=columnheader][aria-sort=descending]', { hasText: 'Inactive' }).waitFor();
    await page.locator('[role=columnheader]', { hasText: 'Per Month' }).click();
    assert.equal(
      await page.locator('[role=columnheader][aria-sort]').innerText(),
      'Inactive',
      'money does not sort',
    );
    await page.getByText('Export CSV').click();
    await page.getByRole('menuitem', { name: 'All Columns' }).click();
    await page.getByText('10 licenses exported.').waitFor({ state: 'attached' });
    const [spec] = host.exported;
    assert.deepEqual(spec?.sort, [{ column: 'inactive', descending: true }]);
    const shown = spec?.filter?.columns?.['licenseId'];
    assert(Array.isArray(shown) && shown.length === 10 && !shown.includes(`${tenantId}_OLD_SKU`));
    assert.equal(host.tables.openCount, 0, 'no view stays open');
  });

  it('lists findings by kind, the most money first, and filters by kind and urgency', async () => {
    const host = await ReconciliationHost.create();
    const page = await show(host, { tab: 'findings' });
    const names = async (): Promise<string[]> =>
      page
        .locator('.grid-body [role=row] [role=gridcell]:first-child .cell-link')
        .evaluateAll((cells) => cells.map((cell) => cell.textContent));
    await page.getByText('Held by nobody (1)').waitFor();
    assert.deepEqual(await names(), [
      'Short when the grace period ends (1)',
      'Short of licenses (1)',
      'Not used lately (14)',
      'Never used (1)',
      'Held by nobody (1)',
      'Disabled account with a license (1)',
      'Price missing (1)',
      'Activity data missing (1)',
      'Assigned twice (1)',
    ]);
    assert.deepEqual((await rowText(page, 'Disabled account')).slice(2), [
      '1 license',
      '1',
      'unknown',
      'unknown',
    ]);
    assert.deepEqual((await rowText(page, 'Assigned twice')).slice(2), ['1 license', '1', '', '']);
    await page.getByLabel('Urgency').selectOption('info');
    await page.getByText('3 of 22 findings', { exact: true }).waitFor();
    await page.getByLabel('Kind').selectOption('dataMissing');
    await page.getByText('1 of 22 findings', { exact: true }).waitFor();
    await page.locator('.twistie').first().click();
    await page.getByText('The sign-in log was not imported.').first().waitFor();
    await page.getByText('Export CSV').click();
    await page.getByRole('menuitem', { name: 'All Columns' }).click();
    await page.getByText('10 findings exported.').waitFor({ state: 'attached' });
    assert.deepEqual(host.exported[0]?.filter, { columns: { kind: ['dataMissing'] } });
    assert.equal(host.exported[0]?.report, 'findings');
  });

  it('copies rows for a spreadsheet, changes widths, and comes back as it was left', async () => {
    const host = await ReconciliationHost.create();
    const page = await show(host, { grids: { licenses: { expanded: [e3, `${e3} inactive`] } } });
    await page.locator('.level-3').first().waitFor();
    await page
      .locator('.grid-body [role=row]', { hasText: 'User01' })
      .locator('[role=gridcell]')
      .nth(1)
      .click();
    await page.keyboard.press('Control+c');
    await page.getByText('1 row copied.').waitFor({ state: 'attached' });
    assert.equal(
      host.copied[0]?.split('\t').slice(0, 5).join('|'),
      'User01|Last used on Aug 1, 2026, high confidence.|1|34.93 EUR|419.16 EUR',
    );
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+ArrowRight');
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"skuPartNumber":296'));
    await page.reload();
    await page.locator('.level-3').first().waitFor();
    assert.equal((await page.locator('[role=columnheader]').first().boundingBox())?.width, 296);
    opened?.host.dispose();
    await host.page.close();
    assert.equal(host.tables.openCount, 0, 'the host forgets what the page had open');
  });

  it('asks again for findings that the host has forgotten', async () => {
    const host = await ReconciliationHost.create();
    const page = await show(host, { grids: { licenses: { expanded: [e3] } } });
    await page.getByText('Not used lately (14)').waitFor();
    await page.locator('.grid-body [role=row]', { hasText: 'Never used (1)' }).locator('.twistie').click();
    await page.getByText('Hal').waitFor();
    await host.page.close();
    await page.locator('.grid-body [role=row]', { hasText: 'Not used lately' }).locator('.twistie').click();
    await page.getByText('User14').waitFor();
  });
});
