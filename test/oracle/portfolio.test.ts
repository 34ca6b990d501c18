import assert from 'node:assert/strict';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../component/support/chromium';
import { WebviewServer } from '../component/support/webviewServer';
import { withSampleTenant } from '../support/sampleTenantFixture';
import { createTestStore } from '../support/storeFixture';
import { calculation, runOracle } from './oracleRun';
import {
  dayBefore,
  earlierSample,
  importEarlier,
  importNow,
  thresholds,
  today,
  type OracleFile,
  type OracleTenant,
} from './oracleTenants';
import { keepRates } from './keptByHand';
import { assertScreen, calculatedFigures } from './screenComparison';
import { readScreen } from './screenFigures';

const own = { mustShow: [] };
const tenants: readonly OracleTenant[] = [
  { ...own, name: 'one', sample: { seed: 21, users: 260 }, kept: true, importedBefore: 365, left: 30 },
  { ...own, name: 'two', sample: { seed: 22, users: 150 }, kept: true, importedBefore: 31, left: 20 },
  { ...own, name: 'three', sample: { seed: 23, users: 90 }, kept: false, importedBefore: 7, left: 0 },
];

/** What the page of several tenants has that others do not, and what adds up. */
const mustShow = [
  /^tenant\..*\.licensesShortNow$/,
  /^tenant\..*\.spend\.annual\.[A-Z]{3}$/,
  /^tenant\..*\.savings\.monthly\.[A-Z]{3}$/,
  /^tenant\..*\.savings\.unpricedSeats$/,
  /^savings\.verified\.[A-Z]{3}$/,
  /^hidden\.annual\./,
  /^trend\.entitled$/,
  /^trend\.inactive$/,
];

describe('the Reconciliation of several tenants in one file, calculated again in SQL by the sqlite3 program', function () {
  this.timeout(600_000);
  const samples = tenants.map((tenant) => ({
    tenant,
    earlier: withSampleTenant(earlierSample(tenant)),
    now: withSampleTenant({ ...tenant.sample, today }),
  }));
  let file: OracleFile | undefined;
  let browser: Browser;
  let server: WebviewServer;

  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), WebviewServer.start()]);
    const store = await createTestStore();
    await keepRates(store.store, { settings: thresholds, today: dayBefore(365) });
    for (const { tenant, earlier } of samples) await importEarlier(store, tenant, earlier);
    file = await importNow(store, samples);
  });
  after(async () => {
    await browser.close();
    await server.stop();
    await file?.dispose();
  });

  it('shows the sum of the tenants, and each of them', async () => {
    assert.ok(file);
    const kept = path.join(file.folder, 'calculated.sqlite');
    for (const { tenant, now } of samples) {
      const run = { kept, tenantId: now.tenant.address.tenantId };
      const previous = dayBefore(tenant.importedBefore);
      runOracle({ ...run, file: file.before, day: previous, scripts: [...calculation, 'keep'] });
      const scripts = [
        ...calculation,
        'verified',
        'screen',
        'spendTab',
        'screenGrids',
        'shown',
        'portfolioKeep',
      ];
      runOracle({ ...run, file: file.file, day: today, scripts });
    }
    const [rows, tied] = runOracle({
      file: file.file,
      kept,
      tenantId: '',
      day: today,
      scripts: ['portfolio', 'spendTab', 'portfolioShown'],
      queries: ['SELECT name, value, complete FROM shown', 'SELECT name FROM charted WHERE isTied'],
    });
    assert.ok(rows && tied);
    const screen = await readScreen(browser, server, file.store, null);
    const shown = [...screen.figures.keys()];
    const charted = new Set(shown.flatMap((name) => /^license\.[^.]+/.exec(name) ?? []));
    assert.equal(charted.size, 20);
    const leftOut = tied.filter((license) => !charted.has(license.slice(0, -1)));
    const calculated = [...calculatedFigures(rows)].filter(
      ([name]) => !leftOut.some((license) => name.startsWith(license)),
    );
    assertScreen(screen, new Map(calculated), mustShow);
  });
});
