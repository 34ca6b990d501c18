import type { Browser, Page } from 'playwright-core';
import { ReconciliationPage } from '../../src/app/panels/reconciliationPage';
import { readTenantFacts } from '../../src/app/panels/tenantFacts';
import type { Store } from '../../src/core/store/store';
import type { ReconciliationContract } from '../../src/shared/reconciliationContract';
import { WebviewPage } from '../component/support/webviewPage';
import type { WebviewServer } from '../component/support/webviewServer';
import { gridFigures } from './screenGrids';

/** A number on the screen. */
export interface ShownFigure {
  /** As it is stored: a count or minor units; `∅` is unknown. */
  readonly value: string;
  /** Whether it is said to be whole, not a lower bound. */
  readonly complete: boolean;
  /** What a person reads. */
  readonly text: string;
}

/** Everything with a digit that the Reconciliation puts on screen. */
export interface Screen {
  readonly figures: ReadonlyMap<string, ShownFigure>;
  /** Numbers in the sentence below the position. */
  readonly summary: readonly number[];
  /** Texts with digits that carry no name and belong to nothing that is no figure (a name, an axis, a date). */
  readonly unnamed: readonly string[];
}

/** Reads every tab of the Reconciliation over a file, of one tenant or of all. */
export async function readScreen(
  browser: Browser,
  server: WebviewServer,
  store: Store,
  tenantId: string | null,
): Promise<Screen> {
  const nothing = (): Promise<void> => Promise.resolve();
  const host = new ReconciliationPage({
    tenantId,
    store,
    tenants: async () => {
      const facts = await readTenantFacts(store, tenantId);
      // Sample tenants are all called the same; on the page of several the name tells rows apart.
      return tenantId === null ? facts.map((tenant) => ({ ...tenant, displayName: tenant.tenantId })) : facts;
    },
    exportCsv: () => Promise.resolve(null),
    saveCsv: () => Promise.resolve(false),
    exportHtml: nothing,
    runImport: nothing,
    openRoster: nothing,
    openLicense: nothing,
    openUser: nothing,
    openTenant: nothing,
    copy: nothing,
  });
  const expanded = (await store.query('SELECT licenseId FROM v_licenses')).map((row) =>
    String(row['licenseId']),
  );
  // So large that no row of a grid is left out.
  const opened = await WebviewPage.open<ReconciliationContract>(browser, server, {
    page: 'reconciliation',
    methods: host.methods,
    width: 2600,
    height: 9000,
    state: { grids: { licenses: { expanded } } },
  });
  try {
    const { page } = opened;
    const figures = new Map<string, ShownFigure>();
    const unnamed = new Set<string>();
    const read = async (): Promise<void> => {
      for (const [name, figure] of await namedFigures(page)) note(figures, name, figure);
      for (const text of await unnamedNumbers(page)) unnamed.add(text);
    };
    await read();
    const summary = page.locator('section[aria-labelledby=figures-title] p.summary');
    const numbers = (await summary.innerText()).match(/\d[\d,]*/g) ?? [];
    // Shown on request, what is hidden changes no number.
    const hidden = page.locator('#show-hidden');
    if ((await hidden.count()) > 0) {
      await hidden.check();
      await page.getByText('Hidden licenses are shown.').waitFor({ state: 'attached' });
      await read();
      await hidden.uncheck();
      await page.getByText('Hidden licenses are hidden again.').waitFor({ state: 'attached' });
    }
    await page.locator('[data-chart=table]').click();
    await page.waitForSelector('table [data-figure^="license."]');
    await read();
    for (const [name, figure] of await gridFigures(page)) note(figures, name, figure);
    if (tenantId === null) {
      await page.getByRole('tab', { name: 'Tenants' }).click();
      await page.waitForSelector('[data-figure^="tenant."]');
      await read();
    }
    await page.getByRole('tab', { name: 'Spend' }).click();
    for (const dimension of ['department', 'country', 'companyName']) {
      await page.locator(`[data-dimension=${dimension}]`).click();
      if (figures.has('spend.pricedSeats') && figures.get('spend.pricedSeats')?.value !== '0') {
        await page.waitForSelector(`[data-figure^="spendTotal.${dimension}."]`);
      }
      await read();
    }
    return {
      figures,
      summary: numbers.map((text) => Number(text.replaceAll(',', ''))),
      unnamed: [...unnamed],
    };
  } finally {
    await opened.close();
  }
}

/** A figure that is on screen twice says the same twice. */
function note(figures: Map<string, ShownFigure>, name: string, figure: ShownFigure): void {
  const known = figures.get(name);
  if (known !== undefined && (known.value !== figure.value || known.complete !== figure.complete)) {
    throw new Error(`${name} is ${known.text} (${known.value}) and ${figure.text} (${figure.value}).`);
  }
  figures.set(name, figure);
}

async function namedFigures(page: Page): Promise<[string, ShownFigure][]> {
  return page.locator('[data-figure]').evaluateAll((elements) =>
    elements.map((element): [string, ShownFigure] => [
      element.getAttribute('data-figure') ?? '',
      {
        value: element.getAttribute('data-value') || '∅',
        complete: element.getAttribute('data-complete') !== 'false',
        text: element.textContent,
      },
    ]),
  );
}

/**
 * Texts with a digit outside of named figures. Names of products and people's departments have digits too, and so have
 * an axis, the head with its times, and the notes that name licenses which are not charted.
 */
async function unnamedNumbers(page: Page): Promise<string[]> {
  return page.locator('#app').evaluate((app) => {
    const elsewhere =
      '[data-figure], [aria-live], .page-head, .tabs, .chart-axis, .chart-label, .chart-details, .link, th, td.tenant, .note, p.summary';
    const walker = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      if (/\d/.test(text) && node.parentElement?.closest(elsewhere) === null) found.push(text);
    }
    return found;
  });
}
