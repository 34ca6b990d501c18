import assert from 'node:assert/strict';
import { describeError } from '../../src/app/host/messages';
import { LicenseError } from '../../src/core/foundation/errors';
import type { RosterContract, RosterState } from '../../src/shared/rosterContract';
import { defaultColumns } from '../../webview/roster/rosterViews';
import { makeUser, makeUsers, tenantId } from './support/memoryUsers';
import { RosterHost } from './support/rosterHost';
import { themes, type ThemeName } from './support/themes';
import type { OpenPageOptions, WebviewPage } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';
import { eventually } from '../e2e/pages/patience';

const many = makeUsers(100_000);
const lastRow = '[aria-rowindex="100001"]';

describe('Users Roster in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  async function show(
    host: RosterHost,
    options: Partial<OpenPageOptions<RosterContract>> = {},
  ): Promise<WebviewPage<RosterContract>> {
    return openPage<RosterContract>({
      page: 'roster',
      methods: host.page.methods,
      ...options,
    });
  }

  const cell = (row: number, column: number): string =>
    `.grid-row:not(.placeholder)[aria-rowindex="${row + 2}"] [aria-colindex="${column + 1}"]`;
  const upn = (i: number): string => String(makeUser(i).userPrincipalName);

  it('opens 100,000 users as a window of some rows and jumps to the last', async () => {
    const host = new RosterHost(many);
    const { page } = await show(host);
    assert.equal(await page.textContent(cell(0, 0)), upn(0));
    assert.equal(await page.textContent('.count'), '100,000 users');
    assert.equal(await page.getAttribute('[role=grid]', 'aria-rowcount'), '100001');
    assert((await page.locator('[role=row]').count()) < 80, 'only what fits is in the document');

    await page.focus(cell(0, 0));
    await page.keyboard.press('Control+End');
    await page.waitForSelector(`${lastRow}:not(.placeholder)`);
    assert.equal(await page.textContent(`${lastRow} [aria-colindex="1"]`), upn(99_999));
    assert.equal(await page.evaluate(() => document.activeElement?.parentElement?.ariaRowIndex), '100001');
    assert(
      host.views.windows.every(({ count }) => count <= 100),
      'rows come in small windows',
    );
  });

  it('scrolls through everything without asking for everything', async () => {
    const host = new RosterHost(many);
    host.views.rowDelay = 20;
    const { page } = await show(host);
    await page.waitForSelector(cell(0, 0));
    const before = host.views.windows.length;
    await page.evaluate(async () => {
      const grid = document.querySelector('.grid');
      if (grid === null) throw new Error('no grid');
      for (let step = 1; step <= 60; step++) {
        grid.scrollTop = (grid.scrollHeight / 60) * step;
        await new Promise((done) => requestAnimationFrame(done));
      }
    });
    await page.waitForSelector(`${lastRow}:not(.placeholder)`);
    const asked = host.views.windows.length - before;
    assert(asked < 60, `windows that were scrolled past were given up (${asked} were answered)`);
    assert.equal(await page.locator('.placeholder').count(), 0);
  });

  it('keeps the focus on its row while that is scrolled out of sight', async () => {
    const { page } = await show(new RosterHost(many));
    await page.click(cell(3, 1));
    await page.evaluate(() => document.querySelector('.grid')?.scrollTo({ top: 500_000 }));
    await page.waitForSelector(cell(20_840, 0));
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector(cell(4, 1));
    assert.equal(await page.evaluate(() => document.activeElement?.parentElement?.ariaRowIndex), '6');
  });

  it('filters by what is typed, once, and says how many are left', async () => {
    const host = new RosterHost(many);
    const { page } = await show(host);
    const field = page.getByRole('textbox', { name: 'Filter users' });
    await field.pressSequentially('user00001');
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '10 of 100,000 users');
    await eventually('the last of the ten', async () => (await page.textContent(cell(9, 0))) === upn(19));
    assert.equal(await page.textContent('[role=status]'), '10 of 100,000 users.');
    assert.deepEqual(
      host.views.opened.map((spec) => spec.filter?.text),
      [undefined, 'user00001'],
      'one query for all the typing',
    );

    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '100,000 users');
    assert.equal(await field.inputValue(), '');
  });

  it('sorts from the keyboard, both ways', async () => {
    const host = new RosterHost(many);
    const { page } = await show(host);
    await page.focus(cell(0, 0));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (last) =>
        document.querySelector('[aria-rowindex="2"] [aria-colindex="1"]')?.textContent?.startsWith(last),
      upn(99_999),
    );
    assert.equal(
      await page.getAttribute('[role=columnheader][aria-colindex="1"]', 'aria-sort'),
      'descending',
    );
    assert.deepEqual(host.views.opened.at(-1)?.sort, [{ column: 'userPrincipalName', descending: true }]);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    await page.waitForSelector('[role=columnheader][aria-colindex="2"][aria-sort=ascending]');
    assert.equal(await page.locator('[aria-sort]').count(), 1);
    assert.deepEqual(host.views.opened.at(-1)?.sort, [{ column: 'displayName', descending: false }]);
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'gridcell');
  });

  it('selects by keyboard and mouse and copies stored values', async () => {
    const host = new RosterHost(many);
    const { page } = await show(host);
    await page.click(cell(1, 3));
    await page.keyboard.press('Shift+ArrowDown');
    await page.click(cell(5, 0), { modifiers: ['Control'] });
    assert.equal(await page.locator('[aria-selected=true]').count(), 3);
    await page.keyboard.press('Control+c');
    await page.waitForFunction(
      () => document.querySelector('[role=status]')?.textContent === '3 rows copied.',
    );
    const rows = host.copied[0]?.split('\r\n').map((line) => line.split('\t'));
    assert.deepEqual(
      rows?.map((row) => [row[0], row[3], row[18]]),
      [1, 2, 5].map((i) => [upn(i), makeUser(i).lastActivityDate ?? '', '2023-04-05T06:07:08Z']),
    );
    await page.keyboard.press('Control+a');
    assert.equal(await page.textContent('[role=status]'), '100000 rows selected');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[aria-selected=true]').count(), 0);
  });

  it('exports exactly the filter and order on screen', async () => {
    const host = new RosterHost(makeUsers(50));
    const { page } = await show(host, {
      beforeLoad: (server) =>
        server.emit('navigate', { text: 'e5', licenseIds: ['t_e5'], columns: { isGuest: 0 } }),
    });
    await page.click('[role=columnheader][aria-colindex="2"]');
    await page.waitForSelector('[role=columnheader][aria-colindex="2"][aria-sort=ascending]');
    const spec = {
      report: 'roster',
      tenantId,
      filter: { text: 'e5', licenseIds: ['t_e5'], columns: { isGuest: 0 } },
      sort: [{ column: 'displayName', descending: false }],
    };
    for (const item of ['As Shown', 'All Columns']) {
      await page.getByRole('button', { name: 'Export CSV' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.waitForFunction(
        () => document.querySelector('[role=status]')?.textContent === '1 user exported.',
      );
    }
    assert.deepEqual(host.exported, [{ ...spec, columns: [...defaultColumns] }, spec]);
  });

  it('shows a license filter as a chip that can be taken away', async () => {
    const host = new RosterHost(makeUsers(50));
    const opened = await show(host, {
      beforeLoad: (server) => server.emit('navigate', { licenseIds: ['t_e5'] }),
    });
    const { page } = opened;
    assert.equal(await page.textContent('.chip-label'), 'License: Microsoft 365 E5');
    assert.equal(await page.textContent('.count'), '10 of 50 users');
    await page.getByRole('button', { name: 'Remove the filter License: Microsoft 365 E5' }).click();
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '50 users');
    opened.host.emit('navigate', { licenseIds: ['t_e5'] });
    await page.waitForSelector('.chip');
    assert.equal(host.views.openCount, 1, 'one view is open, whatever happened before');
  });

  it('keeps scroll, focus and selection with their rows when the data changes', async () => {
    const host = new RosterHost(makeUsers(1000));
    const opened = await show(host);
    const { page } = opened;
    await page.click(cell(5, 1));
    await page.evaluate(() => document.querySelector('.grid')?.scrollTo({ top: 48 }));
    // A user before the others appears: everyone moves down by one.
    host.views.rows = [
      { ...makeUser(0), userPrincipalName: 'aaron@contoso.com', userId: 'new' },
      ...host.views.rows,
    ];
    opened.host.emit('dataChanged', { generation: 2 });
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '1,001 users');
    await page.waitForSelector('[aria-rowindex="8"][aria-selected=true]');
    assert.equal(await page.locator('[aria-selected=true]').count(), 1);
    assert.equal(await page.textContent('[aria-selected=true] [aria-colindex="1"]'), upn(5));
    assert.equal(await page.evaluate(() => document.activeElement?.parentElement?.ariaRowIndex), '8');
    assert.equal(await page.evaluate(() => document.querySelector('.grid')?.scrollTop), 48);
    assert.match((await page.textContent('[role=status]')) ?? '', /^Data updated\. 1,001 users\.$/);
  });

  it('clears a selection whose rows are gone rather than moving it to others', async () => {
    const host = new RosterHost(makeUsers(100));
    const opened = await show(host);
    await opened.page.click(cell(5, 1));
    host.views.rows = host.views.rows.filter((row) => row['userId'] !== 'id-5');
    opened.host.emit('dataChanged', { generation: 2 });
    await opened.page.waitForFunction(() =>
      document.querySelector('[role=status]')?.textContent?.startsWith('The selection was cleared'),
    );
    assert.equal(await opened.page.locator('[aria-selected=true]').count(), 0);
  });

  it('comes back after a window reload as it was', async () => {
    const host = new RosterHost(many);
    const state: RosterState = {
      tenantId,
      query: { filter: {}, sort: { column: 'userPrincipalName', descending: true } },
      columns: defaultColumns,
      view: null,
      widths: { userPrincipalName: 321 },
      scrollTop: 24_000,
      scrollLeft: 0,
      focused: { row: 1003, column: 1 },
    };
    const opened = await show(host, { state });
    const { page } = opened;
    await page.waitForSelector(cell(1003, 1));
    assert.equal(await page.textContent(cell(1003, 0)), upn(99_999 - 1003));
    assert.equal(await page.evaluate(() => document.querySelector('.grid')?.scrollTop), 24_000);
    assert.equal((await page.locator(cell(1003, 0)).boundingBox())?.width, 321);
    await page.getByRole('button', { name: 'Columns' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.parentElement?.ariaRowIndex), '1005');
    await page.evaluate(() => document.querySelector('.grid')?.scrollTo({ top: 2400 }));
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"scrollTop":2400'));
    await page.reload();
    await page.waitForSelector(cell(101, 0));
    assert.equal(await page.evaluate(() => document.querySelector('.grid')?.scrollTop), 2400);
  });

  it('resizes columns by dragging and by keyboard', async () => {
    const opened = await show(new RosterHost(makeUsers(20)));
    const { page } = opened;
    const width = async (): Promise<number | undefined> =>
      (await page.locator(cell(0, 1)).boundingBox())?.width;
    const handle = await page.locator('[role=columnheader][aria-colindex="2"] .head-resizer').boundingBox();
    assert(handle);
    const x = handle.x + handle.width / 2;
    await page.mouse.move(x, handle.y + 5);
    await page.mouse.down();
    await page.mouse.move(x + 40, handle.y + 5, { steps: 4 });
    await page.mouse.up();
    assert.equal(await width(), 210);
    await page.focus('[role=columnheader][aria-colindex="2"]');
    await page.keyboard.press('Shift+ArrowLeft');
    assert.equal(await width(), 194);
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"displayName":194'));
    assert.equal(
      await page.locator('[aria-sort]').getAttribute('aria-colindex'),
      '1',
      'dragging does not sort',
    );
  });

  it('filters by facets with counts, by keyboard alone', async () => {
    const host = new RosterHost(makeUsers(60));
    const { page } = await show(host);
    await page.getByRole('button', { name: 'Department' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Filter by Department' });
    await dialog.getByText('Sales').waitFor();
    // 60 users in turn in Sales, R&D and none.
    assert.deepEqual(await dialog.locator('.facet-value').allInnerTexts(), [
      'Sales\n20',
      'R&D\n20',
      'Not set\n20',
    ]);
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '20 of 60 users');
    assert.deepEqual(
      await dialog.locator('.facet-count').allInnerTexts(),
      ['20', '20', '20'],
      'what else could be chosen keeps its count',
    );
    await page.keyboard.press('ArrowUp'); // from the first to the last
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '40 of 60 users');
    assert.deepEqual(host.views.opened.at(-1)?.filter, { columns: { department: ['Sales', null] } });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Department (2)');
    assert.equal(await page.textContent('.chip-label'), 'Department: Sales or Not set');
    await page.getByRole('button', { name: 'Remove the filter Department: Sales or Not set' }).click();
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '60 users');
  });

  it('finds a value among many, and shows which are chosen though nobody has them', async () => {
    const rows = makeUsers(40).map((row, i) => ({ ...row, department: `Department ${i % 20}` }));
    const { page } = await show(new RosterHost(rows), {
      beforeLoad: (server) => server.emit('navigate', { columns: { department: ['Gone'] } }),
    });
    await page.getByRole('heading', { name: 'No user matches' }).waitFor();
    await page.getByRole('button', { name: 'Department (1)' }).click();
    const find = page.getByRole('searchbox', { name: 'Find a value of Department' });
    await find.fill('gone');
    assert.equal(await page.locator('.facet-value').count(), 1);
    assert.equal(await page.getByRole('checkbox', { name: 'Gone' }).isChecked(), true);
    await find.fill('department 7');
    await page.getByRole('checkbox', { name: 'Department 7' }).check();
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '2 of 40 users');
  });

  it('chooses and orders columns by keyboard, and keeps them', async () => {
    const host = new RosterHost(makeUsers(30));
    const { page } = await show(host);
    await page.click(cell(2, 1));
    const titles = (): Promise<string[]> => page.locator('.head-label').allInnerTexts();
    await page.getByRole('button', { name: 'Columns' }).focus();
    await page.keyboard.press('Enter');
    const box = (name: string) => page.getByRole('checkbox', { name, exact: true });
    assert.equal(await box('User Principal Name').isDisabled(), true, 'says whose row it is');
    await box('Name').focus();
    await page.keyboard.press('Alt+ArrowDown');
    assert.deepEqual((await titles()).slice(0, 3), ['User Principal Name', 'Licenses', 'Name']);
    assert.equal(await page.textContent('[role=status]'), 'Name: place 3 of 48.');
    await page.keyboard.press('Space');
    assert.equal((await titles()).includes('Name'), false);
    await box('Teams').check();
    assert.equal((await titles()).at(-1), 'Teams');
    await page.waitForFunction(() =>
      document.querySelector('[aria-rowindex="3"]')?.textContent?.includes('Nov 15'),
    );
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[aria-selected=true]').count(), 1, 'the selection stays');
    assert.equal(await page.getAttribute('[role=grid]', 'aria-colcount'), '19');
    await page.waitForFunction(() => sessionStorage.getItem('state')?.includes('teamsLastActivityDate'));
    await page.reload();
    await page.waitForSelector(cell(0, 0));
    assert.deepEqual([(await titles())[1], (await titles()).at(-1)], ['Licenses', 'Teams']);
    assert.equal(await page.locator('.view-button').innerText(), 'All Users (changed)');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('button', { name: 'Reset' }).click();
    assert.deepEqual((await titles()).slice(0, 3), ['User Principal Name', 'Name', 'Licenses']);
  });

  it('moves a column by dragging', async () => {
    const { page } = await show(new RosterHost(makeUsers(5)));
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.dragAndDrop('li[data-column=verdict]', 'li[data-column=displayName]');
    assert.deepEqual((await page.locator('.head-label').allInnerTexts()).slice(0, 3), [
      'User Principal Name',
      'Verdict',
      'Name',
    ]);
  });

  it('shows views, keeps one under a name, and forgets it', async () => {
    const host = new RosterHost(makeUsers(60));
    const { page } = await show(host);
    const choose = async (name: string): Promise<void> => {
      await page.locator('.view-button').click();
      await page.getByRole('menu', { name: 'Views' }).getByText(name).click();
    };
    await choose('Guests with License');
    await page.waitForSelector('.chip');
    assert.deepEqual(host.views.opened.at(-1)?.filter, { columns: { isGuest: [1] }, licensed: true });
    assert.equal(await page.locator('.view-button').innerText(), 'Guests with License');
    await page.click('[role=columnheader][aria-colindex="2"]');
    await page.waitForSelector('[role=columnheader][aria-colindex="2"][aria-sort=ascending]');
    assert.equal(await page.locator('.view-button').innerText(), 'Guests with License (changed)');
    await choose('Save View …');
    await page.waitForFunction(() => document.querySelector('.view-button')?.textContent === 'My people');
    assert.deepEqual(
      host.saved.map(({ name, query }) => [name, query.sort.column]),
      [['My people', 'displayName']],
    );
    await choose('All Users');
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '60 users');
    await choose('My people');
    await page.waitForSelector('[role=columnheader][aria-colindex="2"][aria-sort=ascending]');
    await choose('Delete “My people”');
    await eventually('the view is forgotten', async () => host.saved.length === 0);
  });

  it('says how many are selected, copies them with headers, and opens a user', async () => {
    const host = new RosterHost(makeUsers(60));
    const { page } = await show(host);
    await page.click(cell(1, 0));
    assert.equal(await page.locator('.selected-count').innerText(), '1 selected');
    await page.click(cell(4, 0), { modifiers: ['Shift'] });
    await page.click(cell(2, 0), { modifiers: ['Control'] });
    assert.equal(await page.locator('.selected-count').innerText(), '3 selected');
    await page.getByRole('button', { name: 'Copy with Headers' }).click();
    await eventually('copied', async () => host.copied.length === 1);
    const lines = host.copied[0]?.split('\r\n') ?? [];
    assert.equal(lines[0]?.split('\t').slice(0, 3).join('|'), 'User Principal Name|Name|Licenses');
    assert.deepEqual(
      lines.slice(1).map((line) => line.split('\t')[0]),
      [1, 3, 4].map(upn),
    );
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    assert.equal(await page.locator('.selection-bar').isVisible(), false);
    await page.click(cell(5, 1));
    await page.keyboard.press('Enter');
    await page.dblclick(cell(7, 2));
    await eventually('both are opened', async () => host.openedUsers.length === 2);
    assert.deepEqual(host.openedUsers, [`${tenantId} id-5`, `${tenantId} id-7`]);
  });

  it('marks the selected users as no persons, and takes marks away', async () => {
    const host = new RosterHost(makeUsers(40));
    const { page } = await show(host);
    const bar = page.locator('.selection-bar');
    assert.equal(await bar.isVisible(), false);
    await page.click(cell(1, 1));
    assert.equal(await bar.locator('.selected-count').textContent(), '1 selected');
    await page.click(cell(3, 1), { modifiers: ['Shift'] });
    await page.click(cell(7, 1), { modifiers: ['Control'] });
    await bar.getByRole('button', { name: 'Not a Person…' }).click();
    await eventually('the question', async () => host.marked.length === 1);
    assert.deepEqual(host.marked[0], [true, ['id-1', 'id-2', 'id-3', 'id-7']]);
    await bar.getByRole('button', { name: 'Remove Mark' }).press('Enter');
    await eventually('the answer', async () => host.marked.length === 2);
    assert.deepEqual(host.marked[1], [false, ['id-1', 'id-2', 'id-3', 'id-7']]);
  });

  it('shows who was marked, and why', async () => {
    const host = new RosterHost(makeUsers(40));
    const { page } = await show(host);
    await page.click('.view-button');
    await page.getByRole('menuitemradio', { name: 'Not a Person' }).click();
    // Every eighth made-up user is no person; of those every second is marked.
    await page.waitForFunction(() => document.querySelector('.count')?.textContent === '5 of 40 users');
    const texts = await page.locator(`${cell(0, 0).split(' ')[0] ?? ''} [role=gridcell]`).allInnerTexts();
    assert.equal(texts[0], upn(7));
    assert.deepEqual(texts.slice(4, 6), ['Service account', 'Nightly job']);
  });

  it('measures from its opening to its rows', async () => {
    const { page } = await show(new RosterHost(makeUsers(100)));
    const marks = (name: string): Promise<number> =>
      page.evaluate((mark) => performance.getEntriesByName(mark).length, name);
    await page.waitForSelector(cell(0, 0));
    assert.deepEqual(
      [await marks('roster:open'), await marks('roster:query'), await marks('roster:rows')],
      [1, 1, 1],
    );
    await page.click('[role=columnheader][aria-colindex="2"]');
    await eventually('the rows of the new order', async () => (await marks('roster:rows')) === 2);
    assert.equal(await marks('roster:query'), 2);
  });

  it('says that nothing was imported, and offers to', async () => {
    const host = new RosterHost([]);
    const { page } = await show(host);
    await page.getByRole('heading', { name: 'No users yet' }).waitFor();
    await page.getByText('Import Now').click();
    assert.equal(host.imports, 1);
  });

  it('says that nobody matches, and clears the filter', async () => {
    const { page } = await show(new RosterHost(makeUsers(30)));
    await page.getByRole('textbox', { name: 'Filter users' }).fill('nobody at all');
    await page.getByRole('heading', { name: 'No user matches' }).waitFor();
    await page.getByText('Clear Filter').click();
    await page.waitForSelector(cell(0, 0));
    assert.equal(await page.textContent('.count'), '30 users');
  });

  it('says what failed and tries again', async () => {
    const host = new RosterHost(makeUsers(30));
    const damaged = new LicenseError('storeDamaged', 'torn', { file: '/data/licenses.sqlite' });
    host.views.failure = damaged;
    const { page } = await show(host);
    await page.getByText(describeError(damaged)).waitFor();
    host.views.failure = undefined;
    await page.getByText('Retry').click();
    await page.waitForSelector(cell(0, 0));

    host.views.failure = new LicenseError('storeFailed', 'The worker stopped.');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.locator('.notice').getByText('The worker stopped.').waitFor();
    assert.equal(await page.textContent(cell(0, 0)), upn(0), 'what was there stays');
    host.views.failure = undefined;
    await page.getByText('Retry').click();
    await page.locator('.notice').waitFor({ state: 'hidden' });
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has no serious accessibility findings in any state (${theme})`, async () => {
      const host = new RosterHost(makeUsers(500));
      const opened = await show(host, {
        theme,
        beforeLoad: (server) =>
          server.emit('navigate', { text: 'user', licenseIds: ['t_e5'], licensed: true }),
      });
      const { page } = opened;
      await page.click(cell(2, 1));
      await page.keyboard.press('Shift+ArrowDown');
      assert.deepEqual(await opened.accessibilityFindings(), [], 'rows, selection and chips');
      for (const name of ['Verdict', 'Columns', 'All Users', 'Export CSV']) {
        await page.getByRole('button', { name }).first().click();
        await page.waitForSelector(':popover-open :is(label, .menu-item)');
        assert.deepEqual(await opened.accessibilityFindings('.popover:popover-open'), [], name);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('textbox', { name: 'Filter users' }).fill('zzz');
      await page.getByRole('heading', { name: 'No user matches' }).waitFor();
      assert.deepEqual(await opened.accessibilityFindings(), [], 'nothing found');
      host.views.failure = new LicenseError('storeFailed', 'The worker stopped.');
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page.getByRole('heading', { name: 'The users could not be loaded' }).waitFor();
      assert.deepEqual(await opened.accessibilityFindings(), [], 'failure');
    });
  }

  it('works in a narrow panel and with forced colors', async () => {
    const opened = await show(new RosterHost(makeUsers(500)), { width: 600, forcedColors: true });
    await opened.page.click(cell(2, 0));
    await opened.page.keyboard.press('End');
    await opened.page.waitForSelector(cell(2, 18));
    const box = await opened.page.locator(cell(2, 18)).boundingBox();
    assert(box !== null && box.x + box.width <= 600, 'the focused cell is in view');
    assert.deepEqual(await opened.accessibilityFindings(), []);
  });
});
