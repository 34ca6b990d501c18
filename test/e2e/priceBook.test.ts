import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { eventually } from './pages/patience';
import { importSampleTenant, withWorkbench } from './pages/startedWorkbench';
import type { Workbench } from './pages/workbench';

const header =
  'skuPartNumber,quantity,amountMinor,currency,paymentFrequency,effectiveDate,endingDate,amountPer';

describe('Prices, from a price book to the page of a license', function () {
  const started = withWorkbench();
  let workbench: Workbench;
  let workspace: string;

  before(async () => {
    ({ workbench, workspace } = started());
    await importSampleTenant(workbench);
  });

  const write = (name: string, ...rows: readonly string[]): string => {
    const file = path.join(workspace, name);
    writeFileSync(file, [header, ...rows, ''].join('\n'));
    return file;
  };
  /** Answers the workbench's own file dialog, which first writes the folder that it begins in. */
  const openFile = async (file: string): Promise<void> => {
    const { input } = workbench.quickInput;
    await eventually('the folder', async () => (await input.inputValue()).includes('workspace'));
    await eventually('the path', async () => {
      await input.fill(file);
      return (await input.inputValue()) === file;
    });
    await workbench.quickInput.accept();
  };

  it('shows what is wrong with a price book, at the lines of the file', async () => {
    const file = write(
      'wrong.csv',
      'SPE_E5,40,68400,EUR,Annually,2026-01-01,,unit',
      'NO_SUCH_SKU,5,3600,EUR,Monthly,2026-01-01,,unit',
      'SPE_E3,x,36.00,EUR,Monthly,2026-01-01,,unit',
    );
    await workbench.runCommand('M365 Licenses: Import Price Book…');
    await openFile(file);
    await workbench.dialog.getByText('The price book has 3 problems.').waitFor();
    const text = await workbench.dialog.innerText();
    assert.match(
      text,
      /Line 3, skuPartNumber: The tenant has no license with the part number “NO_SUCH_SKU”\./,
    );
    assert.match(text, /Line 4, quantity: “x” is not a whole number\./);
    await workbench.dialog.getByRole('button', { name: 'Show in File' }).click();
    await workbench.editorTab(/wrong\.csv/).waitFor();
    await workbench.page.locator('.squiggly-error').first().waitFor();
  });

  it('shows what a price book would do, and does it once it is agreed to', async () => {
    const file = write(
      'prices.csv',
      'SPE_E5,40,68400,EUR,Annually,2026-01-01,,unit',
      'NO_SUCH_SKU,5,3600,EUR,Monthly,2026-01-01,,unit',
    );
    await workbench.runCommand('M365 Licenses: Import Price Book…');
    await openFile(file);
    await workbench.dialog.getByRole('button', { name: 'Leave the Row Out' }).click();
    const preview = workbench.page.locator('.quick-input-widget');
    await preview.getByText('40 × 684.00 EUR annually, from 2026-01-01').waitFor();
    await preview.getByText('1 added; 1 left out, because the tenant has no such product').waitFor();
    await workbench.quickInput.accept();
    await workbench.notification('1 added.').waitFor();
  });

  it('has the price on the page of the license, and takes another purchase there by keyboard', async () => {
    const { page } = workbench;
    await workbench.clearNotifications();
    await workbench.runCommand('M365 Licenses: Add Purchase…');
    await workbench.quickInput.fill('SPE_E5');
    await workbench.quickInput.accept();
    const license = await workbench.webview('License');
    await license.getByRole('group', { name: 'New purchase' }).waitFor();
    await license.getByRole('heading', { name: 'Microsoft 365 E5', level: 1 }).waitFor();
    const figures = license.locator('section[aria-labelledby=section-purchases] .figure');
    await figures.filter({ hasText: '€57.00' }).waitFor();
    // The 40 units that the tenant has are covered, so how many more is for the person to say.
    const quantity = license.getByRole('textbox', { name: 'Quantity', exact: true });
    await eventually('the focus on the quantity', () =>
      quantity.evaluate((field) => field.matches(':focus')),
    );
    await page.keyboard.type('40');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1200');
    // The last purchase had a currency, which is proposed.
    await license.getByText(/^One unit costs €100\.00 a month;/).waitFor();
    await page.keyboard.press('Enter');
    await license.getByRole('group', { name: 'New purchase' }).waitFor({ state: 'detached' });
    // 40 at 57.00 and 40 at 100.00: 78.50 on average.
    await figures.filter({ hasText: '€78.50' }).waitFor();
    assert.deepEqual(workbench.webviewProblems, []);
  });

  it('writes a price book that has both purchases', async () => {
    const file = path.join(workspace, 'out.csv');
    await workbench.clearNotifications();
    await workbench.runCommand('M365 Licenses: Export Price Book…');
    await workbench.quickInput.saveAs(file);
    await workbench.notification('Exported 2 purchases').waitFor();
    const lines = readFileSync(file, 'utf8').split('\r\n');
    assert.equal(lines[0], `${header},note,purchaseId`);
    assert.match(lines[1] ?? '', /^SPE_E5,40,68400,EUR,annually,2026-01-01,,unit,,/);
    assert.match(lines[2] ?? '', /^SPE_E5,40,120000,EUR,annually,\d{4}-\d{2}-\d{2},,unit,,/);
  });
});
