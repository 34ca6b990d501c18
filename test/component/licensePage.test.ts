import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { LicenseError } from '../../src/core/foundation/errors';
import type { LicenseContract } from '../../src/shared/licenseContract';
import { eventually } from '../e2e/pages/patience';
import { launchChromium } from './support/chromium';
import { licenseData, LicenseHost, licenseId, purchaseOfLicense } from './support/licenseHost';
import { tenantId } from './support/memoryUsers';
import { themes, type ThemeName } from './support/themes';
import { WebviewPage, type OpenPageOptions } from './support/webviewPage';
import { WebviewServer } from './support/webviewServer';

describe('license page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: WebviewServer;
  let opened: WebviewPage<LicenseContract>[] = [];

  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), WebviewServer.start()]);
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  afterEach(async () => {
    const pages = opened;
    opened = [];
    for (const page of pages) await page.close();
  });

  async function open(
    host = new LicenseHost(),
    options: Partial<OpenPageOptions<LicenseContract>> = {},
  ): Promise<{ page: Page; host: LicenseHost; view: WebviewPage<LicenseContract> }> {
    const view = await WebviewPage.open<LicenseContract>(browser, server, {
      page: 'license',
      methods: host.page.methods,
      height: 1000,
      ...options,
    });
    opened.push(view);
    view.page.setDefaultTimeout(5_000);
    return { page: view.page, host, view };
  }
  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const texts = (page: Page, selector: string): Promise<string[]> =>
    page
      .locator(selector)
      .evaluateAll((elements) =>
        elements.map((element) => (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
      );
  const table = (page: Page, name: string): Promise<string[]> =>
    page
      .getByRole('table', { name, exact: true })
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...row.children]
            .map((cell) => (cell as HTMLElement).innerText.replace(/\s+/g, ' ').trim())
            .join(' | '),
        ),
      );

  describe('what it shows', () => {
    it('is the position with its sign and the units apart', async () => {
      const { page } = await open();
      assert.deepEqual(await texts(page, 'h1'), ['Microsoft 365 E5']);
      const figures = (await texts(page, 'section[aria-labelledby=section-position] .figure')).slice(0, 5);
      assert.deepEqual(figures, [
        'Entitled 120 110 enabled + 10 in grace',
        'Consumed 132 132 seats counted by us',
        'Available now −12 short',
        'After grace −22 short',
        'Unassigned 0 held by nobody',
      ]);
      assert.deepEqual(
        (await table(page, 'Units by state')).map((row) => row.split(' | ').slice(0, 2).join(' ')),
        ['Enabled 110', 'In grace 10', 'Suspended 5', 'Locked out 0'],
      );
      await page
        .getByText('12 units are missing today. When the grace ends, 10 more will be missing.')
        .waitFor();
    });

    it('is how units changed: a chart, a sentence, and the table behind it', async () => {
      const { page } = await open();
      await page.getByText('entitled units went from 80 to 120, units in use went from 71 to 132').waitFor();
      await page.getByText('The largest shortfall was 12, from Nov 2, 2026.').waitFor();
      assert.deepEqual(await texts(page, '.history-unit'), ['0', '50', '100', '150']);
      await page.getByText('Table of 4 changes').click();
      assert.equal(
        (await table(page, 'Units over time'))[0]?.split(' | ').slice(1).join(' '),
        '110 10 5 0 120 132 101',
      );
    });

    it('is who uses it, beside the other licenses of the family', async () => {
      const { page } = await open();
      assert.deepEqual(
        (await table(page, 'Seats by use')).map((row) => row.split(' | ').slice(0, 3).join(' ')),
        ['Active 101 77%', 'Inactive 14 11%', 'Never active 9 7%', 'New 3 2%', 'Unknown 5 4%'],
      );
      assert.deepEqual(
        (await table(page, 'Activity by license type')).map((row) => row.split(' | ').slice(4, 7).join(' ')),
        ['120 28 16', '101 14 9'],
      );
      // 98 of 132 used Exchange lately, 20 earlier, of 14 nothing was seen.
      assert.equal(
        (await table(page, 'Services that holders use'))[0],
        'Exchange | 98 (74%) | 20 | 14 | Nov 19, 2026',
      );
    });

    it('is where it comes from: subscriptions, paths, errors and plans by name', async () => {
      const { page } = await open();
      assert.match(
        (await table(page, 'Subscriptions'))[0] ?? '',
        /^Dec 1, 2026 \| Enabled \| 110 \| Annual \|/,
      );
      assert.deepEqual(await table(page, 'Assignments by path'), [
        'Direct | 36 | 34 | 2',
        'License E5 | 104 | 102 | 2',
      ]);
      assert.deepEqual(await table(page, 'Assignments in error'), [
        'Not enough units | License E5 | 2 | not held',
        'A plan excludes one of another license | Direct | 2 | held all the same',
      ]);
      assert.deepEqual(
        (await table(page, 'Service plans')).map((row) => row.split(' | ')[0]),
        ['Exchange Online (Plan 2)', 'Microsoft Teams', 'Data Classification in Microsoft 365'],
      );
    });

    it('marks what is special, with the reason', async () => {
      const { head } = licenseData();
      const host = new LicenseHost(
        licenseData({
          head: {
            ...head,
            capabilityStatus: 'Warning',
            isTrial: true,
            lifecycleStatus: 'retired',
            participation: 'unmanaged',
            managedReason: 'Belongs to a subsidiary',
            managedUntil: '2026-12-31',
            isCounted: false,
          },
          findings: [],
        }),
      );
      const { page } = await open(host);
      assert.deepEqual(await texts(page, '.chip'), [
        'In grace',
        'Trial',
        'Retired',
        'Not managed until Dec 31, 2026',
      ]);
      await page.getByText('Not managed: Belongs to a subsidiary').waitFor();
      await page.getByText('A license that is retired or not managed has no findings.').waitFor();
    });

    it('says what is not known, never zero', async () => {
      const host = new LicenseHost(
        licenseData({
          position: null,
          history: [],
          subscriptions: [],
          counts: null,
          services: [],
          plans: [],
        }),
      );
      const { page } = await open(host);
      await page.getByText('The position has not been worked out yet.').waitFor();
      await page.getByText('Nobody’s use is known yet.').waitFor();
      await page.getByText('No subscription of this product is known.').waitFor();
      await page.getByText('No price yet. Add a purchase, or import a price book.').waitFor();
      assert.equal(await page.getByRole('heading', { name: 'Service plans' }).count(), 0);
    });
  });

  describe('purchases', () => {
    it('are entered by keyboard alone, told what they cost, and saved', async () => {
      const { page, host } = await open();
      await button(page, 'Add Purchase').focus();
      await page.keyboard.press('Enter');
      // As many units as the tenant has are filled in already, so the amount is next.
      assert.equal(await field(page, 'Quantity').inputValue(), '110');
      await page.keyboard.type('684');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.type('eur');
      await page
        .getByText('One unit costs €57.00 a month; 110 units, €6,270.00 a month and €75,240.00 a year.')
        .waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('group', { name: 'New purchase' }).waitFor({ state: 'detached' });
      const [saved] = [...host.purchases.values()];
      assert.equal(saved?.amountMinor, 68_400);
      assert.equal(saved?.currency, 'EUR');
      assert.equal(saved?.effectiveDate, '2026-11-21');
      assert.equal(saved?.licenseId, licenseId);
      await page.getByText('The purchase has been saved.').waitFor({ state: 'attached' });
      assert.equal(
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['key']),
        'add-purchase',
      );
    });

    it('say at the field what is wrong, and again when saved', async () => {
      const { page, host } = await open();
      await button(page, 'Add Purchase').click();
      const amount = field(page, 'Amount');
      await amount.fill('1,234.50');
      await page.getByText('Enter an amount with at most 2 decimals').waitFor();
      assert.match(
        (await amount.getAttribute('aria-description')) ?? '',
        /^Enter an amount with at most 2 decimals/,
      );
      assert.equal(await amount.getAttribute('aria-invalid'), 'true');
      // A field that nobody has been at is left alone until Save is pressed.
      assert.equal(await page.getByText('Enter a currency code').count(), 0);
      await amount.fill('1234.5');
      await page.getByText('Enter an amount with at most').waitFor({ state: 'detached' });
      await button(page, 'Save Purchase').click();
      await page.getByText('Enter a currency code of three letters').waitFor();
      assert.ok(await field(page, 'Currency').evaluate((element) => element.matches(':focus')));
      await field(page, 'Currency').fill('JPY');
      await page.getByText('Enter an amount without decimals').waitFor();
      await field(page, 'Ending date').fill('2026-01-01');
      await page.getByText('The last day is before the first day.').waitFor();
      assert.equal(host.purchases.size, 0);
    });

    it('are changed and, once asked, removed', async () => {
      const host = new LicenseHost();
      host.purchases.set('p1', purchaseOfLicense());
      const { page } = await open(host);
      assert.equal(
        (await table(page, 'Purchases'))[0],
        'Dec 1, 2025 | goes on | Valid | 4 | €684.00 per unit | Annually | €57.00 | €228.00 | €2,736.00 | PO 4711 | Edit Remove',
      );
      await button(page, 'Edit the purchase from 2025-12-01').click();
      assert.equal(await field(page, 'Amount').inputValue(), '684.00');
      await field(page, 'Quantity').fill('5');
      await button(page, 'Save Purchase').click();
      await page.getByRole('group', { name: 'Edit purchase' }).waitFor({ state: 'detached' });
      assert.equal(host.purchases.get('p1')?.quantity, 5);
      assert.equal(host.purchases.size, 1);
      host.confirm = false;
      await button(page, 'Remove the purchase from 2025-12-01').click();
      await eventually('the question', async () => host.asked.length === 1);
      assert.deepEqual(host.asked, ['5 × 684.00 EUR from 2025-12-01']);
      assert.equal(host.purchases.size, 1);
      host.confirm = true;
      await button(page, 'Remove the purchase from 2025-12-01').click();
      await page.getByText('No purchase has been entered.').waitFor();
    });

    it('keep what is typed when data changes, when the page is hidden, and when saving fails', async () => {
      const { page, host, view } = await open();
      await button(page, 'Add Purchase').click();
      await field(page, 'Amount').fill('12');
      await field(page, 'Currency').fill('EUR');
      view.host.emit('dataChanged', { generation: 2 });
      await page.getByText('Data updated.').waitFor({ state: 'attached' });
      assert.equal(await field(page, 'Amount').inputValue(), '12');
      host.failure = new LicenseError('storeNotWritable', 'full', { path: '/data', errno: 'ENOSPC' });
      await button(page, 'Save Purchase').click();
      await page.getByRole('alert').getByText('can’t be written in /data (ENOSPC)').waitFor();
      assert.equal(await field(page, 'Amount').inputValue(), '12');
      host.failure = undefined;
      await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"amount":"12"'));
      await page.reload();
      await page.waitForSelector('#app:not(.loading)');
      assert.equal(await field(page, 'Amount').inputValue(), '12');
      const state = (await view.state()) as { licenseId: string };
      assert.equal(state.licenseId, licenseId);
    });
  });

  describe('terms', () => {
    it('are checked at the field and saved', async () => {
      const { page, host } = await open();
      assert.ok(await button(page, 'Save Terms').isDisabled());
      await field(page, 'Administrator').fill('sam');
      await page.getByText('Enter an email address such as name@contoso.com').waitFor();
      await field(page, 'Administrator').fill('sam@contoso.example');
      await field(page, 'Buffer').fill('5');
      await page.getByRole('checkbox', { name: 'Excluded from alerts' }).focus();
      await page.keyboard.press('Space');
      await field(page, 'Why it is excluded').fill('Known to procurement');
      await field(page, 'Excluded until').fill('2026-11-20');
      await page.getByText('This day is over.').waitFor();
      await field(page, 'Excluded until').fill('2027-01-31');
      await page.getByText('This day is over.').waitFor({ state: 'detached' });
      await page.keyboard.press('Enter');
      await page.getByText('The terms have been saved.').waitFor({ state: 'attached' });
      assert.deepEqual(host.settings.terms, {
        limit: 'asPurchased',
        buffer: 5,
        administrator: 'sam@contoso.example',
        note: null,
      });
      assert.deepEqual(host.settings.decisions, {
        unmanaged: null,
        excludedFromAlerts: { reason: 'Known to procurement', until: '2027-01-31' },
      });
      assert.equal(await page.getByText('Unsaved changes').count(), 0);
    });

    it('can be discarded', async () => {
      const { page, host } = await open();
      await page.getByRole('checkbox', { name: 'Managed', exact: true }).click();
      await field(page, 'Why it is not managed').fill('Other budget');
      await button(page, 'Discard Changes').click();
      await field(page, 'Why it is not managed').waitFor({ state: 'hidden' });
      assert.equal(host.settings.decisions.unmanaged, null);
    });
  });

  it('leads to the users by use, path and finding, and to other licenses', async () => {
    const { page, host } = await open();
    await page.getByRole('table', { name: 'Seats by use' }).getByRole('button', { name: '14' }).click();
    await button(page, '98 seats').click();
    await button(page, '14 people').click();
    await button(page, 'Show the users concerned').click();
    await button(page, 'Users').click();
    await eventually('five rosters', async () => host.rosters.length === 5);
    const licenseIds = [licenseId];
    assert.deepEqual(host.rosters, [
      { licenseIds, seatVerdicts: ['inactive'] },
      { licenseIds, paths: ['group'] },
      { finding: { kind: 'inactive', licenseId } },
      { licenseIds, paths: ['error'] },
      { licenseIds },
    ]);
    await button(page, 'Microsoft 365 E3').click();
    await eventually('the other license', async () => host.asked.length === 1);
    assert.deepEqual(host.asked, [`open ${tenantId}_05e9a617-0261-4cee-bb44-138d3ef5d965`]);
  });

  it('keeps whether a subscription is billed again, and the focus with it', async () => {
    const { page, host } = await open();
    const choice = page.getByRole('combobox', { name: /c2b0ba5d-0001/ });
    await choice.focus();
    await choice.selectOption('Renews by itself');
    await eventually('the choice to be saved', async () => host.billing.length === 1);
    assert.deepEqual(host.billing, [['c2b0ba5d-0001-4a3c-9f6e-0f6d8b5a0001', true]]);
    await button(page, 'Refresh').click();
    await page.getByText('Data updated.').waitFor({ state: 'attached' });
  });

  it('goes where it is asked to, before and after it has loaded', async () => {
    const { page, view } = await open(new LicenseHost(), {
      beforeLoad: (host) => host.emit('navigate', { section: 'newPurchase' }),
    });
    await page.getByRole('group', { name: 'New purchase' }).waitFor();
    view.host.emit('navigate', { section: 'terms' });
    await eventually('the terms', async () =>
      page.evaluate(() => document.activeElement?.id === 'section-terms'),
    );
    await page.getByRole('navigation').getByRole('button', { name: 'Paths' }).click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'section-paths');
  });

  it('says what went wrong, and tries again', async () => {
    const host = new LicenseHost();
    host.failure = new LicenseError('notFound', 'This license is no longer in the data. Close the page.');
    const { page } = await open(host);
    await page.getByText('This license is no longer in the data.').waitFor();
    host.failure = undefined;
    await button(page, 'Retry').click();
    await page.getByRole('heading', { name: 'Microsoft 365 E5', level: 1 }).waitFor();
  });

  it('shows text of the tenant as text', async () => {
    const { head } = licenseData();
    const evil = '<img src=x onerror="window.hacked=1">';
    const { page } = await open(new LicenseHost(licenseData({ head: { ...head, productName: evil } })));
    assert.deepEqual(await texts(page, 'h1'), [evil]);
    assert.equal(await page.evaluate(() => 'hacked' in window), false);
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    for (const width of [1280, 360]) {
      it(`has nothing that axe finds fault with: ${theme}, ${width} wide`, async () => {
        const host = new LicenseHost();
        host.purchases.set('p1', purchaseOfLicense());
        const { page, view } = await open(host, { theme, width });
        await button(page, 'Add Purchase').click();
        await field(page, 'Amount').fill('x');
        await page.getByText('Enter an amount with at most').waitFor();
        assert.deepEqual(await view.accessibilityFindings(), []);
        const overflow = await page.evaluate(() => {
          const app = document.querySelector('#app');
          return app === null ? 0 : app.scrollWidth - app.clientWidth;
        });
        assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
      });
    }
  }
});
