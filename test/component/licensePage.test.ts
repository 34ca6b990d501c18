import assert from 'node:assert/strict';
import { LicenseError } from '../../src/core/foundation/errors';
import { eventually } from '../e2e/pages/patience';
import { licenseData, LicenseHost, licenseId, purchaseOfLicense } from './support/licenseHost';
import { button, field, tableRows, withLicensePages } from './support/licensePages';
import { texts } from './support/shownTexts';
import { tenantId } from './support/memoryUsers';
import { themes, type ThemeName } from './support/themes';

describe('license page', function () {
  this.timeout(60_000);
  const open = withLicensePages();

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
        (await tableRows(page, 'Units by state')).map((row) => row.split(' | ').slice(0, 2).join(' ')),
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
        (await tableRows(page, 'Units over time'))[0]?.split(' | ').slice(1).join(' '),
        '110 10 5 0 120 132 101',
      );
    });

    it('is who uses it, beside the other licenses of the family', async () => {
      const { page } = await open();
      assert.deepEqual(
        (await tableRows(page, 'Seats by use')).map((row) => row.split(' | ').slice(0, 3).join(' ')),
        ['Active 101 77%', 'Inactive 14 11%', 'Never active 9 7%', 'New 3 2%', 'Unknown 5 4%'],
      );
      assert.deepEqual(
        (await tableRows(page, 'Activity by license type')).map((row) =>
          row.split(' | ').slice(4, 7).join(' '),
        ),
        ['120 28 16', '101 14 9'],
      );
      // 98 of 132 used Exchange lately, 20 earlier, of 14 nothing was seen.
      assert.equal(
        (await tableRows(page, 'Services that holders use'))[0],
        'Exchange | 98 (74%) | 20 | 14 | Nov 19, 2026',
      );
    });

    it('is where it comes from: subscriptions, paths, errors and plans by name', async () => {
      const { page } = await open();
      assert.match(
        (await tableRows(page, 'Subscriptions'))[0] ?? '',
        /^Dec 1, 2026 \| Enabled \| 110 \| Annual \|/,
      );
      assert.deepEqual(await tableRows(page, 'Assignments by path'), [
        'Direct | 36 | 34 | 2',
        'License E5 | 104 | 102 | 2',
      ]);
      assert.deepEqual(await tableRows(page, 'Assignments in error'), [
        'Not enough units | License E5 | 2 | not held',
        'A plan excludes one of another license | Direct | 2 | held all the same',
      ]);
      assert.deepEqual(
        (await tableRows(page, 'Service plans')).map((row) => row.split(' | ')[0]),
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

  it('asks what only a person can answer about cheaper licenses, and keeps the answers', async () => {
    const { page, host } = await open();
    assert.deepEqual(await tableRows(page, 'Cheaper licenses'), [
      'Microsoft 365 E3 | €21.00 | Defender for Endpoint, Entra ID | Power BI Pro',
      'Microsoft 365 F3 | €49.00 | Defender for Endpoint, Entra ID, Office apps and 4 more | nothing',
    ]);
    const save = button(page, 'Save Answers');
    assert.equal(await save.isDisabled(), true);
    await page.getByRole('checkbox', { name: /^Entra ID/ }).click();
    await page.getByRole('checkbox', { name: /^None of their mailboxes is on hold/ }).click();
    await page.getByText('Unsaved changes').waitFor();
    await save.click();
    await page.getByText('The answers have been saved.').waitFor({ state: 'attached' });
    assert.deepEqual(host.answers, [{ notNeeded: ['entra'], frontline: false, noHolds: true }]);
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
    await button(page, 'Microsoft 365 E3').last().click();
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
    assert.equal(
      await page.evaluate(() => document.scrollingElement?.scrollTop),
      0,
      'the page alone scrolls',
    );
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
