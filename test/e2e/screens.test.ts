import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { KeyboardPerson } from './pages/keyboardPerson';
import { eventually } from './pages/patience';
import { importSampleTenant, withWorkbench } from './pages/startedWorkbench';
import type { Workbench } from './pages/workbench';

/** A theme's name in the list of themes, and the class that it gives to a webview. */
const themes = [
  ['Dark Modern', 'vscode-dark'],
  ['Light Modern', 'vscode-light'],
  ['Dark High Contrast', 'vscode-high-contrast'],
] as const;

describe('Every screen, in a real VS Code', function () {
  const started = withWorkbench();
  let workbench: Workbench;
  let workspace: string;
  let person: KeyboardPerson;

  before(async () => {
    ({ workbench, workspace } = started());
    person = new KeyboardPerson(workbench);
    await importSampleTenant(workbench);
  });

  describe('with the keyboard alone', () => {
    it('goes from the tree to the Reconciliation', async () => {
      await person.command('Focus on Tenants View');
      await person.goToTreeRow(/^Contoso/);
      await person.press('Shift+F10');
      const item = workbench.page.locator('.monaco-menu .action-item.focused');
      await eventually('the action', async () => {
        if ((await item.count()) > 0 && (await item.first().innerText()).includes('Open Reconciliation'))
          return true;
        await person.press('ArrowDown');
        return false;
      });
      await person.press('Enter');
      await person.opened('Reconciliation');
    });

    it('opens a license to its findings, and a finding to its users', async () => {
      const page = await person.opened('Reconciliation');
      await person.goTo(page, { selector: '[role=tab]' });
      await person.goTo(page, { name: /^Licenses/ }, 'ArrowRight');
      await page.locator('.grid-body [role=row]', { hasText: 'Microsoft 365 E3' }).waitFor();
      await person.goTo(page, { selector: '.grid-body [role=gridcell], .grid-body [role=row]' });
      await person.press('Control+Home');
      const row = () => focusedRow(page);
      await walk(row, 'Microsoft 365 E3', () => person.press('ArrowDown'));
      await person.press('ArrowRight');
      await walk(row, 'Never', () => person.press('ArrowDown'));
      const [expected] = started().sqlite(`SELECT count(DISTINCT userId) AS users FROM v_findings
        WHERE kind = 'neverActive' AND skuPartNumber = 'SPE_E3'`);
      await person.press('Enter');
      const roster = await person.opened('Users');
      await eventually('the users concerned', async () =>
        ((await roster.locator('.toolbar .count').textContent()) ?? '').startsWith(String(expected?.users)),
      );
    });

    it('goes from a user of the roster to the user’s page, and on to a license', async () => {
      const roster = await person.opened('Users');
      await roster.locator('.grid-body [role=row]:not(.placeholder)').first().waitFor();
      await person.goTo(roster, { selector: '.grid-body [role=gridcell], .grid-body [role=row]' });
      await person.press('Control+Home', 'ArrowDown', 'Enter');
      const user = await person.opened('User');
      await person.goTo(user, { name: /Microsoft 365 E3/ });
      await person.press('Enter');
      const license = await person.opened('License');
      await license.getByRole('heading', { name: 'Microsoft 365 E3', level: 1 }).waitFor();
    });

    it('enters a purchase, which changes the numbers', async () => {
      const license = await person.opened('License');
      await person.goTo(license, { name: 'Add Purchase' });
      await person.press('Enter');
      for (const [field, text] of [
        ['Quantity', '100'],
        ['Amount', '36.00'],
        ['Currency', 'EUR'],
        ['Effective date', '2026-01-01'],
      ] as const) {
        const selector = `[aria-label="${field}"]`;
        await person.goTo(license, { selector });
        // A letter typed while the page answers the one before can be lost: then once more.
        await eventually(`${text} in ${field}`, async () => {
          await person.press('Control+a');
          await person.type(text);
          return license.evaluate(
            ([where, wanted]) => document.querySelector<HTMLInputElement>(where ?? '')?.value === wanted,
            [selector, text],
          );
        });
      }
      await person.goTo(license, { name: 'Save Purchase' });
      await person.press('Enter');
      await eventually(
        'the purchase',
        async () => started().sqlite('SELECT * FROM v_purchases').length === 1,
      );
      assert.deepEqual(
        started().sqlite(
          'SELECT quantity, amountMinor, currency, effectiveDate, endingDate FROM v_purchases',
        ),
        [
          {
            quantity: 100,
            amountMinor: 3600,
            currency: 'EUR',
            effectiveDate: '2026-01-01',
            endingDate: null,
          },
        ],
      );
      const [saved] = started().sqlite(
        "SELECT unitMonthlyMinor FROM v_licenses WHERE skuPartNumber = 'SPE_E3'",
      );
      assert.ok(Number(saved?.unitMonthlyMinor) > 0);
    });

    it('walks the heat map of Activity and opens the people of a cell', async () => {
      await person.command('M365 Licenses: Open Activity');
      const activity = await person.opened('Activity');
      await activity.locator('.heat td[tabindex="0"]').waitFor();
      await person.goTo(activity, { selector: '.heat td' });
      await person.press('ArrowDown', 'ArrowRight', 'Home', 'Enter');
      await person.opened('Users');
    });

    it('exports the users and the report', async () => {
      const roster = await person.opened('Users');
      await roster.locator('.grid-body [role=row]:not(.placeholder)').first().waitFor();
      await person.goTo(roster, { name: 'Export CSV' });
      await person.press('Enter');
      await person.goTo(roster, { name: /^All Columns/ }, 'ArrowDown', 5);
      await person.press('Enter');
      const csv = path.join(workspace, 'users.csv');
      await saveAs(csv);
      assert.match(readFileSync(csv, 'utf8'), /^tenantId,userId,userPrincipalName,/);
      await person.command('M365 Licenses: Open Reconciliation');
      const page = await person.opened('Reconciliation');
      await person.goTo(page, { name: 'Export Report' });
      await person.press('Enter');
      const html = path.join(workspace, 'report.html');
      await saveAs(html);
      assert.match(readFileSync(html, 'utf8'), /^<!DOCTYPE html>/i);
    });
  });

  /** Answers the workbench's own dialog by typing a path. */
  async function saveAs(file: string): Promise<void> {
    const { quickInput } = workbench;
    await quickInput.waitFor();
    // The dialog writes its proposal when it has read the folder, over what is there.
    await eventually('the proposed file', async () =>
      /\.(csv|html)$/.test(await quickInput.input.inputValue()),
    );
    await eventually('the path', async () => {
      await person.press('Control+a');
      await person.paste(file);
      return (await quickInput.input.inputValue()) === file;
    });
    await person.press('Enter');
    await quickInput.closed();
    await eventually('the file', async () => existsSync(file));
  }

  describe('for everybody', () => {
    /** Opens each screen; the workbench gives the keyboard to what opens. */
    const screens: readonly { readonly name: string; readonly open: () => Promise<Frame> }[] = [
      ...['Overview', 'Licenses', 'Findings', 'Spend'].map((tab) => ({
        name: `Reconciliation, ${tab}`,
        open: async (): Promise<Frame> => {
          await workbench.runCommand('M365 Licenses: Open Reconciliation');
          const page = await workbench.webview('Reconciliation');
          await page.getByRole('tab', { name: tab }).click();
          await page.locator('#panel').waitFor();
          return page;
        },
      })),
      {
        name: 'Users Roster',
        open: async () => {
          await workbench.runCommand('M365 Licenses: Open Users Roster');
          const page = await workbench.webview('Users');
          await page.locator('.grid-body [role=row]:not(.placeholder)').first().waitFor();
          return page;
        },
      },
      {
        name: 'user',
        open: async () => {
          await workbench.runCommand('M365 Licenses: Open User…');
          await workbench.quickInput.fill('arjun');
          await workbench.page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
          await workbench.quickInput.accept();
          return workbench.webview('User');
        },
      },
      {
        name: 'license',
        open: async () => {
          await workbench.runCommand('M365 Licenses: Open License…');
          await workbench.quickInput.fill('SPE_E3');
          await workbench.quickInput.accept();
          return workbench.webview('License');
        },
      },
      {
        name: 'Activity',
        open: async () => {
          await workbench.runCommand('M365 Licenses: Open Activity');
          const page = await workbench.webview('Activity');
          await page.locator('.heat td').first().waitFor();
          return page;
        },
      },
      {
        name: 'connection form',
        open: async () => {
          await workbench.runCommand('M365 Licenses: New Connection…');
          return workbench.webview('Connection');
        },
      },
      {
        name: 'Test Connection',
        open: async () => {
          await workbench.runCommand('M365 Licenses: Test Connection');
          const page = await workbench.webview('Test Connection');
          await page.getByRole('table').first().waitFor();
          return page;
        },
      },
      {
        name: 'Register Your Own App',
        open: async () => {
          await workbench.runCommand('M365 Licenses: Register Your Own App');
          return workbench.webview('Register Your Own App');
        },
      },
    ];

    for (const [theme, bodyClass] of themes) {
      it(`has no serious finding of axe on any screen in ${theme}`, async () => {
        await workbench.closeAllEditors();
        await workbench.runCommand('Preferences: Color Theme');
        await workbench.quickInput.fill(theme);
        await workbench.page
          .locator('.quick-input-widget .monaco-list-row.focused')
          .filter({ hasText: theme })
          .waitFor();
        await workbench.quickInput.accept();
        await workbench.quickInput.closed();
        const found: string[] = [];
        for (const { name, open } of screens) {
          const page = await open();
          await eventually(`the theme ${theme}`, () =>
            page.evaluate((wanted) => document.body.classList.contains(wanted), bodyClass),
          );
          for (const problem of await axeProblems(page)) found.push(`${name}: ${problem}`);
          await workbench.runCommand('View: Close Editor');
        }
        assert.deepEqual(found, []);
      });
    }

    it('wrote nothing to the console that a policy or a script complains of', () => {
      assert.deepEqual(workbench.webviewProblems, []);
    });
  });
});

/** Serious and critical findings of axe, with what they are about. */
async function axeProblems(page: Frame): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const tool = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await tool.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html.slice(0, 160))
            .slice(0, 3)
            .join(' ')}`,
      );
  });
}

/** The name of the row that has the focus in a grid. */
async function focusedRow(page: Frame): Promise<string> {
  return page.evaluate(() => {
    const row = document.activeElement?.closest('[role=row]');
    return (row?.querySelector('[role=gridcell]') as HTMLElement | null)?.innerText.trim() ?? '';
  });
}

/** Presses until what has the focus says this. */
async function walk(where: () => Promise<string>, text: string, press: () => Promise<void>): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    const now = await where();
    if (now.includes(text)) return;
    passed.push(now);
    await press();
  }
  throw new Error(`Nothing says “${text}”: ${passed.join(' → ')}`);
}
