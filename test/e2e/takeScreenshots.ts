import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/browser.mjs';
import { startVscodeHost } from '../support/vscodeHost.mjs';
import { workbenchSettings } from '../support/workbenchSettings.mjs';
import { eventually } from './pages/patience';
import { RosterPage } from './pages/rosterPage';
import { container, signInByDeviceCode } from './pages/startedWorkbench';
import { Workbench } from './pages/workbench';

const images = path.resolve('docs', 'images');
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' } as const;

/** Goes through the main job once and takes a picture at each station. */
async function takeScreenshots(browser: Browser, theme: keyof typeof themes): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'm365-licenses-screenshots-'));
  const host = await startVscodeHost({
    dataFolder: folder,
    vsix: [path.resolve('out', 'm365-license-manager.vsix')],
    settings: {
      ...workbenchSettings,
      'workbench.colorTheme': themes[theme],
      // The name of the program that serves the workbench says nothing to a reader.
      'window.title': '${activeEditorShort}',
      'workbench.layoutControl.enabled': false,
    },
  });
  try {
    const workbench = await Workbench.open(browser, host, { width: 1280, height: 800 });
    const { page } = workbench;
    const take = async (name: string, clip?: { width: number; height: number }): Promise<void> => {
      await stillness(page);
      const file = path.join(images, `${name}-${theme}.png`);
      await page.screenshot({
        path: file,
        animations: 'disabled',
        caret: 'hide',
        ...(clip === undefined ? {} : { clip: { x: 0, y: 0, ...clip } }),
      });
      console.log(path.relative(process.cwd(), file));
    };

    await workbench.openContainer(container);
    await workbench.resizeSideBar(280);
    await takeConnectionForm(workbench, take);
    await workbench.welcomeButton('Explore a Sample Tenant').click();
    const started = workbench.notification('The sample tenant is running');
    await started.waitFor();
    await workbench.runCommand('M365 Licenses: Test Connection');
    await (await workbench.webview('Test Connection')).getByRole('table').first().waitFor();
    await take('doctor-sign-in-needed');
    await workbench.closeAllEditors();
    await workbench.runCommand('M365 Licenses: Sign In…');
    await workbench.dialog.waitFor();
    await take('sign-in');
    await signInByDeviceCode(workbench);
    await workbench.answerNotification('Signed in to', 'Import Now');
    await workbench.notification('Imported').waitFor({ timeout: 60_000 });
    await workbench.clearNotifications();

    await workbench.runCommand('M365 Licenses: Test Connection');
    await (await workbench.webview('Test Connection')).getByRole('table').first().waitFor();
    await take('doctor');
    await workbench.closeAllEditors();

    await enterPrices(workbench, path.join(folder, 'prices.csv'));
    await workbench.clearNotifications();
    await workbench.runCommand('M365 Licenses: Open License…');
    await workbench.quickInput.fill('SPE_E5');
    await workbench.quickInput.accept();
    const license = await workbench.webview('License');
    await license.getByRole('heading', { name: 'Microsoft 365 E5', level: 1 }).waitFor();
    await take('license');
    await license.getByRole('navigation').getByRole('button', { name: 'Purchases and price' }).click();
    await take('license-purchases');
    await workbench.closeAllEditors();

    await workbench.runCommand('M365 Licenses: Open Reconciliation');
    const reconciliation = await workbench.webview('Reconciliation');
    await take('reconciliation');
    await reconciliation.getByRole('tab', { name: 'Licenses' }).click();
    const e3 = reconciliation.locator('.grid-body [role=row]', { hasText: 'Microsoft 365 E3' });
    await e3.first().locator('[role=gridcell]').nth(1).click();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await reconciliation.locator('.grid-body [role=row]', { hasText: 'Never used' }).first().waitFor();
    await take('reconciliation-findings');
    await reconciliation.getByRole('tab', { name: 'Spend' }).click();
    await take('reconciliation-spend');
    await takeReport(browser, workbench, folder, theme);

    await workbench.runCommand('M365 Licenses: Open Users Roster');
    const roster = await RosterPage.of(workbench);
    await take('roster');
    await roster.filter('arjun.kowalska');
    await roster.count(/^1 of/);
    await roster.grid.locator('.grid-body [role=row]').first().locator('[role=gridcell]').first().dblclick();
    await workbench.webview('User');
    await take('user');

    await workbench.runCommand('M365 Licenses: Open Activity');
    const activity = await workbench.webview('Activity');
    await activity.getByRole('heading', { name: 'Last use by service' }).scrollIntoViewIfNeeded();
    await take('activity');

    await workbench.closeAllEditors();
    await workbench.resizeSideBar(420);
    await workbench.tree().row(/E5/).hover();
    await page.locator('.workbench-hover').filter({ hasText: 'Part number' }).waitFor();
    await take('tree', { width: 860, height: 640 });
    await workbench.close();
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The report for the person who pays, as a browser shows it. */
async function takeReport(
  browser: Browser,
  workbench: Workbench,
  folder: string,
  theme: keyof typeof themes,
): Promise<void> {
  const file = path.join(folder, 'report.html');
  await workbench.runCommand('M365 Licenses: Export Report as HTML…');
  await workbench.quickInput.saveAs(file);
  await workbench.notification('The report was written').waitFor();
  await workbench.clearNotifications();
  const page = await browser.newPage({ colorScheme: theme, viewport: { width: 1180, height: 1075 } });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: path.join(images, `report-${theme}.png`) });
  await page.close();
}

/** The connection form with the fields of each flow. */
async function takeConnectionForm(
  workbench: Workbench,
  take: (name: string) => Promise<void>,
): Promise<void> {
  await workbench.runCommand('M365 Licenses: New Connection…');
  const form = await workbench.webview('Connection');
  await form.getByRole('textbox', { name: 'Connection name', exact: true }).fill('Contoso');
  await take('connection-authorization-code');
  await form.getByRole('radio', { name: 'An app registered in my own tenant' }).click();
  for (const [flow, name] of [
    ['Device Code', 'connection-device-code'],
    ['Client Credentials', 'connection-client-credentials'],
  ] as const) {
    const choice = form.getByRole('combobox', { name: 'Authentication flow' });
    await choice.click();
    await form.getByRole('option', { name: flow }).click();
    await choice.scrollIntoViewIfNeeded();
    await take(name);
  }
  await workbench.runCommand('View: Close Editor');
  const discard = workbench.dialog.getByRole('button', { name: /discard|don.t save/i });
  if (await discard.isVisible()) await discard.click();
}

/** Imports a price book, without which no picture would show money. */
async function enterPrices(workbench: Workbench, file: string): Promise<void> {
  writeFileSync(
    file,
    `skuPartNumber,quantity,amountMinor,currency,paymentFrequency,effectiveDate,endingDate,amountPer,note
SPE_E5,30,68400,EUR,Annually,2026-01-01,,unit,Framework contract
SPE_E5,10,6350,EUR,Monthly,2026-06-01,,unit,Ordered by the project team
SPE_E3,70,42000,EUR,Annually,2026-01-01,,unit,Framework contract
EXCHANGESTANDARD,20,400,EUR,Monthly,2026-01-01,,unit,
POWER_BI_PRO,36,1000,USD,Monthly,2026-01-01,,unit,
VISIOCLIENT,14,18000,EUR,Annually,2026-03-01,2027-02-28,unit,
`,
  );
  const { quickInput } = workbench;
  await workbench.runCommand('M365 Licenses: Import Price Book…');
  const widget = workbench.page.locator('.quick-input-widget');
  await quickInput.waitFor();
  await eventually('the preview of the price book', async () => {
    // The dialog writes the folder that it begins in when it has read it, over what is there.
    if (await widget.getByText('Import Price Book', { exact: true }).isVisible()) {
      await quickInput.fill(file);
      await quickInput.accept();
    }
    await widget.getByText('Import 6 Purchases').waitFor({ timeout: 3_000 });
    return true;
  });
  await quickInput.accept();
  await workbench.notification('6 added').waitFor();
}

/** Two pictures in a row that are the same: nothing is being painted any more. */
async function stillness(page: Page): Promise<void> {
  let last = await page.screenshot();
  for (let tries = 0; tries < 20; tries += 1) {
    const next = await page.screenshot();
    if (next.equals(last)) return;
    last = next;
  }
}

async function main(): Promise<void> {
  mkdirSync(images, { recursive: true });
  const browser = await launchChromium();
  try {
    for (const theme of ['dark', 'light'] as const) await takeScreenshots(browser, theme);
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
