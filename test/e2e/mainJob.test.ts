import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'csv-parse/sync';
import { eventually } from './pages/patience';
import { RosterPage } from './pages/rosterPage';
import { container, signInByDeviceCode, withWorkbench } from './pages/startedWorkbench';
import type { Workbench } from './pages/workbench';

describe('The main job, on the packaged VSIX in a real VS Code', function () {
  const started = withWorkbench();
  let workbench: Workbench;
  let workspace: string;

  before(() => {
    ({ workbench, workspace } = started());
  });

  it('shows its icon in the activity bar and a welcome view', async () => {
    await workbench.openContainer(container);
    await workbench.welcomeButton('New Connection').waitFor();
    await workbench.welcomeButton('Explore a Sample Tenant').waitFor();
  });

  it('starts the sample tenant from the welcome view', async () => {
    await workbench.welcomeButton('Explore a Sample Tenant').click();
    await workbench.tree().row('Sample Contoso').waitFor();
    await workbench.notification('The sample tenant is running').waitFor();
  });

  it('signs in by device code', async () => {
    await workbench.answerNotification('The sample tenant is running', 'Sign In');
    await signInByDeviceCode(workbench);
    await workbench.notification('Signed in to').waitFor();
  });

  it('imports', async () => {
    await workbench.answerNotification('Signed in to', 'Import Now');
    await workbench
      .notification(/Imported “Sample Contoso”|was imported in part/)
      .waitFor({ timeout: 60_000 });
    const [task] = started().sqlite("SELECT count(*) AS n FROM v_import_tasks WHERE status = 'succeeded'");
    assert.ok(Number(task?.['n']) >= 2, `tasks that succeeded: ${String(task?.['n'])}`);
  });

  it('shows the position of every license in the tree', async () => {
    const tree = workbench.tree();
    await tree.expand('Licenses');
    const expected = started().sqlite(
      'SELECT l.productName AS name, p.consumed, p.entitled, p.shortfallNow AS short ' +
        'FROM v_position p JOIN v_licenses l USING (licenseId)',
    );
    assert.ok(expected.length > 5);
    const short = expected.filter((license) => Number(license['short']) > 0);
    assert.ok(short.length > 0, 'the sample tenant has a license that is short');
    for (const license of short) {
      const name = String(license['name']).replace(/^Microsoft /, '');
      const row = tree.row(name);
      await row.waitFor();
      const text = await row.innerText();
      assert.match(text, new RegExp(`short ${String(license['short'])}\\b`));
      assert.match(
        text,
        new RegExp(`${String(license['consumed'])}\\s*/\\s*${String(license['entitled'])}\\b`),
      );
    }
  });

  it('puts the licenses that are short first', async () => {
    const [short] = started().sqlite('SELECT count(*) AS n FROM v_position WHERE shortfallNow > 0');
    const texts = await workbench.tree().texts();
    const first = texts.findIndex((text) => text.startsWith('Licenses')) + 1;
    const marked = texts.map((text) => /short \d+( ·|$)/.test(text));
    assert.equal(marked.indexOf(true), first, texts.join('\n'));
    assert.equal(marked.lastIndexOf(true), first + Number(short?.['n']) - 1, texts.join('\n'));
  });

  it('imports again by the action on the connection', async () => {
    const count = (): unknown => started().sqlite('SELECT count(*) AS n FROM v_imports')[0]?.['n'];
    const before = Number(count());
    await workbench.clearNotifications();
    await workbench.tree().runInlineAction('Sample Contoso', 'Import Now');
    await workbench.notification('Imported “Sample Contoso”').waitFor({ timeout: 60_000 });
    assert.equal(count(), before + 1);
  });

  it('filters and sorts the roster, and exports exactly that', async () => {
    await workbench.runCommand('M365 Licenses: Open Users Roster');
    const roster = await RosterPage.of(workbench);
    const [all] = started().sqlite('SELECT count(*) AS n FROM v_users');
    await roster.count(new RegExp(`^${String(all?.['n'])} users`));

    const [{ department } = { department: '' }] = started().sqlite(
      'SELECT department FROM v_users WHERE department IS NOT NULL GROUP BY department ' +
        'HAVING count(*) BETWEEN 8 AND 60 ORDER BY count(*) DESC LIMIT 1',
    ) as { department: string }[];
    assert.notEqual(department, '');
    await roster.filter(department);
    await roster.count(/ of /);
    await roster.sort('Last Activity', 'descending');

    const file = path.join(workspace, 'filtered roster.csv');
    await roster.exportCsv('All Columns');
    await workbench.quickInput.saveAs(file);
    await workbench.notification('filtered roster.csv').waitFor();

    const table: string[][] = parse(readFileSync(file));
    const [header = [], ...rows] = table;
    const columns = started()
      .sqlite("SELECT name FROM pragma_table_info('v_users') ORDER BY cid")
      .map(({ name }) => String(name));
    assert.deepEqual(header, columns);
    const searched = ['userPrincipalName', 'displayName', 'licenses', 'jobTitle', 'department', 'country'];
    const condition = searched
      .map(
        (column) => `instr(lower(ifnull(${column}, '')), lower('${department.replaceAll("'", "''")}')) > 0`,
      )
      .join(' OR ');
    const expected = started().sqlite(
      `SELECT * FROM v_users WHERE ${condition} ` +
        'ORDER BY lastActivityDate IS NULL, lastActivityDate DESC, userId',
    );
    assert.ok(expected.length > 0);
    await roster.count(new RegExp(`^${expected.length} of `));
    assert.deepEqual(
      rows,
      expected.map((row) => columns.map((column) => csvText(row[column] ?? null))),
    );
    // On screen is the same order.
    const onScreen = await roster.columnTexts('User Principal Name', Math.min(8, expected.length));
    onScreen.forEach((text, index) => {
      assert.ok(text.includes(String(expected[index]?.['userPrincipalName'])), `row ${index}: ${text}`);
    });
  });

  it('opens the reconciliation with a row per license and exports it', async () => {
    await workbench.runCommand('M365 Licenses: Open Reconciliation');
    const frame = await workbench.webview('Reconciliation');
    await frame.getByRole('tab', { name: /^Licenses/ }).click();
    const [first] = started().sqlite('SELECT productName FROM v_licenses ORDER BY productName LIMIT 1');
    await frame.getByText(String(first?.['productName'])).first().waitFor();
    await frame.getByRole('button', { name: 'Export CSV' }).click();
    await frame.getByRole('menuitem', { name: 'All Columns' }).click();
    const file = path.join(workspace, 'position.csv');
    await workbench.quickInput.saveAs(file);
    await workbench.notification('position.csv').waitFor();
    const rows = parse<Record<string, string>>(readFileSync(file), { columns: true });
    const expected = started().sqlite('SELECT * FROM v_position');
    const key = (row: Record<string, unknown>): string => String(row['licenseId']);
    assert.deepEqual(
      rows.sort((a, b) => key(a).localeCompare(key(b))),
      expected
        .sort((a, b) => key(a).localeCompare(key(b)))
        .map((row) =>
          Object.fromEntries(Object.entries(row).map(([column, value]) => [column, csvText(value)])),
        ),
    );
  });

  it('restores the roster, its filter and its order after a window reload', async () => {
    await workbench.editorTab(/^Users/).click();
    const before = await RosterPage.of(workbench);
    const shown = await before.count(/ of /);
    await workbench.reload();
    await workbench.editorTab(/^Users/).click();
    const after = await RosterPage.of(workbench);
    assert.equal(await after.count(/ of /), shown);
    assert.equal(await after.header('Last Activity').getAttribute('aria-sort'), 'descending');
  });

  it('wrote no error and broke no content security policy in any webview', () => {
    assert.deepEqual(workbench.webviewProblems, []);
  });

  it('would have noticed an error or a violation', async () => {
    const { frame } = await RosterPage.of(workbench);
    await frame.evaluate(() => {
      setTimeout(() => {
        throw new Error('thrown on purpose');
      });
      console.error('said on purpose');
      const script = document.createElement('script');
      script.textContent = 'document.title = "ran";';
      document.head.append(script);
    });
    for (const noticed of ['thrown on purpose', 'said on purpose', 'Content Security Policy']) {
      await eventually(noticed, async () => workbench.webviewProblems.some((text) => text.includes(noticed)));
    }
  });
});

/** A value as the CSV form of the product has it: NULL is empty, a formula is disarmed. */
function csvText(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  return /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}
