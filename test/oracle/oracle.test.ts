import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { withSampleTenant } from '../support/sampleTenantFixture';
import type { TestStore } from '../support/storeFixture';
import { launchChromium } from '../component/support/chromium';
import { WebviewServer } from '../component/support/webviewServer';
import { comparisons, type Comparison } from './comparisons';
import { screenFigures } from './screenFigures';
import { dayBefore, makeOracleTenant, oracleTenants, thresholds, today } from './oracleTenants';

const root = path.resolve(__dirname, '../..');
const scripts = ['facts', 'verdicts', 'money', 'findings', 'savings', 'screen'];
const catalogs = ['planApplications', 'planLadder', 'freeProducts', 'products'];

/** SQL text of a string. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What the scripts start from: the tenant, the day, the thresholds, and the files of facts. */
function preamble(): string {
  const files = catalogs
    .map((name) => {
      const file = path.join(root, 'src/core/catalog', `${name}.json`);
      return `SELECT '${name}' AS name, CAST(readfile(${quoted(file)}) AS TEXT) AS document`;
    })
    .join(' UNION ALL ');
  return `CREATE TEMP TABLE parameters AS SELECT tenantId, '${today}' AS today,
    ${thresholds.inactivityDays} AS inactivityDays, ${thresholds.graceDays} AS graceDays, 30 AS noticeDays FROM tenants;
    CREATE TEMP TABLE catalog AS ${files};`;
}

/** Rows of several queries, each as text, in order, by the sqlite3 program. */
function rowsOf(file: string, before: string, queries: readonly string[]): string[][] {
  const marked = queries.map((sql) => `SELECT '=';\n${sql};`);
  const output = execFileSync('sqlite3', ['-readonly', '-bail', '-nullvalue', '∅', file], {
    input: [before, ...marked].join('\n'),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return output
    .split(/^=$/m)
    .slice(1)
    .map((block) => block.split('\n').filter((line) => line !== ''));
}

/** Every figure that the product shows, beside the one that SQL makes of the base facts. */
class Figures {
  private readonly ours: string[][];
  private readonly theirs: string[][];

  constructor(file: string) {
    const sql = scripts.map((name) => fs.readFileSync(path.join(__dirname, `${name}.sql`), 'utf8'));
    this.ours = rowsOf(file, [preamble(), ...sql].join('\n'), [
      ...comparisons.map(({ oracle }) => oracle),
      'SELECT name, value FROM figure',
    ]);
    this.theirs = rowsOf(
      file,
      '',
      comparisons.map(({ product }) => product),
    );
  }

  /** Figures of the screen by name, calculated. */
  get screen(): ReadonlyMap<string, string> {
    const rows = this.ours[comparisons.length] ?? [];
    return new Map(
      rows.map((row): [string, string] => {
        const at = row.lastIndexOf('|');
        return [row.slice(0, at), row.slice(at + 1)];
      }),
    );
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
      const earlier = withSampleTenant({ ...tenant.sample, today: dayBefore(tenant.importedBefore ?? 0) });
      let file: TestStore | undefined;
      let figures: Figures;

      before(async () => {
        file = await makeOracleTenant(tenant, earlier, now);
        figures = new Figures(file.file);
      });

      after(() => file?.dispose());

      for (const comparison of comparisons) {
        it(comparison.title, () => figures.compare(comparison, tenant.kept ? comparison.atLeast : 0));
      }

      it('every number on the screen', async () => {
        assert.ok(file);
        const shown = await screenFigures(browser, server, file.store, now.tenant.address.tenantId);
        const calculated = figures.screen;
        assert.ok(shown.size > 60, `${shown.size} numbers on screen`);
        const wrong = [...shown].filter(
          ([name, value]) => calculated.has(name) && calculated.get(name) !== value,
        );
        assert.deepEqual(
          wrong,
          wrong.map(([name]) => [name, calculated.get(name)]),
        );
        const unknown = [...shown.keys()].filter((name) => !calculated.has(name) && !isMadeOfOthers(name));
        assert.deepEqual(unknown, []);
        assert.deepEqual(
          [...calculated.keys()].filter((name) => !shown.has(name)),
          [],
        );
      });
    });
  }
});

/** Figures that divide or add up others that are compared. */
function isMadeOfOthers(name: string): boolean {
  return /^spendLine\..*\.perPerson$|^spendTotal\./.test(name);
}
