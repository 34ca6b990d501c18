import type { Browser, Page } from 'playwright-core';
import { ReconciliationPage } from '../../src/app/panels/reconciliationPage';
import { readTenantFacts } from '../../src/app/panels/tenantFacts';
import type { Store } from '../../src/core/store/store';
import type { ReconciliationContract } from '../../src/shared/reconciliationContract';
import { WebviewPage } from '../component/support/webviewPage';
import type { WebviewServer } from '../component/support/webviewServer';

/** Every number that the Reconciliation puts on screen over a file, by name; `∅` is unknown. */
export async function screenFigures(
  browser: Browser,
  server: WebviewServer,
  store: Store,
  tenantId: string,
): Promise<ReadonlyMap<string, string>> {
  const nothing = (): Promise<void> => Promise.resolve();
  const host = new ReconciliationPage({
    tenantId,
    store,
    tenants: () => readTenantFacts(store, tenantId),
    exportCsv: () => Promise.resolve(null),
    exportHtml: nothing,
    runImport: nothing,
    openRoster: nothing,
    openLicense: nothing,
    openUser: nothing,
    openTenant: nothing,
    copy: nothing,
  });
  const opened = await WebviewPage.open<ReconciliationContract>(browser, server, {
    page: 'reconciliation',
    methods: host.methods,
  });
  try {
    const { page } = opened;
    const figures = new Map<string, string>();
    const read = async (): Promise<void> => {
      for (const [name, value] of await figuresOn(page)) figures.set(name, value);
    };
    await read();
    await page.locator('[data-chart=table]').click();
    await page.waitForSelector('[data-figure^="license."]');
    await read();
    await page.getByRole('tab', { name: 'Spend' }).click();
    for (const dimension of ['department', 'country', 'companyName']) {
      const button = page.locator(`[data-dimension=${dimension}]`);
      if ((await button.count()) === 0) continue;
      await button.click();
      await page.waitForTimeout(300);
      await read();
    }
    return figures;
  } finally {
    await opened.close();
  }
}

async function figuresOn(page: Page): Promise<[string, string][]> {
  return page
    .locator('[data-figure]')
    .evaluateAll((elements) =>
      elements.map((element): [string, string] => [
        element.getAttribute('data-figure') ?? '',
        element.getAttribute('data-value') || '∅',
      ]),
    );
}
