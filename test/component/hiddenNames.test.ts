import assert from 'node:assert/strict';
import type { RpcMethods } from '../../src/app/panels/rpcServer';
import type { RpcContract } from '../../src/shared/rpc';
import { ActivityHost } from './support/activityHost';
import { LicenseHost } from './support/licenseHost';
import { madeUpUser } from './support/madeUpUser';
import { makeUsers } from './support/memoryUsers';
import { ReconciliationHost } from './support/reconciliationHost';
import { RosterHost } from './support/rosterHost';
import { themes, type ThemeName } from './support/themes';
import { UserHost } from './support/userHost';
import type { OpenPageOptions } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';

describe('The badge of hidden names in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  async function badges<C extends RpcContract>(
    page: OpenPageOptions<C>['page'],
    methods: RpcMethods<C>,
    options: { readonly theme?: ThemeName } = {},
  ): Promise<void> {
    const shown = await openPage<C>({
      page,
      methods,
      namesHidden: true,
      ...(options.theme !== undefined && { theme: options.theme }),
    });
    const badge = shown.page.locator('.page-head .names-badge');
    assert.deepEqual(await badge.allInnerTexts(), ['Names hidden'], page);
    assert(await badge.isVisible());
    assert.deepEqual(await shown.accessibilityFindings('.page-head'), [], page);
    // Newer data may make the head anew.
    await shown.page.evaluate(
      "document.querySelector('.page-head').replaceChildren(document.createElement('h1'))",
    );
    await badge.waitFor();
    assert.equal(await badge.count(), 1);
  }

  it('stands in the head of every page with people on it', async () => {
    await badges('roster', new RosterHost(makeUsers(50)).page.methods);
    await badges('reconciliation', (await ReconciliationHost.create()).page.methods);
    await badges('user', new UserHost(madeUpUser).page.methods);
    await badges('license', new LicenseHost().page.methods);
    await badges('activity', new ActivityHost().page.methods);
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`can be read in the theme ${theme}`, async () => {
      await badges('roster', new RosterHost(makeUsers(50)).page.methods, { theme });
    });
  }

  it('is not there while names are shown', async () => {
    const shown = await openPage({
      page: 'roster',
      methods: new RosterHost(makeUsers(50)).page.methods,
    });
    assert.equal(await shown.page.locator('.names-badge').count(), 0);
  });
});
