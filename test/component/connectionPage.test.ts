import assert from 'node:assert/strict';
import { eventually } from '../e2e/pages/patience';
import type { Page } from 'playwright-core';
import { LicenseError } from '../../src/core/foundation/errors';
import type { Connection } from '../../src/core/model/connection';
import { vaultKeys } from '../../src/core/identity/identity';
import type { ConnectionContract } from '../../src/shared/connectionContract';
import {
  connectionHost,
  connectionOf,
  type ConnectionHost,
  type ConnectionHostOptions,
} from './support/connectionHost';
import type { OpenPageOptions, WebviewPage } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';

const own = '11111111-2222-3333-4444-555555555555';
const byApp: Partial<Connection> = {
  clientId: own,
  tenant: 'contoso.com',
  flow: 'clientCredentials',
  redirectUri: null,
  credential: { kind: 'secret', expiresAt: '2026-12-01T00:00:00.000Z', thumbprint: null },
};

describe('connection form', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  async function open(
    options: ConnectionHostOptions = {},
    page: Partial<OpenPageOptions<ConnectionContract>> = {},
  ): Promise<{ page: Page; host: ConnectionHost; view: WebviewPage<ConnectionContract> }> {
    const host = connectionHost(options);
    const view = await openPage<ConnectionContract>({
      page: 'connection',
      methods: host.page.methods,
      height: 1200,
      ...page,
    });
    view.page.setDefaultTimeout(5_000);
    return { page: view.page, host, view };
  }
  const edit = (changes: Partial<Connection> = {}): ConnectionHostOptions => ({
    connectionId: 'c1',
    existing: [connectionOf(changes)],
  });
  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const choose = async (page: Page, name: string, value: string): Promise<void> => {
    await page.getByRole('combobox', { name }).click();
    await page.getByRole('option', { name: value }).click();
  };
  /** What a screen reader says about a text field besides its name. */
  const described = (page: Page, name: string): Promise<string | null> =>
    field(page, name).getAttribute('aria-description');

  describe('a new connection', () => {
    it('comes filled in as the documents give the multi-tenant app, with the focus on the name', async () => {
      const { page } = await open();
      const values = await Promise.all(
        ['Application (client) ID', 'Token endpoint', 'Authorization endpoint', 'Redirect URI'].map((name) =>
          field(page, name).inputValue(),
        ),
      );
      assert.deepEqual(values, [
        '5bb1a5a2-0d97-4335-9448-119f7b27aff9',
        'https://login.microsoftonline.com/common/oauth2/v2.0/token',
        'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
        'https://login.microsoftonline.com/common/oauth2/nativeclient',
      ]);
      assert.ok(await field(page, 'Application (client) ID').isDisabled());
      await page.keyboard.type('Fenwick');
      assert.equal(await field(page, 'Connection name').inputValue(), 'Fenwick');
    });

    it('is saved once it has a name, and nothing of it stays in the page’s state', async () => {
      const { page, host, view } = await open();
      await field(page, 'Connection name').fill('Fenwick');
      await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('Fenwick'));
      await button(page, 'Save').click();
      await page.getByText('Saved', { exact: true }).waitFor();
      assert.deepEqual(host.asked, ['saved Fenwick']);
      const [connection] = [...host.connections.values()];
      assert.equal(connection?.flow, 'authorizationCode');
      assert.equal(connection?.redirectUri, 'https://login.microsoftonline.com/common/oauth2/nativeclient');
      assert.equal(connection?.tasks.length, 4);
      await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"values":null'));
      const state = (await view.state()) as { connectionId: string };
      assert.equal(state.connectionId, connection?.connectionId);
      await page.getByRole('heading', { name: 'Fenwick', level: 1 }).waitFor();
    });

    it('has days of its own for verdicts, each by itself or as the setting says', async () => {
      const { page, host } = await open(edit({ thresholds: { inactivityDays: 90, graceDays: null } }));
      assert.deepEqual(
        [
          await field(page, 'Inactive after days').inputValue(),
          await field(page, 'New for days').inputValue(),
          await field(page, 'New for days').getAttribute('placeholder'),
        ],
        ['90', '', '21'],
      );
      assert.match((await described(page, 'New for days')) ?? '', /Empty: 21, as the setting says/);
      await field(page, 'New for days').fill('731');
      await page.getByText('Enter a number of days from 1 to 730').waitFor();
      assert.equal(await field(page, 'New for days').getAttribute('aria-invalid'), 'true');
      await button(page, 'Save').click();
      await page.getByText('One field needs your attention').waitFor();
      await button(
        page,
        'New for days: Enter a number of days from 1 to 730, or nothing to follow the setting.',
      ).click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('45');
      await button(page, 'Save').click();
      await page.getByText('Saved', { exact: true }).waitFor();
      assert.deepEqual(host.connections.get('c1')?.thresholds, { inactivityDays: 90, graceDays: 45 });
      await field(page, 'Inactive after days').fill('');
      await field(page, 'New for days').fill('');
      await button(page, 'Save').click();
      await page.getByText('Saved', { exact: true }).waitFor();
      assert.equal(host.connections.get('c1')?.thresholds, null);
    });

    it('takes the days of the connection that it is copied from', async () => {
      const thresholds = { inactivityDays: 90, graceDays: 14 };
      const { page, host } = await open({ copyOf: 'c1', existing: [connectionOf({ thresholds })] });
      assert.equal(await field(page, 'Inactive after days').inputValue(), '90');
      await button(page, 'Save').click();
      await page.getByText('Saved', { exact: true }).waitFor();
      const copy = [...host.connections.values()].find(({ connectionId }) => connectionId !== 'c1');
      assert.deepEqual(copy?.thresholds, thresholds);
    });

    it('says what is missing on top, reads it out, and leads to the field', async () => {
      const { page, host } = await open({ existing: [connectionOf()] });
      await button(page, 'Save').click();
      const summary = page.getByRole('group', { name: 'One field needs your attention' });
      await summary.waitFor();
      assert.ok(await summary.evaluate((element) => element === document.activeElement));
      await summary.getByRole('button').click();
      await page.keyboard.type('fenwick PRODUCTION');
      await page.getByText('Another connection has this name').first().waitFor();
      assert.match((await described(page, 'Connection name')) ?? '', /^Another connection has this name\./);
      assert.equal(await field(page, 'Connection name').getAttribute('aria-invalid'), 'true');
      await field(page, 'Connection name').fill('Other');
      await summary.waitFor({ state: 'hidden' });
      assert.equal(await field(page, 'Connection name').getAttribute('aria-invalid'), null);
      assert.equal(host.connections.size, 1);
    });

    it('is a copy without secrets and sign-in when asked for one', async () => {
      const { page } = await open({
        copyOf: 'c1',
        existing: [connectionOf({ ...byApp, account: own, signedInAt: '2026-11-01T00:00:00Z' })],
      });
      assert.equal(await field(page, 'Connection name').inputValue(), 'Fenwick production copy');
      assert.equal(await field(page, 'Tenant').inputValue(), 'contoso.com');
      await page.getByText('Secrets and sign-ins are not copied').waitFor();
      await page.getByText('The app has not signed in yet').waitFor();
      assert.equal(await page.getByText('Stored in the key chain').count(), 0);
    });
  });

  describe('fields', () => {
    it('are those of the chosen flow', async () => {
      const { page } = await open();
      const shown = async (): Promise<string[]> => {
        const names = ['Authorization endpoint', 'Redirect URI', 'Secret expires on'];
        const visible = await Promise.all(names.map((name) => field(page, name).isVisible()));
        return names.filter((_, index) => visible[index]);
      };
      assert.deepEqual(await shown(), ['Authorization endpoint', 'Redirect URI']);
      await choose(page, 'Authentication flow', 'Device Code');
      await field(page, 'Redirect URI').waitFor({ state: 'hidden' });
      assert.deepEqual(await shown(), []);
      await page.getByRole('radio', { name: 'An app registered in my own tenant' }).click();
      await choose(page, 'Authentication flow', 'Client Credentials');
      await field(page, 'Secret expires on').waitFor();
      assert.deepEqual(await shown(), ['Secret expires on']);
      await page.getByRole('radio', { name: 'A certificate (PEM or PFX)' }).click();
      await button(page, 'Certificate: Browse…').waitFor();
      assert.deepEqual(await shown(), []);
    });

    it('of the proxy are enabled by Use Proxy only', async () => {
      const { page } = await open();
      assert.ok(await field(page, 'Proxy server').isDisabled());
      await page.getByRole('checkbox', { name: 'Use Proxy' }).click();
      await eventually('the proxy server to be enabled', () => field(page, 'Proxy server').isEnabled());
      await field(page, 'Proxy server').fill('proxy.example');
      await page.getByText('Enter the proxy as https://host:port').waitFor();
    });

    it('follow cloud and tenant, and say what does not fit with the way to make it fit', async () => {
      const { page } = await open();
      const token = field(page, 'Token endpoint');
      await field(page, 'Tenant').fill('contoso.com');
      await page.waitForFunction(
        () =>
          document.querySelector('#app')?.textContent !== '' &&
          [...document.querySelectorAll('vscode-text-field')].some((element) =>
            (element as unknown as { value: string }).value.includes('/contoso.com/oauth2/v2.0/token'),
          ),
      );
      await token.fill('https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token');
      await page.getByText('This address belongs to the cloud US Government L4').waitFor();
      await button(page, 'Set the cloud to US Government L4 (GCC High)').click();
      await page.getByText('login.microsoftonline.us, graph.microsoft.us').waitFor();
      await page.getByText('This address belongs to the cloud').waitFor({ state: 'hidden' });
      assert.equal(
        await field(page, 'Authorization endpoint').inputValue(),
        'https://login.microsoftonline.us/contoso.com/oauth2/v2.0/authorize',
      );
      await token.fill('https://login.microsoftonline.us/fabrikam.com/oauth2/v2.0/token');
      await page
        .getByText('This address names the tenant fabrikam.com, the connection contoso.com.')
        .waitFor();
      await button(page, 'Token endpoint: use the usual one').click();
      const usual = 'https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token';
      await eventually('the usual endpoint', async () => (await token.inputValue()) === usual);
      await token.fill('');
      await token.blur();
      await page.waitForFunction(() => {
        const fields = [...document.querySelectorAll<HTMLInputElement>('vscode-text-field')];
        const shown = fields.find((element) => element.getAttribute('aria-label') === 'Token endpoint');
        return shown?.value === 'https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token';
      });
    });

    it('do not let the multi-tenant app sign in as itself, and offer one’s own', async () => {
      const { page } = await open();
      await choose(page, 'Authentication flow', 'Client Credentials');
      await page.getByText('The multi-tenant app signs in with an account.').waitFor();
      await button(page, 'Use an app registered in my own tenant').click();
      await page.waitForFunction(
        () => document.querySelector('vscode-radio[value="own"]')?.getAttribute('aria-checked') === 'true',
      );
      assert.ok(await field(page, 'Application (client) ID').isEnabled());
    });

    it('can all be reached and changed by keyboard', async () => {
      const { page } = await open();
      await field(page, 'Connection name').focus();
      const seen: string[] = [];
      for (let step = 0; step < 40; step += 1) {
        seen.push(
          await page.evaluate(() => {
            let active: Element | null = document.activeElement;
            while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
            // A button’s text is in the light tree of the element around it.
            const host =
              active?.getRootNode() instanceof ShadowRoot ? (active.getRootNode() as ShadowRoot).host : null;
            return (
              active?.getAttribute('aria-label') ||
              active?.textContent?.trim() ||
              host?.textContent?.trim() ||
              ''
            );
          }),
        );
        if (seen.at(-1) === 'Cancel') break;
        await page.keyboard.press('Tab');
      }
      for (const name of [
        'Source type',
        'Cloud',
        'Tenant',
        'Application Roster',
        'Authentication flow',
        'Token endpoint',
        'Generate the refresh token: sign in with an account',
        'Use Proxy',
        'Save',
        'Cancel',
      ]) {
        assert.ok(seen.includes(name), `${name} in ${seen.join(', ')}`);
      }
      await page.getByRole('combobox', { name: 'Cloud' }).focus();
      for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
      await field(page, 'Sign-in service').waitFor();
      await page.getByRole('checkbox', { name: 'Use Proxy' }).focus();
      await page.keyboard.press('Space');
      await eventually('the proxy server to be enabled', () => field(page, 'Proxy server').isEnabled());
    });
  });

  describe('secrets', () => {
    const secret = 'Zx8~never-in-a-page';

    it('are asked for outside of the page and never get near it', async () => {
      const { page, host, view } = await open({ ...edit(byApp), askSecret: async () => secret });
      await page.evaluate(() => {
        const target = window as unknown as { seen: string };
        target.seen = '';
        window.addEventListener('message', ({ data }) => (target.seen += JSON.stringify(data)));
      });
      await button(page, 'Client secret: Enter…').click();
      await page.getByText('Entered; stored at the next Save').first().waitFor();
      await button(page, 'Save').click();
      await page.getByText('Stored in the key chain').waitFor();
      assert.equal(host.secrets.get(vaultKeys.clientSecret('c1')), secret);
      const places = await page.evaluate(() => [
        (window as unknown as { seen: string }).seen,
        document.documentElement.outerHTML,
      ]);
      assert.ok(places[0]?.includes('result'));
      for (const text of [
        ...places,
        JSON.stringify(await view.state()),
        JSON.stringify([...host.connections]),
      ]) {
        assert.ok(!text.includes(secret));
      }
    });

    it('are wanted again where they would go to another app', async () => {
      const { page, host } = await open(edit(byApp));
      host.secrets.set(vaultKeys.clientSecret('c1'), secret);
      await field(page, 'Tenant').fill('fabrikam.com');
      await page.getByText('Stored in the key chain').waitFor();
      await field(page, 'Application (client) ID').fill('22222222-2222-3333-4444-555555555555');
      await page.getByText('Stored in the key chain').waitFor({ state: 'hidden' });
      await button(page, 'Save').click();
      await page.getByText('Client secret: Client credentials need the client secret.').waitFor();
      assert.equal(host.secrets.get(vaultKeys.clientSecret('c1')), secret);
    });

    it('of a certificate show what it is and when it ends', async () => {
      const { page, host } = await open({
        ...edit(byApp),
        pickCertificate: async () => ({
          certificate: { certificatePem: 'CERT', privateKeyPem: 'KEY' },
          subject: 'CN=fenwick-import',
          thumbprint: '0123456789abcdef'.repeat(4),
          expiresAt: '2027-05-04T03:02:01.000Z',
        }),
      });
      await page.getByRole('radio', { name: 'A certificate (PEM or PFX)' }).click();
      await button(page, 'Certificate: Browse…').click();
      await page
        .getByText('CN=fenwick-import · expires May 4, 2027 · SHA-256 0123456789abcdef…')
        .first()
        .waitFor();
      await button(page, 'Save').click();
      await page.getByText('Saved', { exact: true }).waitFor();
      assert.deepEqual(host.connections.get('c1')?.credential, {
        kind: 'certificate',
        expiresAt: '2027-05-04T03:02:01.000Z',
        thumbprint: '0123456789abcdef'.repeat(4),
      });
      assert.equal(
        host.secrets.get(vaultKeys.clientCertificate('c1')),
        JSON.stringify({ certificatePem: 'CERT', privateKeyPem: 'KEY' }),
      );
    });
  });

  describe('Generate…', () => {
    const signedIn: Partial<Connection> = {
      account: 'lena@fenwick.example',
      tenantId: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
      signedInAt: '2026-11-21T11:00:00.000Z',
      refreshedAt: '2026-11-21T11:00:00.000Z',
      scopes: ['Directory.Read.All', 'Reports.Read.All'],
      roles: [],
    };

    it('saves first, then shows who signed in, where and with which scopes', async () => {
      const { page, host } = await open({
        signIn: async (connectionId) => {
          const saved = host.connections.get(connectionId);
          assert.ok(saved);
          host.connections.set(connectionId, { ...saved, ...signedIn });
        },
      });
      await field(page, 'Connection name').fill('Fenwick');
      await button(page, 'Generate the refresh token: sign in with an account').click();
      const section = page.getByRole('region', { name: 'Refresh token' });
      await section.getByText('lena@fenwick.example').waitFor();
      const text = await section.innerText();
      for (const part of [
        'aaaabbbb-0000-cccc-1111-dddd2222eeee',
        'Reports.Read.All',
        'Last refreshed',
        '2027-02-19',
      ]) {
        assert.ok(text.includes(part), `${part} in ${text}`);
      }
      assert.deepEqual(host.asked, ['saved Fenwick']);
    });

    it('can be cancelled, and says nothing about it', async () => {
      let aborted = false;
      const { page } = await open({
        ...edit(),
        signIn: (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted = true;
              reject(new Error('gone'));
            });
          }),
      });
      await button(page, 'Generate the refresh token: sign in with an account').click();
      await page.getByText('Waiting for you to sign in…').waitFor();
      assert.ok(
        await button(page, 'Cancel Sign-In').evaluate((element) => element.matches(':focus-within, :focus')),
      );
      await button(page, 'Cancel Sign-In').click();
      await page.getByText('Waiting for you to sign in…').waitFor({ state: 'hidden' });
      assert.equal(await page.getByRole('alert').count(), 0);
      assert.ok(aborted);
    });

    it('says why it was refused', async () => {
      const { page } = await open({
        ...edit(),
        signIn: async () => {
          throw new LicenseError('conditionalAccess', 'Blocked.', { errorCode: 'AADSTS53003' });
        },
      });
      await button(page, 'Generate the refresh token: sign in with an account').click();

      await page
        .getByRole('alert')
        .getByText(/Conditional Access.*AADSTS53003/)
        .waitFor();
    });

    it('warns of what is missing and of what ends soon', async () => {
      const { page } = await open(
        edit({ ...signedIn, refreshedAt: '2026-09-03T08:00:00.000Z', scopes: ['Directory.Read.All'] }),
      );
      await page.getByText('Some tasks need more than was granted: Reports.Read.All.').waitFor();
      await page.getByText('Refresh token expires, unless used, 2026-12-02 (in 10 days)').waitFor();
    });

    it('is told of a sign-in made elsewhere', async () => {
      const { page, host, view } = await open(edit());
      await page.getByText('No refresh token yet.').waitFor();
      host.connections.set('c1', connectionOf(signedIn));
      const facts = await host.page.signInFacts();
      assert.ok(facts);
      view.host.emit('signInChanged', facts);
      await page.getByText('lena@fenwick.example').waitFor();
    });
  });

  describe('unsaved changes', () => {
    it('survive a reload of the window', async () => {
      const { page } = await open(edit());
      await field(page, 'Tenant').fill('contoso.com');
      await page.getByText('Unsaved changes').waitFor();
      await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('contoso.com'));
      await page.reload();
      await page.waitForSelector('#app:not(.loading)');
      assert.equal(await field(page, 'Tenant').inputValue(), 'contoso.com');
      await page.getByText('Unsaved changes').waitFor();
    });

    it('are asked about before the form closes, and only they', async () => {
      const { page, host } = await open(edit());
      await button(page, 'Close').click();
      await field(page, 'Tenant').fill('contoso.com');
      await button(page, 'Cancel').click();
      await page.waitForTimeout(0);
      assert.deepEqual(host.asked, ['close', 'discard', 'close']);
    });

    it('that make no sense to this version are left out', async () => {
      const { page } = await open(edit(), {
        state: { connectionId: 'c1', copyOf: null, values: { cloud: 'mars', tenant: 5, flow: 'deviceCode' } },
      });
      await field(page, 'Redirect URI').waitFor({ state: 'hidden' });
      assert.equal(await field(page, 'Tenant').inputValue(), '');
      await page.getByText('login.microsoftonline.com, graph.microsoft.com').waitFor();
    });
  });

  it('shows a deprecated connection to be read, and converts it', async () => {
    const { page, host } = await open({
      ...edit({ sourceType: 'office365Deprecated' }),
      convert: async () => void host.connections.set('c1', connectionOf()),
    });
    await page.getByText('deprecated source type Microsoft Office 365').waitFor();
    assert.ok(await field(page, 'Connection name').isDisabled());
    assert.equal(
      await page.getByRole('checkbox', { name: 'Application Roster' }).getAttribute('aria-disabled'),
      'true',
    );
    await button(page, 'Convert to Microsoft 365').click();
    await page.getByText('deprecated source type').waitFor({ state: 'hidden' });
    assert.ok(await field(page, 'Connection name').isEnabled());
  });

  it('says that the connection has been removed meanwhile', async () => {
    const { page, host } = await open(edit());
    host.connections.clear();
    await field(page, 'Tenant').fill('contoso.com');
    await page.getByRole('alert').getByText('This connection has been removed.').waitFor();
  });

  describe('looks', () => {
    const certificate: Partial<Connection> = {
      ...byApp,
      cloud: 'custom',
      endpoints: { login: 'https://login.example', graph: 'https://graph.example' },
      credential: { kind: 'certificate', expiresAt: '2027-01-01T00:00:00.000Z', thumbprint: 'ab'.repeat(32) },
      proxy: { server: 'http://proxy:3128', username: 'kim' },
    };
    const cases: [string, ConnectionHostOptions][] = [
      [
        'authorization code',
        edit({ account: 'lena@fenwick.example', signedInAt: '2026-11-01T00:00:00Z', scopes: [] }),
      ],
      ['device code', edit({ flow: 'deviceCode', redirectUri: null })],
      ['client credentials by secret', edit(byApp)],
      ['client credentials by certificate in a custom cloud', edit(certificate)],
      ['deprecated', edit({ sourceType: 'office365Deprecated' })],
    ];
    for (const theme of ['dark', 'light', 'highContrast'] as const) {
      for (const [name, options] of cases) {
        it(`are accessible in the theme ${theme}: ${name}`, async () => {
          const { view, page } = await open(options, { theme });
          if (name !== 'deprecated') {
            await field(page, 'Connection name').fill('_wrong');
            await page.getByText('must start with a letter or digit').waitFor();
          }
          assert.deepEqual(await view.accessibilityFindings(), []);
        });
      }
    }

    it('fit into 500 pixels', async () => {
      for (const [, options] of cases) {
        const { page } = await open(options, { width: 500 });
        assert.ok(
          await page.evaluate(() =>
            [...document.querySelectorAll('#form-scroll, #form-scroll *')].every(
              (element) => element.getBoundingClientRect().right <= window.innerWidth + 0.5,
            ),
          ),
        );
      }
    });
  });
});
