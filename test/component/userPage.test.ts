import assert from 'node:assert/strict';
import { describeError } from '../../src/app/host/messages';
import { LicenseError } from '../../src/core/foundation/errors';
import type { UserContract, UserDetails } from '../../src/shared/userContract';
import { eventually } from '../e2e/pages/patience';
import { madeUpUser } from './support/madeUpUser';
import { tenantId } from './support/memoryUsers';
import { themes, type ThemeName } from './support/themes';
import { UserHost } from './support/userHost';
import type { OpenPageOptions, WebviewPage } from './support/webviewPage';
import { withWebviewPages } from './support/webviewPages';

describe('Page about a user in Chromium', function () {
  this.timeout(60_000);
  const openPage = withWebviewPages();

  async function show(
    host: UserHost,
    options: Partial<OpenPageOptions<UserContract>> = {},
  ): Promise<WebviewPage<UserContract>> {
    return openPage<UserContract>({
      page: 'user',
      methods: host.page.methods,
      ...options,
    });
  }

  it('says who, what is thought of the user and why, and what it costs', async () => {
    const { page } = await show(new UserHost(madeUpUser));
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Grady Archie');
    assert.equal(await page.locator('.user-badge').innerText(), 'Disabled');
    const tiles = await page.locator('.tile').allInnerTexts();
    assert.deepEqual(
      tiles.map((tile) => tile.split('\n').filter(Boolean)),
      [
        ['Verdict', 'Inactive', 'The last use is longer ago than the inactivity period. Confidence: high.'],
        ['Last Use', '172 days ago', 'Jun 2, 2026, by the sources that are fresh.'],
        ['Licenses', '2', '1 in error without a seat.'],
        ['Cost', '≥ €54.70', 'A month; 1 seat without a price.'],
        ['Findings', '2', 'What to act on is below.'],
      ],
    );
  });

  it('shows licenses by path with what is wrong, the seat, the price and the plans that are off', async () => {
    const host = new UserHost(madeUpUser);
    const { page } = await show(host);
    const row = page.getByRole('row', { name: /^Microsoft 365 E5/ });
    const cells = await row.getByRole('cell').allInnerTexts();
    assert.deepEqual(
      cells[0]?.split('\n').map((text) => text.trim()),
      ['Direct', 'Group “All R&D”', 'works, but in error: a plan conflicts with one of another license'],
    );
    assert.deepEqual(cells.slice(1, 4), ['Inactive', 'Jun 2, 2026', '€54.70']);
    await row.getByText('2 plans').click();
    assert.deepEqual(await row.locator('.plans li').allInnerTexts(), [
      'Microsoft Bookings',
      'Yammer Enterprise',
    ]);
    const visio = await page
      .getByRole('row', { name: /^Visio Plan 2/ })
      .getByRole('cell')
      .allInnerTexts();
    assert.match(visio[0] ?? '', /Group g2\s+in error: not enough units/);
    assert.equal(visio[1], 'no seat');
    await row.getByRole('button', { name: 'Microsoft 365 E5' }).click();
    await eventually('the license is opened', async () => host.opened.length === 1);
    assert.deepEqual(host.opened, [`${tenantId}_spe_e5`]);
  });

  it('lists findings, most urgent first, and what changed, newest first', async () => {
    const { page } = await show(new UserHost(madeUpUser));
    assert.deepEqual(await page.locator('.findings h3').allInnerTexts(), [
      'Assignment in error',
      'Not used lately',
    ]);
    assert.deepEqual(await page.locator('.finding-money').allInnerTexts(), ['', '€54.70 a month']);
    assert.deepEqual(await page.locator('.history ul li').allInnerTexts(), [
      'Sign-in was blocked.',
      'Microsoft 365 E5 was given through the group “All R&D”, works, but in error.',
      'Project Plan 3 is no longer given directly.',
    ]);
  });

  it('names the source and its age beside each use, and what is unknown', async () => {
    const { page } = await show(new UserHost(madeUpUser));
    const table = page.getByRole('table', { name: 'Activity by service' });
    assert.deepEqual(
      (await table.getByRole('row').allInnerTexts()).slice(1).map((text) => text.split(/\s*\t\s*/)),
      [
        ['Exchange', 'Jun 2, 2026, 172 days ago', 'Active users report', 'Nov 19, 2026'],
        ['Exchange', 'No use seen', 'Mailbox usage report', 'Nov 19, 2026'],
        ['Visio', 'Nov 20, 2026, yesterday', 'Sign-in log', 'unknown'],
      ],
    );
    const facts = page.locator('.facts').first();
    assert.equal(await facts.getByText('12,345.6 MB').isVisible(), true);
    assert.equal(
      await facts.locator('dd').last().textContent(),
      '–unknown',
      'OneDrive was not in the report',
    );
  });

  it('marks the user as no person, says what was said, and takes the mark away', async () => {
    const host = new UserHost(madeUpUser);
    const opened = await show(host);
    const { page } = opened;
    await page.getByRole('button', { name: 'Not a Person…' }).focus();
    await page.keyboard.press('Enter');
    await eventually('the question', async () => host.marks.length === 1);
    const user: UserDetails['user'] = {
      ...madeUpUser.user,
      verdict: 'notPerson',
      verdictReason: 'markedNotPerson',
      confidence: null,
      markedAs: 'serviceAccount',
      markReason: 'Nightly job.',
      markPattern: 'svc-*',
    };
    host.details = { ...madeUpUser, user };
    opened.host.emit('dataChanged', { generation: 2 });
    const remove = page.getByRole('button', { name: 'Remove Mark' });
    await remove.waitFor();
    assert.deepEqual(await page.locator('.user-badge').allInnerTexts(), ['Disabled', 'Service account']);
    const sentence = 'Marked as not a person (service account), by the pattern svc-*: Nightly job.';
    assert.equal(await page.locator('.tile .tile-note').first().innerText(), sentence);
    assert.equal(await page.locator('dt:text-is("Marked as") + dd').innerText(), sentence);
    await page.keyboard.press('Enter');
    await eventually('the answer', async () => host.marks.length === 2);
    assert.deepEqual(host.marks, [true, false]);
  });

  it('takes newer data without losing the place, and says when the user is gone', async () => {
    const host = new UserHost(madeUpUser);
    const opened = await show(host, { height: 400 });
    const { page } = opened;
    await page.getByRole('button', { name: 'Visio Plan 2' }).first().focus();
    await page.evaluate(() => document.querySelector('#app')?.scrollTo({ top: 150 }));
    host.details = { ...madeUpUser, user: { ...madeUpUser.user, displayName: 'Grady Newname' } };
    opened.host.emit('dataChanged', { generation: 2 });
    await page.getByRole('heading', { name: 'Grady Newname' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Visio Plan 2');
    assert.equal(await page.evaluate(() => document.querySelector('#app')?.scrollTop), 150);
    host.details = null;
    opened.host.emit('dataChanged', { generation: 3 });
    await page.getByRole('heading', { name: 'This user is gone' }).waitFor();
    await page.getByText('Show Users').click();
    await eventually('the roster is opened', async () => host.rosters === 1);
  });

  it('says what failed and tries again', async () => {
    const host = new UserHost(madeUpUser);
    const damaged = new LicenseError('storeDamaged', 'torn', { file: '/data/licenses.sqlite' });
    host.failure = damaged;
    const { page } = await show(host);
    await page.getByText(describeError(damaged)).waitFor();
    host.failure = undefined;
    await page.getByText('Retry').click();
    await page.getByRole('heading', { name: 'Grady Archie' }).waitFor();
  });

  it('is calm about a user of whom nothing is known', async () => {
    const bare: UserDetails = {
      ...madeUpUser,
      user: { userPrincipalName: 'new@contoso.com', userId: 'id-3', tenantId },
      licenses: [],
      spend: [],
      findings: [],
      activity: [],
      history: [],
    };
    const { page } = await show(new UserHost(bare), { width: 480 });
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'new@contoso.com');
    await page.getByText('This user holds no license.').waitFor();
    await page.getByText('What is not seen is unknown, not unused.', { exact: false }).waitFor();
    await page.getByText('No change was seen since the first import.').waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Findings', level: 2 }).count(), 1, 'only the tile');
    assert.equal((await page.locator('body').innerText()).includes('undefined'), false);
  });

  it('is used by keyboard alone', async () => {
    const host = new UserHost(madeUpUser);
    const { page } = await show(host);
    const stops: string[] = [];
    for (let i = 0; i < 13; i++) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(
          () =>
            document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
        ),
      );
      if (stops.at(-1) === '2 plans') await page.keyboard.press('Enter');
    }
    assert.deepEqual(stops.slice(0, 9), [
      'Copy the principal name',
      'Not a Person…',
      'Export CSV',
      'All Users',
      'Licenses, table',
      'Microsoft 365 E5',
      '2 plans',
      'Visio Plan 2',
      'FLOW_FREE',
    ]);
    assert.equal(await page.locator('.plans').first().isVisible(), true);
    await page.getByRole('button', { name: 'Copy the principal name' }).focus();
    await page.keyboard.press('Enter');
    await eventually('copied', async () => host.copied.length === 1);
    assert.deepEqual(host.copied, ['user000003@contoso.onmicrosoft.com']);
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`has no serious accessibility findings (${theme})`, async () => {
      const opened = await show(new UserHost(madeUpUser), { theme, width: 700 });
      await opened.page.getByText('2 plans').click();
      assert.deepEqual(await opened.accessibilityFindings(), []);
    });
  }
});
