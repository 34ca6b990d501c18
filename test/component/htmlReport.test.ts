import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { htmlReport } from '../../src/core/export/report/htmlReport';
import { exampleReport } from '../support/reportFixture';
import { launchChromium } from './support/chromium';

/** A rule of axe-core that was broken. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe('HTML report in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;
  let address: string;
  const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

  before(async () => {
    browser = await launchChromium();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
    const file = path.join(folder, 'report.html');
    fs.writeFileSync(file, [...htmlReport(exampleReport())].join(''));
    address = pathToFileURL(file).href;
  });
  after(async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function withPage(
    options: BrowserContextOptions,
    work: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== address) complaints.push(`asked for ${request.url()}`);
      });
      await page.goto(address);
      await work(page);
      assert.deepEqual(complaints, [], 'nothing is refused by the policy and nothing else is asked for');
    } finally {
      await context.close();
    }
  }

  it('is styled under its own policy, which refuses all else', async () => {
    await withPage({}, async (page) => {
      const font = await page.evaluate('getComputedStyle(document.querySelector("h1")).fontWeight');
      assert.equal(font, '650');
    });
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    const ran = await page.evaluate(`(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      const style = document.createElement('style');
      style.textContent = 'h1 { font-weight: 100 }';
      document.head.append(style);
      const loaded = await fetch('https://example.com').then(() => true, () => false);
      return [window.ran === true, getComputedStyle(document.querySelector('h1')).fontWeight, loaded];
    })()`);
    assert.deepEqual(ran, [false, '650', false]);
    await context.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 420]) {
      it(`is accessible in ${colorScheme}, ${width} pixels wide, and does not scroll sideways`, async () => {
        await withPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true }, async (page) => {
          await page.evaluate(axe);
          const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run()');
          assert.deepEqual(
            violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
            [],
          );
          const overflow = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          assert.equal(overflow, 0);
        });
      });
    }
  }

  it('has headings in order and a table head for every column', async () => {
    await withPage({}, async (page) => {
      assert.deepEqual(await page.locator('h1, h2').allInnerTexts(), [
        'Microsoft 365 licenses of Contoso',
        'What to do first',
        'Savings',
        'Position',
        'Spend',
        'Findings',
        'Left out and unknown',
        'How the numbers are made',
      ]);
      for (const table of await page.locator('table').all()) {
        const heads = await table.locator('thead th[scope=col]').count();
        for (const row of await table.locator('tbody tr').all()) {
          assert.equal(await row.locator('th, td').count(), heads);
          assert.equal(await row.locator('th[scope=row]').count(), 1);
        }
      }
    });
  });

  it('draws every license, the shortage as well', async () => {
    await withPage({}, async (page) => {
      const lengths = await page
        .locator('svg[role=img] rect:not(pattern rect)')
        .evaluateAll((rects) =>
          rects.map((rect) => [rect.getAttribute('class'), Number(rect.getAttribute('width'))] as const),
        );
      const sum = (kind: string): number =>
        lengths.filter(([name]) => name === kind).reduce((total, [, length]) => total + length, 0);
      // The axis ends at 6 units over 570 points, so a unit is 95 of them.
      assert.equal(Math.round(sum('s-short')), 95);
      assert.equal(Math.round(sum('s-active')), 950);
      assert.equal(Math.round(sum('s-spare')), 4 * 95);
    });
  });

  it('prints whole, also what is folded', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('summary').first().click();
    assert.equal(await page.locator('details').first().getAttribute('open'), null);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert(await page.locator('details td').first().isVisible());
    assert.equal(
      await page.evaluate('getComputedStyle(document.documentElement).backgroundColor'),
      'rgb(255, 255, 255)',
    );
    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format, printBackground: true });
      assert.equal(pdf.subarray(0, 5).toString('latin1'), '%PDF-');
    }
    await context.close();
  });
});
