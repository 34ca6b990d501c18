import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../support/browser.mjs';
import { startVscodeHost, type VscodeHost } from '../../support/vscodeHost.mjs';
import { workbenchSettings } from '../../support/workbenchSettings.mjs';
import { approveDeviceCode } from './sampleSignInPage';
import { Workbench } from './workbench';

/** The container of the product's views in the activity bar. */
export const container = 'Microsoft 365 Licenses';

/** A cell as SQLite's own program writes it. */
export type SqliteRow = Record<string, string | number | null>;

/** A VS Code with the packaged product in it, in a window of Chromium. */
export class StartedWorkbench {
  constructor(
    readonly browser: Browser,
    readonly host: VscodeHost,
    readonly workbench: Workbench,
    /** A folder that goes with the workbench. */
    readonly scratch: string,
    /** The folder that is open in the window. */
    readonly workspace: string,
  ) {}

  /** Where the product keeps its files. */
  get storage(): string {
    const { globalStorage } = this.host;
    const [folder] = readdirSync(globalStorage).filter((name) => name.includes('m365-license-manager'));
    assert.ok(folder, 'no global storage');
    return path.join(globalStorage, folder);
  }

  /** Reads the product's file with SQLite's own program, which knows nothing of the product. */
  sqlite(sql: string): SqliteRow[] {
    const file = path.join(this.storage, 'licenses.sqlite');
    const text = execFileSync('sqlite3', ['-readonly', '-json', file, sql], { encoding: 'utf8' });
    return text.trim() === '' ? [] : (JSON.parse(text) as SqliteRow[]);
  }
}

/** Gives the surrounding `describe` a VS Code of its own; a test that fails leaves a picture of the window. */
export function withWorkbench(): () => StartedWorkbench {
  let scratch: string | undefined;
  let host: VscodeHost | undefined;
  let browser: Browser | undefined;
  let started: StartedWorkbench | undefined;

  before(async () => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'm365-licenses-e2e-'));
    const workspace = path.join(scratch, 'workspace');
    mkdirSync(workspace);
    host = await startVscodeHost({
      dataFolder: path.join(scratch, 'host'),
      vsix: [path.resolve('out', 'm365-license-manager.vsix')],
      settings: workbenchSettings,
    });
    browser = await launchChromium();
    const workbench = await Workbench.open(browser, host, { folder: workspace });
    started = new StartedWorkbench(browser, host, workbench, scratch, workspace);
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed' || started === undefined) return;
    const folder = path.resolve('out', 'e2e-failures');
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${this.currentTest.title.replace(/\W+/g, '-')}.png`);
    await started.workbench.page.screenshot({ path: file });
    console.log(`      screenshot: ${file}`);
  });

  after(async () => {
    await browser?.close();
    await host?.stop();
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  return () => {
    assert.ok(started, 'the workbench is started before the tests');
    return started;
  };
}

/** Signs in to the sample tenant by device code, in the dialog that is open. */
export async function signInByDeviceCode(workbench: Workbench): Promise<void> {
  await workbench.dialog.waitFor();
  const text = await workbench.dialog.innerText();
  const code = /sign-in code is (\S+)/.exec(text)?.[1];
  assert.ok(code, text);
  const opened = workbench.context.waitForEvent('page');
  await workbench.dialog.getByRole('button', { name: 'Copy Code and Open Page' }).click();
  await approveDeviceCode(await opened, code);
}

/** Waits until the sample tenant was imported, and clears what was said of it. */
async function sampleImported(workbench: Workbench): Promise<void> {
  await workbench.notification(/Imported “Sample Contoso”|was imported in part/).waitFor({ timeout: 60_000 });
  await workbench.clearNotifications();
}

/** Starts the sample tenant from the welcome view, signs in and imports it. The tree has settled then. */
export async function importSampleTenant(workbench: Workbench): Promise<void> {
  await workbench.openContainer(container);
  await workbench.welcomeButton('Explore a Sample Tenant').click();
  await workbench.answerNotification('The sample tenant is running', 'Sign In');
  await signInByDeviceCode(workbench);
  await workbench.answerNotification('Signed in to', 'Import Now');
  await sampleImported(workbench);
  await workbench.tree().row('Last Import').waitFor();
}
