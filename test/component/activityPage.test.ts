import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { describeError } from '../../src/app/host/messages';
import { LicenseError } from '../../src/core/foundation/errors';
import type { ActivityContract } from '../../src/shared/activityContract';
import { ActivityHost, contosoActivity } from './support/activityHost';
import { tenantId } from './support/memoryUsers';
import { texts } from './support/shownTexts';
import { themes, type ThemeName } from './support/themes';
import type { OpenPageOptions, WebviewPage } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';

describe('Activity in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  async function show(
    host: ActivityHost,
    options: Partial<OpenPageOptions<ActivityContract>> = {},
  ): Promise<WebviewPage<ActivityContract>> {
    return openPage<ActivityContract>({
      page: 'activity',
      methods: host.page.methods,
      ...options,
    });
  }

  const announced = (page: Page, text: string): Promise<unknown> =>
    page.waitForFunction((wanted) => document.querySelector('[role=status]')?.textContent === wanted, text);
  const focusedText = (page: Page): Promise<string> =>
    page.evaluate(() => (document.activeElement as HTMLElement).innerText.replace(/\s+/g, ' ').trim());
  const serviceRow = (name: string): string => `section:first-child tbody tr:has(th:text-is("${name}")) > *`;
  const heatRow = (name: string): string => `.heat tbody tr:has(th:text-is("${name}")) > *`;

  it('names beside each of the eleven services what speaks of it and how old that is', async () => {
    const { page } = await show(new ActivityHost());
    assert.equal(await page.locator('.services vscode-checkbox').count(), 11);
    const sources = await texts(page, '.service');
    assert.deepEqual(sources.slice(0, 2), [
      'Exchange Active users report · as of Nov 18, 2026 also mailbox usage report',
      'Outlook Email activity report · as of Nov 10, 2026 · older than a week',
    ]);
    assert.ok(sources.includes('Yammer Active users report · names concealed'));
    assert.ok(sources.includes('Power BI Sign-in log · not imported'));
    const description = await page
      .locator('vscode-checkbox', { hasText: 'Yammer' })
      .getAttribute('aria-describedby');
    assert.equal(await page.textContent(`#${description ?? ''}`), 'Active users report · names concealed');
  });

  it('counts active users by service and period; unknown is not zero', async () => {
    const { page } = await show(new ActivityHost());
    // Teams: 700 + 100 + 40 + 20 + 10 + 10 of 960; ten more people used it who do not hold it.
    assert.deepEqual(await texts(page, serviceRow('Teams')), [
      ...['Teams', '960', '700 73%', '800 83%', '860 90%', '870 91%', '880 92%', '10'],
    ]);
    // A report of 11 days ago says nothing of the last 7 days, and is a minimum for the others.
    assert.deepEqual((await texts(page, serviceRow('Outlook'))).slice(1, 4), [
      '1,000',
      '– unknown',
      '≥ 650 65%',
    ]);
    assert.deepEqual((await texts(page, serviceRow('Yammer'))).slice(1, 4), [
      '960',
      '– unknown',
      '– unknown',
    ]);
    // The sign-in log keeps 30 days.
    assert.deepEqual((await texts(page, serviceRow('Visio'))).slice(1, 5), [
      '25',
      '2 8%',
      '5 20%',
      '≥ 5 20%',
    ]);
    assert.deepEqual((await texts(page, serviceRow('Skype for Business'))).slice(3, 4), ['0 0%']);
    assert.equal(
      await page.textContent('section:first-child .summary'),
      'In the last 30 days, Teams has the most active users: 800 of 960 who hold it. ' +
        'Skype for Business has the fewest: 0 of 960 who hold it. Unknown: Yammer, Power BI.',
    );
  });

  it('draws bars to scale, and none where use is unknown', async () => {
    const { page } = await show(new ActivityHost());
    const width = async (name: string, part: string): Promise<number> =>
      (await page.locator('.bar-row', { hasText: name }).locator(part).boundingBox())?.width ?? 0;
    // Exchange has the most people, 1,000; of Teams' 960 there are 800 active.
    const full = await width('Exchange', '.bar-holders');
    assert(Math.abs((await width('Teams', '.bar-active')) / full - 0.8) < 0.01);
    assert(Math.abs((await width('Teams', '.bar-holders')) / full - 0.96) < 0.01);
    assert.equal(await page.locator('.bar-row', { hasText: 'Yammer' }).locator('.bar-active').count(), 0);
  });

  it('is walked cell by cell in the heat map, and a cell opens its people', async () => {
    const host = new ActivityHost();
    const { page } = await show(host);
    assert.deepEqual(await texts(page, heatRow('Exchange')), [
      'Exchange',
      '600 people 60%',
      '150 people 15%',
      '60 people 6%',
      '30 people 3%',
      '20 people 2%',
      '20 people 2%',
      '100 people 10%',
      '20 people 2%',
      '1,000',
    ]);
    assert.deepEqual((await texts(page, heatRow('Yammer'))).slice(7, 9), ['– not known', '960 people 100%']);
    await page.locator('.heat td[tabindex="0"]').focus();
    assert.equal(await focusedText(page), '600 people 60%');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    assert.equal(await focusedText(page), '80 people 8%');
    assert.equal(await page.locator('.heat td[tabindex="0"]').count(), 1);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press(' ');
    await page.keyboard.press('Control+Home');
    assert.equal(await focusedText(page), '600 people 60%');
    await page.locator('.heat tr', { hasText: 'Visio' }).locator('td').first().click();
    const status = ['enabled', 'disabled', null];
    const column = 'outlookLastActivityDate';
    assert.deepEqual(host.opened, [
      // 31 to 60 days before 21 November.
      { status, holds: ['outlook'], ranges: [{ column, from: '2026-09-22', to: '2026-10-21' }] },
      { status, use: { application: 'outlook', state: 'noUse' } },
      {
        status,
        holds: ['visio'],
        ranges: [{ column: 'visioLastActivityDate', from: '2026-11-14' }],
      },
    ]);
  });

  it('opens nobody from an empty cell', async () => {
    const host = new ActivityHost();
    const { page } = await show(host);
    await page.locator('.heat tr', { hasText: 'Dynamics 365' }).locator('td').first().click();
    await page.keyboard.press('Enter');
    assert.deepEqual(host.opened, []);
  });

  it('shows the services that are chosen, and remembers them', async () => {
    const opened = await show(new ActivityHost());
    const { page } = opened;
    await page.getByRole('button', { name: 'None', exact: true }).click();
    await page.getByText('Choose at least one service.').waitFor();
    await page.locator('vscode-checkbox', { hasText: 'Visio' }).focus();
    await page.keyboard.press(' ');
    await announced(page, '1 service shown.');
    assert.deepEqual(await texts(page, '.heat tbody th'), ['Visio']);
    assert.deepEqual(await texts(page, '.bar-name'), ['Visio']);
    await page.reload();
    await page.waitForSelector('#app:not(.loading)');
    assert.deepEqual(await texts(page, '.heat tbody th'), ['Visio']);
    assert.deepEqual(await opened.state(), {
      tenantId,
      services: ['visio'],
      scope: 'licensed',
      period: 'p30',
      scrollTop: 0,
    });
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await announced(page, '11 services shown.');
    assert.equal((await texts(page, '.heat tbody th')).length, 11);
  });

  it('counts everybody who used a service, and another period, when asked to', async () => {
    const host = new ActivityHost();
    const { page } = await show(host);
    await page.getByRole('combobox', { name: 'Active within' }).click();
    await page.getByRole('option', { name: '90 days', exact: true }).click();
    await announced(page, 'Period changed.');
    assert.match((await page.textContent('.summary')) ?? '', /^In the last 90 days, Teams .* 860 of 960/);
    await page.getByRole('combobox', { name: 'People' }).click();
    await page.getByRole('option', { name: 'Who hold or used it' }).click();
    await announced(page, 'People changed.');
    assert.deepEqual((await texts(page, serviceRow('Teams'))).slice(1, 6), [
      '960',
      '705',
      '808',
      '868',
      '878',
    ]);
    await page.locator(serviceRow('Teams')).nth(2).locator('button').click();
    assert.deepEqual(host.opened, [
      {
        status: ['enabled', 'disabled', null],
        ranges: [{ column: 'teamsLastActivityDate', from: '2026-11-14' }],
      },
    ]);
  });

  it('tells by license who uses what it grants, and leads to the license', async () => {
    const host = new ActivityHost();
    const { page } = await show(host);
    const table = page.getByRole('table', { name: /license type/ });
    const row = table.locator('tr', { hasText: 'Visio Plan 2' });
    assert.equal(await row.locator('td').nth(1).locator('[aria-label="not part of it"]').count(), 1);
    await row.getByRole('button', { name: '5', exact: true }).click();
    assert.deepEqual(host.opened, [
      {
        status: ['enabled', 'disabled', null],
        licenseIds: [`${tenantId}_VISIOCLIENT`],
        ranges: [{ column: 'visioLastActivityDate', from: '2026-10-22' }],
      },
    ]);
    await row.getByRole('button', { name: 'Visio Plan 2' }).click();
    assert.deepEqual(host.openedLicenses, [`${tenantId}_VISIOCLIENT`]);
  });

  it('lists the first departments, then all; one of them opens its people', async () => {
    const host = new ActivityHost();
    const { page } = await show(host);
    const rows = page.getByRole('table', { name: /by department/ }).locator('tbody tr');
    assert.equal(await rows.count(), 12);
    await page.getByRole('button', { name: 'Show 3 more departments' }).click();
    assert.equal(await rows.count(), 15);
    await rows.first().locator('button').first().click();
    assert.deepEqual(host.opened[0]?.columns, { department: null });
  });

  it('exports what is on screen', async () => {
    const host = new ActivityHost();
    const { page } = await show(host);
    await page.locator('vscode-checkbox', { hasText: 'Exchange' }).click();
    await page.getByRole('button', { name: 'Export CSV: Active users' }).click();
    await announced(page, '10 rows exported.');
    assert.equal(host.saved[0]?.name, 'activity-services.csv');
    assert.deepEqual(host.saved[0]?.rows.map((row) => row[0]).slice(0, 3), ['service', 'Outlook', 'Teams']);
    await page.getByRole('button', { name: 'Export CSV: By department' }).click();
    await announced(page, '15 rows exported.');
  });

  it('updates in place: whoever is on a cell stays there', async () => {
    const host = new ActivityHost();
    const opened = await show(host);
    const { page } = opened;
    await page.locator('.heat td[tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    const next = contosoActivity();
    host.activity = {
      ...next,
      services: next.services.map((entry) =>
        entry.service === 'outlook'
          ? { ...entry, counts: { ...entry.counts, licensed: [999, 0, 0, 0, 0, 0, 1, 0] } }
          : entry,
      ),
    };
    opened.host.emit('dataChanged', { generation: 2 });
    await announced(page, 'Data updated.');
    assert.equal(await focusedText(page), '999 people 99%');
  });

  it('says that nothing was imported, or what failed', async () => {
    const host = new ActivityHost({ ...contosoActivity(), people: 0 });
    const failure = new LicenseError('storeFailed', 'The worker stopped.');
    const { page } = await show(host);
    await page.getByRole('heading', { name: 'No users yet' }).waitFor();
    await page.getByText('Import Now').click();
    assert.equal(host.imports, 1);
    host.failure = failure;
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText(describeError(failure)).waitFor();
    host.failure = undefined;
    host.activity = contosoActivity();
    await page.getByText('Retry').click();
    await page.locator('.heat').waitFor();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has no serious accessibility findings (${theme})`, async () => {
      const opened = await show(new ActivityHost(), { theme });
      assert.deepEqual(await opened.accessibilityFindings(), []);
      const empty = await show(new ActivityHost({ ...contosoActivity(), people: 0 }), { theme });
      assert.deepEqual(await empty.accessibilityFindings(), []);
    });
  }

  it('fits a narrow panel with forced colors: only tables scroll', async () => {
    const { page } = await show(new ActivityHost(), { width: 480, forcedColors: true });
    assert.equal(
      await page.evaluate(() => (document.querySelector('#app')?.scrollWidth ?? 0) <= window.innerWidth),
      true,
    );
  });
});
