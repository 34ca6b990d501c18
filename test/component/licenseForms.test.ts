import assert from 'node:assert/strict';
import { LicenseError } from '../../src/core/foundation/errors';
import { eventually } from '../e2e/pages/patience';
import { LicenseHost, licenseId, purchaseOfLicense } from './support/licenseHost';
import { button, field, tableRows, withLicensePages } from './support/licensePages';

describe('license page: purchases and terms', function () {
  this.timeout(60_000);
  const open = withLicensePages();

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

    it('have a note of several lines, saved from within by Ctrl+Enter and given up by Escape', async () => {
      const { page, host } = await open();
      await button(page, 'Add Purchase').click();
      await field(page, 'Amount').fill('684');
      await field(page, 'Currency').fill('EUR');
      const note = field(page, 'Note').first();
      assert.equal(await note.evaluate((element) => element.tagName), 'TEXTAREA');
      assert.match((await note.getAttribute('aria-description')) ?? '', /^Order number, contract, supplier/);
      await field(page, 'Ending date').focus();
      await page.keyboard.press('Tab');
      await page.keyboard.type('Order 4711');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Contract with Fabrikam');
      assert.equal(await note.inputValue(), 'Order 4711\nContract with Fabrikam');
      assert.equal(host.purchases.size, 0);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('group', { name: 'New purchase' }).waitFor({ state: 'detached' });
      assert.equal([...host.purchases.values()][0]?.note, 'Order 4711\nContract with Fabrikam');
      await button(page, 'Add Purchase').click();
      await field(page, 'Note').first().focus();
      await page.keyboard.press('Escape');
      await page.getByRole('group', { name: 'New purchase' }).waitFor({ state: 'detached' });
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
        (await tableRows(page, 'Purchases'))[0],
        'From Dec 1, 2025 goes on | 4 | €684.00 per unit, annually | €57.00 | €228.00 | €2,736.00 | PO 4711 | Edit Remove',
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

    it('are read once after a save, whoever notices it first', async () => {
      const { page, host, view } = await open();
      host.onSaved = () => view.host.emit('dataChanged', { generation: 2 });
      await button(page, 'Add Purchase').click();
      await field(page, 'Amount').fill('12');
      await field(page, 'Currency').fill('EUR');
      const before = host.reads;
      await button(page, 'Save Purchase').click();
      await page.getByText('The purchase has been saved.').waitFor({ state: 'attached' });
      assert.equal(host.reads, before + 1);
      assert.equal((await tableRows(page, 'Purchases')).length, 1);
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

    it('have a note of several lines', async () => {
      const { page, host } = await open();
      await field(page, 'Note').focus();
      await page.keyboard.type('For the plant in Lund');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Ask Sam first');
      assert.equal(host.settings.terms.note, null);
      await page.keyboard.press('Control+Enter');
      await page.getByText('The terms have been saved.').waitFor({ state: 'attached' });
      assert.equal(host.settings.terms.note, 'For the plant in Lund\nAsk Sam first');
    });

    it('can be discarded', async () => {
      const { page, host } = await open();
      await page.getByRole('checkbox', { name: 'Managed', exact: true }).click();
      await field(page, 'Why it is not managed').fill('Other budget');
      await button(page, 'Discard Changes').first().click();
      await field(page, 'Why it is not managed').waitFor({ state: 'hidden' });
      assert.equal(host.settings.decisions.unmanaged, null);
    });
  });
});
