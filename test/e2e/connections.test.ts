import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { eventually } from './pages/patience';
import { container, withWorkbench } from './pages/startedWorkbench';
import type { Workbench } from './pages/workbench';

const secret = 'e2e~secret-that-no-page-may-see';

describe('Connections by form, on the packaged VSIX in a real VS Code', function () {
  const started = withWorkbench();
  let workbench: Workbench;

  before(async () => {
    ({ workbench } = started());
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
    for (const entry of readdirSync(started().scratch, { recursive: true, withFileTypes: true })) {
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
