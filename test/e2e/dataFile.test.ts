import * as assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { eventually } from './pages/patience';
import { container, importSampleTenant, withWorkbench } from './pages/startedWorkbench';
import type { Workbench } from './pages/workbench';

describe('The data file in trouble, in a real VS Code', function () {
  const started = withWorkbench();
  let workbench: Workbench;

  before(async () => {
    ({ workbench } = started());
    await importSampleTenant(workbench);
  });

  /** Imports in the file, counted by SQLite's own program. */
  function imports(): number {
    return Number(started().sqlite('SELECT count(*) AS n FROM v_imports')[0]?.['n']);
  }

  it('keeps what was read while the file can’t be written, and saves it on “Try Again”', async () => {
    const before = imports();
    // The backup can't be replaced: a folder is in its place.
    const backup = path.join(started().storage, 'licenses.sqlite.bak');
    rmSync(backup, { force: true });
    mkdirSync(path.join(backup, 'in the way'), { recursive: true });
    await workbench.tree().runInlineAction('Sample Contoso', 'Import');
    const question = workbench.notification('was read and can’t be saved');
    await question.waitFor({ timeout: 60_000 });
    assert.match(await question.innerText(), /What was read is kept until you answer/);
    assert.equal(imports(), before);
    // Once more in vain: the question comes back.
    await workbench.answerNotification('was read and can’t be saved', 'Try Again');
    await question.waitFor({ timeout: 60_000 });
    rmSync(backup, { recursive: true });
    await workbench.answerNotification('was read and can’t be saved', 'Try Again');
    // Not by the notification: VS Code shows no third one within a second, and this is the third.
    await eventually('the import in the file', () => Promise.resolve(imports() > before));
    assert.equal(imports(), before + 1);
    await workbench.clearNotifications();
  });

  it('explains a damaged file, sets it aside and goes on with the previous state', async () => {
    const before = imports();
    const file = path.join(started().storage, 'licenses.sqlite');
    const damaged = readFileSync(file);
    damaged.fill(0x5a, 0, 4096);
    writeFileSync(file, damaged);
    await workbench.reload();
    await workbench.openContainer(container);
    await workbench.tree().row('The data file can’t be read').click();
    await workbench.dialog.waitFor();
    const text = await workbench.dialog.innerText();
    assert.match(text, /The data file is damaged/);
    assert.match(text, /What was found: .+/);
    assert.match(text, /The previous state, from before the last change: licenses\.sqlite\.bak/);
    await workbench.dialog.getByRole('button', { name: 'Go On with the Previous State' }).click();
    await workbench.notification('The previous state is back').waitFor();
    const aside = readdirSync(started().storage).filter((name) =>
      /^licenses\.damaged-.*\.sqlite$/.test(name),
    );
    assert.equal(aside.length, 1);
    assert.deepEqual(readFileSync(path.join(started().storage, aside[0] ?? '')), damaged);
    assert.equal(imports(), before - 1);
    await workbench.tree().row('Sample Contoso').waitFor();
  });

  it('opens the report of an import from the history', async () => {
    const tree = workbench.tree();
    await tree.expand('Last Import');
    await tree.row(/rows? differ|nothing new/).click();
    await workbench.editorTab(/Import/).waitFor();
    await workbench.page.getByText('Sample Contoso').last().waitFor();
  });
});
