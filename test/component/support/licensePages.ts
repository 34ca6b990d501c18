import type { Locator, Page } from 'playwright-core';
import type { LicenseContract } from '../../../src/shared/licenseContract';
import { LicenseHost } from './licenseHost';
import type { OpenPageOptions, WebviewPage } from './webviewPage';
import { withWebviewPages } from './webviewPages';

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
  const openPage = withWebviewPages();
  return async (host = new LicenseHost(), options = {}) => {
    const view = await openPage<LicenseContract>({
      page: 'license',
      methods: host.page.methods,
      height: 1000,
      ...options,
    });
    view.page.setDefaultTimeout(5_000);
    return { page: view.page, host, view };
  };
}

export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

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
