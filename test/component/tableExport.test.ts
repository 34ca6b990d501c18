import assert from 'node:assert/strict';
import { RegistrationPage } from '../../src/app/panels/registrationPage';
import { eventually } from '../e2e/pages/patience';
import { ReconciliationHost } from './support/reconciliationHost';
import { tenantId } from './support/memoryUsers';
import { LicenseHost, purchaseOfLicense } from './support/licenseHost';
import { madeUpUser } from './support/madeUpUser';
import { TableShelf, type WrittenTable } from './support/tableShelf';
import { UserHost } from './support/userHost';
import { withWebviewPages } from './support/webviewPages';

describe('Export of the tables of a page in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  it('writes a table of the license page as it is on screen, without its buttons', async () => {
    const host = new LicenseHost();
    host.purchases.set('p1', purchaseOfLicense());
    const shown = await openPage({ page: 'license', methods: host.page.methods });
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
  });

  it('writes a table of the page about a user', async () => {
    const host = new UserHost(madeUpUser);
    const shown = await openPage({ page: 'user', methods: host.page.methods });
    await shown.page.getByRole('button', { name: 'Export CSV' }).click();
    const [first] = host.tables.offered;
    assert(first);
    host.tables.chosen = first.name;
    await shown.page.getByRole('button', { name: 'Export CSV' }).click();
    await eventually('the file', async () => host.tables.written.length === 1);
    assert.deepEqual(host.tables.written[0]?.rows, first.rows);
    assert(first.rows.every((row) => row.length === first.rows[0]?.length));
  });

  it('writes what a part of the Reconciliation shows, as shown or with all columns', async () => {
    const host = await ReconciliationHost.create();
    const { tableShelf: shelf } = host;
    const shown = await openPage({
      page: 'reconciliation',
      methods: host.page.methods,
    });
    const { page } = shown;
    const button = page.getByRole('button', { name: 'Export CSV' });
    const choose = async (item: string): Promise<WrittenTable> => {
      const earlier: number = shelf.written.length;
      await button.click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
      return eventually(item, async () => shelf.written[earlier]);
    };

    await page.locator('[data-chart=table]').click();
    const chart = await choose('Seats and Units by License');
    const bars = page.locator('table[aria-label="Seats and units by license"] tbody th .link');
    assert.deepEqual(
      chart.rows.slice(1).map(([name]) => name),
      await bars.allTextContents(),
    );
    const savings = await choose('Savings Found, by Reason');
    const reasons = page.locator('table[aria-labelledby=found-title] tbody tr');
    assert.equal(savings.rows.length - 1, await reasons.count());
    await button.click();
    await page.getByRole('menuitem', { name: 'All Licenses, All Columns' }).click();
    await eventually('the report', async () => host.exported.length === 1);

    await page.getByRole('tab', { name: 'Spend' }).click();
    await page.locator('[data-dimension=country]').click();
    const spend = await choose('As Shown');
    assert.equal(spend.file, 'spend-by-country.csv');
    assert.deepEqual(
      spend.rows.slice(1).map(([place]) => place ?? 'Not set'),
      await page.locator('table[aria-label="Spend by country"] tbody th').allTextContents(),
    );
    await button.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await eventually('all lines', async () => shelf.written.at(-1)?.file === 'spend.csv');
    const lines = shelf.written.at(-1)?.rows.slice(1) ?? [];
    assert(new Set(lines.map((row) => row[1])).size > 1, JSON.stringify(lines));
    assert(lines.every(([tenant]) => tenant === tenantId));
    assert.deepEqual(await shown.accessibilityFindings(), []);
  });

  it('writes the permissions of the guide', async () => {
    const shelf = new TableShelf();
    const nothing = async (): Promise<void> => undefined;
    const host = new RegistrationPage({
      copy: nothing,
      openLink: nothing,
      register: nothing,
      addConnection: nothing,
      saveCsv: shelf.saveCsv,
    });
    const shown = await openPage({ page: 'registration', methods: host.methods });
    await shown.page.getByRole('button', { name: 'Export CSV' }).click();
    const { file, rows } = await eventually('the file', async () => shelf.written[0]);
    assert.equal(file, 'permissions.csv');
    assert.equal(rows.length - 1, await shown.page.locator('.permissions tbody tr').count());
    // As Microsoft's permissions reference has it.
    assert.equal(
      rows.find(([name]) => name === 'Reports.Read.All')?.[3],
      '230c1aed-a721-4c5d-9cb4-a90514e508ef',
    );
  });
});
