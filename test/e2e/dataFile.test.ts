import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/browser.mjs';
import { startVscodeHost, type VscodeHost } from '../support/vscodeHost.mjs';
import { workbenchSettings } from '../support/workbenchSettings.mjs';
import { approveDeviceCode } from './pages/sampleSignInPage';
import { Workbench } from './pages/workbench';

const container = 'Microsoft 365 Licenses';
const vsix = path.resolve('out', 'm365-license-manager.vsix');

describe('The data file in trouble, in a real VS Code', function () {
  let scratch: string;
  let host: VscodeHost;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'm365-licenses-e2e-'));
    host = await startVscodeHost({
      dataFolder: path.join(scratch, 'host'),
      vsix: [vsix],
      settings: workbenchSettings,
    });
    browser = await launchChromium();
    workbench = await Workbench.open(browser, host);
    await workbench.openContainer(container);
    await workbench.welcomeButton('Explore a Sample Tenant').click();
    await workbench.answerNotification('The sample tenant is running', 'Sign In');
    await workbench.dialog.waitFor();
    const code = /sign-in code is (\S+)/.exec(await workbench.dialog.innerText())?.[1] ?? '';
    const opened = workbench.context.waitForEvent('page');
    await workbench.dialog.getByRole('button', { name: 'Copy Code and Open Page' }).click();
    await approveDeviceCode(await opened, code);
    await workbench.answerNotification('Signed in to', 'Import Now');
    await imported();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const folder = path.resolve('out', 'e2e-failures');
    mkdirSync(folder, { recursive: true });
    await workbench.page.screenshot({
      path: path.join(folder, `${this.currentTest.title.replace(/\W+/g, '-')}.png`),
    });
  });

  after(async () => {
    await browser?.close();
    await host?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  function storage(): string {
    const [folder] = readdirSync(host.globalStorage).filter((name) => name.includes('m365-license-manager'));
    assert.ok(folder, 'no global storage');
    return path.join(host.globalStorage, folder);
  }

  /** Imports in the file, counted by SQLite's own program. */
  function imports(): number {
    const file = path.join(storage(), 'licenses.sqlite');
    return Number(
      execFileSync('sqlite3', ['-readonly', file, 'SELECT count(*) FROM v_imports'], { encoding: 'utf8' }),
    );
  }

  async function imported(): Promise<void> {
    await workbench
      .notification(/Imported “Sample Contoso”|was imported in part/)
      .waitFor({ timeout: 60_000 });
    await workbench.clearNotifications();
  }

  it('keeps what was read while the file can’t be written, and saves it on “Try Again”', async () => {
    const before = imports();
    // The backup can't be replaced: a folder is in its place.
    const backup = path.join(storage(), 'licenses.sqlite.bak');
    rmSync(backup, { force: true });
    mkdirSync(path.join(backup, 'in the way'), { recursive: true });
    await workbench.tree().runInlineAction('Sample Contoso', 'Import');
    const question = workbench.notification('was read and can’t be saved');
    await question.waitFor({ timeout: 60_000 });
    assert.match(await question.innerText(), /What was read is kept until you answer/);
    assert.equal(imports(), before);
    // Once more in vain: the question comes back.
    await workbench.answerNotification('was read and can’t be saved', 'Try Again');
    await question.waitFor({ timeout: 60_000 });
    rmSync(backup, { recursive: true });
    await workbench.answerNotification('was read and can’t be saved', 'Try Again');
    await imported();
    assert.equal(imports(), before + 1);
  });

  it('explains a damaged file, sets it aside and goes on with the previous state', async () => {
    const before = imports();
    const file = path.join(storage(), 'licenses.sqlite');
    const damaged = readFileSync(file);
    damaged.fill(0x5a, 0, 4096);
    writeFileSync(file, damaged);
    await workbench.reload();
    await workbench.openContainer(container);
    await workbench.tree().row('The data file can’t be read').click();
    await workbench.dialog.waitFor();
    const text = await workbench.dialog.innerText();
    assert.match(text, /The data file is damaged/);
    assert.match(text, /What was found: .+/);
    assert.match(text, /The previous state, from before the last change: licenses\.sqlite\.bak/);
    await workbench.dialog.getByRole('button', { name: 'Go On with the Previous State' }).click();
    await workbench.notification('The previous state is back').waitFor();
    const aside = readdirSync(storage()).filter((name) => /^licenses\.damaged-.*\.sqlite$/.test(name));
    assert.equal(aside.length, 1);
    assert.deepEqual(readFileSync(path.join(storage(), aside[0] ?? '')), damaged);
    assert.equal(imports(), before - 1);
    await workbench.tree().row('Sample Contoso').waitFor();
  });

  it('opens the report of an import from the history', async () => {
    const tree = workbench.tree();
    await tree.expand('Last Import');
    await tree.row(/rows? differ|nothing new/).click();
    await workbench.editorTab(/Import/).waitFor();
    await workbench.page.getByText('Sample Contoso').last().waitFor();
  });
});
