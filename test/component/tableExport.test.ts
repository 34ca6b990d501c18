import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { eventually } from '../e2e/pages/patience';
import { launchChromium } from './support/chromium';
import { LicenseHost, purchaseOfLicense } from './support/licenseHost';
import { madeUpUser } from './support/madeUpUser';
import type { WrittenTable } from './support/tableShelf';
import { UserHost } from './support/userHost';
import { WebviewPage } from './support/webviewPage';
import { WebviewServer } from './support/webviewServer';

describe('Export of the tables of a page in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: WebviewServer;
  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), WebviewServer.start()]);
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });

  it('writes a table of the license page as it is on screen, without its buttons', async () => {
    const host = new LicenseHost();
    host.purchases.set('p1', purchaseOfLicense());
    const shown = await WebviewPage.open(browser, server, { page: 'license', methods: host.page.methods });
    const { page } = shown;
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await eventually('the tables', async () => host.tables.offered.length > 0);
    const labels = host.tables.offered.map(({ name }) => name);
    for (const label of ['Units over time', 'Purchases', 'Subscriptions', 'Service plans'])
      assert(labels.includes(label), label);
    assert.equal(host.tables.written.length, 0, 'nothing was chosen');

    for (const label of labels) {
      host.tables.chosen = label;
      const earlier: number = host.tables.written.length;
      await page.getByRole('button', { name: 'Export CSV' }).click();
      const written: WrittenTable = await eventually(label, async () => host.tables.written[earlier]);
      const [titles = [], ...rows] = written.rows;
      const table = page.locator(`table[aria-label="${label}"]`);
      const count = await table.locator('tbody tr').count();
      assert.equal(rows.length, count, label);
      for (const row of rows) assert.equal(row.length, titles.length, label);
    }
    const purchases = host.tables.written.find(({ rows }) => rows[0]?.includes('Quantity'));
    assert(
      purchases?.rows[1]?.some((cell) => String(cell).includes('684.00')),
      JSON.stringify(purchases?.rows),
    );
    await shown.close();
  });

  it('writes a table of the page about a user', async () => {
    const host = new UserHost(madeUpUser);
    const shown = await WebviewPage.open(browser, server, { page: 'user', methods: host.page.methods });
    await shown.page.getByRole('button', { name: 'Export CSV' }).click();
    const [first] = host.tables.offered;
    assert(first);
    host.tables.chosen = first.name;
    await shown.page.getByRole('button', { name: 'Export CSV' }).click();
    await eventually('the file', async () => host.tables.written.length === 1);
    assert.deepEqual(host.tables.written[0]?.rows, first.rows);
    assert(first.rows.every((row) => row.length === first.rows[0]?.length));
    await shown.close();
  });
});
