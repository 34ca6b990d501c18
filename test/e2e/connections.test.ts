import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/browser.mjs';
import { startVscodeHost, type VscodeHost } from '../support/vscodeHost.mjs';
import { workbenchSettings } from '../support/workbenchSettings.mjs';
import { eventually } from './pages/patience';
import { Workbench } from './pages/workbench';

const container = 'Microsoft 365 Licenses';
const secret = 'e2e~secret-that-no-page-may-see';

describe('Connections by form, on the packaged VSIX in a real VS Code', function () {
  let scratch: string;
  let host: VscodeHost;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'm365-licenses-e2e-connections-'));
    mkdirSync(path.join(scratch, 'workspace'));
    host = await startVscodeHost({
      dataFolder: path.join(scratch, 'host'),
      vsix: [path.resolve('out', 'm365-license-manager.vsix')],
      settings: workbenchSettings,
    });
    browser = await launchChromium();
    workbench = await Workbench.open(browser, host, { folder: path.join(scratch, 'workspace') });
    // Every message that a document of this window gets from now on, webviews' documents included. A listener would
    // not do: a webview writes its document anew, which removes listeners.
    await workbench.context.addInitScript(() => {
      const seen: string[] = [];
      (globalThis as { messagesSeen?: string[] }).messagesSeen = seen;
      const send = globalThis.postMessage.bind(globalThis) as (...args: unknown[]) => void;
      globalThis.postMessage = (...args: unknown[]) => {
        try {
          seen.push(JSON.stringify(args[0]) ?? '');
        } catch {
          // What can't be written as JSON is a port or a buffer of the workbench.
        }
        send(...args);
      };
    });
    await workbench.openContainer(container);
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const folder = path.resolve('out', 'e2e-failures');
    mkdirSync(folder, { recursive: true });
    await workbench.page.screenshot({ path: path.join(folder, 'connections.png') });
  });

  after(async () => {
    await browser?.close();
    await host?.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  it('adds a connection by the form and shows it in the tree', async () => {
    await workbench.welcomeButton('New Connection').click();
    const form = await workbench.webview('Connection');
    await form.getByRole('textbox', { name: 'Connection name', exact: true }).fill('-no');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await form.getByText('must start with a letter or digit').first().waitFor();
    await form.getByRole('textbox', { name: 'Connection name', exact: true }).fill('Fenwick main');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await form.getByText('Saved', { exact: true }).waitFor();
    await workbench.tree().row('Fenwick main').waitFor();
    await workbench.closeAllEditors();
  });

  it('stores a secret that is asked for outside the page, and explains why the sign-in failed', async () => {
    await workbench.runCommand('M365 Licenses: Explore a Sample Tenant');
    await workbench.tree().row('Sample Contoso').waitFor();
    await workbench.clearNotifications();
    await workbench.runCommand('M365 Licenses: Edit Connection…');
    await workbench.quickInput.choose('Sample Contoso');
    const form = await workbench.webview('Connection');
    await form.getByRole('combobox', { name: 'Authentication flow' }).click();
    await form.getByRole('option', { name: 'Client Credentials' }).click();
    await form.getByRole('button', { name: 'Client secret: Enter…' }).click();
    await workbench.quickInput.waitFor();
    await workbench.quickInput.fill(secret);
    await workbench.quickInput.accept();
    await form.getByText('Entered; stored at the next Save').first().waitFor();
    await form.getByRole('button', { name: 'Save and Sign In' }).click();
    await form.getByText('Stored in the key chain').first().waitFor();
    await form
      .getByText(/AADSTS\d+/)
      .first()
      .waitFor();
  });

  it('shows no page the secret, and keeps it out of every file', async () => {
    const frames = await Promise.all(
      workbench.page
        .frames()
        .map((frame) =>
          frame
            .evaluate(() => (globalThis as { messagesSeen?: string[] }).messagesSeen ?? [])
            .catch((): string[] => []),
        ),
    );
    const messages = frames.flat();
    assert.ok(
      messages.some((message) => message.includes('Sample Contoso')),
      'messages of the form were seen',
    );
    assert.deepEqual(
      messages.filter((message) => message.includes(secret)),
      [],
    );
    for (const entry of readdirSync(scratch, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      assert.ok(!readFileSync(file, 'latin1').includes(secret), `${file} holds the secret`);
    }
    await workbench.closeAllEditors();
  });

  it('removes a connection after asking once', async () => {
    await workbench.runCommand('M365 Licenses: Remove Connection…');
    await workbench.quickInput.choose('Fenwick main');
    await workbench.dialog.getByRole('button', { name: 'Remove With Data' }).click();
    await eventually('the connection to be gone', async () => {
      return (await workbench.tree().row('Fenwick main').count()) === 0 ? true : undefined;
    });
  });

  it('wrote no error to the console of a webview', () => {
    assert.deepEqual(workbench.webviewProblems, []);
  });
});
