import assert from 'node:assert/strict';
import { DoctorPage } from '../../src/app/panels/doctorPage';
import { LicenseError } from '../../src/core/foundation/errors';
import type { CheckRow, DoctorContract, DoctorReport } from '../../src/shared/doctorContract';
import type { ThemeName } from './support/themes';
import { TableShelf } from './support/tableShelf';
import type { WebviewPage } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';

const consentUrl =
  'https://login.microsoftonline.com/7f3c/v2.0/adminconsent?client_id=11111111-2222-4333-8444-555555555555&scope=x';

const fine: CheckRow = {
  task: 'applicationRoster',
  reads: 'Users and their licenses',
  endpoint: 'GET /v1.0/users',
  permission: 'User.Read.All',
  permissionKind: 'delegated',
  granted: true,
  grantedBy: 'Directory.Read.All',
  role: null,
  optional: false,
  verdict: 'ok',
  action: 'Nothing to do: “Directory.Read.All” includes this permission.',
  consentUrl: null,
  support: '',
};
const missing: CheckRow = {
  ...fine,
  reads: 'Report of mailboxes',
  endpoint: "GET /v1.0/reports/getMailboxUsageDetail(period='D7')",
  permission: 'Reports.Read.All',
  granted: false,
  grantedBy: null,
  role: 'Reports Reader',
  verdict: 'missingScope',
  action:
    'Let an Application Administrator, Cloud Application Administrator or Privileged Role Administrator grant the delegated permission “Reports.Read.All” with the consent link, then sign in again.',
  consentUrl,
  support: 'S2SUnauthorized, request id 5b2f0c1e-0d43-4d1f-9d7e-0f5a6b7c8d9e',
};
const premium: CheckRow = {
  ...fine,
  task: 'applicationAccess',
  reads: 'Sign-in log',
  endpoint: 'GET /v1.0/auditLogs/signIns',
  permission: 'AuditLog.Read.All',
  grantedBy: null,
  role: 'Reports Reader',
  optional: true,
  verdict: 'noPremiumLicense',
  action:
    'The tenant has no Microsoft Entra ID P1 or P2 license, which Microsoft demands for this. Nothing else depends on it; activity then comes from usage reports alone.',
  support: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
};
const role: CheckRow = {
  ...missing,
  reads: 'Report of OneDrive use',
  endpoint: "GET /v1.0/reports/getOneDriveUsageAccountDetail(period='D7')",
  granted: true,
  verdict: 'missingRole',
  action:
    'Let a Privileged Role Administrator assign the directory role Reports Reader to megan.bowen@contoso.example, then sign in again.',
  consentUrl: null,
};

function reportOf(rows: readonly CheckRow[]): DoctorReport {
  return {
    connectionId: 'c1',
    connectionName: 'Contoso',
    account: 'megan.bowen@contoso.example',
    tenantId: '7f3c9a52-8c1b-4f0a-9f5e-2b6f5a1c0e11',
    clientId: '11111111-2222-4333-8444-555555555555',
    cloud: 'Global (also GCC)',
    permissions: ['Directory.Read.All', 'AuditLog.Read.All'],
    consentUrl,
    testedAt: '2026-11-20T09:41:00.000Z',
    rows,
  };
}

const bad = reportOf([missing, role, premium, fine]);
const good = reportOf([fine, { ...fine, task: 'licenseDifferentiation' }]);

describe('Test Connection page in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  interface World {
    readonly copied: string[];
    readonly shelf: TableShelf;
    readonly opened: string[];
    tests: (() => Promise<DoctorReport>)[];
    signsIn: boolean;
  }

  async function show(
    tests: World['tests'],
    theme: ThemeName = 'dark',
    width = 1280,
  ): Promise<WebviewPage<DoctorContract> & { readonly world: World }> {
    const world: World = { copied: [], shelf: new TableShelf(), opened: [], tests, signsIn: true };
    const host = new DoctorPage({
      connectionId: 'c1',
      test: () => (world.tests.length > 1 ? world.tests.shift() : world.tests[0])?.() ?? assert.fail(),
      signIn: async () => world.signsIn,
      copy: async (text) => void world.copied.push(text),
      saveCsv: world.shelf.saveCsv,
      openLink: async (url) => void world.opened.push(url),
    });
    const page = await openPage<DoctorContract>({
      page: 'doctor',
      methods: host.methods,
      theme,
      width,
      height: 860,
    });
    return Object.assign(page, { world });
  }

  it('shows the table worst first, with what to do, and remembers its connection', async () => {
    const opened = await show([async () => bad]);
    const { page } = opened;
    await page.waitForSelector('.checks');
    assert.equal(await page.textContent('h1'), 'Test of “Contoso”');
    assert.equal(await page.textContent('.summary p'), '2 of 4 checks need attention, 1 more is optional.');
    assert.deepEqual(await page.locator('.verdict-word').allTextContents(), [
      'Permission missing',
      'Directory role missing',
      'No premium license',
      'OK',
    ]);
    assert.deepEqual(await page.locator('.granted').allTextContents(), [
      'delegated, not granted',
      'delegated, granted',
      'delegated, granted, optional',
      'delegated, included in Directory.Read.All',
    ]);
    assert.equal(await page.textContent('.support'), missing.support);
    assert.deepEqual(await opened.state(), { connectionId: 'c1' });
    const announced = page.getByRole('status').filter({ hasText: '2 of 4 checks need attention' });
    await announced.waitFor({ state: 'attached' });
  });

  it('copies permission names, the link and the report, and opens only links of the report', async () => {
    const { page, world, host } = await show([async () => bad]);
    await page.getByRole('button', { name: 'Copy Reports.Read.All' }).first().click();
    await page.getByRole('button', { name: 'Copy Consent Link' }).click();
    await page.getByRole('button', { name: 'Open consent page for Reports.Read.All' }).click();
    await page.getByRole('button', { name: 'Copy Report', exact: true }).click();
    await page.getByText('The report copied.').waitFor({ state: 'attached' });
    assert.deepEqual(world.copied.slice(0, 2), ['Reports.Read.All', consentUrl]);
    assert.deepEqual(world.opened, [consentUrl]);
    const lines = world.copied[2]?.split('\n') ?? [];
    assert.equal(lines[0], 'Test of Contoso');
    assert.equal(lines[9]?.split('\t')[4], 'Reports.Read.All');
    assert.equal(host.isReady, true);
  });

  it('exports the checks with all that is known of them', async () => {
    const { page, world } = await show([async () => bad]);
    await page.waitForSelector('.checks');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await page.getByText('4 checks exported.').waitFor({ state: 'attached' });
    const [written] = world.shelf.written;
    assert.equal(written?.file, 'test-connection.csv');
    const [header = [], first = []] = written?.rows ?? [];
    const cell = (name: string): unknown => first[header.indexOf(name)];
    assert.equal(written?.rows.length, 5);
    assert.deepEqual(['verdict', 'permission', 'granted', 'grantedBy', 'consentUrl'].map(cell), [
      ...['missingScope', 'Reports.Read.All', false, null, consentUrl],
    ]);
  });

  it('tests again by itself after a sign-in, and by the button', async () => {
    const { page } = await show([async () => bad, async () => good]);
    await page.waitForSelector('.consent-box');
    await page.getByRole('button', { name: 'Sign In…' }).click();
    await page.getByText('All 2 checks passed').first().waitFor();
    assert.equal(await page.locator('.consent-box').count(), 0);
    await page.getByRole('button', { name: 'Test Again' }).click();
    await page.waitForSelector('.checks');
  });

  it('says why a connection could not be tested, and keeps what was known', async () => {
    const refuse = (): Promise<DoctorReport> =>
      Promise.reject(new LicenseError('notFound', 'There is no such connection.'));
    const { page } = await show([refuse, async () => good, refuse]);
    await page.getByText('There is no such connection.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.waitForSelector('.checks');
    await page.getByRole('button', { name: 'Test Again' }).click();
    await page.waitForSelector('.notice:not([hidden])');
    assert.equal(await page.locator('.checks').count(), 1);
  });

  for (const theme of ['dark', 'light', 'highContrast', 'highContrastLight'] as const) {
    it(`has no accessibility findings (${theme})`, async () => {
      const opened = await show([async () => bad], theme);
      await opened.page.waitForSelector('.checks');
      if (process.env['SCREENSHOTS']) {
        await opened.page.screenshot({ path: `${process.env['SCREENSHOTS']}/doctor-${theme}.png` });
      }
      assert.deepEqual(await opened.accessibilityFindings(), []);
    });
  }

  it('fits a narrow panel', async () => {
    const { page } = await show([async () => bad], 'light', 520);
    await page.waitForSelector('.checks');
    if (process.env['SCREENSHOTS']) {
      await page.screenshot({ path: `${process.env['SCREENSHOTS']}/doctor-narrow.png` });
    }
    const wide = await page.evaluate(() => {
      const root = document.getElementById('app');
      return root === null ? NaN : root.scrollWidth - root.clientWidth;
    });
    assert.equal(wide, 0, 'only the table scrolls sideways');
  });
});
