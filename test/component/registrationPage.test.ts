import assert from 'node:assert/strict';
import { RegistrationPage } from '../../src/app/panels/registrationPage';
import type { RegistrationContract } from '../../src/shared/registrationContract';
import type { ThemeName } from './support/themes';
import type { WebviewPage } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';

describe('Register Your Own App page in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  async function show(
    theme: ThemeName = 'dark',
    state?: object,
  ): Promise<WebviewPage<RegistrationContract> & { readonly done: string[] }> {
    const done: string[] = [];
    const host = new RegistrationPage({
      copy: async (text) => void done.push(`copy ${text}`),
      openLink: async (url) => void done.push(`open ${url}`),
      saveCsv: async () => false,
      register: async () => void done.push('register'),
      addConnection: async () => void done.push('add'),
    });
    const page = await openPage<RegistrationContract>({
      page: 'registration',
      methods: host.methods,
      theme,
      width: 1180,
      height: 1180,
      ...(state !== undefined && { state }),
    });
    return Object.assign(page, { done });
  }

  it('lists the permissions of each task, with what to paste', async () => {
    const { page, done } = await show();
    const rows = await page
      .locator('.permissions tbody tr')
      .evaluateAll((list) =>
        list.map((row) => [
          row.querySelector('code')?.textContent,
          ...[...row.querySelectorAll('td')].slice(1).map((cell) => cell.className),
        ]),
      );
    // Roster, Access, License Information, License Differentiation.
    assert.deepEqual(rows, [
      ['AuditLog.Read.All', 'optional', 'optional', 'muted', 'muted'],
      ['GroupMember.Read.All', 'muted', 'muted', 'muted', 'needed'],
      ['LicenseAssignment.Read.All', 'needed', 'muted', 'needed', 'muted'],
      ['Organization.Read.All', 'muted', 'muted', 'needed', 'muted'],
      ['ReportSettings.Read.All', 'optional', 'optional', 'muted', 'muted'],
      ['Reports.Read.All', 'needed', 'needed', 'muted', 'muted'],
      ['User.Read.All', 'needed', 'muted', 'muted', 'needed'],
    ]);
    await page.getByRole('button', { name: 'Copy Reports.Read.All' }).click();
    await page.getByRole('button', { name: 'Copy http://localhost' }).click();
    await page.getByRole('button', { name: 'Open Portal' }).click();
    await page.getByRole('button', { name: 'Register It for Me…' }).click();
    await page.getByRole('button', { name: 'Add Connection…' }).click();
    await page.getByText('http://localhost copied.').waitFor({ state: 'attached' });
    assert.deepEqual(done, [
      'copy Reports.Read.All',
      'copy http://localhost',
      'open https://entra.microsoft.com',
      'register',
      'add',
    ]);
  });

  it('follows the cloud, and remembers it', async () => {
    const opened = await show();
    const { page, done } = opened;
    await page.selectOption('#cloud', 'china');
    await page.getByText('login.partner.microsoftonline.cn/common/oauth2/nativeclient').waitFor();
    assert.equal(await page.getByText('LicenseAssignment.Read.All').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'cloud');
    await page.getByRole('button', { name: 'Open Portal' }).click();
    await page.waitForTimeout(0);
    assert.deepEqual(done, ['open https://portal.azure.cn']);
    const again = await show('dark', { cloud: 'usGovL4' });
    assert.equal(await again.page.inputValue('#cloud'), 'usGovL4');
    const odd = await show('dark', { cloud: '../x' });
    assert.equal(await odd.page.inputValue('#cloud'), 'global');
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`has no accessibility findings (${theme})`, async () => {
      const opened = await show(theme);
      await opened.page.waitForSelector('.permissions');
      if (process.env['SCREENSHOTS']) {
        await opened.page.screenshot({ path: `${process.env['SCREENSHOTS']}/registration-${theme}.png` });
      }
      assert.deepEqual(await opened.accessibilityFindings(), []);
    });
  }
});
