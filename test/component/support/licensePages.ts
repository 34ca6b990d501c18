import type { Browser, Locator, Page } from 'playwright-core';
import type { LicenseContract } from '../../../src/shared/licenseContract';
import { launchChromium } from './chromium';
import { LicenseHost } from './licenseHost';
import { WebviewPage, type OpenPageOptions } from './webviewPage';
import { WebviewServer } from './webviewServer';

/** A license page that is open, and what is behind it. */
export interface OpenLicense {
  readonly page: Page;
  readonly host: LicenseHost;
  readonly view: WebviewPage<LicenseContract>;
}

/** Gives the surrounding `describe` a way to open license pages; they are closed after each test. */
export function withLicensePages(): (
  host?: LicenseHost,
  options?: Partial<OpenPageOptions<LicenseContract>>,
) => Promise<OpenLicense> {
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
  return async (host = new LicenseHost(), options = {}) => {
    const view = await WebviewPage.open<LicenseContract>(browser, server, {
      page: 'license',
      methods: host.page.methods,
      height: 1000,
      ...options,
    });
    opened.push(view);
    view.page.setDefaultTimeout(5_000);
    return { page: view.page, host, view };
  };
}

export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** What the elements show, each on one line. */
export const texts = (page: Page, selector: string): Promise<string[]> =>
  page
    .locator(selector)
    .evaluateAll((elements) =>
      elements.map((element) => (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim()),
    );

/** The rows of a table, their cells joined by bars. */
export const tableRows = (page: Page, name: string): Promise<string[]> =>
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
