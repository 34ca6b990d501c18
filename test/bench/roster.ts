/*
 * `npm run bench -- --roster [--sizes 100000]`: the Users Roster in a real VS Code, beside AG Grid Community on the same
 * users in the same run. Clocks are the pages' own.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Frame } from 'playwright-core';
import { runImport } from '../../src/core/importing/runImport';
import { silentLogger } from '../../src/core/foundation/logger';
import { createHttpClient } from '../../src/core/graph/axiosHttpClient';
import { importTasks } from '../../src/core/model/connection';
import type { SampleAddress } from '../../src/sample/sampleOptions';
import { startSampleTenant } from '../../src/sample/sampleTenant';
import { eventually } from '../e2e/pages/patience';
import { Workbench } from '../e2e/pages/workbench';
import { launchChromium } from '../support/browser.mjs';
import { createTestStore } from '../support/storeFixture';
import { connection } from '../support/storeRows';
import { startVscodeHost, type VscodeHost } from '../support/vscodeHost.mjs';
import { workbenchSettings } from '../support/workbenchSettings.mjs';

const rounds = 7;

/** An access token of a sample tenant, as the application. */
export type TokenOf = (address: SampleAddress) => Promise<string>;

/** Milliseconds in the page from the beginning of something to the frame in which its rows were painted. */
interface Times {
  readonly open: number[];
  readonly filter: number[];
  readonly sort: number[];
  /** Bytes of the JavaScript heap after collecting garbage, less what there was before the page was opened. */
  readonly heap: number[];
}

/** Measures both and prints a row per contestant. */
export async function measureRoster(sizes: readonly number[], token: TokenOf): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-roster-'));
  const browser = await launchChromium();
  try {
    const vsix = path.join(scratch, 'product.vsix');
    const { buildForProduction, packageVsix } = await import('../../scripts/vsix.mjs');
    await buildForProduction();
    await packageVsix({ file: vsix });
    const rival = await packageRival(scratch);
    console.log(`${os.cpus().length} cores, ${os.cpus()[0]?.model ?? ''}, Chromium ${browser.version()}`);
    console.log(`Median (and slowest) of ${rounds}, milliseconds in the page, to the painted frame.\n`);
    console.log(
      '| users | contestant | open to first rows | filter to rows | sort to rows | heap of the page |',
    );
    console.log('| ---: | --- | ---: | ---: | ---: | ---: |');
    for (const users of sizes) {
      const folder = path.join(scratch, String(users));
      await fill(
        users,
        path.join(folder, 'data', 'User', 'globalStorage', 'license-manager.m365-license-manager'),
        token,
      );
      const host = await startVscodeHost({
        dataFolder: folder,
        vsix: [vsix, rival],
        settings: workbenchSettings,
      });
      try {
        await compare(users, browser, host);
      } finally {
        await host.stop();
      }
    }
  } finally {
    await browser.close();
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A file with that many users, imported from the sample tenant as anybody would. */
async function fill(users: number, folder: string, token: TokenOf): Promise<void> {
  const tenant = await startSampleTenant({ users });
  fs.mkdirSync(folder, { recursive: true });
  const file = await createTestStore();
  try {
    const { tenantId, graphUrl, caCertificate } = tenant.address;
    const accessToken = await token(tenant.address);
    const result = await runImport({
      connection: connection('bench', 'Bench', { tenantId, tasks: [...importTasks] }),
      tasks: importTasks,
      trigger: 'command',
      evaluation: { inactivityDays: 30, graceDays: 30 },
      http: createHttpClient({ extraCertificates: [caCertificate] }),
      tokens: {
        getToken: () =>
          Promise.resolve({
            token: accessToken,
            expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
            tenantId,
            scopes: [],
            roles: [],
          }),
      },
      graphOrigin: graphUrl,
      store: file.store,
      logger: silentLogger,
      now: () => new Date(),
      signal: new AbortController().signal,
    });
    if (result.status !== 'succeeded') throw new Error(JSON.stringify(result));
    fs.copyFileSync(file.file, path.join(folder, 'licenses.sqlite'));
  } finally {
    await file.dispose();
    await tenant.close();
  }
}

/** Installs AG Grid Community into a temporary folder, and packages it with the extension that shows it. */
async function packageRival(scratch: string): Promise<string> {
  const packages = path.join(os.tmpdir(), 'm365-licenses-bench-ag-grid');
  const library = path.join(packages, 'node_modules', 'ag-grid-community');
  if (!fs.existsSync(path.join(library, 'package.json'))) {
    fs.mkdirSync(packages, { recursive: true });
    fs.writeFileSync(path.join(packages, 'package.json'), '{"private":true}');
    console.log('Installing AG Grid Community …');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', 'ag-grid-community@36'];
    execFileSync(npm, install, { cwd: packages, stdio: 'ignore' });
  }
  const folder = path.join(scratch, 'rival');
  const media = path.join(folder, 'media');
  fs.mkdirSync(media, { recursive: true });
  fs.copyFileSync(path.join(library, 'dist', 'ag-grid-community.min.js'), path.join(media, 'ag-grid.js'));
  const { version } = JSON.parse(fs.readFileSync(path.join(library, 'package.json'), 'utf8')) as {
    version: string;
  };
  console.log(`AG Grid Community ${version}`);
  await build({
    absWorkingDir: __dirname,
    entryPoints: { extension: 'agGrid/extension.mjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    outdir: folder,
    logLevel: 'silent',
  });
  await build({
    absWorkingDir: __dirname,
    entryPoints: { page: 'agGrid/page.mjs' },
    bundle: true,
    platform: 'browser',
    outdir: media,
    logLevel: 'silent',
  });
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({
      name: 'bench-ag-grid',
      displayName: 'AG Grid for the benchmark',
      publisher: 'license-manager',
      version: '0.0.1',
      engines: { vscode: '^1.100.0' },
      main: './extension.js',
      extensionDependencies: ['license-manager.m365-license-manager'],
      contributes: {
        commands: [
          { command: 'benchAgGrid.prepare', title: 'Bench: Prepare AG Grid' },
          { command: 'benchAgGrid.open', title: 'Bench: Open AG Grid' },
        ],
      },
    }),
  );
  const { createVSIX } = await import('@vscode/vsce');
  const vsix = path.join(scratch, 'rival.vsix');
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return vsix;
}

async function compare(users: number, browser: Browser, host: VscodeHost): Promise<void> {
  const workbench = await Workbench.open(browser, host);
  // A mark says when a page has written its rows; this adds one when they have been painted.
  await workbench.context.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) {
        if (!/:(rows|model)$/.test(name)) continue;
        requestAnimationFrame(() => {
          const after = new MessageChannel();
          after.port1.onmessage = () => performance.mark(`${name}:painted`);
          after.port2.postMessage(null);
        });
      }
    }).observe({ type: 'mark' });
  });
  try {
    await workbench.runCommand('Bench: Prepare AG Grid');
    await workbench.notification('AG Grid has').waitFor({ timeout: 120_000 });
    await workbench.clearNotifications();
    row(users, 'Users Roster', await measure(workbench, roster));
    row(users, 'AG Grid Community', await measure(workbench, agGrid));
  } finally {
    await workbench.close();
  }
}

function row(users: number, contestant: string, { open, filter, sort, heap }: Times): void {
  const times = (values: readonly number[]): string =>
    `${median(values).toFixed(0)} (${Math.max(...values).toFixed(0)})`;
  const cells = [times(open), times(filter), times(sort), `${(median(heap) / 1_048_576).toFixed(0)} MB`];
  console.log(`| ${users.toLocaleString('en-US')} | ${contestant} | ${cells.join(' | ')} |`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** How to drive a contestant: marks that begin and end, and what a person would do. */
interface Contestant {
  readonly command: string;
  readonly label: string;
  readonly openMarks: readonly [string, string];
  readonly queryMarks: readonly [string, string];
  readonly filter: (page: Frame, text: string) => Promise<void>;
  readonly sort: (page: Frame, round: number) => Promise<void>;
}

const filters = ['an', 'er', 'ma', 'li', 'ka', 'ar', 'en'];

const roster: Contestant = {
  command: 'M365 Licenses: Open Users Roster',
  label: 'Users',
  openMarks: ['roster:open', 'roster:rows:painted'],
  queryMarks: ['roster:query', 'roster:rows:painted'],
  filter: (page, text) => page.getByRole('search').getByRole('textbox').fill(text),
  sort: (page, round) => {
    const titles = ['Name', 'Licenses', 'Last Activity', 'Days Since', 'Verdict'];
    return page
      .getByRole('grid', { name: 'Users' })
      .getByRole('columnheader', { name: titles[round % titles.length] ?? '', exact: true })
      .click();
  },
};

const agGrid: Contestant = {
  command: 'Bench: Open AG Grid',
  label: 'AG Grid',
  openMarks: ['ag:open', 'ag:rows:painted'],
  queryMarks: ['ag:query', 'ag:model:painted'],
  filter: (page, text) =>
    page.evaluate((quickFilterText) => {
      performance.mark('ag:query');
      benchGrid.setGridOption('quickFilterText', quickFilterText);
    }, text),
  sort: (page, round) =>
    page.evaluate((at) => {
      const fields = ['displayName', 'licenses', 'lastActivityDate', 'daysSinceLastActivity', 'verdict'];
      performance.mark('ag:query');
      benchGrid.applyColumnState({
        state: [{ colId: fields[at % fields.length] ?? '', sort: at < fields.length ? 'asc' : 'desc' }],
        defaultState: { sort: null },
      });
    }, round),
};

/** The part of AG Grid's API that is driven. */
declare const benchGrid: {
  setGridOption(name: string, value: unknown): void;
  applyColumnState(state: object): void;
};

async function measure(workbench: Workbench, contestant: Contestant): Promise<Times> {
  const times: Times = { open: [], filter: [], sort: [], heap: [] };
  for (let round = 0; round < rounds; round += 1) {
    await workbench.closeAllEditors();
    const before = await heapOf(workbench, null);
    await workbench.runCommand(contestant.command);
    const page = await workbench.webview(contestant.label);
    times.open.push(await between(page, contestant.openMarks));
    times.heap.push((await heapOf(workbench, page)) - before);
    await forget(page);
    await contestant.sort(page, round);
    times.sort.push(await between(page, contestant.queryMarks));
    await forget(page);
    await contestant.filter(page, filters[round % filters.length] ?? '');
    times.filter.push(await between(page, contestant.queryMarks));
  }
  return times;
}

/** Milliseconds between the first of one mark and the first of another after it. */
function between(page: Frame, [from, to]: readonly [string, string]): Promise<number> {
  return eventually(`${from} to ${to}`, () =>
    page.evaluate(
      ([first, last]) => {
        const begin = performance.getEntriesByName(first)[0]?.startTime;
        if (begin === undefined) return null;
        const end = performance.getEntriesByName(last).find(({ startTime }) => startTime >= begin);
        return end === undefined ? null : end.startTime - begin;
      },
      [from, to] as const,
    ),
  );
}

async function forget(page: Frame): Promise<void> {
  await page.evaluate(() => performance.clearMarks());
}

/**
 * JavaScript heap in use after collecting garbage. A webview that shares the process of the workbench shares its heap,
 * and the difference to before is its own.
 */
async function heapOf(workbench: Workbench, page: Frame | null): Promise<number> {
  const session = await workbench.context
    .newCDPSession(page ?? workbench.page)
    .catch(() => workbench.context.newCDPSession(workbench.page));
  try {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  } finally {
    await session.detach();
  }
}
