import assert from 'node:assert/strict';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../component/support/chromium';
import { WebviewServer } from '../component/support/webviewServer';
import { withSampleTenant } from '../support/sampleTenantFixture';
import { comparisons, type Comparison } from './comparisons';
import { calculation, productRows, runOracle } from './oracleRun';
import {
  dayBefore,
  earlierSample,
  makeOracleTenant,
  oracleTenants,
  today,
  type OracleFile,
  type OracleTenant,
} from './oracleTenants';
import { readScreen } from './screenFigures';
import { assertScreen, calculatedFigures } from './screenComparison';

/** Every figure that the product keeps, beside the one that SQL makes of the base facts. */
class Figures {
  private readonly ours: string[][];
  private readonly theirs: string[][];

  constructor({ file, before, folder }: OracleFile, tenant: OracleTenant, tenantId: string) {
    const kept = path.join(folder, 'calculated.sqlite');
    const previous = dayBefore(tenant.importedBefore);
    runOracle({ file: before, kept, tenantId, day: previous, scripts: [...calculation, 'keep'] });
    this.ours = runOracle({
      file,
      kept,
      tenantId,
      day: today,
      scripts: [...calculation, 'confidence', 'verified', 'screen', 'spendTab', 'screenGrids', 'shown'],
      queries: [...comparisons.map(({ oracle }) => oracle), 'SELECT name, value, complete FROM shown'],
    });
    this.theirs = productRows(
      file,
      comparisons.map(({ product }) => product),
    );
  }

  get screen(): ReturnType<typeof calculatedFigures> {
    return calculatedFigures(this.ours[comparisons.length] ?? []);
  }

  /** Fails with the first rows that only one of the two has. */
  compare(comparison: Comparison, minimum: number): void {
    const index = comparisons.indexOf(comparison);
    const oracle = this.ours[index] ?? [];
    const product = this.theirs[index] ?? [];
    assert.ok(oracle.length >= minimum, `${oracle.length} rows calculated, expected at least ${minimum}`);
    const known = new Set(oracle);
    const shown = new Set(product);
    assert.deepEqual(
      product.filter((row) => !known.has(row)).slice(0, 8),
      oracle.filter((row) => !shown.has(row)).slice(0, 8),
    );
    assert.equal(product.length, oracle.length);
  }
}

describe('the Reconciliation, calculated again in SQL by the sqlite3 program', () => {
  let browser: Browser;
  let server: WebviewServer;
  before(async () => {
    [browser, server] = await Promise.all([launchChromium(), WebviewServer.start()]);
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });

  for (const tenant of oracleTenants) {
    describe(`figures of ${tenant.name}`, function () {
      this.timeout(600_000);
      const now = withSampleTenant({ ...tenant.sample, today });
      const earlier = withSampleTenant(earlierSample(tenant));
      let file: OracleFile | undefined;
      let figures: Figures;

      before(async () => {
        file = await makeOracleTenant(tenant, earlier, now);
        figures = new Figures(file, tenant, now.tenant.address.tenantId);
      });

      after(() => file?.dispose());

      for (const comparison of comparisons) {
        it(comparison.title, () => figures.compare(comparison, tenant.kept ? comparison.atLeast : 0));
      }

      it('every number on the screen', async () => {
        assert.ok(file);
        const screen = await readScreen(browser, server, file.store, now.tenant.address.tenantId);
        assertScreen(screen, figures.screen, tenant.mustShow);
      });
    });
  }
});
